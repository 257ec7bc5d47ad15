from __future__ import annotations

import pytest

from dashboard.tables.load import Tables
from dashboard.words import relation


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
