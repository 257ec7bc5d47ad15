"""What lies in the data folder: the description of the tables, and each table as text."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from dashboard.tables import csvfile
from dashboard.tables.csvfile import TextTable
from dashboard.tables.dictionary import NAMES, Dictionary
from dashboard.tables.faults import Fault

# The published tables; the benchmark and a rehearsal of new ones name another folder.
FOLDER = Path(os.environ.get("DEFENCE_TIES_DATA", Path(__file__).parents[2] / "data"))
DESCRIPTION = "datapackage.json"
CHANGES = "changes.csv"
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
        dictionary = Dictionary(json.loads((folder / DESCRIPTION).read_bytes()))
        if lacking := [name for name in NAMES if name not in dictionary.tables]:
            raise KeyError(lacking[0])
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise DataError([_undescribed(error)]) from None
    return {name: _read_text(folder / dictionary.path(name)) for name in dictionary.tables}, dictionary


def _undescribed(error: Exception) -> Fault:
    """Return in our words why the data package cannot be understood."""
    problem, line = "does not describe the tables", 0
    if isinstance(error, OSError):
        problem = "cannot be opened"
    elif isinstance(error, json.JSONDecodeError):
        problem, line = "is not well-formed from here on", error.lineno
    elif isinstance(error, KeyError):
        problem = f"lacks an entry named “{error.args[0]}”"
    return Fault(DESCRIPTION, line, "", "", problem, "Mend it, or restore the file from the last release")


def _read_text(path: Path) -> TextTable:
    try:
        return csvfile.parse(path.name, path.read_bytes())
    except OSError:
        fault = Fault(path.name, 0, "", "", "cannot be opened", "Put the file back beside the others")
        return TextTable(path.name, faults=[fault])


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
