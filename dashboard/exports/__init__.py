"""The data set as files to take away: each form with its name, what it is for, and what writes it.

All are made from the tables that are on screen, never from the disk, where an edit may be half-way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.exports.package import packed
from dashboard.exports.parquet import parquets
from dashboard.exports.plain import as_json
from dashboard.exports.workbook import workbook
from dashboard.tables.load import Tables


@dataclass(frozen=True)
class Form:
    """One form of the whole data set: `ending` ends the name of its file, `written` makes its bytes from the tables."""

    label: str
    ending: str
    mime: str
    what: str
    written: Callable[[Tables], bytes]


FORMS = {
    "xlsx": Form(
        "Workbook (XLSX)", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "a sheet for each table and one for the dictionary; numbers are numbers, and no cell is run", workbook,
    ),
    "json": Form("JSON", ".json", "application/json", "every row as an object; a blank is null, never zero", as_json),
    "parquet": Form("Parquet (ZIP)", "-parquet.zip", "application/zip", "typed files for pandas, R and DuckDB", parquets),
    "package": Form(
        "Data package (ZIP)", ".zip", "application/zip",
        "the CSV files, their description, the guide, the decks, and the SHA-256 of each file", packed,
    ),
}  # fmt: skip
