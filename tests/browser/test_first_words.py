"""The first answer in a real browser: read without JavaScript, and gone once the application has drawn the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import NARROW, PATIENCE, Visit
from tests.browser.test_every_page import AXE

pytestmark = pytest.mark.browser

ADDRESSES = ["", "value?domain=naval", "timeline?country=TUR", "vlaue"]
# What is seen, frame by frame: whether there are words, and how many titles a reader meets.
# What the titles on screen were, one after the other, and that of the first words, which are gone before a test can ask on a fast machine.
WATCH = """window.seen = [];
const look = () => {
  const titles = [...document.querySelectorAll("h1")].filter((one) => one.checkVisibility({ visibilityProperty: true }));
  const read = titles.map((one) => one.textContent).join(" | ");
  window.firstTitle ??= document.querySelector("#first h1")?.textContent;
  if (document.body && read !== seen.at(-1)) seen.push(read);
  requestAnimationFrame(look);
};
requestAnimationFrame(look);"""


def test_without_javascript_every_address_reads_on_a_wide_and_a_narrow_screen(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in ADDRESSES:
        page.goto(f"{address}/{path}")
        title = page.locator("h1")
        assert title.count() == 1
        assert title.is_visible()
        assert title.inner_text() == page.locator("meta[property='og:title']").get_attribute("content")
        for width in (1440, NARROW[0]):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{address}/")
    assert page.locator("main svg[aria-label]:visible").count() == 3
    assert page.evaluate("[...document.images].map((one) => one.complete && one.naturalWidth > 300)") == [True]
    page.get_by_role("link", name="Value", exact=True).click()
    assert page.url.endswith("/value")
    context.close()


def test_a_picture_is_copied_and_taken_by_the_keyboard(visit: Callable[..., Visit]) -> None:
    reader = visit(NARROW)
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = reader.open("value?by=supplier")
    page.wait_for_function("() => document.documentElement.dataset.links === 'followed'", timeout=PATIENCE)
    page.get_by_role("button", name="Copy", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_text("Picture copied").wait_for(timeout=PATIENCE)
    assert page.evaluate("navigator.clipboard.read().then((all) => all.flatMap((one) => one.types))") == ["image/png"]
    with page.expect_download(timeout=PATIENCE) as download:
        page.get_by_role("link", name="SVG", exact=True).press("Enter")
    assert "-value-supplier-" in download.value.suggested_filename
    assert page.url.endswith("value?by=supplier")
    assert reader.faults == []


def test_a_picture_is_cited_by_the_keyboard_and_the_reader_is_where_they_were(visit: Callable[..., Visit]) -> None:
    reader = visit(NARROW, "dark")
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = reader.open("?domain=naval")
    page.wait_for_function("() => document.documentElement.dataset.links === 'followed'", timeout=PATIENCE)
    button = page.get_by_role("button", name="Cite", exact=True).nth(1)
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Cite this picture")
    dialog.wait_for(timeout=PATIENCE)
    assert dialog.get_by_role("heading", level=3).all_text_contents() == [
        f"{name} Copy" for name in ("Plain", "BibTeX", "RIS", "CSL-JSON")
    ]
    dialog.get_by_role("button", name="Copy RIS").focus()
    page.keyboard.press("Enter")
    dialog.get_by_text("RIS copied").wait_for(timeout=PATIENCE)
    assert page.evaluate("navigator.clipboard.readText()").startswith("TY  - FIGURE\n")
    page.evaluate(AXE)
    found = page.evaluate("() => axe.run(document.querySelector('dialog'), { resultTypes: ['violations'] })")
    assert found["violations"] == []
    page.keyboard.press("Escape")
    page.wait_for_function("() => !document.querySelector('dialog')", timeout=PATIENCE)
    assert button.evaluate("(one) => one === document.activeElement")
    page.route("**/cite/**", lambda route: route.abort())
    page.keyboard.press("Enter")
    page.get_by_text("could not be fetched").wait_for(timeout=PATIENCE)
    assert [fault for fault in reader.faults if "ERR_FAILED" not in fault] == []


def test_a_deal_is_cited_in_plain_words_that_a_press_copies(visit: Callable[..., Visit]) -> None:
    reader = visit(NARROW, "dark")
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = reader.open("deal?id=milgem-corvettes")
    page.wait_for_function("() => document.documentElement.dataset.links === 'followed'", timeout=PATIENCE)
    page.get_by_role("button", name="Copy In plain words").press("Enter")
    page.get_by_text("In plain words copied").wait_for(timeout=PATIENCE)
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".forms pre").text_content()
    assert reader.faults == []


def test_the_words_stay_until_the_application_has_drawn_them_and_are_never_there_twice(
    visit: Callable[..., Visit],
) -> None:
    reader = visit()
    page = reader.page
    page.add_init_script(WATCH)
    page.goto(f"{reader.address}/")
    page.wait_for_selector("#first", state="detached", timeout=PATIENCE)
    reader.settle()
    words = page.evaluate("firstTitle")
    assert words
    assert page.evaluate("seen.filter(Boolean)") == [words]
    assert page.evaluate("seen.indexOf('')") <= 0  # blank before the first words alone
    assert reader.faults == []
