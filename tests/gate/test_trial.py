"""An edit that is tried: matched to its tables, the faults of the check, or what changes; and nothing of it anywhere else."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dashboard import __main__ as commands
from dashboard.gate import dropped, trial
from dashboard.gate.dropped import Upload
from dashboard.gate.trial import Trial
from dashboard.tables.files import FOLDER
from dashboard.tables.load import Tables
from tests.made_up import HERE
from tests.workbooks import ods, ods_text, xlsx

pytestmark = pytest.mark.usefixtures("made_up_pages")
Rows = list[list[str]]


def rows_of(name: str) -> Rows:
    """Return a made-up table, its header first."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def edited(name: str, change: Callable[[Rows], object] = lambda _: None) -> Rows:
    """Return a made-up table with a change."""
    rows = rows_of(name)
    change(rows)
    return rows


def put(line: int, column: str, cell: str) -> Callable[[Rows], None]:
    """Return what writes a cell; the header is line 1."""

    def change(rows: Rows) -> None:
        rows[line - 1][rows[0].index(column)] = cell

    return change


def as_csv(rows: Rows) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode()


def as_ods(name: str, rows: Rows) -> bytes:
    cells = ["".join(ods_text(cell.replace("&", "&amp;").replace("<", "&lt;")) for cell in row) for row in rows]
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return ods(f'<table:table table:name="{name}">{body}</table:table>')


def of(made_up: Tables, **files: bytes) -> Trial:
    """Return what comes of files; a `__` in a name stands for its point."""
    return trial.tried(made_up, tuple(Upload(name.replace("__", "."), content) for name, content in files.items()))


FORMS = {
    "CSV": lambda rows: ("deals.csv", as_csv(rows)),
    "CSV of a copy": lambda rows: ("Deals - Copy (2).csv", as_csv(rows)),
    "CSV by its headings": lambda rows: ("mine.csv", as_csv(rows)),
    "CSV called a workbook": lambda rows: ("deals.xlsx", as_csv(rows)),
    "XLSX": lambda rows: ("book.xlsx", xlsx({"deals": rows})),
    "XLSX by its headings": lambda rows: ("book.xlsx", xlsx({"Sheet1": [[""], *rows]})),
    "XLSX called CSV": lambda rows: ("book.csv", xlsx({"deals": rows})),
    "ODS": lambda rows: ("book.ods", as_ods("deals", rows)),
}


@pytest.mark.parametrize("form", FORMS)
def test_an_edit_without_faults_says_what_changes_in_every_form(form: str, made_up: Tables) -> None:
    rows = edited("deals", put(2, "title", "Alpha frigates, renamed"))
    name, content = FORMS[form](rows)
    found = trial.tried(made_up, (Upload(name, content),))
    assert not found.faults
    (said,) = found.said
    assert said.startswith(f"deals: {rows[1][0]}: title was “")
    assert said.endswith("”, and is “Alpha frigates, renamed”.")
    assert (found.deals, found.touched) == ([rows[1][0]], ["deals"])
    assert found.tables is not None
    assert found.tables.deals["title"].iloc[0] == "Alpha frigates, renamed"


@pytest.mark.parametrize("form", FORMS)
def test_an_edit_with_a_fault_has_that_of_the_check_at_its_line(form: str, made_up: Tables) -> None:
    name, content = FORMS[form](edited("deals", put(3, "domain", "navel")))
    (fault,) = trial.tried(made_up, (Upload(name, content),)).faults
    blank = form == "XLSX by its headings"
    assert (fault.line, fault.column, fault.value) == (3 + blank, "domain", "navel")
    assert fault.remedy.startswith("Did you mean “naval”?")


def test_the_faults_are_those_of_the_command(
    made_up: Tables, made_up_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = edited("deals", put(3, "domain", "navel"))
    put(4, "announced", "2018-13")(rows)
    put(5, "summary", "This may possibly be so.")(rows)
    put(6, "title", "=HYPERLINK(1)")(rows)
    put(7, "title", "a\0b")(rows)
    put(8, "title", "<b>bold</b>")(rows)
    put(9, "title", "x" * 5000)(rows)
    content = as_csv(rows)
    (made_up_folder / "deals.csv").write_bytes(content)
    assert commands.main(["check", str(made_up_folder)]) == 1
    said = capsys.readouterr().out.splitlines()[:-1]
    assert list(map(str, of(made_up, deals__csv=content).faults)) == said
    assert {f"line {line}," for line in range(3, 10)} <= {" ".join(one.split()[1:3]) for one in said}


def test_totals_that_move_are_named(made_up: Tables) -> None:
    rows = rows_of("deals")
    value, counted = (rows[0].index(name) for name in ("value_usd_m", "in_totals"))
    line = max(n for n, row in enumerate(rows, start=1) if n > 1 and row[value] and row[counted] == "yes")
    found = of(made_up, deals__csv=as_csv(edited("deals", put(line, "value_usd_m", f"1{rows[line - 1][value]}"))))
    assert any(said.startswith("The disclosed value of all deals went from ") for said in found.moved)


def test_several_files_are_tried_together(made_up: Tables) -> None:
    """A new source and the statement that rests on it are right together, and neither is alone."""
    sources = edited("sources", lambda rows: rows.append([*(["new-page"]), *rows[1][1:]]))
    put(len(sources), "url", "https://new.example/page")(sources)
    quotes = edited("quotes", put(2, "source_ids", "new-page"))
    found = of(made_up, quotes__csv=as_csv(quotes), book__xlsx=xlsx({"sources": sources, "Notes": [["hello"]]}))
    assert not found.faults
    assert found.statements == [quotes[1][0]]
    assert found.passed == ["book.xlsx, sheet Notes"]
    assert "sources: new-page was added." in found.said
    (fault,) = of(made_up, quotes__csv=as_csv(quotes)).faults
    assert (fault.file, fault.value, fault.problem) == ("quotes.csv", "new-page", "is not in sources.csv")


def test_a_milestone_leads_to_its_deal_and_a_withdrawn_deal_to_nothing(made_up: Tables) -> None:
    rows = edited("milestones", lambda rows: rows.pop(1))
    found = of(made_up, milestones__csv=as_csv(rows))
    assert found.deals == [rows_of("milestones")[1][0]]
    assert not found.statements


def test_what_says_the_same_in_another_form_changes_nothing(made_up: Tables) -> None:
    rows = rows_of("deals")
    other = [[f" {cell} " for cell in row] for row in [rows[0], *reversed(rows[1:])]]
    found = of(made_up, deals__csv="\ufeff".encode() + as_csv(other))
    assert (found.faults, found.said, found.tables) == ([], [], None)


def test_the_words_that_were_confirmed_can_be_tried_too(made_up: Tables) -> None:
    rows = edited("deals", put(5, "summary", "This may possibly be so."))
    words = edited("confirmed-words")
    words += [["deals", rows[4][0], "summary", word] for word in ("may", "possibly")]
    assert [fault.value for fault in of(made_up, deals__csv=as_csv(rows)).faults] == ["may", "possibly"]
    found = trial.tried(made_up, (Upload("deals.csv", as_csv(rows)), Upload("confirmed-words.csv", as_csv(words))))
    assert not found.faults


def test_tables_that_are_tried_have_a_stamp_and_a_version_of_their_own(made_up: Tables) -> None:
    one = of(made_up, deals__csv=as_csv(edited("deals", put(2, "title", "One")))).tables
    two = of(made_up, deals__csv=as_csv(edited("deals", put(2, "title", "Two")))).tables
    assert one is not None
    assert two is not None
    assert len({made_up.stamp, one.stamp, two.stamp}) == 3
    assert one.version == f"{made_up.version}+unpublished"


def test_nothing_is_written_and_few_edits_are_held(made_up: Tables) -> None:
    before = {path: path.read_bytes() for path in FOLDER.iterdir() if path.is_file()}
    trial.tried.cache_clear()
    for number in range(6):
        content = as_csv(edited("deals", put(2, "title", f"T {number}")))
        assert of(made_up, deals__csv=content) is of(made_up, deals__csv=content)
    assert trial.tried.cache_info().currsize == 4
    assert {path: path.read_bytes() for path in FOLDER.iterdir() if path.is_file()} == before


@pytest.mark.parametrize(
    ("uploads", "said"),
    [
        ([("deals.csv", b"x")] * 11, "Files: are too many: 11 were dropped. Drop 10 at most."),
        ([("deals.csv", b"x" * 5_000_001)], "deals.csv: has 5.0 MB, and 5 are taken at most. Drop only the tables that you have changed."),
        ([("mine.csv", b"a,b\n1,2\n")], "mine.csv: is not known as a table, by its name or by its headings. Call it deals.csv, milestones.csv, quotes.csv, "
         "sources.csv, places.csv, countries.csv, gaps.csv, deflator.csv or confirmed-words.csv."),
        ([("gaps.csv", b"gap_id\n"), ("Gaps.csv", b"gap_id\n")], "Gaps.csv: is a second file of the table gaps, beside gaps.csv. Drop one of them."),
        ([("gaps.csv", b"gap_id\n" + b"a\n" * 20_001)],
         "gaps.csv: has 20,001 rows, and 20,000 are taken at most. Check it with “python -m dashboard check”."),
        ([("old.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 99)], "old.xls: is a workbook of the old form, or locked with a password. Save it as XLSX or ODS, unlocked."),
    ],
    ids=["files", "bytes", "unknown", "twice", "rows", "old"],
)  # fmt: skip
def test_a_limit_is_a_clear_message(uploads: list[tuple[str, bytes]], said: str, made_up: Tables) -> None:
    found = trial.tried(made_up, tuple(Upload(*upload) for upload in uploads))
    assert [str(fault) for fault in found.faults] == [said]
    assert found.tables is None


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 5000, b"<!doctype html><p>x", b'"', b"\xff\xfe" * 400, bytes(range(256)) * 40, b"{}", b"deal_id\n"],
    ids=["nothing", "nulls", "a page", "a mark", "wide", "every byte", "JSON", "no rows"],
)
def test_whatever_is_dropped_gives_faults_and_no_trace(content: bytes, made_up: Tables) -> None:
    found = of(made_up, deals__csv=content)
    assert found.faults
    assert found.faults[0].file == "deals.csv"
    assert all(fault.problem and fault.remedy for fault in found.faults)


def test_a_name_says_more_than_headings(made_up: Tables) -> None:
    dictionary: Any = made_up.dictionary
    heads = rows_of("deals")[0]
    assert dropped.meant("deals", [], dictionary) == "deals"
    assert dropped.meant("Deals (1)", heads, dictionary) == "deals"
    assert dropped.meant("quotes", heads, dictionary) == "quotes"
    assert dropped.meant("sheet1", [*heads[:3], "x"], dictionary) == ""
    assert dropped.meant("sheet1", [head.upper() for head in heads], dictionary) == "deals"
