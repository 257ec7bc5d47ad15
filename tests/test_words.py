from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.tables.load import Tables
from dashboard.words import opening, relation, role_in


@pytest.mark.parametrize(
    ("deal_id", "words"),
    [
        ("alpha-frigates", "Turkey to Pakistan"),
        ("delta-engine", "Turkey and Ukraine to Azerbaijan and Pakistan"),
        ("lima-pact", "Pakistan and Turkey"),
        ("hotel-exercise", "Turkey, Azerbaijan and Pakistan"),
        ("juliett-embargo", "India against Turkey"),
        ("kilo-restriction", "Turkey against China"),
    ],
)
def test_who_deals_with_whom_is_said_as_the_dealing_is(deal_id: str, words: str, made_up: Tables) -> None:
    deal = made_up.deals.set_index("deal_id").loc[deal_id]
    assert relation(deal, made_up.country_names) == words


def test_a_state_without_a_name_is_called_by_its_code() -> None:
    deal = {"supplier": "XXX", "recipient": "YYY", "family": "measure"}
    assert relation(deal, {"YYY": "Why"}) == "XXX against Why"


def test_a_sentence_puts_the_word_before_a_name_that_the_table_gives_it(made_up: Tables) -> None:
    named = made_up.countries.assign(article=made_up.countries["country"].map({"IND": "the"}).fillna(""))
    tables = replace(made_up, countries=named, stamp="articles")
    embargo = made_up.deals.set_index("deal_id").loc["juliett-embargo"]
    assert relation(embargo, tables.sentence_names) == "the India against Turkey"
    assert opening(relation(embargo, tables.sentence_names)) == "The India against Turkey"
    assert tables.in_sentence("XXX") == "XXX"


def test_tables_without_that_column_have_no_such_word(made_up: Tables) -> None:
    tables = replace(made_up, countries=made_up.countries.drop(columns="article"), stamp="bare")
    assert tables.sentence_names == tables.country_names


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("President of the Maldives", "President of the Maldives"),
        ("Envoy", "Envoy, Maldives"),
        ("Minister of the Maldivesian coast", "Minister of the Maldivesian coast, Maldives"),
    ],
)
def test_a_country_that_a_role_names_is_not_named_again(role: str, words: str) -> None:
    assert role_in(role, "Maldives") == words
