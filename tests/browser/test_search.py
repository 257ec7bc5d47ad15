"""Anything is found from anywhere with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW, PATIENCE, WIDE, Visit

pytestmark = pytest.mark.browser
Fresh = Callable[..., Visit]
READY = "() => document.documentElement.dataset.search === 'ready'"


def ready(visit: Visit, path: str) -> Page:
    page = visit.open(path)
    page.wait_for_function(READY, timeout=PATIENCE)
    return page


def test_a_deal_is_found_by_a_word_with_an_error_and_opened_by_the_keyboard(visit: Fresh) -> None:
    reader = visit()
    page = ready(reader, "sources?domain=naval")
    field = page.get_by_role("combobox", name="Search everything")
    page.keyboard.press("/")
    expect(field).to_be_focused()
    page.keyboard.type("milgme")
    options = page.get_by_role("option").filter(has_text="MILGEM")
    expect(options.first).to_be_visible(timeout=PATIENCE)
    expect(field).to_have_attribute("aria-expanded", "true")

    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role='option'][aria-selected='true']")
    expect(chosen).to_have_count(1)
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    title = chosen.inner_text().splitlines()[0]
    page.keyboard.press("Enter")
    page.wait_for_url("**/deal?domain=naval&id=*", timeout=PATIENCE)
    reader.arrive("Deal")
    assert page.inner_text("header.page h1") == title
    assert reader.faults == []


def test_enter_without_a_choice_opens_the_page_of_all_results(visit: Fresh) -> None:
    reader = visit()
    page = ready(reader, "")
    page.keyboard.press("Control+k")
    page.keyboard.type("milgem")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?said=milgem", timeout=PATIENCE)
    reader.arrive("Search")
    assert page.locator("section.found mark").count() > 0


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_the_results_stand_within_the_screen_and_escape_closes_them(visit: Fresh, size: tuple[int, int]) -> None:
    page = ready(visit(size), "timeline")
    field = page.get_by_role("combobox", name="Search everything")
    field.click()
    page.keyboard.type("turkish/c")  # a slash is a letter here
    expect(field).to_have_value("turkish/c")
    field.fill("turkish")
    panel = page.locator(".st-key-search-field #panel")
    expect(panel).to_be_visible(timeout=PATIENCE)
    box = panel.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]
    assert box["y"] + box["height"] <= size[1]

    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("turkish")
    page.keyboard.press("Escape")
    expect(field).not_to_be_focused()


def test_a_slash_typed_in_another_field_stays_there(visit: Fresh) -> None:
    page = ready(visit(), "search?said=milgem")
    words = page.get_by_label("Words", exact=True)
    words.click()
    words.press("End")
    page.keyboard.type("/")
    expect(words).to_have_value("milgem/")
