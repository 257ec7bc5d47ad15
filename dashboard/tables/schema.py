"""What the check knows of Table Schema: types, constraints and keys; what it does not know is a fault of the description.

So no rule that `datapackage.json` has for a cell is passed over in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date
from itertools import filterfalse
from typing import Any, NamedTuple

from dashboard.tables.csvfile import Fault
from dashboard.tables.dictionary import Column, Dictionary

# How a cell of each type but text is spelt, what any other is called, and the remedy.
FORMS = {
    "integer": (re.compile(r"-?[0-9]{1,15}"), "is not a whole number", "Write digits only"),
    "number": (re.compile(r"-?[0-9]{1,15}(\.[0-9]+)?"), "is not a number", "Write digits, with a point for decimals"),
    "date": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "is not a day", "Write YYYY-MM-DD"),
}
FIGURES, TEXT = ("integer", "number"), ("string",)
TYPES = ("string", *FORMS)
# What may be said of a table and of a column; `reference` is our own: the table whose keys a cell lists.
TABLE_PARTS = {"fields", "missingValues", "primaryKey", "foreignKeys"}
COLUMN_PARTS = {
    "name", "type", "title", "description", "example", "rdfType", "categories", "reference", "constraints",
}  # fmt: skip


class Constraint(NamedTuple):
    """What each cell of a column may have to keep to: of which types, with which bounds, and what is said where it fails.

    `holds` takes the bound and returns what says whether a cell, filled in and of its type, keeps to it.
    """

    types: tuple[str, ...]
    takes: Callable[[Any], bool]
    holds: Callable[[Any], Callable[[str], object]]
    problem: str = "does not fit its column"
    remedy: str = "{help}"


def _is_count(bound: Any) -> bool:
    return isinstance(bound, int) and not isinstance(bound, bool) and bound >= 0


def _is_figure(bound: Any) -> bool:
    return isinstance(bound, (int, float)) and not isinstance(bound, bool)


def _is_list(bound: Any) -> bool:
    return isinstance(bound, list) and bool(bound)


def _is_form(bound: Any) -> bool:
    try:
        re.compile(bound)
    except (re.error, TypeError):
        return False
    return True


# Of several that one cell breaks, the last says most.
CONSTRAINTS = {
    "minLength": Constraint(TEXT, _is_count, lambda bound: lambda cell: len(cell) >= bound),
    "maxLength": Constraint(
        TEXT, _is_count, lambda bound: lambda cell: len(cell) <= bound,
        "is too long, {length} characters", "Shorten it to {bound} at most",
    ),
    "pattern": Constraint(
        TEXT, _is_form, lambda bound: re.compile(bound).fullmatch,
        "does not have the right form", "Write it in the form of “{example}”",
    ),
    "enum": Constraint(
        TYPES, _is_list, lambda bound: set(map(str, bound)).__contains__,
        "is not an allowed value", "Write one of {bound}",
    ),
    "minimum": Constraint(
        FIGURES, _is_figure, lambda bound: lambda cell: float(cell) >= bound, "is too small", "Give {bound} or more"
    ),
    "maximum": Constraint(
        FIGURES, _is_figure, lambda bound: lambda cell: float(cell) <= bound, "is too large", "Give {bound} or less"
    ),
}  # fmt: skip
REQUIRED, UNIQUE = "required", "unique"  # those of a blank cell, and between cells


def fits(kind: str, cell: str) -> bool:
    """Say whether a cell is spelt as its type asks; of a day also whether the calendar has it."""
    if kind == "string":
        return True
    if not FORMS[kind][0].fullmatch(cell):
        return False
    if kind == "date":
        try:
            date.fromisoformat(cell)
        except ValueError:
            return False
    return True


def worths(kind: str, cells: list[str]) -> list[str | float | None]:
    """Return what cells stand for when they are compared: numbers by what they are, not how they are spelt; blanks None."""
    if kind in FIGURES:
        return [float(cell) if fits(kind, cell) else None for cell in cells]
    return [cell or None for cell in cells]


def broken(column: Column, cells: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Yield each of the different cells of a column that breaks a constraint, the problem and the remedy."""
    filled = [cell for cell in cells if cell and fits(column.type, cell)]
    if column.required and "" in cells:
        yield "", "is blank but must be given", "Fill the cell"
    for name, constraint in CONSTRAINTS.items():
        if name in column.constraints:
            bound = column.constraints[name]
            for cell in filterfalse(constraint.holds(bound), filled):
                shown = ", ".join(map(str, bound)) if isinstance(bound, list) else bound
                words = {
                    "bound": shown,
                    "length": len(cell),
                    "example": column.example,
                    "help": column.help.rstrip("."),
                }
                yield cell, constraint.problem.format(**words), constraint.remedy.format(**words)


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
