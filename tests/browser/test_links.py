"""Links that keep their word: a copied link gives the same view in a fresh browser, and a frame on another page too."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.conftest import NARROW, WIDE, Visit

pytestmark = pytest.mark.browser
Fresh = Callable[..., Visit]
# What a page says of the rows in view and of what is chosen.
VIEW = """() => ["header.page h1", ".st-key-in-view p", ".chosen"].map(
    name => document.querySelector(`[data-testid='stMain'] ${name}`)?.innerText)"""
CHOSEN = "domain=naval&sure=origins&"
ADDRESSES = ["timeline?group=pair&rows=all", "map?asof=2020", "compare?b=CHN-PAK", "data?table=quotes&find=turkey"]


def test_a_copied_link_gives_the_same_view_in_a_fresh_browser(visit: Fresh) -> None:
    reader, other = visit(), visit()
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for address in ADDRESSES:
        page, _, own = address.partition("?")
        reader.open(f"{page}?{CHOSEN}{own}")
        reader.page.get_by_role("button", name="Copy link").click()
        reader.page.get_by_role("button", name="Link copied").wait_for()
        link = reader.page.evaluate("navigator.clipboard.readText()")
        written = parse_qs(urlsplit(link).query)
        assert {"v", "sure", "domain", *parse_qs(own)} <= written.keys(), address
        other.open(link.removeprefix(f"{other.address}/"))
        assert other.page.evaluate(VIEW) == reader.page.evaluate(VIEW), address
        assert other.page.locator(".left-out, .drift").count() == 0, address
    assert reader.faults == other.faults == []


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
        ".st-key-copy-link",
        "#rows-in-view",
    ):
        assert frame.locator(f"{gone}:visible").count() == 0, gone
    assert frame.locator("button:visible").count() == 0
    assert frame.locator("html").evaluate("root => root.scrollWidth <= root.clientWidth")
    assert reader.faults == []
