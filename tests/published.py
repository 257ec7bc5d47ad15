"""What the published files hold, read without the product (but for where they lie): what the tests compare it with."""

from __future__ import annotations

import csv

from dashboard.tables import load as data

Row = dict[str, str]
# The kinds that have a price, as the help of the column says.
TRADE = {"sale", "upgrade", "co-production", "co-development", "technology-transfer", "gift", "training-system"}


def read(name: str) -> list[Row]:
    """Return the rows of a table's file."""
    with (data.FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def items(cell: str) -> list[str]:
    """Return the parts of a cell that holds several."""
    return [item.strip() for item in cell.split(";") if item.strip()]


def parties(row: Row) -> list[str]:
    """Return the countries on both sides of a deal."""
    return [*items(row["supplier"]), *items(row["recipient"])]
