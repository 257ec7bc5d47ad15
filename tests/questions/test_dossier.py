"""The dossier as questions of the tables: near names, related deals, whose press, and what is not public in words."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.address import Links
from dashboard.pages import deal as page
from dashboard.questions import dossier, evidence, ledger
from dashboard.tables.load import Tables
from tests.made_up import read


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("bravo-upgrad", "bravo-upgrade"),
        ("frigte", "alpha-frigates"),
        ("papa-flights-2025", "papa-flight"),
        ("Delta engines", "delta-engine"),
        ("ENGINE", "delta-engine"),
    ],
)
def test_a_name_nearly_right_finds_its_deal(made_up: Tables, text: str, first: str) -> None:
    assert next(iter(dossier.near(made_up, text)["deal_id"])) == first


@pytest.mark.parametrize("text", ["", "x", "zzzzqqq", "((", "[a-z]+|.*"])
def test_nothing_is_near_a_text_unlike_every_name(made_up: Tables, text: str) -> None:
    assert dossier.near(made_up, text).empty


def test_related_deals_share_parties_and_domain(made_up: Tables) -> None:
    deals = made_up.deals.set_index("deal_id", drop=False)
    # The latest first; the statement goes the other way, from Pakistan to Turkey.
    assert list(dossier.related(made_up, deals.loc["alpha-frigates"])["deal_id"]) == [
        "november-statement",
        "bravo-upgrade",
    ]
    assert list(dossier.related(made_up, deals.loc["alpha-frigates"], most=1)["deal_id"]) == ["november-statement"]
    assert list(dossier.related(made_up, deals.loc["november-statement"])["deal_id"]) == [
        "bravo-upgrade",
        "alpha-frigates",
    ]
    assert dossier.related(made_up, deals.loc["hotel-exercise"]).empty


def test_press_of_every_deal_adds_up_and_one_side_is_marked(made_up: Tables) -> None:
    country = {row["source_id"]: row["country"] for row in read("sources")}
    marked = set()
    for deal in read("deals"):
        seats = [country[source_id.strip()] for source_id in deal["source_ids"].split(";")]
        sources = evidence.cited(made_up, [deal["source_ids"]])
        counts = {name: count for name, count, _ in dossier.presses(made_up, sources)}
        assert sum(counts.values()) == len(seats)
        assert [counts[name] for name in ("Turkey", "Pakistan", "India")] == [
            seats.count(code) for code in ("TUR", "PAK", "IND")
        ]
        one_sided = any(set(seats) <= set(deal[side].split(";")) for side in ("supplier", "recipient"))
        row = made_up.deals[made_up.deals["deal_id"] == deal["deal_id"]].iloc[0]
        assert ("One side only" in page.beside(made_up, row, sources, Links())) == one_sided
        marked |= {deal["deal_id"]} if one_sided else set()
    assert marked == {
        "delta-engine", "foxtrot-vests", "hotel-exercise", "juliett-embargo", "november-statement", "romeo-missile",
    }  # fmt: skip


def test_points_of_doubt_keep_every_word(made_up: Tables) -> None:
    for deal in read("deals"):
        points = ledger.points(deal["doubt"])
        assert " ".join(f"{name}: {words}" if name else words for name, words in points) == deal["doubt"].strip()
        reason = [words for name, words in points if name == ledger.LEFT_OUT]
        assert len(reason) == ("Not in totals:" in deal["doubt"])


def test_statements_that_take_a_side_come_before_the_rest() -> None:
    said = pd.DataFrame({"quote_id": list("abcd"), "side": ["comments", "denies", "comments", "asserts"]})
    assert list(ledger.sides_first(said)["quote_id"]) == ["b", "d", "a", "c"]


def test_the_walk_through_a_view_goes_by_date_and_ends_with_the_undated(made_up: Tables) -> None:
    here, order = dossier.walk(made_up.deals, "lima-pact"), []
    assert here is not None
    assert here.before is None
    while here and here.after:
        order.append(here.after["deal_id"])
        here = dossier.walk(made_up.deals, order[-1])
    begins = made_up.deals.set_index("deal_id")["begins"][order]
    assert len(order) == len(made_up.deals) - 1
    assert begins.dropna().is_monotonic_increasing
    assert set(order[-2:]) == {"golf-course", "sierra-satellite"}
    assert dossier.walk(made_up.deals, "no-such-deal") is None
