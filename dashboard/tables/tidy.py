"""How the files of the tables are put into their one form."""

from __future__ import annotations

from pathlib import Path

from dashboard.tables import files
from dashboard.tables.csvfile import TextTable
from dashboard.tables.faults import Fault
from dashboard.tables.form import canonical
from dashboard.tables.spelling import plain


def tidy(folder: Path = files.FOLDER) -> tuple[list[str], list[Fault]]:
    """Rewrite the CSV files in canonical form; return the names of those that changed, and the faults of the others.

    A file that cannot be read or split into even rows is left as it is: its cells are not known for certain.
    """
    texts, dictionary = files.read_texts(folder)
    confirmed = files.read_confirmed(folder)
    forms = {
        table.file: (list(dictionary.tables[name].values()), dictionary.key(name)) for name, table in texts.items()
    }
    changed: list[str] = []
    faults: list[Fault] = []
    for table in [*texts.values(), confirmed]:
        columns, key = forms.get(table.file, ([], confirmed.header))
        wrong = uneven(table)
        faults += wrong
        names = [column.name for column in columns]
        lists = {column.name for column in columns if column.reference}
        figures = {column.name for column in columns if column.type in ("integer", "number")}
        if not wrong and _rewrite(folder / table.file, canonical(table, names, key, lists, figures)):
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


def uneven(table: TextTable) -> list[Fault]:
    """Return what keeps a table from being put in order: what could not be read, or a heading of two columns."""
    header = [plain(name) for name in table.header]
    twice = {name for name in header if header.count(name) > 1}
    two = [Fault(table.file, table.top, name, name, "is the heading of two columns", "Keep one") for name in twice]
    return [*table.faults, *two]
