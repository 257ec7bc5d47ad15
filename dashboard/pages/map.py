"""Where it happens: who deals with whom as lines on a map, the places, and the deals behind what is clicked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pandas as pd
import pydeck as pdk
import streamlit as st
from markupsafe import Markup

from dashboard import controls, markup
from dashboard.address import Links
from dashboard.charts.map.deck import VIEWPOINT, deal_map, map_words
from dashboard.markup.legend import legend
from dashboard.pages import heading, nothing, source_line
from dashboard.parameters import SHOW, WIDTHS
from dashboard.questions import deals, flows, sorts
from dashboard.questions.deals import Selection
from dashboard.questions.timeline import described
from dashboard.style import plotly as theme
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from dashboard.words import format_count, format_usd, relation

FAMILIES = {"trade": "trade", "ties": "tie", "measures": "measure"}  # what each choice shows
LISTED, NAMED, ROWS = 100, 20, 60
# How most deals of a family run: what they do, for one and for several, and how their equals are counted.
RUNS = {
    "trade": ("runs from", "run from", "in any other direction", "in the same direction"),
    "tie": ("is between", "are between", "between any other two states", "between the same two states"),
    "measure": ("is by", "are by", "by any other state against another", "by the same state against another"),
}


@dataclass(frozen=True, eq=False)
class View:
    """All that the page shows for one choice; shared by every reader, so never changed.

    `apart` says what the finding does not speak of; `names` gives what can be clicked, a flow or a place by its id, its words.
    """

    count: int
    finding: str
    apart: str
    deck: pdk.Deck
    alt: str
    legend: Markup
    nowhere: Markup
    table: Markup
    names: dict[str, str]


def render(tables: Tables, selection: Selection) -> None:
    """Draw the map of the deals in view."""
    here = controls.asked(tables, "map")
    show, width = here.several("show"), here.one("width")
    view = build(tables, tables.stamp, selection, show, width, st.context.theme.type or "light", here.links)
    heading("Map", view.finding)
    if view.apart:
        st.html(Markup('<p class="lead">{}</p>').format(view.apart))
    controls.in_view(tables, here, shown=view.count)
    if not view.count:
        return nothing()
    with st.container(horizontal=True, key="map-choices"):
        controls.several(here, "show", "Show only", SHOW, partial(st.pills, selection_mode="multi"))
        controls.one(here, "width", "Width of the lines", WIDTHS)
    st.pydeck_chart(view.deck, height=560, key="map", alt=view.alt, on_select=lambda: controls.keep_pick("map", "at"))
    st.html(view.legend)
    source_line(tables, VIEWPOINT)
    picked = here.one("at")
    if picked in view.names:
        _picked(tables, drawn(deals.select(tables, selection), show), picked, view.names[picked], here.links)
    elif picked:
        st.caption("The line or place that this link opens has no deal in view.")
    st.html(view.nowhere)
    st.html(view.table)
    return None


@st.cache_resource(max_entries=256, show_spinner=False)
def build(
    _tables: Tables, stamp: str, selection: Selection, show: tuple[str, ...], width: str, ground: str, to: Links
) -> View:
    """Return everything that the page shows, made once a choice; `to` makes its links."""
    tables, view = _tables, deals.select(_tables, selection)
    found = drawn(view, show)
    lines, places = flows.flows(tables, found, width), flows.sites(tables, found)
    return View(
        len(view), finding(found, lines), apart(view, found),
        deal_map(lines, places, tables.dictionary.meaning("deals", "domain", "colour"), ink=theme.INKS[ground], ground=theme.GROUNDS[ground]),
        map_words(lines, places), legend(tables, lines, places, width), _nowhere(tables, found, to), _table(lines, width, show, to),
        names=dict(zip([*places["place_id"], *lines["flow_id"]], [*places["name"], *lines["title"]], strict=True)),
    )  # fmt: skip


def drawn(view: pd.DataFrame, show: tuple[str, ...]) -> pd.DataFrame:
    """Return the deals in view that the reader wants on the map; without any wish all of them are."""
    return view[view["family"].isin([FAMILIES[name] for name in show])] if show else view


def finding(found: pd.DataFrame, lines: pd.DataFrame) -> str:
    """Return how most deals on the map run, computed from them: trade first, else the first family that there is.

    `found` are the deals that are drawn, `lines` their flows.
    """
    counts = sorts.tally(found)
    first = next((family for family in RUNS if counts[family]), "trade")
    return _lead(first, counts[first], flows.busiest(lines[lines["family"] == first]))


def apart(view: pd.DataFrame, found: pd.DataFrame) -> str:
    """Return in words what the finding does not speak of: what else is drawn, and which deals in view are not."""
    counts, hidden = sorts.tally(found), sorts.tally(view[~view["deal_id"].isin(found["deal_id"])])
    first = next((family for family in RUNS if counts[family]), "trade")
    rest = sorts.counted({sort: count for sort, count in counts.items() if sort != first})
    kept_off = sorts.counted(hidden)
    words = [f"Counted apart: {rest}."] * bool(rest) + [f"Not drawn, as you chose: {kept_off}."] * bool(kept_off)
    return " ".join(words)


def _lead(family: str, count: int, pairs: list[tuple[str, int]]) -> str:
    """Return how most deals of a family run; `pairs` are who deals with whom, with their deals, most first."""
    noun, (one, several, other, same) = sorts.NOUNS[family], RUNS[family]
    if not count:
        return f"No {noun} is on the map."
    (where, most), equals = pairs[0], sum(deals == pairs[0][1] for _, deals in pairs)
    if len(pairs) == 1:
        words = f"All {count:,} {noun}s in view {several}" if count > 1 else f"The one {noun} in view {one}"
        return f"{words} {where}."
    if equals > 1:
        return f"{format_count(count, noun)} in view, never more than {most:,} {same}."
    return f"{most:,} of {format_count(count, noun)} in view {several} {where}, more than {other}."


def _picked(tables: Tables, view: pd.DataFrame, at: str, name: str, to: Links) -> None:
    """List the deals of the line or the place that was clicked or that the address names."""
    found = flows.deals_at(tables, view, at)
    st.html(Markup('<h2 class="part">{}: {}</h2>').format(name, sorts.counted(sorts.tally(found))))
    st.html(_deal_table(tables, found, to))
    st.button("Close this list", on_click=controls.write, args=("at", []), type="tertiary", icon=":material/close:")


def _deal_table(tables: Tables, found: pd.DataFrame, to: Links) -> Markup:
    """Return deals as a table, each leading to its dossier."""
    headings = [
        "Deal",
        "Between",
        *(tables.dictionary.title("deals", name) for name in ("status", "credibility", "value_usd_m")),
    ]
    shown = found.head(LISTED)
    rows = (
        [
            markup.link(to("deal", id=deal["deal_id"]), deal["title"]),
            relation(deal, tables.country_names),
            markup.status(tables, deal["status"], deal["family"]),
            markup.credibility(tables, deal["credibility"]),
            said.value,
        ]
        for deal, said in zip(records(shown), described(tables, shown), strict=True)
    )
    more = "" if len(found) <= LISTED else f"; the first {LISTED} of {len(found):,}"
    return markup.table(headings, rows, f"The deals behind it{more}", numbers=1)


def _nowhere(tables: Tables, view: pd.DataFrame, to: Links) -> Markup:
    """Return in words what the map cannot show as a point: vague places and deals without a place."""
    areas = tables.dictionary.having("places", "precision", "drawn", "area")
    vague = tables.places.loc[tables.places["precision"].isin(areas), "place_id"]
    at_country, none = view[view["place_id"].isin(vague)], int((view["place_id"] == "").sum())
    links = markup.join(
        (
            markup.link(to("deal", id=row["deal_id"]), row["title"])
            for row in records(at_country[["deal_id", "title"]].head(NAMED))
        ),
        ", ",
    )
    words = Markup('<p class="meta">{} without any place. {}{}{}</p>')
    return words.format(
        format_count(none, "deal"),
        "Known too vaguely for a point, so the country is tinted: " if len(at_country) else "",
        links,
        f" and {len(at_country) - NAMED:,} more" if len(at_country) > NAMED else "",
    )


def _table(lines: pd.DataFrame, width: str, show: tuple[str, ...], to: Links) -> Markup:
    """Return the same lines as a table, each leading to its list of deals."""
    shown = lines.head(ROWS)
    labels = {family: SHOW[name].removesuffix("s") for name, family in FAMILIES.items()}
    rows = (
        [
            markup.link(to("map", at=row["flow_id"], show=show, width=width), row["title"]),
            labels[row["family"]],
            f"{row['deals']:,}",
            *(_money(row) if row["family"] == "trade" else ("", "")),
            f"{row['contested']:,}",
        ]
        for row in records(shown)
    )
    more = "" if len(lines) <= ROWS else f"; the {ROWS} busiest of {len(lines):,}"
    headings = [
        "Between, domain",
        "Sort",
        "Deals",
        "Disclosed, in totals",
        "Without a public value",
        "Alleged or denied",
    ]
    return Markup("<details><summary>The same as a table</summary>{}</details>").format(
        markup.table(headings, rows, f"Lines of the map{more}", numbers=4)
    )


def _money(line: dict[str, float]) -> tuple[str, str]:
    """Return what is disclosed of a line's trade, and how many of its deals have no public value."""
    usd = line["value_usd_m"]
    return "none disclosed" if pd.isna(usd) else format_usd(usd), f"{line['undisclosed']:,}"
