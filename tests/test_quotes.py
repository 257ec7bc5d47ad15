from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import evidence, markup, quotes
from dashboard.data import Tables
from dashboard.deals import Selection
from dashboard.quotes import Choice
from tests.published import read

ROWS = read("quotes")
DEALS = {row["deal_id"]: row for row in read("deals")}
SOURCES = {row["source_id"]: row for row in read("sources")}
COLUMNS = ("analyst", "topic", "stance", "form")


def some(column: str) -> st.SearchStrategy[tuple[str, ...]]:
    values = sorted({row[column] for row in ROWS})
    return st.lists(st.sampled_from(values), unique=True, max_size=4).map(tuple)


words = st.sampled_from(["", "turkey", "INDIA", "pakistan ship", "drones", "zzz", "’s", "."])
choices = st.builds(Choice, some("analyst"), some("topic"), some("stance"), some("form"), words)
selections = st.builds(
    Selection,
    domain=st.lists(st.sampled_from(["air", "naval", "cyber"]), unique=True, max_size=2).map(tuple),
    since=st.none() | st.integers(2015, 2026),
    until=st.none() | st.integers(2015, 2026),
    sure=st.sampled_from(["any", "origins", "credible", "both"]),
)


def fits(row: dict[str, str], choice: Choice) -> bool:
    """Say whether a row of the CSV is what the reader asks for; written without the code under test."""
    if any(getattr(choice, column) and row[column] not in getattr(choice, column) for column in COLUMNS):
        return False
    return all(word in row["text"].casefold() for word in choice.said.casefold().split())


def ids(rows: pd.DataFrame) -> list[str]:
    return rows["quote_id"].tolist()


@given(choices)
def test_a_choice_keeps_exactly_the_rows_of_the_file_that_fit_it(tables: Tables, choice: Choice) -> None:
    expected = [row["quote_id"] for row in ROWS if fits(row, choice)]
    assert ids(quotes.select_quotes(tables, Selection(), choice)) == expected


@given(choices, selections, st.sampled_from(COLUMNS))
def test_a_further_choice_only_narrows(tables: Tables, choice: Choice, selection: Selection, column: str) -> None:
    wide = set(ids(quotes.select_quotes(tables, selection, replace(choice, **{column: ()}))))
    narrow = set(ids(quotes.select_quotes(tables, selection, choice)))
    assert narrow <= wide
    assert narrow <= set(ids(quotes.select_quotes(tables, Selection(), choice)))


@given(choices)
def test_the_count_beside_a_choice_is_what_choosing_it_gives(tables: Tables, choice: Choice) -> None:
    counts = quotes.count_all_choices(tables.quotes, choice)
    assert set(counts) == set(COLUMNS)
    for column in COLUMNS:
        for value in {row[column] for row in ROWS}:
            alone = replace(choice, **{column: (value,)})
            assert counts[column].get(value, 0) == sum(fits(row, alone) for row in ROWS)


def test_the_statements_on_a_domain_are_those_that_speak_of_its_deals(tables: Tables) -> None:
    expected = [
        row["quote_id"]
        for row in ROWS
        if any(DEALS[deal]["domain"] == "naval" for deal in row["deal_ids"].split(";") if deal)
    ]
    assert 0 < len(expected) < len(ROWS)
    assert ids(quotes.select_quotes(tables, Selection(domain=("naval",)))) == expected


def test_the_years_are_those_of_the_statement_and_one_without_a_date_is_within_none(tables: Tables) -> None:
    dated = [row for row in ROWS if row["date"]]
    assert len(dated) < len(ROWS)
    assert ids(quotes.select_quotes(tables, Selection(since=1900))) == [row["quote_id"] for row in dated]
    expected = [row["quote_id"] for row in dated if row["date"][:4] == "2024"]
    assert ids(quotes.select_quotes(tables, Selection(since=2024, until=2024))) == expected


def test_the_newest_statement_comes_first_and_one_without_a_date_last(tables: Tables) -> None:
    dates = {row["quote_id"]: row["date"].rstrip("~?") for row in ROWS}
    order = [dates[key] for key in ids(quotes.newest_first(tables.quotes))]
    earliest = [f"{date}-01-01"[:10] if len(date) == 4 else f"{date}-01"[:10] for date in order if date]
    assert order == [*filter(None, order), *[""] * order.count("")]
    assert earliest == sorted(earliest, reverse=True)


def test_speakers_are_counted_most_first_then_by_name(tables: Tables) -> None:
    counts = Counter(row["analyst"] for row in ROWS)
    found = quotes.speakers(tables.quotes)
    assert dict(zip(found["analyst"], found["statements"], strict=True)) == counts
    assert found["statements"].is_monotonic_decreasing
    once = found.loc[found["statements"] == 1, "analyst"].tolist()
    assert once.index("Özgür Güleryüz") < once.index("Pakistan Navy public relations") < once.index("Wang Yi")


def test_topics_are_shared_only_where_every_speaker_has_a_statement(tables: Tables) -> None:
    names = ["Ayesha Siddiqa", "Kabir Taneja"]
    topics = [{row["topic"] for row in ROWS if row["analyst"] == name} for name in names]
    assert quotes.shared_topics(tables.quotes, names) == set.intersection(*topics)
    assert quotes.shared_topics(tables.quotes, [*names, "Wang Yi"]) == set()


def test_the_deals_of_statements_are_those_of_their_rows(tables: Tables) -> None:
    titles = tables.deals.set_index("deal_id")[["title", "status"]]
    found = quotes.deals_each(tables, tables.quotes["deal_ids"])
    assert len(found) == len(ROWS)
    for row, deals in zip(ROWS, found, strict=True):
        assert [deal["deal_id"] for deal in deals] == [key for key in row["deal_ids"].split(";") if key]
        for deal in deals:
            assert [deal["title"], deal["status"]] == titles.loc[deal["deal_id"]].tolist()


def card(tables: Tables, key: str, **options: Any) -> str:
    return str(markup.statement(tables, tables.quotes.set_index("quote_id", drop=False).loc[key], **options))


@pytest.mark.parametrize("row", [row for row in ROWS if row["form"] == "direct"], ids=lambda row: row["quote_id"])
def test_direct_words_are_kept_to_the_letter_between_quotation_marks(row: dict[str, str], tables: Tables) -> None:
    said = re.search(r"<blockquote>“(.*)”</blockquote>", card(tables, row["quote_id"]))
    assert said
    assert html.unescape(said[1]) == row["text"]
    assert tables.dictionary.label("quotes", "form", "direct") in card(tables, row["quote_id"])


@pytest.mark.parametrize("row", [row for row in ROWS if row["form"] != "direct"], ids=lambda row: row["quote_id"])
def test_a_paraphrase_is_labelled_and_never_in_quotation_marks(row: dict[str, str], tables: Tables) -> None:
    text = card(tables, row["quote_id"])
    said = re.search(r'<p class="paraphrase">(.*?)</p>', text)
    assert said
    assert html.unescape(said[1]) == row["text"]
    assert "blockquote" not in text
    assert not re.search("[“”«»]", text)
    assert tables.dictionary.label("quotes", "form", "paraphrase") in text


def test_words_from_the_tables_cannot_become_markup(tables: Tables) -> None:
    row = {**tables.quotes.iloc[0].to_dict(), "text": "<script>x</script> & so", "analyst": "<b>A</b>", "role": "<i>"}
    for form in ("direct", "paraphrase"):
        text = str(markup.statement(tables, {**row, "form": form}))
        assert "&lt;script&gt;x&lt;/script&gt; &amp; so" in text
        assert "<script" not in text
        assert "&lt;b&gt;A&lt;/b&gt;" in text


def test_the_country_is_not_said_twice(tables: Tables) -> None:
    assert "President of Turkey</p>" in card(tables, "erdogan-2020-kashmir")
    assert "Analyst, India</p>" in card(tables, "banerjee-2025")
    assert "expert on the Pakistani military, Pakistan</p>" in card(tables, "siddiqa-2025-no-bloc")


def test_folded_sources_name_publisher_and_grade_before_they_are_opened(tables: Tables) -> None:
    key = "siddiqa-2025-no-bloc"
    row = next(row for row in ROWS if row["quote_id"] == key)
    cited = [SOURCES[source] for source in row["source_ids"].split(";")]
    text = str(markup.folded_sources(tables, *evidence.cited_each(tables, [row["source_ids"]])))
    before, _, inside = text.partition("</summary>")
    assert len({source["origin"] for source in cited}) == 1 < len(cited)
    assert f"{len(cited)} sources, 1 independent origin:" in before
    for source in cited:
        assert html.escape(source["publisher"]) in before
        assert f'data-grade="{source["reliability"]}"' in before
        assert html.escape(source["url"]) in inside
    assert ' id="' not in text


def test_the_sentence_counts_statements_speakers_and_direct_words(tables: Tables) -> None:
    people, direct = len({row["analyst"] for row in ROWS}), sum(row["form"] == "direct" for row in ROWS)
    expected = f"{len(ROWS)} statements by {people} speakers; {direct} in direct words"
    assert quotes.finding(tables, tables.quotes, Choice(), 6) == expected


def sentence(tables: Tables, choice: Choice) -> str:
    return quotes.finding(tables, quotes.select_quotes(tables, Selection(), choice), choice, 6)


def test_the_sentence_on_one_speaker_says_about_what_and_in_what_stance(tables: Tables) -> None:
    own = [row for row in ROWS if row["analyst"] == "Ayesha Siddiqa"]
    for column, value in (("topic", "alliance"), ("stance", "calm")):
        share = sum(row[column] == value for row in own)
        assert len(own) / 2 < share < len(own)
    words = f"Ayesha Siddiqa: {len(own)} statements, mostly on alliance, stance mostly calm"
    assert sentence(tables, Choice(analyst=("Ayesha Siddiqa",))) == words
    count = sum(row["topic"] == "alliance" for row in own)
    words = f"Ayesha Siddiqa: {count} statements on alliance, stance calm"
    assert sentence(tables, Choice(analyst=("Ayesha Siddiqa",), topic=("alliance",))) == words


def test_the_sentence_on_two_speakers_names_what_both_speak_on(tables: Tables) -> None:
    pair = ("Ayesha Siddiqa", "Kabir Taneja")
    one, other = (sum(row["analyst"] == name for row in ROWS) for name in pair)
    words = f"Ayesha Siddiqa ({one}) and Kabir Taneja ({other}): {one + other} statements; both speak on economy and policy on India"
    assert sentence(tables, Choice(analyst=pair)) == words
    apart = sentence(tables, Choice(analyst=("Ayesha Siddiqa", "Justin Bronk")))
    assert apart.endswith(f"{one + 1} statements; no topic in common")
    assert "Kabir Taneja (none) on alliance" in sentence(tables, Choice(analyst=pair, topic=("alliance",)))


def test_a_name_keeps_its_capital_within_a_sentence(tables: Tables) -> None:
    assert " on Kashmir by " in sentence(tables, Choice(topic=("kashmir",)))
    assert " on air and policy on India by " in sentence(tables, Choice(topic=("air", "india-policy")))


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (Choice(said="zzz"), "No statement in view"),
        (Choice(analyst=("Wang Yi",), said="zzz"), "Wang Yi: no statement in view"),
        (Choice(topic=("air",), said="zzz"), "No statement on air in view"),
    ],
)
def test_the_sentence_on_nothing_says_so(choice: Choice, words: str, tables: Tables) -> None:
    assert sentence(tables, choice) == words
