"""What it is worth: disclosed value by group, how much of it stands, and the money at each stage of a deal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard import controls, filters, in_view
from dashboard.address import Asked, Links
from dashboard.charts.value import value_bars
from dashboard.charts.value_words import alt
from dashboard.kept import kept
from dashboard.pages import deals_drawn, deals_in_view, heading, nothing, picture, sources_of
from dashboard.plotly_chart import Chart, chart
from dashboard.questions import deals, evidence, findings, ledger, money, scope, stages
from dashboard.questions.deals import Selection, Totals
from dashboard.questions.money import Group
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from dashboard.templates import Html
from dashboard.templates import render as template
from dashboard.views.value import between_note, label, stage_finding, sums
from dashboard.views.value import heading as called

LISTED = 20  # of the deals left out of totals


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
    chart: Chart
    below: Markup


def render(tables: Tables, selection: Selection) -> None:
    """Draw the disclosed value of the deals in view."""
    here = controls.asked(tables, "value")
    by, view = here.one("by"), _asked_for(tables, here)
    heading("Value", view.finding)
    in_view.line(tables, here, shown=view.count)
    by_what = filters.buttons("by", "By", {by: label(tables, by) for by in money.BY})
    choices = filters.drawn(by_what, filters.buttons("money", "Money", money.kinds(tables)))
    filters.show(here, choices, "How the value is shown")
    if not view.count:
        nothing()
        return
    st.html(view.above)
    picture(view.chart, "value-bars", here)
    st.html(_below(tables, here, by, view.stated_in, view.below, controls.is_framed()))
    deals_in_view(tables, here, first="value")


def prepare(tables: Tables, here: Asked) -> None:
    """Work out what an address shows, for whoever asks for it next."""
    _asked_for(tables, here)
    deals_drawn(tables, here.selection, here.links, "value")


def _asked_for(tables: Tables, here: Asked) -> View:
    return build(tables, here.selection, here.one("by"), here.one("money"), here.links)


@kept
def _below(tables: Tables, here: Asked, by: str, stated_in: str, rest: Markup, framed: bool) -> Html:
    """Return what stands below the picture: what it cannot show, its source line, and the `rest`."""
    between = between_note(tables, here.selection, by)
    note = template("paragraph.html", kind="note", words=between) if between else ""
    source = sources_of(tables, f"In {stated_in}." if stated_in else "", of=None if framed else here)
    return template("stack.html", parts=[note, source, rest])


@kept
def build(tables: Tables, selection: Selection, by: str, unit: str, to: Links) -> View:
    """Return everything that the page shows, made once for each choice; `to` makes its links."""
    bases = tables.dictionary.choices("deals", "value_basis")
    found = sums(tables, selection, unit)
    groups, totals = money.groups(tables, found.inside, by), deals.total(found.inside, list(bases))
    colours = tables.dictionary.meaning("deals", "domain", "colour") if by == "domain" else {}
    title = called(tables, by, found.stated_in)
    index = evidence.cited(tables, tables.deflator["source_ids"]) if unit == "constant" else tables.sources.iloc[:0]
    shared = {"tables": tables, "to": to, "title": title, "totals": totals, "stated_in": found.stated_in}
    above = template(
        "value/above.html", **shared, by=by, sides=money.SIDES, sides_chosen=selection.country if len(selection.country) == 2 else (),
        notes=[*found.notes, *filter(None, [scope.share_words(tables, found.inside)])], index_sources=records(index),
        total_notes=money.notes(tables, totals), claimed=int(deals.is_claimed(found.inside).sum()),
        steps=evidence.robustness(found.every), shares=evidence.shares(found.every), sure=selection.sure,
        hrefs={step: to("value", by=by, money=unit, sure=step) for step in deals.SURE},
    )  # fmt: skip
    ladder = stages.stages(tables, found.inside)
    below = template(
        "value/below.html", **shared, differs=money.differs, label=label(tables, by), rows=_rows(tables, groups, by, to),
        reasons=money.reasons(tables, totals), stages=ladder, stage_finding=stage_finding(tables, ladder),
        apart=_apart(found.inside), apart_count=totals.left_out_priced,
    )  # fmt: skip
    patterns, currency = tables.dictionary.meaning("deals", "value_basis", "pattern"), tables.package.currency
    figure = value_bars(groups, bases, patterns, colours, currency)
    return View(
        count=found.count, finding=findings.on_value(tables, by, groups, totals, found.stated_in), stated_in=found.stated_in, above=above,
        chart=chart(figure, alt(groups, bases, title, currency)), below=below,
    )  # fmt: skip


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
