"""The made-up tables as files: where they are, a folder with their description, and their rows read without the product."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from dashboard.gate.differences import differences
from dashboard.gate.versions import HEADER, Release, logged
from dashboard.tables.csvfile import TextTable
from dashboard.tables.form import write
from dashboard.tables.load import Tables
from dashboard.tables.package import Currency, Frame
from dashboard.words import format_money

HERE = Path(__file__).parent
DESCRIPTION = HERE.parent.parent / "data" / "datapackage.json"
DOLLARS = Currency("USD", "$", "US dollars")
FRAME = Frame(17, -12, 124, 58)
format_usd = partial(format_money, currency=DOLLARS)

FORMER, FORMER_DAY = "2000.1.1", "2000-01-02"  # a version of the made-up tables, where a test gives them a log

Row = dict[str, str]


def copy(folder: Path) -> Path:
    """Return a new folder that holds the made-up tables, and beside them their description."""
    shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    (folder / DESCRIPTION.name).write_bytes(description())
    return folder


def description() -> bytes:
    """Return the published description of tables, but for the article that the made-up tables began from, unreleased."""
    described = json.loads(DESCRIPTION.read_bytes()) | {"startingArticle": "printed-weekly-2025"}
    for table in described["resources"]:
        table.pop("hash", ""), table.pop("bytes", "")
    return json.dumps(described, ensure_ascii=False, indent=2).encode()


def log(now: Tables, before: Mapping[str, TextTable]) -> bytes:
    """Return the log of two versions of the tables: `FORMER`, as they were before, and that of now."""
    keys = now.dictionary.keys
    first = Release(FORMER, FORMER_DAY, "", "", list(differences({}, before, keys)))
    last = Release(now.version, "2020-06-07", "Mended.", "", list(differences(before, now.texts, keys)))
    return write(HEADER, [*logged(first, None), *logged(last, first)]).encode()


def altered(table: TextTable, key: str, **cells: str) -> TextTable:
    """Return a table in which the row of a key, its first column, has other cells."""
    at = {table.header.index(name): cell for name, cell in cells.items()}
    rows = [[at.get(place, cell) if row[0] == key else cell for place, cell in enumerate(row)] for row in table.rows]
    return replace(table, rows=rows)


def read(name: str) -> list[Row]:
    """Return the rows of a made-up table."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
