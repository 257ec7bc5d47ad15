"""How figures look: each value has a mark of its own, and Plotly finds every property right."""

from __future__ import annotations

from collections.abc import Callable

import plotly.graph_objects as go
import pytest

from dashboard.charts import deals_per_year, value
from dashboard.questions import money
from dashboard.questions import timeline as chronology
from dashboard.style import plotly as theme
from dashboard.tables.check import meaning
from dashboard.tables.load import Tables
from tests.style.test_plotly_js import SAID

MARKS = [
    ("deals", "domain", "colour"), ("deals", "domain", "glyph"), ("deals", "value_basis", "pattern"),
    ("milestones", "kind", "shape"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "column", "mark"), MARKS)
def test_every_value_has_a_mark_of_its_own(tables: Tables, table: str, column: str, mark: str) -> None:
    marks = list(tables.dictionary.meaning(table, column, mark).values())
    assert len(set(marks)) == len(marks)


def test_what_is_alleged_or_denied_has_a_pattern_that_no_other_status_has(tables: Tables) -> None:
    patterns = tables.dictionary.meaning("deals", "status", "pattern")
    doubted = tables.dictionary.having("deals", "status", "doubted")
    assert {patterns[status] for status in doubted} <= {"hatched", "crossed"}
    assert not {patterns[status] for status in patterns if status not in doubted} & {"hatched", "crossed"}


def test_every_pattern_that_a_value_may_have_is_drawn() -> None:
    assert set(theme.PATTERNS) == set(meaning.PATTERNS)


def test_an_empty_figure_says_why_and_draws_nothing() -> None:
    figure = go.Figure(theme.empty_figure("No deal fits these filters."))
    assert [note.text for note in figure.layout.annotations] == ["No deal fits these filters."]
    assert len(figure.data) == 0
    assert not figure.layout.xaxis.visible
    assert not figure.layout.yaxis.visible


FIGURES = {
    "deals per year": lambda tables: deals_per_year.year_bars(
        chronology.per_year(tables, tables.deals),
        chronology.part_labels(tables),
        tables.dictionary.tables["deals"]["domain"].meanings,
    ),
    "value by domain": lambda tables: valued(tables, "domain"),
    "value by year": lambda tables: valued(tables, "year"),
    "nothing to draw": lambda _: theme.empty_figure("Nothing"),
}


def valued(tables: Tables, by: str) -> theme.Figure:
    groups = money.groups(tables, tables.deals, by)
    says = tables.dictionary.meaning
    bases, patterns = tables.dictionary.choices("deals", "value_basis"), says("deals", "value_basis", "pattern")
    return value.value_bars(groups, bases, patterns, says("deals", "domain", "colour"), tables.package.currency)


@pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES.keys())
def test_plotly_finds_every_property_of_every_figure_right(
    draw: Callable[[Tables], theme.Figure], tables: Tables
) -> None:
    plain = draw(tables)
    checked = go.Figure(plain)
    assert [trace.type for trace in checked.data] == [trace["type"] for trace in plain["data"]]


@pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES.keys())
def test_the_browser_has_what_draws_every_figure_and_knows_how_much_room_it_takes(
    draw: Callable[[Tables], theme.Figure], tables: Tables
) -> None:
    figure = draw(tables)
    assert {trace["type"] for trace in figure["data"]} <= set(SAID["traces"].split(", "))
    assert figure["layout"]["height"] > 0


def test_a_wrong_property_is_found_so_the_check_above_can_fail() -> None:
    with pytest.raises(ValueError, match="opacity"):
        go.Figure({"data": [{"type": "bar", "y": [1], "opacity": 7}]})
