from __future__ import annotations

import json
from typing import Any

import pytest

from dashboard.tables import load as data
from dashboard.tables.columns import EDTF, Column
from dashboard.tables.dictionary import LOG, Dictionary

PACKAGE: dict[str, Any] = json.loads((data.FOLDER / data.DESCRIPTION).read_text(encoding="utf-8"))
FIELDS = [(resource["name"], field) for resource in PACKAGE["resources"] for field in resource["schema"]["fields"]]
NAMES = [f"{table}.{field['name']}" for table, field in FIELDS]

# A description made up for these tests: two columns, one of them with allowed values.
STATE = {
    "name": "state", "type": "integer", "title": "State", "description": "How the ship is.", "example": 1,
    "constraints": {"required": True},
    "categories": [
        {"value": 2, "label": "Afloat", "labels": {"tie": "Under way"}, "open": True},
        {"value": 1, "label": "Sunk", "open": False},
    ],
}  # fmt: skip
BUILT = {
    "name": "built", "type": "string", "title": "Built", "description": "When.", "rdfType": EDTF, "reference": "yards",
}  # fmt: skip
SHIPS: dict[str, Any] = {
    "version": "7",
    "resources": [
        {"name": "ships", "path": "fleet.csv", "schema": {"primaryKey": ["state"], "fields": [STATE, BUILT]}}
    ],
}


def described(table: str) -> dict[str, Column]:
    """Return the columns of a table, or of the log, as the published description has them."""
    dictionary = Dictionary(PACKAGE)
    return dictionary.log if table == LOG else dictionary.tables[table]


# --- the published description ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("table", "field"), FIELDS, ids=NAMES)
def test_every_column_has_a_title_help_and_an_example_that_follows_its_rules(table: str, field: dict[str, Any]) -> None:
    column = described(table)[field["name"]]
    assert column.title
    assert column.help.endswith(".")
    assert column.example
    assert not column.choices or column.example in column.choices
    assert len(column.example) <= field.get("constraints", {}).get("maxLength", 10_000)


@pytest.mark.parametrize(("table", "field"), FIELDS, ids=NAMES)
def test_every_allowed_value_has_a_label_of_its_own(table: str, field: dict[str, Any]) -> None:
    choices = described(table)[field["name"]].choices
    assert len(choices) == len(field.get("categories", []))
    assert all(choices.values())
    assert len(set(choices.values())) == len(choices)


@pytest.mark.parametrize("resource", PACKAGE["resources"], ids=lambda resource: resource["name"])
def test_the_columns_are_described_in_the_order_of_the_file(resource: dict[str, Any]) -> None:
    header = (data.FOLDER / resource["path"]).read_text(encoding="utf-8").partition("\n")[0]
    assert [field["name"] for field in resource["schema"]["fields"]] == header.split(",")


# --- how a description is read ------------------------------------------------------------------------------------


def test_files_keys_and_version_are_those_of_the_description() -> None:
    ships = Dictionary(SHIPS)
    assert (ships.path("ships"), ships.key("ships")) == ("fleet.csv", ["state"])
    assert ships.version == "7"


def test_a_column_is_what_its_field_says() -> None:
    state, built = Dictionary(SHIPS).tables["ships"].values()
    assert (state.title, state.help, state.type, state.example) == ("State", "How the ship is.", "integer", "1")
    assert (state.required, state.is_date, state.reference) == (True, False, "")
    assert (built.required, built.is_date, built.reference, built.example) == (False, True, "yards", "")
    assert built.choices == {}
    assert Dictionary(SHIPS).title("ships", "built") == "Built"


def test_allowed_values_keep_their_order_and_are_known_as_written_in_the_file() -> None:
    assert list(Dictionary(SHIPS).choices("ships", "state").items()) == [("2", "Afloat"), ("1", "Sunk")]


@pytest.mark.parametrize(
    ("value", "family", "words"),
    [
        (1, "", "Sunk"),
        ("2", "", "Afloat"),
        (2, "tie", "Under way"),
        (1, "tie", "Sunk"),
        (3, "", "3"),
        ("x", "tie", "x"),
    ],
)
def test_a_value_is_said_in_the_words_of_its_family_and_one_without_words_stands_for_itself(
    value: object, family: str, words: str
) -> None:
    assert Dictionary(SHIPS).label("ships", "state", value, family) == words


def test_what_a_category_says_beside_the_value_is_found_by_its_name() -> None:
    ships = Dictionary(SHIPS)
    assert ships.meaning("ships", "state", "open") == {"2": True, "1": False}
    assert ships.having("ships", "state", "open") == ("2",)
    assert ships.having("ships", "state", "open", said=False) == ("1",)


@pytest.mark.parametrize("lacking", ["version", "resources"])
def test_a_description_that_says_too_little_is_refused_at_once(lacking: str) -> None:
    with pytest.raises(KeyError, match=lacking):
        Dictionary({name: value for name, value in SHIPS.items() if name != lacking})


@pytest.mark.parametrize("lacking", ["name", "path", "schema"])
def test_a_table_that_is_described_too_little_is_refused_at_once(lacking: str) -> None:
    (ships,) = SHIPS["resources"]
    with pytest.raises(KeyError, match=lacking):
        Dictionary({**SHIPS, "resources": [{name: value for name, value in ships.items() if name != lacking}]})
