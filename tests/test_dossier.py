"""The dossier as questions of the tables: near names, related deals, whose press, and what is not public in words."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from dashboard import dossier, evidence, ledger
from dashboard.data import Tables
from dashboard.markup import dossier as dossier_markup
from dashboard.markup import ledger as ledger_markup
from tests.published import read


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("agosta-90b-upgrad", "agosta-90b-upgrade"),
        ("milgm", "milgem-corvettes"),
        ("c130-karachi-april-2024", "c130-karachi-april-2025"),
        ("T129 helicopter", "t129-atak"),
    ],
)
def test_a_name_nearly_right_finds_its_deal(tables: Tables, text: str, first: str) -> None:
    assert next(iter(dossier.near(tables, text)["deal_id"])) == first


@pytest.mark.parametrize("text", ["", "x", "zzzzqqq", "((", "[a-z]+|.*"])
def test_nothing_is_near_a_text_unlike_every_name(tables: Tables, text: str) -> None:
    assert dossier.near(tables, text).empty


def test_related_deals_share_parties_and_domain(tables: Tables) -> None:
    deals = {row["deal_id"]: row for row in read("deals")}
    own = deals["milgem-corvettes"]
    found = dossier.related(tables, tables.deals.set_index("deal_id", drop=False).loc[own["deal_id"]], most=100)
    pair = {own["supplier"], own["recipient"]}
    expected = {
        deal_id
        for deal_id, row in deals.items()
        if {row["supplier"], row["recipient"]} == pair and row["domain"] == own["domain"] and deal_id != own["deal_id"]
    }
    assert set(found["deal_id"]) == expected != set()


def test_press_of_every_deal_adds_up_and_one_side_is_marked(tables: Tables) -> None:
    country = {row["source_id"]: row["country"] for row in read("sources")}
    marked = set()
    for deal in read("deals"):
        seats = [country[source_id.strip()] for source_id in deal["source_ids"].split(";")]
        sources = evidence.cited(tables, [deal["source_ids"]])
        counts = {name: count for name, count, _ in dossier.presses(tables, sources)}
        assert sum(counts.values()) == len(seats)
        assert [counts[name] for name in ("Turkey", "Pakistan", "India")] == [
            seats.count(code) for code in dossier.PRESSES
        ]
        one_sided = any(set(seats) <= set(deal[side].split(";")) for side in ("supplier", "recipient"))
        row = tables.deals[tables.deals["deal_id"] == deal["deal_id"]].iloc[0]
        assert ("One side only" in dossier_markup.press(tables, row, sources)) == one_sided
        marked |= {deal["deal_id"]} if one_sided else set()
    assert 0 < len(marked) < len(tables.deals)


def test_a_value_that_is_not_public_is_said_in_words_and_never_zero(tables: Tables) -> None:
    published = {row["deal_id"]: row for row in read("deals")}
    for _, deal in tables.deals.iterrows():
        row = published[deal["deal_id"]]
        figure, words = dossier_markup.value(tables, deal)
        assert bool(figure) == bool(row["value_usd_m"])
        if not row["value_usd_m"]:
            assert words.startswith("No public value was found")
            assert not re.search(r"\d", words)
        else:
            assert tables.dictionary.label("deals", "value_basis", row["value_basis"]).lower() in words
            assert ("lowest public figure" in words) == bool(row["value_low_usd_m"])
            assert ("highest" in words) == bool(row["value_high_usd_m"])
        assert dossier_markup.totals(tables, deal).startswith({"yes": "Yes", "no": "No: "}[row["in_totals"]])
        if not row["quantity"]:
            assert not re.search(r"\d", dossier_markup.quantity(deal).replace(row["unit"], ""))


def test_a_mutual_deal_has_no_supplier_and_a_restriction_goes_against(tables: Tables) -> None:
    for _, deal in tables.deals.iterrows():
        facts = dossier_markup.facts(tables, deal)
        supplies = deal["kind"] not in ("pact", "exercise", "visit", "embargo", "restriction")
        assert ("<dt>Supplier</dt>" in facts) == supplies
        joined = {
            "pact": " with ",
            "exercise": " with ",
            "visit": " with ",
            "embargo": " against ",
            "restriction": " against ",
        }
        assert joined.get(deal["kind"], " to ") in ledger_markup.between(tables, deal)


def test_a_deal_without_a_place_or_with_a_vague_one_says_so(tables: Tables) -> None:
    precision = {row["place_id"]: row["precision"] for row in read("places")}
    for _, deal in tables.deals.iterrows():
        words = dossier_markup.place(tables, deal)
        if deal["place_id"]:
            assert f"level of the {precision[deal['place_id']]}" in words
        else:
            assert words == "No place applies or is known"


def test_points_of_doubt_keep_every_word(tables: Tables) -> None:
    for deal in read("deals"):
        points = ledger.points(deal["doubt"])
        assert " ".join(f"{name}: {words}" if name else words for name, words in points) == deal["doubt"].strip()
        reason = [words for name, words in points if name == ledger.LEFT_OUT]
        assert len(reason) == ("Not in totals:" in deal["doubt"])


def test_statements_that_take_a_side_come_before_the_rest() -> None:
    said = pd.DataFrame({"quote_id": list("abcd"), "side": ["comments", "denies", "comments", "asserts"]})
    assert list(ledger.sides_first(said)["quote_id"]) == ["b", "d", "a", "c"]
