"""Faults in the cells of a table: which of several reasons is said, what counts as twice, and how many are kept."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from dashboard.tables import check as checks
from dashboard.tables import load as data
from dashboard.tables.csvfile import TextTable
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.faults import Fault
from tests.made_up import HERE

DICTIONARY = Dictionary(json.loads((data.FOLDER / data.DESCRIPTION).read_bytes()))


def places(count: int, **cells: str) -> TextTable:
    """Return so many places in Ankara, right but for the cells given."""
    right = {"place_id": "p{}", "name": "Place {}", "country": "TUR", "lat": "39.9", "lon": "32.8", "precision": "site"}
    rows = [[cell.format(number) for cell in (right | cells).values()] for number in range(count)]
    return TextTable("places.csv", list(right), rows, list(range(2, count + 2)))


def found(table: TextTable) -> list[Fault]:
    return checks.find_faults({"places": table}, DICTIONARY)


def test_rows_that_are_right_have_no_fault() -> None:
    assert found(places(3)) == []


def test_of_many_faults_the_first_are_named_and_the_others_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "LIMIT", 4)
    faults = found(places(10, lat="95", precision="town"))
    assert [(fault.line, fault.column) for fault in faults[:4]] == [
        (2, "lat"), (2, "precision"), (3, "lat"), (3, "precision"),
    ]  # fmt: skip
    assert [str(fault) for fault in faults[4:]] == [
        "places.csv: has 16 more faults than are named here. Mend those that are named, and check again."
    ]


def test_as_many_faults_as_are_named_are_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "LIMIT", 10)
    assert [fault.value for fault in found(places(10, precision="town"))] == ["town"] * 10


def test_what_other_parts_of_the_check_find_is_counted_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "LIMIT", 3)
    faults = found(places(5, name="Place\u200b {}"))
    assert ["U+200B" in fault.problem for fault in faults] == [True, True, True, False]
    assert faults[-1].problem == "has 2 more faults than are named here"


def test_each_damaged_cell_of_a_row_has_its_fault_and_the_row_is_given_back_as_it_was() -> None:
    table = places(1, place_id="p\u200b{}", name="Place  {}")
    before = [row.copy() for row in table.rows]
    assert [fault.column for fault in found(table)] == ["name", "place_id"]
    assert table.rows == before


def test_a_table_whose_wrong_cells_are_not_all_known_is_not_compared_with_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checks, "LIMIT", 1)
    tables, dictionary = data.read_texts(HERE.parent.parent / "data")[0], DICTIONARY
    for row in tables["milestones"].rows:
        row[1] = "no date"
    faults = checks.find_faults(tables, dictionary)
    assert [(fault.file, fault.line > 0) for fault in faults] == [("milestones.csv", True), ("milestones.csv", False)]


def test_very_many_faults_take_little_memory() -> None:
    table = places(20_000, lat="95", lon="x", precision="town", country="tur")
    tracemalloc.start()
    faults = found(table)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(faults) == checks.LIMIT + 1
    assert kept < 5_000_000


def test_only_the_last_row_before_is_named_of_those_that_bear_the_same() -> None:
    table = places(3, place_id="same", name="Place {}")
    assert [(fault.line, fault.problem) for fault in found(table)] == [
        (3, "is on line 2 too"), (4, "is on line 3 too"),
    ]  # fmt: skip


def test_blank_cells_are_not_the_same() -> None:
    assert {fault.problem for fault in found(places(2, name=""))} == {"is blank but must be given"}


@pytest.mark.parametrize(
    ("cells", "column", "problem"),
    [
        ({"place_id": "A B"}, "place_id", "does not have the right form"),
        ({"place_id": "a\nb"}, "place_id", "holds a line break or a control character"),
        ({"country": "t\tr"}, "country", "holds a line break or a control character"),
        ({"lat": "x"}, "lat", "is not a number"),
        ({"precision": "x\ny"}, "precision", "holds a line break or a control character"),
    ],
)
def test_of_several_reasons_the_one_that_says_most_is_given(cells: dict[str, str], column: str, problem: str) -> None:
    (fault,) = found(places(1, **cells))
    assert (fault.column, fault.problem) == (column, problem)


def test_checking_tables_needs_neither_pandas_nor_a_judge(folder: Path) -> None:
    shutil.rmtree(folder / "decks")  # what slides ask the tables for is known when a view is made
    code = (
        f"import sys; import dashboard.__main__ as commands; assert commands.main(['check', {str(folder)!r}]) == 0; "
        "print([name for name in ('pandas', 'streamlit', 'frictionless', 'edtf') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.endswith("[]\n")


def test_a_slow_remedy_is_sought_only_for_faults_that_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    sought: list[Any] = []
    monkeypatch.setattr(checks, "LIMIT", 2)
    monkeypatch.setattr(
        "dashboard.tables.check.meant_keys.nearest_key", lambda *given: sought.append(given) or "Mend it"
    )
    tables = data.read_texts(HERE.parent.parent / "data")[0]
    for row in tables["gaps"].rows:
        row[2] = "nothing-of-the-kind"
    checks.find_faults({name: tables[name] for name in ("deals", "gaps", "sources", "places", "countries")}, DICTIONARY)
    assert len(sought) == 2 < len(tables["gaps"].rows)
