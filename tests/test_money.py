from __future__ import annotations

from collections import Counter, defaultdict

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import deals, evidence, money
from dashboard.data import Tables
from tests.published import TRADE, read

BASES = ["contract", "reported", "estimate"]


DEALS = read("deals")
INDEX = {int(row["year"]): float(row["cpi_u"]) for row in read("deflator")}


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
def test_each_group_is_an_independent_sum_of_its_rows(tables: Tables, by: str) -> None:
    rows = grouped(by)
    groups = {group.key: group.totals for group in money.groups(tables, tables.deals, by, most=1000)}
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
def test_no_group_with_a_price_or_without_a_public_one_is_missing(tables: Tables, by: str) -> None:
    needed = {
        code
        for code, rows in grouped(by).items()
        if priced(rows) or unpriced(rows) or any(row["in_totals"] == "no" for row in rows)
    }
    assert {group.key for group in money.groups(tables, tables.deals, by, most=1000)} == needed


@pytest.mark.parametrize("by", money.BY)
@pytest.mark.parametrize("most", [1, 3, 1000])
def test_the_groups_add_up_to_the_whole_however_many_are_folded(tables: Tables, by: str, most: int) -> None:
    groups = [group.totals for group in money.groups(tables, tables.deals, by, most)]
    assert len(groups) <= most + 1
    assert sum(each.disclosed for each in groups) == pytest.approx(sum(map(worth, priced(DEALS))))
    assert sum(each.priced for each in groups) == len(priced(DEALS))
    assert sum(each.unpriced for each in groups) == unpriced(DEALS)
    assert sum(sum(each.left_out.values()) for each in groups) == sum(row["in_totals"] == "no" for row in DEALS)


@given(kept=st.sets(st.integers(0, len(DEALS) - 1)), by=st.sampled_from(money.BY))
def test_the_groups_of_any_deals_add_up_to_their_totals(tables: Tables, kept: set[int], by: str) -> None:
    some = tables.deals.iloc[sorted(kept)]
    whole = deals.total(some, BASES)
    groups = [group.totals for group in money.groups(tables, some, by, most=4)]
    for name in ("disclosed", "low", "high", "priced", "unpriced", "left_out_priced", "left_out_usd_m"):
        assert sum(getattr(each, name) for each in groups) == pytest.approx(getattr(whole, name)), name
    assert sum((Counter(each.left_out) for each in groups), Counter()) == whole.left_out


def test_the_same_suppliers_in_another_order_are_one_group(tables: Tables) -> None:
    joint = tables.deals[tables.deals["supplier"].str.contains(";")].head(1)
    turned = joint.assign(supplier=";".join(reversed(joint["supplier"].iloc[0].split(";"))))
    assert turned["supplier"].iloc[0] != joint["supplier"].iloc[0]
    assert len(money.groups(tables, pd.concat([joint, turned]).assign(kind="sale"), "supplier")) == 1


def test_a_joint_group_names_all_its_states(tables: Tables) -> None:
    assert money.label(tables, "supplier", "TUR;UKR") == "Turkey and Ukraine"
    assert money.label(tables, "recipient", "PAK;TUR;AZE") == "Azerbaijan, Pakistan and Turkey"
    assert money.label(tables, "recipient", "PAK") == "Pakistan"
    assert money.label(tables, "year", "") == "Year not known"
    assert money.label(tables, "status", "in-progress") == "In progress"


def test_groups_come_largest_first_years_latest_first_and_statuses_as_in_the_dictionary(tables: Tables) -> None:
    sums = [group.totals.disclosed for group in money.groups(tables, tables.deals, "domain")]
    assert sums == sorted(sums, reverse=True)
    years = [group.key for group in money.groups(tables, tables.deals, "year")]
    assert years == sorted(years, reverse=True)
    assert years[-1] == ""
    order = list(tables.dictionary.choices("deals", "status"))
    shown = [group.key for group in money.groups(tables, tables.deals, "status")]
    assert shown == [status for status in order if status in shown]


def test_no_deals_give_no_groups(tables: Tables) -> None:
    for by in money.BY:
        assert money.groups(tables, tables.deals.iloc[:0], by) == []


def test_ties_only_have_no_group_because_they_have_no_price(tables: Tables) -> None:
    ties = tables.deals[tables.deals["kind"].isin(["exercise", "pact"]) & (tables.deals["in_totals"] == "yes")]
    assert len(ties)
    assert money.groups(tables, ties, "domain") == []


def test_constant_dollars_are_those_of_the_latest_year_of_the_index(tables: Tables) -> None:
    constant = money.deflate(tables.deals, tables.deflator)
    assert constant.base == max(INDEX)
    expected = sum(worth(row) * INDEX[constant.base] / INDEX[int(year(row))] for row in priced(DEALS) if year(row))
    assert deals.total(constant.deals, BASES).disclosed == pytest.approx(expected)
    lowest = sum(
        worth(row, "value_low_usd_m") * INDEX[constant.base] / INDEX[int(year(row))]
        for row in priced(DEALS)
        if year(row)
    )
    assert deals.total(constant.deals, BASES).low == pytest.approx(lowest)


def test_a_deal_without_a_year_is_left_out_of_constant_dollars_and_counted(tables: Tables) -> None:
    constant = money.deflate(tables.deals, tables.deflator)
    undated = [row for row in DEALS if not year(row)]
    assert undated
    assert constant.undated == len(undated)
    assert constant.undated_priced == sum(bool(row["value_usd_m"]) for row in undated)
    assert not set(constant.deals["deal_id"]) & {row["deal_id"] for row in undated}
    assert len(constant.deals) == len(DEALS) - len(undated) - constant.unindexed


def test_a_value_of_a_year_beyond_the_index_is_left_out_and_counted(tables: Tables) -> None:
    short = tables.deflator[tables.deflator["year"] <= 2017]
    constant = money.deflate(tables.deals, short)
    assert constant.base == 2017
    beyond = [row for row in DEALS if row["value_usd_m"] and year(row) > "2017"]
    assert constant.unindexed == len(beyond)
    assert not set(constant.deals["deal_id"]) & {row["deal_id"] for row in beyond}
    assert constant.deals["value_usd_m"].count() == sum(bool(row["value_usd_m"]) for row in DEALS) - len(beyond)


def test_deflating_does_not_touch_the_shared_table(tables: Tables) -> None:
    before = tables.deals["value_usd_m"].sum()
    money.deflate(tables.deals, tables.deflator)
    assert tables.deals["value_usd_m"].sum() == before == sum(float(row["value_usd_m"] or 0) for row in DEALS)


def test_each_stage_counts_and_adds_its_own_rows_apart_by_totals(tables: Tables) -> None:
    stages = money.stages(tables, tables.deals)
    assert sum(stage.trade + stage.other for stage in stages) == len(DEALS)
    for stage in stages:
        rows = [row for row in DEALS if row["status"] == stage.status]
        known = priced(rows)
        apart = [row for row in rows if row["in_totals"] == "no" and row["value_usd_m"]]
        assert stage.trade == sum(row["kind"] in TRADE for row in rows)
        assert stage.other == len(rows) - stage.trade
        assert (stage.priced, stage.usd_m) == (len(known), pytest.approx(sum(map(worth, known))))
        assert (stage.apart_priced, stage.apart_usd_m) == (len(apart), pytest.approx(sum(map(worth, apart))))
        assert stage.unpriced == unpriced(rows)


def test_the_ladder_runs_from_proposed_to_delivered_and_the_rest_stands_apart(tables: Tables) -> None:
    order = [stage.status for stage in money.stages(tables, tables.deals.iloc[:0])]
    assert order[:5] == ["proposed", "negotiating", "signed", "in-progress", "delivered"]
    assert set(order[5:]) == {"ongoing", "stalled", "cancelled", "alleged", "denied"}


def origins() -> dict[str, int]:
    origin = {row["source_id"]: row["origin"] for row in read("sources")}
    return {row["deal_id"]: len({origin[key.strip()] for key in row["source_ids"].split(";")}) for row in DEALS}


def stands(row: dict[str, str], step: str) -> bool:
    enough, credible = origins()[row["deal_id"]] >= 2, row["credibility"] in ("1", "2")
    return {"any": True, "origins": enough, "credible": credible, "both": enough and credible}[step]


def test_each_step_of_evidence_is_a_sum_by_hand(tables: Tables) -> None:
    steps = evidence.robustness(tables.deals).set_index("sure")
    assert list(steps.index) == ["any", "origins", "credible", "both"]
    for step, row in steps.iterrows():
        kept = [deal for deal in priced(DEALS) if stands(deal, str(step))]
        assert (row["usd_m"], row["priced"]) == (pytest.approx(sum(map(worth, kept))), len(kept))
        assert row["fallen"] == len(priced(DEALS)) - len(kept)
        assert row["fallen_usd_m"] == pytest.approx(sum(map(worth, priced(DEALS))) - sum(map(worth, kept)))
    assert steps["usd_m"].nunique() > 1


def test_the_shares_of_a_single_origin_and_of_contracts_are_those_of_the_rows(tables: Tables) -> None:
    whole = sum(map(worth, priced(DEALS)))
    found = evidence.shares(tables.deals)
    assert found
    count = origins()
    single = sum(worth(row) for row in priced(DEALS) if count[row["deal_id"]] == 1)
    contract = sum(worth(row) for row in priced(DEALS) if row["value_basis"] == "contract")
    assert found == (pytest.approx(single / whole), pytest.approx(contract / whole))


def test_a_share_hides_neither_a_trace_nor_a_remainder() -> None:
    shown = [evidence.format_share(part) for part in (0, 0.004, 0.426, 0.996, 1)]
    assert shown == ["none", "less than 1%", "43%", "more than 99%", "100%"]


def test_the_reasons_say_why_deals_are_left_out(tables: Tables) -> None:
    out = [row for row in DEALS if row["in_totals"] == "no"]
    words = money.left_out(tables, deals.total(tables.deals, BASES))
    assert words.startswith(f"{len(out)} deals left out of the sum")
    assert f"{sum(row['status'] == 'alleged' for row in out)} alleged" in words
    signed = sum(row["status"] == "signed" for row in out)
    assert f"{signed} signed (counted elsewhere or outside this trade)" in words
    assert money.left_out(tables, deals.total(tables.deals.iloc[:0], BASES)) == ""


def test_the_range_of_a_sum_is_said_only_where_sources_differ(tables: Tables) -> None:
    low, high = (sum(worth(row, f"value_{end}_usd_m") for row in priced(DEALS)) for end in ("low", "high"))
    words = money.range_words(deals.total(tables.deals, BASES))
    assert f"from {deals.format_usd(low)} to {deals.format_usd(high)}" in words
    agreed = tables.deals[tables.deals["value_low_usd_m"].isna()]
    assert money.range_words(deals.total(agreed, BASES)) == ""
