"""The made-up tables as files: where they are, a folder with their description, and their rows read without the product."""

from __future__ import annotations

import csv
import json
import shutil
from functools import partial
from pathlib import Path

from dashboard.tables.package import Currency, Frame
from dashboard.words import format_money

HERE = Path(__file__).parent
DESCRIPTION = HERE.parent.parent / "data" / "datapackage.json"
DOLLARS = Currency("USD", "$", "US dollars")
FRAME = Frame(17, -12, 124, 58)
format_usd = partial(format_money, currency=DOLLARS)

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


def read(name: str) -> list[Row]:
    """Return the rows of a made-up table."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
