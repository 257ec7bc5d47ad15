"""What lies in the data folder: the description of the tables, and each table as text."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dashboard.tables import csvfile
from dashboard.tables.csvfile import TextTable
from dashboard.tables.dictionary import NAMES, Dictionary
from dashboard.tables.disk import DESCRIPTION, FOLDER, Contents, UnfitError, content, contents
from dashboard.tables.faults import Fault

CHANGES = "changes.csv"
CONFIRMED = "confirmed-words.csv"  # no table of the package: it is about our own wording, not about the world


class DataError(Exception):
    """The data cannot be shown; `faults` says what is wrong with it, `count` how many faults that are."""

    def __init__(self, faults: list[Fault], count: int | None = None) -> None:
        """Take the faults, in the order of files and lines; `count` where they are only the first of so many."""
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults
        self.count = len(faults) if count is None else count


def read_texts(folder: Path = FOLDER, found: Contents | None = None) -> tuple[dict[str, TextTable], Dictionary]:
    """Return every table of the data package as text, and the dictionary that describes them.

    `found` are the files where they have been read already. Raises DataError where `datapackage.json` itself cannot be
    read; a CSV that cannot is a table with faults.
    """
    found = contents(folder) if found is None else found
    try:
        dictionary = Dictionary(json.loads(_opened(found, DESCRIPTION), object_pairs_hook=_entries))
        if lacking := [name for name in NAMES if name not in dictionary.tables]:
            raise KeyError(lacking[0])
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise DataError([_undescribed(error)]) from None
    if faults := list(_misplaced(dictionary)):
        raise DataError(faults)
    return {name: _text(found, dictionary.path(name)) for name in dictionary.tables}, dictionary


def _opened(found: Contents, name: str) -> bytes:
    held = found.get(name, FileNotFoundError(name))
    if isinstance(held, OSError):
        raise held
    return held


class TwiceError(ValueError):
    """An entry of the description is there twice, so that nobody knows which is meant."""


def _entries(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the entries of a part of the description by name; raises TwiceError where two have one name."""
    entries = dict(pairs)
    if len(entries) < len(pairs):
        names = [name for name, _ in pairs]
        raise TwiceError(next(name for name in names if names.count(name) > 1))
    return entries


def _misplaced(dictionary: Dictionary) -> Iterator[Fault]:
    """Yield a fault for each table whose file is named twice, or does not lie beside the description."""
    named = [entry["path"] for entry in dictionary.descriptor["resources"]]
    remedy = "Write the name of the file alone, such as deals.csv, and of each table once"
    for path in named:
        is_name = isinstance(path, str) and re.fullmatch(r"[\w-][\w.-]*\.csv", path)
        if not is_name or named.count(path) > 1:
            yield Fault(DESCRIPTION, 0, "path", str(path), "is not the name of one table's file beside it", remedy)


def _undescribed(error: Exception) -> Fault:
    """Return in our words why the data package cannot be understood."""
    problem, line = "does not describe the tables", 0
    if isinstance(error, OSError):
        problem, _ = _unread(error)
    elif isinstance(error, json.JSONDecodeError):
        problem, line = "is not well-formed from here on", error.lineno
    elif isinstance(error, TwiceError):
        problem = f"has two entries named “{error.args[0]}” in one place"
    elif isinstance(error, KeyError):
        problem = f"lacks an entry named “{error.args[0]}”"
    return Fault(DESCRIPTION, line, "", "", problem, "Mend it, or restore the file from the last release")


def _text(found: Contents, name: str) -> TextTable:
    """Return a table as text; one that cannot be opened, or should not be, has a fault."""
    try:
        return csvfile.parse(name, _opened(found, name))
    except OSError as error:
        return TextTable(name, faults=[Fault(name, 0, "", "", *_unread(error))])


def _unread(error: OSError) -> tuple[str, str]:
    """Return why a file was not read, and the remedy."""
    if isinstance(error, UnfitError):
        return error.args[0], error.args[1]
    if isinstance(error, PermissionError):
        return "may not be read", "Give the right to read it, as with “chmod a+r”"
    return "cannot be opened", "Put the file back beside the others"


def read_confirmed(folder: Path = FOLDER) -> TextTable:
    """Return the words of likelihood that a maintainer has confirmed, as text: table, key, column and word."""
    return _text({CONFIRMED: content(folder / CONFIRMED)}, CONFIRMED)


def read_log(folder: Path = FOLDER) -> TextTable:
    """Return what each release changed, as text; `dashboard.gate.versions` says what it means."""
    return _text({CHANGES: content(folder / CHANGES)}, CHANGES)


def digest(held: bytes) -> str:
    """Return the hash by which the data package names what a file holds."""
    return f"sha256:{hashlib.sha256(held).hexdigest()}"
