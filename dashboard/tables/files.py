"""What lies in the data folder: the description of the tables, and each table as text."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dashboard.tables import csvfile
from dashboard.tables.csvfile import TextTable
from dashboard.tables.dictionary import NAMES, Dictionary
from dashboard.tables.faults import Fault

# The published tables; the benchmark and a rehearsal of new ones name another folder.
FOLDER = Path(os.environ.get("DEFENCE_TIES_DATA", Path(__file__).parents[2] / "data"))
DESCRIPTION = "datapackage.json"
CHANGES = "changes.csv"
LARGEST = 100_000_000  # bytes of a table; thousands of times today's, and no more than a small machine can hold
CONFIRMED = "confirmed-words.csv"  # no table of the package: it is about our own wording, not about the world


class DataError(Exception):
    """The data cannot be shown; `faults` says everything that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        """Take the faults, in the order of files and lines."""
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def read_texts(folder: Path = FOLDER) -> tuple[dict[str, TextTable], Dictionary]:
    """Return every table of the data package as text, and the dictionary that describes them.

    Raises DataError where `datapackage.json` itself cannot be read; a CSV that cannot is a table with faults.
    """
    try:
        dictionary = Dictionary(json.loads(_content(folder / DESCRIPTION), object_pairs_hook=_entries))
        if lacking := [name for name in NAMES if name not in dictionary.tables]:
            raise KeyError(lacking[0])
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise DataError([_undescribed(error)]) from None
    if faults := list(_misplaced(dictionary)):
        raise DataError(faults)
    return {name: _read_text(folder / dictionary.path(name)) for name in dictionary.tables}, dictionary


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


def _read_text(path: Path) -> TextTable:
    """Return a table as text; one that cannot be opened, or should not be, has a fault."""
    try:
        return csvfile.parse(path.name, _content(path))
    except OSError as error:
        return TextTable(path.name, faults=[Fault(path.name, 0, "", "", *_unread(error))])


class UnfitError(OSError):
    """What lies at a path should not be read; the arguments are the problem and the remedy."""


def _content(path: Path) -> bytes:
    """Return what a file holds; raises UnfitError where it is no file or far too large a one, OSError where it cannot be read."""
    state = path.stat()
    if not stat.S_ISREG(state.st_mode):  # to read a pipe or a device would never end
        raise UnfitError("is a folder or a device, not a file", "Put the file back in its place")
    if state.st_size > LARGEST:
        problem = f"is too large, {state.st_size // 1_000_000:,} MB where {LARGEST // 1_000_000:,} are the most"
        raise UnfitError(problem, "Look what has filled it, or restore the last version that was right")
    return path.read_bytes()


def _unread(error: OSError) -> tuple[str, str]:
    """Return why a file was not read, and the remedy."""
    if isinstance(error, UnfitError):
        return error.args[0], error.args[1]
    if isinstance(error, PermissionError):
        return "may not be read", "Give the right to read it, as with “chmod a+r”"
    return "cannot be opened", "Put the file back beside the others"


def read_confirmed(folder: Path = FOLDER) -> TextTable:
    """Return the words of likelihood that a maintainer has confirmed, as text: table, key, column and word."""
    return _read_text(folder / CONFIRMED)


def read_log(folder: Path = FOLDER) -> TextTable:
    """Return what each release changed, as text; `dashboard.gate.versions` says what it means."""
    return _read_text(folder / CHANGES)


def digest(content: bytes) -> str:
    """Return the hash by which the data package names a file's content."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def fingerprint(folder: Path = FOLDER) -> str:
    """Return a text that changes whenever a data file does: names, sizes and times of change."""
    states = [_state(path) for path in sorted([*folder.glob("*.csv"), folder / DESCRIPTION])]
    return hashlib.sha256(repr(states).encode()).hexdigest()[:12]


def _state(path: Path) -> tuple[str, int, int]:
    """Return a file's name, size and time of change; one that an editor is just replacing has none."""
    try:
        state = path.stat()
    except OSError:
        return path.name, 0, 0
    return path.name, state.st_size, state.st_mtime_ns
