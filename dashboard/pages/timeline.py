"""When it happened: every deal in view as a bar in rows that they share, its milestones as marks; and a strip of all years."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard import controls, filters, in_view, year_span
from dashboard.address import Asked, Links
from dashboard.charts import deals_per_year
from dashboard.charts.timeline import figure as timeline
from dashboard.charts.timeline.strip import strip
from dashboard.charts.timeline.timetable import timetable
from dashboard.choices.parameters import GROUPS, ROWS
from dashboard.kept import kept
from dashboard.pages import (
    SKIP,
    deals_drawn,
    deals_in_view,
    drawing,
    heading,
    nothing,
    picture,
    source_line,
    sources_of,
)
from dashboard.plotly_chart import Chart, chart
from dashboard.questions import deals
from dashboard.questions import timeline as chronology
from dashboard.questions.deals import Selection
from dashboard.tables.load import Tables
from dashboard.tables.model import is_in, records
from dashboard.templates import render as template
from dashboard.views.timeline import ALIKE, USED, finding, in_order, too_many

LISTED = 50  # deals without any date


class Years(NamedTuple):
    """How many deals begin in each year: the table of `chronology.per_year`, and its picture."""

    counts: pd.DataFrame
    chart: Chart


@dataclass(frozen=True, eq=False)
class View:
    """All that the page shows for one choice; shared by every reader, so never changed.

    The `count` deals in view are in `drawing`,
    and `key` says what its marks mean; both are blank where none has a date, or where deals are too many: `by_year` is then
    how many begin in each year. `undated` lists the deals without any date; it is blank where there are none.
    """

    count: int
    finding: str
    drawing: Markup
    key: Markup
    undated: Markup
    by_year: Years | None = None


def render(tables: Tables, selection: Selection) -> None:
    """Draw the timeline of the deals in view."""
    here = controls.asked(tables, "timeline")
    view = _asked_for(tables, here)
    heading("Timeline", view.finding)
    in_view.line(tables, here, shown=view.count)
    if view.drawing:
        with st.container(horizontal=True, key="timeline-choices"):
            choices = filters.buttons("group", "Group by", GROUPS), filters.buttons("rows", "Rows", ROWS)
            filters.show(here, filters.drawn(*choices), "How the deals are drawn", width="content")
    years = _strip(tables, selection)
    if years:
        year_span.show(*years, selection)
    if not view.count:
        nothing()
        return
    if view.by_year:
        _years(tables, here, view.count, view.by_year)
    else:
        _bars(tables, here, view)
    if view.undated:
        st.html(view.undated)
    deals_in_view(tables, here)


def prepare(tables: Tables, here: Asked) -> None:
    """Work out what an address shows, for whoever asks for it next."""
    _asked_for(tables, here)
    _strip(tables, here.selection)
    deals_drawn(tables, here.selection, here.links, "")


def _asked_for(tables: Tables, here: Asked) -> View:
    return build(tables, here.selection, here.one("group"), here.one("rows") == "all", date.today(), here.links)


def _strip(tables: Tables, selection: Selection) -> tuple[Markup, int, int] | None:
    return all_years(tables, replace(selection, since=None, until=None), date.today())


@kept
def build(tables: Tables, selection: Selection, by: str, is_every: bool, today: date, to: Links) -> View:
    """Return everything that the page shows, made once for each choice; `to` makes its links.

    `by` is how the deals are grouped; with `is_every` each has a row of its own.
    """
    whole = deals.select(tables, selection)
    found = in_order(whole)
    sentence = finding(found, selection.since, selection.until)
    rest = undated(tables, whole.loc[found.index[found["begins"].isna()]], to)
    if len(found) <= timeline.MOST:
        return View(len(found), sentence, *drawn(tables, found, selection, by, is_every, today, to), rest)
    counts, labels = chronology.per_year(tables, found), chronology.part_labels(tables)
    figure = deals_per_year.year_bars(counts, labels, tables.dictionary.tables["deals"]["domain"].meanings)
    by_year = Years(counts, chart(figure, deals_per_year.alt(counts, labels)))
    return View(len(found), sentence, Markup(""), Markup(""), rest, by_year)


def drawn(
    tables: Tables, found: pd.DataFrame, selection: Selection, by: str, is_every: bool, today: date, to: Links
) -> tuple[Markup, Markup]:
    """Return the timeline of deals with its years, and its key; both are blank where no deal has a date."""
    if found["begins"].isna().all():
        return Markup(""), Markup("")
    table = timetable(tables, found, by, today, selection.since, selection.until, every=is_every)
    lanes = timeline.timeline(tables, table, timeline.alt(tables, found, by), today, to("deal"))
    picture = template("timeline/figure.html", years=timeline.years(table.scale), lanes=lanes)
    return picture, key(tables, found, timeline.notes(table, today))


@kept
def all_years(tables: Tables, selection: Selection, today: date) -> tuple[Markup, int, int] | None:
    """Return the strip of all years, to this one, in which selected deals begin, and its first and last year; None for none."""
    counts = chronology.per_year(tables, deals.select(tables, selection)[USED])
    if counts.empty:
        return None
    years = counts.index.tolist()
    first, last = min(years), max(*years, today.year)
    return strip(counts.reindex(range(first, last + 1), fill_value=0)), first, last


def key(tables: Tables, shown: pd.DataFrame, notes: dict[str, str]) -> Markup:
    """Return what the marks and bars of deals mean, with the number of milestones of each kind; `notes` are on the years."""
    patterns, there = tables.dictionary.meaning("deals", "status", "pattern"), set(shown["status"])
    statuses = [status for status, pattern in patterns.items() if pattern != "solid" and status in there]
    steps = is_in(tables.milestones, "deal_id", shown["deal_id"].to_numpy())
    kinds = Counter(tables.milestones["kind"].to_numpy()[steps])
    return template("timeline/key.html", tables=tables, statuses=statuses, counts=kinds, notes=notes)


def undated(tables: Tables, found: pd.DataFrame, to: Links) -> Markup:
    """Return deals without any date as a list in words, the first of many; nothing for none."""
    if found.empty:
        return Markup("")
    return template(
        "timeline/undated.html", tables=tables, to=to, deals=_in_words(tables, found.head(LISTED)), count=len(found)
    )


def _in_words(tables: Tables, found: pd.DataFrame) -> list[tuple[dict[str, Any], chronology.Described]]:
    """Return each deal with what is said of it in words."""
    columns = ["deal_id", "title", "domain", "status", "family"]
    return list(zip(records(found[columns]), chronology.described(tables, found), strict=True))


def _bars(tables: Tables, here: Asked, view: View) -> None:
    """Show the bars with their key above them."""
    if not view.drawing:
        st.html(
            template("paragraph.html", kind="note", words="No deal in view has a date, so there is nothing to draw.")
        )
        return
    # One part of the page: each more costs a change of filter some 5 ms in the browser.
    source = sources_of(tables, ALIKE, "A bar and its title open the deal.", None if controls.is_framed() else here)
    drawing(Markup("").join([view.key, SKIP, view.drawing, source]), key="timeline")


def _years(tables: Tables, here: Asked, count: int, by_year: Years) -> None:
    """Show how many deals begin in each year, where they are too many for a row each."""
    words = f"{too_many(count)} Narrow the filters to {timeline.MOST} deals or fewer to see each one."
    st.html(template("paragraph.html", kind="note", words=words))
    picture(by_year.chart, "deals-per-year", here)
    source_line(tables, "A deal begins with the first date known of it; one without any date is in no year.", of=here)
    labels, parts = chronology.part_labels(tables), by_year.counts.sum().to_dict()
    st.html(template("timeline/parts.html", tables=tables, parts=parts, labels=labels, doubted=chronology.DOUBTED))
    with st.expander("The same numbers as a table"):
        rows = list(zip(by_year.counts.index, by_year.counts.to_numpy().tolist(), strict=True))
        st.html(template("timeline/years.html", headings=[labels[name] for name in by_year.counts], rows=rows))
