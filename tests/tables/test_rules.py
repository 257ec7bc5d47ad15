"""Rules on what the cells of one row say together, each at its edge: what is just wrong and what is just right."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from dashboard.tables import check as checks
from dashboard.tables import load as data
from tests.made_up import HERE, copy


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    """Return the made-up tables as text, and their dictionary."""
    return data.read_texts(copy(tmp_path_factory.mktemp(HERE.name) / "data"))


def faults(texts: tuple[Any, Any], deal_id: str, **cells: str) -> list[tuple[str, str]]:
    """Return what is said, column and problem, where the cells of one deal are written otherwise."""
    tables, dictionary = deepcopy(texts[0]), texts[1]
    deals = tables["deals"]
    row = next(row for row in deals.rows if row[deals.header.index("deal_id")] == deal_id)
    for column, cell in cells.items():
        row[deals.header.index(column)] = cell
    found = checks.find_faults(tables, dictionary)
    assert {fault.file for fault in found} <= {"deals.csv"}
    return [(fault.column, fault.problem) for fault in found]


NO_VALUE = ("value_usd_m", "is blank although a range is given")


@pytest.mark.parametrize(
    "cells",
    [
        {"value_low_usd_m": "5"},
        {"value_high_usd_m": "5"},
        {"value_low_usd_m": "5", "value_high_usd_m": "6"},
    ],
)
def test_a_range_needs_a_value_whichever_end_of_it_is_given(texts: tuple[Any, Any], cells: dict[str, str]) -> None:
    assert faults(texts, "kilo-restriction", **cells) == [NO_VALUE]


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        ("", "", []),
        ("200", "200", []),
        ("199.9", "200.1", []),
        ("200.1", "", [("value_low_usd_m", "is more than the value, 200")]),
        ("", "199.9", [("value_high_usd_m", "is less than the value, 200")]),
    ],
)
def test_a_value_lies_within_its_range(
    texts: tuple[Any, Any], low: str, high: str, said: list[tuple[str, str]]
) -> None:
    assert faults(texts, "bravo-upgrade", value_low_usd_m=low, value_high_usd_m=high) == said


@pytest.mark.parametrize(
    ("start", "end", "is_right"),
    [
        ("2013-02", "2013-02-01", True),
        ("2013", "2013-01-01", True),
        ("2013-02-02", "2013-02-01", False),
        ("2014-03-01", "2014-02-28", False),
        ("2015", "2014-02-28", False),
    ],
)
def test_a_deal_does_not_end_before_it_can_have_started(
    texts: tuple[Any, Any], start: str, end: str, is_right: bool
) -> None:
    said = [] if is_right else [("end", f"is before the start, {start}")]
    assert [fault for fault in faults(texts, "kilo-restriction", start=start, end=end) if "start" in fault[1]] == said


@pytest.mark.parametrize("status", ["proposed", "negotiating", "stalled", "cancelled", "alleged", "denied"])
def test_what_is_not_firm_is_in_no_total(texts: tuple[Any, Any], status: str) -> None:
    problem = ("in_totals", f"is not allowed with the status {status}")
    assert problem in faults(texts, "delta-engine", status=status)
    assert problem not in faults(
        texts, "delta-engine", status=status, in_totals="no", doubt="Value: x. Not in totals: said so."
    )


@pytest.mark.parametrize("doubt", ["", "Not in totals:", "It is not in totals: so.", "Left out because it is so."])
def test_a_deal_left_out_of_totals_says_why_in_a_point_of_its_own(texts: tuple[Any, Any], doubt: str) -> None:
    assert ("doubt", "does not say why the deal is left out of totals") in faults(texts, "echo-jammer", doubt=doubt)
