"""What a reader takes away: rows sorted by the keyboard, copied for Word and Excel, and a file."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NARROW, WIDE, Visit

pytestmark = pytest.mark.browser
Fresh = Callable[..., Visit]
# Keeps what a page puts on the clipboard by a copy event, as Word would be given it.
LISTEN = """document.addEventListener("copy", (event) => setTimeout(() => { window.put = true; }), true);
const set = DataTransfer.prototype.setData;
DataTransfer.prototype.setData = function (kind, text) { (window.given ??= {})[kind] = text; return set.call(this, kind, text); };"""


def column(page: Page, heading: str) -> list[str]:
    return page.locator(f".rows td[data-label='{heading}']").all_inner_texts()


def ready(reader: Visit, path: str) -> Page:
    page = reader.open(path)
    page.wait_for_function("() => document.documentElement.dataset.links === 'followed'")
    return page


def test_rows_are_sorted_by_the_keyboard_and_what_is_not_disclosed_stays_last(visit: Fresh) -> None:
    reader = visit()
    page = ready(reader, "value?domain=naval&country=TUR&country=PAK")
    largest_first = column(page, "Value")
    page.get_by_role("columnheader", name="Value").get_by_role("button").focus()
    page.keyboard.press("Enter")

    assert page.locator(".rows th[aria-sort]").get_attribute("aria-sort") == "ascending"
    assert page.evaluate("document.activeElement.textContent") == "Value", "the keyboard stays where it is"
    smallest_first = column(page, "Value")
    known = [words for words in largest_first if words.startswith("$")]
    assert len(known) > 2
    assert smallest_first[: len(known)] == known[::-1] != known
    assert not any(words.startswith("$") for words in smallest_first[len(known) :])
    page.get_by_role("columnheader", name="Dates").get_by_role("button").click()
    assert page.locator(".rows [aria-sort='descending']").inner_text().startswith("Dates")
    assert reader.faults == []


def test_the_values_of_the_naval_deals_of_the_pair_are_two_presses_away(visit: Fresh) -> None:
    reader = visit()
    page = ready(reader, "")
    page.wait_for_function("() => document.documentElement.dataset.links === 'followed'")
    page.locator("a[href*='value?'][href*='domain=naval']").first.click()
    reader.arrive("Value")
    page.get_by_role("button", name="Copy table").click()
    page.wait_for_function("() => document.querySelector('.taking [role=status]').textContent.startsWith('Copied ')")

    assert set(column(page, "Domain")) == {"■ Naval"}
    assert reader.faults == []


@pytest.mark.parametrize("way", ["clipboard", "event"])
def test_the_naval_deals_of_a_pair_are_copied_as_a_table(visit: Fresh, way: str) -> None:
    reader = visit()
    if way == "event":  # a page without https has no clipboard to write to
        reader.page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined});" + LISTEN)
    page = ready(reader, "value?domain=naval&country=TUR&country=PAK")
    page.get_by_role("button", name="Copy table").click()
    page.wait_for_function("() => document.querySelector('.taking [role=status]').textContent.startsWith('Copied ')")
    count = int(re.findall(r"\d+", page.inner_text(".taking [role=status]"))[0])
    if way == "clipboard":
        page.context.grant_permissions(["clipboard-read"])
        given = page.evaluate(
            """async () => { const [item] = await navigator.clipboard.read();
                return Object.fromEntries(await Promise.all(item.types.map(async (kind) => [kind, await (await item.getType(kind)).text()]))); }"""
        )
    else:
        given = page.evaluate("window.given")

    lines = given["text/plain"].replace("\r\n", "\n").split("\n")
    assert lines[0].split("\t") == ["Title", "Domain", "Parties", "Dates", "Status", "Value", "How sure"]
    assert lines[count + 1] == ""
    assert "Domain: Naval" in lines[-1]
    assert all(line.split("\t")[1] == "Naval" for line in lines[1 : count + 1]), "without the mark of the domain"
    assert given["text/html"].count("<tr>") == count + 1 > 5
    assert f'href="{reader.address}/deal?' in given["text/html"]
    assert reader.faults == []


def test_the_file_has_all_rows_in_view(visit: Fresh) -> None:
    reader = visit()
    page = ready(reader, "value?domain=naval")
    whole = int(re.findall(r"\d+", page.inner_text("#rows-in-view"))[0])
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download CSV").click()
    text = Path(waiting.value.path()).read_bytes().decode("utf-8-sig")
    assert waiting.value.suggested_filename.endswith("-deals-domain-naval.csv")
    assert len(list(csv.DictReader(text.splitlines()))) == whole


def test_a_table_is_one_of_cards_on_a_phone_and_more_rows_come_when_asked_for(visit: Fresh) -> None:
    page = ready(visit(NARROW), "value")
    assert page.locator(".rows tbody tr:visible").count() == 0, "they wait"
    page.get_by_role("button", name="Show all").click()
    cell = page.locator(".rows td[data-label='Parties']").first
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Parties"'
    assert cell.evaluate("cell => cell.getBoundingClientRect().width") > NARROW[0] * 0.8
    wide = ready(visit(WIDE), "value")
    assert (
        wide.locator(".rows td[data-label='Parties']").first.evaluate(
            "cell => getComputedStyle(cell, '::before').content"
        )
        == "none"
    )
    before = wide.locator(".rows tbody tr:visible").count()
    wide.get_by_role("button", name="Show all").click()
    assert wide.locator(".rows tbody tr:visible").count() == wide.locator(".rows tbody tr").count() > before


def test_a_whole_table_is_sorted_and_searched_by_the_keyboard_and_the_page_stays_where_it_is(
    visit: Callable[..., Visit],
) -> None:
    page = visit().open("data")
    page.wait_for_function("() => document.documentElement.dataset.links === 'followed'")
    first = page.locator(".whole tbody tr").first.locator("td").nth(1)
    heading = page.locator("a[data-stay='sort-title']")
    for order in ("ascending", "descending"):
        before = first.inner_text()
        heading.press("Enter")
        page.locator(f".whole th[aria-sort='{order}']").wait_for()
        page.wait_for_function("() => document.activeElement.dataset.stay === 'sort-title'")
        assert first.inner_text() != before
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("[popover]:popover-open code").inner_text() == "title"
    page.keyboard.press("Escape")
    page.locator("a.skip[data-skip='after']").press("Enter")
    assert not page.evaluate("document.activeElement.closest('.whole')")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Take").click()
    assert taken.value.suggested_filename.endswith("-rows.csv")
