"""The filters by pointer and keyboard: what is chosen stands in the address at once, and nothing that was chosen is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NARROW, PATIENCE, WIDE, Visit
from tests.browser.test_every_page import violations

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE)
Fresh = Callable[..., Visit]
LEAST = 24  # pixels of what is pressed, each way
# What has the focus in the box of filters.
FOCUSED = "() => document.activeElement.shadowRoot?.activeElement?.id"


def query(page: Page) -> str:
    return page.url.partition("?")[2]


def field(page: Page, name: str) -> Locator:
    return page.get_by_role("combobox", name=name)


def options(page: Page) -> list[str]:
    """Return the choices of the list that is open, each by its name."""
    return [option.get_attribute("aria-label") or "" for option in page.get_by_role("option").all()]


def test_the_keyboard_finds_a_choice_by_another_name_takes_it_and_takes_it_back(visit: Fresh) -> None:
    reader = visit()
    page = reader.open("value?page=3&country=nowhere")
    party = field(page, "Party to the deal")
    party.focus()
    expect(party).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("TÜRKI")
    expect(party).to_have_attribute("aria-expanded", "true")
    assert options(page) == ["Turkey"]
    page.keyboard.press("Enter")
    assert query(page) == "country=TUR", "what could not be read is gone at once"
    assert page.evaluate(FOCUSED) == "in-country", "and the next one may be chosen"
    page.keyboard.type("pak")
    page.keyboard.press("Enter")
    assert query(page) == "country=TUR&country=PAK"
    reader.settle()
    assert page.evaluate(FOCUSED) == "in-country", "though the page was drawn anew"
    expect(page.get_by_role("button", name="Remove Pakistan")).to_be_visible()

    page.keyboard.press("Escape")
    expect(party).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Backspace")
    assert query(page) == "country=TUR"
    page.get_by_role("button", name="Remove Turkey").press("Enter")
    assert query(page) == ""
    page.keyboard.type("zzz")
    expect(page.get_by_text("Nothing fits.")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(party).to_have_value("")
    assert query(page) == ""
    assert reader.faults == []


def test_the_arrows_walk_through_the_list_and_a_choice_of_one_closes_it(visit: Fresh) -> None:
    reader = visit()
    page = reader.open("value")
    sure = field(page, "How sure")
    sure.focus()
    for key, chosen in [("ArrowDown", "Any evidence"), ("End", "Both of these"), ("ArrowDown", "Any evidence"), ("Home", "Any evidence"), ("ArrowUp", "Both of these"), ("ArrowUp", "Credibility 1 or 2")]:  # fmt: skip
        page.keyboard.press(key)
        here = page.locator(f"#{sure.get_attribute('aria-activedescendant')}")
        expect(here).to_have_attribute("aria-label", chosen)
    page.keyboard.press("Enter")
    assert query(page) == "sure=credible"
    expect(sure).to_have_value("Credibility 1 or 2")
    expect(sure).to_have_attribute("aria-expanded", "false")
    reader.settle()

    since = field(page, "From year")
    since.fill("2016")
    page.keyboard.press("Enter")
    assert query(page) == "sure=credible&from=2016"
    page.get_by_role("button", name="Clear From year").click()
    assert query(page) == "sure=credible"
    sure.click()
    page.keyboard.type("any")  # in the place of the words that stood there
    page.keyboard.press("Enter")
    assert query(page) == "", "the usual choice is no part of the address"


def test_choices_that_come_quicker_than_the_answers_are_all_kept_and_gone_back_through_one_by_one(visit: Fresh) -> None:
    reader = visit()
    page = reader.open("quotes?page=2&statement=x&utm_source=mail")
    page.get_by_role("searchbox", name="Search deals").fill("  a   ship ")
    field(page, "Domain").click()
    page.get_by_role("option", name="Naval").click()
    page.get_by_role("option", name="Air", exact=True).click()
    page.keyboard.press("Escape")
    field(page, "Status").click()
    page.get_by_role("option", name="Signed", exact=True).click()
    assert query(page) == "utm_source=mail&q=a+ship&domain=naval&domain=air&status=signed"
    reader.settle()
    for name in ("Naval", "Air", "Signed"):
        expect(page.get_by_role("button", name=f"Remove {name}", exact=True)).to_be_visible()

    page.go_back()
    expect(page.get_by_role("button", name="Remove Signed")).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("button", name="Remove Air", exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name="Remove Naval")).to_be_visible()
    assert query(page) == "utm_source=mail&q=a+ship&domain=naval"
    page.keyboard.press("Escape")  # the list of statuses, which lies over the button
    page.get_by_test_id("stSidebar").get_by_role("button", name="Clear filters").click()
    assert query(page) == ""
    expect(page.get_by_role("searchbox", name="Search deals")).to_have_value("")


def test_words_are_sought_when_they_are_entered_or_left(visit: Fresh) -> None:
    page = visit().open("value")
    search = page.get_by_role("searchbox", name="Search deals")
    search.fill("frigate")
    assert query(page) == ""
    search.press("Enter")
    assert query(page) == "q=frigate"
    search.fill("")
    search.press("Tab")
    assert query(page) == ""


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_an_open_list_is_seen_whole_and_can_be_pressed_by_a_finger(
    visit: Fresh, size: tuple[int, int], scheme: Literal["light", "dark"]
) -> None:
    reader = visit(size, scheme)
    page = reader.open("value?country=PAK&country=TUR&from=2010")
    if size == NARROW:
        page.get_by_role("button", name="Show filters").click()
    for name in ("Party to the deal", "To year"):
        field(page, name).click()
        panel = page.get_by_role("listbox").locator("..")
        box = panel.bounding_box()
        assert box is not None
        assert 0 <= box["x"] < box["x"] + box["width"] <= size[0]
        assert 0 <= box["y"] < box["y"] + box["height"] <= size[1]
        assert panel.evaluate("e => { const b = e.getBoundingClientRect(); return getComputedStyle(e).position === 'fixed' && b.height > 100; }")  # fmt: skip
        top = page.evaluate("([x, y]) => { let e = document.elementFromPoint(x, y); while (e.shadowRoot) e = e.shadowRoot.elementFromPoint(x, y); return e.closest('li')?.role; }", [box["x"] + 30, box["y"] + 20])  # fmt: skip
        assert top == "option", "nothing lies over it"
        assert violations(page) == {}
        page.keyboard.press("Escape")
    pressed = page.locator(".st-key-filters :is(button, input):visible")
    assert pressed.count() > 12
    small = pressed.evaluate_all("(all, least) => all.filter(e => { const { width, height } = e.getBoundingClientRect(); return Math.min(width, height) < least; }).map(e => e.outerHTML)", LEAST)  # fmt: skip
    assert small == []
    assert reader.faults == []
    assert re.search("from=2010", page.url)
