"""The rows in view at the end of the pages to explore, on the made-up tables."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from dashboard import rows_table, style
from dashboard.address import Links
from dashboard.questions import deals, ledger
from dashboard.tables.load import Tables
from tests.made_up import read as made_up_rows
from tests.page import opened, written

pytestmark = pytest.mark.usefixtures("made_up_pages")
PAGES = {
    "overview": "deals",
    "timeline": "deals",
    "value": "deals",
    "map": "deals",
    "quotes": "statements",
    "sources": "sources",
}
FILES = {"deals": "deals", "statements": "quotes", "sources": "sources"}


def table(words: str) -> str:
    """Return the body of the table of rows of a page."""
    return re.findall(r'class="scroll cards rows".*?<tbody>(.*?)</tbody>', words, re.DOTALL)[0]


def drawn(tables: Tables, **choice: Any) -> rows_table.Drawn:
    return rows_table.draw(tables, "deals", deals.select(tables, deals.Selection(**choice)), Links())


@pytest.mark.parametrize(("page", "noun"), PAGES.items())
def test_a_page_to_explore_ends_in_every_row_in_view(page: str, noun: str) -> None:
    test = opened(page)
    rows = made_up_rows(FILES[noun])
    assert table(written(test)).count("<tr>") == len(rows) > 12
    assert f'id="rows-in-view">{len(rows)} {noun} in view</h2>' in written(test)
    assert "Download CSV" in [button.proto.label for button in test.get("download_button")]


def test_a_row_says_what_the_deal_is_and_leads_to_it(made_up: Tables) -> None:
    words = rows_table.draw(made_up, "deals", made_up.deals, Links((("domain", ("naval",)),))).table
    (row,) = [row for row in table(words).split("</tr>") if "id=alpha-frigates" in row]
    assert 'href="deal?domain=naval&amp;id=alpha-frigates"' in row
    labels = re.findall(r'data-label="([^"]+)"', row)
    assert labels == ["Title", "Domain", "Parties", "Dates", "Status", "Value", "How sure"]


def test_the_ledger_ends_in_the_contested_deals_alone(made_up: Tables) -> None:
    contested = ledger.contested(made_up, made_up.deals)
    test = opened("claims")
    assert table(written(test)).count("<tr>") == len(contested) < len(made_up.deals)
    assert f'id="rows-in-view">{len(contested)} contested deals in view</h2>' in written(test)


@pytest.mark.parametrize("page", ["", *PAGES])
def test_where_nothing_is_in_view_there_is_nothing_to_take_away(page: str) -> None:
    assert 'id="rows-in-view"' not in written(opened(page or "claims", q="no row has these words"))


def test_statements_and_publications_have_rows_of_their_own(made_up: Tables) -> None:
    words = written(opened("quotes", form="direct"))
    assert re.findall(r'data-label="Text"[^>]*>(.)', table(words)) == ["“"] * table(words).count("<tr>") != []
    assert table(written(opened("sources"))).count('data-label="Grade"') == len(made_up.sources)


def test_what_is_doubted_looks_different_in_the_rows_too(made_up: Tables) -> None:
    body = table(drawn(made_up).table)
    assert body.count("data-doubted") == made_up.deals["is_doubted"].sum() > 0


def test_more_rows_than_a_page_holds_are_cut_in_honest_words_and_the_file_has_all(
    made_up: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows_table, "MOST", 5)
    cut = drawn(made_up)
    assert table(cut.table).count("<tr>") == 5
    whole = len(made_up.deals)
    assert (
        f'The first 5 of {whole}, newest first. <span class="on-screen">Sorting and copying take these; the file has all.</span>'
        in cut.table
    )
    assert rows_table._file(made_up, cut, "here").decode("utf-8-sig").count(",here\r\n") == whole
    assert (
        "The first" not in drawn(made_up, domain=("naval",)).table
        or len(deals.select(made_up, deals.Selection(domain=("naval",)))) > 5
    )


def test_rows_beyond_the_first_are_hidden_by_the_style_and_a_button_shows_them(made_up: Tables) -> None:
    assert f".rows:not(.all) tr:nth-child(n + {rows_table.SHOWN + 1})" in style.sheet()
    naval = rows_table.draw(made_up, "deals", made_up.deals.head(rows_table.SHOWN), Links()).table
    assert "data-few" in naval, "few rows wait on a phone alone"
    many = rows_table.draw(made_up, "sources", made_up.sources, Links()).table
    assert ("data-few" in many) == (len(made_up.sources) <= rows_table.SHOWN)
    assert all("data-all-rows" in drawn for drawn in (naval, many))


def test_the_copy_and_the_file_say_of_which_version_and_filters_they_are(made_up: Tables) -> None:
    test = opened("value", domain="naval", country=("TUR", "PAK"))
    (note,) = re.findall(r'data-note="([^"]+)"', written(test))
    assert note.endswith(". Party to the deal: Turkey and Pakistan. Domain: Naval. Undisclosed is not zero.")
    assert f"version {made_up.version}" in note


def test_a_file_is_called_after_its_filters_as_far_as_there_is_room(made_up: Tables) -> None:
    start = f"{made_up.package.name}-{made_up.version}-deals"
    assert rows_table._name(made_up, "deals", []) == f"{start}.csv"
    assert rows_table._name(made_up, "deals", ["Domain: Naval"]) == f"{start}-domain-naval.csv"
    long = rows_table._name(made_up, "deals", ["Domain: Naval"] * 9)
    assert long == f"{start}-" + "domain-naval-" * 6 + "and-more.csv"


def test_rows_that_were_drawn_are_held_up_to_a_number_and_stay_the_same(
    made_up: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows_table, "HELD", 3)
    tables = replace(made_up, stamp="held")
    few, whole = [rows_table.draw(tables, "deals", made_up.deals.head(count), Links()).table for count in (5, 9)]
    assert len(rows_table._held(tables, "deals")) == 4, "the first five went, and four were drawn for the nine"
    for count, before in ((9, whole), (5, few)):
        assert rows_table.draw(tables, "deals", made_up.deals.head(count), Links()).table == before
