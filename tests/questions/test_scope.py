"""What is between the two subject states, what they share with others and what is around them, each counted apart."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from dashboard.questions import scope
from dashboard.questions.scope import AROUND, BETWEEN, SHARED, Tally
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.load import Tables
from tests.made_up import Row, format_usd, read

PAIR = {"TUR", "PAK"}


def scope_of(tables: Tables, supplier: str, recipient: str, family: str) -> str:
    """Return the scope of a deal made up from its two sides and its family."""
    one = tables.deals.head(1).assign(supplier=supplier, recipient=recipient, family=family)
    (found,) = scope.scopes(replace(tables, deals=one), one)
    return str(found)


@pytest.mark.parametrize(
    ("supplier", "recipient", "family", "expected"),
    [
        ("TUR", "PAK", "trade", BETWEEN),
        ("PAK", "TUR", "trade", BETWEEN),
        ("PAK", "TUR", "tie", BETWEEN),
        ("TUR", "PAK", "measure", BETWEEN),
        ("TUR;BEL", "PAK", "trade", SHARED),
        ("TUR", "PAK;AZE", "tie", SHARED),
        ("AZE", "TUR;PAK", "tie", SHARED),
        ("AZE", "TUR;PAK", "trade", AROUND),
        ("TUR;PAK", "AZE", "trade", AROUND),
        ("USA", "TUR;PAK", "measure", AROUND),
        ("TUR", "AZE", "tie", AROUND),
        ("CHN", "PAK", "trade", AROUND),
        ("CHN", "IND", "trade", AROUND),
    ],
)
def test_the_sides_and_the_family_decide_the_scope(
    made_up: Tables, supplier: str, recipient: str, family: str, expected: str
) -> None:
    assert scope_of(made_up, supplier, recipient, family) == expected


def test_another_data_set_has_another_pair(made_up: Tables) -> None:
    other = replace(made_up, dictionary=Dictionary(made_up.dictionary.descriptor | {"subject": ["CHN", "PAK"]}))
    assert scope_of(other, "CHN", "PAK", "trade") == BETWEEN
    assert scope_of(other, "TUR", "PAK", "trade") == AROUND
    assert scope.subject_names(other) == "China and Pakistan"


def recounted(rows: list[Row]) -> dict[str, list[Row]]:
    """Return the rows of each scope, decided from the file alone."""
    found: dict[str, list[Row]] = {BETWEEN: [], SHARED: [], AROUND: []}
    ties = {"exercise", "pact", "visit", "statement"}
    for row in rows:
        ours, theirs = set(row["supplier"].split(";")), set(row["recipient"].split(";"))
        apart = len(ours & PAIR) == 1 and len(theirs & PAIR) == 1 and ours & PAIR != theirs & PAIR
        if apart and len(ours | theirs) == 2:
            found[BETWEEN].append(row)
        elif apart or (row["kind"] in ties and ours | theirs >= PAIR):
            found[SHARED].append(row)
        else:
            found[AROUND].append(row)
    return found


def test_every_figure_can_be_counted_again_from_the_file(made_up: Tables) -> None:
    counted = scope.tallies(made_up, made_up.deals)
    for name, rows in recounted(read("deals")).items():
        tally = counted[name]
        assert tally.deals == len(rows) > 0
        unpriced_kinds = {"exercise", "pact", "visit", "statement", "embargo", "restriction"}
        claimed_kinds = {"transfer-claim", "covert-programme"}
        trade = [row for row in rows if row["kind"] not in unpriced_kinds | claimed_kinds]
        assert tally.trade == len(trade)
        assert tally.claimed == len([row for row in rows if row["kind"] in claimed_kinds])
        assert tally.counts["measure"] == len([row for row in rows if row["kind"] in {"embargo", "restriction"}])
        assert tally.doubted == len([row for row in trade if row["status"] in {"alleged", "denied"}])
        assert tally.unagreed == len([row for row in trade if row["status"] in {"proposed", "negotiating"}])
        valued = [row for row in rows if row["value_usd_m"] and row["in_totals"] == "yes"]
        assert tally.totals.priced == len(valued)
        assert tally.totals.disclosed == pytest.approx(sum(float(row["value_usd_m"]) for row in valued))


def test_the_scopes_share_out_the_total_and_no_deal_is_in_two(made_up: Tables) -> None:
    found = scope.tallies(made_up, made_up.deals).values()
    assert sum(tally.deals for tally in found) == len(made_up.deals)
    whole = made_up.deals.loc[made_up.deals["in_totals"] == "yes", "value_usd_m"].sum()
    assert sum(tally.totals.disclosed for tally in found) == pytest.approx(whole)


# --- the words ---------------------------------------------------------------------------------------------------


def tally(made_up: Tables, priced: int = 0, usd: float = 0.0, left_out: int = 0, **own: int) -> Tally:
    """Return a tally made up for a test."""
    trade, parts = own.get("trade", 0), {name: own.pop(name) for name in ("unagreed", "doubted") if name in own}
    none = scope.tallies(made_up, made_up.deals.iloc[:0])[BETWEEN]
    totals = replace(none.totals, priced=priced, disclosed=usd, unpriced=trade - priced, left_out_priced=left_out)
    return replace(none, counts={**none.counts, **own}, totals=totals, **parts)


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ({}, ""),
        ({"trade": 3}, "No value is public."),
        ({"trade": 3, "left_out": 1}, "No public value may be added up."),
        ({"trade": 1, "priced": 1, "usd": 50.0}, "The disclosed total is $50m."),
        ({"trade": 3, "priced": 1, "usd": 50.0}, "The disclosed total, $50m, comes from 1 of the trade deals."),
        ({"trade": 3, "priced": 2, "usd": 50.0}, "The disclosed total, $50m, comes from 2 of the trade deals."),
    ],
)
def test_a_sentence_says_what_makes_the_sum(made_up: Tables, own: dict[str, int], words: str) -> None:
    assert scope.money_words(made_up, tally(made_up, **own)) == words


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ({"trade": 2}, "2 trade deals."),
        ({"trade": 2, "unagreed": 1}, "2 trade deals. Of the trade deals, 1 is only proposed or negotiated."),
        (
            {"trade": 9, "unagreed": 2, "doubted": 3},
            "9 trade deals. Of the trade deals, 2 are only proposed or negotiated and 3 are alleged or denied.",
        ),
    ],
)
def test_what_is_not_agreed_or_in_doubt_is_said(made_up: Tables, own: dict[str, int], words: str) -> None:
    assert scope.described(tally(made_up, **own)) == words


def test_the_two_states_come_first_and_the_network_is_named_apart(made_up: Tables) -> None:
    some, none = tally(made_up, trade=2), tally(made_up)
    full = {BETWEEN: some, SHARED: tally(made_up, tie=1), AROUND: tally(made_up, measure=1)}
    assert scope.sentences(made_up, full, "on record") == [
        "Turkey and Pakistan have 2 trade deals on record. No value is public.",
        "They share 1 tie with further states.",
        "The network around them has 1 measure on record.",
    ]
    assert scope.sentences(made_up, {BETWEEN: none, SHARED: full[SHARED], AROUND: some}, "in view") == [
        "Turkey and Pakistan share 1 tie with further states.",
        "The network around them has 2 trade deals in view. No value is public.",
    ]
    assert scope.sentences(made_up, {BETWEEN: none, SHARED: none, AROUND: some}, "in view") == [
        "The network around Turkey and Pakistan has 2 trade deals in view. No value is public."
    ]


def test_the_shares_of_a_total_name_where_it_is(made_up: Tables) -> None:
    deals, of = made_up.deals, scope.scopes(made_up, made_up.deals)
    between = deals[of == BETWEEN]
    assert scope.share_words(made_up, between) == "All of the disclosed total is between Turkey and Pakistan."
    parts = [
        format_usd(pd.Series(part.loc[part["in_totals"] == "yes", "value_usd_m"]).sum())
        for part in (between, deals[of == SHARED], deals[of == AROUND])
    ]
    assert scope.share_words(made_up, deals) == (
        f"Of the disclosed total, {parts[0]} is between Turkey and Pakistan, {parts[1]} is in deals of both with "
        f"further states and {parts[2]} is in the network around them."
    )
    assert scope.share_words(made_up, deals[deals["family"] == "tie"]) == ""
