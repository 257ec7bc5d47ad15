from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.questions import quotes
from dashboard.questions.deals import Selection
from dashboard.questions.quotes import Choice
from dashboard.tables.load import Tables
from tests.made_up import read

ROWS = read("quotes")
DEALS = {row["deal_id"]: row for row in read("deals")}
COLUMNS = {
    "analyst": "analyst",
    "nation": "country",
    "speaker": "speaker_kind",
    "topic": "topic",
    "stance": "stance",
    "form": "form",
}


def some(column: str) -> st.SearchStrategy[tuple[str, ...]]:
    values = sorted({row[column] for row in ROWS})
    return st.lists(st.sampled_from(values), unique=True, max_size=4).map(tuple)


words = st.sampled_from(["", "denied", "BOARD", "bloc the", "kashmir", "zzz"])
choices = st.builds(Choice, **{name: some(column) for name, column in COLUMNS.items()}, said=words)
selections = st.builds(
    Selection,
    domain=st.lists(st.sampled_from(["air", "naval", "cyber"]), unique=True, max_size=2).map(tuple),
    since=st.none() | st.integers(2011, 2026),
    until=st.none() | st.integers(2011, 2026),
    sure=st.sampled_from(["any", "origins", "credible", "both"]),
)


def fits(row: dict[str, str], choice: Choice) -> bool:
    """Say whether a row of the CSV is what the reader asks for; written without the code under test."""
    if any(getattr(choice, name) and row[column] not in getattr(choice, name) for name, column in COLUMNS.items()):
        return False
    return all(word in row["text"].casefold() for word in choice.said.casefold().split())


def ids(rows: pd.DataFrame) -> list[str]:
    return rows["quote_id"].tolist()


@given(choices)
def test_a_choice_keeps_exactly_the_rows_of_the_file_that_fit_it(made_up: Tables, choice: Choice) -> None:
    expected = [row["quote_id"] for row in ROWS if fits(row, choice)]
    assert ids(quotes.select_quotes(made_up, Selection(), choice)) == expected


@given(choices, selections, st.sampled_from(sorted(COLUMNS)))
def test_a_further_choice_only_narrows(made_up: Tables, choice: Choice, selection: Selection, column: str) -> None:
    wide = set(ids(quotes.select_quotes(made_up, selection, replace(choice, **{column: ()}))))
    narrow = set(ids(quotes.select_quotes(made_up, selection, choice)))
    assert narrow <= wide
    assert narrow <= set(ids(quotes.select_quotes(made_up, Selection(), choice)))


@given(choices)
def test_the_count_beside_a_choice_is_what_choosing_it_gives(made_up: Tables, choice: Choice) -> None:
    counts = quotes.count_all_choices(made_up.quotes, choice)
    assert set(counts) == set(COLUMNS)
    for name, column in COLUMNS.items():
        for value in {row[column] for row in ROWS}:
            alone = replace(choice, **{name: (value,)})
            assert counts[name].get(value, 0) == sum(fits(row, alone) for row in ROWS)


def test_the_statements_on_a_domain_are_those_that_speak_of_its_deals(made_up: Tables) -> None:
    expected = [
        row["quote_id"]
        for row in ROWS
        if any(DEALS[deal]["domain"] == "naval" for deal in filter(None, row["deal_ids"].split(";")))
    ]
    assert 0 < len(expected) < len(ROWS)
    assert ids(quotes.select_quotes(made_up, Selection(domain=("naval",)))) == expected


def test_the_years_are_those_of_the_statement_and_one_without_a_date_is_within_none(made_up: Tables) -> None:
    dated = [row for row in ROWS if row["date"]]
    assert len(dated) < len(ROWS)
    assert ids(quotes.select_quotes(made_up, Selection(since=1900))) == [row["quote_id"] for row in dated]
    of_2021 = ["ornek-2021-engine", "specimen-2021-deterrence", "specimen-2021-india"]
    assert ids(quotes.select_quotes(made_up, Selection(since=2021, until=2021))) == of_2021
    assert ids(quotes.select_quotes(made_up, Selection(since=2021, until=2020))) == []


def test_the_newest_statement_comes_first_and_one_without_a_date_last(made_up: Tables) -> None:
    dates = {row["quote_id"]: row["date"].rstrip("~?") for row in ROWS}
    order = [dates[key] for key in ids(quotes.newest_first(made_up.quotes))]
    earliest = [f"{date}-01-01"[:10] if len(date) == 4 else f"{date}-01"[:10] for date in order if date]
    assert order == [*filter(None, order), *[""] * order.count("")]
    assert earliest == sorted(earliest, reverse=True)


def test_speakers_are_counted_most_first_then_by_name(made_up: Tables) -> None:
    counts = Counter(row["analyst"] for row in ROWS)
    found = quotes.speakers(made_up.quotes)
    assert {person.analyst: person.statements for person in found} == counts
    assert [person.statements for person in found] == sorted(counts.values(), reverse=True)
    # Ç is a letter like C, so it comes before E; Python alone puts it after Z.
    order = ["Çelik Örnek", "Eve Specimen", "Ada Sample", "Bora Muster", "House of Delta"]
    assert [person.analyst for person in found] == order


def test_topics_are_shared_only_where_every_speaker_has_a_statement(made_up: Tables) -> None:
    names = ["Ada Sample", "Eve Specimen"]
    assert quotes.shared_topics(made_up.quotes, names) == {"alliance", "economy"}
    assert quotes.shared_topics(made_up.quotes, [*names, "House of Delta"]) == {"economy"}
    assert quotes.shared_topics(made_up.quotes, [*names, "Bora Muster"]) == set()


def test_the_deals_of_statements_are_those_of_their_rows(made_up: Tables) -> None:
    titles = made_up.deals.set_index("deal_id")[["title", "status"]]
    found = quotes.deals_each(made_up, made_up.quotes["deal_ids"])
    assert len(found) == len(ROWS)
    for row, deals in zip(ROWS, found, strict=True):
        assert [deal["deal_id"] for deal in deals] == [key for key in row["deal_ids"].split(";") if key]
        for deal in deals:
            assert [deal["title"], deal["status"]] == titles.loc[deal["deal_id"]].tolist()


def test_the_sentence_counts_statements_speakers_and_direct_words(made_up: Tables) -> None:
    expected = "5 speakers made 18 statements. 2 are in direct words."
    assert quotes.finding(made_up, made_up.quotes, Choice()) == expected
    assert sentence(made_up, Choice(stance=("supportive",))) == "1 speaker made 1 statement. It is not in direct words."


def sentence(made_up: Tables, choice: Choice) -> str:
    return quotes.finding(made_up, quotes.select_quotes(made_up, Selection(), choice), choice)


def test_the_sentence_on_one_speaker_says_about_what_and_in_what_stance(made_up: Tables) -> None:
    one = Choice(analyst=("Ada Sample",))
    assert sentence(made_up, one) == "Ada Sample made 3 statements, mostly on alliance. The stance is mostly calm."
    on_alliance = "Ada Sample made 2 statements on alliance. The stance is calm."
    assert sentence(made_up, replace(one, topic=("alliance",))) == on_alliance
    halves = "House of Delta made 2 statements, on naval and economy. The stance is denial."
    assert sentence(made_up, Choice(analyst=("House of Delta",))) == halves


def test_the_sentence_on_two_speakers_names_what_both_speak_on(made_up: Tables) -> None:
    pair = ("Ada Sample", "Eve Specimen")
    words = "Ada Sample made 3 statements and Eve Specimen made 5. Both speak on alliance and economy."
    assert sentence(made_up, Choice(analyst=pair)) == words
    three = "Ada Sample made 3 statements, Eve Specimen made 5 and House of Delta made 2. All speak on economy."
    assert sentence(made_up, Choice(analyst=(*pair, "House of Delta"))) == three
    apart = sentence(made_up, Choice(analyst=("Ada Sample", "Bora Muster")))
    assert apart == "Ada Sample made 3 statements and Bora Muster made 3. They have no topic in common."
    on_region = "Ada Sample made no statement and Eve Specimen made 1 on region."
    assert sentence(made_up, Choice(analyst=pair, topic=("region",))) == on_region


def test_a_name_keeps_its_capital_within_a_sentence(made_up: Tables) -> None:
    assert " on Kashmir. " in sentence(made_up, Choice(topic=("kashmir",)))
    assert " on air and policy on India. " in sentence(made_up, Choice(topic=("air", "india-policy")))


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (Choice(said="zzz"), "No statement is in view."),
        (Choice(analyst=("Eve Specimen",), said="zzz"), "No statement by Eve Specimen is in view."),
        (Choice(topic=("air",), said="zzz"), "No statement on air is in view."),
    ],
)
def test_the_sentence_on_nothing_says_so(choice: Choice, words: str, made_up: Tables) -> None:
    assert sentence(made_up, choice) == words


def test_the_sentence_on_two_countries_counts_the_speakers_from_each(made_up: Tables) -> None:
    counts = Counter(row["country"] for row in ROWS)
    both = {row["topic"] for row in ROWS if row["country"] == "TUR"} & {
        row["topic"] for row in ROWS if row["country"] == "IND"
    }
    said = sentence(made_up, Choice(nation=("IND", "TUR")))
    assert said.startswith(
        f"Speakers from India made {counts['IND']} statements and speakers from Turkey made {counts['TUR']}. "
    )
    assert said.endswith("They have no topic in common." if not both else ".")
    official = sentence(made_up, Choice(nation=("IND", "TUR"), speaker=("official",)))
    assert (
        official
        == "Speakers from India made no statement and speakers from Turkey made 3. They have no topic in common."
    )


@pytest.mark.parametrize(
    ("choice", "by"),
    [
        (Choice(), ""),
        (Choice(nation=("TUR",)), ""),
        (Choice(nation=("TUR", "IND")), "nation"),
        (Choice(analyst=("A", "B"), nation=("TUR", "IND")), "analyst"),
        (Choice(analyst=("A",), nation=("TUR", "IND")), "nation"),
        (Choice(nation=tuple("ABCDEFG")), ""),
    ],
)
def test_several_speakers_or_countries_stand_side_by_side_and_too_many_do_not(choice: Choice, by: str) -> None:
    assert choice.beside == by
