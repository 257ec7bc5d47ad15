"""The reader's choices and the address of the page: the only home of URL and session state.

The address is the one record of what the reader chose. Each run begins by taking every choice from the address, and
each change of a control writes all choices back, so that a link, a reload and the browser's back button all give
the same view. Streamlit's own binding would write an option's *label* into the address; ours are the stable codes
of the tables, because links are shared and labels may be reworded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from dashboard import data
from dashboard.data import DataError, Tables
from dashboard.deals import SURE, Selection, in_words, select
from dashboard.quotes import named, select_quotes

SHARED = ("domain", "status", "kind", "country", "from", "to", "sure", "q")
# What an address may hold beside filters: what is open, and how the view is drawn.
LOOKS = {"id", "at", "page", "by", "money", "group", "table", "width"}
KEPT = "shared"  # where the shared filters of this run are kept: a page has dozens of links that hold them
Params = dict[str, list[str]]


@st.cache_resource(max_entries=2, show_spinner=False)
def _load(fingerprint: str) -> Tables | DataError:
    try:
        return data.load()
    except DataError as error:  # kept like tables, lest every reader has the same faulty files checked anew
        return error


def tables() -> Tables:
    """Return the tables as they are on disk now, read again only when a file changed; raises DataError."""
    found = _load(data.fingerprint())
    if isinstance(found, DataError):
        raise DataError(found.faults)
    return found


def given(name: str, allowed: Iterable[str] | None = None) -> list[str]:
    """Return the values of a parameter in the address; one that is not allowed is dropped, never an error."""
    values = list(dict.fromkeys(st.query_params.get_all(name)))
    known = set(values if allowed is None else allowed)
    return [value for value in values if value in known]


def address(own: Params | None = None) -> Params:
    """Return the parameters of a page's address: the shared filters as they are now, then the page's own.

    Defaults are left away, so that the same view always has the same address.
    """
    shared = st.session_state[KEPT] if KEPT in st.session_state else {name: given(name) for name in SHARED}
    params = {**shared, **(own or {})}
    return {name: values for name, values in params.items() if values and values != [DEFAULTS.get(name)]}


def href(page: str, /, **own: str | Sequence[str]) -> str:
    """Return a link to another page that keeps the shared filters; relative, so it works below any base path."""
    params = {name: [value] if isinstance(value, str) else list(value) for name, value in own.items() if value}
    query = urlencode(address(params), doseq=True)
    return f"{page or '.'}?{query}" if query else page or "."


def remember(pages: dict[str, Any]) -> None:
    """Keep the pages of this run by their addresses, for the links that open them."""
    st.session_state["pages"] = pages


def page(name: str) -> Any:
    """Return the page of an address, as Streamlit opens it."""
    return st.session_state["pages"][name]


def write(name: str, values: Sequence[str]) -> None:
    """Put the values of one parameter into the address; none takes the parameter out."""
    if list(values) != st.query_params.get_all(name):
        if values:
            st.query_params[name] = list(values)
        else:
            st.query_params.pop(name, None)


def _changed(names: Sequence[str]) -> None:
    """Write the controls' values into the address; all of them, lest a quick second change loses the first."""
    write("page", [])  # what the reader asks for now begins at its first page
    for name in names:
        if name in st.session_state:
            value = st.session_state[name]
            values = value if isinstance(value, list | tuple) else [value]
            write(name, [str(item) for item in values if item not in (None, "", DEFAULTS.get(name))])


DEFAULTS: dict[str, str] = {
    "sure": "any",
    "by": "domain",
    "money": "nominal",
    "group": "domain",
    "table": "deals",
    "width": "deals",
}


def several(
    label: str, name: str, choices: dict[str, str], together: Sequence[str], widget: Callable[..., Any] = st.multiselect,
    **options: Any,
) -> tuple[str, ...]:  # fmt: skip
    """Show a choice of several values and return the codes chosen.

    `choices` maps codes to labels; `together` names the parameters of all controls that are on the page with it.
    """
    st.session_state[name] = given(name, choices)
    options = {"format_func": lambda code: choices[code], **options}
    chosen = widget(label, list(choices), key=name, on_change=partial(_changed, together), **options)
    return tuple(chosen)


def one(label: str, name: str, choices: dict[str, str], together: Sequence[str], **options: Any) -> str:
    """Show a choice of exactly one value, the first being the default unless DEFAULTS names another."""
    default = DEFAULTS.get(name, next(iter(choices)))
    st.session_state[name] = next(iter(given(name, choices)), default)
    chosen = st.segmented_control(
        label, list(choices), key=name, format_func=lambda code: choices[code], required=True,
        on_change=partial(_changed, together), **options,
    )  # fmt: skip
    return chosen or default


def words(label: str, name: str, together: Sequence[str], **options: Any) -> str:
    """Show a field for words to search and return what is in it."""
    st.session_state[name] = next(iter(given(name)), "")
    return st.text_input(label, key=name, on_change=partial(_changed, together), **options).strip()


def _year(label: str, name: str, years: list[int]) -> int | None:
    value = next(iter(given(name, map(str, years))), None)
    st.session_state[name] = int(value) if value else None
    changed = partial(_changed, SHARED)
    return st.selectbox(label, years, index=None, key=name, placeholder="any", on_change=changed)  # no index: clearable


def sidebar(tables: Tables) -> Selection:
    """Show the shared filters and return what they select."""
    choices = tables.dictionary.choices
    st.session_state[KEPT] = {name: given(name) for name in SHARED}
    with st.sidebar:
        st.html("<h2>Filters</h2>")
        q = words("Search deals", "q", SHARED, type="search", placeholder="title, party, summary")
        sure = one_of_list("How sure, at least", "sure", SURE)
        two = "Choose two to see only the deals between them"
        country = several(
            "Party to the deal", "country", tables.party_names, SHARED, placeholder="any country", help=two
        )
        labels = {name: choices("deals", name) for name in ("domain", "status", "kind")}
        domain = several("Domain", "domain", labels["domain"], SHARED, placeholder="any domain")
        status = several("Status", "status", labels["status"], SHARED, placeholder="any status")
        kind = several("Kind", "kind", labels["kind"], SHARED, placeholder="any kind")
        first, last = st.columns(2)
        with first:
            since = _year("From year", "from", tables.years)
        with last:
            until = _year("To year", "to", tables.years)
        st.button("Clear filters", icon=":material/filter_alt_off:", on_click=clear, width="stretch", key="clear")
    return Selection(domain, status, kind, country, since, until, sure, q)


def one_of_list(label: str, name: str, choices: dict[str, str]) -> str:
    """Show a shared choice of one value as a list, for choices whose words are long."""
    st.session_state[name] = next(iter(given(name, choices)), DEFAULTS[name])
    changed = partial(_changed, SHARED)
    return st.selectbox(label, list(choices), key=name, format_func=lambda code: choices[code], on_change=changed)


def page_number(pages: int) -> int:
    """Show the numbers of the pages, where there are several, and return the one to show, counted from 1."""
    number = int(next(iter(given("page", map(str, range(1, pages + 1)))), 1))
    if pages > 1:
        st.session_state["page"] = number
        st.pagination(pages, key="page", on_change=_turned)
    return number


def _turned() -> None:
    number = st.session_state["page"]
    write("page", [str(number)] if number > 1 else [])


def clear() -> None:
    """Take every filter out of the address, the page's own included; which deal is open stays."""
    kept = given("id")
    st.query_params.clear()
    write("id", kept)


def keep_pick(key: str, name: str) -> None:
    """Write the id of what was just clicked on a map into the address; a click on nothing takes it out.

    `key` is the map's; its rows carry a `flow_id` or a `place_id`. Called as the map's `on_select`.
    """
    objects = st.session_state[key]["selection"]["objects"]
    rows = [row for layer in objects.values() for row in layer]
    write(name, [row.get("flow_id") or row.get("place_id") for row in rows[:1]])


def in_view(
    tables: Tables, selection: Selection, noun: str = "deals", shown: int | None = None
) -> st.delta_generator.DeltaGenerator:
    """Show how many of all rows are in view, and the link that gives this view to somebody else; return that line.

    `noun` is deals, statements or sources; `shown` the number in view where the page narrows it further.
    """
    whole = len({"deals": tables.deals, "sources": tables.sources}.get(noun, tables.quotes))
    if shown is None:
        shown = len(select(tables, selection) if noun == "deals" else select_quotes(tables, selection))
    line = st.container(horizontal=True, vertical_alignment="center", key="in-view")
    with line:
        st.markdown(f"**{shown:,} of {whole:,}** {noun} in view", width="content")
        if set(st.query_params) - LOOKS:
            st.button("Clear filters", on_click=clear, type="tertiary", key="clear-here")
        with st.popover("Copy link to this view", icon=":material/link:", type="tertiary"):
            st.caption("It keeps the page, every filter and what is open. The button at its end copies it.")
            st.code(link_here(), language=None, wrap_lines=True)
    if chosen := in_words(tables, selection):
        st.html(Markup('<p class="meta chosen">{}</p>').format(" · ".join(chosen)))
    if not shown and (instead := _said_instead(tables, selection.q or "".join(given("said")[:1]))):
        st.html(instead)
    return line


def _said_instead(tables: Tables, words: str) -> Markup:
    """Return links to all statements of the speakers and topics that are named like words sought in vain; "" for none."""
    link, sides = Markup('<a href="quotes?{}">{} {}</a>'), {"topic": "on", "analyst": "by"}
    links = [link.format(urlencode({name: value}), sides[name], label) for name, value, label in named(tables, words)]
    frame = Markup("<p>These words are in none of them, but there are statements {}.</p>")
    return frame.format(Markup(", ").join(links[:4])) if links else Markup("")


def link_here() -> str:
    """Return the full address of the view on screen, which gives the same view in a fresh browser."""
    query = urlencode({name: given(name) for name in st.query_params}, doseq=True)
    base = st.context.url or ""
    return f"{base}?{query}" if query else base
