"""Which keys other tables refer to and no row bears, because the row that bore them has a wrong key now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from dashboard.tables.check import schema
from dashboard.tables.csvfile import TextTable
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.faults import Fault


def with_lost(
    keys: dict[str, dict[str, None]], tables: dict[str, TextTable], dictionary: Dictionary, damaged: Iterable[Fault]
) -> dict[str, dict[str, None]]:
    """Return the keys of each table, and with them those that a wrong key most likely was.

    `damaged` are the faults of cells that were damaged on their way into a file.

    A key that is misspelt is one fault, where it stands. It is no fault of each row that refers to it: where no more
    keys are referred to in vain than rows have a key that is blank, repeated, damaged or of a wrong form, these are they.
    """
    found, places = {}, Counter((fault.file, fault.column) for fault in damaged)
    for name, known in keys.items():
        key = dictionary.key(name)[0]
        cells = tables[name].column(key)
        ill = {cell for cell, *_ in schema.broken(dictionary.tables[name][key], known)}
        ill |= {cell for cell in known if len(cell) > schema.LONGEST_KEY}
        wrong = len(cells) - len(known) + len(ill) + places[tables[name].file, key]
        lost = _referred(name, tables, dictionary) - known.keys() if wrong else set()
        found[name] = known | dict.fromkeys(sorted(lost)) if lost and len(lost) <= wrong else known
    return found


def _referred(name: str, tables: dict[str, TextTable], dictionary: Dictionary) -> set[str]:
    """Return the keys of a table to which any cell of the others refers."""
    cells = {
        cell
        for other, table in tables.items()
        for column in dictionary.tables[other].values()
        if name in (column.foreign, column.reference)
        for cell in table.column(column.name)
    }
    return {key.strip() for cell in cells for key in cell.split(";") if key.strip()}
