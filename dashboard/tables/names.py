"""Which names are one name spelt in two ways, so that one body does not count as two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dashboard.tables.csvfile import Fault, TextTable
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.folding import fold_name


def find_faults(tables: dict[str, TextTable], dictionary: Dictionary) -> Iterator[Fault]:
    """Yield a fault for each name that differs only in case, accents, spaces or punctuation from a more usual one.

    The names of speakers, publishers and bodies are one stock, in whatever table they stand. The usual spelling is
    the one that most cells bear, and of as many the first.
    """
    found = list(_names(tables, dictionary))
    counts = Counter(name for name, *_ in found)
    alike: dict[str, list[str]] = {}
    for name in counts:
        alike.setdefault(fold_name(name) or name, []).append(name)
    usual = {name: max(spellings, key=counts.__getitem__) for spellings in alike.values() for name in spellings}
    for name, file, line, column in found:
        if name != usual[name]:
            problem = "is another spelling of a name that other rows bear"
            yield Fault(file, line, column, name, problem, f"Did you mean “{usual[name]}”? Write it so")


def _names(tables: dict[str, TextTable], dictionary: Dictionary) -> Iterator[tuple[str, str, int, str]]:
    """Yield each name with its file, line and column; semicolons divide the names in a cell."""
    for table, text in tables.items():
        unread = {(fault.line, fault.column) for fault in text.faults}
        for column in dictionary.tables[table].values():
            if column.is_name and text.header.count(column.name) == 1:
                at = text.header.index(column.name)
                for row, line in zip(text.rows, text.lines, strict=True):
                    names = [] if unread & {(line, ""), (line, column.name)} else row[at].split(";")
                    yield from ((name.strip(), text.file, line, column.name) for name in names if name.strip())
