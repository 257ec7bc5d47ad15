"""The reader's controls, drawn from what is declared of each choice: the only home of query parameters and session state.

The address is the one record of what the reader chose. Each run begins by taking every choice from the address, and
each change of a control writes the choices back, so that a link, a reload and the browser's back button all give the
same view. Streamlit's own binding would write an option's *label* into the address; ours are the stable codes of the
tables, because links are shared and labels may be reworded.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import streamlit as st

from dashboard import address
from dashboard.address import Asked
from dashboard.choices.findable import findable
from dashboard.choices.parameters import EVERY, OWN, parameters
from dashboard.choices.understood import LONGEST
from dashboard.tables.load import Tables

BUTTONS, BUTTON = 7, 36  # of the numbers of pages: at most so many, and the pixels of each with its gap
LATEST: list[str] = []  # the site of whoever asked last: what is prepared for others has links of it
CONTAINS: dict[str, Any] = {"filter_mode": "contains", "select_all": False}  # Enter takes the first that fits


def asked(tables: Tables, page: str) -> Asked:
    """Return what the address on screen asks a page for."""
    site = urljoin(st.context.url, ".") if st.context.url else ""
    if site:
        LATEST[:] = [site]
    return address.read(tables, page, given(page), site)


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


def _changed(page: str) -> None:
    """Write the controls beside the one changed into the address too, so that no quick second change is lost."""
    _pass_over()
    for parameter in OWN[page]:
        if parameter.name in st.session_state and not parameter.passes:
            value = st.session_state[parameter.name]
            values = value if isinstance(value, list | tuple) else [value]
            write(parameter.name, [str(item) for item in values if item not in (None, "", parameter.default)])


def _pass_over() -> None:
    """Take out of the address what does not outlast a new choice: the number of a page, the statement of a link."""
    for parameter in EVERY.values():
        if parameter.passes:
            write(parameter.name, [])


def several(
    asked: Asked, name: str, label: str, choices: Mapping[str, str], widget: Callable[..., Any] = st.multiselect,
    **options: Any,
) -> None:  # fmt: skip
    """Show a choice of several values; `choices` maps codes to labels, and those chosen are among them."""
    st.session_state[name] = [value for value in asked.several(name) if value in choices]
    if widget is st.multiselect:
        choices, options = findable(name, choices, asked.several(name)), {**CONTAINS, **options}
    changed = partial(_changed, asked.page)
    widget(label, list(choices), key=name, format_func=lambda code: choices[code], on_change=changed, **options)


def one(asked: Asked, name: str, label: str, choices: Mapping[str, str], **options: Any) -> None:
    """Show a choice of exactly one value."""
    st.session_state[name] = asked.one(name)
    st.segmented_control(
        label, list(choices), key=name, format_func=lambda code: choices[code], required=True,
        on_change=partial(_changed, asked.page), **options,
    )  # fmt: skip


def listed(asked: Asked, name: str, choices: Mapping[str, str], chosen: str) -> None:
    """Show a choice of one value out of many as a list, with the value shown where the address has none."""
    st.session_state[name] = chosen
    labels = findable(name, choices, [chosen])
    st.selectbox(
        EVERY[name].label, list(labels), key=name, format_func=lambda code: labels[code], filter_mode="contains",
        on_change=partial(_changed, asked.page),
    )  # fmt: skip


def words(asked: Asked, name: str, label: str, **options: Any) -> None:
    """Show a field for words to search."""
    st.session_state[name] = asked.one(name)
    changed = partial(_changed, asked.page)
    st.text_input(label, key=name, on_change=changed, type="search", max_chars=LONGEST, **options)


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


def clear() -> None:
    """Take every filter out of the address, the page's own included; what is open and how it is shown stays."""
    for name in list(st.query_params):
        if name not in EVERY or not EVERY[name].view:
            write(name, [])
    _pass_over()


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
