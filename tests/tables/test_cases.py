"""Text that reached the tables damaged, as real people's reports and spreadsheets had it; what is said of each."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dashboard.tables import check as checks
from dashboard.tables import load as data
from dashboard.tables import tidy
from dashboard.tables.check import damage
from dashboard.tables.csvfile import TextTable, parse
from dashboard.tables.dictionary import NAMES, Dictionary
from tests import made_up

CASES = {case["name"]: case for case in json.loads(Path(__file__).with_name("cases.json").read_text(encoding="utf-8"))}


def spoilt(content: str, case: dict[str, Any]) -> bytes:
    """Return the content of a file with a cell, its lines or its encoding changed as a case says."""
    if "column" in case:
        header, *rows = csv.reader(io.StringIO(content, newline=""))
        row = next(row for row in rows if row[0] == case["key"])
        row[header.index(case["column"])] = case["value"]
        buffer = io.StringIO(newline="")
        csv.writer(buffer).writerows([header, *rows])
        content = buffer.getvalue()
    content = case.get("prepend", "") + content + case.get("append", "")
    if case.get("quote_lines"):
        content = "".join('"' + line.replace('"', '""') + '"\n' for line in content.splitlines())
    return content.encode(case.get("encoding", "utf-8"))


@cache
def read(names: tuple[str, ...] = ()) -> tuple[dict[str, TextTable], Dictionary]:
    """Return the made-up tables, or those named alone, with their description."""
    descriptor = json.loads(made_up.DESCRIPTION.read_bytes())
    kept = [entry for entry in descriptor["resources"] if entry["name"] in names or not names]
    tables = {
        entry["name"]: parse(entry["path"], (made_up.HERE / entry["path"]).read_bytes())
        for entry in kept
        if entry["name"] in NAMES
    }
    return tables, Dictionary(descriptor)


def spoilt_table(case: dict[str, Any]) -> TextTable:
    file = f"{case['table']}.csv"
    return parse(file, spoilt((made_up.HERE / file).read_text(encoding="utf-8"), case))


@pytest.mark.parametrize("name", CASES)
def test_one_cause_is_one_fault_that_names_it(name: str) -> None:
    case = CASES[name]
    # What other tables refer to is checked with all of them; the rest with its own table alone, which takes less time.
    tables, dictionary = read() if case.get("whole") else read((case["table"], "countries"))
    found = list(map(str, checks.find_faults(tables | {case["table"]: spoilt_table(case)}, dictionary)))
    assert len(found) == case["faults"], found
    for words in case["names"]:
        assert words in " ".join(found)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "tidy" in case["names"]])
def test_what_tidy_is_said_to_mend_it_mends(name: str, made_up_folder: Path) -> None:
    path = made_up_folder / f"{CASES[name]['table']}.csv"
    before = path.read_bytes()
    path.write_bytes(spoilt(before.decode(), CASES[name]))
    assert tidy.tidy(made_up_folder) == ([path.name], [])
    assert path.read_bytes() == before


UNREAD = [name for name, case in CASES.items() if case["kind"] == "F" and "column" not in case and case["faults"]]


@pytest.mark.parametrize("name", UNREAD)
def test_what_is_not_read_for_certain_is_not_put_in_order_but_for_signs_that_nobody_sees(name: str) -> None:
    is_sure = name in ("byte-order-mark-inside", "heading-invisible", "header-not-first")
    assert bool(tidy.uneven(spoilt_table(CASES[name]))) != is_sure


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("R&D &nothing; &c", ""), ("Büyük & küçük", ""), ("a < b > c", ""), ("Turkey? Yes", ""), ("#1 of 2", ""),
        ("می\u200cخواهم", ""), ("Ετοιμάζουν σκηνικό", ""), ("Россия", ""), ("“One” and “two”", ""), ("m²", ""),
        ("[Title in brackets]", ""), ("‘A borrowed knife’", ""), ("Made in 1990?", ""), ("3+1 boats", ""),
        ("a\u200cb", "ab"), ("НАТO", "HATO"), ("x" * 90 + " &amp; " + "y" * 90, "…" + "x" * 38 + " & " + "y" * 39 + "…"),
        ("\u2067Gamma\u2069", "Gamma"), ("Gamma\u2028Wire", "Gamma Wire"), ("a &#0; b", "a \ufffd b"),
    ],
)  # fmt: skip
def test_damaged_text_is_mended_and_right_text_is_left_alone(text: str, mended: str) -> None:
    columns = read()[1].tables["deals"]
    table = TextTable("deals.csv", ["summary"], [[text]], [2])
    whole, faults = damage.mend(table, columns)
    assert [fault.value for fault in faults] == [text] * bool(mended)
    assert whole.rows == [[text]] if not mended else f"“{mended}”" in faults[0].remedy
    assert table.rows == [[text]]


@pytest.mark.parametrize("path", sorted(data.FOLDER.glob("*.csv")), ids=lambda path: path.stem)
def test_no_published_file_holds_a_cell_that_a_spreadsheet_would_run(path: Path) -> None:
    cells = {cell for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")) for cell in row}
    assert [cell for cell in cells if re.match(r"\s*[=+@\t\r-]", cell) and not re.fullmatch(r"-[0-9.]+", cell)] == []
