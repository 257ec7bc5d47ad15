"""What an address shows, without a browser: one function turns an address into a view, which packs, pictures and answers are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import parse_qs

from dashboard import address
from dashboard.address import Asked
from dashboard.charts.map.account import VIEWPOINT
from dashboard.choices.chosen import in_words
from dashboard.choices.parameters import OWN, UNFILTERED, parameters
from dashboard.kept import kept
from dashboard.tables.load import Tables
from dashboard.views import claims, compare, data, deal, former, overview, quotes, search, sources, timeline, value
from dashboard.views import map as map_view
from dashboard.views.view import Shown, View

Values = tuple[tuple[str, tuple[str, ...]], ...]

# What each page is called, and what it shows of an address.
PAGES: Mapping[str, tuple[str, Callable[[Tables, Asked, date], Shown]]] = {
    "": ("Overview", overview.shown),
    "timeline": ("Timeline", timeline.shown),
    "value": ("Value", value.shown),
    "map": ("Map", map_view.shown),
    "quotes": ("Quotes", quotes.shown),
    "claims": ("Claim ledger", claims.shown),
    "compare": ("Compare", compare.shown),
    "sources": ("Sources", sources.shown),
    "data": ("Data", data.shown),
    "deal": ("Deal", deal.shown),
    "search": ("Search", search.shown),
}


def view(tables: Tables, asked: Asked, today: date) -> View:
    """Return what an address shows on a day; raises KeyError where there is no such page.

    Where the address asks for the tables of a former version, these are shown. What was shown last is kept, whoever asks, so that asking again costs nothing.
    """
    title, _ = PAGES[asked.page]
    then = former.found(tables, asked)
    about = former.said(then, asked) if then else []
    tables = (then and then.tables) or tables
    acting = OWN[asked.page] if asked.page in UNFILTERED else parameters(asked.page)
    said = in_words(tables, asked.values, [one for one in acting if not one.view])
    unknown = asked.lost.get("id", ()) if asked.page == "deal" else ()  # of which the page tells what is near
    held: dict[str, Any] = {**vars(_shown(tables, asked.page, tuple(asked.values.items()), unknown, today))}
    held["title"] = held["title"] or title
    return View(
        **held, page=asked.page, query=asked.query, filters=tuple(said), left_out=(*about, *asked.notes),
        version=tables.edition, day=today.isoformat(), viewpoint=VIEWPOINT,
    )  # fmt: skip


def at(tables: Tables, text: str, today: date, site: str = "") -> View:
    """Return what an address in words shows, such as `/value?domain=naval`; raises KeyError where there is no such page."""
    page, _, query = text.partition("#")[0].partition("?")
    return view(tables, address.read(tables, page.strip("/"), parse_qs(query), site), today)


@kept
def _shown(tables: Tables, page: str, values: Values, unknown: tuple[str, ...], today: date) -> Shown:
    """Return what a page shows of the values that were understood, and of the key of a deal that was not."""
    return PAGES[page][1](tables, Asked(page, dict(values), {"id": unknown} if unknown else {}), today)
