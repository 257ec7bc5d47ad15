from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import bibliography
from dashboard.bibliography import COLUMNS, UNKNOWN, Choice, choose, select_sources
from dashboard.data import Tables
from dashboard.deals import Selection
from tests.published import items, read

SOURCES = read("sources")
ADDRESSED = {name: sorted({row[column] or UNKNOWN for row in SOURCES}) for name, column in COLUMNS.items()}


def used_by(deal_ids: set[str]) -> set[str]:
    """Return the sources of deals, of their milestones and of statements on them, from the files alone."""
    used = {
        key
        for row in read("deals") + read("milestones")
        if row["deal_id"] in deal_ids
        for key in items(row["source_ids"])
    }
    return used | {
        key for row in read("quotes") if deal_ids & set(items(row["deal_ids"])) for key in items(row["source_ids"])
    }


def test_without_a_filter_every_source_is_in_view(tables: Tables) -> None:
    assert set(select_sources(tables, Selection())["source_id"]) == {row["source_id"] for row in SOURCES}


@pytest.mark.parametrize("domain", ["space", "cyber", "naval"])
def test_a_filter_on_deals_leaves_the_sources_those_deals_rest_on(tables: Tables, domain: str) -> None:
    kept = {row["deal_id"] for row in read("deals") if row["domain"] == domain}
    view = select_sources(tables, Selection(domain=(domain,)))
    assert set(view["source_id"]) == used_by(kept)
    assert 0 < len(view) < len(SOURCES)
    assert view["source_id"].is_unique


@pytest.mark.parametrize("name", COLUMNS)
def test_counts_beside_choices_are_those_of_the_file(tables: Tables, name: str) -> None:
    counts = bibliography.count_choices(tables.sources, Choice(), name)
    expected = {value: sum((row[COLUMNS[name]] or UNKNOWN) == value for row in SOURCES) for value in ADDRESSED[name]}
    assert counts == expected


def test_counts_beside_a_choice_follow_the_other_choices_and_not_their_own(tables: Tables) -> None:
    choice = Choice(press=("PAK",), grade=("D",))
    counts = bibliography.count_choices(tables.sources, choice, "grade")
    pakistani = [row["reliability"] for row in SOURCES if row["country"] == "PAK"]
    assert counts == {grade: pakistani.count(grade) for grade in set(pakistani)}


choices = st.builds(
    Choice,
    **{
        name: st.lists(st.sampled_from([*values, "nonsense"]), max_size=2).map(tuple)
        for name, values in ADDRESSED.items()
    },
    text=st.sampled_from(["", "a", "turkey", "anadolu drone", "[", "zzz"]),
)


@given(first=choices, second=choices)
def test_a_choice_only_narrows(tables: Tables, first: Choice, second: Choice) -> None:
    sources = tables.sources
    once = choose(sources, first)
    assert set(choose(once, second)["source_id"]) <= set(once["source_id"]) <= set(sources["source_id"])


def test_every_source_kept_fits_the_choice_and_every_source_left_out_does_not(tables: Tables) -> None:
    choice = Choice(press=("TUR", UNKNOWN), grade=("B", "C"), language=("en",), source=("news",))
    expected = {
        row["source_id"] for row in SOURCES
        if row["country"] in ("TUR", "") and row["reliability"] in ("B", "C") and row["language"] == "en" and row["kind"] == "news"
    }  # fmt: skip
    assert set(choose(tables.sources, choice)["source_id"]) == expected
    assert expected


def bare(text: str) -> str:
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", text).lower() if not unicodedata.combining(letter)
    )


@pytest.mark.parametrize("text", ["dawn-2018-10-16", "ANADOLU agency", "çelebi", "[", "shephardmedia.com"])
def test_words_are_looked_for_in_headline_publisher_origin_address_and_key(tables: Tables, text: str) -> None:
    looked = ("title", "publisher", "origin", "url", "source_id")
    expected = {
        row["source_id"] for row in SOURCES
        if all(word in bare(" ".join(row[name] for name in looked)) for word in bare(text).split())
    }  # fmt: skip
    assert set(choose(tables.sources, Choice(text=text))["source_id"]) == expected


def test_where_a_source_is_used_equals_a_count_of_the_files(tables: Tables) -> None:
    keys = [row["source_id"] for row in SOURCES]
    uses = bibliography.count_uses(tables)
    for name in ("deals", "milestones", "quotes", "deflator"):
        expected = dict.fromkeys(keys, 0)
        for row in read(name):
            for key in items(row["source_ids"]):
                expected[key] += 1
        assert uses[name].to_dict() == expected


def test_the_deals_of_a_source_are_those_the_files_name(tables: Tables) -> None:
    found = bibliography.deals_each(tables, [row["source_id"] for row in SOURCES])
    expected: set[tuple[str, str]] = set()
    for row in read("deals") + read("milestones"):
        expected |= {(key, row["deal_id"]) for key in items(row["source_ids"])}
    for row in read("quotes"):
        expected |= {(key, deal) for key in items(row["source_ids"]) for deal in items(row["deal_ids"])}
    assert sorted((key, deal["deal_id"]) for key, deals in found.items() for deal in deals) == sorted(expected)
    for deals in found.values():
        titles = [deal["title"] for deal in deals]
        assert titles == sorted(titles)


def test_whose_press_it_is_adds_up_to_all_sources(tables: Tables) -> None:
    groups = bibliography.press_groups(tables, tables.sources).set_index("press")["sources"].to_dict()
    countries = [row["country"] for row in SOURCES]
    named = {code: countries.count(code) for code in ("TUR", "PAK", "IND")}
    unknown = countries.count("")
    assert groups == {**named, "": len(countries) - sum(named.values()) - unknown, UNKNOWN: unknown}


def test_the_share_graded_b_or_better_is_that_of_the_file(tables: Tables) -> None:
    good = sum(row["reliability"] in "AB" for row in SOURCES)
    assert bibliography.share_good(tables.sources) == pytest.approx(good / len(SOURCES))
    assert bibliography.share_good(tables.sources.head(0)) == 0
