from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.questions import sources as bibliography
from dashboard.questions.deals import Selection
from dashboard.questions.sources import COLUMNS, UNKNOWN, Choice, choose, select_sources
from dashboard.tables.load import Tables
from tests.made_up import read
from tests.published import items

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


def test_without_a_filter_every_source_is_in_view(made_up: Tables) -> None:
    assert set(select_sources(made_up, Selection())["source_id"]) == {row["source_id"] for row in SOURCES}


@pytest.mark.parametrize("domain", ["space", "cyber", "naval", "multi"])
def test_a_filter_on_deals_leaves_the_sources_those_deals_rest_on(made_up: Tables, domain: str) -> None:
    kept = {row["deal_id"] for row in read("deals") if row["domain"] == domain}
    view = select_sources(made_up, Selection(domain=(domain,)))
    assert set(view["source_id"]) == used_by(kept)
    assert 0 < len(view) < len(SOURCES)
    assert view["source_id"].is_unique


@pytest.mark.parametrize("name", COLUMNS)
def test_counts_beside_choices_are_those_of_the_file(made_up: Tables, name: str) -> None:
    counts = bibliography.count_choices(made_up.sources, Choice(), name)
    expected = {value: sum((row[COLUMNS[name]] or UNKNOWN) == value for row in SOURCES) for value in ADDRESSED[name]}
    assert counts == expected


def test_counts_beside_a_choice_follow_the_other_choices_and_not_their_own(made_up: Tables) -> None:
    choice = Choice(press=("IND",), grade=("D",))
    counts = bibliography.count_choices(made_up.sources, choice, "grade")
    assert counts == {"A": 1, "B": 1, "C": 3}


choices = st.builds(
    Choice,
    **{
        name: st.lists(st.sampled_from([*values, "nonsense"]), max_size=2).map(tuple)
        for name, values in ADDRESSED.items()
    },
    text=st.sampled_from(["", "a", "alpha", "gamma upgrade", "[", "zzz"]),
)


@given(first=choices, second=choices)
def test_a_choice_only_narrows(made_up: Tables, first: Choice, second: Choice) -> None:
    sources = made_up.sources
    once = choose(sources, first)
    assert set(choose(once, second)["source_id"]) <= set(once["source_id"]) <= set(sources["source_id"])


def test_every_source_kept_fits_the_choice_and_every_source_left_out_does_not(made_up: Tables) -> None:
    news = ("news", "wire", "enthusiast")
    choice = Choice(press=("TUR", UNKNOWN), grade=("A", "B", "F"), language=("en", "it", "tr"), source=news)
    kept = {"alpha-gazette-2010", "gamma-wire-2015", "nu-leaflet"}
    assert set(choose(made_up.sources, choice)["source_id"]) == kept
    # Each part of the choice leaves out a source that all others keep.
    for wider, more in {
        "press": {"printed-weekly-2025", "xi-observer-2013"}, "source": {"epsilon-ministry-2003"},
    }.items():  # fmt: skip
        assert set(choose(made_up.sources, replace(choice, **{wider: ()}))["source_id"]) == kept | more
    assert choose(made_up.sources, replace(choice, grade=("B",), language=("it",))).empty
    assert list(choose(made_up.sources, replace(choice, grade=("D",), language=()))["source_id"]) == ["iota-fans"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ordered", ["alpha-gazette-2010"]),  # the headline
        ("communique LIMA", ["epsilon-ministry-2003"]),
        ("sigma review", ["sigma-review-2023"]),  # the publisher
        ("GAMMA wire", ["delta-post-2015", "gamma-wire-2015"]),  # the origin
        ("upsilon-record.example", ["upsilon-record-2011"]),  # the address
        ("printed-weekly-2025", ["printed-weekly-2025"]),  # the key
        ("sigma romeo", ["sigma-review-2023"]),
        ("[lifted", ["mu-sheet-2014"]),  # signs are no words
        ("l.fted", []),
    ],
)
def test_words_are_looked_for_in_headline_publisher_origin_address_and_key(
    made_up: Tables, text: str, found: list[str]
) -> None:
    assert list(choose(made_up.sources, Choice(text=text))["source_id"]) == found


def test_where_a_source_is_used_equals_a_count_of_the_files(made_up: Tables) -> None:
    keys = [row["source_id"] for row in SOURCES]
    uses = bibliography.count_uses(made_up)
    for name in ("deals", "milestones", "quotes", "deflator"):
        expected = dict.fromkeys(keys, 0)
        for row in read(name):
            for key in items(row["source_ids"]):
                expected[key] += 1
        assert {key: counts[name] for key, counts in uses.items()} == expected


def test_the_deals_of_a_source_are_those_the_files_name(made_up: Tables) -> None:
    found = bibliography.deals_each(made_up)
    assert list(found) == [row["source_id"] for row in SOURCES]
    expected: set[tuple[str, str]] = set()
    for row in read("deals") + read("milestones"):
        expected |= {(key, row["deal_id"]) for key in items(row["source_ids"])}
    for row in read("quotes"):
        expected |= {(key, deal) for key in items(row["source_ids"]) for deal in items(row["deal_ids"])}
    assert sorted((key, deal["deal_id"]) for key, deals in found.items() for deal in deals) == sorted(expected)
    for deals in found.values():
        titles = [deal["title"] for deal in deals]
        assert titles == sorted(titles)


def test_whose_press_it_is_adds_up_to_all_sources(made_up: Tables) -> None:
    groups = {group.code: group.sources for group in bibliography.press_groups(made_up, made_up.sources)}
    countries = [row["country"] for row in SOURCES]
    named = {code: countries.count(code) for code in ("TUR", "PAK", "IND")}
    unknown = countries.count("")
    assert groups == {**named, "": len(countries) - sum(named.values()) - unknown, UNKNOWN: unknown}
    assert min(groups.values()) > 0


def test_the_share_graded_b_or_better_is_that_of_the_file(made_up: Tables) -> None:
    good = sum(row["reliability"] in "AB" for row in SOURCES)
    assert bibliography.share_good(made_up.sources) == pytest.approx(good / len(SOURCES))
    assert bibliography.share_good(made_up.sources.head(0)) == 0
