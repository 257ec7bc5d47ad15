"""The tables as the rest of the product sees them: read from `data/`, checked, typed; or the faults that forbid it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from dashboard.tables import check as checks
from dashboard.tables.files import DESCRIPTION as DESCRIPTION  # part of what is known here
from dashboard.tables.files import FOLDER, DataError, digest, fingerprint, read_texts
from dashboard.tables.model import Tables, type_tables

READING = Lock()  # readers who come together wait for one reading of the files


def file_bytes(name: str, folder: Path = FOLDER) -> bytes:
    """Return a file of the data folder exactly as it is on disk; raises OSError where it is not there."""
    return (folder / Path(name).name).read_bytes()


def sealed(descriptor: dict[str, Any], read: Callable[[str], bytes]) -> bytes:
    """Return a description with the size and the hash of each file that it names, whose content `read` gives."""
    resources = [
        {**entry, "bytes": len(content), "hash": digest(content)}
        for entry in descriptor["resources"]
        for content in [read(entry["path"])]
    ]
    return (json.dumps({**descriptor, "resources": resources}, ensure_ascii=False, indent=2) + "\n").encode()


@lru_cache(maxsize=2)
def _kept(stamp: str) -> Tables | DataError:
    try:
        return load()
    except DataError as error:  # kept like tables, so that faulty files are not checked anew for every reader
        return error


def current() -> Tables:
    """Return the tables as they are on disk now, read again only when a file changed; raises DataError."""
    with READING:
        found = _kept(fingerprint())
    if isinstance(found, DataError):
        raise DataError(found.faults)
    return found


def load(folder: Path = FOLDER) -> Tables:
    """Return the checked and typed tables of a folder; raises DataError with every fault there is."""
    stamp = fingerprint(folder)  # before reading, so that a change in the meantime shows as one
    texts, dictionary = read_texts(folder)
    faults = checks.find_faults(texts, dictionary)
    if faults:
        raise DataError(faults)
    return type_tables(texts, dictionary, stamp)
