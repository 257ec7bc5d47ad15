"""Charts to point at: drawn in their place, once a choice, in the reader's own ink, as wide as there is room; a still one where Plotly does not come."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

import pytest
from playwright.sync_api import Page, expect

from dashboard.plotly_chart import LIBRARY
from tests.browser.conftest import NARROW, PATIENCE, Visit

pytestmark = pytest.mark.browser
Fresh = Callable[..., Visit]
CHART = "#root .js-plotly-plot"
COUNTED = f"""() => {{
    const chart = document.querySelector("{CHART}");
    chart.drawn = 0;
    chart.on("plotly_afterplot", () => chart.drawn += 1);
}}"""
INK = f"""() => [document.querySelector("{CHART} .textpoint text"), document.querySelector("#root h1")]
    .map((words, at) => getComputedStyle(words)[at ? "color" : "fill"])"""
ROOM = f"""() => {{
    const chart = document.querySelector("{CHART}");
    return [chart.clientWidth, chart.querySelector(".main-svg").clientWidth];
}}"""


def drawn(page: Page) -> None:
    page.wait_for_selector(f"{CHART} .main-svg", timeout=PATIENCE)


def test_a_choice_changes_the_chart_in_its_place_once_and_its_words_with_it(visit: Fresh) -> None:
    reader = visit()
    asked = []
    reader.page.on("request", lambda request: asked.append(PurePosixPath(request.url).name))
    page = reader.open("value")
    drawn(page)
    before = page.locator(CHART).get_attribute("aria-label") or ""
    page.evaluate(COUNTED)
    page.wait_for_selector("#first", state="detached", timeout=PATIENCE)
    page.get_by_role("radiogroup", name="By").get_by_role("radio", name="Status").check()
    expect(page.locator(f"{CHART} .textpoint").filter(has_text="Delivered")).to_be_visible(timeout=PATIENCE)
    reader.settle()
    page.wait_for_timeout(500)  # a second drawing would come now
    assert page.evaluate(f'() => document.querySelector("{CHART}").drawn') == 1, "drawn twice, or in a frame of its own"
    after = page.locator(CHART).get_attribute("aria-label") or ""
    assert "by domain" in before
    assert "by status" in after
    page.get_by_role("link", name="Claims").first.click()
    reader.arrive("Claim ledger")
    page.get_by_role("link", name="Value").first.click()
    reader.arrive("Value")
    drawn(page)
    assert asked.count(PurePosixPath(LIBRARY).name) == 1
    assert reader.faults == []


def test_what_a_bar_is_made_of_is_said_where_it_is_pointed_at(visit: Fresh) -> None:
    page = visit().open("value")
    drawn(page)
    page.wait_for_selector("#first", state="detached", timeout=PATIENCE)
    page.locator(f"{CHART} .barlayer path").first.hover(force=True, timeout=PATIENCE)
    expect(page.locator(f"{CHART} .hoverlayer")).to_contain_text("deal", timeout=PATIENCE)


def test_words_in_a_chart_take_the_ink_of_the_page_and_the_chart_its_width_when_they_change(visit: Fresh) -> None:
    page = visit().open("value")
    drawn(page)
    for scheme, size in (("dark", NARROW), ("light", (1000, 800))):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.wait_for_function(f"() => {{ const [one, other] = ({INK})(); return one === other; }}", timeout=PATIENCE)
        page.wait_for_function(
            f"() => {{ const [room, width] = ({ROOM})(); return room === width && room < {size[0]}; }}",
            timeout=PATIENCE,
        )


def test_where_plotly_does_not_come_the_picture_stands_still_with_its_words(visit: Fresh) -> None:
    reader = visit()
    reader.page.route(f"**/{LIBRARY}", lambda route: route.abort())
    page = reader.open("value?domain=naval")
    still = page.locator("#root .drawn img.still")
    expect(still).to_be_visible(timeout=PATIENCE)
    page.wait_for_function(
        "() => document.querySelector('#root img.still').naturalHeight > 100", timeout=PATIENCE
    )  # it came
    assert "Naval" in (still.get_attribute("alt") or "")
    assert "domain=naval" in (still.get_attribute("src") or "")
