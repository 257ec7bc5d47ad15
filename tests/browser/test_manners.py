"""Getting about: back to the place that was left, links to copy, the order of the Tab key."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW, PATIENCE, WIDE, Visit

pytestmark = pytest.mark.browser
Fresh = Callable[..., Visit]
TOP = "document.querySelector(\"[data-testid='stMain']\")?.scrollTop"  # none before the application has started
# What has the focus, also inside a component of ours.
FOCUSED = """() => {
    const element = document.activeElement.shadowRoot?.activeElement ?? document.activeElement;
    return element.getAttribute("aria-label") ?? element.innerText;
}"""


def ready(visit: Visit, path: str) -> Page:
    page = visit.open(path)
    page.wait_for_function("() => document.documentElement.dataset.links === 'followed'", timeout=PATIENCE)
    return page


def tabs(page: Page, most: int) -> list[str]:
    """Return what the Tab key comes to, one after the other."""
    found = []
    for _ in range(most):
        page.keyboard.press("Tab")
        found.append(page.evaluate(FOCUSED))
    return found


def test_back_and_forward_return_to_the_place_that_was_left(visit: Fresh) -> None:
    reader = visit()
    page = ready(reader, "claims")
    page.mouse.move(800, 500)
    page.mouse.wheel(0, 3000)
    page.wait_for_function(f"() => {TOP} === 3000", timeout=PATIENCE)
    entry = page.locator("article.entry h3 a")
    entry = entry.nth(next(at for at in range(entry.count()) if (entry.nth(at).bounding_box() or {"y": 0})["y"] > 100))
    entry.scroll_into_view_if_needed()  # an entry may be taller than the screen, and a click would scroll too
    place = page.evaluate(TOP)
    assert place >= 3000
    entry.click()
    reader.arrive("Deal")
    page.mouse.wheel(0, 300)
    page.wait_for_function(f"() => {TOP} === 300", timeout=PATIENCE)

    page.go_back()
    page.wait_for_function(f"() => location.pathname === '/claims' && {TOP} === {place}", timeout=PATIENCE)
    page.go_forward()
    page.wait_for_function(f"() => location.pathname === '/deal' && {TOP} === 300", timeout=PATIENCE)
    assert reader.faults == []


def test_back_and_a_reload_return_into_rows_far_below_whose_height_the_browser_only_guesses_at_first(
    visit: Fresh,
) -> None:
    reader = visit()
    page = ready(reader, "value")
    rows = page.locator(".st-key-rows tbody tr")
    rows.first.scroll_into_view_if_needed()  # the rows take their own height
    link = rows.filter(visible=True).last.get_by_role("link").first
    link.scroll_into_view_if_needed()
    place = page.evaluate(TOP)
    far = page.evaluate("document.querySelector('.st-key-rows').getBoundingClientRect().top")
    assert far < -2000, "further down than the height that is guessed"
    link.press("Enter")
    reader.arrive("Deal")

    page.go_back()
    page.wait_for_function(f"() => location.pathname === '/value' && {TOP} === {place}", timeout=PATIENCE)
    page.reload()
    page.wait_for_function(f"() => {TOP} === {place}", timeout=PATIENCE)
    assert reader.faults == []


def test_a_page_without_filters_keeps_no_empty_room_for_them(visit: Fresh) -> None:
    """Streamlit's sidebar stays when its last filter goes."""
    reader = visit()
    page = ready(reader, "value?domain=naval")
    filters = page.get_by_test_id("stSidebar")
    expect(filters).to_be_visible()
    for name, there in [("Data", False), ("Value", True)]:
        page.get_by_role("link", name=name, exact=True).first.click()
        reader.arrive(name)
        expect(filters).to_be_visible(visible=there, timeout=PATIENCE)
    assert reader.faults == []


def test_the_link_is_copied_at_the_first_press_with_what_the_browser_itself_wrote(visit: Fresh) -> None:
    reader = visit()
    page = ready(reader, "quotes?domain=NAVAL&utm_source=mail")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("history.replaceState(history.state, '', location.href + '&said=ship&page=2')")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").filter(has_text="copied")).to_have_count(1)
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(
        rf"{reader.address}/quotes\?sure=any&domain=naval&said=ship&page=2&v=\d{{4}}(\.\d+){{2}}", link
    ), link


def test_a_link_that_may_not_be_copied_is_shown_selected(visit: Fresh) -> None:
    reader = visit()
    page = ready(reader, "value?domain=naval")
    page.evaluate("navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false")
    page.get_by_role("button", name="Copy link").click()
    link = re.compile(rf"{reader.address}/value\?sure=any&domain=naval&by=domain&money=nominal&v=")
    expect(page.get_by_label("Copy this by hand")).to_have_value(link)
    expect(page.get_by_label("Copy this by hand")).to_be_focused()


def test_the_pages_come_before_the_filters_and_both_can_be_skipped_to(visit: Fresh) -> None:
    page = ready(visit(), "value")
    order = tabs(page, 5)
    assert order[0] == "Skip to main content"
    assert order[-2:] == ["Overview", "Timeline"]

    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED) == "Skip to the filters"
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == "Hide filters"
    page.get_by_text("Skip to main content").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('header.page')")
    assert tabs(page, 1) == ["Copy link"]


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_the_arrow_that_folds_the_filters_is_seen_named_and_keeps_the_keyboard(
    visit: Fresh, size: tuple[int, int]
) -> None:
    page = ready(visit(size), "value")
    names = ["Hide filters", "Show filters"] if size == WIDE else ["Show filters", "Hide filters"]
    for name, other in (names, names[::-1]):
        arrow = page.get_by_role("button", name=name)
        expect(arrow).to_be_in_viewport()
        assert arrow.evaluate("e => e.checkVisibility({ opacityProperty: true, visibilityProperty: true })")
        arrow.press("Enter")
        expect(page.get_by_role("button", name=other)).to_be_focused()


def test_a_chart_of_many_links_is_skipped_in_one_step(visit: Fresh) -> None:
    page = ready(visit(), "timeline")
    skip = page.get_by_role("link", name="Skip the chart")
    skip.focus()
    expect(skip).to_be_in_viewport()
    skip.press("Enter")
    below = "document.querySelector('.lanes a').compareDocumentPosition(document.activeElement)"
    assert page.evaluate(below) & 4, "the focus is not behind the chart"
    assert page.evaluate("document.activeElement.querySelector('.lanes a')") is None
