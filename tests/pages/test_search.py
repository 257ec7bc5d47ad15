"""The page of all results, and the field of the masthead, on the made-up tables."""

from __future__ import annotations

import html
import re
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import controls, search_field
from dashboard.address import Links
from dashboard.pages import search as page
from dashboard.questions.finder import find
from dashboard.tables.load import Tables
from dashboard.words import listed
from tests.page import choose, filters, finding, opened, written

pytestmark = pytest.mark.usefixtures("made_up_pages")
show = partial(opened, "search")


def text_of(test: AppTest) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", written(test)))


def found(test: AppTest) -> list[str]:
    """Return the titles of the results, in their order."""
    return [
        html.unescape(re.sub("<[^>]+>", "", title))
        for title in re.findall(r'<p class="title">(.*?)</p>', written(test))
    ]


def addresses(test: AppTest) -> list[tuple[str, dict[str, list[str]]]]:
    hrefs = re.findall(r'<p class="title"><a href="([^"]+)"', written(test))
    return [(urlsplit(html.unescape(href)).path, parse_qs(urlsplit(html.unescape(href)).query)) for href in hrefs]


def test_the_page_counts_what_fits_and_shows_it(made_up: Tables) -> None:
    test = show(said="frigate")
    groups = find(made_up, "frigate", page.MOST).groups
    counts = [f"{group.count} {group.noun}{'s' * (group.count > 1)}" for group in groups]
    assert finding(test) == f"{listed(counts)} fit “frigate”."
    assert found(test)[0] == "Frigate Alpha"
    assert addresses(test)[0] == ("deal", {"id": ["alpha-frigates"]})


def test_one_result_is_said_in_the_singular() -> None:
    assert finding(show(said="patience")) == "1 statement fits “patience”."


def test_the_words_that_fit_are_marked_and_how_sure_is_said() -> None:
    body = written(show(said="frigate"))
    assert "<mark>Frigate</mark> Alpha" in body
    assert '<span class="grade" data-grade="1"><b>1</b> Confirmed by independent sources</span>' in body
    assert '<span class="status">Delivered</span>' in body


def test_an_alleged_deal_looks_different_and_an_opinion_is_not_graded() -> None:
    assert '<span class="status" data-doubted>Alleged</span>' in written(show(said="Unit Oscar"))
    assert '<span class="grade" data-grade="none">opinion, not graded</span>' in written(show(said="patience"))


def test_direct_words_and_a_paraphrase_do_not_look_alike() -> None:
    direct, paraphrase = written(show(said="landed night")), written(show(said="patience"))
    assert '<p class="text" data-exact>“It <mark>landed</mark>' in direct
    assert '<p class="text">Advised a policy of <mark>patience</mark>.</p>' in paraphrase


def test_signs_of_the_tables_and_of_the_address_stay_text() -> None:
    assert "&lt;<mark>cargo</mark>&gt;" in written(show(said="cargo night"))
    body = written(show(said="<script>alert(1)</script> <b>frigate</b> \"'><img src=x onerror=y>"))
    assert not re.search("<script|<img|<b>frigate", body)


def test_a_typing_error_is_forgiven_and_said() -> None:
    test = show(said="Frigtae")
    assert "“Frigtae” stands nowhere in the tables; it was read as Frigate." in text_of(test)
    assert found(test)[0] == "Frigate Alpha"


def test_where_no_result_has_every_word_the_page_says_so() -> None:
    words = text_of(show(said="frigate qqqqq"))
    assert "“qqqqq” stands nowhere in the tables." in words
    assert "No result has every word; these have 1 of 2." in words
    assert "“qqqqq” and “xxxxx” stand nowhere" in text_of(show(said="qqqqq xxxxx frigate"))


def test_nonsense_finds_nothing_and_the_page_says_so() -> None:
    test = show(said="qqqqq")
    assert finding(test) == "Nothing in the tables fits “qqqqq”."
    assert found(test) == []


def test_what_is_near_in_name_is_offered_where_nothing_fits() -> None:
    test = show(said="Exmplvile")
    assert finding(test) == "Nothing in the tables fits “Exmplvile”."
    assert "Near in name" in text_of(test)
    assert found(test) == ["Exampleville"]


def test_without_words_the_page_says_what_can_be_found(made_up: Tables) -> None:
    test = show()
    assert finding(test).startswith(f"Search {len(made_up.deals)} deals, ")
    assert found(test) == []


def test_the_filters_do_not_narrow_a_search_and_its_links_keep_them() -> None:
    test = show(said="frigate", domain="air")
    assert found(test) == found(show(said="frigate"))
    assert "The filters do not narrow a search" in text_of(test)
    assert "The filters" not in text_of(show(said="frigate"))
    assert all(params["domain"] == ["air"] for _, params in addresses(test))


def test_more_results_than_a_few_are_folded_and_more_than_many_are_said_to_be(
    monkeypatch: pytest.MonkeyPatch, pages_anew: None
) -> None:
    monkeypatch.setattr(page, "SHOWN", 2)
    monkeypatch.setattr(page, "MOST", 3)
    words = text_of(show(said="Pakistan"))
    assert re.search(r"1 more, the best of \d+; another word narrows them", words)
    monkeypatch.setattr(page, "MOST", 200)
    assert "the best of" not in text_of(show(said="Pakistan India"))
    assert re.search(r"\d+ more", text_of(show(said="Pakistan")))


def test_other_words_may_be_typed_on_the_page() -> None:
    test = show(said="frigate")
    assert filters(test)["said"]["chosen"] == ["frigate"]
    choose(test, "said", "Embargo Juliett").run()
    assert not test.exception
    assert test.query_params["said"] == "Embargo Juliett"
    assert found(test)[0] == "Embargo Juliett"


def test_the_field_gets_groups_with_counts_links_and_how_sure(made_up: Tables) -> None:
    to = Links((("domain", ("air",)),))
    shown = search_field.suggestions(find(made_up, "Frigtae", 2), "Frigtae", to)
    assert shown["typed"] == "Frigtae"
    group = shown["groups"][0]
    assert group["heading"] == "1 deal"
    assert group["results"][0] == {
        "href": "deal?domain=air&id=alpha-frigates",
        "title": [("Frigate", True), (" Alpha", False)],
        "what": "Turkey to Pakistan · Naval · Sale · 6 May 2010 to 1 January 2012",
        "sure": [
            ["", "Delivered", False],
            ["1", "Confirmed by independent sources", False],
            ["", "3 independent origins", False],
        ],
    }
    assert shown["said"] == f"“Frigtae” read as “Frigate”. See all {shown['count']} results"


@pytest.mark.parametrize(
    ("typed", "said", "headings"),
    [
        ("patience", "See it in full", ["1 statement"]),
        ("qqqqq", "Nothing in the tables fits.", []),
        ("Exmplvile", "Nothing in the tables fits.", ["Near in name"]),
        ("patience qqqqq", "No result has every word; these have 1 of 2. See it in full", ["1 statement"]),
    ],
)
def test_the_field_says_what_there_is(made_up: Tables, typed: str, said: str, headings: list[str]) -> None:
    shown = search_field.suggestions(find(made_up, typed, 3), typed, Links())
    assert shown["said"] == said
    assert [group["heading"] for group in shown["groups"]] == headings


def field() -> None:
    from dashboard import search_field
    from dashboard.address import Links
    from dashboard.tables import load as data

    search_field.show(data.current(), Links())


@pytest.mark.parametrize("typed", ["", "frigate"])
def test_the_field_is_drawn_with_what_was_just_typed(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(controls, "typed", lambda key: typed)
    test = AppTest.from_function(field, default_timeout=60).run()
    assert not test.exception
    (component,) = test.get("bidi_component")
    assert ("Frigate" in component.proto.json) == bool(typed)
    assert '"page": "search"' in component.proto.json or '"page":"search"' in component.proto.json


def test_nothing_was_typed_in_a_field_that_is_not_there() -> None:
    def script() -> None:
        import streamlit as st

        from dashboard import controls

        st.write(f"[{controls.typed('no-field')}]")

    assert AppTest.from_function(script).run().markdown[0].value == "[]"
