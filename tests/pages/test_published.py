"""The published tables, by rules that hold whatever the facts are: no id and no number of them is written here."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

from dashboard import citation
from dashboard.address import Links
from dashboard.pages import deal as deal_page
from dashboard.questions import deals as questions
from dashboard.questions import dossier, evidence, flows, ledger, money, quotes
from dashboard.tables.load import Tables
from dashboard.tables.model import NAMES, records
from tests.macros import macros
from tests.published import items, read


@pytest.mark.parametrize("table", NAMES)
def test_files_are_sorted_by_their_key(table: str, tables: Tables) -> None:
    keys = [[row[column] for column in tables.dictionary.key(table)] for row in read(table)]
    assert keys == sorted(keys)


def test_every_key_leads_somewhere_and_every_source_place_and_country_is_used() -> None:
    deals, statements, milestones = (read(name) for name in ("deals", "quotes", "milestones"))
    sources, places = read("sources"), read("places")
    citing = [*deals, *statements, *milestones, *read("deflator")]
    ids = {row["deal_id"] for row in deals}
    assert {key for row in citing for key in items(row["source_ids"])} == {row["source_id"] for row in sources}
    assert {row["place_id"] for row in deals} - {""} == {row["place_id"] for row in places}
    assert {row["deal_id"] for row in milestones} <= ids
    assert {key for row in [*statements, *read("gaps")] for key in items(row["deal_ids"])} <= ids
    named = {code for row in deals for side in ("supplier", "recipient") for code in items(row[side])}
    named |= {row["country"] for row in [*statements, *sources, *places]} - {""}
    assert named == {row["country"] for row in read("countries")}


@pytest.mark.parametrize("by", money.BY)
def test_every_deal_is_in_one_group_of_money_and_the_groups_add_up(by: str, tables: Tables) -> None:
    bases = list(tables.dictionary.choices("deals", "value_basis"))
    whole = questions.total(tables.deals, bases)
    groups = [group.totals for group in money.groups(tables, tables.deals, by, most=5)]
    for name in ("disclosed", "low", "high", "priced", "unpriced", "left_out_priced", "left_out_usd_m"):
        assert sum(getattr(each, name) for each in groups) == pytest.approx(getattr(whole, name))
    assert sum((Counter(each.left_out) for each in groups), Counter()) == whole.left_out


def test_every_deal_is_drawn_whole(tables: Tables) -> None:
    contested = set(ledger.contested(tables, tables.deals)["deal_id"])
    for _, deal in tables.deals.iterrows():
        sources = evidence.cited(tables, [deal["source_ids"]])
        facts = deal_page.facts(tables, deal, "") + deal_page.beside(tables, deal, sources, Links())
        assert sum(count for _, count, _ in dossier.presses(tables, sources)) == len(items(deal["source_ids"]))
        assert "$0" not in facts
        points = ledger.points(deal["doubt"])
        assert " ".join(f"{name}: {words}" if name else words for name, words in points) == deal["doubt"].strip()
        if deal["deal_id"] in contested:
            assert "data-side" in deal_page.statements(tables, deal, Links())


def test_every_statement_is_drawn_and_only_exact_words_stand_in_quotation_marks(tables: Tables) -> None:
    exact = tables.dictionary.having("quotes", "form", "exact")
    statement = macros("statement.html", tables).statement
    for row in records(tables.quotes):
        assert ("<blockquote>“" in statement(row)) == (row["form"] in exact)
    assert f" made {len(tables.quotes)} statements." in quotes.finding(tables, tables.quotes, quotes.Choice())


def test_every_source_is_cited_in_every_form(tables: Tables) -> None:
    for source in records(tables.sources):
        assert citation.bibtex(source).count("{") == citation.bibtex(source).count("}")
        assert citation.ris(source).endswith("\nER  - ")
        assert citation.csl(source)["title"] == source["title"] in citation.plain(source)


def test_every_flow_runs_between_two_points_of_the_map(tables: Tables) -> None:
    made = flows.flows(tables, tables.deals, "deals")
    ends = ("lat_from", "lon_from", "lat_to", "lon_to", "supplier_name", "recipient_name")
    assert [line["flow_id"] for line in made if any(pd.isna(line[end]) for end in ends)] == []
    assert [line["flow_id"] for line in made if line["supplier"] == line["recipient"]] == []
