"""The app as a whole: each page at its address, below the masthead and beside the filters."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard.tables.load import Tables
from tests.page import filters, in_view, pages_linked, to_clear, written
from tests.published import read

APP = str(Path(__file__).parents[2] / "app.py")
DEAL = "milgem-corvettes"
# Addresses are shared, so these stay for good; with each the name that stands above its finding.
PAGES = {
    "": "Overview",
    "timeline": "Timeline",
    "value": "Value",
    "map": "Map",
    "quotes": "Quotes",
    "claims": "Claim ledger",
    "compare": "Compare",
    "sources": "Sources",
    "data": "Data",
    "deal": "Deal",
    "search": "Search",
}
MASTHEAD = ["", "timeline", "value", "map", "quotes", "claims", "compare", "sources", "data"]
UNFILTERED = ("deal", "search", "data", "present")
on_every_page = pytest.mark.parametrize("page", PAGES, ids=[page or "front page" for page in PAGES])


def opened(page: str, /, **params: str | list[str]) -> AppTest:
    """Return a page of the whole app as a fresh browser shows it, with nothing on it that failed."""
    test = AppTest.from_file(APP, default_timeout=60)
    if page:
        test._page_hash = calc_hash(page)  # `switch_page` knows files only; this is how a page is named by its address
    for name, values in params.items():
        test.query_params[name] = values
    test.run()
    assert not test.exception
    assert not test.error
    return test


def head(test: AppTest) -> tuple[str, str]:
    """Return the name and the finding of the page, of which it has exactly one."""
    (found,) = re.findall(r'<p class="kicker">(.*?)</p><h1>(.*?)</h1>', written(test))
    return html.unescape(found[0]).partition(" · ")[0], html.unescape(found[1])


@on_every_page
def test_every_address_opens_its_page_with_a_finding_below_the_masthead(page: str, tables: Tables) -> None:
    test = opened(page, domain="naval")
    name, finding = head(test)
    assert name == PAGES[page]
    assert len(finding) > 20
    assert f"version {tables.version}" in written(test) or page in ("deal", "data")
    chosen = [one["chosen"] for one in filters(test).values() if one["name"] == "domain"]
    assert chosen == ([] if page in UNFILTERED else [["naval"]]), "no filter stands where it does nothing"
    linked, marked = pages_linked(test), re.findall('<a href="([^"]*)"[^>]* aria-current="page">', written(test))
    assert linked[: len(MASTHEAD)] == [f"{address or '.'}?domain=naval" for address in MASTHEAD]
    assert marked == [address for address in linked if address == f"{page or '.'}?domain=naval"]


def test_an_address_that_names_no_page_says_so_and_offers_the_near_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    at = [f"http://host/below/vlaue{signs}?domain=naval" for signs in ("", "%20")]
    for url in at:
        monkeypatch.setattr(type(st.context), "url", property(lambda _, url=url: url))
        test = opened("vlaue", domain="naval")
        assert head(test) == ("No such page", "No page has the address “vlaue”.")
        assert '<p class="lead">Did you mean <a href="value?domain=naval" target="_self">Value</a>?</p>' in written(
            test
        )
        assert 'href="search?domain=naval&amp;said=vlaue"' in written(test)
    # The browser's way back to it: the page that was asked for stays one that says so.
    monkeypatch.setattr(type(st.context), "url", property(lambda _: "http://host/below/value"))
    test._page_hash = calc_hash("value")
    assert head(test.run())[0] == "Value"
    test._page_hash = calc_hash("vlaue")
    assert head(test.run())[0] == "No such page"


@pytest.mark.parametrize(
    "url", [None, "http://host", "http://host/below/", "http://host/below", "http://host/below/value"]
)
def test_an_address_that_names_a_page_or_none_at_all_is_not_missing(
    url: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(st.context), "url", property(lambda _: url))
    assert head(opened("value"))[0] == "Value"
    assert head(opened(""))[0] == "Overview"


@on_every_page
def test_every_page_says_so_where_the_filters_leave_nothing(page: str) -> None:
    test = opened(page, q="no such words anywhere")
    assert head(test)[0] == PAGES[page]
    if page not in (
        "data",
        "search",
        "sources",
    ):  # which are about the tables and what is published, not about deals in view
        assert in_view(test).startswith("0 of ")
        assert to_clear(test).startswith(page or ".")


HOSTILE = "<img src=x onerror=alert(1)>"
NAMES = "domain status kind country from to sure q id at page by money group width table analyst topic stance form said press grade source a b"


@on_every_page
def test_no_page_fails_on_an_address_full_of_nonsense_or_repeats_it_as_markup(page: str) -> None:
    test = opened(page, **{name: [HOSTILE, ""] for name in NAMES.split()})
    assert head(test)[0] == PAGES[page]
    assert "<img" not in written(test)
    if page not in UNFILTERED:
        assert filters(test)["q"]["chosen"] == [HOSTILE]


def test_a_deal_that_is_named_is_shown_whatever_the_filters() -> None:
    title = next(row["title"] for row in read("deals") if row["deal_id"] == DEAL)
    for params in ({}, {"domain": "air"}):
        assert head(opened("deal", id=DEAL, **params)) == ("Deal", title)


def test_turning_from_page_to_page_within_one_session_leaves_nothing_behind() -> None:
    test = opened("value", by="status", country="TUR")
    for page in ("map", "deal", "timeline", ""):
        test._page_hash = calc_hash(page)
        test.run()
        assert not test.exception
        assert not test.error
        assert head(test)[0] == PAGES[page]
        if page != "deal":
            assert filters(test)["country"]["chosen"] == ["TUR"]


@pytest.mark.parametrize("page", ["", "quotes", "claims", "sources", "deal"])
def test_every_page_with_grades_explains_them(page: str) -> None:
    assert "<b>F and 6 mean that it cannot be judged; they are not the worst grades.</b>" in written(
        opened(page, id=DEAL)
    )
