"""What is wrong with the data files: every fault at once, in words a maintainer can act on.

Structure, types, constraints and keys are those of `datapackage.json`; the rules beside them are our own. Nothing here
stops at the first fault or raises.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dashboard.tables import agreement, cells, damage, meaning, names, package, schema
from dashboard.tables.csvfile import Fault, TextTable, closest
from dashboard.tables.dictionary import Column, Dictionary
from dashboard.tables.plausible import Window

LIMIT = 1_000  # faults of a table that are named; a whole column that is wrong need not fill the memory


def find_faults(tables: dict[str, TextTable], dictionary: Dictionary) -> list[Fault]:
    """Return the faults of the tables, in the order of the files and their lines; of very many in a file the first.

    Takes each table as text, by its name in the data package. One mistake is reported in one place: what follows
    from a line, or from a table that others refer to, that cannot be read is left out.
    """
    if wrong := [*schema.faults(dictionary), *_meaning_faults(dictionary)]:
        return wrong
    mended = {name: damage.mend(table, dictionary.tables[name]) for name, table in tables.items()}
    tables = {name: table for name, (table, _) in mended.items()}
    keys = {name: dict.fromkeys(table.column(dictionary.key(name)[0])) for name, table in tables.items()}
    keys = {name: known for name, known in keys.items() if known}
    window, more = Window.of(dictionary.descriptor), Counter[str]()
    faults = [fault for _, found in mended.values() for fault in found]
    for name, table in tables.items():
        heads = list(_header_faults(table, dictionary.tables[name]))
        # Without its header nothing is known of a table: that its rows do not fit the first line is the same mistake.
        faults += heads if _is_headless(table, dictionary.tables[name]) else [*table.faults, *heads]
        found, more[table.file] = cells.find_faults(name, table, dictionary, keys, window, LIMIT)
        faults += found
    faults += names.find_faults(tables, dictionary)
    # Where not every wrong cell is known, a rule between rows would take wrong ones for right.
    known = {name: table for name, table in tables.items() if not more[table.file]}
    faults += agreement.disagreements(known, dictionary, faults, window)
    if not faults:  # else a row that cannot be read may be the one that the description means
        return [Fault("datapackage.json", 0, "", *words) for words in package.strangers(dictionary.descriptor, keys)]
    return [fault for table in tables.values() for fault in _first(table.file, faults, more[table.file])]


def _first(file: str, faults: list[Fault], more: int) -> Iterator[Fault]:
    """Yield the first faults of a file in the order of its lines, and one that says how many more there are."""
    own = sorted(
        (fault for fault in faults if fault.file == file), key=lambda fault: (fault.line, fault.column, fault.value)
    )
    yield from own[:LIMIT]
    if more := more + len(own[LIMIT:]):
        problem = f"has {more:,} more faults than are named here"
        yield Fault(file, 0, "", "", problem, "Mend those that are named, and check again")


def _meaning_faults(dictionary: Dictionary) -> Iterator[Fault]:
    """Yield what the description does not say of an allowed value, without which a page cannot show it."""
    for value, problem, remedy in meaning.lacking(dictionary):
        yield Fault("datapackage.json", 0, "", value, problem, remedy)


def _is_headless(table: TextTable, columns: dict[str, Column]) -> bool:
    """Say whether the first line of a table that has rows names none of its columns."""
    return bool(table.header and table.rows) and not set(columns) & set(map(str.lower, table.header))


def _header_faults(table: TextTable, columns: dict[str, Column]) -> Iterator[Fault]:
    """Yield a fault for each heading that is missing, unknown, blank or there twice, and for a table without rows."""
    if not table.header:
        return
    if _is_headless(table, columns):
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
