"""The files to take away: each form holds every cell of the tables with its type, and none that a spreadsheet would run."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from dashboard import exports
from dashboard.exports.package import SUMS, packed
from dashboard.exports.parquet import parquets
from dashboard.exports.plain import as_csv, as_json, values
from dashboard.exports.workbook import workbook
from dashboard.questions.spreadsheet import RUN, shielded
from dashboard.tables import load as data
from dashboard.tables.load import Tables
from dashboard.tables.model import type_tables
from tests.made_up import HERE, read

NAMES = ("deals", "milestones", "quotes", "sources", "places", "countries", "gaps", "deflator")
every_table = pytest.mark.parametrize("name", NAMES)
HOSTILE = [f"{sign}1+1" for sign in RUN]


def sheets(book: bytes) -> dict[str, list[list[Any]]]:
    """Return the cells of each sheet of a workbook as another program reads them, with their types."""
    read = CalamineWorkbook.from_filelike(io.BytesIO(book))
    return {name: read.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in read.sheet_names}


def unzipped(archive: bytes) -> dict[str, bytes]:
    """Return the files of a zip."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.fixture(scope="module")
def hostile(made_up: Tables) -> Tables:
    """Return tables whose deals say in `doubt` what a spreadsheet would run; the check would not let them in."""
    deals = made_up.texts["deals"]
    at = deals.header.index("doubt")
    rows = [[*row[:at], (HOSTILE[number % len(HOSTILE)]), *row[at + 1 :]] for number, row in enumerate(deals.rows)]
    return type_tables({**made_up.texts, "deals": replace(deals, rows=rows)}, made_up.dictionary)


# --- CSV -------------------------------------------------------------------------------------------------------------


@every_table
def test_a_table_as_csv_is_its_file_byte_by_byte(made_up: Tables, tables: Tables, name: str) -> None:
    assert as_csv(made_up, name) == (HERE / f"{name}.csv").read_bytes()
    assert as_csv(tables, name) == (data.FOLDER / f"{name}.csv").read_bytes()


def test_some_rows_are_the_header_and_these(made_up: Tables) -> None:
    given_out = list(csv.DictReader(io.StringIO(as_csv(made_up, "deals", [3, 0]).decode())))
    assert given_out == [row for at, row in enumerate(read("deals")) if at in (0, 3)]
    assert as_csv(made_up, "deals", []).decode().count("\n") == 1


def test_a_cell_that_a_spreadsheet_would_run_is_a_text_in_csv_and_comes_back(hostile: Tables) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(hostile, "deals").decode(), newline="")))
    assert not any(row["doubt"].startswith(RUN) for row in rows)
    assert {row["doubt"].removeprefix("'").strip() for row in rows} == {cell.strip() for cell in HOSTILE}


@given(st.text())
def test_what_is_shielded_is_no_longer_run_and_is_the_same_without_its_apostrophe(cell: str) -> None:
    assert not shielded(cell).startswith(RUN)
    assert shielded(cell) in (cell, f"'{cell}")


def test_a_number_below_zero_is_no_formula(tables: Tables) -> None:
    cells = [row["lat"] for row in csv.DictReader(io.StringIO(as_csv(tables, "countries").decode()))]
    assert any(cell.startswith("-") for cell in cells)
    assert all(float(cell) for cell in cells)


# --- the workbook ----------------------------------------------------------------------------------------------------


@every_table
def test_a_sheet_has_every_cell_with_its_type_and_blanks_are_empty(made_up: Tables, name: str) -> None:
    header, *rows = sheets(workbook(made_up))[name]
    columns = made_up.dictionary.tables[name]
    assert header == [*columns]
    expected = [
        [
            "" if not cell else float(cell) if columns[column].type in ("integer", "number")
            else date.fromisoformat(cell) if columns[column].type == "date" else cell
            for column, cell in row.items()
        ]
        for row in read(name)
    ]  # fmt: skip
    assert rows == expected


def test_a_date_that_is_no_whole_day_is_a_text(made_up: Tables) -> None:
    header, *rows = sheets(workbook(made_up))["deals"]
    said = [row[header.index("start")] for row in rows]
    assert "2004" in said
    assert all(isinstance(cell, str) for cell in said)


def test_a_cell_that_a_spreadsheet_would_run_is_the_same_text_in_the_workbook_and_no_formula(hostile: Tables) -> None:
    book = workbook(hostile)
    header, *rows = sheets(book)["deals"]
    said = {str(row[header.index("doubt")]) for row in rows}
    assert {cell.replace("\r", "\n") for cell in said} >= {cell for cell in HOSTILE if "\r" not in cell}
    parts = unzipped(book)
    assert not any(b"<f>" in content or b"<hyperlink" in content for content in parts.values())
    assert not [name for name in parts if "external" in name.lower() or "vba" in name.lower()]


def test_the_header_of_each_sheet_stays_in_sight_and_can_filter(made_up: Tables) -> None:
    parts = unzipped(workbook(made_up))
    tables = [content.decode() for name, content in sorted(parts.items()) if name.startswith("xl/worksheets/sheet")]
    framed = [
        sheet for sheet in tables if '<pane xSplit="1" ySplit="1" topLeftCell="B2"' in sheet and "<autoFilter" in sheet
    ]
    assert len(framed) == len(NAMES) + 1
    assert all("<cols>" in sheet for sheet in tables)


def test_the_dictionary_has_a_row_for_each_column_and_the_first_sheet_says_which_version_this_is(
    made_up: Tables,
) -> None:
    book = sheets(workbook(made_up))
    assert [*book] == ["about", *NAMES, "dictionary"]
    header, *rows = book["dictionary"]
    described = [
        (name, column.name, column.help) for name, own in made_up.dictionary.tables.items() for column in own.values()
    ]
    assert [(row[0], row[1], row[3]) for row in rows] == described
    (status,) = (row for row in rows if row[:2] == ["deals", "status"])
    assert f"alleged = {made_up.dictionary.label('deals', 'status', 'alleged')}" in str(
        status[header.index("allowed values")]
    )
    (sources,) = (row for row in rows if row[:2] == ["deals", "source_ids"])
    assert sources[header.index("allowed values")] == "keys of sources"
    words = "\n".join(str(row[0]) for row in book["about"])
    assert f"Version {made_up.version} of {made_up.package.day}" in words


def test_a_set_without_a_day_says_so(elsewhere: Tables) -> None:
    descriptor = {**elsewhere.dictionary.descriptor, "created": "soon"}
    undated = replace(elsewhere, dictionary=type(elsewhere.dictionary)(descriptor))
    assert "of a day not named" in str(sheets(workbook(undated))["about"])


# --- JSON and Parquet ------------------------------------------------------------------------------------------------


@every_table
def test_json_has_every_cell_and_a_blank_is_null(made_up: Tables, name: str) -> None:
    whole = json.loads(as_json(made_up))
    columns = made_up.dictionary.tables[name]
    for given_out, row in zip(whole["tables"][name], read(name), strict=True):
        for column, cell in row.items():
            said = given_out[column]
            if not cell:
                assert said is None
            elif columns[column].reference:
                assert said == cell.split(";")
            else:
                assert said == (float(cell) if columns[column].type in ("integer", "number") else cell)
    assert (whole["name"], whole["version"]) == (made_up.package.name, made_up.version)


@every_table
def test_parquet_has_every_cell_with_its_type_and_its_meaning(made_up: Tables, name: str) -> None:
    table = pq.read_table(io.BytesIO(unzipped(parquets(made_up))[f"{name}.parquet"]))
    columns = made_up.dictionary.tables[name]
    kinds = {"integer": "int64", "number": "double", "date": "date32[day]", "string": "string"}
    assert {field.name: str(field.type) for field in table.schema} == {
        column: kinds[own.type] for column, own in columns.items()
    }
    assert table.schema.field(0).metadata[b"description"].decode() == next(iter(columns.values())).help
    given_out = [[str(cell) if isinstance(cell, date) else cell for cell in row.values()] for row in table.to_pylist()]
    assert given_out == values(made_up, name)


def test_a_table_without_rows_is_a_file_without_rows(made_up: Tables) -> None:
    none = type_tables({**made_up.texts, "gaps": replace(made_up.texts["gaps"], rows=[], lines=[])}, made_up.dictionary)
    assert pq.read_table(io.BytesIO(unzipped(parquets(none))["gaps.parquet"])).num_rows == 0
    assert len(sheets(workbook(none))["gaps"]) == 1
    assert json.loads(as_json(none))["tables"]["gaps"] == []


# --- the package -----------------------------------------------------------------------------------------------------


def test_the_package_holds_the_files_with_their_checksums_and_is_valid(tables: Tables, tmp_path: Path) -> None:
    files = unzipped(packed(tables))
    assert {"README.md", "datapackage.json", *tables.dictionary.files.values()} <= files.keys()
    sums = {name: digest for digest, name in map(str.split, files.pop(SUMS).decode().splitlines())}
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "note"])
    described = json.loads(files["datapackage.json"])
    assert all(entry["hash"] == f"sha256:{sums[entry['path']]}" for entry in described["resources"])


def test_papers_that_are_not_there_are_left_out(made_up: Tables, tmp_path: Path) -> None:
    assert [*unzipped(packed(made_up, tmp_path))] == ["datapackage.json", *made_up.dictionary.files.values(), SUMS]


@pytest.mark.parametrize("form", exports.FORMS)
def test_the_same_tables_give_the_same_bytes(made_up: Tables, form: str) -> None:
    assert exports.FORMS[form].written(made_up) == exports.FORMS[form].written(made_up)
