"""A word for a country is understood, however it is written; a word for none or for several is not guessed at."""

from __future__ import annotations

import pytest

from dashboard.tables.countries import meant


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("TUR", "TUR"), ("tr", "TUR"), ("Turkey", "TUR"), ("Türkiye", "TUR"), ("TURKİYE", "TUR"), (" turkiye ", "TUR"),
        ("Republic of Turkey", "TUR"), ("UK", "GBR"), ("U.K.", "GBR"), ("Great Britain", "GBR"), ("Britain", "GBR"),
        ("US", "USA"), ("U.S.A.", "USA"), ("United States of America", "USA"), ("UAE", "ARE"), ("Emirates", "ARE"),
        ("Burma", "MMR"), ("Holland", "NLD"), ("Islamic Republic of Iran", "IRN"), ("pak", "PAK"),
    ],
)  # fmt: skip
def test_codes_and_short_official_native_and_former_names_are_understood(text: str, code: str) -> None:
    assert meant(text) == code


@pytest.mark.parametrize(
    "text", ["", "  ", "Republic", "Korea", "the", "Atlantis", "TUR PAK", "792", "\ufffd", "x" * 10_000]
)
def test_a_word_for_no_country_or_for_several_means_none(text: str) -> None:
    assert meant(text) == ""
