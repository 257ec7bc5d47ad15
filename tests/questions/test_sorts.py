"""Every deal is of one sort, and each sort is counted in words."""

from __future__ import annotations

import math

import pytest

from dashboard.questions import sorts
from dashboard.tables.load import Tables
from tests.made_up import read

DEALS = read("deals")
TIES = ("exercise", "pact", "visit", "statement")
MEASURES = ("embargo", "restriction")
CLAIMED = ("transfer-claim", "covert-programme")


def test_trade_without_a_price_is_a_claimed_transfer_and_no_trade_deal(made_up: Tables) -> None:
    found = sorts.tally(made_up.deals)
    assert found["claimed"] == len([row for row in DEALS if row["kind"] in CLAIMED]) > 0
    assert found["tie"] == len([row for row in DEALS if row["kind"] in TIES])
    assert found["measure"] == len([row for row in DEALS if row["kind"] in MEASURES])
    assert sum(found.values()) == len(DEALS)


def test_a_new_kind_is_counted_by_what_the_package_says_of_it(made_up: Tables) -> None:
    one = made_up.deals.head(1)
    assert sorts.tally(one.assign(kind="new", family="measure", has_price=False))["measure"] == 1
    assert sorts.tally(one.assign(kind="new", has_price=False, value_usd_m=math.nan))["claimed"] == 1


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({"trade": 0, "tie": 0}, ""),
        ({"trade": 2, "tie": 1}, "2 trade deals and 1 tie"),
        ({"trade": 1, "tie": 0}, "1 trade deal"),
        ({"claimed": 1, "tie": 1200, "measure": 2}, "1 claimed transfer, 1,200 ties and 2 measures"),
    ],
)
def test_sorts_are_counted_in_words_and_none_is_not_said(counts: dict[str, int], words: str) -> None:
    assert sorts.counted(counts) == words
