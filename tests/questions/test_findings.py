"""The sentences above pictures: for none, one, many and equals."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.questions import findings, flows, money
from dashboard.questions.deals import total
from dashboard.tables.load import Tables


@pytest.mark.parametrize(
    ("years", "undated", "words"),
    [
        ({}, 0, "No deal has a date."),
        ({}, 2, "No deal has a date. 2 deals have no date."),
        ({2001: 1}, 0, "1 deal began, in 2001."),
        ({2001: 3}, 1, "3 deals began, all in 2001. 1 deal has no date."),
        ({2001: 1, 2002: 0, 2003: 2}, 0, "2 of 3 deals began in 2003, more than in any other year."),
        ({2001: 2, 2002: 2}, 0, "4 deals began from 2001 to 2002, never more than 2 in a year."),
    ],
)
def test_the_year_in_which_most_began_is_said(years: dict[int, int], undated: int, words: str) -> None:
    assert findings.on_years(pd.DataFrame({"any": years}), undated) == words


def on_directions(tables: Tables, *deal_ids: str) -> str:
    found = tables.deals[tables.deals["deal_id"].isin(deal_ids)] if deal_ids else tables.deals
    return findings.on_directions(found, flows.flows(tables, found, "deals"))


def test_from_whom_to_whom_most_trade_runs_is_said(made_up: Tables) -> None:
    some = made_up.deals[made_up.deals["domain"].isin(["naval", "air", "cyber", "multi"])]
    lines = flows.flows(made_up, some, "deals")
    (where, most), (_, next_most), *_ = flows.busiest(lines, "trade")
    assert most > next_most
    words = on_directions(made_up, *some["deal_id"])
    assert words.startswith(f"{most} of ")
    assert f" trade deals run from {where}. Counted apart: " in words
    assert on_directions(made_up, "alpha-frigates") == "1 of 1 trade deal runs from Turkey to Pakistan."
    equals = on_directions(made_up, "delta-engine")
    assert equals == "1 trade deal runs in 4 directions, never more than 1 in one."
    assert on_directions(made_up, "lima-pact") == "No trade deal is in view, but 1 tie."


def test_a_group_is_called_as_a_sentence_calls_it(made_up: Tables) -> None:
    group = money.groups(made_up, made_up.deals, "domain")[0]
    totals = total(made_up.deals, list(made_up.dictionary.choices("deals", "value_basis")))
    for domain, label in made_up.dictionary.choices("deals", "domain").items():
        words = findings.on_value(made_up, "domain", [money.Group(domain, label, group.totals)], totals)
        before = made_up.dictionary.tables["deals"]["domain"].meanings[domain].get("before", label)
        assert words.startswith(f"{before} deals make up ")
    states = money.Group("TUR;GBR", "any", group.totals)
    assert findings.on_value(made_up, "recipient", [states], totals).startswith(
        "Supplies to Turkey and the United Kingdom make up "
    )
