"""Deals whose status may be out of date."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dashboard.address import Links
from dashboard.pages import data as page
from dashboard.questions import evidence
from dashboard.tables import load as data
from dashboard.tables.load import Tables
from tests.page import opened, written

# Open deals of the made-up tables by the year of the last that is known of each: a step, a page, the deal's own date.
UNHEARD = {"echo-jammer": 2016, "bravo-upgrade": 2018, "juliett-embargo": 2020, "charlie-trainers": 2020,
           "november-statement": 2020}  # fmt: skip


def test_what_may_go_on_and_has_no_news_for_years_is_listed_oldest_first(made_up: Tables) -> None:
    found = evidence.not_heard_of_since(made_up)
    assert {row["deal_id"]: row["last"].year for _, row in found.iterrows()} == UNHEARD
    assert list(found["last"]) == sorted(found["last"])


@pytest.mark.parametrize(("days", "is_listed"), [(0, True), (1, False)])
def test_the_years_are_counted_back_from_the_last_check(made_up: Tables, days: int, is_listed: bool) -> None:
    deals = made_up.deals.assign(last_checked=f"2023-12-{31 - days}")
    found = evidence.not_heard_of_since(replace(made_up, deals=deals))
    assert ("bravo-upgrade" in set(found["deal_id"])) is is_listed


@pytest.mark.usefixtures("made_up_pages")
def test_the_page_links_them_with_their_status_and_the_year(made_up: Tables) -> None:
    part = written(opened("data")).partition("Not heard of since</h2>")[2]
    assert dict(re.findall(r'href="deal\?id=([a-z-]+)".*?<td[^>]*>(\d{4})</td>', part)) == {
        key: str(year) for key, year in UNHEARD.items()
    }
    assert f"All {len(UNHEARD)} such deals" in part
    assert re.search(r"<td[^>]*>Stalled</td>", part)


def unheard(tables: Tables) -> str:
    return page.silence(tables, Links()).partition("Not heard of since")[2]


@pytest.mark.usefixtures("pages_anew")
def test_a_long_list_is_cut_and_says_so_and_an_empty_one_says_that(
    made_up: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "LISTED", 2)
    assert f"The first 2 of {len(UNHEARD)} such deals" in unheard(made_up)
    over = replace(made_up, stamp="over", deals=made_up.deals.assign(status="delivered"))
    assert "Of every deal that may still go on, something was found" in unheard(over)
    assert "<table" not in unheard(over)


def test_the_published_list_holds_open_deals_only() -> None:
    tables = data.load()
    found = evidence.not_heard_of_since(tables)
    assert set(found["status"]) <= set(tables.dictionary.having("deals", "status", "open"))
