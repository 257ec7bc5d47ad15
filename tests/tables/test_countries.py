"""A word for a country is understood, however it is written; a word for none or for several is not guessed at."""

from __future__ import annotations

import pytest

from dashboard.tables.check.meant_keys import guessed, nearest_key
from dashboard.tables.countries import meant


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("TUR", "TUR"), ("tr", "TUR"), ("Turkey", "TUR"), ("Türkiye", "TUR"), ("TURKİYE", "TUR"), (" turkiye ", "TUR"),
        ("Republic of Turkey", "TUR"), ("UK", "GBR"), ("U.K.", "GBR"), ("Great Britain", "GBR"), ("Britain", "GBR"),
        ("US", "USA"), ("U.S.A.", "USA"), ("United States of America", "USA"), ("UAE", "ARE"), ("Emirates", "ARE"),
        ("Burma", "MMR"), ("Holland", "NLD"), ("Islamic Republic of Iran", "IRN"), ("pak", "PAK"),
        ("Republic of Türkiye", "TUR"), ("the Netherlands", "NLD"), ("America", "USA"), ("England", "GBR"), ("East Pakistan", "BGD"),
    ],
)  # fmt: skip
def test_codes_and_short_official_native_and_former_names_are_understood(text: str, code: str) -> None:
    assert meant(text) == code


@pytest.mark.parametrize(
    "text",
    ["", "  ", "Republic", "Korea", "the", "Atlantis", "TUR PAK", "792", "Schweden", "Pakstan", "\ufffd", "x" * 10_000],
)
def test_a_word_for_no_country_or_for_several_means_none(text: str) -> None:
    assert meant(text) == ""


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Türkiye", "TUR"), ("TÜRKİYE", "TUR"), ("Republic of Türkiye", "TUR"), ("TR", "TUR"), ("792", "TUR"),
        ("Turkei", "TUR"), ("UK", "GBR"), ("U.K.", "GBR"), ("Great Britain", "GBR"), ("U.S.", "USA"), ("UAE", "ARE"),
        ("Burma", "MMR"), ("the Netherlands", "NLD"), ("Deutschland", "DEU"), ("tur", "TUR"), ("Pakstan", "PAK"),
        ("England", "GBR"), ("Chin", "CHN"), ("XXQ", ""), ("TRU", ""), ("INT", ""), ("NATO", ""), ("Somewhere", ""), ("", ""), ("?", ""),
    ],
)  # fmt: skip
def test_a_remedy_knows_other_languages_numbers_and_slips_too_and_nothing_else_is_a_country(
    word: str, code: str
) -> None:
    assert guessed(word) == code


def test_the_remedy_for_a_country_is_its_code_and_for_any_other_key_the_nearest() -> None:
    assert nearest_key("countries", "UK", ["UKR", "GBR"]) == "Did you mean “GBR”? Allowed: UKR, GBR"
    assert nearest_key("countries", "Spain", ["GBR"]).startswith("The code of that state is “ESP”")
    assert nearest_key("places", "uk", ["uks", "gbr"]) == "Did you mean “uks”? Allowed: uks, gbr"
