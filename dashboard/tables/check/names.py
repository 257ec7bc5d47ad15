"""Which names are one name spelt in two ways, so that one body does not count as two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from dashboard.tables.csvfile import TextTable
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.faults import Fault
from dashboard.tables.folding import fold_name


def find_faults(tables: dict[str, TextTable], dictionary: Dictionary) -> Iterator[Fault]:
    """Yield a fault for each name that differs only in case, accents, spaces or punctuation from a more usual one.

    The names of speakers, publishers and bodies are one stock, in whatever table they stand. The usual spelling is
    the one that most cells bear, and of as many the first.
    """
    columns = list(_columns(tables, dictionary))
    counts = Counter[str]()
    for _, _, cells in columns:
        for cell, rows in Counter(cells).items():
            for name in _names(cell):
                counts[name] += rows
    usual = _usual(counts)
    for table, column, cells in columns if usual else ():
        wrong = {cell: unusual for cell in set(cells) if (unusual := usual.keys() & _names(cell))}
        for cell, line in zip(cells, table.lines, strict=True):
            for name in filter(wrong.get(cell, ()).__contains__, _names(cell)) if wrong else ():
                problem = "is another spelling of a name that other rows bear"
                yield Fault(table.file, line, column, name, problem, f"Did you mean “{usual[name]}”? Write it so")


def _usual(counts: Counter[str]) -> dict[str, str]:
    """Return the usual spelling of each name that is spelt otherwise than most often."""
    bare = [fold_name(name) or name for name in counts]
    if len(set(bare)) == len(bare):
        return {}
    alike: dict[str, list[str]] = {}
    for name, same in zip(counts, bare, strict=True):
        alike.setdefault(same, []).append(name)
    usual = {name: max(spellings, key=counts.__getitem__) for spellings in alike.values() for name in spellings}
    return {name: meant for name, meant in usual.items() if name != meant}


def _names(cell: str) -> list[str]:
    """Return the names in a cell; semicolons divide them. What holds a control character has its fault already."""
    return [bare for name in cell.split(";") if (bare := name.strip()) and name.isprintable()]


def _columns(tables: dict[str, TextTable], dictionary: Dictionary) -> Iterator[tuple[TextTable, str, Sequence[str]]]:
    """Yield each column of names with its table and its cells, blank where a cell could not be read."""
    for name, table in tables.items():
        unread = {(fault.line, fault.column) for fault in table.faults}
        for column in dictionary.tables[name].values():
            if column.is_name and (cells := table.column(column.name)):
                if unread:
                    cells = ["" if unread & {(line, ""), (line, column.name)} else cell
                             for cell, line in zip(cells, table.lines, strict=True)]  # fmt: skip
                yield table, column.name, cells
