"""The claim ledger as questions of the tables: who is in, on which side, on how many independent origins."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

import pytest

from dashboard.questions import ledger
from dashboard.questions.deals import Selection, select
from dashboard.tables.load import Tables
from tests.made_up import read

FLIGHT = "papa-flight"


def stances() -> dict[str, list[dict[str, str]]]:
    """Return every deal's statements, straight from the CSV."""
    spoken = defaultdict(list)
    for quote in read("quotes"):
        for deal_id in filter(None, re.split(r"\s*;\s*", quote["deal_ids"])):
            spoken[deal_id].append(quote)
    return spoken


def contested() -> set[str]:
    spoken = stances()
    found = set()
    for deal in read("deals"):
        said = {quote["stance"] for quote in spoken[deal["deal_id"]]}
        if deal["status"] in ("alleged", "denied") or {"claim", "denial"} <= said:
            found.add(deal["deal_id"])
    return found


def entry_of(made_up: Tables, deal_id: str) -> ledger.Entry:
    return ledger.entry(made_up, made_up.deals.set_index("deal_id", drop=False).loc[deal_id])


def test_contested_deals_are_those_of_the_csv(made_up: Tables) -> None:
    found = list(ledger.contested(made_up, made_up.deals)["deal_id"])
    assert set(found) == contested()
    assert len(found) == len(set(found)) > 0


def test_deals_with_claim_and_denial_come_first_then_the_latest_and_last_those_without_a_date(made_up: Tables) -> None:
    both, others = ["papa-flight", "bravo-upgrade"], ["romeo-missile", "oscar-unit", "sierra-satellite"]
    assert list(ledger.contested(made_up, made_up.deals)["deal_id"]) == [*both, *others]


def test_sides_count_the_statements_of_the_csv(made_up: Tables) -> None:
    side = {"claim": "asserts", "denial": "denies"}
    spoken = stances()
    for _, row in ledger.contested(made_up, made_up.deals).iterrows():
        counts = {"asserts": 0, "denies": 0, "comments": 0}
        for quote in spoken[row["deal_id"]]:
            counts[side.get(quote["stance"], "comments")] += 1
        assert {name: row[name] for name in counts} == counts
        assert {part.name: len(part.statements) for part in entry_of(made_up, row["deal_id"]).sides} == counts


@pytest.mark.parametrize(
    "selection",
    [
        Selection(domain=("drones",)),
        Selection(country=("PAK",)),
        Selection(status=("denied",)),
        Selection(sure="origins"),
    ],
)
def test_filters_narrow_the_ledger_to_what_they_keep(made_up: Tables, selection: Selection) -> None:
    kept = set(ledger.contested(made_up, select(made_up, selection))["deal_id"])
    deals = {row["deal_id"]: row for row in read("deals")}
    origin = {row["source_id"]: row["origin"] for row in read("sources")}

    def fits(row: dict[str, str]) -> bool:
        parties = {*row["supplier"].split(";"), *row["recipient"].split(";")}
        origins = {origin[source_id.strip()] for source_id in row["source_ids"].split(";")}
        return (
            (not selection.domain or row["domain"] in selection.domain)
            and (not selection.status or row["status"] in selection.status)
            and set(selection.country) <= parties
            and (selection.sure == "any" or len(origins) >= 2)
        )

    assert kept == {deal_id for deal_id in contested() if fits(deals[deal_id])}
    assert kept < contested()


def test_pages_with_one_origin_count_once_on_a_side(made_up: Tables) -> None:
    entry = entry_of(made_up, FLIGHT)
    # The denials are on four pages, of which two carry the text of one agency; one page has the claim too.
    assert [side.origins for side in entry.sides] == [1, 3, 1]
    assert entry.shared == 1


def test_an_account_no_speaker_asserts_rests_on_its_pages(made_up: Tables) -> None:
    spoken = stances()
    sources = {row["deal_id"]: set(row["source_ids"].split(";")) for row in read("deals")}
    silent = [deal_id for deal_id in contested() if not any(quote["stance"] == "claim" for quote in spoken[deal_id])]
    assert silent
    for deal_id in silent:
        asserts, denies, _ = entry_of(made_up, deal_id).sides
        assert {row["source_id"] for row in asserts.sources} == sources[deal_id]
        assert asserts.origins > 0
        assert not denies.origins


def test_pages_cited_only_for_a_denial_do_not_carry_the_account(made_up: Tables) -> None:
    quotes = made_up.quotes.assign(
        stance=made_up.quotes["stance"].where(made_up.quotes["stance"] != "claim", "neutral")
    )
    asserts = entry_of(replace(made_up, quotes=quotes), FLIGHT).sides[0]
    denying = {
        page for quote in stances()[FLIGHT] if quote["stance"] == "denial" for page in quote["source_ids"].split(";")
    }
    assert {"gamma-wire-2015", "printed-weekly-2025"} < denying
    assert {row["source_id"] for row in asserts.sources} == {"lambda-tribune-2020"}


def test_positions_stand_in_order_of_date(made_up: Tables) -> None:
    for deal_id in contested():
        days = [row["date_earliest"] for row in entry_of(made_up, deal_id).positions if row["date"]]
        assert days == sorted(days)
