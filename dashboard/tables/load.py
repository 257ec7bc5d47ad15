"""The tables as the rest of the product sees them: read from `data/`, checked, typed; or the faults that forbid it."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from functools import lru_cache
from pathlib import Path
from threading import Lock

from dashboard.tables import check as checks
from dashboard.tables import csvfile
from dashboard.tables.csvfile import Fault, TextTable
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.model import NAMES, Tables, type_tables

# The published tables; the benchmark and a rehearsal of new ones name another folder.
FOLDER = Path(os.environ.get("DEFENCE_TIES_DATA", Path(__file__).parents[2] / "data"))
DESCRIPTION = "datapackage.json"
READING = Lock()  # readers who come together wait for one reading of the files
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


def file_bytes(name: str, folder: Path = FOLDER) -> bytes:
    """Return a file of the data folder exactly as it is on disk; raises OSError where it is not there."""
    return (folder / Path(name).name).read_bytes()


def released(folder: Path = FOLDER) -> bytes:
    """Return the description of the tables with the size and the hash of each file, which a reader can check it by."""
    descriptor = json.loads(file_bytes(DESCRIPTION, folder))
    for resource in descriptor["resources"]:
        content = file_bytes(resource["path"], folder)
        resource |= {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
    return (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode()


def archive(names: list[str], folder: Path = FOLDER) -> bytes:
    """Return files of the data folder as one zip, the description `released`; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            content = released(folder) if name == DESCRIPTION else file_bytes(name, folder)
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def tidy(folder: Path = FOLDER) -> tuple[list[str], list[Fault]]:
    """Rewrite the CSV files in canonical form; return the names of those that changed, and the faults of the others.

    A file that cannot be read or split into even rows is left as it is: its cells are not known for certain.
    """
    texts, dictionary = read_texts(folder)
    confirmed = read_confirmed(folder)
    forms = {
        table.file: (list(dictionary.tables[name].values()), dictionary.key(name)) for name, table in texts.items()
    }
    changed: list[str] = []
    faults: list[Fault] = []
    for table in [*texts.values(), confirmed]:
        columns, key = forms.get(table.file, ([], confirmed.header))
        wrong = csvfile.uneven(table)
        faults += wrong
        names = [column.name for column in columns]
        lists = {column.name for column in columns if column.reference}
        figures = {column.name for column in columns if column.type in ("integer", "number")}
        if not wrong and _rewrite(folder / table.file, csvfile.canonical(table, names, key, lists, figures)):
            changed.append(table.file)
    return changed, faults


def _rewrite(path: Path, text: str) -> bool:
    """Put a text in the place of a file's own, all at once; say whether that changed it."""
    content = text.encode()
    if path.read_bytes() == content:
        return False
    beside = path.with_suffix(".new")
    beside.write_bytes(content)
    beside.replace(path)
    return True


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
