"""What is wrong with the data files: every fault at once, in words a maintainer can act on.

Structure, types and keys are checked by frictionless against `datapackage.json`; the rules that a schema cannot
say are a frictionless check of our own. Nothing here stops at the first fault or raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

import attrs
from frictionless import Check, Checklist, FrictionlessException, Package, Resource, Row, Schema, errors

from dashboard.tables import agreement, countries, damage, meaning, names, package, rules
from dashboard.tables.csvfile import Fault, TextTable, closest
from dashboard.tables.dictionary import Column, Dictionary
from dashboard.tables.plausible import Window

LIMIT = 10_000  # faults a table; enough for a file saved with every cell wrong, small enough to stay in memory
# Frictionless on a key without any cell filled in, which it reports as blank cells that must be given as well.
BLANK_KEY = 'cells composing the primary keys are all "None"'
# What is said of a cell that breaks a constraint of the schema, and the remedy.
CONSTRAINTS = {
    "required": ("is blank but must be given", "Fill the cell"),
    "pattern": ("does not have the right form", "Write it in the form of “{example}”"),
    "maxLength": ("is too long, {length} characters", "Shorten it to {bound} at most"),
    "minimum": ("is too small", "Give {bound} or more"),
    "maximum": ("is too large", "Give {bound} or less"),
}

Keys = dict[str, dict[str, None]]  # of each table that others may refer to, the keys there are, in order


def find_faults(tables: dict[str, TextTable], dictionary: Dictionary) -> list[Fault]:
    """Return every fault of the tables, in the order of the files and their lines.

    Takes each table as text, by its name in the data package. One mistake is reported in one place: what follows
    from a line, or from a table that others refer to, that cannot be read is left out.
    """
    if wrong := [*_description_faults(dictionary), *_meaning_faults(dictionary)]:
        return wrong
    mended = {name: damage.mend(table, dictionary.tables[name]) for name, table in tables.items()}
    tables = {name: table for name, (table, _) in mended.items()}
    readable = {name: table for name, table in tables.items() if table.rows and _known(table, dictionary.tables[name])}
    keys = {name: _column(table, dictionary.key(name)[0]) for name, table in readable.items()}
    keys = {name: cells for name, cells in keys.items() if cells}
    described = Package(resources=[_resource(name, table, dictionary, keys) for name, table in readable.items()])
    window, faults = Window.of(dictionary.descriptor), list[Fault]()
    for name, table in tables.items():
        faults += [*table.faults, *_header_faults(table, dictionary.tables[name])]
        if name in readable:
            checklist = Checklist(checks=[Rules(name, table, dictionary, keys, window)])
            report = described.get_resource(name).validate(checklist, limit_errors=LIMIT)
            faults += _cell_faults(report.tasks[0].errors, table, dictionary.tables[name], dictionary.key(name), keys)
    faults += [*names.find_faults(tables, dictionary), *(fault for _, found in mended.values() for fault in found)]
    faults += agreement.disagreements(tables, dictionary, faults, window)
    if not faults:  # else a row that cannot be read may be the one that the description means
        strange = package.strangers(dictionary.descriptor, keys)
        faults = [Fault("datapackage.json", 0, "", *words) for words in strange]
    order = {table.file: position for position, table in enumerate(tables.values())}
    return sorted(faults, key=lambda fault: (order.get(fault.file, -1), fault.line, fault.column, fault.value))


def _description_faults(dictionary: Dictionary) -> Iterator[Fault]:
    """Yield what is wrong with the description of the tables itself, with which no table can be checked."""
    for name, entry in dictionary.resources.items():
        try:
            Schema.from_descriptor(entry["schema"])
        except FrictionlessException as error:
            for reason in error.to_errors():
                problem = f"is a table whose description is not valid: {reason.note}"
                yield Fault("datapackage.json", 0, "", name, problem, "Mend it, or restore the last release")


def _meaning_faults(dictionary: Dictionary) -> Iterator[Fault]:
    """Yield what the description does not say of an allowed value, without which a page cannot show it."""
    for value, problem, remedy in meaning.lacking(dictionary):
        yield Fault("datapackage.json", 0, "", value, problem, remedy)


def _known(table: TextTable, columns: dict[str, Column]) -> list[str]:
    """Return the described columns that a table has; of two with one heading it cannot be said which is meant."""
    return [name for name in columns if table.header.count(name) == 1]


def _column(table: TextTable, name: str) -> dict[str, None]:
    """Return the different cells of a column, in order; none where the table has no such column."""
    if table.header.count(name) != 1:
        return {}
    at = table.header.index(name)
    return dict.fromkeys(row[at] for row in table.rows)


def _header_faults(table: TextTable, columns: dict[str, Column]) -> Iterator[Fault]:
    """Yield a fault for each heading that is missing, unknown, blank or there twice, and for a table without rows."""
    if not table.header:
        return
    if table.rows and not set(columns) & set(map(str.lower, table.header)):
        remedy = f"Put the header back on the first line: {','.join(columns)}"
        yield Fault(table.file, table.top, "", "", "has no heading of this table", remedy)
        return
    missing = [name for name in columns if name not in table.header]
    for number, name in enumerate(table.header, start=1):
        place = (table.file, table.top, name or f"number {number}", name)
        if not name:
            yield Fault(*place, "has no heading", "Give the column its heading, or remove it")
        elif name in table.header[: number - 1]:
            yield Fault(*place, "is the heading of two columns", "Keep one of them")
        elif name not in columns and (meant := closest(name, missing)):
            missing.remove(meant)
            yield Fault(*place, "is not a column of this table", f"Did you mean “{meant}”? Rename the column")
        elif name not in columns:
            remedy = "Remove the column, or describe it in datapackage.json"
            yield Fault(*place, "is not a column of this table", remedy)
    for name in missing:
        remedy = f"Add a column headed “{name}”: {columns[name].help.rstrip('.')}"
        yield Fault(table.file, table.top, name, "", "is missing", remedy)
    if not table.rows:
        yield Fault(table.file, 0, "", "", "has a header but no rows", "Put the rows back")


def _resource(name: str, table: TextTable, dictionary: Dictionary, keys: Keys) -> Resource:
    """Return the described columns of a table as frictionless takes them; any other has its fault already."""
    schema = dictionary.resources[name]["schema"]
    known = _known(table, dictionary.tables[name])
    fields = [field for field in schema["fields"] if field["name"] in known]
    places = [table.header.index(column) for column in known]
    descriptor: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if set(dictionary.key(name)) <= set(known):
        descriptor["primaryKey"] = dictionary.key(name)
    descriptor["foreignKeys"] = [
        foreign for foreign in schema.get("foreignKeys", [])
        if set(foreign["fields"]) <= set(known) and foreign["reference"]["resource"] in keys
    ]  # fmt: skip

    def rows() -> Iterator[list[str]]:  # a list would be copied, cell by cell
        return ([row[place] for place in places] for row in (table.header, *table.rows))

    return Resource(name=name, data=rows, schema=Schema.from_descriptor(descriptor))


@attrs.define(kw_only=True, repr=False)
class RuleError(errors.CellError):
    """A cell that breaks a rule of ours: `note` says the problem, `remedy` what to do about it."""

    type = "rule-error"
    remedy: str


class Rules(Check):
    """The rules that Table Schema cannot express, as a check that frictionless runs with its own."""

    type = "defence-ties"
    Errors: ClassVar = [RuleError]

    def __init__(self, name: str, table: TextTable, dictionary: Dictionary, keys: Keys, window: Window) -> None:
        """Take the table and its name, the keys that the columns of any table may list, and the days that may be.

        Each different cell of a column is looked at once here; only those that break a rule are looked for in the rows.
        """
        super().__init__()
        columns = dictionary.tables[name]
        self.dictionary, self.table, self.is_whole = dictionary, name, columns.keys() <= set(table.header)
        self.broken: dict[str, dict[str, list[tuple[str, str, str, str]]]] = {}
        for column in _known(table, columns):
            found = {
                cell: list(rules.broken_cell(columns[column], cell, keys, window)) for cell in _column(table, column)
            }
            if wrong := {cell: reasons for cell, reasons in found.items() if reasons}:
                self.broken[column] = wrong

    def validate_row(self, row: Row) -> Iterator[RuleError]:
        """Yield an error for each cell, or item of a list in a cell, that breaks a rule."""
        cells = dict(zip(row.field_names, row.cells, strict=True))
        found = [reason for name, wrong in self.broken.items() for reason in wrong.get(cells[name], [])]
        if self.is_whole:  # rules on several columns are left to tables that have them all
            found += rules.broken_row(self.table, cells, self.dictionary)
        for column, value, problem, remedy in found:
            yield RuleError(
                note=problem, remedy=remedy, cell=value, field_name=column,
                field_number=0, cells=[], row_number=row.row_number,
            )  # fmt: skip


def _cell_faults(
    found: Iterable[Any], table: TextTable, columns: dict[str, Column], key: list[str], keys: Keys
) -> list[Fault]:
    """Return what frictionless found in our words: one fault for each cell, or item of a list in a cell.

    Of several the last one tells most: what is in no other table is of little use in the right form.
    """
    unread = {(fault.line, fault.column) for fault in table.faults}
    known = _known(table, columns)
    faults = {}
    for error in found:
        line = table.lines[error.row_number - 2]
        column, value = _place(error, dict(zip(known, error.cells, strict=False)), key)
        known_already = unread & {(line, ""), (line, column)} or error.note == BLANK_KEY
        if not known_already:
            words = _words(error, columns.get(column), table.lines, keys)
            faults[line, column, value] = Fault(table.file, line, column, value, *words)
    return list(faults.values())


def _place(error: Any, cells: dict[str, str], key: list[str]) -> tuple[str, str]:
    """Return the column of an error and the value at fault; of a key, all its columns and values."""
    if error.type == "foreign-key":
        return error.field_names[0], error.field_cells[0]
    if error.type == "primary-key":
        return ", ".join(key), ", ".join(cells[name] for name in key)
    return getattr(error, "field_name", ""), getattr(error, "cell", "")


def _words(error: Any, column: Column | None, lines: list[int], keys: Keys) -> tuple[str, str]:
    """Return the problem and the remedy for an error."""
    if error.type == "rule-error":
        return error.note, error.remedy
    if error.type == "foreign-key":
        return f"is not in {error.reference_name}.csv", countries.nearest_key(
            error.reference_name, error.field_cells[0], list(keys[error.reference_name])
        )
    if same := re.fullmatch(r"the same as in the row at position (\d+)", error.note):
        return f"is on line {lines[int(same[1]) - 2]} too", "Give every row its own, or remove one of them"
    if column is None:
        return "has no cell filled in under a known heading", "Fill the row or remove it"
    kind, _, bound = error.note.removeprefix('constraint "').removesuffix('"').partition('" is "')
    if kind in CONSTRAINTS:
        filled = {"bound": bound, "length": len(error.cell), "example": column.example}
        problem, remedy = (words.format(**filled) for words in CONSTRAINTS[kind])
    else:
        _, problem, remedy = rules.FORMS.get(column.type, ("", "does not fit its column", column.help.rstrip(".")))
    return problem, remedy
