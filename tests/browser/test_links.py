"""Links that keep their word: a copied link gives the same view in a fresh browser."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.conftest import Visit

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
