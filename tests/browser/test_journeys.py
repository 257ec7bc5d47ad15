"""What readers do, in a real browser: filter, share, click through, use the keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.conftest import NARROW, WIDE, Visit

pytestmark = pytest.mark.browser

Fresh = Callable[..., Visit]


def in_view(visit: Visit) -> str:
    words = visit.page.inner_text(".in-view")
    return re.findall(r"[\d,]+ of [\d,]+", words)[0]


def test_a_filter_changes_the_address_and_the_address_restores_the_view(visit: Fresh) -> None:
    reader = visit()
    page = reader.open("")
    whole = in_view(reader)
    page.get_by_role("combobox", name="Domain").click()
    page.get_by_role("option", name="Naval").click()
    page.wait_for_url("**/?domain=naval")
    page.wait_for_function("(whole) => !document.querySelector('.in-view').innerText.includes(whole)", arg=whole)
    narrowed = in_view(reader)

    other = visit()
    other.open("?domain=naval")
    assert in_view(other) == narrowed != whole


def test_the_copied_link_restores_the_view(visit: Fresh) -> None:
    reader = visit()
    page = reader.open("value?domain=naval&by=supplier&sure=origins&bogus=1")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    page.get_by_role("button", name="Link copied").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert "bogus" not in link

    other = visit()
    other.open(link.removeprefix(other.address + "/"))
    assert in_view(other) == in_view(reader)
    assert other.page.inner_text("header.page h1") == page.inner_text("header.page h1")


def test_the_keyboard_walks_from_deal_to_deal_of_a_view_and_back_to_it(visit: Fresh) -> None:
    reader = visit()
    page = reader.open("deal?domain=naval&id=milgem-corvettes")
    page.wait_for_function("() => document.documentElement.dataset.links === 'followed'")
    first = page.inner_text("header.page h1")
    assert page.locator(".st-key-filters").count() == 0
    page.locator(".walk a[rel=next]").press("Enter")
    page.wait_for_function("(first) => document.querySelector('header.page h1').innerText !== first", arg=first)
    page.wait_for_function("() => document.activeElement.rel === 'next'")
    reader.settle()
    page.locator(".walk a[rel=prev]").press("Enter")
    page.wait_for_function("(first) => document.querySelector('header.page h1').innerText === first", arg=first)
    page.locator(".st-key-masthead").get_by_role("link", name="Timeline").click()
    reader.arrive("Timeline")

    assert page.url.endswith("/timeline?domain=naval")
    assert reader.faults == []


def test_two_are_compared_by_a_choice_that_the_address_keeps_and_swapped_by_a_link(visit: Fresh) -> None:
    reader = visit()
    page = reader.open("compare?b=PAK-CHN&domain=naval")
    page.get_by_role("combobox", name="First").click()
    page.keyboard.type("Turkey · state")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare?b=CHN-PAK&domain=naval&a=TUR")
    page.wait_for_function("() => document.querySelector('.compared thead th').innerText === 'Turkey'")
    sentence = page.inner_text("header.page h1")
    page.wait_for_function("() => document.documentElement.dataset.links === 'followed'")
    page.get_by_role("link", name="Swap sides").click()
    page.wait_for_function("() => document.querySelector('.compared thead th').innerText === 'China and Pakistan'")

    other = visit()
    other.open("compare?a=turkey&b=china-pakistan&domain=naval")
    assert other.page.inner_text("header.page h1") == sentence != page.inner_text("header.page h1")
    assert other.page.locator(".compared").get_by_role("columnheader").all_inner_texts() == [
        "Turkey",
        "China and Pakistan",
    ]
    assert reader.faults == other.faults == []


def test_page_switches_and_the_back_button_keep_the_filters(visit: Fresh) -> None:
    reader = visit()
    page = reader.open("?country=BGD")
    narrowed = in_view(reader)
    page.locator(".st-key-masthead").get_by_role("link", name="Timeline").click()
    reader.arrive("Timeline")

    assert page.url.endswith("/timeline?country=BGD")
    assert in_view(reader) == narrowed
    page.go_back()
    reader.arrive("Overview")
    assert page.url.endswith("/?country=BGD")
    assert in_view(reader) == narrowed


def test_a_link_in_the_text_opens_the_deal_within_the_session(visit: Fresh) -> None:
    reader = visit()
    page = reader.open("?domain=air")
    page.wait_for_function(
        "() => document.documentElement.dataset.links === 'followed'"
    )  # until then a link loads its page
    page.evaluate("window.sameSession = true")
    link = page.locator("ul.steps a").first
    title = link.inner_text()
    link.click()
    page.wait_for_url("**/deal?domain=air&id=*")
    page.wait_for_function("(title) => document.querySelector('header.page h1')?.innerText.includes(title)", arg=title)

    assert page.evaluate("window.sameSession")
    assert reader.faults == []


def test_clear_filters_empties_the_address(visit: Fresh) -> None:
    reader = visit()
    page = reader.open("quotes?domain=air&topic=air&stance=denial")
    page.get_by_test_id("stSidebar").get_by_role("button", name="Clear filters").click()
    page.wait_for_url("**/quotes")
    page.wait_for_function("() => document.querySelector('.in-view').innerText.includes('82 of 82')")


def test_a_click_on_the_timeline_opens_the_deal_and_its_years_stay_in_sight(visit: Fresh) -> None:
    reader = visit()
    page = reader.open("timeline")
    last = page.locator(".lanes a").last
    last.scroll_into_view_if_needed()
    place = page.locator(".timeline-years").bounding_box()
    assert place is not None
    assert 0 <= place["y"] < 120
    title = page.locator(".lanes a[href$='milgem-corvettes'] text:visible").first
    title.click()
    reader.arrive("Deal")

    assert "MILGEM" in page.inner_text("header.page h1")
    assert reader.faults == []


def test_years_are_chosen_on_the_strip_by_pointer_and_keyboard_and_given_back(visit: Fresh) -> None:
    reader = visit()
    page = reader.open("timeline?domain=naval")
    whole = in_view(reader)
    field = page.locator(".st-key-year-span .field")
    box = field.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.85, box["y"] + 30, steps=4)
    page.mouse.up()
    page.wait_for_url(re.compile("from=\\d{4}&to=\\d{4}"))
    reader.settle()
    until = page.get_by_role("slider", name="Last year shown")
    year = int(until.get_attribute("aria-valuenow") or 0)
    until.press("ArrowRight")
    page.wait_for_url(f"**to={year + 1}*")
    page.get_by_role("button", name="Show all years").click()
    page.wait_for_url("**/timeline?domain=naval")
    reader.settle()
    assert in_view(reader) == whole
    assert reader.faults == []


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_the_first_entry_of_the_ledger_is_readable(visit: Fresh, size: tuple[int, int], scheme: str) -> None:
    page = visit(size, scheme).open("claims")
    entry = page.locator("article.entry").first
    box = entry.bounding_box()

    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]
    small = entry.evaluate(
        "e => [...e.querySelectorAll('p, li, blockquote')].filter(x => parseFloat(getComputedStyle(x).fontSize) < 13).length"
    )
    assert small == 0


def test_the_keyboard_alone_reaches_every_entry_source_and_filter(visit: Fresh) -> None:
    page = visit().open("claims?domain=drones")
    wanted = page.evaluate(
        """() => { const { shadowRoot } = [...document.querySelectorAll(".st-key-filters *")].find(e => e.shadowRoot);
            window.all = [...document.querySelectorAll("article.entry a"), ...shadowRoot.querySelectorAll("input")];
            all.forEach((e, i) => e.dataset.reach = i); return all.length; }"""
    )
    assert wanted > 20
    reached = set()
    for _ in range(wanted * 3 + 60):
        page.keyboard.press("Tab")
        mark = page.evaluate(
            "(document.activeElement?.shadowRoot?.activeElement ?? document.activeElement)?.dataset?.reach"
        )
        if mark is not None:
            reached.add(int(mark))
    shut = page.evaluate("() => all.filter(e => !e.checkVisibility()).map(e => +e.dataset.reach)")
    assert set(range(wanted)) - set(shut) <= reached
