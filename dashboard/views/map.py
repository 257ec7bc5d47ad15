"""What `/map` shows: who deals with whom as lines, and the places, of the families and as of the year that the reader wants."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from dashboard.address import Asked
from dashboard.charts.map.account import VIEWPOINT, apart, finding, map_words, not_yet
from dashboard.charts.map.flat import flat_map
from dashboard.charts.map.scene import Look, composed, seen
from dashboard.charts.map.sums import over_domains
from dashboard.questions import deals, flows, sorts
from dashboard.questions.deals import Selection
from dashboard.style.tokens import LIGHT
from dashboard.tables.load import Tables
from dashboard.tables.model import Row, is_in
from dashboard.views.common import resting, sourced, taken
from dashboard.views.glances import fitted
from dashboard.views.view import Picture, Rows, Shown
from dashboard.words import format_count, plural

FAMILIES = {"trade": "trade", "ties": "tie", "measures": "measure"}  # what each choice shows
SORTS = {"trade": "Trade", "tie": "Tie", "measure": "Measure"}
EACH = "map-"  # how the name of the map of one domain begins
NAMED = 20  # deals that are no line or no point
# The map as a file, and one of several.
LARGE = Look(1040, 560, theme=LIGHT, summed=True, words=16, key=True, viewpoint=True)
SMALL = Look(520, 310, theme=LIGHT, words=6, domains=False, key=True, viewpoint=True)


class Way(NamedTuple):
    """How the reader wants the map: the families shown, what widens a line, one map or several, places, as of which year."""

    show: tuple[str, ...] = ()
    width: str = "deals"
    maps: str = "one"
    places: str = "near"
    asof: str = ""


class Layers(NamedTuple):
    """What is drawn of deals: their flows by domain, those of them that are lines, and both over all domains; and their places.

    A tie of three states or more is in `every` and `whole` of them, but no line. `still` are the places of a map that nobody can zoom into.
    """

    every: list[Row]
    parts: list[Row]
    whole: list[Row]
    lines: list[Row]
    places: list[Row]
    still: list[Row]


def way_of(asked: Asked) -> Way:
    """Return how an address wants the map."""
    return Way(asked.several("show"), *(asked.one(name) for name in Way._fields[1:]))


def as_of(chosen: pd.DataFrame, year: str) -> pd.DataFrame:
    """Return the deals that had started by the end of a year, all of them where it is blank."""
    return chosen[deals.started(chosen, int(year))] if year else chosen


def drawn(tables: Tables, selection: Selection, way: Way) -> pd.DataFrame:
    """Return the deals that the reader wants on the map: of the families chosen, or of all, that had started by then."""
    view = as_of(deals.select(tables, selection), way.asof)
    return view[is_in(view, "family", [FAMILIES[name] for name in way.show])] if way.show else view


def layers(tables: Tables, found: pd.DataFrame, way: Way) -> Layers:
    """Return what is drawn of deals, rows of `tables.deals`."""
    joint, every = flows.is_joint(found), flows.flows(tables, found, way.width)
    parts = flows.flows(tables, found[~joint], way.width) if joint.any() else every
    palette, currency = tables.dictionary.meaning("deals", "domain", "colour"), tables.package.currency
    whole = over_domains(every, palette, currency)
    lines = over_domains(parts, palette, currency) if joint.any() else whole
    places = flows.sites(tables, found)
    still = [place for place in places if place["drawn"] == "area"] if way.places == "near" else places
    return Layers(every, parts, whole, lines, places, still)


def shown(tables: Tables, asked: Asked, _: date) -> Shown:
    """Return the view of the deals on the map."""
    way, selection = way_of(asked), asked.selection
    chosen, found = deals.select(tables, selection), drawn(tables, selection, way)
    view, made = as_of(chosen, way.asof), layers(tables, found, way)
    sentence = finding(found, made.whole, made.lines, way.asof)
    picked = flows.deals_at(tables, found, asked.one("at")) if asked.one("at") else found
    names = names_of(made)
    title = f"{names[asked.one('at')]}: {sorts.counted(sorts.tally(picked))}" if asked.one("at") in names else ""
    return Shown(
        finding=sentence, count=len(view), whole=len(tables.deals),
        lead=tuple(filter(None, [f"{apart(view, found)} {not_yet(chosen, way.asof)}".strip()])), notes=(*not_drawn(tables, found), VIEWPOINT),
        pictures=tuple(pictures(tables, found, made, way, sentence)),
        tables=(lines_table(tables, made.lines), taken(tables, "deals", picked if title else found, title=title)),
        sources=resting(tables, found),
    )  # fmt: skip


def names_of(made: Layers) -> dict[str, str]:
    """Return the words for all that can be picked on the map, a place or a line, by its id."""
    lines = {line["flow_id"]: line["title"] for line in (*made.every, *made.whole)}
    return {place["place_id"]: place["name"] for place in made.places} | lines


def pictures(tables: Tables, found: pd.DataFrame, made: Layers, way: Way, sentence: str) -> list[Picture]:
    """Return the map, or one of each domain, all of the same region and with lines of the same scale; none without a deal."""
    if found.empty:
        return []
    palette = tables.dictionary.meaning("deals", "domain", "colour")
    large, small = (replace(look, money=way.width == "value", source=sourced(tables)) for look in (LARGE, SMALL))
    if way.maps != "domains":
        return [_picture(tables, "map", sentence, made.parts, made.still, palette, large)]
    look = replace(small, heaviest=heaviest(made.parts), view=seen(made.parts, tables.package.frame))
    return [
        _picture(tables, f"{EACH}{domain}", words, of_domain(made.parts, domain), [], palette, replace(look, title=words))
        for domain, words in domain_titles(tables, found).items()
    ]  # fmt: skip


def heaviest(lines: list[Row]) -> float:
    """Return the weight of the widest of lines, 0 where there is none."""
    return max((line["weight"] for line in lines), default=0.0)


def of_domain(lines: list[Row], domain: str) -> list[Row]:
    """Return the lines of one domain."""
    return [line for line in lines if line["domain"] == domain]


def domain_titles(tables: Tables, found: pd.DataFrame) -> dict[str, str]:
    """Return the domains of deals with the title of the map of each: `Naval: 12 deals`."""
    labels = tables.dictionary.choices("deals", "domain")
    counts = deals.count_by(found, "domain", labels)
    return {name: f"{label}: {format_count(counts[name], 'deal')}" for name, label in labels.items() if counts[name]}


def _picture(
    tables: Tables, name: str, sentence: str, lines: list[Row], places: list[Row], palette: dict[str, str], look: Look
) -> Picture:  # fmt: skip
    scene = composed(lines, places, palette, tables.package, look)
    return Picture(
        name, sentence, map_words(lines, places), scene, (VIEWPOINT,),
        lambda: flat_map(lines, places, palette, tables.package, look),
        lambda shape: flat_map(lines, places, palette, tables.package, fitted(look, *shape)),
    )  # fmt: skip


def not_drawn(tables: Tables, found: pd.DataFrame) -> list[str]:
    """Return in sentences what the map cannot show as a line or a point."""
    joint, vague, placeless = found[flows.is_joint(found)], found[is_vague(tables, found)], without_place(found)
    said = []
    if len(joint):
        what = plural(len(joint), "a line", "lines")
        said.append(f"Not drawn as {what}, {format_count(len(joint), 'tie')} of three or more states: {_named(joint)}.")
    if placeless:
        said.append(f"{format_count(placeless, 'deal')} {plural(placeless, 'has', 'have')} no place.")
    if len(vague):
        said.append(f"Known too vaguely for a point, so the country is tinted: {_named(vague)}.")
    return said


def _named(found: pd.DataFrame) -> str:
    """Return the titles of the first deals, and how many more there are."""
    more = f" and {len(found) - NAMED:,} more" if len(found) > NAMED else ""
    return ", ".join(found["title"].head(NAMED)) + more


def is_vague(tables: Tables, found: pd.DataFrame) -> np.ndarray:
    """Say of each deal whether its place is known too vaguely for a point."""
    areas = tables.dictionary.having("places", "precision", "drawn", "area")
    vague = tables.places["place_id"].to_numpy()[is_in(tables.places, "precision", areas)]
    return is_in(found, "place_id", vague)


def without_place(found: pd.DataFrame) -> int:
    """Return how many deals have no place."""
    return int((found["place_id"].to_numpy() == "").sum())


def lines_table(tables: Tables, lines: list[Row]) -> Rows:
    """Return the lines of the map as a table; a tie or a measure has no price, so its money is blank."""
    headings = {
        "title": "Between", "sort": "Sort", "domains": "Domains", "deals": "Deals", "value_usd_m": f"Disclosed, in totals, millions of {tables.package.currency.name}",
        "undisclosed": "Without a public value", "contested": "Alleged or denied",
    }  # fmt: skip
    rows = [
        (
            line["title"], SORTS[line["family"]], ", ".join(f"{line['domain_labels'][name]} {count:,}" for name, count in line["domains"].items()),
            line["deals"], *((None if pd.isna(line["value_usd_m"]) else line["value_usd_m"], line["undisclosed"]) if line["family"] == "trade" else (None, None)),
            line["contested"],
        )
        for line in lines
    ]  # fmt: skip
    return Rows("lines", "Lines of the map", headings, tuple(rows), len(rows), tuple(line["flow_id"] for line in lines))
