"""Where it happens: who supplies whom as lines on a map, the places, and the deals behind what is clicked."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import pydeck as pdk
import streamlit as st
from markupsafe import Markup

from dashboard import deals, filters, flows, markup, theme
from dashboard.charts.world import VIEWPOINT, deal_map, map_words
from dashboard.chronology import described as told
from dashboard.data import Tables
from dashboard.deals import Selection, format_count, format_usd
from dashboard.pages import heading, nothing, source_line
from dashboard.tables import records

WIDTHS = {"deals": "Number of deals", "value": "Disclosed value"}
LISTED, NAMED, ROWS = 100, 20, 60


@dataclass(frozen=True, eq=False)
class View:
    """All that the page shows for one choice; shared by every reader, so never changed.

    `names` gives what can be clicked, a flow or a place by its id, its words.
    """

    count: int
    finding: str
    deck: pdk.Deck
    alt: str
    legend: Markup
    nowhere: Markup
    twin: Markup
    names: dict[str, str]


def render(tables: Tables, selection: Selection) -> None:
    """Draw the map of the deals in view."""
    width = next(iter(filters.given("width", WIDTHS)), "deals")
    view = build(tables, tables.stamp, selection, width, st.context.theme.type or "light", filters.href("deal"))
    heading("Map", view.finding)
    filters.in_view(tables, selection, shown=view.count)
    if not view.count:
        return nothing()
    filters.one("Width of the lines", "width", WIDTHS, ("width",))
    st.pydeck_chart(view.deck, height=560, key="map", alt=view.alt, on_select=lambda: filters.keep_pick("map", "at"))
    st.html(view.legend)
    source_line(tables, VIEWPOINT)
    picked = next(iter(filters.given("at", view.names)), "")
    if picked:
        _picked(tables, selection, picked, view.names[picked])
    st.html(view.nowhere)
    st.html(view.twin)
    return None


@st.cache_resource(max_entries=256, show_spinner=False)
def build(_tables: Tables, stamp: str, selection: Selection, width: str, ground: str, page: str) -> View:
    """Return everything that the page shows, made once a choice; `page` is the address of deals' pages."""
    tables, found = _tables, deals.select(_tables, selection)[["deal_id", "title", "place_id"]]
    lines, places = flows.flows(tables, found, width), flows.sites(tables, found)
    return View(
        len(found), finding(found, lines),
        deal_map(lines, places, tables.dictionary.meaning("deals", "domain", "colour"), ink=theme.INKS[ground], ground=theme.GROUNDS[ground]),
        map_words(lines, places), _legend(tables, lines, width), _nowhere(tables, found), _twin(lines, width),
        names=dict(zip([*places["place_id"], *lines["flow_id"]], [*places["name"], *_titles(lines)], strict=True)),
    )  # fmt: skip


def finding(view: pd.DataFrame, lines: pd.DataFrame) -> str:
    """Return which way most deals run, computed from the deals in view."""
    if lines.empty:
        return "No deal in view runs between two states."
    pairs = flows.busiest(lines)
    (supplier, recipient), most = pairs[0]
    equals = sum(count == most for _, count in pairs)
    share = f"{most:,} of {format_count(len(view), 'deal')} in view"
    if equals > 1:
        return f"{equals:,} of {len(pairs):,} directions are equally busy: {share} in each."
    place = f"the busiest of {len(pairs):,} directions" if len(pairs) > 1 else "the only direction"
    return f"{share} {'run' if most > 1 else 'runs'} from {supplier} to {recipient}, {place}."


def _legend(tables: Tables, lines: pd.DataFrame, width: str) -> Markup:
    """Return how to read the map, with the domains that are on it."""
    present = [domain for domain in tables.dictionary.choices("deals", "domain") if domain in set(lines["domain"])]
    hues = markup.join((markup.domain(tables, domain) for domain in present), " ")
    words = (
        f"A line runs from supplier to recipient and gathers the deals of one domain; it is faint where it leaves and as wide as "
        f"{'they are many' if width == 'deals' else 'their disclosed value is high'}. Dashed with a question mark: "
        "all of them alleged or denied. Dot: a site. Ring: a town. Tint: the country alone is known. "
        "A deal between several states is on several lines, so lines do not add up. Click a line or a place to list its deals."
    )
    return Markup('<p class="legend">{}</p><p class="meta">{}</p>').format(hues, words)


def _picked(tables: Tables, selection: Selection, at: str, name: str) -> None:
    """List the deals of the line or the place that was clicked or that the address names."""
    found = flows.deals_at(tables, deals.select(tables, selection), at)
    st.html(Markup('<h2 class="part">{}: {}</h2>').format(name, format_count(len(found), "deal")))
    st.html(_deal_table(tables, found))
    st.button("Close this list", on_click=filters.write, args=("at", []), type="tertiary", icon=":material/close:")


def _titles(lines: pd.DataFrame) -> list[str]:
    columns = (lines[name] for name in ("supplier_name", "recipient_name", "domain_label"))
    return [f"{supplier} to {recipient}, {domain}" for supplier, recipient, domain in zip(*columns, strict=True)]


def _deal_table(tables: Tables, found: pd.DataFrame) -> Markup:
    """Return deals as a table, each leading to its dossier."""
    headings = ["Deal", *(tables.dictionary.title("deals", name) for name in ("status", "credibility", "value_usd_m"))]
    shown = found.head(LISTED)
    rows = (
        [
            markup.link(filters.href("deal", id=deal["deal_id"]), deal["title"]),
            markup.status(tables, deal["status"], deal["family"]),
            markup.credibility(tables, deal["credibility"]),
            said.value,
        ]
        for deal, said in zip(records(shown), told(tables, shown), strict=True)
    )
    more = "" if len(found) <= LISTED else f"; the first {LISTED} of {len(found):,}"
    return markup.table(headings, rows, f"The deals behind it{more}", numbers=1)


def _nowhere(tables: Tables, view: pd.DataFrame) -> Markup:
    """Return in words what the map cannot show as a point: vague places and deals without a place."""
    vague = tables.places.loc[tables.places["precision"] == "country", "place_id"]
    at_country, none = view[view["place_id"].isin(vague)], int((view["place_id"] == "").sum())
    links = markup.join(
        (
            markup.link(filters.href("deal", id=row["deal_id"]), row["title"])
            for row in records(at_country[["deal_id", "title"]].head(NAMED))
        ),
        ", ",
    )
    words = Markup('<p class="meta">{} without any place. {}{}{}</p>')
    return words.format(
        format_count(none, "deal"),
        "Known to the country only, so a tint and no point: " if len(at_country) else "",
        links,
        f" and {len(at_country) - NAMED:,} more" if len(at_country) > NAMED else "",
    )


def _twin(lines: pd.DataFrame, width: str) -> Markup:
    """Return the same lines as a table, each leading to its list of deals."""
    shown = lines.head(ROWS)
    rows = (
        [
            markup.link(filters.href("map", at=row["flow_id"], width=width), title),
            f"{row['deals']:,}",
            "none disclosed" if pd.isna(row["value_usd_m"]) else format_usd(row["value_usd_m"]),
            f"{row['undisclosed']:,}",
            f"{row['contested']:,}",
        ]
        for title, row in zip(_titles(shown), records(shown), strict=True)
    )
    more = "" if len(lines) <= ROWS else f"; the {ROWS} busiest of {len(lines):,}"
    headings = ["From, to, domain", "Deals", "Disclosed, in totals", "Without a public value", "Alleged or denied"]
    return Markup("<details><summary>The same as a table</summary>{}</details>").format(
        markup.table(headings, rows, f"Lines of the map{more}", numbers=4)
    )
