"""A cell damaged at random is harmless or reported where it stands; tables saved in any habit come back by `tidy`."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.tables import check as checks
from dashboard.tables import csvfile, form
from dashboard.tables.dictionary import NAMES, Dictionary
from dashboard.tables.faults import Fault
from tests import made_up

Rows = list[list[str]]


@cache
def described() -> Dictionary:
    return Dictionary(json.loads(made_up.description()))


@cache
def original(table: str) -> Rows:
    return list(csv.reader(io.StringIO((made_up.HERE / f"{table}.csv").read_text(encoding="utf-8"), newline="")))


@cache
def read() -> dict[str, csvfile.TextTable]:
    return {name: csvfile.parse(f"{name}.csv", (made_up.HERE / f"{name}.csv").read_bytes()) for name in NAMES}


def written(rows: Rows, **habits: Any) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, **habits).writerows(rows)
    return buffer.getvalue().encode("utf-8", "surrogatepass")


def faults_with(table: str, row: int, column: int, cell: str) -> list[Fault]:
    """Return the faults of the made-up tables in which one cell is another."""
    rows = [list(cells) for cells in original(table)]
    rows[row][column] = cell
    return checks.find_faults(read() | {table: csvfile.parse(f"{table}.csv", written(rows))}, described())


@st.composite
def places(draw: st.DrawFn) -> tuple[str, int, int]:
    """Return a table, and the numbers of a row and of a column in it."""
    table = draw(st.sampled_from(NAMES))
    rows = original(table)
    return table, draw(st.integers(1, len(rows) - 1)), draw(st.integers(0, len(rows[0]) - 1))


# What programs and wires leave in cells: nulls, tabs, ends of lines, marks, signs of direction, lost and foreign letters.
SIGNS = "\0\t\n\v\x1b\x81\u00a0\u00ad\u200b\u200d\u200f\u2028\u202e\u2066\ufeff\ufffdаο\ud800"


@settings(max_examples=60)
@given(places(), st.sampled_from(SIGNS), st.floats(0, 1))
def test_a_cell_damaged_by_a_sign_is_harmless_or_reported_where_it_stands_and_nowhere_else(
    place: tuple[str, int, int], sign: str, share: float
) -> None:
    table, row, column = place
    header, cell = original(table)[0], original(table)[row][column]
    at = round(share * len(cell))
    found = faults_with(*place, cell[:at] + sign + cell[at:])
    assert {(fault.file, fault.line, fault.column) for fault in found} <= {(f"{table}.csv", row + 1, header[column])}
    if cell and 0 < at < len(cell) and sign not in "\u200dаο":  # which are right beside letters of their own script
        assert found


@settings(max_examples=60)
@given(places(), st.text() | st.text("0123456789.,-~?;=<>&'\" aå"))
def test_a_cell_that_holds_anything_is_harmless_or_named_beside_it(place: tuple[str, int, int], cell: str) -> None:
    table, row, column = place
    header, before = original(table)[0], original(table)[row]
    found = faults_with(*place, cell)
    is_there = any((fault.file, fault.line) == (f"{table}.csv", row + 1) for fault in found)
    # A key that is another is missed elsewhere; what depends on a cell may be said of a row that refers to its row.
    refers = any(word and word in str(fault) for fault in found for word in (before[0], before[column], cell.strip()))
    assert not found or is_there or refers, (header[column], cell, found)


HABITS = st.fixed_dictionaries({
    "delimiter": st.sampled_from(",;\t"),
    "lineterminator": st.sampled_from(["\n", "\r\n", "\r"]),
    "quoting": st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
})  # fmt: skip


@settings(max_examples=30)
@given(st.sampled_from(NAMES), HABITS, st.booleans(), st.randoms(use_true_random=False))
def test_a_table_saved_in_any_habit_comes_back_to_the_byte(
    table: str, habits: dict[str, Any], has_mark: bool, chance: Random
) -> None:
    header, *rows = original(table)
    order = chance.sample(range(len(header)), len(header))
    chance.shuffle(rows)
    padded = [[" " * chance.randrange(3) + row[at] + " " * chance.randrange(3) for at in order] for row in rows]
    content = b"\xef\xbb\xbf" * has_mark + written([[header[at] for at in order], *padded], **habits)
    dictionary = described()
    columns = list(dictionary.tables[table].values())
    once = form.canonical(
        csvfile.parse("x.csv", content),
        [column.name for column in columns],
        dictionary.key(table),
        {column.name for column in columns if column.reference},
        {column.name for column in columns if column.type in ("integer", "number")},
    )
    assert once.encode() == written(original(table), lineterminator="\n")
