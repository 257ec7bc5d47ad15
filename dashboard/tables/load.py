"""The tables as the rest of the product sees them: read from `data/`, checked, typed; or the faults that forbid it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from dashboard.tables import check as checks
from dashboard.tables import mirror
from dashboard.tables.csvfile import TextTable
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.disk import ADDRESS, FOLDER, contents, fingerprint, rest, stamp
from dashboard.tables.disk import DESCRIPTION as DESCRIPTION  # part of what is known here
from dashboard.tables.disk import changed as changed  # part of what is known here
from dashboard.tables.files import DataError, digest, read_texts
from dashboard.tables.form import ordered
from dashboard.tables.live import Live, Waiting, Ways
from dashboard.tables.model import Tables, type_tables

HELD = Live[Tables]()
REFRESH = float(os.environ.get("DEFENCE_TIES_REFRESH", "60"))  # seconds between two looks at an address


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


def current() -> Tables:
    """Return the tables as they are on disk now, or those from before an edit that is half done or has faults.

    The files are read again only when one changed. Raises DataError where they have had faults since the start.
    """
    return HELD.current(Ways(_look, rest, _stamp, load))


def _look() -> str:
    """Return a text that changes with the data files; of tables at an address the first look begins their copy."""
    if ADDRESS:
        mirror.begin(ADDRESS, FOLDER, REFRESH)
    return fingerprint()


def waiting() -> Waiting | None:
    """Return the faults of an edit that waits while `current` gives the tables from before it, None where none does."""
    return HELD.waiting


def _stamp() -> str:
    """Return the stamp of the data files, "" where one cannot be read, so that nobody takes it for known."""
    found = contents()
    return stamp(found) if all(isinstance(content, bytes) for content in found.values()) else ""


def load(folder: Path = FOLDER) -> Tables:
    """Return the checked and typed tables of a folder; raises DataError with every fault there is."""
    found = contents(folder)
    texts, dictionary = read_texts(folder, found)
    faults = checks.find_faults(texts, dictionary)
    if faults:
        raise DataError(faults)
    return type_tables(texts, dictionary, stamp(found), _is_edited(texts, dictionary))


def _is_edited(texts: Mapping[str, TextTable], dictionary: Dictionary) -> bool:
    """Say whether a cell is another than when the tables were released; how a program writes a file is no edit of it."""
    released = {name: dictionary.hashes[name] for name in texts if dictionary.hashes[name]}
    columns = {name: [*dictionary.tables[name].values()] for name in released}
    return any(
        was != digest(ordered(texts[name], columns[name], dictionary.key(name))) for name, was in released.items()
    )
