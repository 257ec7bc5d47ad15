"""What the reader may choose: each choice of an address, shared or a page's own, declared once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from dashboard.choices.texts import file_name, looked_at, number, seconds, version, version_or_day, words, year
from dashboard.gate.history import history
from dashboard.questions import comparable, flows, groups, money
from dashboard.questions import sources as bibliography
from dashboard.questions.deals import SURE
from dashboard.questions.whole import FALLING
from dashboard.tables.load import Tables

GROUPS = {"domain": "Domain", "pair": "Pair of countries", "status": "Status"}
ROWS = {"shared": "Shared", "all": "One each"}
SHOW = {"trade": "Trade", "ties": "Ties", "measures": "Measures"}
WIDTHS = {"deals": "Number of deals", "value": "Disclosed value"}
MAPS = {"one": "One map", "domains": "One a domain"}
WINDOWS = {"audience": "For all to see", "speaker": "For the speaker", "pack": "To hand over"}
SLIDE = 800  # letters of a slide in an address: its view, and the line to take home
PLACES = {"near": "On zooming in", "all": "Always"}
Choices = Callable[[Tables], Mapping[str, str]]


@dataclass(frozen=True)
class Parameter:
    """One choice of the reader: what it is called, which values it may have, and what an address without it means.

    `choices` gives the allowed values and their labels; a parameter without them takes what `text` makes of a text, ""
    for what it cannot read, and one with both takes that only where it is allowed. `noun` and `lacking` say in a sentence what is asked for and why it is left out. A `view`
    says how something is shown or what is open, and is no filter; one that `passes` goes when the reader chooses anew. `field` is its name in `Selection`. Of `countries` every
    name is understood, of `pairs` of them either order.
    """

    name: str
    label: str
    noun: str
    choices: Choices | None = None
    text: Callable[[str], str] = str
    default: str = ""
    several: bool = False
    every: bool = False  # of several values each must hold, not any one
    view: bool = False
    passes: bool = False
    countries: bool = False
    pairs: bool = False
    longest: int = 0  # letters of a value; 0 for as many as any other may have
    lacking: str = "is not in the tables"
    field: str = ""


def _labelled(table: str, column: str, tables: Tables) -> Mapping[str, str]:
    """Return the allowed values of a column with their labels."""
    return tables.dictionary.choices(table, column)


def _used(table: str, column: str, tables: Tables) -> Mapping[str, str]:
    """Return the values that a column has, with their labels."""
    values = getattr(tables, table)[column].unique()
    return {value: tables.dictionary.label(table, column, value) for value in values if value}


@lru_cache(maxsize=4)  # two sides of the tables served and of those before
def _side(side: str, tables: Tables) -> Mapping[str, str]:
    """Return the names of the countries that are on one side of a deal, by their codes."""
    codes = set(tables.parties.loc[tables.parties["side"] == side, "country"])
    return {code: name for code, name in tables.party_names.items() if code in codes}


def _press(tables: Tables) -> Mapping[str, str]:
    codes = tables.sources["country"].unique()
    return {code or bibliography.UNKNOWN: tables.country_name(code) if code else "Seat not known" for code in codes}


def nations(tables: Tables) -> Mapping[str, str]:
    """Return the names of the countries that speakers come from, by their codes, in the order of the names."""
    names = {code: tables.country_name(code) for code in tables.quotes["country"].unique()}
    return dict(sorted(names.items(), key=lambda entry: entry[1]))


def _on_map(tables: Tables) -> Mapping[str, str]:
    """Return the lines, their parts by domain, and the places of the map; the page has the words for them."""
    rows = flows.flow_deals(tables)
    return dict.fromkeys([*rows["line_id"], *rows["flow_id"], *tables.places["place_id"]], "")


def _columns(tables: Tables) -> Mapping[str, str]:
    """Return the columns of all tables with their titles; of those of one name the first."""
    return {name: column.title for own in reversed(tables.dictionary.tables.values()) for name, column in own.items()}


def _orders(tables: Tables) -> Mapping[str, str]:
    """Return the columns to go by, and each with the largest first; the page has the words for them."""
    return dict.fromkeys([f"{falling}{name}" for name in _columns(tables) for falling in ("", FALLING)], "")


def _versions(tables: Tables) -> Mapping[str, str]:
    """Return the version of the tables and those before it, as far as the log has them."""
    return dict.fromkeys([*(release.version for release in history(tables)), tables.dictionary.version], "")


def _fixed(choices: Mapping[str, str]) -> Choices:
    return lambda _: choices


CHOICE = "is not one of the choices"
SHARED = (
    Parameter("q", "Search", "a search", text=words, lacking="has no letter or digit, or is too long"),
    Parameter("sure", "Evidence", "a degree of evidence", _fixed(SURE), default="any", lacking=CHOICE),
    Parameter("country", "Party to the deal", "a party", lambda tables: tables.party_names, several=True, every=True,
              countries=True, lacking="is a party to no deal in the tables"),
    Parameter("supplier", "Supplier", "a supplier", partial(_side, "supplier"), several=True, countries=True,
              lacking="supplies in no deal in the tables"),
    Parameter("recipient", "Recipient", "a recipient", partial(_side, "recipient"), several=True, countries=True,
              lacking="receives in no deal in the tables"),
    Parameter("domain", "Domain", "a domain", partial(_labelled, "deals", "domain"), several=True),
    Parameter("status", "Status", "a status", partial(_labelled, "deals", "status"), several=True),
    Parameter("kind", "Kind", "a kind", partial(_labelled, "deals", "kind"), several=True),
    Parameter("from", "From year", "a first year", text=year, field="since", lacking="is no year"),
    Parameter("to", "To year", "a last year", text=year, field="until", lacking="is no year"),
)  # fmt: skip
# How a link of any page is to be opened. Addresses of `embed` are read by Streamlit too, which then hides its own frame.
OPENED = (
    Parameter("v", "Version", "a version", _versions, version, view=True, lacking="these tables never had"),
    Parameter("then", "Tables", "which tables to show", _fixed({"no": "as they are", "yes": "as they were"}), default="no", view=True, lacking=CHOICE),
    Parameter("embed", "Frame", "a way to show the page", _fixed({"false": "whole", "true": "in a frame"}), default="false", view=True, lacking=CHOICE),
)  # fmt: skip


def _slide(text: str) -> str:
    """Return a slide of a reader's own, a view and a line after a space, where it begins with a page."""
    page = re.split("[?# ]", text.removeprefix("/"))[0].rstrip("/")
    return text if page in ("", *OWN) else ""


PAGE = Parameter("page", "Page", "a page", text=number, default="1", view=True, passes=True, lacking="is no number")
DEAL = Parameter("id", "Deal", "a deal", lambda tables: dict(zip(tables.deals["deal_id"], tables.deals["title"], strict=True)),
                 view=True)  # fmt: skip
SAID = Parameter("said", "Words said", "a search", text=words, lacking="has no letter or digit, or is too long")
OWN: dict[str, tuple[Parameter, ...]] = {
    "timeline": (
        Parameter("group", "Group by", "a grouping", _fixed(GROUPS), default="domain", view=True, lacking=CHOICE),
        Parameter("rows", "Rows", "a way to put bars into rows", _fixed(ROWS), default="shared", view=True, lacking=CHOICE),
    ),
    "value": (
        Parameter("by", "By", "a grouping", _fixed(dict.fromkeys(money.BY, "")), default="domain", view=True, lacking=CHOICE),
        Parameter("money", "Money", "a kind of money", money.kinds, default="nominal", view=True, lacking=CHOICE),
    ),
    "map": (
        Parameter("show", "Show only", "a sort of deals", _fixed(SHOW), several=True, view=True, lacking=CHOICE),
        Parameter("width", "Width of the lines", "a width", _fixed(WIDTHS), default="deals", view=True, lacking=CHOICE),
        Parameter("maps", "Maps", "a number of maps", _fixed(MAPS), default="one", view=True, lacking=CHOICE),
        Parameter("places", "Places", "a way to show places", _fixed(PLACES), default="near", view=True, lacking=CHOICE),
        Parameter("asof", "As of", "a year to look back from", text=year, lacking="is no year"),
        Parameter("at", "At", "a line or a place", _on_map, view=True),
        Parameter("view", "Looked at", "a part of the map", text=looked_at, view=True, lacking="is no latitude, longitude and zoom"),
    ),
    "quotes": (
        *(Parameter(name, name.title(), f"a{'n' * (name == 'analyst')} {name}", partial(_used, "quotes", name), several=True)
          for name in ("analyst", "topic", "stance", "form")),
        Parameter("nation", "Speaker’s country", "a speaker’s country", nations, several=True, countries=True,
                  lacking="has no speaker in the tables"),
        Parameter("speaker", "Kind of speaker", "a kind of speaker", partial(_used, "quotes", "speaker_kind"), several=True),
        SAID,
        PAGE,
        Parameter("statement", "Statement", "a statement", lambda tables: dict.fromkeys(tables.quotes["quote_id"], ""), view=True, passes=True),
    ),
    "search": (SAID,),
    "compare": tuple(
        Parameter(name, label, f"a {label.lower()} side", comparable.choices, view=True, countries=True, pairs=True,
                  lacking="is no relation, state or speaker in the tables")
        for name, label in {"a": "First", "b": "Second"}.items()
    ),
    "claims": (DEAL, PAGE),
    "deal": (DEAL,),
    "sources": (
        Parameter("press", "Publisher’s country", "a publisher’s country", _press, several=True, countries=True),
        Parameter("grade", "Grade", "a grade", partial(_labelled, "sources", "reliability"), several=True),
        Parameter("language", "Language", "a language", partial(_used, "sources", "language"), several=True),
        Parameter("source", "Kind of source", "a kind of source", partial(_used, "sources", "kind"), several=True),
        Parameter("text", "Search sources", "a search", text=words, lacking="has no letter or digit, or is too long"),
        PAGE,
    ),
    "data": (
        Parameter("table", "Table", "a table", lambda tables: {name: entry["title"] for name, entry in tables.dictionary.resources.items()},
                  default="deals", view=True),
        Parameter("find", "Search all rows", "a search", text=words, lacking="has no letter or digit, or is too long"),
        Parameter("blank", "Blank", "a column", _columns, several=True, every=True),
        Parameter("filled", "Filled in", "a column", _columns, several=True, every=True),
        Parameter("part", "Domain of the rows", "a domain", partial(_labelled, "deals", "domain"), several=True),
        Parameter("only", "Only", "a group of rows", lambda _: {name: group.words for name, group in groups.GROUPS.items()}, lacking=CHOICE),
        Parameter("sort", "Order", "an order", _orders, view=True, lacking="is the name of no column"),
        Parameter("since", "Changed since", "a version or a day", text=version_or_day, view=True, lacking="is neither"),
        PAGE,
    ),
    "present": (
        Parameter("deck", "Deck", "a deck", text=file_name, view=True, lacking="is the name of none"),
        Parameter("title", "Title", "a title", text=words, view=True, lacking="has no letter or digit, or is too long"),
        Parameter("my", "Slide", "a slide", text=_slide, several=True, view=True, longest=SLIDE, lacking="begins with no page, or is too long"),
        Parameter("slide", "Slide", "a slide", text=number, default="1", view=True, lacking="is no number"),
        Parameter("every", "Seconds a slide", "a time for each slide", text=seconds, view=True, lacking="is no number of seconds from 2 to 3,600"),
        Parameter("window", "Window", "a window", _fixed(WINDOWS), default="audience", view=True, lacking=CHOICE),
    ),
}  # fmt: skip
# On these pages the shared filters change nothing, so they are not shown; the links keep them.
UNFILTERED = ("deal", "search", "data", "present")
EVERY = {parameter.name: parameter for own in (SHARED, OPENED, *OWN.values()) for parameter in own}


def parameters(page: str) -> tuple[Parameter, ...]:
    """Return the choices that an address of a page may hold: the shared filters, the page's own, and how it is opened."""
    return (*SHARED, *OWN.get(page, ()), *OPENED)
