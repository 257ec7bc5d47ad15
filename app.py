"""The front door: `streamlit run app.py`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard import controls, filters, masthead, style, trial
from dashboard import navigation as links
from dashboard.address import Asked, Links
from dashboard.choices.parameters import UNFILTERED
from dashboard.gate.then import Then
from dashboard.pages import (
    claims,
    compare,
    deal,
    fault_list,
    former,
    missing,
    overview,
    present,
    quotes,
    search,
    signing_in,
    sources,
    timeline,
    value,
)
from dashboard.pages import data as data_page
from dashboard.pages import map as map_page
from dashboard.questions.deals import Selection
from dashboard.serving import sign_in
from dashboard.serving.sign_in import Standing
from dashboard.tables import load as data
from dashboard.tables.load import DataError, Tables
from dashboard.templates import render as template

Render = Callable[[Tables, Selection], None]

# Address, title and module of each page, in the order of the masthead; a page without a title is reached by links.
PAGES: list[tuple[str, str, Render]] = [
    ("", "Overview", overview.render),
    ("timeline", "Timeline", timeline.render),
    ("value", "Value", value.render),
    ("map", "Map", map_page.render),
    ("quotes", "Quotes", quotes.render),
    ("claims", "Claims", claims.render),
    ("compare", "Compare", compare.render),
    ("sources", "Sources", sources.render),
    ("data", "Data", data_page.render),
    ("present", "Present", present.render),
    ("deal", "", deal.render),
    ("search", "", search.render),
]
TITLES = tuple((name, title) for name, title, _ in PAGES if title)


def run_page(name: str, render: Render, tables: Tables, selection: Selection) -> None:
    """Draw one page; a page that fails says so in a sentence, and the others go on working.

    Whatever the fault, the log has its trace. Streamlit's own signals to stop or rerun are no `Exception` and pass.
    """
    try:
        render(tables, selection)
    except Exception:
        logging.getLogger(__name__).exception("The page %s failed", name or "overview")
        st.error("This page could not be drawn. The fault has been recorded; the other pages still work.")


def missing_pages(tables: Tables, selection: Selection) -> list[StreamlitPage]:
    """Return a page for each address that this reader asked for and that names none, to say so; Streamlit shows another."""
    titles = {name: title or name.title() for name, title, _ in PAGES}
    render = {name: partial(missing.render, asked=name, titles=titles) for name in controls.no_pages(titles)}
    title = f"No such page · {tables.package.short_title}"
    return [
        st.Page(partial(run_page, name, render[name], tables, selection), title=title, url_path=name) for name in render
    ]


def everywhere(title: str, show: Callable[[], None]) -> StreamlitPage:
    """Return the page to run, which is the same at every address."""
    names = [name for name, *_ in PAGES]
    return st.navigation(
        [st.Page(show, title=title, url_path=name, default=not name) for name in [*names, *controls.no_pages(names)]],
        position="hidden",
    )


def may_read(claims: Mapping[str, Any]) -> bool:
    """Say whether this reader, as the sign-in service describes them, may see the pages; who may not sees that at every address."""
    standing = sign_in.standing(claims)
    if standing is Standing.WELCOME:
        return True
    email, ways = str(claims.get("email", "")), sign_in.providers()
    page = everywhere("Sign in", partial(signing_in.render, standing is Standing.REFUSED, email, ways))
    links.follow_links()
    page.run()
    return False


def show_faults(error: DataError) -> None:
    """List the faults at every address, which stays as it is and opens its page once they are mended."""
    page = everywhere("Faults in the tables", partial(fault_list.render, error))
    links.follow_links()
    masthead.show(None, TITLES, page.url_path, Links())
    page.run()


def framed(tables: Tables, page: StreamlitPage, then: Then | None, asked: Asked) -> None:
    """Show the view alone, for a frame on another page: no pages to choose, no filters, and where it is in full."""
    links.open_beside()
    if then:
        former.banner(then, asked)
    page.run()
    address = f"{links.base()}?{asked.lasting(tables.dictionary.version)}"
    st.html(template("framed.html", address=address, name=tables.package.short_title))


def main() -> None:
    """Read the tables, show the filters and run the page that the address names."""
    st.set_page_config(page_icon=style.ICON, layout="wide")
    is_closed = sign_in.is_on()
    reader = st.user.to_dict() if is_closed else {}  # to find out who reads takes a millisecond
    if is_closed and not may_read(reader):
        return
    try:
        published = data.current()
    except DataError as error:
        show_faults(error)
        return
    own = trial.shown(published)
    here = controls.asked(own, "")
    then = former.found(own, here)
    tables = (then and then.tables) or own
    if tables is not own:
        here = controls.asked(tables, "")
    pages = {
        name: st.Page(
            partial(run_page, name, render, tables, here.selection),
            title=f"{title or name.title()} · {tables.package.short_title}",
            url_path=name,
            default=not name,
        )
        for name, title, render in PAGES
    }
    page = st.navigation([*pages.values(), *missing_pages(tables, here.selection)], position="hidden")
    asked = controls.asked(tables, page.url_path)
    if controls.is_framed():
        framed(tables, page, then, asked)
        return
    filtered = page.url_path in pages and page.url_path not in UNFILTERED
    if filtered:
        filters.sidebar(tables, here)
    links.follow_links()
    trial.banner(published, own if tables is own else published, here.links)
    if then:
        former.banner(then, asked)
    masthead.show(tables, TITLES, page.url_path, here.links, links.link_here(asked), filtered)
    fault_list.banner(here.links)
    page.run()
    if reader.get("is_logged_in"):
        signing_in.account(str(reader.get("email")))


main()
