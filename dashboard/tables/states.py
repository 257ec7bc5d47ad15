"""Which state a word means that is not its code: names in several languages, former and short names, other codes."""

from __future__ import annotations

from functools import cache

from countryinfo import CountryInfo, all_countries
from rapidfuzz import fuzz, process

from dashboard.tables.csvfile import nearest
from dashboard.tables.spelling import fold

TABLE = "countries"  # the table whose keys are codes of states
# Short, official and former names that the library does not know, as `fold` leaves them.
OTHER_NAMES = {
    "america": "USA", "britain": "GBR", "england": "GBR", "ksa": "SAU", "prc": "CHN", "emirates": "ARE",
    "republicofturkiye": "TUR", "eastpakistan": "BGD", "ceylon": "LKA", "persia": "IRN", "siam": "THA",
}  # fmt: skip


@cache
def _codes() -> dict[str, str]:
    """Return the alpha-3 code for each code and name of a state, folded; of two states the one called so first wins."""
    known = [(country.iso(3), country) for country in all_countries() if country.iso(3)]
    codes: dict[str, str] = {}
    for words in (_short, _names):
        for code, country in known:
            for word in words(country):
                codes.setdefault(fold(word), code)
    return OTHER_NAMES | codes


def _short(country: CountryInfo) -> list[str]:
    """Return the codes of a state and its English name."""
    return [str(code) for code in country.iso().values() if code] + [country.name()]


def _names(country: CountryInfo) -> list[str]:
    """Return the other names of a state: spellings, its own name, and those in the languages the library has."""
    names = [*country.alt_spellings(), country.native_name(), *country.translations().values()]
    return [name for name in names if name]


def code(word: str) -> str:
    """Return the alpha-3 code of the state that a word means, or ""; a slip in a long name is understood."""
    bare, codes = fold(word).removeprefix("the"), _codes()
    if bare in codes:
        return codes[bare]
    close = process.extractOne(bare, [name for name in codes if len(name) >= 5], scorer=fuzz.ratio, score_cutoff=85)
    return codes[close[0]] if close else ""


def nearest_key(table: str, word: str, keys: list[str]) -> str:
    """Return a remedy for a word that is no key of a table; for a state, by what it is called."""
    meant = code(word) if table == TABLE else ""
    if meant and meant not in keys:
        return f"The code of that state is “{meant}”; give it a row in {TABLE}.csv first"
    return nearest(meant or word, keys)
