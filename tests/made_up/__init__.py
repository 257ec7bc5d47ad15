"""The made-up tables as files: where they are, a folder with their description, and their rows read without the product."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

HERE = Path(__file__).parent
DESCRIPTION = HERE.parent.parent / "data" / "datapackage.json"

Row = dict[str, str]


def copy(folder: Path) -> Path:
    """Return a new folder that holds the made-up tables, and beside them the published description of tables."""
    shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    shutil.copy(DESCRIPTION, folder)
    return folder


def read(name: str) -> list[Row]:
    """Return the rows of a made-up table."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
