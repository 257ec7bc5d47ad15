"""The small pictures of deals at a glance, as the front page has them: when, who with whom, worth what, how contested."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import pandas as pd
from markupsafe import Markup

from dashboard.charts import deals_per_year
from dashboard.charts.glance import claims as claim_chart
from dashboard.charts.glance.sheet import Sheet
from dashboard.charts.glance.worth import worth_bars
from dashboard.charts.glance.years import year_bars
from dashboard.charts.map.account import VIEWPOINT, map_words
from dashboard.charts.map.flat import flat_map
from dashboard.charts.map.scene import Look, Scene, composed
from dashboard.charts.value_words import alt, foot_parts
from dashboard.questions import deals, findings, flows, ledger, money, sorts, timeline
from dashboard.questions.deals import Totals
from dashboard.questions.money import Group
from dashboard.questions.timeline import DOUBTED
from dashboard.style.tokens import INKS, LIGHT, NEUTRAL
from dashboard.tables.load import Tables
from dashboard.tables.model import Row, records
from dashboard.tables.package import Currency
from dashboard.views.view import Bars, Series

DRAWN, CLAIMED = 8, 4  # at most so many bars of value, and so many contested deals in the picture of them
LOOK = Look(width=480, height=230, narrow=340, summed=True, words=5)  # of the map
FILED = replace(
    LOOK, width=720, height=400, narrow=0, words=10, theme=LIGHT, key=True, viewpoint=True
)  # of the map in a file
Looks = Mapping[str, Mapping[str, Any]]


class Glance(NamedTuple):
    """A small picture: the page that has it in full, its name, what it shows, the same in words, what it is drawn of, `notes` on it.

    `alt` and `drawn` are worked out where they are asked for, which a page does not; `draw` makes the picture on a sheet, which says whether it is for a page or for a file.
    """

    page: str
    name: str
    finding: str
    alt: Callable[[], str]
    drawn: Callable[[], Bars | Scene]
    notes: tuple[str, ...]
    draw: Callable[[Sheet], Markup]


def glances(tables: Tables, view: pd.DataFrame) -> list[Glance]:
    """Return the four pictures of the deals in view, rows of `tables.deals`."""
    return [years(tables, view), directions(tables, view), worth(tables, view), contested(tables, view)]


def years(tables: Tables, view: pd.DataFrame) -> Glance:
    """Return how many deals begin in each year."""
    counts, labels = timeline.per_year(tables, view), timeline.part_labels(tables)
    looks = tables.dictionary.tables["deals"]["domain"].meanings
    return Glance(
        "timeline", "years", findings.on_years(counts, int(view["begins"].isna().sum())), lambda: deals_per_year.alt(counts, labels),
        lambda: years_drawn(tables, counts), (), lambda sheet: year_bars(counts, labels, looks, sheet),
    )  # fmt: skip


def years_drawn(tables: Tables, counts: pd.DataFrame) -> Bars:
    """Return the table of `timeline.per_year` as bars."""
    labels, colours = timeline.part_labels(tables), tables.dictionary.meaning("deals", "domain", "colour")
    series = [
        Series(labels[str(name)], tuple(counts[name].tolist()), "hatched" if name == DOUBTED else "solid",
               (colours.get(str(name), NEUTRAL),) * len(counts))
        for name in counts
    ]  # fmt: skip
    return Bars(tuple(map(str, counts.index)), tuple(series), "deals", horizontal=False)


def directions(tables: Tables, view: pd.DataFrame) -> Glance:
    """Return who deals with whom, as lines on a small map."""
    lines = lines_of(tables, view)
    palette = tables.dictionary.meaning("deals", "domain", "colour")
    return Glance(
        "map", "map", findings.on_directions(view, lines), lambda: map_words(lines, []),
        lambda: composed(lines, [], palette, tables.package, FILED), (VIEWPOINT,),
        lambda sheet: flat_map(lines, [], palette, tables.package, look_on(sheet, LOOK, FILED)),
    )  # fmt: skip


def look_on(sheet: Sheet, page: Look, filed: Look) -> Look:
    """Return how a map is shown: as on a page, or in a file with all that must travel with it."""
    if sheet.height:
        return fitted(filed, sheet.width, sheet.height)
    return replace(filed, theme=sheet.theme, source=sheet.source) if sheet.theme else page


def fitted(look: Look, width: int, height: int) -> Look:
    """Return the look of a map that is fitted to its place, where its source and its viewpoint stand beside it."""
    return replace(look, width=width, height=height, narrow=0, words=max(width // 80, 1), source="", viewpoint=False)


def lines_of(tables: Tables, view: pd.DataFrame) -> list[Row]:
    """Return the lines of the small map: trade where there is any, since it says that all else is counted apart."""
    traded = view[sorts.sorts(view) == "trade"]
    return flows.flows(tables, traded if len(traded) else view, "deals")


def worth(tables: Tables, view: pd.DataFrame) -> Glance:
    """Return what the deals are worth by domain."""
    looks, currency = tables.dictionary.tables["deals"]["domain"].meanings, tables.package.currency
    bases = tables.dictionary.choices("deals", "value_basis")
    patterns = tables.dictionary.meaning("deals", "value_basis", "pattern")
    groups = money.groups(tables, view, "domain", DRAWN)
    return Glance(
        "value", "value", findings.on_value(tables, "domain", groups, deals.total(view, list(bases))),
        lambda: alt(groups, bases, "Disclosed value", currency), lambda: worth_drawn(tables, groups, looks), (),
        lambda sheet: worth_bars(groups, bases, patterns, looks, currency, sheet),
    )  # fmt: skip


def worth_drawn(tables: Tables, groups: list[Group], looks: Looks) -> Bars:
    """Return groups of `money.groups` as bars: a series for each basis of value, in millions; `looks` gives groups their colours."""
    words, currency = tables.dictionary.choices("deals", "value_basis"), tables.package.currency
    patterns = tables.dictionary.meaning("deals", "value_basis", "pattern")
    colours = tuple(looks.get(group.key, {}).get("colour", NEUTRAL) for group in groups)
    parts = [group.totals.parts for group in groups]
    series = [
        Series(name, tuple(part[basis][0] if part[basis][1] else None for part in parts), patterns[basis], colours)
        for basis, name in words.items()
    ]
    return Bars(
        tuple(group.label for group in groups), tuple(series), f"millions of {currency.name}", horizontal=True,
        beside=tuple("; ".join(beside(group.totals, words, currency)) for group in groups),
    )  # fmt: skip


def beside(totals: Totals, words: dict[str, str], currency: Currency) -> list[str]:
    """Return what must be read with a bar of value: the range where sources differ, and what is left out or not disclosed."""
    rest = foot_parts(totals, words, currency)[bool(totals.priced) :]
    return [*rest, *([f"{totals.unpriced:,} without a public value"] if totals.unpriced else [])]


def contested(tables: Tables, view: pd.DataFrame) -> Glance:
    """Return how many statements claim and deny the contested deals: the first by name, the others counted."""
    held = ledger.contested(tables, view)
    doubted = tables.dictionary.having("deals", "status", "doubted")
    named = [{**row, "is_doubted": row["status"] in doubted} for row in records(held) if row["group"] != "reported"]
    silent = len(held) - len(named)
    counts = {"more with a claim or a denial": len(named) - CLAIMED, "without a named speaker": silent}
    first, others = named[:CLAIMED], {words: count for words, count in counts.items() if count > 0}
    return Glance(
        "claims", "claims", findings.on_contested(held), lambda: claim_chart.account(first, others), lambda: contested_drawn(first), (),
        lambda sheet: claim_chart.claim_bars(first, others, sheet),
    )  # fmt: skip


def contested_drawn(named: list[dict[str, Any]]) -> Bars:
    """Return the statements on contested deals as bars: those that claim, and those that deny."""
    ink = (INKS[LIGHT],) * len(named)
    series = (
        Series("claim", tuple(row["asserts"] for row in named), "solid", ink),
        Series("deny", tuple(row["denies"] for row in named), "outlined", ink),
    )
    return Bars(tuple(row["title"] for row in named), series, "statements", horizontal=True)
