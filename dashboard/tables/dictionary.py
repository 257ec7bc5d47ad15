"""What the columns and allowed values mean: the one reader of `datapackage.json`'s words."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from dashboard.tables.columns import Column
from dashboard.tables.package import Package

NAMES = ("deals", "milestones", "quotes", "sources", "places", "countries", "gaps", "deflator")  # of the tables
LOG = "changes"  # what each release changed in them: described beside them, and read only where it is asked for


class Dictionary:
    """The description of every table, column and allowed value of one data package.

    `files` gives the file of each table, `tables` its columns, `keys` the names of those that identify a row. The log of
    what releases changed is no such table: `log` gives its columns, `paths` has its file
    too, and `hashes` by name what each file was when it was released, "" where it never was.
    """

    def __init__(self, descriptor: dict[str, Any]) -> None:
        """Take the data package's descriptor as read from JSON; raises LookupError or TypeError where it cannot be understood."""
        self.descriptor = descriptor
        self.version: str = descriptor["version"]
        self.resources: dict[str, dict[str, Any]] = {entry["name"]: entry for entry in descriptor["resources"]}
        self.paths: list[str] = [entry["path"] for entry in descriptor["resources"]]
        self.hashes: dict[str, str] = {entry["name"]: entry.get("hash", "") for entry in descriptor["resources"]}
        self.log = _columns(self.resources.pop(LOG)["schema"]) if LOG in self.resources else {}
        self.tables: dict[str, dict[str, Column]] = {
            name: _columns(entry["schema"]) for name, entry in self.resources.items()
        }
        self.files: dict[str, str] = {name: entry["path"] for name, entry in self.resources.items()}
        self.keys: dict[str, list[str]] = {
            name: _names(entry["schema"]["primaryKey"]) for name, entry in self.resources.items()
        }
        # Of each table, the columns that hold the key of another: their names, that table, and the names of its key.
        self.foreign: dict[str, list[tuple[list[str], str, list[str]]]] = {
            name: [_foreign(key) for key in entry["schema"].get("foreignKeys", [])]
            for name, entry in self.resources.items()
        }

    @property
    def single(self) -> set[str]:
        """Return the tables whose key is one column, so that a cell can refer to a row of them."""
        return {table for table, key in self.keys.items() if len(key) == 1}

    @cached_property
    def package(self) -> Package:
        """Return what the package says of the data set as a whole, once the check has found nothing missing there."""
        return Package.of(self.descriptor)

    def path(self, table: str) -> str:
        """Return the file name of a table, such as `deals.csv`."""
        return self.files[table]

    def key(self, table: str) -> list[str]:
        """Return the names of the columns that together identify a row."""
        return self.keys[table]

    def choices(self, table: str, column: str) -> dict[str, str]:
        """Return the allowed values of a column and their labels, in order."""
        return self.tables[table][column].choices

    def label(self, table: str, column: str, value: object, family: str = "") -> str:
        """Return the words for a value; a value without a label stands for itself.

        Of a status, the words may differ by the `family` of the dealing: what is delivered in trade is completed
        where nothing is traded.
        """
        meaning = self.tables[table][column].meanings.get(str(value), {"label": str(value)})
        return meaning.get("labels", {}).get(family, meaning["label"])

    def before_noun(self, table: str, column: str, value: str) -> str:
        """Return the words for a value as they stand before a noun: `Drone` in “drone deals”, where it is labelled `Drones`."""
        meaning = self.tables[table][column].meanings[value]
        return meaning.get("before", meaning["label"])

    def meaning(self, table: str, column: str, name: str) -> dict[str, Any]:
        """Return what the category of each allowed value of a column says under `name`, in the package's order."""
        return {value: meaning[name] for value, meaning in self.tables[table][column].meanings.items()}

    def having(self, table: str, column: str, name: str, said: object = True) -> tuple[str, ...]:
        """Return the allowed values of a column whose category says `said` under `name`, in the package's order."""
        return tuple(value for value, found in self.meaning(table, column, name).items() if found == said)

    def title(self, table: str, column: str) -> str:
        """Return the heading of a column."""
        return self.tables[table][column].title


def _names(given: Any) -> list[str]:
    """Return a list of names; raises TypeError where it is none."""
    if not isinstance(given, list) or not all(isinstance(name, str) for name in given):
        raise TypeError(given)
    return given


def _foreign(key: dict[str, Any]) -> tuple[list[str], str, list[str]]:
    (table,) = _names([key["reference"]["resource"]])
    return _names(key["fields"]), table, _names(key["reference"]["fields"])


def _columns(schema: dict[str, Any]) -> dict[str, Column]:
    """Return the columns of a table by their names."""
    _names([name for field in schema["fields"] for name in (field["name"], field.get("reference", ""))])
    foreign = {name: table for names, table, _ in map(_foreign, schema.get("foreignKeys", [])) for name in names}
    return {field["name"]: Column.from_field(field, foreign.get(field["name"], "")) for field in schema["fields"]}
