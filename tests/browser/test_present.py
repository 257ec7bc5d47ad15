"""A deck in a real browser: keys and a second window move it, a stray click does not, and its code holds its address."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from dashboard.decks.reading import read
from tests.browser.conftest import PATIENCE, Visit

pytestmark = pytest.mark.browser
Fresh = Callable[..., Visit]
DECK = "present?deck=signal-and-noise"


def slide(page: Page) -> int:
    """Return the number of the slide that is shown, which the address has too."""
    (shown,) = page.locator(".slide:not(.away)").evaluate_all("all => all.map(e => parseInt(e.ariaLabel.slice(6)))")
    page.wait_for_url(f"**slide={shown}*", timeout=PATIENCE)
    return shown


def test_keys_move_the_slides_in_both_windows_and_a_stray_click_loses_nothing(visit: Fresh) -> None:
    reader = visit((1280, 720))
    page = reader.open(DECK)
    last = page.locator(".slide").count()
    steps = {"ArrowRight": 2, " ": 3, "PageDown": 4, "PageUp": 3, "ArrowLeft": 2, "End": last, "ArrowDown": last, "Home": 1, "ArrowUp": 1}  # fmt: skip
    for key, at in steps.items():
        page.keyboard.press(key)
        assert slide(page) == at
    page.keyboard.press("ArrowRight")
    expect(page.locator(".spoken-slide")).to_contain_text(f"Slide 2 of {last}")
    sight = page.locator(".stage").screenshot()
    for place in ((640, 300), (200, 420), (1100, 120)):
        page.mouse.click(*place)
    assert slide(page) == 2
    assert page.locator(".stage").screenshot() == sight
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    desk = opened.value
    desk.wait_for_selector(".desk-view .spoken:not([hidden])", timeout=PATIENCE)
    assert desk.locator(".spoken:not([hidden]) p").count() > 0
    assert desk.locator(".slide:not(.away)").count() == 2
    page.keyboard.press("ArrowRight")
    expect(desk.locator(".place")).to_have_text(f"3 / {last}")
    desk.keyboard.press("End")
    expect(page.locator(".place")).to_have_text(f"{last} / {last}")
    assert slide(page) == last
    desk.close()
    page.keyboard.press("q")
    code = page.locator(".code:not([hidden]) svg")
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(code.screenshot())))
    assert found.text == page.url
    page.keyboard.press("Escape")  # away with the code
    page.locator(".explore:not([hidden])").click()
    reader.arrive("Map")
    assert "sure=both" in page.url
    page.go_back()
    page.wait_for_selector(".show header.page h1", timeout=PATIENCE)
    assert slide(page) == last
    page.keyboard.press("Escape")
    reader.arrive("Present")
    assert page.locator(".show").count() == 0
    assert reader.faults == []


def test_a_deck_is_made_in_the_browser_put_in_order_taken_away_and_opened_again(visit: Fresh, tmp_path: Path) -> None:
    reader = visit()
    page = reader.open("value?domain=naval")
    page.get_by_role("button", name="Add to my slides").click()
    page.get_by_role("link", name="Timeline", exact=True).click()
    reader.arrive("Timeline")
    page.get_by_role("button", name="Add to my slides").click()
    page.get_by_role("link", name="My slides: 2").click()
    reader.arrive("Present")
    page.get_by_label("Title of the deck").fill('Mine "&" <b>')
    page.get_by_label("Line to take home").first.fill("Ships: {count}?")
    page.get_by_role("button", name="Move down slide 1").click()
    with page.expect_download() as given:
        page.get_by_role("button", name="Download the deck").click()
    path = tmp_path / given.value.suggested_filename
    given.value.save_as(path)
    draft = read(path.name, path.read_bytes())
    assert draft.faults == []
    assert draft.deck
    assert draft.deck.title == 'Mine "&" <b>'
    assert [(one.view, one.line) for one in draft.deck.slides] == [("/timeline?domain=naval", "{finding}"), ("/value?domain=naval", "Ships: {count}?")]  # fmt: skip
    page.get_by_role("button", name="Remove all").click()
    expect(page.locator(".some")).to_be_hidden()
    page.get_by_label("Open a deck file").set_input_files(path)
    expect(page.get_by_label("Line to take home")).to_have_count(2, timeout=PATIENCE)
    page.get_by_role("link", name="Present", exact=True).last.click()
    page.wait_for_selector(".show header.page h1", timeout=PATIENCE)
    page.keyboard.press("ArrowRight")
    assert page.inner_text(".show header.page .take-home").startswith("Ships: ")
    assert "{" not in page.inner_text(".show header.page")
    assert reader.faults == []
