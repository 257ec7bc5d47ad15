"""The claim ledger as it reads: who says what on which side, complete, and with no verdict."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from dashboard.address import Links
from dashboard.pages import claims
from dashboard.questions import findings, ledger
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from dashboard.templates import render
from tests.macros import macros
from tests.made_up import read
from tests.questions.test_ledger import FLIGHT, entry_of, stances

# Words that would say who is right.
WORDS = """true untrue truth false falsely fake hoax lie lies liar proven disproven proof prove verified unverified
    debunked refuted confirmed unconfirmed discredited credible baseless misinformation disinformation propaganda myth
    fact facts factual wrong right correct incorrect likely unlikely"""
VERDICTS = set(WORDS.split())


def drawn(tables: Tables, deal_id: str) -> str:
    """Return the entry of a contested deal."""
    return claims.entries(tables, (deal_id,), Links())


def positions(tables: Tables, deal_id: str) -> str:
    """Return the positions on a deal."""
    return macros("ledger.html", tables, site="").positions(entry_of(tables, deal_id))


def test_an_entry_reads_completely(made_up: Tables) -> None:
    text = unescape(drawn(made_up, FLIGHT))
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
    text = unescape(positions(made_up, FLIGHT))
    for quote in stances()[FLIGHT]:
        assert (f"“{quote['text']}”" in text) == (quote["form"] == "direct")


def test_a_page_names_whose_text_it_carries_unless_its_publisher_does(made_up: Tables) -> None:
    references = macros("citing.html", made_up).references
    lines = {
        row["source_id"]: unescape(references([row])) for row in records(made_up.sources)
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
        stamp="wordless",
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
    entries = claims.entries(bare, tuple(found["deal_id"]), Links())
    own = [
        findings.on_claims(found),
        findings.on_claims(found.head(1)),
        claims.missing(bare, bare.deals["deal_id"].iloc[0]),
        render("claims/note.html", back="claims"),
    ]
    own += [claims.finding_on_one(deal) for _, deal in found.iterrows()]
    groups = [*ledger.GROUPS.values(), *macros("ledger.html").group_notes.values()]
    contents = render("claims/contents.html", tables=bare, groups=[("G", records(found))])
    text = " ".join([entries, contents, *groups, *own])
    text = text.replace("Correct this row", "")  # what a reader may do is no verdict
    words = said_by(text)
    assert "claims" in words
    assert "denies" in words
    assert not words & VERDICTS


def test_the_search_for_verdicts_would_find_one(made_up: Tables) -> None:
    loose = replace(wordless(made_up), milestones=made_up.milestones.assign(event="Debunked"))
    assert said_by(drawn(replace(loose, stamp="loose"), FLIGHT)) & VERDICTS


def test_where_no_step_is_reported_there_is_no_list_of_steps(made_up: Tables) -> None:
    bare = replace(made_up, milestones=made_up.milestones.iloc[:0], stamp="no step")
    assert "What was reported, by date" in drawn(made_up, FLIGHT)
    assert "What was reported, by date" not in drawn(bare, FLIGHT)


def test_each_side_says_how_many_statements_and_origins_stand_on_it(made_up: Tables) -> None:
    words = positions(made_up, FLIGHT)
    assert "2 statements, 3 independent origins" in words
    assert "1 statement, 1 independent origin" in words
    assert "1 origin stands on both sides" in words


def test_where_nobody_claims_or_denies_a_deal_it_is_said_so(made_up: Tables) -> None:
    silent = [row["deal_id"] for row in read("deals") if not stances()[row["deal_id"]] and row["status"] == "alleged"]
    assert silent
    for deal_id in silent:
        words = positions(made_up, deal_id)
        assert "No denial was found." in words
        assert "No named speaker claims it. These pages report it:" in words
