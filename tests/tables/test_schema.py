"""Table Schema as the check knows it: what a cell breaks of its column, and what a description asks that nothing checks."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest

from dashboard.tables import check as checks
from dashboard.tables import load as data
from dashboard.tables.check import description, repeats, schema
from dashboard.tables.columns import Column
from dashboard.tables.dictionary import Dictionary

DESCRIPTOR: dict[str, Any] = json.loads((data.FOLDER / data.DESCRIPTION).read_bytes())


def column(kind: str, **constraints: Any) -> Column:
    return Column.from_field(
        {
            "name": "a",
            "title": "A",
            "description": "What it is.",
            "type": kind,
            "example": "ab",
            "constraints": constraints,
        }
    )


@pytest.mark.parametrize(
    ("kind", "constraints", "right", "wrong", "problem", "remedy"),
    [
        ("string", {"required": True}, "x", "", "is blank but must be given", "Fill the cell"),
        ("string", {"minLength": 2}, "ab", "a", "does not fit its column", "What it is"),
        ("string", {"maxLength": 2}, "ab", "abc", "is too long, 3 characters", "Shorten it to 2 at most"),
        ("string", {"pattern": "a|b"}, "b", "ab", "does not have the right form", "Write it in the form of “ab”"),
        ("string", {"enum": ["a", "b"]}, "b", "c", "is not an allowed value", "Write one of a, b"),
        ("integer", {"enum": [1, 2]}, "2", "3", "is not an allowed value", "Write one of 1, 2"),
        ("integer", {"minimum": 1}, "1", "0", "is too small", "Give 1 or more"),
        ("number", {"maximum": 1.5}, "1.50", "1.51", "is too large", "Give 1.5 or less"),
    ],
)
def test_a_cell_that_breaks_a_constraint_is_named_and_one_at_its_edge_is_right(
    kind: str, constraints: dict[str, Any], right: str, wrong: str, problem: str, remedy: str
) -> None:
    assert list(schema.broken(column(kind, **constraints), [right, wrong])) == [(wrong, problem, remedy)]


def test_a_blank_cell_breaks_no_constraint_but_that_it_must_be_given() -> None:
    every = {"minLength": 5, "pattern": "x+", "enum": ["xxxxx"], "required": False}
    assert list(schema.broken(column("string", **every), [""])) == []


def test_what_is_not_of_its_type_breaks_nothing_more() -> None:
    assert list(schema.broken(column("integer", minimum=3), ["two", "2"])) == [("2", "is too small", "Give 3 or more")]


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("string", ["", "x\ny"], []),
        ("integer", ["0", "-12", "007"], ["", "1.0", "1e3", "٣", " 1", "1\n", "1" * 16]),
        ("number", ["0", "-1.50"], ["", "1,5", "NaN", "INF", "1_000", ".5", "1."]),
        ("date", ["2024-02-29"], ["", "2023-02-29", "2024-2-9", "20240209", "2024-02", "2024-W01-1"]),
    ],
)
def test_each_type_has_one_spelling(kind: str, right: list[str], wrong: list[str]) -> None:
    assert [cell for cell in [*right, *wrong] if schema.fits(kind, cell)] == right


def test_numbers_are_compared_by_what_they_are_and_blanks_with_nothing() -> None:
    assert repeats.worths("integer", ["007", "7", "", "x"]) == [7.0, 7.0, None, None]
    assert repeats.worths("string", ["007", "7", ""]) == ["007", "7", None]


def test_words_are_compared_in_whatever_case_but_where_case_leads_elsewhere() -> None:
    assert repeats.worths("string", ["Yard", "YARD"]) == ["yard", "yard"]
    assert repeats.worths("string", ["/Yard", "/YARD"], has_case=True) == ["/Yard", "/YARD"]


# --- what a description may ask ---------------------------------------------------------------------------------------


def reasons(**changes: Any) -> list[str]:
    """Return what is wrong with the published description where a part of deals.quantity, or of deals, is another."""
    descriptor = deepcopy(DESCRIPTOR)
    table = next(entry["schema"] for entry in descriptor["resources"] if entry["name"] == "deals")
    field = next(field for field in table["fields"] if field["name"] == "quantity")
    for name, value in changes.items():
        (table if name in {*description.TABLE_PARTS, "uniqueKeys"} else field)[name] = value
    faults = [fault for fault in description.faults(Dictionary(descriptor)) if fault.value == "deals"]
    assert {fault.file for fault in faults} <= {"datapackage.json"}
    return [fault.problem.removeprefix("is a table whose description is not valid: ") for fault in faults]


def test_the_check_knows_all_that_the_published_description_asks() -> None:
    assert reasons() == []


UNKNOWN = "the check does not know the rule “{}” with {!r} of quantity"


@pytest.mark.parametrize(
    ("name", "bound"),
    [
        ("exclusiveMinimum", 1), ("jsonSchema", {}), ("minimum", "1"), ("minimum", True), ("maximum", None),
        ("pattern", "[0-9]+"), ("maxLength", 3), ("required", "yes"), ("unique", 1), ("enum", []), ("enum", "1"),
    ],
)  # fmt: skip
def test_a_constraint_that_nothing_would_check_is_a_fault(name: str, bound: Any) -> None:
    assert reasons(constraints={name: bound}) == [UNKNOWN.format(name, bound)]


@pytest.mark.parametrize(("name", "bound"), [("pattern", "["), ("pattern", 1), ("minLength", -1), ("maxLength", 2.5)])
def test_a_bound_that_cannot_be_used_is_a_fault(name: str, bound: Any) -> None:
    assert reasons(type="string", constraints={name: bound}) == [UNKNOWN.format(name, bound)]


KEY = {"fields": ["place_id"], "reference": {"resource": "places", "fields": ["place_id"]}}
FOREIGN = "{} must be one column that holds the key of one other table"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"type": "year"}, "the check does not know the type “year” of quantity"),
        ({"format": "any"}, "the check does not know the “format” of quantity"),
        ({"name": "title"}, "it has two columns named title"),
        ({"reference": "ships"}, "no table with a key of one column is the “ships” in the reference of quantity"),
        (
            {"reference": "milestones"},
            "no table with a key of one column is the “milestones” in the reference of quantity",
        ),
        ({"uniqueKeys": [["title"]]}, "the check does not know “uniqueKeys”"),
        ({"missingValues": ["", "-"]}, "only a cell without any sign can stand for a missing value"),
        ({"primaryKey": []}, "its key is not made of its columns"),
        ({"primaryKey": ["id"]}, "its key is not made of its columns"),
        ({"foreignKeys": [KEY | {"fields": ["unit", "place_id"]}]}, FOREIGN.format("unit, place_id")),
        ({"foreignKeys": [KEY | {"fields": ["place"]}]}, FOREIGN.format("place")),
        (
            {"foreignKeys": [KEY | {"reference": {"resource": "ships", "fields": ["place_id"]}}]},
            FOREIGN.format("place_id"),
        ),
        (
            {"foreignKeys": [KEY | {"reference": {"resource": "places", "fields": ["name"]}}]},
            FOREIGN.format("place_id"),
        ),
    ],
)
def test_a_part_of_a_description_that_nothing_would_check_is_a_fault(changes: dict[str, Any], reason: str) -> None:
    assert reason in reasons(**changes)


def test_two_references_of_one_column_are_a_fault() -> None:
    assert reasons(foreignKeys=[KEY, KEY]) == [FOREIGN.format("place_id")] * 2


@pytest.mark.parametrize("part", ["primaryKey", "foreignKeys", "reference", "name"])
@pytest.mark.parametrize("value", [None, 1, "deal_id", [1], [["deal_id"]], [{}], {"fields": 1}])
def test_a_description_of_another_shape_is_not_understood_or_a_fault(part: str, value: Any) -> None:
    try:
        found = reasons(**{part: value})
    except (LookupError, TypeError, AttributeError):  # which `read_texts` says in words
        return
    assert found
    assert part in ("name", "reference")


def test_the_check_looks_no_further_than_a_description_that_it_cannot_follow() -> None:
    descriptor = deepcopy(DESCRIPTOR)
    descriptor["resources"][0]["schema"]["fields"][0]["constraints"]["exclusiveMaximum"] = 3
    (fault,) = checks.find_faults({}, Dictionary(descriptor))
    assert str(fault) == (
        "datapackage.json: “deals” is a table whose description is not valid: the check does not know the rule "
        "“exclusiveMaximum” with 3 of deal_id. Mend it, or restore the last release."
    )
