"""What `/map` shows: who deals with whom as lines, and the places, of the families and as of the year that the reader wants."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple

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
from dashboard.tables.model import records
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

    every: pd.DataFrame
    parts: pd.DataFrame
    whole: pd.DataFrame
    lines: pd.DataFrame
    places: pd.DataFrame
    still: pd.DataFrame


def way_of(asked: Asked) -> Way:
    """Return how an address wants the map."""
    return Way(asked.several("show"), *(asked.one(name) for name in Way._fields[1:]))


def as_of(chosen: pd.DataFrame, year: str) -> pd.DataFrame:
    """Return the deals that had started by the end of a year, all of them where it is blank."""
    return chosen[deals.started(chosen, int(year))] if year else chosen


def drawn(tables: Tables, selection: Selection, way: Way) -> pd.DataFrame:
    """Return the deals that the reader wants on the map: of the families chosen, or of all, that had started by then."""
    view = as_of(deals.select(tables, selection), way.asof)
    return view[view["family"].isin([FAMILIES[name] for name in way.show])] if way.show else view


def layers(tables: Tables, found: pd.DataFrame, way: Way) -> Layers:
    """Return what is drawn of deals, rows of `tables.deals`."""
    joint, every = flows.is_joint(found), flows.flows(tables, found, way.width)
    parts = flows.flows(tables, found[~joint], way.width) if joint.any() else every
    palette, currency = tables.dictionary.meaning("deals", "domain", "colour"), tables.package.currency
    whole = over_domains(every, palette, currency)
    lines = over_domains(parts, palette, currency) if joint.any() else whole
    places = flows.sites(tables, found)
    still = places[places["drawn"] == "area"] if way.places == "near" else places
    return Layers(every, parts, whole, lines, places, still)


def shown(tables: Tables, asked: Asked, _: date) -> Shown:
    """Return the view of the deals on the map."""
    way, selection = way_of(asked), asked.selection
    chosen, found = deals.select(tables, selection), drawn(tables, selection, way)
    view, made = as_of(chosen, way.asof), layers(tables, found, way)
    sentence = finding(found, made.whole, made.lines, way.asof)
    picked = flows.deals_at(tables, found, asked.one("at")) if asked.one("at") else found
    names = dict(zip(made.whole["flow_id"], made.whole["title"], strict=True)) | dict(
        zip(made.every["flow_id"], made.every["title"], strict=True)
    )
    names |= dict(zip(made.places["place_id"], made.places["name"], strict=True))
    title = f"{names[asked.one('at')]}: {sorts.counted(sorts.tally(picked))}" if asked.one("at") in names else ""
    return Shown(
        finding=sentence, count=len(view), whole=len(tables.deals),
        lead=tuple(filter(None, [f"{apart(view, found)} {not_yet(chosen, way.asof)}".strip()])), notes=(*not_drawn(tables, found), VIEWPOINT),
        pictures=tuple(pictures(tables, found, made, way, sentence)),
        tables=(lines_table(tables, made.lines), taken(tables, "deals", picked if title else found, title=title)),
        sources=resting(tables, found),
    )  # fmt: skip


def pictures(tables: Tables, found: pd.DataFrame, made: Layers, way: Way, sentence: str) -> list[Picture]:
    """Return the map, or one of each domain, all of the same region and with lines of the same scale; none without a deal."""
    if found.empty:
        return []
    palette = tables.dictionary.meaning("deals", "domain", "colour")
    large, small = (replace(look, money=way.width == "value", source=sourced(tables)) for look in (LARGE, SMALL))
    if way.maps != "domains":
        return [_picture(tables, "map", sentence, made.parts, made.still, palette, large)]
    heaviest = float(made.parts["weight"].max() if len(made.parts) else 0)
    region, nowhere = seen(made.parts, tables.package.frame), flows.nowhere(tables)
    look = replace(small, heaviest=heaviest, view=region)
    return [
        _picture(tables, f"{EACH}{domain}", words, made.parts[made.parts["domain"] == domain], nowhere, palette, replace(look, title=words))
        for domain, words in domain_titles(tables, found).items()
    ]  # fmt: skip


def domain_titles(tables: Tables, found: pd.DataFrame) -> dict[str, str]:
    """Return the domains of deals with the title of the map of each: `Naval: 12 deals`."""
    counts, labels = found["domain"].value_counts(), tables.dictionary.choices("deals", "domain")
    return {name: f"{label}: {format_count(int(counts[name]), 'deal')}" for name, label in labels.items() if name in counts}  # fmt: skip


def _picture(
    tables: Tables, name: str, sentence: str, lines: pd.DataFrame, places: pd.DataFrame, palette: dict[str, str], look: Look
) -> Picture:  # fmt: skip
    scene = composed(lines, places, palette, tables.package, look)
    return Picture(
        name, sentence, map_words(lines, places), scene, (VIEWPOINT,),
        lambda: flat_map(lines, places, palette, tables.package, look),
        lambda shape: flat_map(lines, places, palette, tables.package, fitted(look, *shape)),
    )  # fmt: skip


def not_drawn(tables: Tables, found: pd.DataFrame) -> list[str]:
    """Return in sentences what the map cannot show as a line or a point."""
    joint, vague, placeless = found[flows.is_joint(found)], vaguely(tables, found), int((found["place_id"] == "").sum())
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


def vaguely(tables: Tables, found: pd.DataFrame) -> pd.DataFrame:
    """Return the deals whose place is known too vaguely for a point."""
    areas = tables.dictionary.having("places", "precision", "drawn", "area")
    return found[found["place_id"].isin(tables.places.loc[tables.places["precision"].isin(areas), "place_id"])]


def lines_table(tables: Tables, lines: pd.DataFrame) -> Rows:
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
        for line in records(lines)
    ]  # fmt: skip
    return Rows("lines", "Lines of the map", headings, tuple(rows), len(rows), tuple(lines["flow_id"]))
