"""Every address in a real browser: drawn without a fault, no wider than its screen, and nothing that axe finds."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NARROW, WIDE, Visit

pytestmark = pytest.mark.browser
Fresh = Callable[..., Visit]
Scheme = Literal["light", "dark"]
Size = tuple[int, int]

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
KARACHI = "c130-karachi-april-2025"
ADDRESSES = [
    "", "timeline", "timeline?group=pair", "timeline?group=status", "value", "value?by=supplier&money=constant",
    "value?by=year", "map", "quotes", "quotes?analyst=Ayesha+Siddiqa&topic=alliance", "claims", f"deal?id={KARACHI}",
    "deal?id=milgem-corvettes", "deal?id=no-such-deal", "sources", "data", "search?said=turkish+drones", "search",
    "compare", "compare?a=TUR&b=Ayesha+Siddiqa", "present", "present?deck=signal-and-noise", "vlaue", "value?v=1.0.0&then=yes",
]  # fmt: skip
# What reaches beyond the screen; what scrolls by itself may hold what is wider, and a picture cuts off the rest.
TOO_WIDE = """() => {
    const scrolls = e => e && !e.matches("[data-testid='stMain']")
        && (/auto|scroll/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
    return [...document.querySelectorAll("[data-testid='stMain'] *")]
        .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && e.getBoundingClientRect().width > 0)
        .filter(e => !e.closest(".js-plotly-plot, [data-testid='stDeckGlJsonChart'], svg") && !scrolls(e.parentElement))
        .map(e => e.tagName + "." + e.className).slice(0, 5);
}"""
MAIN = "document.querySelector(\"[data-testid='stMain']\")"


def violations(page: Page) -> dict[str, list[str]]:
    """Return what axe finds, each rule with the first elements that break it."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
    return {fault["id"]: [node["html"][:200] for node in fault["nodes"][:3]] for fault in found}


# Each is opened on one screen in one theme and then seen on the other screen in the other theme.
@pytest.mark.parametrize(
    ("path", "size", "scheme"),
    [(path, *((WIDE, "light"), (NARROW, "dark"), (WIDE, "dark"), (NARROW, "light"))[at % 4])
     for at, path in enumerate(ADDRESSES)],
)  # fmt: skip
def test_every_address_is_drawn_whole_on_a_wide_and_a_narrow_screen_in_either_theme(
    visit: Fresh, path: str, size: Size, scheme: Scheme
) -> None:
    reader = visit(size, scheme)
    page = reader.open(path)
    for seen in ((size, scheme), (NARROW if size == WIDE else WIDE, "dark" if scheme == "light" else "light")):
        page.set_viewport_size({"width": seen[0][0], "height": seen[0][1]})
        page.emulate_media(color_scheme=seen[1])
        page.wait_for_timeout(500)  # what comes late, requests and messages too, comes now
        assert page.inner_text("header.page h1").strip()
        assert page.locator("[data-testid='stException'], [data-testid='stAlertContentError']").count() == 0
        assert violations(page) == {}
        if seen[0] == NARROW:
            assert page.evaluate(TOO_WIDE) == []
            assert page.evaluate(f"{MAIN}.scrollWidth") <= NARROW[0]
    assert reader.faults == []
