"""The front page in a real browser: its pictures lead on, and a phone shows all of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import NARROW, Visit

pytestmark = pytest.mark.browser


def test_each_picture_is_whole_on_a_phone_and_leads_to_its_page_in_the_same_session(
    visit: Callable[..., Visit],
) -> None:
    reader = visit(NARROW)
    page = reader.open("?country=TUR")
    page.wait_for_selector(".glance svg[aria-label]")
    wide = page.evaluate(
        """() => [...document.querySelectorAll(".glance > figure > a > svg, .glance text, .glance rect")]
            .filter(e => e.closest(".flat") ? e.matches(".flat") : true)
            .map(e => e.getBoundingClientRect()).filter(box => box.right > innerWidth || box.left < 0).length"""
    )
    assert wide == 0
    page.wait_for_function("() => document.documentElement.dataset.links === 'followed'")
    page.evaluate("window.sameSession = true")
    for place, name in enumerate(["Timeline", "Map", "Value", "Claim ledger"]):
        page.locator(".glance figure > a").nth(place).click()
        reader.arrive(name)
        assert page.url.endswith("?country=TUR")
        page.go_back()
        reader.arrive("Overview")
        page.wait_for_selector(".glance svg[aria-label]")
    assert page.evaluate("window.sameSession")
    assert reader.faults == []
