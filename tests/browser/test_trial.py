"""Try your edit with a real file and real keys: the banner, the pages, the way out."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dashboard.tables.files import FOLDER
from tests.browser.conftest import PATIENCE, WIDE, Visit

pytestmark = pytest.mark.browser


def test_an_edit_is_seen_in_one_tab_until_the_reader_leaves_by_the_keyboard(
    visit: Callable[..., Visit], tmp_path: Path
) -> None:
    rows = list(csv.reader(io.StringIO((FOLDER / "deals.csv").read_text(encoding="utf-8"), newline="")))
    rows[1][rows[0].index("title")] = "A title of my own"
    with (tmp_path / "deals.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    page = visit(WIDE).open("data")
    page.locator("input[type=file]").set_input_files(tmp_path / "deals.csv")
    link = page.locator(".tried").get_by_role("link", name="A title of my own")
    expect(link).to_be_visible(timeout=PATIENCE)
    link.click()
    expect(page.locator("h1")).to_have_text("A title of my own", timeout=PATIENCE)
    banner = page.locator(".st-key-own-edit")
    expect(banner).to_contain_text("You see your own edit, nothing is published.")
    page.locator("[data-testid='stMain']").evaluate("element => element.scrollTop = 1500")
    expect(banner).to_be_in_viewport()
    button = page.get_by_role("button", name="Leave the preview")
    button.focus()
    page.keyboard.press("Enter")
    expect(banner).to_have_count(0, timeout=PATIENCE)
    expect(page.locator("h1", has_text="A title of my own")).to_have_count(0, timeout=PATIENCE)
