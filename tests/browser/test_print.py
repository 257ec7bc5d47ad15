"""What a page is on paper: A4 in dark ink, with its address and version, without controls, nothing cut or beyond the edge."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from dashboard.tables import load as data
from tests.browser.conftest import NARROW, PATIENCE, Visit

pytestmark = pytest.mark.browser

# The paper within its margins, in CSS pixels.
PAPER = (688, 994)
CONTROLS = (
    "[data-testid='stSidebar'], .st-key-masthead nav, .st-key-search-field, [data-testid='stMain'] :is(input, [role=combobox], [role=radio],"
    " [data-testid='stPopover'], [data-testid='stButton'], [data-testid='stDownloadButton'], [data-testid='stPagination'],"
    " [data-testid='stButtonGroup'], canvas, .acts button, .jump, .st-key-year-span, .st-key-map-years, .st-key-map-manners, .mend)"
)
# Words that only a screen has a use for.
HINTS = [
    "Press a heading",
    "Copy table",
    "Show all",
    "Swap sides",
    "Point at",
    "Zoom with",
    "Link to this",
    "Downloads",
    "open the deal",
]
# What stays whole on a page, and what is as tall as it is long.
WHOLE = ".statement, .publication, .lanes-part, .summary, figure, tr, .flat"
# What is seen of a page, once Streamlit's frames have let go of their height.
ON_PAPER = f"""() => {{
    const seen = (e) => e.checkVisibility();
    const light = (colour) => Math.min(...colour.match(/[\\d.]+/g).slice(0, 3).map(Number)) > 200;
    return {{
        controls: [...document.querySelectorAll("{CONTROLS}")].filter(seen).map(e => e.outerHTML.slice(0, 120)),
        beyond: [...document.querySelectorAll("[data-testid='stMain'] :is(p, h1, h2, h3, li, td, th, svg)")].filter(seen)
            .filter(e => !e.closest("svg *") && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 120)),
        hints: {HINTS}.filter(words => document.querySelector("[data-testid='stMain']").innerText.includes(words)),
        cut: [...document.querySelectorAll("{WHOLE}")].filter(seen).filter(e => getComputedStyle(e).breakInside !== "avoid").map(e => e.outerHTML.slice(0, 120)),
        tall: [...document.querySelectorAll(".lanes-part, .flat")].filter(seen).filter(e => e.getBoundingClientRect().height > {PAPER[1]}).length,
        yearless: [...document.querySelectorAll(".lanes-part")].filter(e => !e.querySelector(".years").checkVisibility()).length,
        waiting: [...document.querySelectorAll(".rows tbody tr")].filter(e => !seen(e)).length,
        pale: [...document.querySelectorAll("h1, .paper, header.page .kicker")].filter(e => light(getComputedStyle(e).color)).length,
        shut: [...document.querySelectorAll("[data-testid='stMain'] details")].filter(seen)
            .filter(e => ![...e.children].some(part => part.tagName !== "SUMMARY" && part.checkVisibility({{ contentVisibilityAuto: true }}))).length,
    }};
}}"""


@pytest.mark.parametrize(
    "path",
    [
        "?domain=naval",
        "value?by=year",
        "claims",
        "sources",
        "data",
        "deal?id=milgem-corvettes",
        "timeline?group=pair",
        "map?asof=2020",
        "compare",
    ],
)
def test_a_page_on_paper_has_its_head_and_no_control_and_fits(visit: Callable[..., Visit], path: str) -> None:
    page = visit(PAPER, "dark").open(path)
    if path.startswith(("timeline", "map")):
        page.wait_for_selector(".lanes-part, .flat", state="attached", timeout=PATIENCE)
    page.emulate_media(media="print", color_scheme="dark")

    assert page.evaluate(ON_PAPER) == {
        **{fault: [] for fault in ("controls", "beyond", "hints", "cut")},
        **dict.fromkeys(("tall", "yearless", "waiting", "pale", "shut"), 0),
    }
    head = page.locator(".paper").inner_text()
    assert page.url.replace("/?", "?") in head
    assert data.current().version in head


def test_the_paper_is_a4_and_a_page_is_as_long_as_what_it_says(visit: Callable[..., Visit]) -> None:
    page = visit(NARROW, "dark").open("claims")
    pdf = page.pdf(prefer_css_page_size=True)
    sizes = {tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox \[([^\]]+)\]", pdf)}
    assert [[round(number) for number in size] for size in sizes] == [[0, 0, 595, 842]]
    assert len(re.findall(rb"/Type /Page\b", pdf)) > 5


def test_no_screen_shows_the_head_of_the_paper(visit: Callable[..., Visit]) -> None:
    page = visit().open("data")
    assert page.locator(".paper").count() == 1
    assert not page.locator(".paper").is_visible()
