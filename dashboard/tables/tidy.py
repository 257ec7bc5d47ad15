"""How the files of the tables are put into their one form, and no cell is lost on the way."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from dashboard.tables import csvfile, files
from dashboard.tables.csvfile import TextTable
from dashboard.tables.faults import Fault
from dashboard.tables.form import ordered
from dashboard.tables.spelling import plain


class Rewrite(NamedTuple):
    """A file that is not in its form: where it lies, what should stand there, and in words what that changes."""

    path: Path
    content: bytes
    said: str


def tidy(folder: Path = files.FOLDER) -> tuple[list[str], list[Fault]]:
    """Rewrite the CSV files in canonical form; return the names of those that changed, and the faults of the others."""
    rewrites, faults = plan(folder)
    for rewrite in rewrites:
        put(rewrite.path, rewrite.content)
    return [rewrite.path.name for rewrite in rewrites], faults


def plan(folder: Path) -> tuple[list[Rewrite], list[Fault]]:
    """Return what is to be rewritten, and the faults of the files that are to be left as they are.

    A file that cannot be read or split into even rows is left as it is: its cells are not known for certain.
    """
    texts, dictionary = files.read_texts(folder)
    confirmed = files.read_confirmed(folder)
    forms = {
        table.file: (list(dictionary.tables[name].values()), dictionary.key(name)) for name, table in texts.items()
    }
    rewrites: list[Rewrite] = []
    faults: list[Fault] = []
    for table in [*texts.values(), confirmed]:
        columns, key = forms.get(table.file, ([], confirmed.header))
        if wrong := uneven(table):
            faults += wrong
            continue
        path, content = folder / table.file, ordered(table, columns, key)
        if path.read_bytes() != content:
            said = ", ".join(_changes(table, csvfile.parse(table.file, content)))
            rewrites.append(Rewrite(path, content, said))
    return rewrites, faults


def put(path: Path, content: bytes) -> None:
    """Put other content in the place of a file's own, all at once; raises OSError, and then the file is as it was.

    The former file is kept beside it until the new one is read back and is what was written.
    """
    beside, before = path.with_name(f"{path.name}.new"), path.with_name(f"{path.name}.before")
    shutil.copy2(path, before)
    beside.write_bytes(content)
    beside.replace(path)
    if path.read_bytes() != content:
        before.replace(path)
        raise OSError(f"{path.name} could not be written as it should be, and is as it was")
    before.unlink()


def _changes(old: TextTable, new: TextTable) -> Iterator[str]:
    """Yield in words what differs between a table as it was and in its form."""
    if old.header != new.header:
        yield "columns put in order" if sorted(old.header) == sorted(new.header) else "headings respelt"
    was, now = (Counter(cell for row in table.rows for cell in row if cell) for table in (old, new))
    if respelt := (was - now).total():
        yield f"{respelt:,} cell{'s' * (respelt > 1)} respelt"
    if old.header == new.header and not respelt and old.rows != new.rows:
        yield "rows put in order"
    if old.header == new.header and old.rows == new.rows:
        yield "marks, line ends or quotation marks changed"


def uneven(table: TextTable) -> list[Fault]:
    """Return what keeps a table from being put in order: what could not be read, or a heading of two columns."""
    header = [plain(name) for name in table.header]
    twice = {name for name in header if header.count(name) > 1}
    two = [Fault(table.file, table.top, name, name, "is the heading of two columns", "Keep one") for name in twice]
    return [*table.faults, *two]
