"""The facts of a deal in words: a value, a number or a place that is not public is said to be so."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pandas as pd

from dashboard.pages import deal as page
from dashboard.tables.load import Tables
from tests.made_up import read
from tests.published import TRADE


def facts(tables: Tables, deal: pd.Series) -> dict[str, str]:
    """Return the facts of a deal as they read: the words for each term, without tags."""
    rows = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page.facts(tables, deal, ""), re.DOTALL)
    return {term: " ".join(unescape(re.sub("<[^>]*>", " ", words)).split()) for term, words in rows}


def test_a_value_that_is_not_public_is_said_in_words_and_never_zero(made_up: Tables) -> None:
    title = made_up.dictionary.title
    published = {row["deal_id"]: row for row in read("deals")}
    for _, deal in made_up.deals.iterrows():
        row, found = published[deal["deal_id"]], facts(made_up, deal)
        words = found[title("deals", "value_usd_m")]
        assert words.startswith("$") == bool(row["value_usd_m"])
        if not row["value_usd_m"]:
            unknown = "No public value was found" if row["kind"] in TRADE else "No price applies"
            assert words.startswith(unknown)
            assert not re.search(r"\d", words)
        else:
            assert made_up.dictionary.label("deals", "value_basis", row["value_basis"]).lower() in words
            assert ("lowest public figure $" in words) == bool(row["value_low_usd_m"])
            assert ("highest $" in words) == bool(row["value_high_usd_m"])
            assert words.endswith("; US dollars of the time")
        totals = found[title("deals", "in_totals")]
        assert totals.startswith({"yes": "Yes", "no": "No: "}[row["in_totals"]])
        assert ("adds nothing to a sum" in totals) == (row["in_totals"] == "yes" and not row["value_usd_m"])


def test_a_number_that_is_not_public_is_said_to_be_so(made_up: Tables) -> None:
    deal = made_up.deals.iloc[0]
    said = {
        (pd.NA, ""): "None given",
        (pd.NA, "ships"): "Number not public (ships)",
        (1200, "ships"): "1,200 × ships",
        (1200, ""): "1,200",
    }
    for (quantity, unit), words in said.items():
        changed = pd.Series({**deal, "quantity": quantity, "unit": unit})
        assert facts(made_up, changed)[made_up.dictionary.title("deals", "quantity")] == words


def test_a_date_that_is_not_known_is_said_not_to_be(made_up: Tables) -> None:
    deal = pd.Series({**made_up.deals.iloc[0], "announced": "", "start": "2019~", "end": ""})
    title, found = made_up.dictionary.title, facts(made_up, deal)
    said = [found[title("deals", name)] for name in ("announced", "start", "end")]
    assert said == ["Date not known", "about 2019", "Open or not known"]


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
        assert tuple(facts(made_up, deals.loc[deal_id]))[:2] == words


def test_a_deal_without_a_place_or_with_a_vague_one_says_so(made_up: Tables) -> None:
    precision = {row["place_id"]: row["precision"] for row in read("places")}
    for _, deal in made_up.deals.iterrows():
        words = facts(made_up, deal)[made_up.dictionary.title("deals", "place_id")]
        if deal["place_id"]:
            assert words.endswith(f"Known to the level of the {precision[deal['place_id']]}")
        else:
            assert words == "No place applies or is known"


def test_a_place_that_is_called_as_its_country_is_not_called_so_twice(made_up: Tables) -> None:
    visit = made_up.deals.set_index("deal_id", drop=False).loc["mike-visit"]
    term = made_up.dictionary.title("deals", "place_id")
    assert facts(made_up, visit)[term].startswith("Azerbaijan (place not named), Azerbaijan Known")
    renamed = made_up.places["name"].replace("Azerbaijan (place not named)", "Azerbaijan")
    called = replace(made_up, places=made_up.places.assign(name=renamed))
    assert facts(called, visit)[term].startswith("Azerbaijan Known")
