"""What each version of the tables changed, as `changes.csv` keeps it, and any version made from it again.

The log begins with every cell of the first version, so it needs no other file: what it says up to a version is that
version, whatever a maintainer has edited since.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from dashboard.gate.differences import Difference, Keys, applied
from dashboard.tables.csvfile import TextTable
from dashboard.tables.form import write

HEADER = ["version", "date", "table", "key", "column", "old", "new"]
PACKAGE = "package"  # in the place of a table: what is said of the version itself
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
VERSION, NOTES, DESCRIPTION = "version", "notes", "description"  # in the place of a column, with it


class Release(NamedTuple):
    """A version as the log has it: its day (YYYY-MM-DD), what its maker noted, and the cells that it changed.

    `description` is the hash of the data package's own words at that time, which are no cells.
    """

    version: str
    day: str
    notes: str
    description: str
    found: list[Difference]


def releases(log: TextTable, last: str) -> list[Release]:
    """Return the versions in a log, the oldest first, up to `last`, the version that the data package has.

    Later ones are of a release that was not finished. Of a log without the columns of `HEADER` there are none.
    """
    rows = log.rows if log.header == HEADER else []
    in_order = sorted((row for row in rows if number(row[0]) <= number(last)), key=lambda row: number(row[0]))
    return [_release(version, list(group)) for version, group in groupby(in_order, key=lambda row: row[0])]


def number(version: str) -> tuple[int, ...]:
    """Return by what versions are in order: 2026.9.1 comes before 2026.10.1. What is no version comes before all."""
    parts = version.split(".")
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else ()


def _release(version: str, rows: list[list[str]]) -> Release:
    said = {column: new for _, _, table, _, column, _, new in rows if table == PACKAGE}
    found = [Difference(*row[2:]) for row in rows if row[2] != PACKAGE]
    return Release(version, rows[0][1], said.get(NOTES, ""), said.get(DESCRIPTION, ""), found)


def as_of(version: str, every: Iterable[Release], keys: Keys) -> dict[str, TextTable]:
    """Return all tables as they were in a version, made from what the versions up to it changed, the oldest first.

    Raises LookupError where there is no such version, and ValueError where a cell is not what the log says that it was.
    """
    found: list[Difference] = []
    for release in every:
        found += release.found
        if release.version == version:
            return applied(found, {}, keys)
    raise LookupError(f"{version} is no version that was released")


def meant(since: str, every: Sequence[Release]) -> str:
    """Return the version that is meant by itself or by a day, at whose end it was the newest; "" where there is none."""
    until = [one.version for one in every if DAY.fullmatch(since) and one.day <= since]
    return next((one.version for one in every if one.version == since), until[-1] if until else "")


def text(table: TextTable) -> str:
    """Return the file of a table that was made again, to the byte as it was released."""
    return write(table.header, table.rows)


def logged(release: Release, before: Release | None) -> list[list[str]]:
    """Return the rows of the log that say what a version changed, and which version was before it."""
    said = [
        Difference(PACKAGE, "", VERSION, before.version if before else "", release.version),
        Difference(PACKAGE, "", DESCRIPTION, before.description if before else "", release.description),
        Difference(PACKAGE, "", NOTES, "", release.notes),
    ]
    found = [one for one in [*said, *release.found] if one.old != one.new]
    return [[release.version, release.day, *one] for one in found]
