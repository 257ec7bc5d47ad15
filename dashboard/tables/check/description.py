"""What is wrong with the description of the tables itself, and what of it the check does not know.

So no rule that `datapackage.json` has for a cell is passed over in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dashboard.tables.check.schema import CONSTRAINTS, REQUIRED, TYPES, UNIQUE
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.faults import Fault

# What may be said of a table and of a column; `reference` is our own: the table whose keys a cell lists.
TABLE_PARTS = {"fields", "missingValues", "primaryKey", "foreignKeys"}
COLUMN_PARTS = {
    "name", "type", "title", "description", "example", "rdfType", "categories", "reference", "constraints",
}  # fmt: skip


def faults(dictionary: Dictionary) -> Iterator[Fault]:
    """Yield what is wrong with the description of the tables itself, with which no table can be checked."""
    for table in dictionary.tables:
        for reason in [*_of_table(dictionary, table), *_of_keys(dictionary, table)]:
            problem = f"is a table whose description is not valid: {reason}"
            yield Fault("datapackage.json", 0, "", table, problem, "Mend it, or restore the last release")


def _of_table(dictionary: Dictionary, table: str) -> Iterator[str]:
    schema = dictionary.resources[table]["schema"]
    yield from (f"the check does not know “{part}”" for part in schema if part not in TABLE_PARTS)
    if schema.get("missingValues", [""]) != [""]:
        yield "only a cell without any sign can stand for a missing value"
    names = [field["name"] for field in schema["fields"]]
    yield from (f"it has two columns named {name}" for name in dictionary.tables[table] if names.count(name) > 1)
    for field in schema["fields"]:
        yield from (f"{reason} of {field['name']}" for reason in _of_column(field, dictionary))


def _of_column(field: dict[str, Any], dictionary: Dictionary) -> Iterator[str]:
    yield from (f"the check does not know the “{part}”" for part in field if part not in COLUMN_PARTS)
    if field.get("reference", "") not in {"", *dictionary.single}:
        yield f"no table with a key of one column is the “{field['reference']}” in the reference"
    if field["type"] not in TYPES:
        yield f"the check does not know the type “{field['type']}”"
        return
    for name, bound in dict(field.get("constraints", {})).items():
        if not _is_known(name, bound, field["type"]):
            yield f"the check does not know the rule “{name}” with {bound!r}"


def _is_known(name: str, bound: Any, kind: str) -> bool:
    """Say whether the check can follow a constraint on a column of a type."""
    if name in (REQUIRED, UNIQUE):
        return isinstance(bound, bool)
    constraint = CONSTRAINTS.get(name)
    return constraint is not None and kind in constraint.types and constraint.takes(bound)


def _of_keys(dictionary: Dictionary, table: str) -> Iterator[str]:
    columns, key = dictionary.tables[table], dictionary.key(table)
    if not key or not set(key) <= columns.keys():
        yield "its key is not made of its columns"
    referring = [names for names, *_ in dictionary.foreign[table]]
    for names, other, by in dictionary.foreign[table]:
        is_column = len(names) == 1 and names[0] in columns and referring.count(names) == 1
        if not is_column or other not in dictionary.single or by != dictionary.keys[other]:
            yield f"{', '.join(names)} must be one column that holds the key of one other table"
