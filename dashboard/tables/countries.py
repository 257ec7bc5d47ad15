"""Which country is meant by a word: its code, or one of its short, official, native or former names."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from countryinfo import all_countries

from dashboard.tables.folding import fold

CODES = ("alpha3", "alpha2")
TELLING = 4  # letters; a shorter last word of a name is no name by itself
# Short and former names that the library does not know, as `fold` leaves them.
OTHER_NAMES = {
    "america": "USA", "england": "GBR", "ksa": "SAU", "prc": "CHN", "republic of turkiye": "TUR",
    "east pakistan": "BGD", "ceylon": "LKA", "persia": "IRN", "siam": "THA",
}  # fmt: skip


@cache
def written_names() -> dict[str, tuple[str, ...]]:
    """Return all names of each country by its alpha-3 code, as they are written: its codes first."""
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for country in all_countries():
        codes = [country.iso().get(kind, "") for kind in CODES]
        known = [*codes, country.name(), *country.alt_spellings(), country.native_name() or ""]
        names[codes[0]].update(dict.fromkeys(filter(None, known)))
    return {code: tuple(known) for code, known in names.items() if code}


@cache
def every_name() -> dict[str, tuple[str, ...]]:
    """Return all names of each country as a search compares them."""
    return {code: tuple(dict.fromkeys(map(fold, names))) for code, names in written_names().items()}


@cache
def _meanings() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return which countries have each name, and which have a name that ends with each word: `Britain`, `Emirates`."""
    whole, ends = defaultdict(set), defaultdict(set)
    for code, names in every_name().items():
        for name in names:
            whole[name].add(code)
            ends[name.rpartition(" ")[2]].add(code)
    known = {**whole, **{name: {code} for name, code in OTHER_NAMES.items()}}
    return known, {word: codes for word, codes in ends.items() if len(word) >= TELLING}


def meant(text: str) -> str:
    """Return the alpha-3 code of the country that a text names, "" for none or several: `UK`, `Türkiye`, `Britain`."""
    whole, ends = _meanings()
    sought = fold(text).removeprefix("the ")
    codes = whole.get(sought) or ends.get(sought, set())
    return next(iter(codes)) if len(codes) == 1 else ""
