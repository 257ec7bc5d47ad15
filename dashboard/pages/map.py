"""Where it happens: who deals with whom as lines on a map, the places, and the deals behind what is clicked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pandas as pd
import pydeck as pdk
import streamlit as st
from markupsafe import Markup

from dashboard import controls, rows_table
from dashboard.address import Asked, Links
from dashboard.charts.map.account import VIEWPOINT, map_words
from dashboard.charts.map.deck import deal_map
from dashboard.pages import heading, kept, nothing, skip_chart, source_line
from dashboard.parameters import SHOW, WIDTHS
from dashboard.questions import deals, flows, sorts
from dashboard.questions.comparable import JOINT
from dashboard.questions.deals import Selection
from dashboard.style import tokens as theme
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from dashboard.templates import render as template
from dashboard.words import format_count

FAMILIES = {"trade": "trade", "ties": "tie", "measures": "measure"}  # what each choice shows
NAMED, ROWS = 20, 60
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
    `key` says how to read the map, `below` what it cannot show, and the same as a table.
    """

    count: int
    finding: str
    apart: str
    deck: pdk.Deck
    alt: str
    key: Markup
    below: Markup
    names: dict[str, str]


def render(tables: Tables, selection: Selection) -> None:
    """Draw the map of the deals in view."""
    here = controls.asked(tables, "map")
    show, width = here.several("show"), here.one("width")
    view = build(tables, selection, show, width, st.context.theme.type or "light", here.links)
    heading("Map", view.finding)
    if view.apart:
        st.html(template("paragraph.html", kind="lead", words=view.apart))
    controls.in_view(tables, here, shown=view.count)
    if not view.count:
        return nothing()
    with st.container(horizontal=True, key="map-choices"):
        controls.several(here, "show", "Show only", SHOW, partial(st.pills, selection_mode="multi"))
        controls.one(here, "width", "Width of the lines", WIDTHS)
    skip_chart()
    st.pydeck_chart(view.deck, height=560, key="map", alt=view.alt, on_select=lambda: controls.keep_pick("map", "at"))
    st.html(view.key)
    source_line(tables, VIEWPOINT)
    st.html(view.below)
    _rows(tables, here, view.names, show)
    return None


@kept(256)
def build(tables: Tables, selection: Selection, show: tuple[str, ...], width: str, ground: str, to: Links) -> View:
    """Return everything that the page shows, made once a choice; `to` makes its links."""
    view = deals.select(tables, selection)
    found = drawn(view, show)
    lines, places = flows.flows(tables, found, width), flows.sites(tables, found)
    return View(
        len(view), finding(found, lines), apart(view, found),
        deal_map(lines, places, tables.dictionary.meaning("deals", "domain", "colour"), tables.package.frame, ink=theme.INKS[ground], ground=theme.GROUNDS[ground]),
        map_words(lines, places), key(tables, lines, places, width), below(tables, found, lines, show, width, to),
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


def _rows(tables: Tables, here: Asked, names: dict[str, str], show: tuple[str, ...]) -> None:
    """Show the deals on the map as rows to take away, or those of the line or the place that the address names."""
    at = here.one("at")
    picked = at if at in names else ""
    if at and not picked:
        st.caption("The line or place that this link opens has no deal in view.")
    counted, found = rows(tables, here.selection, show, picked, here.links)
    rows_table.show(tables, here, found, f"{names[picked]}: {counted}" if picked else "")
    if picked:
        if picked in flows.ends(tables).index:  # a line, not a place
            line = flows.ends(tables).loc[picked]
            href = here.links("compare", a=f"{line['supplier']}{JOINT}{line['recipient']}")
            st.html(template("compare/lead.html", href=href, words="Compare this relation with another"))
        st.button("Show all deals", on_click=controls.write, args=("at", []), type="tertiary", icon=":material/close:")


@kept(256)
def rows(
    tables: Tables, selection: Selection, show: tuple[str, ...], at: str, to: Links
) -> tuple[str, rows_table.Drawn]:
    """Return the deals on the map, or of the line or place `at`: their number in words, and as rows to take away."""
    found = drawn(deals.select(tables, selection), show)
    found = flows.deals_at(tables, found, at) if at else found
    return sorts.counted(sorts.tally(found)), rows_table.draw(tables, "deals", found, to)


def key(tables: Tables, lines: pd.DataFrame, places: pd.DataFrame, width: str) -> Markup:
    """Return how to read the map of `lines` and `places`, rows of `flows`; only what is on it is explained."""
    coloured, there = set(lines.loc[lines["family"] != "measure", "domain"]), set(places["precision"])
    known = tables.dictionary.tables["places"]["precision"].meanings
    return template(
        "map/key.html", tables=tables, width=width,
        domains=[domain for domain in tables.dictionary.choices("deals", "domain") if domain in coloured],
        families={family: _kinds(tables, lines, family) for family in set(lines["family"])},
        has_doubted=(lines["contested"] >= lines["deals"]).any(),
        precisions=[meaning for value, meaning in known.items() if value in there],
    )  # fmt: skip


def _kinds(tables: Tables, lines: pd.DataFrame, family: str) -> str:
    """Return the kinds of a family's deals on the map, in the order of the package."""
    there = {kind for kinds in lines.loc[lines["family"] == family, "kinds"] for kind in kinds.split(", ")}
    labels = [label.lower() for label in tables.dictionary.choices("deals", "kind").values()]
    return ", ".join(label for label in labels if label in there)


def below(
    tables: Tables, found: pd.DataFrame, lines: pd.DataFrame, show: tuple[str, ...], width: str, to: Links
) -> Markup:
    """Return what the map cannot show as a point, vague places and deals without a place, and its lines as a table."""
    areas = tables.dictionary.having("places", "precision", "drawn", "area")
    vague = tables.places.loc[tables.places["precision"].isin(areas), "place_id"]
    at_country = found[["deal_id", "title"]][found["place_id"].isin(vague)]
    return template(
        "map/below.html", tables=tables, to=to, show=show, width=width, placeless=int((found["place_id"] == "").sum()),
        vague=records(at_country.head(NAMED)), vague_count=len(at_country), lines=records(lines.head(ROWS)),
        lines_count=len(lines), sorts={family: SHOW[name].removesuffix("s") for name, family in FAMILIES.items()},
    )  # fmt: skip
