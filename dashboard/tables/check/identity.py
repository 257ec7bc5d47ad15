"""What a data package must say of the data set as a whole, and what it may name.

What is missing or cannot be used is a fault, all of it at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from dashboard.tables import dates
from dashboard.tables.package import Descriptor, Frame

SHORT = 30  # letters: a longer name has no room beside the links to the pages
STATE, CODE, NAME = "[A-Z]{3}", "[A-Z]{3}", "[a-z0-9]+(-[a-z0-9]+)*"
CURRENCY = {"code": CODE, "sign": r"\S{1,4}", "name": r"\S(.*\S)?"}


def _is_text(said: object, form: str = r"\S(.*\S)?", most: int = 1000) -> bool:
    return isinstance(said, str) and len(said) <= most and bool(re.fullmatch(form, said))


def _are_states(said: object) -> bool:
    return isinstance(said, list) and all(_is_text(code, STATE) for code in said) and len(set(said)) == len(said)


def _is_currency(said: object) -> bool:
    return isinstance(said, dict) and all(_is_text(said.get(name), form) for name, form in CURRENCY.items())


def _are_licences(said: object) -> bool:
    return (
        isinstance(said, list)
        and bool(said)
        and all(isinstance(entry, dict) and _is_text(entry.get("title")) for entry in said)
    )


def _is_frame(said: object) -> bool:
    """Say whether four numbers are the edges of a piece of the basemap, beyond which there is nothing to show."""
    if not isinstance(said, list) or [type(edge) in (int, float) for edge in said] != [True] * 4:
        return False
    (west, south, east, north), most = said, BASEMAP
    return most.west <= west < east <= most.east and most.south <= south < north <= most.north


BASEMAP = Frame(10, -12, 125, 58)  # what the basemap shows; beyond it there would be sea where there is land
# What a package must say: by its name, whether what it says will do, and what will do in words.
NEEDED: dict[str, tuple[Callable[[Any], bool], str]] = {
    "name": (lambda said: _is_text(said, NAME), "what the names of files begin with, such as defence-ties"),
    "title": (_is_text, "what the data set is about, in words"),
    "shortTitle": (lambda said: _is_text(said, most=SHORT), f"what the data set is called, in {SHORT} letters at most"),
    "subject": (lambda said: _are_states(said) and len(said) == 2, 'the codes of two states, such as ["TUR", "PAK"]'),
    "presses": (_are_states, 'the codes of the states whose press is counted by name, such as ["TUR"], or [] for none'),
    "startingArticle": (lambda said: said is None or _is_text(said), "the key of a source, or null where there is none"),
    "currency": (_is_currency, 'such as {"code": "USD", "sign": "$", "name": "US dollars"}'),
    "mapFrame": (_is_frame, f"[west, south, east, north] in degrees, within {[*BASEMAP]}, which the basemap shows"),
    "licenses": (_are_licences, 'such as [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0"}]'),
}  # fmt: skip
# What it may say, where there is such a thing, in the same way.
ALLOWED: dict[str, tuple[Callable[[Any], bool], str]] = {
    "issues": (lambda said: _is_text(said, r"https://[^\s{}]*\{title\}[^\s{}]*\{body\}[^\s{}]*"),
               "the address of a form that takes a report, such as https://…/issues/new?title={title}&body={body}"),
    "contact": (lambda said: _is_text(said, r"[^\s@?&%<>\"]+@[^\s@?&%<>\"]+\.[^\s@?&%<>\"]+"), "an e-mail address, such as name@example.org"),
    "firstYear": (lambda said: type(said) is int and 1 <= said <= 9999, "the first year of which the tables speak, such as 1900"),
    "created": (lambda said: _is_text(said) and dates.is_date(said[:10]), "the day on which the package was made, such as 2026-11-26T00:00:00Z"),
    "version": (_is_text, "the version in quotation marks, such as \"2026.11.1\""),
}  # fmt: skip


def lacking(descriptor: Descriptor) -> Iterator[tuple[str, str, str]]:
    """Yield what a data package does not say of itself and should: the property, the problem and the remedy."""
    for name, (fits, words) in NEEDED.items():
        if name not in descriptor:
            yield name, "is missing from the data package", f"Say it beside “resources”: {words}"
        elif not fits(descriptor[name]):
            yield name, f"cannot be used: {descriptor[name]!r}", f"Write {words}"
    for name, (fits, words) in ALLOWED.items():
        if name in descriptor and not fits(descriptor[name]):
            yield name, f"cannot be used: {descriptor[name]!r}", f"Write {words}"


def strangers(descriptor: Descriptor, keys: Mapping[str, Collection[str]]) -> Iterator[tuple[str, str, str]]:
    """Yield what the package names and no table has: the value with its property, the problem and the remedy.

    `keys` are those of each table that could be read; `lacking` finds nothing in the descriptor.
    """
    named = [(name, "countries", code) for name in ("subject", "presses") for code in descriptor[name]]
    named += [("startingArticle", "sources", descriptor["startingArticle"])] if descriptor["startingArticle"] else []
    for name, table, value in named:
        if value not in keys.get(table, (value,)):
            yield f"{name}: {value}", f"is not in {table}.csv", f"Correct it, or add its row to {table}.csv"
