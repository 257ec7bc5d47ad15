"""The claim ledger as questions of the tables: who is in, on which side, on how many independent origins."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from html import unescape

import pytest
from markupsafe import Markup

from dashboard.markup import dossier as dossier_markup
from dashboard.markup import ledger as ledger_markup
from dashboard.pages import claims
from dashboard.questions import evidence, ledger
from dashboard.questions.deals import Selection, select
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from tests.made_up import read

FLIGHT = "papa-flight"
# Words that would say who is right.
WORDS = """true untrue truth false falsely fake hoax lie lies liar proven disproven proof prove verified unverified
    debunked refuted confirmed unconfirmed discredited credible baseless misinformation disinformation propaganda myth
    fact facts factual wrong right correct incorrect likely unlikely"""
VERDICTS = set(WORDS.split())


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


def drawn(made_up: Tables, entry: ledger.Entry) -> Markup:
    return ledger_markup.entry(made_up, entry.deal, ledger_markup.account(made_up, entry), "deal", "claims")


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
    words = ledger_markup.positions(made_up, entry)
    assert "2 statements, 3 independent origins" in words
    assert "1 statement, 1 independent origin" in words


def test_an_account_no_speaker_asserts_rests_on_its_pages(made_up: Tables) -> None:
    spoken = stances()
    sources = {row["deal_id"]: set(row["source_ids"].split(";")) for row in read("deals")}
    silent = [deal_id for deal_id in contested() if not any(quote["stance"] == "claim" for quote in spoken[deal_id])]
    assert silent
    for deal_id in silent:
        asserts, denies, _ = entry_of(made_up, deal_id).sides
        assert set(asserts.sources["source_id"]) == sources[deal_id]
        assert asserts.origins > 0
        assert not denies.origins
        words = ledger_markup.positions(made_up, entry_of(made_up, deal_id))
        assert "No denial was found." in words
        assert "No named speaker claims it. These pages report it:" in words


def test_pages_cited_only_for_a_denial_do_not_carry_the_account(made_up: Tables) -> None:
    quotes = made_up.quotes.assign(
        stance=made_up.quotes["stance"].where(made_up.quotes["stance"] != "claim", "neutral")
    )
    asserts = entry_of(replace(made_up, quotes=quotes), FLIGHT).sides[0]
    denying = {
        page for quote in stances()[FLIGHT] if quote["stance"] == "denial" for page in quote["source_ids"].split(";")
    }
    assert {"gamma-wire-2015", "printed-weekly-2025"} < denying
    assert set(asserts.sources["source_id"]) == {"lambda-tribune-2020"}


def test_positions_stand_in_order_of_date(made_up: Tables) -> None:
    for deal_id in contested():
        days = list(entry_of(made_up, deal_id).positions["date_earliest"].dropna())
        assert days == sorted(days)


def test_an_entry_reads_completely(made_up: Tables) -> None:
    text = unescape(drawn(made_up, entry_of(made_up, FLIGHT)))
    said = stances()[FLIGHT]
    assert len(said) == 4
    for quote in said:
        assert quote["text"] in text
        assert quote["analyst"] in text
    for point in ("Number", "Cargo"):
        assert f"<b>{point}:</b>" in text
    assert "one (Gamma Wire), six (Lambda Tribune)." in text
    for step in read("milestones"):
        if step["deal_id"] == FLIGHT:
            assert step["event"] in text
    urls = {row["source_id"]: row["url"] for row in read("sources")}
    for page in {page for quote in said for page in quote["source_ids"].split(";")}:
        assert f'href="{urls[page]}"' in text or not urls[page]


def test_direct_words_and_paraphrase_look_different_in_an_entry(made_up: Tables) -> None:
    text = unescape(ledger_markup.positions(made_up, entry_of(made_up, FLIGHT)))
    for quote in stances()[FLIGHT]:
        assert (f"“{quote['text']}”" in text) == (quote["form"] == "direct")


def test_a_page_names_whose_text_it_carries_unless_its_publisher_does(made_up: Tables) -> None:
    lines = {
        row["source_id"]: unescape(ledger_markup.references(made_up, [row])) for row in records(made_up.sources)
    }  # fmt: skip
    carrying = {key for key, line in lines.items() if "text of" in line}
    assert carrying == {"omega-notes-2025"}
    meta = '<span class="meta">United Kingdom, 4 May 2025, text of Printed Weekly</span>'
    assert meta in lines["omega-notes-2025"]
    assert "Delta Post (Gamma Wire text)</a>" in lines["delta-post-2015"]
    assert '<span class="meta">date not known</span>' in lines["iota-fans"]


def wordless(made_up: Tables) -> Tables:
    """Return the tables without a word of their own, so that what a page says is its frame's."""
    descriptor = {**made_up.dictionary.descriptor}
    descriptor["resources"] = [
        {**entry, "schema": {**entry["schema"], "fields": [_unlabelled(field) for field in entry["schema"]["fields"]]}}
        for entry in descriptor["resources"]
    ]
    return replace(
        made_up,
        deals=made_up.deals.assign(title="T", summary="S", doubt="", supplier_org="", recipient_org=""),
        quotes=made_up.quotes.assign(text="Q", analyst="A", role="R"),
        sources=made_up.sources.assign(title="H", publisher="P", origin="O", url="https://example.org/"),
        milestones=made_up.milestones.assign(event="E"),
        dictionary=Dictionary(descriptor),
    )


def _unlabelled(field: dict) -> dict:
    categories = [{**category, "label": "L"} for category in field.get("categories", [])]
    return {**field, "categories": categories} if categories else field


def said_by(markup: str) -> set[str]:
    """Return the words of a page, those that only a pointer or a screen reader gets included."""
    return set(re.findall(r"[a-z]+", markup.replace('aria-hidden="true"', "").casefold()))


def test_the_ledger_gives_no_verdict_of_its_own(made_up: Tables) -> None:
    bare = wordless(made_up)
    found = ledger.contested(bare, bare.deals)
    entries = [drawn(bare, entry_of(bare, deal_id)) for deal_id in found["deal_id"]]
    own = [
        claims.finding(found),
        claims.finding(found.head(1)),
        claims.missing(bare, bare.deals["deal_id"].iloc[0]),
        ledger_markup.NO_VERDICT,
    ]
    own += [claims.finding_on_one(deal) for _, deal in found.iterrows()]
    groups = [ledger_markup.group(name, []) for name in ledger.GROUPS]
    text = " ".join([*entries, ledger_markup.contents(bare, found), *groups, *own])
    words = said_by(text)
    assert "claims" in words
    assert "denies" in words
    assert not words & VERDICTS


def test_the_search_for_verdicts_would_find_one(made_up: Tables) -> None:
    loose = replace(wordless(made_up), milestones=made_up.milestones.assign(event="Debunked"))
    entry = drawn(loose, entry_of(loose, FLIGHT))
    assert said_by(entry) & VERDICTS


def test_markup_in_the_tables_is_shown_and_not_obeyed(made_up: Tables) -> None:
    evil = "<script>alert(1)</script>"
    bad = replace(
        made_up,
        deals=made_up.deals.assign(title=evil, summary=evil, doubt=f"Number: {evil}", supplier_org=evil),
        quotes=made_up.quotes.assign(text=evil, analyst=evil),
        sources=made_up.sources.assign(title=f'"{evil}', publisher=evil, origin=evil),
        milestones=made_up.milestones.assign(event=evil),
    )
    entry = entry_of(bad, FLIGHT)
    sources = evidence.cited(bad, [entry.deal["source_ids"]])
    text = drawn(bad, entry) + dossier_markup.facts(bad, entry.deal)
    text += dossier_markup.press(bad, entry.deal, sources) + ledger_markup.contents(
        bad, ledger.contested(bad, bad.deals)
    )
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_where_no_step_is_reported_there_is_no_list_of_steps(made_up: Tables) -> None:
    assert ledger_markup.steps(made_up, made_up.milestones.iloc[:0]) == ""
    assert str(ledger_markup.steps(made_up, made_up.milestones.iloc[:2])).count("<li>") == 2
