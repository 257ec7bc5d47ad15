from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import replace
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.pages import quotes as page
from dashboard.questions import quotes
from dashboard.questions.deals import Selection
from dashboard.questions.quotes import Choice
from dashboard.tables.load import Tables
from tests.made_up import read
from tests.page import choose, filters, in_view, opened, to_clear, written

ROWS = read("quotes")
KEYS = [row["quote_id"] for row in ROWS]
SAMPLE = [row for row in ROWS if row["analyst"] == "Ada Sample"]

pytestmark = pytest.mark.usefixtures("made_up_pages")
show = partial(opened, "quotes")


def run(test: AppTest) -> AppTest:
    test.run()
    assert not test.exception
    return test


def cards(text: str) -> list[str]:
    return re.findall(r'<article class="statement" data-form="\w+" id="([^"]+)">', text)


def test_the_page_says_how_many_statements_are_in_view_and_shows_the_first_page() -> None:
    test = show()
    assert in_view(test) == f"{len(ROWS)} of {len(ROWS)} statements"
    assert len(cards(written(test))) == page.ITEMS_A_PAGE
    assert f"1 to {page.ITEMS_A_PAGE} of {len(ROWS)}, newest first" in written(test)


def test_the_pages_together_show_every_statement_once() -> None:
    pages = -(-len(ROWS) // page.ITEMS_A_PAGE)
    shown = [key for number in range(1, pages + 1) for key in cards(written(show(page=str(number))))]
    assert sorted(shown) == sorted(KEYS)


@pytest.mark.parametrize("number", ["0", "-1", "two", "1.5", ""])
def test_a_page_that_is_not_there_is_dropped(number: str) -> None:
    assert cards(written(show(page=number))) == cards(written(show()))


def test_exactly_one_page_of_statements_has_no_page_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "ITEMS_A_PAGE", len(ROWS))
    test = show()
    assert len(cards(written(test))) == len(ROWS)
    assert not test.pagination
    assert "Next " not in written(test)


def test_one_statement_more_than_a_page_has_a_page_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "ITEMS_A_PAGE", len(ROWS) - 1)
    test = show()
    assert test.pagination[0].proto.num_pages == 2
    assert f"Next 1 of {len(ROWS)}" in written(test)
    assert len(cards(written(show(page="2")))) == 1


def test_turning_the_page_is_in_the_address_and_the_first_page_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "ITEMS_A_PAGE", 5)
    test = show()
    first = cards(written(test))
    test.pagination[0].select(3)
    run(test)
    assert test.query_params["page"] == "3"
    assert not set(first) & set(cards(written(test)))
    test.pagination[0].select(1)
    run(test)
    assert "page" not in test.query_params
    assert cards(written(test)) == first


def test_another_filter_begins_at_the_first_page_be_it_the_pages_own_or_a_shared_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(page, "ITEMS_A_PAGE", 5)
    test = show(page="3")
    run(choose(test, "form", "paraphrase"))
    assert "page" not in test.query_params
    assert test.query_params["form"] == "paraphrase"
    test = show(page="3")
    run(choose(test, "sure", "credible"))
    assert "page" not in test.query_params
    assert "1 to 5 of" in written(test)


def test_what_a_speaker_says_on_a_topic_is_two_clicks_away() -> None:
    text = written(show())
    target = next(html.unescape(link) for link in re.findall(r'href="(quotes\?[^"]+)"', text) if "Sample" in link)
    params = parse_qs(urlsplit(target).query)
    assert params == {"analyst": ["Ada Sample"]}
    test = show(**params)
    assert set(cards(written(test))) == {row["quote_id"] for row in SAMPLE}
    run(choose(test, "topic", "alliance"))
    expected = {row["quote_id"] for row in SAMPLE if row["topic"] == "alliance"}
    assert set(cards(written(test))) == expected
    assert in_view(test) == f"{len(expected)} of {len(ROWS)} statements"


def test_every_choice_says_how_many_statements_it_gives() -> None:
    test = show(analyst="Ada Sample")
    labels = filters(test)["topic"]["labels"]
    count = sum(row["topic"] == "alliance" for row in SAMPLE)
    assert f"Alliance · {count}" in labels
    assert "Drones · 0" in labels
    assert f"Ada Sample · {len(SAMPLE)}" in filters(test)["analyst"]["labels"]


@pytest.mark.parametrize("name", ["analyst", "nation", "speaker", "topic", "stance", "form"])
def test_an_unknown_value_is_dropped(name: str) -> None:
    assert in_view(show(**{name: "nothing of the kind"})).startswith(f"{len(ROWS)} of")


def test_an_unknown_value_beside_a_known_one_leaves_the_known_one() -> None:
    test = show(analyst=["Nobody", "Ada Sample"])
    assert filters(test)["analyst"]["chosen"] == ["Ada Sample"]
    assert in_view(test).startswith(f"{len(SAMPLE)} of")


def test_the_words_said_are_searched_whatever_their_case() -> None:
    test = show(said="ON board")
    assert set(cards(written(test))) == {"muster-2025-no-arms", "delta-2025-no-parts"}


def test_no_statement_in_view_is_said_and_the_way_out_is_there() -> None:
    test = show(said="zzz", analyst="Ada Sample")
    assert "No statement fits" in test.info[0].value
    assert in_view(test).startswith("0 of")
    assert not cards(written(test))
    assert to_clear(test) == "quotes"


def test_two_speakers_stand_side_by_side_each_with_their_own() -> None:
    names = ["Eve Specimen", "Ada Sample"]
    text = written(show(analyst=names))
    voices = re.findall(r'<section class="voice" aria-label="([^"]+)">(.*?)</section>', text, re.DOTALL)
    assert [name for name, _ in voices] == names, "in the order they were chosen"
    for name, column in voices:
        own = [row for row in ROWS if row["analyst"] == name]
        assert set(cards(column)) == {row["quote_id"] for row in own}
        direct = sum(row["form"] == "direct" for row in own)
        assert f"<b>{len(own)} statements</b>, {direct or 'none'} in direct words" in column
        for topic in {row["topic"] for row in own} - {"india-policy"}:
            assert f"{topic.title()} {sum(row['topic'] == topic for row in own)}" in column


def test_a_speaker_without_a_statement_on_the_topic_keeps_a_column_that_says_so() -> None:
    text = written(show(analyst=["Eve Specimen", "Ada Sample"], topic="region"))
    column = text.partition('aria-label="Ada Sample"')[2]
    assert "No statement fits" in column
    assert not cards(column)


def test_more_speakers_than_columns_are_one_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotes, "MOST_BESIDE", 3)
    names = sorted({row["analyst"] for row in ROWS})[:4]
    text = written(show(analyst=names))
    assert 'class="voice"' not in text
    assert len(cards(text)) == min(sum(row["analyst"] in names for row in ROWS), page.ITEMS_A_PAGE)
    assert all(f"<h2>{name}</h2>" in text for name in names)


def test_the_index_names_every_speaker_with_a_count_and_keeps_the_other_filters() -> None:
    text = written(show(topic="naval", country="PAK")).partition('<nav class="speakers"')[2].partition("</nav>")[0]
    links = re.findall(r'<a href="quotes\?([^"]+)" target="_self">([^<]+)</a> <span>(\d+)</span>', text)
    assert links
    for query, name, count in links:
        params = parse_qs(html.unescape(query))
        assert params == {"country": ["PAK"], "analyst": [html.unescape(name)], "topic": ["naval"]}
        assert int(count) >= 1
    everyone = written(show()).partition('<nav class="speakers"')[2].partition("</nav>")[0]
    assert everyone.count("<li") == len({row["analyst"] for row in ROWS})


@pytest.mark.usefixtures("pages_anew")
@pytest.mark.parametrize(("shown", "rest"), [(4, ["1 more: find them by name above."]), (5, [])])
def test_speakers_beyond_the_index_are_counted_and_only_those(
    monkeypatch: pytest.MonkeyPatch, shown: int, rest: list[str]
) -> None:
    monkeypatch.setattr(page, "MOST_NAMES", shown)
    names = written(show()).partition('<nav class="speakers"')[2].partition("</nav>")[0]
    assert names.count("<li") == shown
    assert re.findall(r">(\d+ more: [^<]*)<", names) == rest


def test_a_statement_links_to_its_deals_and_marks_those_that_are_denied() -> None:
    text = written(show(analyst="Çelik Örnek"))
    card = text.partition('id="ornek-code"')[2].partition("</article>")[0]
    flight = card.partition('href="deal?id=papa-flight"')[2]
    assert flight.count('<span class="status" data-doubted>Denied</span>') == 1
    assert 'href="deal?id=kilo-restriction"' in card
    assert card.count("data-doubted") == 1


def test_only_direct_words_stand_in_quotation_marks() -> None:
    direct = [row for row in ROWS if row["form"] == "direct"]
    text = written(show(form="direct"))
    assert len(direct) <= page.ITEMS_A_PAGE
    for row in direct:
        assert f"<blockquote>“{html.escape(row['text'], quote=False)}”</blockquote>" in text
    assert "“" not in written(show(form="paraphrase"))


def test_a_speaker_of_two_kinds_is_of_one_whoever_is_chosen(made_up: Tables) -> None:
    kinds = made_up.quotes["speaker_kind"].mask(made_up.quotes["quote_id"] == "sample-2019-calm", "official")
    assert set(kinds[made_up.quotes["analyst"] == "Ada Sample"]) == {"analyst", "official"}
    made = replace(made_up, quotes=made_up.quotes.assign(speaker_kind=kinds), stamp="two kinds")
    everybody, chosen = (
        page.seen(made, Selection(), choice).people for choice in (Choice(), Choice(analyst=("Eve Specimen",)))
    )
    assert everybody == chosen


def test_where_nobody_speaks_that_is_said_without_a_nought() -> None:
    text = written(show(said="no such words anywhere"))
    assert "<h2>No speaker in view</h2>" in text
    assert "0 speaker" not in text


def test_the_speakers_of_one_country_stand_beside_those_of_another_on_one_scale() -> None:
    chosen = {"IND": "India", "TUR": "Turkey"}
    text = written(show(nation=[*chosen], speaker=["official", "media"]))
    voices = re.findall(r'<section class="voice" aria-label="([^"]+)">(.*?)</section>', text, re.DOTALL)
    assert [name for name, _ in voices] == [*chosen.values()], "in the order they were chosen"
    own = {
        code: [row for row in ROWS if row["country"] == code and row["speaker_kind"] in ("official", "media")]
        for code in chosen
    }
    assert all(own.values()), "the tables hold speakers of both, or this test shows nothing"
    longest = max(max(Counter(row["stance"] for row in rows).values()) for rows in own.values())
    for (_, column), rows in zip(voices, own.values(), strict=True):
        assert set(cards(column)) == {row["quote_id"] for row in rows}
        widths = [float(width) for width in re.findall(r'<i style="width:([\d.]+)%"', column)]
        counts = Counter(row["stance"] for row in rows)
        assert sorted(widths) == pytest.approx(sorted(100 * count / longest for count in counts.values()), abs=0.1)
    bars = [re.findall(r"<tr><td>(.*?)</td>", column) for _, column in voices]
    assert bars[0] == bars[1], "the same stances in the same order"


def test_a_speakers_country_is_chosen_by_any_of_its_names_and_named_in_words() -> None:
    test = show(nation="Türkiye")
    assert set(cards(written(test))) <= {row["quote_id"] for row in ROWS if row["country"] == "TUR"}
    assert "Speaker’s country: Turkey" in html.unescape(re.findall(r'data-note="([^"]+)"', written(test))[0])


def test_a_statement_has_an_address_of_its_own_and_stands_first_whatever_the_filters() -> None:
    row = ROWS[0]
    text = html.unescape(written(show(statement=row["quote_id"].upper(), analyst="Ada Sample")))
    pointed = text[text.index('class="pointed"') :].split("</section>")[0]
    assert row["text"] in pointed
    assert 'href="quotes?analyst=Ada+Sample"' in pointed, "the way to the rest keeps the choice"
    assert set(cards(text)) == {row["quote_id"] for row in SAMPLE}, "the others are shown as ever, no id twice"
    assert 'href="quotes?statement=' + SAMPLE[0]["quote_id"] in text


def test_the_statement_of_a_link_goes_when_the_reader_chooses_anew() -> None:
    test = show(statement=ROWS[0]["quote_id"])
    assert 'class="pointed"' in written(test)
    choose(test, "said", "the").run()
    assert "statement" not in test.query_params
    assert 'class="pointed"' not in written(test)


def test_a_statement_that_is_not_there_is_named_and_left_out() -> None:
    text = html.unescape(written(show(statement="no-such")))
    assert "a statement “no-such” that is not in the tables; it was left out." in text
    assert 'class="pointed"' not in text


def test_two_speakers_lead_to_their_comparison_and_one_does_not() -> None:
    href = 'href="compare?a=Ada+Sample&b=Eve+Specimen"'
    assert href in html.unescape(written(show(analyst=("Ada Sample", "Eve Specimen"))))
    assert "compare?" not in written(show(analyst="Ada Sample"))
