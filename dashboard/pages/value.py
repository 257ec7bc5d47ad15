"""What it is worth: disclosed value by group, how much of it stands, and the money at each stage of a deal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from markupsafe import Markup

from dashboard import controls
from dashboard.address import Links
from dashboard.charts.value import value_bars
from dashboard.charts.value_words import alt
from dashboard.pages import deals_in_view, heading, kept, nothing, picture, source_line
from dashboard.questions import deals, evidence, findings, ledger, money, scope, stages
from dashboard.questions.deals import Selection, Totals
from dashboard.questions.money import Group
from dashboard.questions.stages import Stage
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from dashboard.templates import render as template
from dashboard.words import format_count, format_money, listed

LISTED = 20  # of the deals left out of totals
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


@dataclass(frozen=True, eq=False)
class View:
    """All that the page shows for one choice; shared by every reader, so never changed.

    `count` deals are in view; `stated_in` says which money the figures are in where it is not that of the time.
    `above` and `below` are what stands on either side of the picture.
    """

    count: int
    finding: str
    stated_in: str
    above: Markup
    figure: go.Figure
    alt: str
    below: Markup


@dataclass(frozen=True, eq=False)
class Sums:
    """The `count` deals in view as money: in that of the time or of one year, with `notes` on how these came to be.

    `every` deal is among them whatever its evidence, `inside` are those that are as sure as the reader asks; both
    without those that cannot be expressed in it.
    """

    count: int
    every: pd.DataFrame
    inside: pd.DataFrame
    stated_in: str
    notes: list[str]


def render(tables: Tables, selection: Selection) -> None:
    """Draw the disclosed value of the deals in view."""
    here = controls.asked(tables, "value")
    by, unit = here.one("by"), here.one("money")
    view = build(tables, selection, by, unit, here.links)
    heading("Value", view.finding)
    controls.in_view(tables, here, shown=view.count)
    with st.container(horizontal=True, key="value-choices"):
        controls.one(here, "by", "By", {by: label(tables, by) for by in money.BY})
        controls.one(here, "money", "Money", money.kinds(tables))
    if not view.count:
        nothing()
        return
    st.html(view.above)
    picture(view.figure, view.alt, key=f"value-bars-{by}")
    if between := between_note(tables, selection, by):
        st.html(template("paragraph.html", kind="note", words=between))
    source_line(tables, f"In {view.stated_in}." if view.stated_in else "")
    st.html(view.below)
    deals_in_view(tables, here, first="value")


def label(tables: Tables, by: str) -> str:
    """Return what a grouping is called."""
    return "Year" if by == "year" else tables.dictionary.title("deals", by)


@kept(256)
def build(tables: Tables, selection: Selection, by: str, unit: str, to: Links) -> View:
    """Return everything that the page shows, made once for each choice; `to` makes its links."""
    bases = tables.dictionary.choices("deals", "value_basis")
    sums = _sums(tables, selection, unit)
    groups, totals = money.groups(tables, sums.inside, by), deals.total(sums.inside, list(bases))
    colours = tables.dictionary.meaning("deals", "domain", "colour") if by == "domain" else {}
    title = f"Disclosed value by {label(tables, by).lower()}" + (f", in {sums.stated_in}" if sums.stated_in else "")
    index = evidence.cited(tables, tables.deflator["source_ids"]) if unit == "constant" else tables.sources.iloc[:0]
    shared = {"tables": tables, "to": to, "title": title, "totals": totals, "stated_in": sums.stated_in}
    above = template(
        "value/above.html", **shared, by=by, sides=money.SIDES, sides_chosen=selection.country if len(selection.country) == 2 else (),
        notes=[*sums.notes, *filter(None, [scope.share_words(tables, sums.inside)])], index_sources=records(index),
        total_notes=money.notes(tables, totals), claimed=int(deals.is_claimed(sums.inside).sum()),
        steps=records(evidence.robustness(sums.every)), shares=evidence.shares(sums.every), sure=selection.sure,
        hrefs={step: to("value", by=by, money=unit, sure=step) for step in deals.SURE},
    )  # fmt: skip
    ladder = stages.stages(tables, sums.inside)
    below = template(
        "value/below.html", **shared, differs=money.differs, label=label(tables, by), rows=_rows(tables, groups, by, to),
        reasons=money.reasons(tables, totals), stages=ladder, stage_finding=stage_finding(tables, ladder),
        apart=_apart(sums.inside), apart_count=totals.left_out_priced,
    )  # fmt: skip
    return View(
        count=sums.count, finding=findings.on_value(tables, by, groups, totals, sums.stated_in), stated_in=sums.stated_in, above=above,
        figure=value_bars(groups, bases, tables.dictionary.meaning("deals", "value_basis", "pattern"), colours, tables.package.currency),
        alt=alt(groups, bases, title, tables.package.currency), below=below,
    )  # fmt: skip


def _sums(tables: Tables, selection: Selection, unit: str) -> Sums:
    """Return the deals in view in the money that the reader asks for."""
    every = deals.select(tables, replace(selection, sure="any"))[USED]
    inside = every if selection.sure == "any" else deals.select(tables, selection)[USED]
    if unit != "constant":
        return Sums(len(inside), every, inside, "", [nominal_note(tables)])
    constant = money.deflate(every, tables.deflator)
    chosen = constant if inside is every else money.deflate(inside, tables.deflator)
    stated_in, notes = f"{tables.package.currency.name} of {constant.base}", _constant_notes(tables, chosen)
    return Sums(len(inside), constant.deals, chosen.deals, stated_in, notes)


def _rows(tables: Tables, groups: list[Group], by: str, to: Links) -> list[tuple[str, str, Totals, str]]:
    """Return the name of each group, where the address can hold it the link to its deals, and what makes up its sum."""
    linked = by in ("domain", "status")
    return [
        (group.label, to("timeline", **{by: group.key}) if linked and group.key != money.FOLDED else "",
         group.totals, money.reasons(tables, group.totals))
        for group in groups
    ]  # fmt: skip


def _apart(inside: pd.DataFrame) -> list[tuple[dict[str, Any], str]]:
    """Return the largest deals with a public figure that is not in totals, each with the reason."""
    apart = inside[(inside["in_totals"] == "no") & inside["value_usd_m"].notna()]
    largest = apart.sort_values("value_usd_m", ascending=False, kind="stable").head(LISTED)
    return [(row, ledger.reason_left_out(row["doubt"])) for row in records(largest)]


def stage_finding(tables: Tables, stages: list[Stage]) -> str:
    """Return in a sentence how much of the money in totals stands at which stage."""
    currency, priced = tables.package.currency, [stage for stage in reversed(stages) if stage.priced]
    held = [f"{format_money(stage.usd_m, currency)} is {stage.label.lower()}" for stage in priced]
    return f"Of the disclosed total, {listed(held)}" if held else "No stage has a value in totals"


def nominal_note(tables: Tables) -> str:
    """Return which money the values are in, as the dictionary says it."""
    column = tables.dictionary.tables["deals"]["value_usd_m"]
    return f"{column.title}: {column.help}"


def _constant_notes(tables: Tables, constant: money.Constant) -> list[str]:
    """Return what constant money is, and how many deals could not be expressed in them."""
    index = tables.dictionary.tables["deflator"]["cpi_u"]
    left = []
    if constant.undated:
        of = f"{constant.undated_priced or 'none'} of them with a public value"
        left.append(f"{left_out(constant.undated)} without a year, {of}.")
    if constant.unindexed:
        left.append(f"{left_out(constant.unindexed)} of years that the index does not cover, each with a value.")
    return [
        f"All values are in {tables.package.currency.name} of {constant.base}, the latest full year of the index. "
        f"Index ({index.title}): {index.help} "
        "The year of a value is that of signature (start, else announcement), as in UK defence export statistics.",
        *left,
    ]


def left_out(count: int) -> str:
    """Return the beginning of a sentence on deals that are left out of the view."""
    return f"Left out of this view: {format_count(count, 'deal')}"


def between_note(tables: Tables, selection: Selection, by: str) -> str:
    """Return from whom to whom the money of two countries goes, where the bars are by supplier or recipient; else ""."""
    if by not in money.SIDES or len(selection.country) != 2:
        return ""
    one, other = map(tables.in_sentence, selection.country)
    here, there = ("recipient", "supplier") if by == "recipient" else ("supplier", "recipient")
    return (
        f"Every deal in view has both {one} and {other} as parties. Where {other} alone is the {here}, "
        f"{one} is a {there}. Where {one} alone is the {here}, {other} is a {there}."
    )
