"""What the check knows of Table Schema: how cells of each type are spelt, and the constraints of columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date
from itertools import filterfalse
from typing import Any, NamedTuple

from dashboard.tables.columns import Column

# How a cell of each type but text is spelt, what any other is called, and the remedy.
FORMS = {
    "integer": (re.compile(r"-?[0-9]{1,15}"), "is not a whole number", "Write digits only"),
    "number": (re.compile(r"-?[0-9]{1,15}(\.[0-9]+)?"), "is not a number", "Write digits, with a point for decimals"),
    "date": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "is not a day", "Write YYYY-MM-DD"),
}
FIGURES, TEXT = ("integer", "number"), ("string",)
LONGEST_KEY = 100  # letters; a key has to fit into an address
TYPES = ("string", *FORMS)


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


def broken(column: Column, cells: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Yield each of the different cells of a column that breaks a constraint, the problem and the remedy."""
    is_text = column.type in TEXT
    filled = [cell for cell in cells if cell and (is_text or fits(column.type, cell))]
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
