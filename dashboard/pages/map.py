"""Where it happens: who deals with whom as lines on a map, the places, and the deals behind what is clicked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import pandas as pd
import pydeck as pdk
import streamlit as st
from markupsafe import Markup

from dashboard import controls, filters, in_view, map_controls, rows_table
from dashboard.address import Asked, Links
from dashboard.charts.map.account import VIEWPOINT, apart, finding, map_words, not_yet
from dashboard.charts.map.deck import deal_map
from dashboard.charts.map.flat import flat_map
from dashboard.charts.map.scene import Look, seen
from dashboard.choices.parameters import EVERY, MAPS, PLACES, SHOW, WIDTHS
from dashboard.kept import kept
from dashboard.pages import SKIP, drawing, heading, nothing, sources_of
from dashboard.questions import deals, flows, sorts, timeline
from dashboard.questions.comparable import JOINT
from dashboard.questions.deals import Selection
from dashboard.style import tokens as theme
from dashboard.tables.load import Tables
from dashboard.tables.model import Row, records
from dashboard.templates import Html
from dashboard.templates import render as template
from dashboard.views.map import (
    SORTS,
    Way,
    as_of,
    domain_titles,
    drawn,
    heaviest,
    is_vague,
    layers,
    names_of,
    of_domain,
    way_of,
    without_place,
)

NAMED, ROWS = 20, 60
# The map as a picture, and one of several.
LARGE, SMALL = Look(780, 435, narrow=360, summed=True, words=16), Look(420, 250, narrow=330, words=6, domains=False)


@dataclass(frozen=True, eq=False)
class View:
    """All that the page shows for one choice; shared by every reader, so never changed.

    `count` is the number of deals that had started; `years` are the first and the last year in which one of those chosen
    began, none where no date is known. `apart` says what the finding does not speak of; `names` gives what can be
    clicked, a line or a place by its id, its words. `flat` is the map as a picture. `key` says how to read the map,
    `below` what it cannot show, and the same as a table.
    """

    count: int
    years: tuple[int, ...]
    finding: str
    apart: str
    flat: Markup
    alt: str
    key: Markup
    below: Markup
    names: dict[str, str]


def render(tables: Tables, selection: Selection) -> None:
    """Draw the map of the deals in view."""
    here = controls.asked(tables, "map")
    way = way_of(here)
    view = build(tables, selection, way, here.links)
    heading("Map", view.finding, view.apart)
    in_view.line(tables, here, shown=view.count)
    if deals.select(tables, selection).empty:
        return nothing()
    choices = {"show": SHOW, "width": WIDTHS, "places": PLACES, "maps": MAPS}
    shown = (filters.buttons(name, EVERY[name].label, known) for name, known in choices.items())
    filters.show(here, filters.drawn(*shown), "What the map shows")
    st.html(SKIP)
    if way.maps == "domains":
        with st.container(horizontal=True, key="map-domains"):
            for domain, svg in by_domain(tables, selection, way, here.links).items():
                drawing(svg, f"map-of-{domain}")
    else:
        the_map(tables, here, way, view)
    if view.years:
        map_controls.years(view.years, way.asof)
    st.html(_beside(tables, here, view.key, view.below, controls.is_framed()))
    _rows(tables, here, view.names, way)
    return None


def prepare(tables: Tables, here: Asked) -> None:
    """Work out what an address shows, for whoever asks for it next."""
    way = way_of(here)
    build(tables, here.selection, way, here.links)
    rows(tables, here.selection, way, "", here.links)


def the_map(tables: Tables, here: Asked, way: Way, view: View) -> None:
    """Show the flat map, and the one to explore in its place once the reader reaches for it or the address says where it is looked at.

    It takes the browser half a megabyte more, and seconds where there is no graphics card, so who only reads is spared it.
    Until its ground is drawn, and on paper, the flat map stands there.
    """
    ground, looked_at = st.context.theme.type or theme.LIGHT, here.one("view")
    explored = bool(looked_at or controls.typed(map_controls.MANNERS, "explored"))
    with st.container(key="map-stage"):
        drawing(view.flat, "map-flat")
        map_controls.manners(ground, looked_at, explored)
        if explored:
            st.pydeck_chart(
                deck(tables, here.selection, way, ground), height=560, key="map", alt=view.alt,
                on_select=lambda: controls.keep_pick("map", "at"),
            )  # fmt: skip


@kept
def deck(tables: Tables, selection: Selection, way: Way, ground: str) -> pdk.Deck:
    """Return the map to explore, in the inks of a theme, light or dark."""
    made = layers(tables, drawn(tables, selection, way), way)
    return deal_map(
        made.lines, made.places, tables.package.frame, ink=theme.INKS[ground], ground=theme.GROUNDS[ground],
        near=way.places == "near", money=tables.package.currency if way.width == "value" else None,
    )  # fmt: skip


@kept
def build(tables: Tables, selection: Selection, way: Way, to: Links) -> View:
    """Return everything that the page shows, made once a choice; `to` makes its links."""
    chosen = deals.select(tables, selection)
    view, found = as_of(chosen, way.asof), drawn(tables, selection, way)
    made = layers(tables, found, way)
    palette = tables.dictionary.meaning("deals", "domain", "colour")
    look = replace(LARGE, money=way.width == "value", link=partial(_opened, way, to))
    begin = timeline.years(chosen)
    return View(
        len(view), (begin[0], begin[-1]) if begin else (),
        finding(found, made.whole, made.lines, way.asof), f"{apart(view, found)} {not_yet(chosen, way.asof)}".strip(),
        flat_map(made.parts, made.still, palette, tables.package, look),
        map_words(made.lines, made.places), key(tables, made.lines, made.places, way), below(tables, found, made.lines, way, to),
        names=names_of(made),
    )  # fmt: skip


@kept
def by_domain(tables: Tables, selection: Selection, way: Way, to: Links) -> dict[str, Markup]:
    """Return a small flat map of each domain in view, all of the same region and with lines of the same scale."""
    found = drawn(tables, selection, way)
    parts = flows.flows(tables, found[~flows.is_joint(found)], way.width)
    palette = tables.dictionary.meaning("deals", "domain", "colour")
    look = replace(
        SMALL, money=way.width == "value", heaviest=heaviest(parts),
        view=seen(parts, tables.package.frame), link=partial(_opened, way, to),
    )  # fmt: skip
    return {
        domain: flat_map(of_domain(parts, domain), [], palette, tables.package, replace(look, title=words))
        for domain, words in domain_titles(tables, found).items()
    }  # fmt: skip


@kept
def _beside(tables: Tables, here: Asked, key: Markup, rest: Markup, framed: bool) -> Html:
    """Return what stands below the map: how to read it, its source line, and the `rest`."""
    source = sources_of(tables, VIEWPOINT, of=None if framed else here)
    return template("stack.html", parts=[key, source, rest])


def _opened(way: Way, to: Links, at: str) -> str:
    """Return the address of the map with the deals of a line or a place opened."""
    return to("map", at=at, **way._asdict())


def _rows(tables: Tables, here: Asked, names: dict[str, str], way: Way) -> None:
    """Show the deals on the map as rows to take away, or those of the line or the place that the address names."""
    at = here.one("at")
    picked = at if at in names else ""
    if at and not picked:
        st.caption("The line or place that this link opens has no deal in view.")
    counted, found = rows(tables, here.selection, way, picked, here.links)
    rows_table.show(tables, here, found, f"{names[picked]}: {counted}" if picked else "")
    if picked:
        for supplier, recipient in flows.states_of(tables, picked):  # none of a place
            href = here.links("compare", a=f"{supplier}{JOINT}{recipient}")
            st.html(template("compare/lead.html", href=href, words="Compare this relation with another"))
        st.button("Show all deals", on_click=controls.write, args=("at", []), type="tertiary", icon=":material/close:")


@kept
def rows(tables: Tables, selection: Selection, way: Way, at: str, to: Links) -> tuple[str, rows_table.Drawn]:
    """Return the deals on the map, or of the line or place `at`: their number in words, and as rows to take away."""
    found = drawn(tables, selection, way)
    found = flows.deals_at(tables, found, at) if at else found
    return sorts.counted(sorts.tally(found)), rows_table.draw(tables, "deals", found, to)


def key(tables: Tables, lines: list[Row], places: list[Row], way: Way) -> Markup:
    """Return how to read the map of `lines` and `places`; only what is on it is explained."""
    known, is_one = tables.dictionary.tables["places"]["precision"].meanings, way.maps == "one"
    exact = {place["precision"] for place in places} if is_one else set()
    there = [meaning for value, meaning in known.items() if value in exact]
    at_once = [meaning for meaning in there if way.places == "all" or meaning["drawn"] == "area"]
    domains = {domain for line in lines for domain in line["domains"]} if is_one else set()
    return template(
        "map/key.html", tables=tables, way=way, domains=[name for name in tables.dictionary.choices("deals", "domain") if name in domains],
        families={family: _kinds(tables, lines, family) for family in {line["family"] for line in lines}},
        has_doubted=any(line["contested"] >= line["deals"] for line in lines),
        precisions=at_once, later=[meaning for meaning in there if meaning not in at_once],
    )  # fmt: skip


def _kinds(tables: Tables, lines: list[Row], family: str) -> str:
    """Return the kinds of a family's deals on the map, in the order of the package."""
    there = {kind for line in lines if line["family"] == family for kind in line["kinds"].split(", ")}
    labels = [label.lower() for label in tables.dictionary.choices("deals", "kind").values()]
    return ", ".join(label for label in labels if label in there)


def below(tables: Tables, found: pd.DataFrame, lines: list[Row], way: Way, to: Links) -> Markup:
    """Return what the map cannot show as a point, vague places and deals without a place, and its lines as a table."""
    named = found[["deal_id", "title"]]
    at_country, joint = named[is_vague(tables, found)], named[flows.is_joint(found)]
    return template(
        "map/below.html", tables=tables, to=to, opened=partial(_opened, way, to), placeless=without_place(found),
        vague=records(at_country.head(NAMED)), vague_count=len(at_country),
        joint=records(joint.head(NAMED)), joint_count=len(joint), lines=lines[:ROWS],
        lines_count=len(lines), sorts=SORTS,
    )  # fmt: skip
