"""What is wrong with the cells of one table: each different cell is looked at once, and then found in the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import filterfalse

from dashboard.tables.check import row_rules, rules, schema
from dashboard.tables.check.reasons import Keys
from dashboard.tables.check.repeats import Look, repeated
from dashboard.tables.check.window import Window
from dashboard.tables.columns import Column
from dashboard.tables.csvfile import TextTable
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.faults import Fault

BLANK = ("has no cell filled in under a known heading", "Fill the row or remove it")


def find_faults(
    name: str, table: TextTable, dictionary: Dictionary, keys: Keys, window: Window, most: int
) -> tuple[list[Fault], int]:
    """Return the faults in the cells of a table, `most` at most, and how many more there are.

    One cell, or item of a list in a cell, has one fault: of several reasons the last says most, for what is in no
    other table is of little use in the right form. Cells that could not be read have their faults already.
    """
    known = {name: column for name, column in dictionary.tables[name].items() if table.header.count(name) == 1}
    cells = {name: table.column(name) for name in known}
    looks = [
        *_looks(known, cells, table.lines, dictionary.key(name), keys, window),
        *_row_looks(name, cells, dictionary),
    ]
    blank = _blank(list(cells.values()))
    wrong = blank.union(
        *({row for row, seen in enumerate(looked) if seen in broken} for looked, broken in looks if broken)
    )
    unread = {(fault.line, fault.column) for fault in table.faults}
    faults: list[Fault] = []
    count = 0
    for row in sorted(wrong):
        line = table.lines[row]
        for (column, value), (problem, remedy) in _reasons(row, looks, row in blank).items():
            if not unread & {(line, ""), (line, column)}:
                count += 1
                if count <= most:
                    said = remedy if isinstance(remedy, str) else remedy()
                    faults.append(Fault(table.file, line, column, value, problem, said))
    return faults, count - len(faults)


def _blank(columns: list[Sequence[str]]) -> set[int]:
    """Return the rows that have no cell filled in; none where a column has no blank cell, as in most tables."""
    if any(map(all, columns)):
        return set()
    return {row for row, cells in enumerate(zip(*columns, strict=True)) if not any(cells)}


def _reasons(row: int, looks: list[Look], is_blank: bool) -> dict[tuple[str, str], tuple[str, str | Callable[[], str]]]:
    """Return what is wrong in a row, by column and value."""
    if is_blank:
        return {("", ""): BLANK}
    return {
        (column, value): (problem, remedy)
        for looked, broken in looks
        for column, value, problem, remedy in broken.get(looked[row], [])
    }


def _looks(
    known: dict[str, Column],
    cells: dict[str, Sequence[str]],
    lines: list[int],
    key: list[str],
    keys: Keys,
    window: Window,
) -> Iterator[Look]:
    """Yield what is wrong with single cells and with keys, the weaker reasons first."""
    different = {name: dict.fromkeys(column) for name, column in cells.items()}
    for name, column in known.items():
        found = schema.broken(column, different[name])
        yield cells[name], {cell: [(name, cell, problem, remedy)] for cell, problem, remedy in found}
    for name, column in known.items():
        if column.constraints.get(schema.UNIQUE) and key != [name]:
            yield repeated([name], known, cells, lines)
    if set(key) <= known.keys():
        yield repeated(key, known, cells, lines)
    for name, column in known.items():
        for is_right, reasons in rules.of_cells(column, keys, window):
            suspects = filterfalse(is_right, different[name])
            yield cells[name], {cell: found for cell in suspects if (found := list(reasons(cell)))}


def _row_looks(name: str, cells: dict[str, Sequence[str]], dictionary: Dictionary) -> Iterator[Look]:
    """Yield what is wrong between the cells of a row; a rule is left out where a column of it is missing."""
    for columns, rule in row_rules.of_rows(name, dictionary):
        if cells.keys() >= set(columns):
            rows = list(zip(*(cells[column] for column in columns), strict=True))
            yield rows, {row: found for row in set(rows) if (found := list(rule(dict(zip(columns, row, strict=True)))))}
