"""What one column holds: its words for people, its type, its rules and its allowed values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

EDTF = "http://id.loc.gov/datatypes/edtf/EDTF-level1"
NAME = "http://xmlns.com/foaf/0.1/name"  # of a person or a body, or several joined by semicolons


@dataclass(frozen=True)
class Column:
    """One column: its title and help for people, its type, choices and rules for machines.

    `choices` maps each allowed value, as written in the CSV, to its label, in the order of the data package;
    it is empty where any value is allowed. `meanings` maps each to all that its category says of it beside the value
    itself: the label, and what `dashboard.tables.check.meaning` says the code must know of it. `reference` names the table
    whose key each `;`-joined item is, `foreign` the one whose key the whole cell is; "" where there is none.
    `constraints` are those of Table Schema, by name.
    """

    name: str
    title: str
    help: str
    type: str
    choices: dict[str, str]
    meanings: dict[str, dict[str, Any]]
    reference: str
    foreign: str
    is_date: bool
    is_name: bool
    constraints: dict[str, Any]
    example: str

    @classmethod
    def from_field(cls, field: dict[str, Any], foreign: str = "") -> Column:
        """Return the column that a Table Schema field describes, and the table that a foreign key of it refers to."""
        categories = {str(category["value"]): category for category in field.get("categories", [])}
        return cls(
            name=field["name"],
            title=field["title"],
            help=field["description"],
            type=field["type"],
            choices={value: category["label"] for value, category in categories.items()},
            meanings=categories,
            reference=field.get("reference", ""),
            foreign=foreign,
            is_date=field.get("rdfType") == EDTF,
            is_name=field.get("rdfType") == NAME,
            constraints=dict(field.get("constraints", {})),
            example=str(field.get("example", "")),
        )

    @property
    def required(self) -> bool:
        """Say whether every row must have a cell."""
        return self.constraints.get("required", False)
