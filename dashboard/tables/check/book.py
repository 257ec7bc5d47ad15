"""The tables as rules between rows look at them: by columns, with what is known to be wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from dashboard.tables.csvfile import TextTable
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.faults import Fault


@dataclass(frozen=True)
class Sheet:
    """A table by its columns; rows go by their number. `wrong` gives, by line, the columns of cells that have a fault.

    A fault of a row as a whole is one of the column "".
    """

    file: str
    lines: list[int]
    columns: dict[str, Sequence[str]]
    wrong: Mapping[int, Set[str]]

    def __getitem__(self, column: str) -> Sequence[str]:
        """Return the cells of a column."""
        return self.columns[column]

    def is_right(self, row: int, *columns: str) -> bool:
        """Say whether neither the row as a whole nor one of the columns named has a fault."""
        return not self.wrong or self.wrong.get(self.lines[row], frozenset()).isdisjoint(("", *columns))

    def right(self, *columns: str) -> Sequence[int]:
        """Return the rows whose columns named are right."""
        rows = range(len(self.lines))
        return [row for row in rows if self.is_right(row, *columns)] if self.wrong else rows

    def by_key(self, key: str, *columns: str) -> dict[str, int]:
        """Return the rows whose key and columns named are right, by their key."""
        cells, rows = self[key], self.right(key, *columns)
        return dict(zip(map(cells.__getitem__, rows), rows, strict=True))

    def fault(self, row: int, column: str, problem: str, remedy: str) -> Fault:
        """Return a fault of one of the cells."""
        return Fault(self.file, self.lines[row], column, self[column][row], problem, remedy)


Book = dict[str, Sheet]  # by the names of the tables


def book_of(tables: Mapping[str, TextTable], dictionary: Dictionary, faults: Iterable[Fault]) -> Book:
    """Return the tables that have all their columns, and of each what the faults say is wrong."""
    wrong: dict[str, dict[int, set[str]]] = {table.file: defaultdict(set) for table in tables.values()}
    for fault in faults:
        if fault.file in wrong:
            wrong[fault.file][fault.line] |= set(fault.column.split(", "))
    return {
        name: Sheet(table.file, table.lines, dict(zip(table.header, table.columns, strict=True)), wrong[table.file])
        for name, table in tables.items()
        if dictionary.tables[name].keys() <= set(table.header)
    }


def items(cell: str) -> list[str]:
    """Return the items of a cell that lists several."""
    return list(filter(None, map(str.strip, cell.split(";"))))


def cited(book: Book, table: str, rows: Iterable[int], *columns: str) -> Iterator[tuple[int, list[int]]]:
    """Yield each of the rows of a table with its sources, where the columns named of all these sources are right."""
    sources, cells = book["sources"].by_key("source_id", *columns), book[table]["source_ids"]
    for row in rows:
        keys = items(cells[row])
        if all(map(sources.__contains__, keys)):
            yield row, [sources[key] for key in keys]
