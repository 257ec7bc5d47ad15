"""Workbooks as tables of text: read whole, weighed before they are unpacked, and what the spreadsheet spoilt is named."""

from __future__ import annotations

import io
import json
import resource
import sys
import zipfile
from datetime import date, datetime
from typing import Any

import pytest

from dashboard.tables import workbook
from dashboard.tables.csvfile import TextTable
from dashboard.tables.faults import Fault
from dashboard.tables.load import Tables
from dashboard.tables.workbook import Sheet, parcel, reading
from dashboard.tables.workbook.cells import table_of
from dashboard.tables.workbook.parcel import Refused
from tests.workbooks import bare_xlsx, ods, ods_text, xlsx, zipped

EXCEL, LIBRE = "Microsoft Excel", "LibreOffice/7.4"
NUMBERS_TEXT = "In LibreOffice select the column, choose Format, Cells, Numbers, Text"
HOME_TEXT = "In Excel select the column, choose Home, Number Format, Text"


def held(content: bytes) -> list[list[tuple[str, str]]]:
    """Return the cells of the first sheet."""
    _, sheets = reading.held(content)["sheets"][0]
    return sheets


def refused(content: bytes) -> str:
    """Return why a workbook is not read."""
    with pytest.raises(Refused) as caught:
        workbook.read(content)
    assert caught.value.remedy
    return caught.value.problem


def test_a_workbook_is_read_by_a_process_of_its_own() -> None:
    content = xlsx({"deals": [["deal_id", "title"], ["a", "Ğ ü"]], "notes": [["x"]]})
    program, sheets = workbook.read(content)
    assert program == EXCEL
    assert [sheet.name for sheet in sheets] == ["deals", "notes"]
    assert sheets[0].rows[1] == [["text", "a"], ["text", "Ğ ü"]]


def test_every_kind_of_cell_keeps_what_it_is() -> None:
    rows = [[1.5, 2018, 1e21, 0.0, True, date(2018, 7, 1), datetime(2018, 7, 1, 9, 30), "x\n"]]
    assert held(xlsx({"s": rows})) == [
        [
            ("number", "1.5"), ("number", "2018"), ("number", "1000000000000000000000"), ("number", "0"), ("truth", "TRUE"),
            ("day", "2018-07-01"), ("time", "2018-07-01 09:30:00"), ("text", "x\n"),
        ]
    ]  # fmt: skip


def test_formulas_and_errors_are_no_blank_cells() -> None:
    content = bare_xlsx(
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1*2</f></c><c r="C1" t="e"><v>#N/A</v></c></row>'
        '<row r="2"><c r="AB2" s="1"><f t="shared" si="0"/></c><c r="AC2"/></row>'
    )
    rows = held(content)
    assert rows[0][:3] == [("number", "1"), ("formula", "=A1*2"), ("text", "#N/A")]
    assert rows[1][27] == ("formula", "=")
    assert len(rows[0]) == len(rows[1]) == 28


def test_a_formula_far_away_is_not_padded_with_blanks() -> None:
    far = bare_xlsx('<row r="1"><c r="XFD1048576"><f>1</f></c></row>')
    assert reading.held(far) == {"problem": reading.TOO_MUCH}


def test_a_sheet_of_libreoffice_with_rows_to_the_end_is_as_long_as_its_cells() -> None:
    blank = '<table:table-cell table:number-columns-repeated="1024"/>'
    table = (
        f'<table:table table:style-name="t" table:name="deals"><table:table-row>{ods_text("deal_id")}'
        f'<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="3"><text:p>3</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=[.B1]*2" office:value-type="float" office:value="6"><text:p>6</text:p></table:table-cell></table:table-row>'
        f'<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        f'<table:table-row><table:covered-table-cell/><table:table-cell table:formula="of:=1" office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>'
        f'<table:table-row table:number-rows-repeated="1048570">{blank}</table:table-row></table:table>'
    )
    found = reading.held(ods(table))
    assert found["program"] == LIBRE
    (sheet,) = found["sheets"]
    assert sheet[0] == "deals"
    assert sheet[1][0] == [("text", "deal_id"), ("number", "3"), ("number", "3"), ("formula", "=[.B1]*2")]
    assert sheet[1][3][1] == ("formula", "=1")
    assert len(sheet[1]) == 4


def test_a_workbook_that_does_not_say_who_wrote_it_is_read() -> None:
    plain = bare_xlsx('<row r="1"><c r="A1"><v>1</v></c></row>')
    assert workbook.read(plain)[0] == ""
    silent = zipfile.ZipFile(io.BytesIO(ods("")))
    assert (
        reading.held(
            zipped({name: "<x/>" if name == "meta.xml" else silent.read(name).decode() for name in silent.namelist()})
        )["program"]
        == ""
    )


@pytest.mark.parametrize("limit", ["MOST_CELLS", "MOST_LETTERS"])
def test_more_cells_or_letters_than_can_be_shown_are_refused(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, limit, 3)
    assert reading.held(xlsx({"s": [["ab"], ["cd"], ["e"], ["f"]]})) == {"problem": reading.TOO_MUCH}


def test_parts_that_do_not_fit_are_a_problem_and_no_trace() -> None:
    for content in (zipped({"a.xml": "<a/>"}), bare_xlsx("", **{"xl/workbook.xml": "<workbook"})):
        assert reading.held(content) == {"problem": "is no workbook that can be read: its parts do not fit together"}


def test_a_day_of_libreoffice_at_midnight_is_a_day() -> None:
    cells = "".join(
        f'<table:table-cell office:value-type="date" office:date-value="2018-07-01{time}"/>'
        for time in ("", "T00:00:00")
    )
    found = reading.held(ods(f'<table:table table:name="s"><table:table-row>{cells}</table:table-row></table:table>'))
    assert found["sheets"][0][1] == [[("day", "2018-07-01")] * 2]


def test_the_process_reads_and_writes_and_takes_no_more_memory_than_it_may(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    limits: list[Any] = []
    monkeypatch.setattr(resource, "setrlimit", lambda *given: limits.append(given))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(xlsx({"s": [["a"]]}))))
    reading.main()
    assert json.loads(capsys.readouterr().out)["sheets"] == [["s", [[["text", "a"]]]]]
    assert limits == [(resource.RLIMIT_AS, (reading.MEMORY, reading.MEMORY))]


def test_a_bomb_is_refused_by_what_it_declares_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = bare_xlsx("<row/>" * 10, **{"xl/worksheets/sheet2.xml": " " * (parcel.MOST + 1)})
    assert len(bomb) < 100_000
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("unpacked"))
    assert "would be 40 MB in 10 parts once unpacked; at most 40 MB" in refused(bomb)


def test_too_many_parts_are_refused() -> None:
    assert "in 1,010 parts" in refused(bare_xlsx("", **{f"xl/{number}.xml": "" for number in range(1001)}))


def test_a_bomb_that_declares_less_than_comes_out_is_refused() -> None:
    """The size of a part stands twice in a zip, as four bytes after its checksum and its packed size."""
    big = 3_000_000
    bomb = bare_xlsx("<row/>", **{"xl/worksheets/sheet2.xml": " " * big})
    lying = bomb.replace(big.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != bomb
    assert refused(lying) == "is damaged: not all of it can be unpacked"


def test_what_reads_the_cells_gets_what_was_weighed_and_no_pictures() -> None:
    content = bare_xlsx("<row/>", **{"xl/media/image1.png": "\0" * 1000})
    with zipfile.ZipFile(io.BytesIO(parcel.unpacked(content))) as light:
        assert "xl/media/image1.png" not in light.namelist()
        assert {part.compress_type for part in light.infolist()} == {zipfile.ZIP_STORED}


def test_a_cell_at_the_end_of_the_sheet_harms_one_process_alone() -> None:
    far = bare_xlsx('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    assert refused(far) == "cannot be read: it is damaged, or it has cells far away from the others"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "is a workbook of the old form, or locked with a password"),
        (b"PK\x03\x04 and no more", "is damaged: not all of it can be unpacked"),
        (zipped({"a.xml": "<a/>"}, zipfile.ZIP_BZIP2), "is damaged: not all of it can be unpacked"),
        (zipped({"a.xml": "<a/>"}), "is no workbook that can be read: its parts do not fit together"),
        (bare_xlsx("", **{"xl/workbook.xml": "<workbook"}), "is no workbook that can be read: its parts do not fit together"),
        (xlsx({"s": [["a"]]})[:-300], "is damaged: not all of it can be unpacked"),
    ],
    ids=["old or locked", "cut short", "packed otherwise", "another zip", "broken XML", "torn"],
)  # fmt: skip
def test_what_is_no_workbook_is_refused(content: bytes, problem: str) -> None:
    assert workbook.is_workbook(content)
    assert refused(content) == problem


def of_sheet(tables: Tables, name: str, rows: list[list[tuple[str, str]]], program: str = EXCEL) -> TextTable:
    """Return a sheet as a table, beside a published one of the first and second row below."""
    former = TextTable(
        f"{name}.csv", [text for _, text in HEADER], [[text for _, text in row] for row in PUBLISHED.get(name, [])]
    )
    dictionary = tables.dictionary
    return table_of("book.xlsx", Sheet(name, rows), dictionary.tables[name], dictionary.key(name), program, former)


def texts(*cells: str) -> list[tuple[str, str]]:
    """Return cells of text."""
    return [("text", cell) for cell in cells]


HEADER = texts("deal_id", "title", "announced", "in_totals", "value_usd_m", "last_checked", "status")
PUBLISHED = {"deals": [texts("a", "007", "2018-07-01", "yes", "1", "2026-11-01", "signed")]}


@pytest.mark.parametrize(
    ("at", "cell", "problem", "remedy"),
    [
        (2, ("day", "2018-08-01"), "is a day that the spreadsheet made, perhaps of a month",
         f"{HOME_TEXT}, and write 2018-08, or 2018-08-01 where the day is known"),
        (3, ("truth", "TRUE"), "is a truth value that the spreadsheet made of a word", f"{HOME_TEXT}, and write the word again: yes, no"),
        (1, ("truth", "FALSE"), "is a truth value that the spreadsheet made of a word", f"{HOME_TEXT}, and write the word again"),
        (1, ("number", "7"), "is a number that the spreadsheet made: noughts at its start or its end are lost",
         f"{HOME_TEXT}, and write the cell again with all its digits"),
        (4, ("day", "2026-05-01"), "is a day that the spreadsheet made of what was typed", f"{HOME_TEXT}, and write the cell again"),
        (4, ("time", "09:30:00"), "is a time of day that the spreadsheet made of what was typed", f"{HOME_TEXT}, and write the cell again"),
        (4, ("formula", "=2*3"), "is a formula, and a table holds what it comes to", "In Excel copy the cell, and choose Home, Paste, Values"),
    ],
    ids=["month", "truth", "truth in words", "noughts", "day in numbers", "time", "formula"],
)  # fmt: skip
def test_what_the_spreadsheet_spoilt_is_named_at_its_row_with_its_own_remedy(
    at: int, cell: tuple[str, str], problem: str, remedy: str, made_up: Tables
) -> None:
    row = texts("b", "T", "2018", "yes", "1", "2026-11-01", "signed")
    row[at] = cell
    table = of_sheet(made_up, "deals", [texts("", ""), HEADER, texts(*[""] * 7), row])
    assert (table.top, table.lines) == (2, [4])
    assert table.faults == [Fault("book.xlsx", 4, HEADER[at][1], cell[1], problem, remedy)]


def test_the_remedy_is_in_the_words_of_the_program_or_of_both(made_up: Tables) -> None:
    rows = [HEADER, [("text", "b"), ("number", "7"), *texts(*[""] * 5)]]
    said = {
        program: of_sheet(made_up, "deals", rows, program).faults[0].remedy for program in (LIBRE, EXCEL, "Gnumeric")
    }
    assert said[LIBRE].startswith(f"{NUMBERS_TEXT}, and")
    assert said[EXCEL].startswith(f"{HOME_TEXT}, and")
    assert said["Gnumeric"].startswith(f"{NUMBERS_TEXT}; {HOME_TEXT}, and")


def test_what_nothing_is_lost_by_is_no_fault(made_up: Tables) -> None:
    row = [("text", "b"), ("text", "T"), ("number", "2018"), ("text", "yes"), ("number", "31.634"), ("day", "2026-11-01"), ("text", "signed")]  # fmt: skip
    other = [("text", "c"), ("text", "T"), ("day", "2018-07-05"), *row[3:]]
    unknown = [HEADER + texts("mine"), [*row, ("number", "1")], [*other, ("day", "2018-07-01")]]
    table = of_sheet(made_up, "deals", unknown)
    assert not table.faults
    assert table.rows[0][2:6] == ["2018", "yes", "31.634", "2026-11-01"]


def test_what_is_published_in_the_same_row_is_not_spoilt(made_up: Tables) -> None:
    row = [("text", "a"), ("number", "007"), ("day", "2018-07-01"), *texts("yes", "1", "2026-11-01", "signed")]
    assert not of_sheet(made_up, "deals", [HEADER, row]).faults
    elsewhere = [("text", "b"), *row[1:]]
    assert [fault.column for fault in of_sheet(made_up, "deals", [HEADER, elsewhere]).faults] == ["title", "announced"]


def test_a_cell_beyond_the_headings_is_a_fault_and_a_blank_one_is_none(made_up: Tables) -> None:
    table = of_sheet(
        made_up, "deals", [HEADER + texts("", ""), texts(*"abcdefg", "", "note"), texts(*"hijklmn", "", "")]
    )
    assert [(fault.line, fault.value, fault.problem) for fault in table.faults] == [
        (2, "note", "stands beyond the last heading")
    ]
    assert [len(row) for row in table.rows] == [7, 7]


def test_a_blank_sheet_is_said_to_be_empty(made_up: Tables) -> None:
    dictionary = made_up.dictionary
    table = table_of(
        "book.ods", Sheet("deals", []), dictionary.tables["deals"], ["deal_id"], "", TextTable("deals.csv")
    )
    assert [fault.problem for fault in table.faults] == ["is empty"]
