"""What is wrong with the data files: every fault at once, in words a maintainer can act on.

Structure, types, allowed values and keys are checked by frictionless against `datapackage.json`; the rules
that a schema cannot say are frictionless checks of our own. Nothing here stops at the first fault or raises.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from frictionless import Check, Checklist, Package, Resource, Row, Schema, errors

from dashboard import dates
from dashboard.csvfile import Fault, TextTable, nearest
from dashboard.dictionary import Dictionary

# Rows in these states are not trade that happened or is firmly agreed, so their money may not be added up.
NOT_IN_TOTALS = ("proposed", "negotiating", "stalled", "cancelled", "alleged", "denied")
LIMIT = 10_000  # faults a table; enough for a file saved with every cell wrong, small enough to stay in memory

Cells = dict[str, str]
Broken = Iterator[tuple[str, str]]  # a column and "problem | remedy"


def find_faults(tables: dict[str, TextTable], dictionary: Dictionary) -> list[Fault]:
    """Return every fault of the tables, in the order of the files and their lines.

    Takes each table as text, by its name in the data package. A table that could not be read or lacks a column
    gives those faults only; the others are still checked against it as far as it goes.
    """
    faults = [fault for table in tables.values() for fault in table.faults]
    for name, table in tables.items():
        faults += _header_faults(table, dictionary, name)
    readable = {name: table for name, table in tables.items() if table.header}
    keys = {name: _key_values(table, dictionary.key(name)[0]) for name, table in readable.items()}
    package = Package(resources=[_resource(name, table, dictionary) for name, table in readable.items()])
    for resource in package.resources:
        checklist = Checklist(checks=[Rules(resource.name, dictionary, keys)])
        report = resource.validate(checklist, limit_errors=LIMIT)
        table = readable[resource.name]
        found = [_fault(error, table, dictionary, resource.name, keys) for error in report.tasks[0].errors]
        faults += [fault for fault in found if fault]
    order = {dictionary.path(name): position for position, name in enumerate(tables)}
    return sorted(set(faults), key=lambda fault: (order[fault.file], fault.line, fault.column, fault.problem))


def _key_values(table: TextTable, column: str) -> list[str]:
    if column not in table.header:
        return []
    at = table.header.index(column)
    return [row[at] for row in table.rows if len(row) > at]


def _header_faults(table: TextTable, dictionary: Dictionary, name: str) -> list[Fault]:
    """Return a fault for each column that is missing, unknown or there twice."""
    if not table.header:
        return []
    wanted = list(dictionary.tables[name])
    missing = [column for column in wanted if column not in table.header]
    faults = []
    for column in dict.fromkeys(table.header):
        if table.header.count(column) > 1:
            faults.append(Fault(table.file, 1, column, column, "is the heading of two columns", "Keep one of them"))
        if column not in wanted:
            remedy = nearest(column, missing) if missing else "Remove the column, or describe it in datapackage.json"
            faults.append(Fault(table.file, 1, column, column, "is not a column of this table", remedy))
    for column in missing:
        remedy = f"Add a column headed “{column}”: {dictionary.tables[name][column].help}"
        faults.append(Fault(table.file, 1, column, "", "is missing", remedy.rstrip(".")))
    return faults


def _resource(name: str, table: TextTable, dictionary: Dictionary) -> Resource:
    """Return a table as frictionless takes it, with the schema's columns in the order of the file's own header."""
    described = {field["name"]: field for field in dictionary.resources[name]["schema"]["fields"]}
    schema = dictionary.resources[name]["schema"]
    fields = [_enumerated(described.get(column, {"name": column, "type": "any"})) for column in table.header]
    descriptor: dict[str, Any] = {"fields": fields, "missingValues": schema["missingValues"]}
    if all(column in table.header for column in schema["primaryKey"]):
        descriptor["primaryKey"] = schema["primaryKey"]
    descriptor["foreignKeys"] = [
        key for key in schema.get("foreignKeys", []) if all(column in table.header for column in key["fields"])
    ]
    return Resource(name=name, data=[table.header, *table.rows], schema=Schema.from_descriptor(descriptor))


def _enumerated(field: dict[str, Any]) -> dict[str, Any]:
    """Return a field whose allowed values frictionless enforces; it knows `enum` but not yet `categories`."""
    if "categories" not in field:
        return field
    allowed = [category["value"] for category in field["categories"]]
    return {**field, "constraints": {**field.get("constraints", {}), "enum": allowed}}


class Rules(Check):
    """The rules of these tables that Table Schema cannot express."""

    type = "defence-ties"
    Errors = [errors.CellError]

    def __init__(self, table: str, dictionary: Dictionary, keys: dict[str, list[str]]) -> None:
        """Take the table's name and the keys of every table, for the columns that list several."""
        super().__init__()
        self.columns = dictionary.tables[table]
        self.keys = {name: set(values) for name, values in keys.items()}
        self.nearest = {name: list(values) for name, values in keys.items()}
        self.rules: list[Callable[[Cells], Broken]] = [self._lists, self._dates, *RULES.get(table, [])]

    def validate_row(self, row: Row) -> Iterator[errors.CellError]:
        """Yield an error for each cell that breaks a rule."""
        cells: Cells = defaultdict(str, zip(row.field_names, (str(cell or "") for cell in row.cells), strict=False))
        for rule in self.rules:
            for column, note in rule(cells):
                if column in row.field_names:
                    yield errors.CellError.from_row(row, note=note, field_name=column)

    def _lists(self, cells: Cells) -> Broken:
        for name, column in self.columns.items():
            items = [item.strip() for item in cells[name].split(";")] if column.reference and cells[name] else []
            for item in items:
                if item not in self.keys.get(column.reference, ()):
                    hint = nearest(item, self.nearest.get(column.reference, []))
                    yield name, f"lists “{item}”, which is not in {column.reference}.csv|{hint}"
            if len(set(items)) < len(items):
                yield name, "lists the same key twice|Keep each key once"

    def _dates(self, cells: Cells) -> Broken:
        for name, column in self.columns.items():
            if column.is_date and cells[name] and not dates.is_date(cells[name]):
                yield name, "is not a date|Write YYYY, YYYY-MM or YYYY-MM-DD, then ~ for about or ? for uncertain"


def _deal_dates(cells: Cells) -> Broken:
    start, end = cells["start"], cells["end"]
    if dates.is_date(start) and dates.is_date(end) and dates.parse(end).latest < dates.parse(start).earliest:
        yield "end", f"is before the start, {start}|Correct the start or the end"


def _deal_value(cells: Cells) -> Broken:
    value, basis = cells["value_usd_m"], cells["value_basis"]
    if value and not basis:
        yield "value_basis", "is blank although a value is given|Say contract, reported or estimate"
    if basis and not value:
        yield "value_basis", "is given although no value is|Give the value or blank the basis"
    numbers = [cells["value_low_usd_m"], value, cells["value_high_usd_m"]]
    if any(numbers[::2]) and not value:
        yield "value_usd_m", "is blank although a range is given|Give the figure used in totals, or blank the range"
    for column, low, high in (("value_low_usd_m", 0, 1), ("value_high_usd_m", 1, 2)):
        pair = [_number(numbers[low]), _number(numbers[high])]
        if None not in pair and pair[0] > pair[1]:
            yield column, "breaks the order low ≤ value ≤ high|Correct the low, the value or the high"


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None


def _deal_totals(cells: Cells) -> Broken:
    if cells["in_totals"] == "yes" and cells["status"] in NOT_IN_TOTALS:
        remedy = f"Write no, and say why in doubt; a deal in totals is none of {', '.join(NOT_IN_TOTALS)}"
        yield "in_totals", f"is not allowed with status “{cells['status']}”|{remedy}"
    if cells["in_totals"] == "no" and "Not in totals:" not in cells["doubt"]:
        yield "doubt", "does not say why the deal is left out of totals|Begin the reason with “Not in totals:”"


def _deal_parties(cells: Cells) -> Broken:
    both = set(filter(None, cells["supplier"].split(";"))) & set(cells["recipient"].split(";"))
    if both:
        yield "recipient", f"names {', '.join(sorted(both))}, a supplier too|Keep each state on one side"


def _source_address(cells: Cells) -> Broken:
    if cells["url"] and not re.match(r"https?://[^\s/]+", cells["url"]):
        yield "url", "is not a web address|Begin with https:// or http://, or leave it blank"


RULES: dict[str, list[Callable[[Cells], Broken]]] = {
    "deals": [_deal_dates, _deal_value, _deal_totals, _deal_parties],
    "sources": [_source_address],
}


def _fault(
    error: Any, table: TextTable, dictionary: Dictionary, name: str, keys: dict[str, list[str]]
) -> Fault | None:
    """Return a frictionless error in our words; None for one that repeats another or the header's faults."""
    column = getattr(error, "field_name", "") or ", ".join(getattr(error, "field_names", []))
    if error.type in ("incorrect-label", "duplicate-label", "blank-label", "extra-label", "missing-label"):
        return None
    key = dictionary.key(name)
    if error.type == "primary-key":
        if len(key) == 1:
            return None
        column = ", ".join(key)
    described = dictionary.tables[name].get(column)
    problem, _, remedy = _words(error, described.choices if described else {}, keys).partition("|")
    value = str(getattr(error, "cell", "") or ", ".join(map(str, getattr(error, "field_cells", []))))
    value = "" if value == "None" else value
    return Fault(table.file, table.lines[error.row_number - 2], column, value, problem, remedy)


def _words(error: Any, choices: dict[str, str], keys: dict[str, list[str]]) -> str:
    """Return "problem|remedy" for a frictionless error."""
    if error.type == "cell-error":
        return error.note
    if error.type == "foreign-key":
        allowed = keys.get(error.reference_name, [])
        hint = nearest(", ".join(map(str, error.field_cells)), allowed)
        return f"is not in {error.reference_name}.csv|{hint}"
    if error.type == "constraint-error":
        kind, _, bound = error.note.removeprefix('constraint "').partition('" is ')
        return _constraint_words(kind, bound.strip('"'), error.cell, choices)
    kind = error.note.removeprefix('type is "').partition("/")[0]
    plain = {
        "type-error": f"is not of the type {kind}|"
        + (nearest(str(getattr(error, "cell", "")), list(choices)) if choices else "Correct the value"),
        "unique-error": "is used in another row|Give every row its own",
        "primary-key": "repeats the key of another row|Remove one of the two rows, or tell them apart",
        "extra-cell": "is one cell more than the header has|Put a cell that holds a comma in quotation marks",
        "missing-cell": "is missing, the row ends early|Add the empty cells, one comma for each",
    }
    return plain.get(error.type, f"{error.note}|Correct the row")


def _constraint_words(kind: str, bound: str, cell: object, choices: dict[str, str]) -> str:
    words = {
        "required": "is blank but must be given|Fill the cell",
        "enum": f"is not an allowed value|{nearest(str(cell), list(choices))}",
        "pattern": f"does not have the right form|It must match {bound}",
        "maxLength": f"is too long, {len(str(cell))} characters|Shorten it to {bound} at most",
        "minimum": f"is too small|Give {bound} or more",
        "maximum": f"is too large|Give {bound} or less",
        "unique": "is used in another row|Give every row its own",
    }
    return words.get(kind, f"breaks the rule {kind} {bound}|Correct the value")
