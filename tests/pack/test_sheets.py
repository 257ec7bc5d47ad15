"""The briefing as a workbook: rows with real types, and sums that are formulas, agree with the view and follow the rows."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard import views
from dashboard.pack.briefing import of_deck, of_view
from dashboard.pack.sheets import sheets
from dashboard.pack.sums import _same
from dashboard.questions import money
from dashboard.questions.deals import select
from dashboard.questions.spreadsheet import in_full
from dashboard.tables.load import Tables
from dashboard.tables.model import type_tables
from dashboard.views import common
from tests.exports.test_exports import HOSTILE
from tests.exports.test_exports import sheets as read
from tests.workbooks import zipped

TODAY = date(2026, 3, 1)
ADDRESSES = [
    "/value",
    "/value?by=supplier",
    "/value?by=year&money=constant",
    "/value?by=status&sure=origins",
    "/value?by=recipient&domain=naval",
    "/",
]


def book(tables: Tables, address: str) -> bytes:
    return sheets(tables, of_view(views.at(tables, address, TODAY)), TODAY)


def without_results(made: bytes) -> bytes:
    """Return a workbook whose formulas have no result yet, so that a program must work them out."""
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        files = {name: parts.read(name).decode() for name in parts.namelist()}
    bare = {name: re.sub(r' t="str"(><f>)', r"\1", text) for name, text in files.items()}
    return zipped({name: re.sub(r"</f><v>[^<]*</v>", "</f>", text) for name, text in bare.items()})


def close(one: Any, other: Any) -> bool:
    return one == pytest.approx(other) if isinstance(one, float) and isinstance(other, float) else one == other


@pytest.mark.parametrize("address", ADDRESSES[:-1])
def test_the_sums_are_those_that_the_view_shows_and_what_is_not_known_is_blank(made_up: Tables, address: str) -> None:
    (shown,) = [rows for rows in views.at(made_up, address, TODAY).tables if rows.name == "sums"]
    found = read(book(made_up, address))["Sums"]
    assert found[0] == list(shown.headings.values())
    wanted = [["" if cell is None else cell for cell in row] for row in shown.rows]
    assert all(
        close(*pair) for row, said in zip(found[1:], wanted, strict=True) for pair in zip(row, said, strict=True)
    )


def test_a_spreadsheet_that_works_the_formulas_out_comes_to_the_same(made_up: Tables, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not on this machine")
    made = {tmp_path / f"{at}.xlsx": book(made_up, address) for at, address in enumerate(ADDRESSES)}
    for path, content in made.items():
        path.write_bytes(without_results(content))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path), *map(str, made)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for path, content in made.items():
        first, again = read(content)["Sums"], read(path.with_suffix(".ods").read_bytes())["Sums"]
        assert any(isinstance(cell, float) and cell > 0 for cell in again[-1])
        pairs = [pair for rows in zip(first, again, strict=True) for pair in zip(*rows, strict=True)]
        assert all(close(*pair) for pair in pairs)


@pytest.mark.parametrize("address", ADDRESSES)
def test_whoever_adds_up_the_rows_comes_to_the_sums(made_up: Tables, address: str) -> None:
    found = read(book(made_up, address))
    heads, *rows = found["Rows"]
    deals = [dict(zip(heads, row, strict=True)) for row in rows]
    value, low, high = heads[-3:]
    for name, disclosed, *parts, least, most, priced, unpriced, left_out, _ in found["Sums"][1:-1]:
        group = [deal for deal in deals if deal["Group in the sums"] == name]
        added = [deal for deal in group if deal["In totals"] == "Yes" and deal[value] != ""]
        assert len(added) == priced
        assert close(sum(deal[value] for deal in added), float(disclosed or 0))
        assert close(sum(deal[low] for deal in added), float(least or 0))
        assert close(sum(deal[high] for deal in added), float(most or 0))
        assert close(sum(filter(None, parts)), float(disclosed or 0))
        assert sum(deal["What the value is"] == "not disclosed" for deal in group) == unpriced
        assert sum(deal["In totals"] == "No" for deal in group) == left_out


def test_each_number_of_the_sums_is_a_formula_and_the_last_line_adds_up_the_others(made_up: Tables) -> None:
    with zipfile.ZipFile(io.BytesIO(book(made_up, "/value"))) as parts:
        xml = parts.read("xl/worksheets/sheet3.xml").decode()
    (shown,) = [rows for rows in views.at(made_up, "/value", TODAY).tables if rows.name == "sums"]
    formulas = dict(re.findall(r'<c r="([A-Z]+\d+)"[^>]*><f>([^<]*)</f>', xml))
    numbers = len(shown.headings) - 2
    assert len(formulas) == numbers * len(shown.rows)
    last = len(shown.rows) + 1
    assert formulas[f"B{last}"] == f'IF(COUNT(B2:B{last - 1})=0,"",SUM(B2:B{last - 1}))'
    assert "SUMIFS(" in formulas["B2"]
    assert '"=Yes"' in formulas["B2"]


def test_a_page_without_sums_of_its_own_has_them_by_domain(made_up: Tables) -> None:
    front, value = (read(book(made_up, address))["Sums"] for address in ("/", "/value"))
    assert front == value


def test_groups_beyond_the_most_are_one_in_the_rows_too(made_up: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(money.groups, "__defaults__", (2,))
    views._shown.clear()
    found = read(book(made_up, "/value?by=supplier&q="))
    views._shown.clear()
    rows = found["Rows"]
    at = rows[0].index("Group in the sums")
    folded = [line[0] for line in found["Sums"] if "more, together" in str(line[0])]
    assert folded
    assert sum(row[at] == folded[0] for row in rows) > 1


def test_the_rows_have_every_column_with_its_type(made_up: Tables) -> None:
    heads, *rows = read(book(made_up, "/value?domain=naval"))["Rows"]
    view = views.at(made_up, "/value?domain=naval", TODAY)
    (keys,) = [one.keys for one in view.tables if one.name == "deals"]
    deals = made_up.deals[made_up.deals["deal_id"].isin(keys)]
    full = in_full(made_up, "deals", deals, "")
    assert heads[: len(full.columns)] == list(full)
    assert [row[0] for row in rows] == list(deals["deal_id"])
    one = dict(zip(heads, rows[0], strict=True))
    assert isinstance(one[made_up.dictionary.title("deals", "last_checked")], date)
    assert isinstance(one["Independent origins"], float)
    assert "Filters" not in one["Taken from"]
    assert view.filters[0] in one["Taken from"]
    blank = [row for row in rows if dict(zip(heads, row, strict=True))["What the value is"] != "public"]
    assert blank
    assert all(0 not in row[-3:] for row in blank)


def test_the_sheets_say_what_they_are_of_and_what_they_rest_on(made_up: Tables) -> None:
    view, found = (
        views.at(made_up, "/value?domain=naval,cheese", TODAY),
        read(book(made_up, "/value?domain=naval,cheese")),
    )
    said = [words for _, words in found["About"]]
    for words in (view.finding, *view.lead, *view.notes, *view.left_out, "; ".join(view.filters), view.counted, view.viewpoint, "1 March 2026"):  # fmt: skip
        assert words in said
    assert any(f"version {made_up.version}" in words for words in said)
    grade = found["Sources"][0].index(made_up.dictionary.title("sources", "reliability"))
    keys = {row[0]: row[grade] for row in found["Sources"][1:]}
    assert keys == {source["source_id"]: source["reliability"] for source in view.sources}
    assert [*found] == ["About", "Rows", "Sums", "Stages", "Sure", "Sources"]


def test_statements_and_claims_are_a_sheet(made_up: Tables) -> None:
    view, found = views.at(made_up, "/", TODAY), read(book(made_up, "/"))["Statements"]
    keys = {one.row["quote_id"] for one in view.statements}
    keys |= {row["quote_id"] for claim in view.claims for row in claim.entry.positions}
    assert {row[0] for row in found[1:]} == keys
    assert made_up.dictionary.title("quotes", "form") in found[0]


def test_a_deck_has_sheets_for_each_of_its_views(made_up: Tables) -> None:
    slides = [
        (views.at(made_up, address, TODAY), line, "")
        for address, line in (("/value", "Mind the gap."), ("/timeline", ""))
    ]
    made = sheets(made_up, of_deck("Two views", slides), TODAY)
    assert [*read(made)][1:] == ["1 Rows", "1 Sums", "1 Stages", "1 Sure", "2 Rows", "2 Sums", "2 Years", "Sources"]
    assert ["To take home", "Mind the gap."] in read(made)["About"]


def test_two_tables_of_a_name_are_two_sheets(made_up: Tables) -> None:
    view = views.at(made_up, "/value", TODAY)
    (stages,) = [rows for rows in view.tables if rows.name == "stages"]
    twice = replace(view, tables=(stages, stages), sources=())
    assert [*read(sheets(made_up, of_view(twice), TODAY))] == ["About", "Stages", "Stages 2"]


def test_a_workbook_holds_all_rows_also_where_a_page_has_no_room_for_them(
    made_up: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = {name: read(book(made_up, "/value"))[name] for name in ("Rows", "Sums", "Sources")}
    monkeypatch.setattr(common, "MOST", 3)
    long = replace(made_up, stamp="long")
    assert [len(rows.rows) for rows in views.at(long, "/value", TODAY).tables if rows.name == "deals"] == [3]
    assert {name: read(book(long, "/value"))[name] for name in whole} == whole
    assert len(whole["Rows"]) - 1 == len(made_up.deals)


def test_a_view_without_deals_has_no_sums(made_up: Tables) -> None:
    assert "Sums" not in read(book(made_up, "/?q=nosuchwords"))
    assert len(select(made_up, views.address.read(made_up, "", {"q": ["nosuchwords"]}).selection)) == 0


def test_no_cell_is_run(made_up: Tables) -> None:
    deals = made_up.texts["deals"]
    at = deals.header.index("title")
    rows = [[*row[:at], HOSTILE[number % len(HOSTILE)], *row[at + 1 :]] for number, row in enumerate(deals.rows)]
    hostile = type_tables({**made_up.texts, "deals": replace(deals, rows=rows)}, made_up.dictionary)
    made = book(hostile, "/value")
    found = read(made)["Rows"]
    title = made_up.dictionary.title("deals", "title")
    assert {row[found[0].index(title)] for row in found[1:]} == {*HOSTILE}
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert "<f>" not in parts.read("xl/worksheets/sheet2.xml").decode()
        assert not [name for name in parts.namelist() if "externalLink" in name]


def test_each_sheet_is_printed_on_a4_with_its_headings_on_each_page(made_up: Tables) -> None:
    with zipfile.ZipFile(io.BytesIO(book(made_up, "/value"))) as parts:
        for at, name in enumerate(read(book(made_up, "/value")), start=1):
            xml = parts.read(f"xl/worksheets/sheet{at}.xml").decode()
            wide = ' fitToWidth="4"' if name == "Rows" else ""
            assert f'<pageSetup paperSize="9"{wide} fitToHeight="0" orientation="landscape"/>' in xml
        assert parts.read("xl/workbook.xml").decode().count("_xlnm.Print_Titles") == at


def test_a_criterion_means_its_words_alone() -> None:
    assert _same("Naval", "$A2") == '"="&$A2'
    assert _same("Naval") == '"=Naval"'
    assert _same('What* "now"?', "$A2") == '"=What~* ""now""~?"'


def test_the_same_briefing_gives_the_same_bytes(made_up: Tables) -> None:
    assert book(made_up, "/value") == book(made_up, "/value")
