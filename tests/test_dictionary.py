from __future__ import annotations

import json
from typing import Any

import pytest

from dashboard import data
from dashboard.data import Tables
from dashboard.dictionary import Dictionary
from tests.published import read

PACKAGE: dict[str, Any] = json.loads((data.FOLDER / "datapackage.json").read_text(encoding="utf-8"))
FIELDS = [(resource["name"], field) for resource in PACKAGE["resources"] for field in resource["schema"]["fields"]]
NAMES = [f"{table}.{field['name']}" for table, field in FIELDS]


def values(table: str, column: str) -> list[str]:
    return [row[column] for row in read(table)]


@pytest.mark.parametrize(("table", "field"), FIELDS, ids=NAMES)
def test_every_column_has_a_title_help_and_an_example(table: str, field: dict[str, Any], tables: Tables) -> None:
    column = tables.dictionary.tables[table][field["name"]]
    assert column.title
    assert column.help.endswith(".")
    assert column.example
    assert tables.dictionary.title(table, column.name) == field["title"]


@pytest.mark.parametrize(("table", "field"), FIELDS, ids=NAMES)
def test_every_allowed_value_has_a_label_of_its_own(table: str, field: dict[str, Any], tables: Tables) -> None:
    choices = tables.dictionary.choices(table, field["name"])
    assert list(choices) == [str(category["value"]) for category in field.get("categories", [])]
    assert all(choices.values())
    assert len(set(choices.values())) == len(choices)
    assert [tables.dictionary.label(table, field["name"], value) for value in choices] == list(choices.values())
    if choices:
        assert set(values(table, field["name"])) - {""} <= set(choices)


@pytest.mark.parametrize(("table", "field"), FIELDS, ids=NAMES)
def test_examples_follow_the_rules_of_their_column(table: str, field: dict[str, Any], tables: Tables) -> None:
    column = tables.dictionary.tables[table][field["name"]]
    assert not column.choices or column.example in column.choices
    assert len(column.example) <= field.get("constraints", {}).get("maxLength", 10_000)


@pytest.mark.parametrize("resource", PACKAGE["resources"], ids=lambda resource: resource["name"])
def test_the_columns_are_described_in_the_order_of_the_file(resource: dict[str, Any]) -> None:
    header = (data.FOLDER / resource["path"]).read_text(encoding="utf-8").partition("\n")[0]
    assert [field["name"] for field in resource["schema"]["fields"]] == header.split(",")


def test_tables_files_and_keys_are_those_of_the_package(tables: Tables) -> None:
    dictionary = tables.dictionary
    assert dictionary.path("deals") == "deals.csv"
    assert dictionary.key("milestones") == ["deal_id", "date", "event"]
    assert dictionary.files == {resource["name"]: resource["path"] for resource in PACKAGE["resources"]}
    assert dictionary.version == tables.version == PACKAGE["version"]


def test_a_value_without_a_label_stands_for_itself(tables: Tables) -> None:
    assert tables.dictionary.label("deals", "status", "unheard-of") == "unheard-of"
    assert tables.dictionary.label("deals", "credibility", 6) == "Truth cannot be judged"


@pytest.mark.parametrize("lacking", ["version", "resources"])
def test_a_description_that_says_too_little_is_refused_at_once(lacking: str) -> None:
    with pytest.raises(KeyError, match=lacking):
        Dictionary({name: value for name, value in PACKAGE.items() if name != lacking})


@pytest.mark.parametrize("lacking", ["name", "path", "schema"])
def test_a_table_that_is_described_too_little_is_refused_at_once(lacking: str) -> None:
    resources = [
        {name: value for name, value in resource.items() if name != lacking} for resource in PACKAGE["resources"]
    ]
    with pytest.raises(KeyError, match=lacking):
        Dictionary({**PACKAGE, "resources": resources})
