from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.questions import rows
from dashboard.tables import dates
from dashboard.tables.load import Tables

NOUNS = list(rows.TABLES)
ORDERED = [(noun, by) for noun, by in [*rows.FIRST.items(), ("deals", "value")]]


def found(tables: Tables, noun: str) -> pd.DataFrame:
    return getattr(tables, rows.TABLES[noun])


def placed(tables: Tables, noun: str, table: pd.DataFrame) -> pd.DataFrame:
    keys = rows.keys(tables, noun, table, rows.cells(tables, noun, table))
    return pd.DataFrame({name: rows.places(column) for name, column in keys.items()}, table.index)


@pytest.mark.parametrize(("noun", "by"), ORDERED)
def test_rows_stand_with_the_latest_or_largest_first_and_blanks_last(made_up: Tables, noun: str, by: str) -> None:
    table = found(made_up, noun)
    keys = table.loc[rows.ordered(table, by), rows.DAYS[by]]
    known = keys.dropna().tolist()
    assert known == sorted(known, reverse=True)
    assert keys.iloc[len(known) :].isna().all()
    assert len(keys) == len(found(made_up, noun))


@pytest.mark.parametrize("noun", NOUNS)
def test_every_cell_has_words_a_heading_and_a_place(made_up: Tables, noun: str) -> None:
    table = found(made_up, noun)
    said, places = rows.cells(made_up, noun, table), placed(made_up, noun, table)
    assert list(said) == list(rows.headings(made_up, noun)) == list(places)
    assert len(said) == len(places) == len(table)
    assert all(isinstance(words, str) for words in said.to_numpy().ravel())
    assert {"deals": "no public value", "statements": "“", "sources": "date not known"}[noun] in str(said.to_dict())


@pytest.mark.parametrize("noun", NOUNS)
def test_none_of_the_rows_have_columns_all_the_same(made_up: Tables, noun: str) -> None:
    nobody = found(made_up, noun).iloc[:0]
    assert list(rows.cells(made_up, noun, nobody)) == list(placed(made_up, noun, nobody))


def one_each(made_up: Tables, **columns: list[object]) -> pd.DataFrame:
    """Return as many made-up deals as there are values, with these in their columns."""
    (count,) = {len(values) for values in columns.values()}
    return made_up.deals.head(count).assign(**columns)


def test_money_sorts_by_its_amount_and_undisclosed_has_no_place(made_up: Tables) -> None:
    table = one_each(made_up, value_usd_m=[900.0, None, 1100.0, 80.0, 900.0])
    assert placed(made_up, "deals", table)["value"].tolist() == [1, -1, 2, 0, 1]


def test_a_surer_deal_is_of_better_credibility_and_then_of_more_origins(made_up: Tables) -> None:
    grades = pd.array([2, 1, 2, None, 1], "Int64")
    table = one_each(made_up, credibility=list(grades), origins=[9, 1, 1, 30, 12]).astype({"credibility": "Int64"})
    assert placed(made_up, "deals", table)["sure"].tolist() == [2, 1, 3, -1, 0]


def test_a_status_sorts_by_its_place_in_the_dictionary_and_a_title_by_its_letters(made_up: Tables) -> None:
    last, first = list(made_up.dictionary.choices("deals", "status"))[::-1][
        :: len(made_up.dictionary.choices("deals", "status")) - 1
    ]
    table = one_each(made_up, status=[last, first, last], title=["zulu", "Örnek", "Alpha"])
    places = placed(made_up, "deals", table)
    assert places["status"].tolist() == [1, 0, 1]
    assert places["title"].tolist() == [2, 1, 0], "neither capitals nor accents move a title"


def test_only_direct_words_stand_in_quotation_marks(made_up: Tables) -> None:
    exact = made_up.quotes["form"].isin(made_up.dictionary.having("quotes", "form", "exact"))
    assert rows.cells(made_up, "statements", made_up.quotes)["text"].str.startswith("“").tolist() == exact.tolist()


EDTF = st.builds(
    lambda year, month, day, mark: "-".join([f"{year}", *([f"{month:02}"] if month else []), *([f"{day:02}"] if month and day else [])]) + mark,
    st.integers(1990, 2026), st.integers(0, 12), st.integers(0, 28), st.sampled_from(["", "~", "?"]),
)  # fmt: skip


@given(st.lists(EDTF | st.just(""), min_size=2, max_size=8))
def test_dates_sort_by_their_earliest_day_whatever_is_known_of_them(made_up: Tables, texts: list[str]) -> None:
    days = [pd.Timestamp(dates.parse(text).earliest) if text else pd.NaT for text in texts]
    table = pd.concat([made_up.sources.head(1)] * len(texts), ignore_index=True)
    table = table.assign(published=texts, published_earliest=pd.to_datetime(pd.Series(days)))
    places = placed(made_up, "sources", table)["published"].tolist()
    assert [place >= 0 for place in places] == [bool(text) for text in texts]
    for one, day in zip(places, days, strict=True):
        for other, later in zip(places, days, strict=True):
            assert not (day < later) or one < other
            assert day != later or one == other


def test_a_publisher_whose_seat_is_not_known_has_no_place_among_countries(made_up: Tables) -> None:
    blank = replace(made_up, sources=made_up.sources.assign(country="", stamp="no seat"))
    assert set(placed(blank, "sources", blank.sources)["country"]) == {-1}
