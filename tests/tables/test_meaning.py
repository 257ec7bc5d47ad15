from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest

from dashboard.tables import check as checks
from dashboard.tables import load as data
from dashboard.tables.check import meaning
from dashboard.tables.dictionary import Dictionary

DESCRIPTOR: dict[str, Any] = json.loads((data.FOLDER / data.DESCRIPTION).read_bytes())


def spoilt(table: str, column: str, value: str, **said: Any) -> list[tuple[str, str, str]]:
    """Return what is missing when a category says something else; `...` takes a word away."""
    descriptor = deepcopy(DESCRIPTOR)
    resource = next(entry for entry in descriptor["resources"] if entry["name"] == table)
    field = next(field for field in resource["schema"]["fields"] if field["name"] == column)
    category = next(category for category in field["categories"] if category["value"] == value)
    for name, words in said.items():
        category.pop(name) if words is ... else category.update({name: words})
    return list(meaning.lacking(Dictionary(descriptor)))


def test_the_published_package_says_all_that_the_code_must_know() -> None:
    assert not list(meaning.lacking(Dictionary(DESCRIPTOR)))


@pytest.mark.parametrize(("place", "name"), [(place, name) for place, said in meaning.NEEDED.items() for name in said])
def test_a_value_that_lacks_what_the_code_must_know_is_named(place: tuple[str, str], name: str) -> None:
    value = next(iter(Dictionary(DESCRIPTOR).choices(*place)))
    ((where, problem, remedy),) = spoilt(*place, value, **{name: ...})
    assert (where, problem) == (f"{'.'.join(place)}: {value}", f"has no “{name}”")
    assert remedy.startswith("Say beside it in its category: ")


@pytest.mark.parametrize(
    ("table", "column", "value", "name", "said", "remedy"),
    [
        ("deals", "kind", "sale", "family", "gift", "one of trade, tie, measure"),
        ("deals", "kind", "sale", "priced", 1, "true or false"),
        ("deals", "domain", "air", "colour", "blue", "a colour such as #0072B2"),
        ("deals", "domain", "air", "glyph", "air", "one sign, such as ■"),
        ("deals", "status", "signed", "stage", 0, "its place on the ladder"),
        ("deals", "status", "signed", "stage", True, "its place on the ladder"),
        ("deals", "status", "signed", "pattern", "striped", "one of solid, hatched"),
        ("milestones", "kind", "talks", "shape", "heart", "one of circle"),
    ],
)
def test_a_value_that_says_what_cannot_be_used_is_named(
    table: str, column: str, value: str, name: str, said: object, remedy: str
) -> None:
    ((where, problem, words),) = spoilt(table, column, value, **{name: said})
    assert where == f"{table}.{column}: {value}"
    assert problem == f"has a “{name}” that cannot be used: {said!r}"
    assert words.startswith(f"Write {remedy}")


def test_two_domains_with_one_sign_are_named() -> None:
    glyph = Dictionary(DESCRIPTOR).meaning("deals", "domain", "glyph")["air"]
    assert spoilt("deals", "domain", "naval", glyph=glyph) == [
        ("deals.domain: naval", "has the glyph of “air”", "Give each domain a sign of its own")
    ]


def test_the_check_names_what_a_category_lacks_and_looks_no_further() -> None:
    descriptor = deepcopy(DESCRIPTOR)
    field = next(field for field in descriptor["resources"][0]["schema"]["fields"] if field["name"] == "kind")
    del field["categories"][0]["family"]
    fault, *others = checks.find_faults({}, Dictionary(descriptor))
    assert not others
    assert str(fault) == (
        "datapackage.json: “deals.kind: sale” has no “family”. "
        "Say beside it in its category: one of trade, tie, measure."
    )
