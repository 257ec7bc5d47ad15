"""A second made-up data set, about other states in other money: what the code must not know of the first one.

Its tables are described by the published description, since the columns are the same; `package.json` says all that
the set says otherwise, and each example is a cell of its own tables. Its states lie on the basemap, so that its frame is
a smaller piece of it, but for one, which shows how a line leaves the map. Nothing here is a fact.
"""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PUBLISHED = HERE.parent.parent / "data" / "datapackage.json"
OWN: dict[str, Any] = json.loads((HERE / "package.json").read_text(encoding="utf-8"))


def copy(folder: Path) -> Path:
    """Return a new folder that holds the tables and their description."""
    shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__", "package.json"))
    (folder / PUBLISHED.name).write_text(json.dumps(description(), ensure_ascii=False), encoding="utf-8")
    return folder


def description() -> dict[str, Any]:
    """Return the data package: the published columns in this set's own words."""
    own = {name: said for name, said in OWN.items() if name not in ("tables", "columns")}
    package = json.loads(PUBLISHED.read_text(encoding="utf-8")) | own
    for table in package["resources"]:
        name = table["name"]
        table.pop("hash", ""), table.pop("bytes", "")
        table["description"] = OWN["tables"].get(name, table["description"])
        for field in table["schema"]["fields"]:
            field |= {"example": _example(name, field["name"])} | OWN["columns"].get(f"{name}.{field['name']}", {})
    return package


def _example(table: str, column: str) -> str:
    """Return the first cell of a column that is not blank."""
    with (HERE / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return next(filter(None, (row[column] for row in csv.DictReader(stream))), "")
