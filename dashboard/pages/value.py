"""What it is worth: disclosed value by group, how much of it stands, and the money at each stage of a deal."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from markupsafe import Markup

from dashboard import controls, markup
from dashboard.address import Links
from dashboard.charts.value import alt, value_bars
from dashboard.markup import value as value_markup
from dashboard.pages import heading, nothing, picture, source_line
from dashboard.questions import deals, evidence, money, scope
from dashboard.questions.deals import Selection, Totals
from dashboard.questions.money import Group, Stage
from dashboard.tables.load import Tables
from dashboard.words import format_count, format_usd

USED = [
    *(
        "deal_id",
        "title",
        "doubt",
        "status",
        "is_doubted",
        "family",
        "has_price",
        "domain",
        "supplier",
        "recipient",
        "year",
        "in_totals",
    ),
    *(*deals.MONEY, "origins", "credibility"),
]
# How a finding speaks of the leading group of each grouping.
LEADERS = {
    "domain": "{} deals make up",
    "supplier": "Supplies from {} make up",
    "recipient": "Supplies to {} make up",
    "year": "Deals of {} make up",
    "status": "Deals with the status “{}” make up",
}


@dataclass(frozen=True, eq=False)
class View:
    """All that the page shows for one choice; shared by every reader, so never changed.

    `count` deals are in view. `dollars` says which dollars the figures are in where they are not those of the time,
    and `notes` how they came to be and what is left out of them; `claimed` transfers have no price at all; `apart` are
    the first deals left out of totals that have a public figure.
    """

    count: int
    groups: list[Group]
    totals: Totals
    claimed: int
    figure: go.Figure
    steps: pd.DataFrame
    shares: tuple[float, float] | None
    stages: list[Stage]
    apart: pd.DataFrame
    dollars: str
    notes: list[str]


def render(tables: Tables, selection: Selection) -> None:
    """Draw the disclosed value of the deals in view."""
    labels = {by: tables.dictionary.tables["deals"][by].title if by != "year" else "Year" for by in money.BY}
    here = controls.asked(tables, "value")
    by, unit, to = here.one("by"), here.one("money"), here.links
    view = build(tables, tables.stamp, selection, by, unit)
    heading("Value", finding(view, by))
    controls.in_view(tables, here, shown=view.count)
    with st.container(horizontal=True, key="value-choices"):
        controls.one(here, "by", "By", labels)
        controls.one(here, "money", "Money", money.MONEY)
    if not view.count:
        nothing()
        return
    st.html(markup.join(Markup('<p class="meta note">{}</p>').format(note) for note in view.notes))
    if unit == "constant":
        st.html(value_markup.index_sources(tables, evidence.cited(tables, tables.deflator["source_ids"])))
    _sums(tables, selection, view, {step: to("value", by=by, money=unit, sure=step) for step in deals.SURE})
    _bars(tables, selection, view, by, labels[by], to)
    st.html(value_markup.stage_ladder(view.stages, view.dollars))
    if len(view.apart):
        st.html(value_markup.left_out_table(tables, view.apart, view.totals.left_out_priced, view.dollars, to))


@st.cache_resource(max_entries=256, show_spinner=False)
def build(_tables: Tables, stamp: str, selection: Selection, by: str, unit: str) -> View:
    """Return everything that the page shows; made once for each choice."""
    tables, choices = _tables, _tables.dictionary.choices
    every = deals.select(tables, replace(selection, sure="any"))[USED]
    inside = every if selection.sure == "any" else deals.select(tables, selection)[USED]
    count = len(inside)
    dollars, notes = "", [nominal_note(tables)]
    if unit == "constant":
        constant = money.deflate(every, tables.deflator)
        chosen = constant if inside is every else money.deflate(inside, tables.deflator)
        dollars, notes = f"dollars of {constant.base}", _constant_notes(tables, chosen)
        every, inside = constant.deals, chosen.deals
    bases = choices("deals", "value_basis")
    notes += filter(None, [scope.share_words(tables, inside)])
    groups = money.groups(tables, inside, by)
    colours = tables.dictionary.meaning("deals", "domain", "colour") if by == "domain" else {}
    apart = inside[(inside["in_totals"] == "no") & inside["value_usd_m"].notna()]
    return View(
        count=count,
        groups=groups,
        totals=deals.total(inside, list(bases)),
        claimed=int(deals.is_claimed(inside).sum()),
        figure=value_bars(groups, bases, tables.dictionary.meaning("deals", "value_basis", "pattern"), colours),
        steps=evidence.robustness(every),
        shares=evidence.shares(every),
        stages=money.stages(tables, inside),
        # A copy of a few, so that not all deals stay in the cache.
        apart=apart.sort_values("value_usd_m", ascending=False, kind="stable").head(value_markup.LISTED).copy(),
        dollars=dollars,
        notes=notes,
    )


def nominal_note(tables: Tables) -> str:
    """Return which dollars the values are in, as the dictionary says it."""
    column = tables.dictionary.tables["deals"]["value_usd_m"]
    return f"{column.title}: {column.help}"


def _constant_notes(tables: Tables, constant: money.Constant) -> list[str]:
    """Return what constant dollars are, and how many deals could not be expressed in them."""
    index = tables.dictionary.tables["deflator"]["cpi_u"]
    left = []
    if constant.undated:
        of = f"{constant.undated_priced or 'none'} of them with a public value"
        left.append(f"{left_out(constant.undated)} without a year, {of}.")
    if constant.unindexed:
        left.append(f"{left_out(constant.unindexed)} of years that the index does not cover, each with a value.")
    return [
        f"All values are in US dollars of {constant.base}, the latest full year of the index. "
        f"Index ({index.title}): {index.help} "
        "The year of a value is that of signature (start, else announcement), as in UK defence export statistics.",
        *left,
    ]


def left_out(count: int) -> str:
    """Return the beginning of a sentence on deals that are left out of the view."""
    return f"Left out of this view: {format_count(count, 'deal')}"


def finding(view: View, by: str) -> str:
    """Return the page's finding: which group makes up most of what is disclosed, and how many deals have no value."""
    totals = view.totals
    if not totals.priced and not totals.unpriced:
        return "No trade deal in view has a value that may be added up."
    unknown = (
        f"{format_count(totals.unpriced, 'trade deal')} {'has' if totals.unpriced == 1 else 'have'} no public value."
    )
    if not totals.unpriced:
        unknown = "Every trade deal in view has a public value."
    if not totals.disclosed:
        return f"No value is disclosed. {unknown}"
    named = [group for group in view.groups if group.key != money.FOLDED]
    leader = max(named, key=lambda group: group.totals.disclosed)
    words = LEADERS[by].format(leader.label) if leader.key else "Deals of no known year make up"
    whole = format_usd(totals.disclosed) + (f" in {view.dollars}" if view.dollars else "")
    if leader.totals.disclosed == totals.disclosed:
        return f"{words} all of the disclosed total, {whole}. {unknown}"
    part = evidence.format_share(leader.totals.disclosed / totals.disclosed)
    return f"{words} {part} of the disclosed total, {format_usd(leader.totals.disclosed)} of {whole}. {unknown}"


def _sums(tables: Tables, selection: Selection, view: View, hrefs: dict[str, str]) -> None:
    """Show the totals with their parts, and beside them how much of them stands at each step of evidence."""
    totals = value_markup.totals(tables, view.totals, view.dollars, view.claimed)
    left, right = st.columns([5, 6], gap="large")
    left.html(Markup('<h2 class="unseen">What it is worth</h2>') + totals)
    right.html(value_markup.robustness(view.steps, view.shares, selection.sure, hrefs))


def _bars(tables: Tables, selection: Selection, view: View, by: str, label: str, to: Links) -> None:
    """Show the bars, and below them the same numbers as a table."""
    bases = tables.dictionary.choices("deals", "value_basis")
    words = f"Disclosed value by {label.lower()}" + (f", in {view.dollars}" if view.dollars else "")
    st.html(Markup('<h2 class="part">{}</h2><p class="meta">{}</p>').format(words, bar_note(by)))
    picture(view.figure, alt(view.groups, bases, words), key=f"value-bars-{by}")
    if between := between_note(tables, selection, by):
        st.html(Markup('<p class="note">{}</p>').format(between))
    source_line(tables, f"US {view.dollars}." if view.dollars else "")
    st.html(value_markup.table_of_values(tables, view.groups, view.totals, by, label, words, to))


def between_note(tables: Tables, selection: Selection, by: str) -> str:
    """Return from whom to whom the money of two countries goes, where the bars are by supplier or recipient; else ""."""
    if by not in money.SIDES or len(selection.country) != 2:
        return ""
    one, other = map(tables.country_name, selection.country)
    here, there = ("recipient", "supplier") if by == "recipient" else ("supplier", "recipient")
    return (
        f"Every deal in view has both {one} and {other} as parties. Where {other} alone is the {here}, "
        f"{one} is a {there}. Where {one} alone is the {here}, {other} is a {there}."
    )


def bar_note(by: str) -> str:
    """Return how to read the bars."""
    more = " The year is that of the start, else of the announcement." if by == "year" else ""
    if by in money.SIDES:
        more = f" A deal with several {by}s counts once, in a row of its own that names them all."
    return (
        "Solid, hatched and dotted mean the same as above. Where sources differ, a thin line runs from the lowest to the "
        "highest sum. An open, ruled stub stands for deals without a public value. Its length says nothing of what they "
        f"are worth.{more}"
    )
