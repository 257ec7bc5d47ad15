"""When it happened: every deal in view as a bar, its milestones as marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from markupsafe import Markup

from dashboard import chronology, deals, filters, links
from dashboard.charts import begun, timeline
from dashboard.data import Tables
from dashboard.deals import Selection, format_count
from dashboard.markup import timeline as timeline_markup
from dashboard.pages import heading, nothing, picture, source_line

GROUPS = {"domain": "Domain", "pair": "Pair of countries", "status": "Status"}
OWN = ("group",)
LISTED = 50  # deals without any date
USED = ["deal_id", "title", "domain", "supplier", "recipient", "status", "begins", "is_open", "is_doubted"]


@dataclass(frozen=True, eq=False)
class View:
    """All that the page shows for one choice; shared by every reader, so never changed.

    Of the `count` deals in view, `deals` are the ids of the first by date, as many as get a row, and `undated` those
    of the `lost` without any date that are listed. `counts` is how many begin in each year, where they are too many
    for a row each, else None. `key` says what the marks mean.
    """

    count: int
    deals: list[str]
    lost: int
    undated: pd.DataFrame
    counts: pd.DataFrame | None
    finding: str
    figure: go.Figure
    alt: str
    key: Markup


def render(tables: Tables, selection: Selection) -> None:
    """Draw the timeline of the deals in view."""
    by = next(iter(filters.given("group", GROUPS)), filters.DEFAULTS["group"])
    view = build(tables, tables.stamp, selection, by, date.today(), filters.href("deal"))
    heading("Timeline", view.finding)
    filters.in_view(tables, selection, shown=view.count)
    if not view.count:
        nothing()
        return
    if view.counts is None:
        filters.one("Group by", "group", GROUPS, OWN)
        _bars(tables, view, by)
    else:
        _years(tables, view, view.counts)
    if view.lost:
        st.html(timeline_markup.undated(tables, view.undated, view.lost, _link))
    _table(tables, view)


@st.cache_resource(max_entries=256, show_spinner=False)
def build(_tables: Tables, stamp: str, selection: Selection, by: str, today: date, page: str) -> View:
    """Return everything that the page shows, made once for each choice; `page` is the address of deals' pages."""
    tables, whole = _tables, deals.select(_tables, selection)
    found = whole[USED].sort_values(["begins", "title"], kind="stable")
    undated, shown = found.index[found["begins"].isna()], found.head(timeline.MOST)
    if len(found) > timeline.MOST:
        counts, labels = chronology.begun(tables, found), chronology.part_labels(tables)
        figure, alt = (
            begun.begun_bars(counts, labels, tables.dictionary.tables["deals"]["domain"].meanings),
            begun.alt(counts, labels),
        )
    else:
        figure = timeline.timeline(tables, found, by, today, (selection.since, selection.until), page)
        counts, alt = None, timeline.alt(tables, found, by)
    return View(
        len(found), shown["deal_id"].tolist(), len(undated), whole.loc[undated[:LISTED]], counts, finding(found), figure, alt,
        timeline_markup.key(tables, shown),
    )  # fmt: skip


def finding(shown: pd.DataFrame) -> str:
    """Return the page's sentence, computed from the deals in view: of `tables.deals`, `begins` and `is_open`."""
    years = shown["begins"].dropna().dt.year.value_counts().sort_index()
    if years.empty:
        return "No deal in view has a date."
    count, most, still = int(years.sum()), int(years.max()), int(shown["is_open"].sum())
    ends = f", and {still:,} {'has' if still == 1 else 'have'} no end reported" if still else ""
    since = f"{count:,} deals since {years.index.min()}"
    busiest = years.index[years == most]
    if count == 1:
        return f"One dated deal in view, first dated {busiest[0]}{' and with no end reported' if still else ''}."
    if most == 1:
        return f"{since}: no two begin in the same year{ends}."
    if len(busiest) > 3:
        return f"{since}: never more than {most:,} begin in a year{ends}."
    if len(busiest) > 1:
        return f"{since}: {most:,} each begin in {deals.listed(map(str, busiest))}, the busiest years{ends}."
    return f"{since}: {most:,} begin in {busiest[0]}, the busiest year{ends}."


def _bars(tables: Tables, view: View, by: str) -> None:
    """Show a row a deal; a click on it opens the deal."""
    with st.container(key="timeline"):
        opened = picture(view.figure, view.alt, f"timeline-{by}", select=True)
    if opened in view.deals:
        links.go("deal", id=opened)
    more = "A title opens its deal; with a mouse, so does a bar. A date known only by year or month is drawn as wide as it is uncertain."
    source_line(tables, more)
    st.html(view.key)


def _years(tables: Tables, view: View, counts: pd.DataFrame) -> None:
    """Show how many deals begin in each year, where they are too many for a row each."""
    words = f"{view.count:,} deals are too many for a row each, so the picture counts those that begin in each year. "
    words += f"Narrow the filters to {timeline.MOST} deals or fewer to see each one."
    st.html(Markup('<p class="note">{}</p>').format(words))
    picture(view.figure, view.alt, "begun")
    source_line(tables, "A deal begins with the first date known of it; one without any date is in no year.")
    st.html(timeline_markup.parts(tables, counts))
    with st.expander("The same numbers as a table"):
        st.html(timeline_markup.begun_table(counts, chronology.part_labels(tables)))


def _table(tables: Tables, view: View) -> None:
    """Offer the deals as a plain table, as many as get a row."""
    whole = view.counts is None
    label = f"The {'same' if whole else 'first'} {format_count(len(view.deals), 'deal')} as a table"
    fold = st.expander(label, key="twin", on_change="rerun")
    if not fold.open:
        return
    if not whole:
        fold.write(
            f"The first {len(view.deals)} of {view.count:,} deals by date. Narrow the filters to list the others."
        )
    fold.html(twin(tables, tables.stamp, tuple(view.deals), filters.href("deal")))


@st.cache_resource(max_entries=64, show_spinner=False)
def twin(_tables: Tables, stamp: str, deal_ids: tuple[str, ...], page: str) -> Markup:
    """Return the deals as a plain table, in their order; drawn when it is opened. `page` is the address of deals' pages."""
    deals = _tables.deals[_tables.deals["deal_id"].isin(deal_ids)].set_index("deal_id", drop=False)
    return timeline_markup.twin(_tables, deals.loc[list(deal_ids)], _link)


def _link(deal_id: str) -> str:
    """Return the address of a deal's page."""
    return filters.href("deal", id=deal_id)
