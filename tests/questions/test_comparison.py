"""What can be compared, the figures of both sides and the difference in words, on the made-up tables."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.questions import comparable, comparison, difference
from dashboard.questions.bars import Line, Part
from dashboard.questions.comparable import Compared
from dashboard.questions.deals import Selection
from dashboard.tables.load import Tables
from tests.made_up import Row, read

TIES = ("exercise", "pact", "visit", "statement")
DEALS = read("deals")


def both(tables: Tables, a: str, b: str, selection: Selection = Selection()) -> tuple[Compared, Compared]:  # noqa: B008
    one, other = (comparable.compared(tables, selection, key) for key in (a, b))
    return one, other


def found(parts: list[Part], title: str, label: str) -> Line:
    (part,) = [part for part in parts if part.title == title]
    (line,) = [line for line in part.lines if line.label == label]
    return line


def words(tables: Tables, a: str, b: str, title: str, label: str) -> list[str]:
    return [cell.words for cell in found(comparison.parts(tables, both(tables, a, b)), title, label).cells]


def runs_between(deal: Row, one: str, other: str) -> bool:
    """Say from the file whether a deal runs between two states; only in a tie are all its states equals."""
    sides = deal["supplier"].split(";"), deal["recipient"].split(";")
    if deal["kind"] in TIES:
        return {one, other} <= {*sides[0], *sides[1]}
    return (one in sides[0] and other in sides[1]) or (other in sides[0] and one in sides[1])


def test_a_relation_is_every_deal_that_runs_between_two_states_whichever_supplies(made_up: Tables) -> None:
    codes = sorted(made_up.party_names)
    expected = {
        frozenset(pair): {row["deal_id"] for row in DEALS if runs_between(row, *pair)}
        for pair in combinations(codes, 2)
    }
    relations = {frozenset(key.split("-")): set(ids) for key, ids in comparable.relations(made_up).items()}
    assert relations == {pair: ids for pair, ids in expected.items() if ids}


def test_of_a_relation_the_state_that_supplies_more_comes_first_and_the_busiest_leads(made_up: Tables) -> None:
    keys = list(comparable.relations(made_up))
    assert {"TUR-PAK", "CHN-PAK", "IND-TUR"} <= {*keys}
    counts = [len(ids) for ids in comparable.relations(made_up).values()]
    assert counts == sorted(counts, reverse=True)


def test_the_subject_leads_each_kind_wherever_it_stands(made_up: Tables, elsewhere: Tables) -> None:
    assert next(iter(comparable.ranked(elsewhere)["relation"])) == "KEN-TZA"
    assert list(comparable.ranked(elsewhere)["state"]) == ["KEN", "TZA", "BRA", "UGA"]
    quiet = made_up.deals[made_up.deals["deal_id"].isin(["lima-pact", "echo-jammer", "foxtrot-vests"])]
    assert list(comparable.ranked(replace(made_up, deals=quiet))["relation"]) == ["PAK-TUR", "CHN-PAK"]


@pytest.mark.parametrize(
    ("given_keys", "keys"),
    [
        (("", ""), ("TUR-PAK", "TUR-AZE")),
        (("CHN-PAK", ""), ("CHN-PAK", "TUR-PAK")),
        (("", "TUR-PAK"), ("TUR-AZE", "TUR-PAK")),
        (("TUR", ""), ("TUR", "PAK")),
        (("", "Ada Sample"), ("Çelik Örnek", "Ada Sample")),
        (("TUR", "Ada Sample"), ("TUR", "Ada Sample")),
    ],
)
def test_what_the_reader_leaves_open_is_filled_with_the_next_of_the_same_kind(
    made_up: Tables, given_keys: tuple[str, str], keys: tuple[str, str]
) -> None:
    assert comparable.pair(made_up, *given_keys) == keys


def test_too_little_to_compare_is_left_open(made_up: Tables) -> None:
    one = made_up.deals[made_up.deals["deal_id"] == "echo-jammer"]
    assert comparable.pair(replace(made_up, deals=one), "", "") == ("CHN-PAK", "")


def test_the_deals_and_statements_of_each_kind_are_those_in_view(made_up: Tables) -> None:
    relation, state = both(made_up, "CHN-PAK", "CHN", Selection(domain=("cyber", "drones")))
    assert set(relation.deals["deal_id"]) == {"echo-jammer", "quebec-drones"}
    assert set(state.deals["deal_id"]) == {"echo-jammer", "quebec-drones", "kilo-restriction"}
    assert (list(relation.quotes["quote_id"]), list(state.quotes["quote_id"])) == ([], ["ornek-code"])
    speaker, _ = both(made_up, "Ada Sample", "TUR", Selection(since=2025))
    assert set(speaker.quotes["quote_id"]) == {"sample-2025-friends", "sample-2025-papers"}
    assert set(speaker.deals["deal_id"]) == {"lima-pact"}


def test_dealings_are_counted_by_sort_and_by_way(made_up: Tables) -> None:
    pair = "TUR-PAK", "CHN-PAK"
    assert words(made_up, *pair, "Dealings", "In all") == ["8", "3"]
    assert words(made_up, *pair, "Dealings", "Ties") == ["3", "none"]
    assert words(made_up, *pair, "Dealings", "Claimed transfers") == ["2", "none"]
    assert words(made_up, *pair, "Who supplies whom", "One way") == ["Turkey to Pakistan: 3", "China to Pakistan: 3"]
    assert words(made_up, "TUR", "PAK", "Who supplies whom", "The other way") == [
        "Turkey receives: none",
        "Pakistan receives: 6",
    ]


def test_value_is_given_with_its_parts_and_what_is_unknown(made_up: Tables) -> None:
    def value(label: str) -> list[str]:
        return words(made_up, "TUR-PAK", "CHN-PAK", "Disclosed value", label)

    assert value("Disclosed") == ["$1.24bn, 3 deals", "$20,000, 1 deal"]
    assert value("Contract") == ["$1bn", "none"]
    assert value("No public value") == ["none", "1 trade deal"]
    assert value("Where sources differ") == ["$990.5m to $1.46bn", "no range"]
    assert value("Left out of the sum")[0] == "2 deals are left out of the sum: 1 alleged, 1 denied."
    assert words(made_up, "IND-TUR", "TUR-CHN", "Disclosed value", "Left out of the sum")[0] == "none"


def test_the_first_deal_and_the_latest_step_lead_to_their_deals(made_up: Tables) -> None:
    parts = comparison.parts(made_up, both(made_up, "TUR-PAK", "CHN-IND"))
    first, latest = found(parts, "When", "First").cells, found(parts, "When", "Latest step").cells
    assert (first[0].words, first[0].deal_id) == ("2003: Pact Lima", "lima-pact")
    assert (latest[0].words, latest[0].deal_id) == ("29 April 2025: Flight Papa", "papa-flight")
    assert [first[1].words, latest[1].words] == ["no date is known", "no step is known"]


def test_columns_share_their_years_and_their_height_and_set_doubt_apart(made_up: Tables) -> None:
    parts = comparison.parts(made_up, both(made_up, "TUR-PAK", "CHN-PAK"))
    (years,) = [part.years for part in parts if part.years]
    assert (years.first, years.last, years.most) == (2003, 2025, 2)
    (busy, left), (quiet, right) = years.sides
    assert (busy, quiet) == ("most in 2020: 2", "most in 2004: 1")
    assert len(left) == len(right) == 23
    assert left[2020 - 2003] == (50, 50)  # a statement, and a unit that is alleged
    assert right[2004 - 2003] == (50, 0)
    undated = comparison.parts(made_up, both(made_up, "CHN-IND", "TUR-PAK", Selection(domain=("space",))))
    assert [part.years for part in undated if part.title == "When"] == [None]
    one_sided = comparison.parts(made_up, both(made_up, "CHN-IND", "TUR-PAK"))
    assert [part.years.sides[0][0] for part in one_sided if part.years] == ["none"]


def test_how_sure_is_a_share_of_each_sides_own(made_up: Tables) -> None:
    line = found(comparison.parts(made_up, both(made_up, "TUR-PAK", "CHN-PAK")), "How sure", "Alleged or denied")
    assert [cell.words for cell in line.cells] == ["2 of 8, 25%", "none"]
    assert line.cells[0].bar == ((25.0, "hatched"),)


def test_statements_are_counted_by_side_and_speaker_and_their_time_is_given(made_up: Tables) -> None:
    pair = "TUR-PAK", "UKR-IND"
    assert words(made_up, *pair, "Statements", "In all") == ["13", "1"]
    assert words(made_up, *pair, "Statements", "Speakers") == ["5", "1"]
    assert words(made_up, *pair, "Statements", "Claim") == ["3", "1"]
    assert words(made_up, *pair, "Statements", "Time") == ["about March 2015 to 2 May 2025", "February 2023"]
    assert words(made_up, "CHN-PAK", "TUR-CHN", "Statements", "Time") == ["none", "no date is known"]


def test_speakers_are_compared_by_what_they_say_and_by_no_money(made_up: Tables) -> None:
    parts = comparison.parts(made_up, both(made_up, "Ada Sample", "Eve Specimen"))
    assert [part.title for part in parts] == ["Statements", "Topic", "Stance", "Dealings", "How sure"]
    assert [line.label for line in parts[1].lines] == ["Alliance", "Economy", "Deterrence", "Policy on India", "Region"]
    assert [cell.words for cell in parts[1].lines[0].cells] == ["2", "1"]
    assert "Speakers" not in [line.label for line in parts[0].lines]


KEYS = ["TUR-PAK", "CHN-PAK", "IND-TUR", "CHN-IND", "TUR", "IND", "Ada Sample", "Çelik Örnek"]


@given(a=st.sampled_from(KEYS), b=st.sampled_from(KEYS), since=st.sampled_from([None, 2016, 2024, 2040]))
def test_swapped_sides_have_the_same_figures_on_the_same_scale(
    made_up: Tables, a: str, b: str, since: int | None
) -> None:
    selection = Selection(since=since)
    straight, swapped = (comparison.parts(made_up, both(made_up, *keys, selection)) for keys in ((a, b), (b, a)))
    for part, other in zip(straight, swapped, strict=True):
        lines = {line.label: line.cells for line in part.lines}
        assert lines == {line.label: line.cells[::-1] for line in other.lines}
        widths = [sum(width for width, _ in cell.bar) for cells in lines.values() for cell in cells]
        assert all(0 <= width <= 100.001 for width in widths)
        assert [years.sides for years in (part.years,) if years] == [
            years.sides[::-1] for years in (other.years,) if years
        ]


@pytest.mark.parametrize(
    ("a", "b", "sentence"),
    [
        ("TUR-PAK", "CHN-PAK", "Turkey and Pakistan have more dealings than China and Pakistan (8 against 3) and more disclosed value ($1.24bn against $20,000)."),
        ("CHN-PAK", "TUR-PAK", "China and Pakistan have fewer dealings than Turkey and Pakistan (3 against 8) and less disclosed value ($20,000 against $1.24bn)."),
        ("UKR-PAK", "CHN-PAK", "Ukraine and Pakistan have fewer dealings than China and Pakistan (1 against 3) but more disclosed value ($40.5m against $20,000)."),
        ("TUR", "PAK", "Turkey has as many dealings as Pakistan (12 each) and about the same disclosed value ($1.24bn)."),
        ("TUR", "IND", "Turkey has more dealings than India (12 against 3); a value is disclosed only for Turkey ($1.24bn)."),
        ("IND-TUR", "TUR-CHN", "India and Turkey have as many dealings as Turkey and China (1 each); no value is disclosed for either."),
        ("TUR", "TUR", "Turkey is on both sides. Choose another to compare."),
        ("TUR-PAK", "TUR-PAK", "Turkey and Pakistan are on both sides. Choose another to compare."),
        ("Ada Sample", "Eve Specimen", "Ada Sample made 3 statements and Eve Specimen made 5. Both speak on alliance and economy."),
        ("Ada Sample", "TUR", "Ada Sample made 3 statements, and there are 14 statements on the dealings of Turkey."),
        ("UKR-IND", "Ada Sample", "There is 1 statement on the dealings of Ukraine and India, and Ada Sample made 3 statements."),
        ("CHN-PAK", "Ada Sample", "There is no statement on the dealings of China and Pakistan, and Ada Sample made 3 statements."),
    ],
)  # fmt: skip
def test_the_difference_is_one_sentence(made_up: Tables, a: str, b: str, sentence: str) -> None:
    assert difference.finding(made_up, both(made_up, a, b)) == sentence


def test_where_one_side_or_both_have_nothing_in_view_the_sentence_says_so(made_up: Tables) -> None:
    naval, never = Selection(domain=("naval",)), Selection(since=2040)
    one = both(made_up, "CHN-PAK", "TUR-PAK", naval)
    assert difference.finding(made_up, one).startswith(
        "China and Pakistan have fewer dealings than Turkey and Pakistan (none against 4); a value"
    )
    assert difference.sureness(one) == [
        "Two independent origins or more stand behind 25% of the second’s dealings.",
        "A value is public for 2 of the second’s 2 trade deals.",
    ]
    none = both(made_up, "CHN-PAK", "TUR-PAK", never)
    assert (
        difference.finding(made_up, none) == "Neither China and Pakistan nor Turkey and Pakistan has a dealing in view."
    )
    assert difference.sureness(none) == []


def test_how_much_of_the_difference_stands_is_said_of_both(made_up: Tables) -> None:
    assert difference.sureness(both(made_up, "CHN-PAK", "UKR-IND")) == [
        "Two independent origins or more stand behind 67% of the first’s dealings and 100% of the second’s dealings.",
        "A value is public for 2 of the first’s 3 trade deals and 1 of the second’s 1 trade deal; the others are unknown, not zero.",
    ]
    assert difference.sureness(both(made_up, "Ada Sample", "TUR")) == []
