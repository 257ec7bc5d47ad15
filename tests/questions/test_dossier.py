"""The dossier as questions of the tables: near names, related deals, whose press, and what is not public in words."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.markup import dossier as dossier_markup
from dashboard.questions import dossier, evidence, ledger
from dashboard.tables.load import Tables
from tests.made_up import read
from tests.published import TRADE


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
            seats.count(code) for code in dossier.PRESSES
        ]
        one_sided = any(set(seats) <= set(deal[side].split(";")) for side in ("supplier", "recipient"))
        row = made_up.deals[made_up.deals["deal_id"] == deal["deal_id"]].iloc[0]
        assert ("One side only" in dossier_markup.press(made_up, row, sources)) == one_sided
        marked |= {deal["deal_id"]} if one_sided else set()
    assert marked == {
        "delta-engine", "foxtrot-vests", "hotel-exercise", "juliett-embargo", "november-statement", "romeo-missile",
    }  # fmt: skip


def test_a_value_that_is_not_public_is_said_in_words_and_never_zero(made_up: Tables) -> None:
    published = {row["deal_id"]: row for row in read("deals")}
    for _, deal in made_up.deals.iterrows():
        row = published[deal["deal_id"]]
        figure, words = dossier_markup.value(made_up, deal)
        assert bool(figure) == bool(row["value_usd_m"])
        if not row["value_usd_m"]:
            unknown = "No public value was found" if row["kind"] in TRADE else "No price applies"
            assert words.startswith(unknown)
            assert not re.search(r"\d", words)
        else:
            assert made_up.dictionary.label("deals", "value_basis", row["value_basis"]).lower() in words
            assert ("lowest public figure" in words) == bool(row["value_low_usd_m"])
            assert ("highest" in words) == bool(row["value_high_usd_m"])
        assert dossier_markup.totals(made_up, deal).startswith({"yes": "Yes", "no": "No: "}[row["in_totals"]])
        if not row["quantity"]:
            assert not re.search(r"\d", dossier_markup.quantity(deal).replace(row["unit"], ""))


def test_only_where_something_is_supplied_is_a_side_called_supplier(made_up: Tables) -> None:
    heads = {
        "alpha-frigates": ("Supplier", "Recipient"),
        "hotel-exercise": ("First party", "With"),
        "mike-visit": ("First party", "With"),
        "juliett-embargo": ("By", "Against"),
        "kilo-restriction": ("By", "Against"),
    }
    deals = made_up.deals.set_index("deal_id", drop=False)
    for deal_id, words in heads.items():
        found = re.findall(r"<dt>([^<]*)</dt>", dossier_markup.facts(made_up, deals.loc[deal_id]))
        assert tuple(found[:2]) == words


def test_a_deal_without_a_place_or_with_a_vague_one_says_so(made_up: Tables) -> None:
    precision = {row["place_id"]: row["precision"] for row in read("places")}
    for _, deal in made_up.deals.iterrows():
        words = dossier_markup.place(made_up, deal)
        if deal["place_id"]:
            assert f"level of the {precision[deal['place_id']]}" in words
        else:
            assert words == "No place applies or is known"


def test_a_place_that_is_called_as_its_country_is_not_called_so_twice(made_up: Tables) -> None:
    visit = made_up.deals.set_index("deal_id", drop=False).loc["mike-visit"]
    assert dossier_markup.place(made_up, visit).startswith("Azerbaijan (place not named), Azerbaijan<br>")
    renamed = made_up.places["name"].replace("Azerbaijan (place not named)", "Azerbaijan")
    called = replace(made_up, places=made_up.places.assign(name=renamed))
    assert dossier_markup.place(called, visit).startswith("Azerbaijan<br>")


def test_points_of_doubt_keep_every_word(made_up: Tables) -> None:
    for deal in read("deals"):
        points = ledger.points(deal["doubt"])
        assert " ".join(f"{name}: {words}" if name else words for name, words in points) == deal["doubt"].strip()
        reason = [words for name, words in points if name == ledger.LEFT_OUT]
        assert len(reason) == ("Not in totals:" in deal["doubt"])


def test_statements_that_take_a_side_come_before_the_rest() -> None:
    said = pd.DataFrame({"quote_id": list("abcd"), "side": ["comments", "denies", "comments", "asserts"]})
    assert list(ledger.sides_first(said)["quote_id"]) == ["b", "d", "a", "c"]
