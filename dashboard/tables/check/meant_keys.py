"""Which key of another table is meant by a word that is none: for a country, whatever it is called."""

from __future__ import annotations

from functools import cache

from countryinfo import all_countries
from rapidfuzz import fuzz, process

from dashboard.tables.countries import TELLING, every_name, meant
from dashboard.tables.folding import fold
from dashboard.tables.likeness import nearest

TABLE = "countries"  # the table whose keys are codes of countries


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
