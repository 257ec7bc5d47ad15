"""The briefing as one HTML file, opened from the disk with the network cut."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from dashboard import views
from dashboard.pack.briefing import of_deck
from dashboard.pack.webpage import webpage
from dashboard.tables.load import Tables
from tests.browser.conftest import WIDE
from tests.browser.test_every_page import AXE

pytestmark = pytest.mark.browser


@pytest.fixture
def file(made_up: Tables, tmp_path: Path) -> Path:
    """Return a file with two views, one of which has every picture of the front page, claims and statements."""
    today = date(2026, 3, 1)
    slides = [(views.at(made_up, address, today), "Mind the gap.", "") for address in ("/", "/value")]
    path = tmp_path / "briefing.html"
    path.write_bytes(webpage(made_up, of_deck("Two views", slides), today))
    return path


def test_a_file_opens_with_the_network_cut_and_everything_in_it_works(
    chromium: Browser, file: Path, tmp_path: Path
) -> None:
    context = chromium.new_context(viewport={"width": WIDE[0], "height": WIDE[1]}, offline=True, color_scheme="dark")
    page, faults = context.new_page(), []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request", lambda one: faults.append(one.url) if not one.url.startswith(("file:", "data:", "blob:")) else None
    )
    page.goto(file.as_uri())

    picture = page.locator("figure.picture").first
    picture.scroll_into_view_if_needed()
    marks, tip = picture.locator("[data-says]"), page.locator(".tip")
    marks.first.hover()
    expect(tip).to_have_text(marks.first.get_attribute("aria-label") or "none")
    marks.first.focus()
    page.keyboard.press("ArrowRight")
    expect(marks.nth(1)).to_be_focused()
    expect(tip).to_have_text(marks.nth(1).get_attribute("data-says") or "none")
    page.keyboard.press("End")
    expect(marks.last).to_be_focused()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()

    deals = page.locator(".table").filter(has_text="18 deals in view").last
    deals.get_by_label("Search").fill("ALPHA frıgate")
    expect(deals.get_by_role("status")).to_have_text("1 of 18 rows")
    expect(deals.locator("tbody tr:visible")).to_have_count(1)
    deals.get_by_label("Search").fill("")
    deals.get_by_role("button", name="Title").click()
    titles = deals.locator("tbody tr td:first-child").all_text_contents()
    assert titles == sorted(titles)
    deals.get_by_role("button", name="Title").click()
    assert deals.locator("tbody tr td:first-child").all_text_contents() == titles[::-1]

    with page.expect_download() as saving:
        deals.get_by_role("button", name="Save as CSV").click()
    saved = tmp_path / "saved.csv"
    saving.value.save_as(saved)
    assert (
        saved.read_bytes()
        == page.evaluate(
            "(file) => document.querySelector(`pre[data-file='${file}']`).textContent", saving.value.suggested_filename
        ).encode()
    )

    check = page.locator(".check")
    check.get_by_role("button").click()
    expect(check.get_by_role("status")).to_have_text("Every table in this file has its checksum.")
    page.evaluate("document.querySelector('pre.csv').textContent += 'x'")
    check.get_by_role("button").click()
    expect(check.get_by_role("status")).to_contain_text("Not as it was made")

    page.evaluate(AXE)
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
        assert [(rule["id"], [node["html"][:200] for node in rule["nodes"][:3]]) for rule in found] == []
    assert faults == []
    context.close()


def test_without_scripts_the_file_reads_as_plain_tables(chromium: Browser, file: Path) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    expect(page.locator(".tools").first).to_be_hidden()
    expect(page.locator(".hint").first).to_be_hidden()
    expect(page.locator("table").first).to_be_visible()
    context.close()
