"""What a real spreadsheet does to the tables: the check finds nothing, or names each cell that was spoilt, and how it was.

`tests/spreadsheet/save.py` has LibreOffice save them in three locales; what it saved lies beside it.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest

from dashboard.gate.dropped import Upload, read
from dashboard.tables import check as checks
from dashboard.tables import csvfile, files, tidy
from dashboard.tables.dictionary import NAMES, Dictionary
from tests import made_up
from tests.spreadsheet.save import LOCALES, SAVED

WHOLE = [f"{way}-{locale.name}" for way in ("hurried", "careful") for locale in LOCALES] + ["handed-on-en-US"]
SPOILT = ["handed-on-tr-TR", "handed-on-de-DE"]


def saved(way: str, folder: Path) -> Path:
    """Return a folder of the made-up data in which the tables are as the spreadsheet saved them."""
    for table in NAMES:
        shutil.copy(SAVED / way / f"{table}.csv", folder / f"{table}.csv")
    return folder


def rows(table: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO((made_up.HERE / f"{table}.csv").read_text(encoding="utf-8"), newline="")))


def numbers(table: str) -> list[str]:
    """Return the columns of a table that hold numbers with decimals."""
    resources = json.loads(made_up.DESCRIPTION.read_bytes())["resources"]
    fields = next(entry["schema"]["fields"] for entry in resources if entry["name"] == table)
    return [field["name"] for field in fields if field["type"] == "number"]


def test_every_way_of_saving_that_lies_there_is_looked_at() -> None:
    assert {path.name for path in SAVED.iterdir()} == {*WHOLE, *SPOILT}


@pytest.mark.parametrize("way", WHOLE)
def test_what_a_spreadsheet_saved_as_it_was_has_no_fault_and_comes_back_to_the_byte(
    way: str, made_up_folder: Path
) -> None:
    before = {table: (made_up_folder / f"{table}.csv").read_bytes() for table in NAMES}
    folder = saved(way, made_up_folder)
    assert checks.find_faults(*files.read_texts(folder)) == []
    assert tidy.tidy(folder)[1] == []
    assert {table: (folder / f"{table}.csv").read_bytes() for table in NAMES} == before


@pytest.mark.parametrize("way", SPOILT)
def test_decimals_that_were_saved_with_a_comma_are_named_one_by_one_with_the_number_that_was_there(
    way: str, made_up_folder: Path
) -> None:
    spoilt = {
        (f"{table}.csv", line, column, cell.replace(".", ",")): cell
        for table in NAMES
        for line, row in enumerate(rows(table)[1:], start=2)
        for column, cell in zip(rows(table)[0], row, strict=True)
        if column in numbers(table) and re.fullmatch(r"-?[0-9]+\.[0-9]+", cell)
    }
    found = checks.find_faults(*files.read_texts(saved(way, made_up_folder)))
    assert {(fault.file, fault.line, fault.column, fault.value) for fault in found} == set(spoilt)
    for fault in found:
        cell = spoilt[fault.file, fault.line, fault.column, fault.value]
        assert fault.problem == "is not a number"
        assert fault.remedy == (
            f"Write digits, with a point for decimals: {cell}. A spreadsheet saves a point where the language of the file is"
            " English (LibreOffice: Tools, Options, Language Settings, Locale; Excel: Options, Advanced, Decimal separator)"
        )


@pytest.mark.parametrize("form", ["xlsx", "ods"])
@pytest.mark.parametrize("locale", [locale.name for locale in LOCALES])
def test_a_workbook_saved_in_any_locale_is_read_as_the_tables_it_was_made_from(form: str, locale: str) -> None:
    dictionary = Dictionary(json.loads(made_up.description()))
    published = {table: csvfile.parse(f"{table}.csv", (made_up.HERE / f"{table}.csv").read_bytes()) for table in NAMES}
    dropped = [Upload(f"{t}.{form}", (SAVED / f"hurried-{locale}" / f"{t}.{form}").read_bytes()) for t in NAMES]
    found = read(dropped, published, dictionary)
    assert (found.faults, found.passed) == ([], [])
    assert {table: text.rows for table, text in found.texts.items()} == {t: p.rows for t, p in published.items()}
    assert checks.find_faults(found.texts, dictionary) == []
