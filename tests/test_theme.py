from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.charts import deals_per_year, value
from dashboard.charts.timeline import figure as timeline
from dashboard.questions import money
from dashboard.questions import timeline as chronology
from dashboard.style import plotly as theme
from dashboard.tables import meaning
from dashboard.tables.load import Tables

TODAY = date(2026, 11, 22)

CONFIG: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent.parent / ".streamlit" / "config.toml").read_text(encoding="utf-8")
)["theme"]
GROUNDS = ["backgroundColor", "secondaryBackgroundColor"]
# Okabe and Ito's palette in degrees of hue; the neutral has none.
HUES = {"air": 202, "naval": 202, "drones": 27, "cyber": 327, "land": 164, "space": 41}


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour by WCAG 2.2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def hue(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    high, low = max(red, green, blue), min(red, green, blue)
    span = high - low
    sixth = {
        red: (green - blue) / span % 6, green: (blue - red) / span + 2, blue: (red - green) / span + 4,
    }[high]  # fmt: skip
    return 60 * sixth


def test_contrast_is_measured_as_the_standard_says() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert hue("#0072B2") == pytest.approx(201.6, abs=0.1)


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_and_links_can_be_read_on_both_grounds_of_both_themes(mode: str, ground: str) -> None:
    assert contrast(CONFIG[mode]["textColor"], CONFIG[mode][ground]) >= 7
    assert contrast(CONFIG[mode]["linkColor"], CONFIG[mode][ground]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_accent_stands_out_from_the_page(mode: str) -> None:
    assert contrast(CONFIG[mode]["primaryColor"], CONFIG[mode]["backgroundColor"]) >= 3


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_hue_of_every_domain_can_be_seen_on_both_themes(tables: Tables, mode: str) -> None:
    for colour in tables.dictionary.meaning("deals", "domain", "colour").values():
        assert contrast(colour, CONFIG[mode]["backgroundColor"]) >= 3


@pytest.mark.parametrize("domain", HUES)
def test_domains_keep_the_hues_of_okabe_and_ito(tables: Tables, domain: str) -> None:
    assert abs(hue(tables.dictionary.meaning("deals", "domain", "colour")[domain]) - HUES[domain]) <= 12


def test_the_ink_of_a_figure_seen_alone_can_be_read() -> None:
    assert contrast(theme.INK, CONFIG["light"]["backgroundColor"]) >= 4.4
    assert contrast(theme.INK, CONFIG["dark"]["backgroundColor"]) >= 3.6


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
    figure = theme.empty_figure("No deal fits these filters.")
    assert [note.text for note in figure.layout.annotations] == ["No deal fits these filters."]
    assert len(figure.data) == 0
    assert not figure.layout.xaxis.visible
    assert not figure.layout.yaxis.visible


FIGURES = {
    "the timeline by domain": lambda tables: timeline.timeline(tables, tables.deals, "domain", TODAY),
    "the timeline by pair": lambda tables: timeline.timeline(tables, tables.deals, "pair", TODAY),
    "deals per year": lambda tables: deals_per_year.year_bars(
        chronology.per_year(tables, tables.deals),
        chronology.part_labels(tables),
        tables.dictionary.tables["deals"]["domain"].meanings,
    ),
    "value by domain": lambda tables: valued(tables, "domain"),
    "value by year": lambda tables: valued(tables, "year"),
    "nothing to draw": lambda _: theme.empty_figure("Nothing"),
}


def valued(tables: Tables, by: str) -> go.Figure:
    groups = money.groups(tables, tables.deals, by)
    says = tables.dictionary.meaning
    bases, patterns = tables.dictionary.choices("deals", "value_basis"), says("deals", "value_basis", "pattern")
    return value.value_bars(groups, bases, patterns, says("deals", "domain", "colour"), tables.package.currency)


@pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES.keys())
def test_plotly_finds_every_property_of_every_figure_right(draw: Callable[[Tables], go.Figure], tables: Tables) -> None:
    plain = draw(tables).to_dict()
    checked = go.Figure(plain)
    assert [trace.type for trace in checked.data] == [trace["type"] for trace in plain["data"]]


def test_a_figure_is_not_checked_when_it_is_drawn_so_the_check_above_can_fail() -> None:
    wrong = theme.PlainFigure({"data": [{"type": "bar", "y": [1], "opacity": 7}]}).to_dict()
    with pytest.raises(ValueError, match="opacity"):
        go.Figure(wrong)
