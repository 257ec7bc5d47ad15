from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.questions import evidence
from dashboard.questions.deals import SURE, Selection, select
from dashboard.tables.load import Tables
from tests.made_up import read
from tests.published import items

DEALS, QUOTES, SOURCES = read("deals"), read("quotes"), {row["source_id"]: row for row in read("sources")}
FLIGHT = "papa-flight"


def some_deals(rows: list[tuple[str, int, int, float | None, str, str]]) -> pd.DataFrame:
    """Return deals made up for a test: id, origins, credibility, value, basis and whether in totals."""
    columns = ["deal_id", "origins", "credibility", "value_usd_m", "value_basis", "in_totals"]
    return pd.DataFrame(rows, columns=columns).astype({"value_usd_m": float, "credibility": "Int64"})


def test_the_contested_deals_are_those_doubted_and_those_both_claimed_and_denied(made_up: Tables) -> None:
    stances = defaultdict(set)
    for row in QUOTES:
        for deal in items(row["deal_ids"]):
            stances[deal].add(row["stance"])
    both = {deal for deal, said in stances.items() if {"claim", "denial"} <= said}
    doubted = {row["deal_id"] for row in DEALS if row["status"] in ("alleged", "denied")}
    assert evidence.contested_ids(made_up, made_up.deals) == doubted | both
    assert both == {FLIGHT, "bravo-upgrade"}
    assert FLIGHT in doubted
    assert "bravo-upgrade" not in doubted


def test_a_deal_that_is_only_claimed_or_only_denied_is_not_contested_by_that(made_up: Tables) -> None:
    said = made_up.quotes.assign(stance="claim")
    doubted = {row["deal_id"] for row in DEALS if row["status"] in ("alleged", "denied")}
    assert evidence.contested_ids(replace(made_up, quotes=said), made_up.deals) == doubted
    assert evidence.contested_ids(replace(made_up, quotes=said.assign(stance="denial")), made_up.deals) == doubted
    assert evidence.contested_ids(replace(made_up, quotes=said.assign(stance="concern")), made_up.deals) == doubted


@pytest.mark.parametrize("table", ["deals", "quotes", "milestones", "deflator"])
def test_the_sources_of_a_row_are_those_it_names_the_best_first(table: str, made_up: Tables) -> None:
    for row in read(table):
        found = evidence.cited(made_up, [row["source_ids"]])
        named = sorted(
            (SOURCES[source] for source in items(row["source_ids"])), key=lambda source: source["reliability"]
        )
        assert Counter(found["source_id"]) == Counter(source["source_id"] for source in named)
        assert list(found["reliability"]) == [source["reliability"] for source in named]


@pytest.mark.parametrize("table", ["deals", "quotes", "milestones", "deflator"])
def test_each_row_has_its_own_sources_and_no_others(table: str, made_up: Tables) -> None:
    each = evidence.cited_each(made_up, getattr(made_up, table)["source_ids"])
    cells = [row["source_ids"] for row in read(table)]
    assert len({frozenset(items(cell)) for cell in cells}) > 1 or table == "deflator"
    for cell, found in zip(cells, each, strict=True):
        assert Counter(source["source_id"] for source in found) == Counter(items(cell))
        grades = [source["reliability"] for source in found]
        assert grades == sorted(grades)


def test_a_source_of_several_rows_comes_once_and_no_row_has_none(made_up: Tables) -> None:
    cells = [row["source_ids"] for row in read("milestones") if row["deal_id"] == FLIGHT]
    named = {source for cell in cells for source in items(cell)}
    assert sorted(evidence.cited(made_up, cells)["source_id"]) == sorted(named)
    assert evidence.cited(made_up, []).empty


def test_the_positions_on_a_deal_are_complete_and_in_order_of_date(made_up: Tables) -> None:
    found = evidence.positions(made_up, FLIGHT)
    said = [row for row in QUOTES if FLIGHT in items(row["deal_ids"])]
    sides = {"claim": "asserts", "denial": "denies"}
    assert Counter(found["quote_id"]) == Counter(row["quote_id"] for row in said)
    assert dict(zip(found["quote_id"], found["side"], strict=True)) == {
        row["quote_id"]: sides.get(row["stance"], "comments") for row in said
    }
    dated = [day for day in found["date_earliest"] if pd.notna(day)]
    assert dated == sorted(dated)
    assert found["date_earliest"].notna().tolist() == [True] * len(dated) + [False] * (len(found) - len(dated))
    assert list(found["side"]) == ["denies", "asserts", "denies", "comments"]  # the first is known to the year only


def test_a_statement_without_a_date_comes_last(made_up: Tables) -> None:
    order = ["delta-2025-no-parts", "ornek-2025-landing", "muster-2025-no-arms", "ornek-code"]
    assert evidence.positions(made_up, FLIGHT)["quote_id"].tolist() == order


def test_each_step_of_robustness_is_what_a_hand_works_out() -> None:
    deals = some_deals([
        ("two-origins-confirmed", 2, 1, 1000, "contract", "yes"),
        ("two-origins-doubtful", 3, 4, 200, "reported", "yes"),
        ("one-origin-probable", 1, 2, 30, "reported", "yes"),
        ("one-origin-unjudged", 1, 6, 4, "estimate", "yes"),
        ("no-public-value", 5, 1, None, "", "yes"),
        ("not-in-totals", 5, 1, 50_000, "reported", "no"),
    ])  # fmt: skip
    steps = evidence.robustness(deals)
    assert [(step.sure, step.label) for step in steps] == list(SURE.items())
    assert [(step.usd_m, step.priced, step.fallen, step.fallen_usd_m) for step in steps] == [
        (1234.0, 4, 0, 0.0),  # 1000 + 200 + 30 + 4
        (1200.0, 2, 2, 34.0),  # 1000 + 200; without 30 and 4
        (1030.0, 2, 2, 204.0),  # 1000 + 30; without 200 and 4
        (1000.0, 1, 3, 234.0),  # 1000; without 200, 30 and 4
    ]
    # Of 1234, the single origins make 30 + 4 and the contract 1000.
    assert evidence.shares(deals) == pytest.approx((34 / 1234, 1000 / 1234))


def test_each_step_of_robustness_equals_a_sum_over_the_file(made_up: Tables) -> None:
    money = [row for row in DEALS if row["in_totals"] == "yes" and row["value_usd_m"]]
    two = {row["deal_id"] for row in money if len({SOURCES[key]["origin"] for key in items(row["source_ids"])}) >= 2}
    credible = {row["deal_id"] for row in money if row["credibility"] in "12"}
    every = {row["deal_id"] for row in money}
    value = {row["deal_id"]: float(row["value_usd_m"]) for row in money}
    steps = evidence.robustness(made_up.deals)
    for step, kept in zip(steps, [every, two, credible, two & credible], strict=True):
        assert step.usd_m == pytest.approx(sum(value[deal] for deal in kept))
        assert step.fallen_usd_m == pytest.approx(sum(value[deal] for deal in every - kept))
        assert (step.priced, step.fallen) == (len(kept), len(every - kept))
    single = sum(value[deal] for deal in every - two)
    contract = sum(value[row["deal_id"]] for row in money if row["value_basis"] == "contract")
    assert evidence.shares(made_up.deals) == pytest.approx(
        (single / sum(value.values()), contract / sum(value.values()))
    )


@given(st.lists(st.booleans(), min_size=len(DEALS), max_size=len(DEALS)))
def test_what_stands_and_what_falls_away_make_the_whole_at_each_step(made_up: Tables, chosen: list[bool]) -> None:
    steps = evidence.robustness(made_up.deals[chosen])
    assert [step.usd_m + step.fallen_usd_m for step in steps] == pytest.approx([steps[0].usd_m] * len(SURE))
    assert [step.priced + step.fallen for step in steps] == [steps[0].priced] * len(SURE)
    assert all(steps[3].usd_m <= step.usd_m for step in steps[1:3])


@given(st.lists(st.booleans(), min_size=len(DEALS), max_size=len(DEALS)))
def test_deals_among_others_are_worth_what_they_are_worth_alone(made_up: Tables, chosen: list[bool]) -> None:
    among, alone = np.array(chosen), made_up.deals[chosen]
    assert evidence.robustness(made_up.deals, among) == evidence.robustness(alone)
    assert evidence.shares(made_up.deals, among) == evidence.shares(alone)


def test_where_nothing_is_disclosed_there_is_no_share(made_up: Tables) -> None:
    assert evidence.shares(made_up.deals.iloc[:0]) is None
    assert evidence.shares(select(made_up, Selection(status=("alleged", "denied")))) is None
    assert [step.usd_m for step in evidence.robustness(made_up.deals.iloc[:0])] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (0, "none"), (0.0001, "less than 1%"), (0.0099, "less than 1%"), (0.01, "1%"), (0.5, "50%"), (0.99, "99%"),
        (0.9951, "more than 99%"), (0.99999, "more than 99%"), (1, "100%"),
    ],
)  # fmt: skip
def test_a_share_hides_neither_a_trace_nor_a_remainder(part: float, words: str) -> None:
    assert evidence.format_share(part) == words


def test_a_deal_known_from_the_press_of_one_side_alone_is_marked(made_up: Tables) -> None:
    expected = {}
    for row in DEALS:
        countries = {SOURCES[source]["country"] for source in items(row["source_ids"])}
        if countries <= {*items(row["supplier"])} or countries <= {*items(row["recipient"])}:
            expected[row["deal_id"]] = sorted(countries)

    assert evidence.one_sided(made_up) == expected
    assert 0 < len(expected) < len(DEALS)


@pytest.mark.parametrize(
    ("seats", "marked"),
    [
        (["TUR", "TUR"], ["TUR"]),
        (["PAK"], ["PAK"]),
        (["AZE", "TUR"], ["AZE", "TUR"]),  # two countries, one side
        (["TUR", "PAK"], None),
        (["IND", "IND"], None),  # a third state
        (["TUR", "IND"], None),
        (["TUR", ""], None),  # a seat not known may be anybody's
        ([""], None),
    ],
)
def test_only_the_press_of_one_side_is_one_sided(made_up: Tables, seats: list[str], marked: list[str] | None) -> None:
    sides = [("TUR", "supplier"), ("AZE", "supplier"), ("PAK", "recipient")]
    made = replace(
        made_up,
        parties=pd.DataFrame([("x", *side) for side in sides], columns=["deal_id", "country", "side"]),
        sources=pd.DataFrame({"source_id": [f"s{at}" for at, _ in enumerate(seats)], "country": seats}, dtype=str),
        citations=pd.DataFrame({"id": "x", "source_id": [f"s{at}" for at, _ in enumerate(seats)], "table": "deals"}),
    )
    assert evidence.one_sided(made).get("x") == marked
