"""Which country is meant by a word: its code, or one of its short, official, native or former names."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from countryinfo import all_countries
from rapidfuzz import fuzz, process

from dashboard.tables.csvfile import nearest
from dashboard.tables.folding import fold

TABLE = "countries"  # the table whose keys are codes of countries
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


@cache
def _offered() -> dict[str, str]:
    """Return the country of each name in any language that the library has, and of each number of ISO 3166-1.

    Only a remedy, which offers and does not decide, knows them: to a search, `Inde` is no India, nor is 356.
    """
    names = {name: code for code, own in every_name().items() for name in own}
    for country in all_countries():
        if code := country.iso(3):
            for name in filter(None, [country.iso().get("numeric"), *country.translations().values()]):
                names.setdefault(fold(name), code)
    return names


def guessed(word: str) -> str:
    """Return the alpha-3 code to offer in place of a word, in whatever language; a slip in a long name is understood."""
    bare, names = fold(word).removeprefix("the "), _offered()
    if code := meant(word) or names.get(bare, ""):
        return code
    close = process.extractOne(
        bare, [name for name in names if len(name) > TELLING], scorer=fuzz.ratio, score_cutoff=85
    )
    return names[close[0]] if close else ""


def nearest_key(table: str, word: str, keys: list[str]) -> str:
    """Return a remedy for a word that is no key of a table; for a country, by what it is called."""
    code = guessed(word) if table == TABLE else ""
    if code and code not in keys:
        return f"The code of that state is “{code}”; give it a row in {TABLE}.csv first"
    return nearest(code or word, keys)
