"""The address as pages read it and write it: the only home of query parameters and session state.

The address is the one record of what the reader chose. Each run takes every choice from it, so that a link, a reload
and the browser's back button all give the same view. What moves the address in the browser needs nothing here; what
the server learns of first, such as a click on a map, is written from here. Streamlit's own binding would write an
option's *label* into the address; ours are the stable codes of the tables, because links are shared and labels may be
reworded.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from urllib.parse import unquote, urljoin, urlsplit

import streamlit as st

from dashboard import address
from dashboard.address import Asked
from dashboard.choices.parameters import EVERY, parameters
from dashboard.kept import kept
from dashboard.tables.load import Tables

BUTTONS, BUTTON = 7, 36  # of the numbers of pages: at most so many, and the pixels of each with its gap
LATEST: list[str] = []  # the site of whoever asked last: what is prepared for others has links of it


def asked(tables: Tables, page: str) -> Asked:
    """Return what the address on screen asks a page for."""
    site = urljoin(st.context.url, ".") if st.context.url else ""
    if site:
        LATEST[:] = [site]
    return _read(tables, page, tuple((name, tuple(texts)) for name, texts in given(page).items() if texts), site)


@kept
def _read(tables: Tables, page: str, texts: tuple[tuple[str, tuple[str, ...]], ...], site: str) -> Asked:
    """Return what these parameters ask for: three times a run, and by all who see the same."""
    return address.read(tables, page, dict(texts), site)


def no_pages(known: Collection[str]) -> list[str]:
    """Return the names of pages that this session was asked for and that are none of those known."""
    asked = unquote(urlsplit(st.context.url or "").path).rpartition("/")[2].strip()
    names = st.session_state.setdefault("no-pages", [])
    if asked not in (*known, *names):
        names.append(asked)
    return names


def write(name: str, values: Sequence[str]) -> None:
    """Put the values of one parameter into the address; none takes the parameter out."""
    if list(values) != st.query_params.get_all(name):
        if values:
            st.query_params[name] = list(values)
        else:
            st.query_params.pop(name, None)


def _pass_over() -> None:
    """Take out of the address what does not outlast a new choice: the number of a page, the statement of a link."""
    for parameter in EVERY.values():
        if parameter.passes:
            write(parameter.name, [])


def typed(key: str, name: str = "typed") -> str:
    """Return what the reader has just typed, or given by another `name`, in a component of ours with that key; "" on every other run."""
    return st.session_state.get(key, {}).get(name) or ""


def page_number(asked: Asked, pages: int) -> int:
    """Show the numbers of the pages, where there are several, and return the one to show, counted from 1."""
    wanted = int(asked.one("page"))
    if pages > 1:
        st.session_state["page"] = min(wanted, pages)
        # Of the width of its content it fits itself to what it showed before, and may leave a number out.
        width = BUTTON * (min(pages, BUTTONS) + 4)  # the two arrows, and as much again to be sure
        st.pagination(pages, key="page", on_change=_turned, max_visible_pages=BUTTONS, width=width)
    if wanted > pages:
        st.caption(
            f"This link asks for page {wanted:,}; there {'is' if pages < 2 else 'are'} {max(pages, 1)}, and the last is shown."
        )
    return max(min(wanted, pages), 1)


def _turned() -> None:
    number = st.session_state["page"]
    _pass_over()
    write("page", [str(number)] if number > 1 else [])


def keep_pick(key: str, name: str) -> None:
    """Write the id of what was just clicked on a map into the address; a click on nothing takes it out.

    `key` is the map's; its rows carry a `flow_id` or a `place_id`. Called as the map's `on_select`.
    """
    objects = st.session_state[key]["selection"]["objects"]
    rows = [row for layer in objects.values() for row in layer]
    write(name, [row.get("flow_id") or row.get("place_id") for row in rows[:1]])


def keep_years(key: str, first: int, last: int) -> None:
    """Write the years just chosen on the strip of all years into the address; an end that is that of the strip is no choice.

    `key` is that of the strip, which goes from year `first` to `last`. Called as its `on_span_change`.
    """
    since, until = st.session_state[key]["span"]
    write("from", [str(since)] if since > first else [])
    write("to", [str(until)] if until < last else [])


def given(page: str) -> dict[str, list[str]]:
    """Return the parameters of a page as the address has them."""
    there = set(st.query_params)
    found = {one.name: st.query_params.get_all(one.name) if one.name in there else [] for one in parameters(page)}
    return {**found, "embed": ["true"] if is_framed() else []}  # which Streamlit keeps to itself


def is_framed() -> bool:
    """Say whether the address asks for the view alone, for a frame on another page."""
    return bool(st.context.is_embedded)
