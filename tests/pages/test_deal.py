"""The page of one deal as a reader meets it: known, unknown, not named, outside the filters."""

from __future__ import annotations

import re
from functools import partial
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.pages import deal as page
from tests.made_up import read
from tests.page import cited, drawn, opened, written

pytestmark = pytest.mark.usefixtures("made_up_pages")
run = partial(opened, "deal")


def text(app: AppTest) -> str:
    return unescape(written(app))


@pytest.mark.parametrize("deal_id", ["papa-flight", "alpha-frigates"])
def test_dossier_holds_everything_known_of_the_deal(deal_id: str) -> None:
    shown = text(run(id=deal_id))
    deal = next(row for row in read("deals") if row["deal_id"] == deal_id)
    assert f"<h1>{deal['title']}</h1>" in shown
    assert deal["summary"] in shown
    sources = {row["source_id"]: row for row in read("sources")}
    for source_id in deal["source_ids"].split(";"):
        assert f'id="source-{source_id}"' in shown
        assert sources[source_id]["url"] in shown
    for step in read("milestones"):
        assert (step["event"] in shown) or step["deal_id"] != deal_id
    for quote in read("quotes"):
        assert (quote["text"] in shown) or deal_id not in quote["deal_ids"].split(";")
    for gap in read("gaps"):
        assert (gap["question"] in shown) or deal_id not in gap["deal_ids"].split(";")
    assert "Whose press is this" in shown


def test_contested_deal_shows_its_ledger_entry_and_links_to_it() -> None:
    shown = text(run(id="papa-flight", domain="multi"))
    assert re.search(r'data-side="asserts"><h\d', shown)
    assert 'data-side="denies"' in shown
    assert 'href="claims?domain=multi&id=papa-flight"' in shown
    assert "The ledger gives no verdict." in shown


def test_uncontested_deal_has_claims_first_and_no_sides() -> None:
    shown = text(run(id="alpha-frigates"))
    assert not re.search(r'data-side="asserts"><h\d', shown)
    assert "claims?" not in shown
    said = {quote["quote_id"]: quote["text"] for quote in read("quotes")}
    # The welcome is of the year before.
    assert shown.index(said["muster-2016-ships"]) < shown.index(said["muster-2015-boats"])


@pytest.mark.usefixtures("pages_anew")
@pytest.mark.parametrize(("most", "words"), [(1, ["The first 1 of 2 are shown."]), (2, [])])
def test_statements_that_are_left_away_are_counted_and_only_where_some_are(
    monkeypatch: pytest.MonkeyPatch, most: int, words: list[str]
) -> None:
    monkeypatch.setattr(page, "STATEMENTS", most)
    shown = text(run(id="alpha-frigates"))
    assert re.findall(r"The first \d+ of \d+ are shown\.", shown) == words
    assert shown.count('<article class="statement"') == most


def test_a_deal_nobody_speaks_of_or_differs_on_says_so_and_has_no_empty_parts() -> None:
    shown = text(run(id="hotel-exercise"))
    assert "No disagreement between the sources is recorded." in shown
    assert "In doubt" not in shown
    assert "<article" not in shown
    assert "What is said" not in shown
    assert "In doubt" in text(run(id="alpha-frigates"))


def test_undisclosed_value_reads_as_words() -> None:
    shown = text(run(id="echo-jammer"))
    assert "No public value was found. It is unknown, not zero." in shown
    assert "$0" not in shown


def test_citation_names_the_deal_and_its_address() -> None:
    app = run(id="alpha-frigates", domain="naval")
    (words,) = cited(app)
    assert words.startswith("Defence Ties, ")
    assert re.search(r"deal\?id=alpha-frigates&v=[\d.]+$", words), "the filters are no part of a deal's address"


def test_deal_outside_the_filters_is_shown_and_said_to_be_outside() -> None:
    assert "outside the filters" in run(id="alpha-frigates", domain="air").caption[-1].value
    assert not run(id="alpha-frigates", domain="naval").caption[1:]


def test_the_deals_before_and_after_are_those_of_the_view_by_date_and_keep_its_filters() -> None:
    shown = text(run(id="bravo-upgrade", domain="naval"))
    assert "Deal 3 of 4 in view, by date" in shown
    assert 'rel="prev" href="deal?domain=naval&id=alpha-frigates"' in shown
    assert 'rel="next" href="deal?domain=naval&id=november-statement"' in shown
    first = text(run(id="hotel-exercise", domain="naval"))
    assert "Deal 1 of 4 in view" in first
    assert 'rel="prev"' not in first
    assert 'rel="next"' not in text(run(id="november-statement", domain="naval"))
    assert "in view, by date" not in text(run(id="bravo-upgrade", domain="air"))


def test_the_steps_of_a_deal_are_drawn_in_time_and_a_deal_without_a_date_has_no_drawing() -> None:
    assert [svg for svg in drawn(run(id="alpha-frigates")) if 'class="times steps"' in svg]
    assert not [svg for svg in drawn(run(id="golf-course")) if 'class="times steps"' in svg]


def test_unknown_deal_lists_near_names_as_links_that_keep_the_filters() -> None:
    shown = text(run(id="bravo-upgrd", status="signed"))
    assert "There is no deal “bravo-upgrd”." in shown
    assert 'href="deal?status=signed&id=bravo-upgrade"' in shown


def test_unknown_deal_unlike_every_name_lists_the_latest_and_is_escaped() -> None:
    app = run(id="<img src=x onerror=alert(1)>")
    raw = " ".join(part.proto.body for part in app.get("html"))
    assert "<img" not in raw
    assert raw.count("deal?id=") == 12
    assert "The latest deals in view" in raw


def test_no_deal_named_lists_the_latest_in_view() -> None:
    shown = text(run(domain="cyber"))
    assert "No deal is named" in shown
    cyber = [row["deal_id"] for row in read("deals") if row["domain"] == "cyber"]
    assert cyber
    assert all(f"id={deal_id}" in shown for deal_id in cyber[:12])
    assert "id=alpha-frigates" not in shown


def test_no_deal_named_and_none_in_view_is_said() -> None:
    assert "No deal fits these filters." in text(run(q="no deal has these words"))


def test_the_map_of_a_deal_is_drawn_and_said_in_words() -> None:
    [svg] = [one for one in drawn(run(id="alpha-frigates")) if 'class="times steps"' not in one]
    assert svg.startswith("<svg")
    assert 'class="line trade"' in svg
    assert "Map with 1 line of trade from supplier to recipient" in svg
