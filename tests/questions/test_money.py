from __future__ import annotations

from collections import Counter, defaultdict

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.questions import deals, money, stages
from dashboard.tables.load import Tables
from tests.made_up import read
from tests.published import TRADE

BASES = ["contract", "reported", "estimate"]


DEALS = read("deals")


def year(row: dict[str, str]) -> str:
    return (row["start"] or row["announced"])[:4]


def key(row: dict[str, str], by: str) -> str:
    if by == "year":
        return year(row)
    return ";".join(sorted(part.strip() for part in row[by].split(";")))


def worth(row: dict[str, str], column: str = "value_usd_m") -> float:
    return float(row[column] or row["value_usd_m"])


def priced(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [row for row in rows if row["in_totals"] == "yes" and row["value_usd_m"]]


def unpriced(rows: list[dict[str, str]]) -> int:
    return sum(row["kind"] in TRADE and not row["value_usd_m"] for row in rows)


def grouped(by: str) -> dict[str, list[dict[str, str]]]:
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in DEALS:
        rows[key(row, by)].append(row)
    return rows


@pytest.mark.parametrize("by", money.BY)
def test_each_group_is_an_independent_sum_of_its_rows(made_up: Tables, by: str) -> None:
    rows = grouped(by)
    groups = {group.key: group.totals for group in money.groups(made_up, made_up.deals, by, most=1000)}
    for code, totals in groups.items():
        known = priced(rows[code])
        assert totals.disclosed == pytest.approx(sum(map(worth, known)))
        assert totals.low == pytest.approx(sum(worth(row, "value_low_usd_m") for row in known))
        assert totals.high == pytest.approx(sum(worth(row, "value_high_usd_m") for row in known))
        assert totals.priced == len(known)
        assert totals.unpriced == unpriced(rows[code])
        for basis in BASES:
            of = [worth(row) for row in known if row["value_basis"] == basis]
            assert totals.parts[basis] == (pytest.approx(sum(of)), len(of))
        out = [row for row in rows[code] if row["in_totals"] == "no"]
        assert totals.left_out == Counter(row["status"] for row in out)
        figures = [float(row["value_usd_m"]) for row in out if row["value_usd_m"]]
        assert (totals.left_out_priced, totals.left_out_usd_m) == (len(figures), pytest.approx(sum(figures)))


@pytest.mark.parametrize("by", money.BY)
def test_no_group_with_a_price_or_without_a_public_one_is_missing(made_up: Tables, by: str) -> None:
    needed = {
        code
        for code, rows in grouped(by).items()
        if priced(rows) or unpriced(rows) or any(row["in_totals"] == "no" for row in rows)
    }
    assert {group.key for group in money.groups(made_up, made_up.deals, by, most=1000)} == needed


@pytest.mark.parametrize("by", money.BY)
@pytest.mark.parametrize("most", [1, 3, 1000])
def test_the_groups_add_up_to_the_whole_however_many_are_folded(made_up: Tables, by: str, most: int) -> None:
    groups = [group.totals for group in money.groups(made_up, made_up.deals, by, most)]
    assert len(groups) <= most + 1
    assert sum(each.disclosed for each in groups) == pytest.approx(sum(map(worth, priced(DEALS))))
    assert sum(each.priced for each in groups) == len(priced(DEALS))
    assert sum(each.unpriced for each in groups) == unpriced(DEALS)
    assert sum(sum(each.left_out.values()) for each in groups) == sum(row["in_totals"] == "no" for row in DEALS)


@given(kept=st.sets(st.integers(0, len(DEALS) - 1)), by=st.sampled_from(money.BY))
def test_the_groups_of_any_deals_add_up_to_their_totals(made_up: Tables, kept: set[int], by: str) -> None:
    some = made_up.deals.iloc[sorted(kept)]
    whole = deals.total(some, BASES)
    groups = [group.totals for group in money.groups(made_up, some, by, most=4)]
    for name in ("disclosed", "low", "high", "priced", "unpriced", "left_out_priced", "left_out_usd_m"):
        assert sum(getattr(each, name) for each in groups) == pytest.approx(getattr(whole, name)), name
    assert sum((Counter(each.left_out) for each in groups), Counter()) == whole.left_out


def test_what_is_folded_is_counted_and_where_nothing_is_there_is_no_such_group(made_up: Tables) -> None:
    whole = len(money.groups(made_up, made_up.deals, "domain", most=100))
    assert whole == 6
    assert [group.key for group in money.groups(made_up, made_up.deals, "domain", most=whole)].count(money.FOLDED) == 0
    folded = money.groups(made_up, made_up.deals, "domain", most=whole - 1)[-1]
    assert (folded.key, folded.label) == (money.FOLDED, "1 more, together")


def test_the_same_suppliers_in_another_order_are_one_group(made_up: Tables) -> None:
    joint = made_up.deals[made_up.deals["supplier"].str.contains(";")].head(1)
    turned = joint.assign(supplier=";".join(reversed(joint["supplier"].iloc[0].split(";"))))
    assert turned["supplier"].iloc[0] != joint["supplier"].iloc[0]
    assert len(money.groups(made_up, pd.concat([joint, turned]).assign(kind="sale"), "supplier")) == 1


def test_a_joint_group_names_all_its_states(made_up: Tables) -> None:
    assert money.label(made_up, "supplier", "TUR;UKR") == "Turkey and Ukraine"
    assert money.label(made_up, "recipient", "PAK;TUR;AZE") == "Azerbaijan, Pakistan and Turkey"
    assert money.label(made_up, "recipient", "PAK") == "Pakistan"
    assert money.label(made_up, "year", "") == "Year not known"
    assert money.label(made_up, "status", "in-progress") == "In progress"


def test_groups_come_largest_first_years_latest_first_and_statuses_as_in_the_dictionary(made_up: Tables) -> None:
    sums = [group.totals.disclosed for group in money.groups(made_up, made_up.deals, "domain")]
    assert sums == sorted(sums, reverse=True)
    years = [group.key for group in money.groups(made_up, made_up.deals, "year")]
    assert years == sorted(years, reverse=True)
    assert years[-1] == ""
    order = list(made_up.dictionary.choices("deals", "status"))
    shown = [group.key for group in money.groups(made_up, made_up.deals, "status")]
    assert shown == [status for status in order if status in shown]
    doubted = [group.key for group in money.groups(made_up, made_up.deals, "status") if group.is_doubted]
    assert doubted == ["alleged", "denied"]
    assert not any(group.is_doubted for group in money.groups(made_up, made_up.deals, "year"))


def test_no_deals_give_no_groups(made_up: Tables) -> None:
    for by in money.BY:
        assert money.groups(made_up, made_up.deals.iloc[:0], by) == []


def test_ties_only_have_no_group_because_they_have_no_price(made_up: Tables) -> None:
    ties = made_up.deals[made_up.deals["kind"].isin(["exercise", "pact"]) & (made_up.deals["in_totals"] == "yes")]
    assert len(ties)
    assert money.groups(made_up, ties, "domain") == []


def test_constant_dollars_are_those_of_the_latest_year_of_the_index(made_up: Tables) -> None:
    constant = money.deflate(made_up.deals, made_up.deflator)
    assert constant.base == 2025
    # The index is 300 in 2025, and was 150 in 2010 (frigates), 200 in 2015 (upgrade), 260 in 2021 (engine).
    totals = deals.total(constant.deals, BASES)
    assert totals.disclosed == pytest.approx(1000 * 300 / 150 + 200 * 300 / 200 + 40.5 * 300 / 260)
    assert totals.low == pytest.approx(800 * 300 / 150 + 150 * 300 / 200 + 40.5 * 300 / 260)
    assert totals.high == pytest.approx(1200 * 300 / 150 + 200 * 300 / 200 + 60 * 300 / 260)


def test_a_deal_without_a_year_is_left_out_of_constant_dollars_and_counted(made_up: Tables) -> None:
    constant = money.deflate(made_up.deals, made_up.deflator)
    undated = {"golf-course", "quebec-drones", "sierra-satellite"}  # of these the drones have a value
    assert (constant.undated, constant.undated_priced) == (3, 1)
    assert not set(constant.deals["deal_id"]) & undated
    assert len(constant.deals) == len(DEALS) - len(undated) - constant.unindexed


def test_a_value_of_a_year_beyond_the_index_is_left_out_and_counted(made_up: Tables) -> None:
    short = made_up.deflator[made_up.deflator["year"] <= 2017]
    constant = money.deflate(made_up.deals, short)
    assert constant.base == 2017
    # Vests are of 2004, before the index; trainer, engine and missile come after it. Their other years stay.
    assert constant.unindexed == 4
    assert set(constant.deals.dropna(subset="value_usd_m")["deal_id"]) == {"alpha-frigates", "bravo-upgrade"}
    assert "juliett-embargo" in set(constant.deals["deal_id"])


def test_deflating_does_not_touch_the_shared_table(made_up: Tables) -> None:
    before = made_up.deals["value_usd_m"].sum()
    money.deflate(made_up.deals, made_up.deflator)
    assert made_up.deals["value_usd_m"].sum() == before == sum(float(row["value_usd_m"] or 0) for row in DEALS)


def test_each_stage_counts_and_adds_its_own_rows_apart_by_totals(made_up: Tables) -> None:
    found_stages = stages.stages(made_up, made_up.deals)
    assert sum(stage.trade + stage.claimed + stage.other for stage in found_stages) == len(DEALS)
    for stage in found_stages:
        rows = [row for row in DEALS if row["status"] == stage.status]
        known = priced(rows)
        apart = [row for row in rows if row["in_totals"] == "no" and row["value_usd_m"]]
        assert stage.trade == sum(row["kind"] in TRADE for row in rows)
        assert stage.claimed == sum(row["kind"] in ("covert-programme", "transfer-claim") for row in rows)
        assert stage.other == len(rows) - stage.trade - stage.claimed
        assert (stage.priced, stage.usd_m) == (len(known), pytest.approx(sum(map(worth, known))))
        assert (stage.apart_priced, stage.apart_usd_m) == (len(apart), pytest.approx(sum(map(worth, apart))))
        assert stage.unpriced == unpriced(rows)


def test_the_ladder_runs_from_proposed_to_delivered_and_the_rest_stands_apart(made_up: Tables) -> None:
    found_stages = stages.stages(made_up, made_up.deals.iloc[:0])
    order = [stage.status for stage in found_stages]
    assert order[:5] == ["proposed", "negotiating", "signed", "in-progress", "delivered"]
    assert order[5:] == ["ongoing", "stalled", "cancelled", "alleged", "denied"]
    assert [stage.on_ladder for stage in found_stages] == [True] * 5 + [False] * 5
    assert [stage.status for stage in found_stages if stage.is_doubted] == ["alleged", "denied"]


def test_the_reasons_say_why_deals_are_left_out(made_up: Tables) -> None:
    out = [row for row in DEALS if row["in_totals"] == "no"]
    words = money.left_out(made_up, deals.total(made_up.deals, BASES))
    assert words.startswith(f"{len(out)} deals are left out of the sum: ")
    assert "3 of them have public figures, $465m in all." in words
    assert "3 alleged" in words
    assert "1 delivered or completed (counted elsewhere or outside this trade)" in words
    assert words.count("(counted elsewhere") == 1
    assert money.left_out(made_up, deals.total(made_up.deals.iloc[:0], BASES)) == ""


def test_the_range_of_a_sum_is_said_only_where_sources_differ(made_up: Tables) -> None:
    assert money.notes(made_up, deals.total(made_up.deals, BASES)) == [
        "Where sources differ, the sum runs from $990.5m to $1.46bn.",
        money.left_out(made_up, deals.total(made_up.deals, BASES)),
    ]
    agreed = made_up.deals[made_up.deals["value_low_usd_m"].isna() & made_up.deals["value_high_usd_m"].isna()]
    assert deals.total(agreed, BASES).priced > 0
    assert not any("sources differ" in words for words in money.notes(made_up, deals.total(agreed, BASES)))
