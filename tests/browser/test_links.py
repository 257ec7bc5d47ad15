"""Links that keep their word: a copied link gives the same view in a fresh browser, and a frame on another page too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser

from dashboard import views
from tests.browser.conftest import NARROW, WIDE, Visit, fresh_profiles

pytestmark = pytest.mark.browser
Fresh = Callable[..., Visit]
# What a page says of the rows in view and of what is chosen: its words, its buttons that are pressed, the rows of its tables.
VIEW = """() => [
    ...["header.page h1", ".in-view p", ".chosen"].map(
        name => document.querySelector(`[data-testid='stMain'] ${name}`)?.innerText),
    [...document.querySelectorAll("[data-testid='stMain'] :is([aria-checked='true'], [aria-pressed='true'])")].map(one => one.innerText),
    [...document.querySelectorAll("[data-testid='stMain'] table")].map(one => one.rows.length),
]"""
CHOSEN = "domain=naval&sure=origins&"
# Every page with choices of its own beside the shared ones.
ADDRESSES = [
    "?country=TUR", "timeline?group=pair&rows=all", "value?by=supplier&money=constant", "map?asof=2020&maps=domains&show=trade",
    "quotes?form=direct&page=2", "claims?page=1&country=PAK", "compare?b=CHN-PAK", "sources?grade=B&language=en&page=2",
    "data?table=quotes&find=turkey", "deal?id=c130-karachi-april-2025", "search?said=turkey",
]  # fmt: skip


@pytest.fixture(scope="module")
def two(chromium: Browser, address: str) -> Iterator[tuple[Visit, Visit]]:
    """Return two readers who share nothing but links; they stay for all pages, since a start costs the most."""
    for visit in fresh_profiles(chromium, address):
        reader, other = visit(), visit()
        reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield reader, other
        assert reader.faults == other.faults == []


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_copied_link_gives_the_same_view_in_a_fresh_browser(two: tuple[Visit, Visit], path: str) -> None:
    reader, other = two
    page, _, own = path.partition("?")
    reader.open(f"{page}?{CHOSEN}{own}")
    reader.page.get_by_role("button", name="Copy link").click()
    reader.page.get_by_role("button", name="Link copied").wait_for()
    link = reader.page.evaluate("navigator.clipboard.readText()")
    written = parse_qs(urlsplit(link).query)
    assert {"v", "sure", "domain", *parse_qs(own)} - {"page"} <= written.keys()
    other.page.context.clear_cookies()
    other.open(link.removeprefix(f"{other.address}/"))
    assert other.page.evaluate(VIEW) == reader.page.evaluate(VIEW)
    assert other.page.locator(".left-out, .drift").count() == 0


def test_every_page_is_tried_with_a_copied_link_but_that_of_slides_whose_address_is_the_link(
    two: tuple[Visit, Visit],
) -> None:
    assert {urlsplit(address).path for address in ADDRESSES} == {*views.PAGES}
    reader, other = two
    page = reader.open("present?deck=signal-and-noise")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**slide=2*")
    other.open(page.url.removeprefix(f"{other.address}/"))
    shown = "() => document.querySelector('.slide:not(.away)').innerText"
    assert other.page.evaluate(shown) == page.evaluate(shown)


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_the_code_to_embed_shows_the_view_alone_in_a_frame_of_another_page(visit: Fresh, size: tuple[int, int]) -> None:
    reader = visit(size)
    page = reader.open("value?domain=naval")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Embed").click()
    page.get_by_role("button", name="Code copied").wait_for()
    code = page.evaluate("navigator.clipboard.readText()")
    page.route("**/another-page", lambda route: route.fulfill(body=code, content_type="text/html; charset=utf-8"))
    page.goto(f"{reader.address}/another-page")
    frame = page.frame_locator("iframe")
    frame.locator(".framed a").wait_for()
    assert page.locator("iframe").get_attribute("title") == "Value · Defence Ties"
    assert "embed" not in str(frame.locator(".framed a").get_attribute("href"))
    assert frame.locator(".source-line").count()
    for gone in (
        ".st-key-masthead",
        "[data-testid='stSidebar']",
        ".acts",
        "#rows-in-view",
    ):
        assert frame.locator(f"{gone}:visible").count() == 0, gone
    assert frame.locator("button:visible").count() == 0
    assert frame.locator("html").evaluate("root => root.scrollWidth <= root.clientWidth")
    assert reader.faults == []
