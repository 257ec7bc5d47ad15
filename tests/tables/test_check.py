"""Broken data files, and what is said of each: file, line, column, value, problem and remedy, and nothing else."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from dashboard.tables import check as checks
from dashboard.tables import load as data
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.faults import Fault

Rows = list[list[str]]


class Expected(NamedTuple):
    """What must be said: exactly this place and value, and these words among the problem and the remedy."""

    file: str
    line: int
    column: str
    value: str
    problem: str
    remedy: str

    def fits(self, fault: Fault) -> bool:
        """Say whether a fault says it."""
        place = (fault.file, fault.line, fault.column, fault.value)
        return place == self[:4] and self.problem in fault.problem and self.remedy in fault.remedy


def faults_of(folder: Path) -> list[Fault]:
    with pytest.raises(data.DataError) as caught:
        data.load(folder)
    return caught.value.faults


def assert_reported(faults: list[Fault], expected: list[Expected]) -> None:
    """Assert that exactly what is expected is reported, each once, in whatever order."""
    missing = [one for one in expected if not any(one.fits(fault) for fault in faults)]
    noise = [str(fault) for fault in faults if not any(one.fits(fault) for one in expected)]
    assert (missing, noise, len(faults)) == ([], [], len(expected))


def read(path: Path) -> Rows:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def save(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def line_of(file: str, row: str) -> int:
    """Return the line of the published file that begins with the key given."""
    lines = (data.FOLDER / file).read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, start=1) if line.startswith(row))


def lines_in(file: str) -> int:
    """Return how many lines the published file has."""
    return (data.FOLDER / file).read_text(encoding="utf-8").count("\n")


# --- one cell is wrong -------------------------------------------------------------------------------------------
# File, start of the row, what is written into which cells; then the column and value of the fault and words of it.
# All are spoilt in one copy, each in a row of its own, so that none hides another and nothing else is reported.


class Spoilt(NamedTuple):
    """A cell or two of a row written wrongly, and what must be said of it."""

    file: str
    row: str
    cells: dict[str, str]
    column: str
    value: str
    problem: str
    remedy: str


LONG = "Not in totals: " + "x" * 590
SPOILT = {
    "a misspelt status": Spoilt(
        "deals.csv", "agosta-90b-upgrade", {"status": "in progres"}, "status", "in progres",
        "is not an allowed value", "Did you mean “in-progress”? Allowed: proposed, negotiating, signed"),
    "a status in capitals": Spoilt(
        "deals.csv", "air-force-ew-mou-2025", {"status": "Signed"}, "status", "Signed",
        "is not an allowed value", "Did you mean “signed”?"),
    "an unknown domain": Spoilt(
        "deals.csv", "aman-exercise", {"domain": "sea"}, "domain", "sea",
        "is not an allowed value", "Allowed: air, naval, drones, cyber, land, space, multi"),
    "an unknown kind": Spoilt(
        "deals.csv", "anatolian-eagle", {"kind": "exercises"}, "kind", "exercises",
        "is not an allowed value", "Did you mean “exercise”?"),
    "a blank title": Spoilt(
        "deals.csv", "anka-nescom-tai", {"title": ""}, "title", "", "is blank but must be given", "Fill the cell"),
    "a title that is too long": Spoilt(
        "deals.csv", "anka-parts-pac", {"title": "x" * 71}, "title", "x" * 71,
        "is too long, 71 characters", "Shorten it to 70 at most"),
    "a summary that is too long": Spoilt(
        "deals.csv", "aselpod-jf17", {"summary": "x" * 241}, "summary", "x" * 241,
        "is too long, 241 characters", "Shorten it to 240 at most"),
    "a doubt that is too long": Spoilt(
        "deals.csv", "agosta-aselsan-havelsan-subsystems", {"doubt": LONG}, "doubt", LONG, "is too long", "600 at most"),
    "a quantity in words": Spoilt(
        "deals.csv", "azerbaijan-akinci", {"quantity": "three"}, "quantity", "three",
        "is not a whole number", "Write digits only"),
    "a quantity that is not whole": Spoilt(
        "deals.csv", "azerbaijan-tb2", {"quantity": "3.5"}, "quantity", "3.5", "is not a whole number", "digits only"),
    "a quantity of none": Spoilt(
        "deals.csv", "bangladesh-boran", {"quantity": "0"}, "quantity", "0", "is too small", "Give 1 or more"),
    "a value with a thousands comma": Spoilt(
        "deals.csv", "milgem-corvettes", {"value_usd_m": "1,500"}, "value_usd_m", "1,500",
        "is not a number", "with a point for decimals"),
    "a value with its unit": Spoilt(
        "deals.csv", "maldives-tb2", {"value_usd_m": "$37m"}, "value_usd_m", "$37m", "is not a number", "Write digits"),
    "a value that is no number at all": Spoilt(
        "deals.csv", "havelsan-ew-range", {"value_usd_m": "NaN"}, "value_usd_m", "NaN", "is not a number", "digits"),
    "an endless value": Spoilt(
        "deals.csv", "fleet-tanker-pns-moawin", {"value_usd_m": "INF"}, "value_usd_m", "INF", "is not a number", "digits"),
    "a value in powers of ten": Spoilt(
        "deals.csv", "f16-upgrade-tai", {"value_usd_m": "1e3"}, "value_usd_m", "1e3", "is not a number", "digits"),
    "a negative value": Spoilt(
        "deals.csv", "t129-atak", {"value_usd_m": "-5"}, "value_usd_m", "-5", "is too small", "Give 0 or more"),
    "a value of zero": Spoilt(
        "deals.csv", "bangladesh-otokar-cobra", {"value_usd_m": "0.0", "value_basis": "reported"}, "value_usd_m", "0.0",
        "is zero", "Leave the cell blank where no value is public"),
    "a value without its basis": Spoilt(
        "deals.csv", "jf17-azerbaijan-2024", {"value_usd_m": "1600", "value_basis": ""}, "value_basis", "",
        "is blank although a value is given", "Say where the value comes from"),
    "a basis without a value": Spoilt(
        "deals.csv", "alp-300g-radar-interest", {"value_usd_m": "", "value_basis": "contract"}, "value_basis", "contract",
        "is given although no value is", "Give the value or blank the basis"),
    "an unknown basis": Spoilt(
        "deals.csv", "bangladesh-t129-hisar", {"value_basis": "report"}, "value_basis", "report",
        "is not an allowed value", "Did you mean “reported”? Allowed: contract, reported, estimate"),
    "a range without a value": Spoilt(
        "deals.csv", "ayyildiz-naval-sof-exercise", {"value_usd_m": "", "value_low_usd_m": "10"}, "value_usd_m", "",
        "is blank although a range is given", "Give the figure used in totals, or blank the range"),
    "a low above the value": Spoilt(
        "deals.csv", "jf17-azerbaijan-2025", {"value_low_usd_m": "4601", "value_usd_m": "4600"}, "value_low_usd_m", "4601",
        "is more than the value, 4600", "Correct the low, the value or the high"),
    "a high below the value": Spoilt(
        "deals.csv", "hangor-submarines", {"value_usd_m": "5000", "value_high_usd_m": "4999.5"}, "value_high_usd_m", "4999.5",
        "is less than the value, 5000", "Correct the low, the value or the high"),
    "an end before the start": Spoilt(
        "deals.csv", "super-mushshak-turkey", {"start": "2017-05-10", "end": "2016"}, "end", "2016",
        "is before the start, 2017-05-10", "Correct the start or the end"),
    "a thirteenth month": Spoilt(
        "deals.csv", "azerbaijan-baykar-production", {"start": "2018-13"}, "start", "2018-13", "is not a date", "YYYY-MM"),
    "a day that does not exist": Spoilt(
        "deals.csv", "azerbaijan-su25-upgrade", {"start": "2018-02-30"}, "start", "2018-02-30", "is not a date", "YYYY"),
    "a date as Turks and Germans write it": Spoilt(
        "deals.csv", "celebi-clearance", {"announced": "15.05.2025"}, "announced", "15.05.2025",
        "is not a date", "Write YYYY, YYYY-MM or YYYY-MM-DD, then ~ for about or ? for uncertain"),
    "a date without its noughts": Spoilt(
        "deals.csv", "china-bangladesh-2002", {"start": "2002-6-1"}, "start", "2002-6-1", "is not a date", "YYYY-MM-DD"),
    "a date padded with noughts": Spoilt(
        "deals.csv", "asia-anew", {"start": "2019-08-00"}, "start", "2019-08-00", "is not a date", "YYYY-MM"),
    "a range as a date": Spoilt(
        "deals.csv", "aselsan-tank-radio-pakistan", {"start": "2004/2006"}, "start", "2004/2006", "is not a date", "YYYY"),
    "a checking day in another form": Spoilt(
        "deals.csv", "ataturk-jinnah-exercise", {"last_checked": "22/11/2026"}, "last_checked", "22/11/2026",
        "is not a day", "Write YYYY-MM-DD"),
    "a checking day that does not exist": Spoilt(
        "deals.csv", "dogu-akdeniz-exercise", {"last_checked": "2026-11-31"}, "last_checked", "2026-11-31",
        "is not a day", "Write YYYY-MM-DD"),
    "an unknown source in a list": Spoilt(
        "deals.csv", "bangladesh-tb2", {"source_ids": "theprint-2025-pahalgam; theprint-2025-pahalgan"}, "source_ids",
        "theprint-2025-pahalgan", "is not in sources.csv", "Did you mean “theprint-2025-pahalgam”?"),
    "a source listed twice": Spoilt(
        "deals.csv", "bangladesh-tulpar", {"source_ids": "theprint-2025-pahalgam;theprint-2025-pahalgam"}, "source_ids",
        "theprint-2025-pahalgam", "is listed twice", "Keep each key once"),
    "a semicolon too many": Spoilt(
        "deals.csv", "bangladesh-trg300", {"source_ids": "theprint-2025-pahalgam;"}, "source_ids",
        "theprint-2025-pahalgam;", "has an empty place in its list", "Remove the semicolon"),
    "no key": Spoilt(
        "quotes.csv", "bayramov-2025", {"quote_id": ""}, "quote_id", "", "is blank but must be given", "Fill the cell"),
    "no source": Spoilt("deals.csv", "hlmdg", {"source_ids": ""}, "source_ids", "", "is blank but must be given", "Fill"),
    "a misspelt place": Spoilt(
        "deals.csv", "hlscc", {"place_id": "islamabat"}, "place_id", "islamabat",
        "is not in places.csv", "Did you mean “islamabad”? Allowed: one of the "),
    "a place that is no key": Spoilt(
        "deals.csv", "indus-shield", {"place_id": "Somewhere else"}, "place_id", "Somewhere else",
        "is not in places.csv", "Allowed: one of the "),
    "an unknown supplier": Spoilt(
        "deals.csv", "j10c-pakistan", {"supplier": "XXQ"}, "supplier", "XXQ", "is not in countries.csv", "one of the "),
    "a state on both sides": Spoilt(
        "deals.csv", "kaan-azerbaijan", {"recipient": "AZE; TUR"}, "recipient", "TUR",
        "is a supplier too", "Keep each state on one side"),
    "an alleged deal in totals": Spoilt(
        "deals.csv", "mrtp-fast-craft", {"status": "alleged"}, "in_totals", "yes",
        "is not allowed with the status alleged", "Write no, and say why in doubt"),
    "a proposed deal in totals": Spoilt(
        "deals.csv", "repkon-wil-155mm", {"status": "proposed"}, "in_totals", "yes",
        "is not allowed with the status proposed", "none of proposed, negotiating, stalled, cancelled, alleged, denied"),
    "a deal out of totals without a reason": Spoilt(
        "deals.csv", "tai-nstp-office", {"in_totals": "no", "doubt": ""}, "doubt", "",
        "does not say why the deal is left out of totals", "Begin the reason with “Not in totals:”"),
    "a credibility off the scale": Spoilt(
        "deals.csv", "t37-gift", {"credibility": "7"}, "credibility", "7",
        "is not an allowed value", "Allowed: 1, 2, 3, 4, 5, 6"),
    "a credibility in words": Spoilt(
        "deals.csv", "three-brothers-2021", {"credibility": "high"}, "credibility", "high",
        "is not an allowed value", "Allowed: 1, 2, 3, 4, 5, 6"),
    "a line break in a cell": Spoilt(
        "deals.csv", "turgutreis-exercise", {"title": "Turgutreis\nexercises"}, "title", "Turgutreis\nexercises",
        "holds a line break", "Write the cell on one line"),
    "a milestone of an unknown deal": Spoilt(
        "milestones.csv", "agosta-90b-upgrade,2018-02-28", {"deal_id": "agosta-90-upgrade"}, "deal_id",
        "agosta-90-upgrade", "is not in deals.csv", "Did you mean “agosta-90b-upgrade”?"),
    "a milestone without a date": Spoilt(
        "milestones.csv", "aman-exercise,2007", {"date": ""}, "date", "", "is blank but must be given", "Fill"),
    "an unknown kind of milestone": Spoilt(
        "milestones.csv", "alp-300g-radar-interest,2024", {"kind": "report"}, "kind", "report",
        "is not an allowed value", "Did you mean “reported”?"),
    "a statement on an unknown deal": Spoilt(
        "quotes.csv", "akar-2020", {"deal_ids": "milgem-corvette;kaan-pakistan"}, "deal_ids", "milgem-corvette",
        "is not in deals.csv", "Did you mean “milgem-corvettes”?"),
    "an unknown stance": Spoilt(
        "quotes.csv", "akgun-2021", {"stance": "denials"}, "stance", "denials", "is not an allowed value", "“denial”"),
    "a statement without a source": Spoilt(
        "quotes.csv", "akturk-2025", {"source_ids": ""}, "source_ids", "", "is blank but must be given", "Fill the cell"),
    "a statement with a bad date": Spoilt(
        "quotes.csv", "aliyev-2025-lachin", {"date": "May 2025"}, "date", "May 2025", "is not a date", "YYYY"),
    "a statement key in capitals": Spoilt(
        "quotes.csv", "arab-news-2023", {"quote_id": "Arab News 2023"}, "quote_id", "Arab News 2023",
        "does not have the right form", "Write it in the form of “"),
    "a statement key used twice": Spoilt(
        "quotes.csv", "aziz-2023", {"quote_id": "asif-2025-j35"}, "quote_id", "asif-2025-j35", "is on line", "Give every row its own"),
    "a source with an unknown reliability": Spoilt(
        "sources.csv", "aa-repost-2018-07-05", {"reliability": "G"}, "reliability", "G",
        "is not an allowed value", "Allowed: A, B, C, D, E, F"),
    "a source without its scheme": Spoilt(
        "sources.csv", "aaj-2025-10-19", {"url": "www.example.org/page"}, "url", "www.example.org/page",
        "is not a web address", "Begin with https:// or http://, or leave it blank"),
    "a source whose address is a script": Spoilt(
        "sources.csv", "aajtak-2025-12-15", {"url": "javascript:alert(1)"}, "url", "javascript:alert(1)",
        "is not a web address", "Begin with https://"),
    "a source in an unknown language": Spoilt(
        "sources.csv", "airforcetech-2009-f16", {"language": "english"}, "language", "english",
        "is not an allowed value", "Allowed: en, tr, ur"),
    "a source of an unknown country": Spoilt(
        "sources.csv", "airforcetech-2014-f16", {"country": "TRU"}, "country", "TRU", "is not in countries.csv", "one of"),
    "a latitude beyond the pole": Spoilt(
        "places.csv", "ankara", {"lat": "95"}, "lat", "95", "is too large", "Give 90 or less"),
    "a longitude beyond the date line": Spoilt(
        "places.csv", "baku", {"lon": "-200"}, "lon", "-200", "is too small", "Give -180 or more"),
    "a latitude with a decimal comma": Spoilt(
        "places.csv", "barotha", {"lat": "33,8"}, "lat", "33,8", "is not a number", "with a point for decimals"),
    "a place of an unknown country": Spoilt(
        "places.csv", "bathinda", {"country": "IN"}, "country", "IN", "is not in countries.csv", "Did you mean “IND”?"),
    "a place of no precision": Spoilt(
        "places.csv", "bhopal", {"precision": "town"}, "precision", "town", "is not an allowed value", "site, city, country"),
    "a place name used twice": Spoilt(
        "places.csv", "chattogram", {"name": "Amritsar"}, "name", "Amritsar", "is on line", "Give every row its own"),
    "a country name used twice": Spoilt(
        "countries.csv", "CHN", {"name": "Belgium"}, "name", "Belgium", "is on line", "Give every row its own"),
    "a year used twice": Spoilt("deflator.csv", "1982", {"year": "1981"}, "year", "1981", "is on line", "its own"),
    "a year before the index begins": Spoilt(
        "deflator.csv", "1984", {"year": "1894"}, "year", "1894", "is too small", "Give 1981 or more"),
    "a negative index": Spoilt("deflator.csv", "1990", {"cpi_u": "-1"}, "cpi_u", "-1", "is too small", "Give 0 or more"),
    "a gap on an unknown deal": Spoilt(
        "gaps.csv", "agosta-third-boat", {"deal_ids": "nothing-at-all"}, "deal_ids", "nothing-at-all",
        "is not in deals.csv", "Allowed: one of the "),
    "a gap without a question": Spoilt(
        "gaps.csv", "agosta-value", {"question": ""}, "question", "", "is blank but must be given", "Fill the cell"),
}  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Fault]:
    """Return the faults of one copy of the tables in which every cell of SPOILT is spoilt."""
    folder = Path(shutil.copytree(data.FOLDER, tmp_path_factory.mktemp("spoilt") / "data"))
    for file in {spoilt.file for spoilt in SPOILT.values()}:
        rows = read(folder / file)
        for spoilt in SPOILT.values():
            if spoilt.file == file:
                for column, cell in spoilt.cells.items():
                    rows[line_of(file, spoilt.row) - 1][rows[0].index(column)] = cell
        save(folder / file, rows)
    return faults_of(folder)


def expected(spoilt: Spoilt) -> Expected:
    return Expected(spoilt.file, line_of(spoilt.file, spoilt.row), *spoilt[3:])


@pytest.mark.parametrize("spoilt", SPOILT.values(), ids=SPOILT.keys())
def test_a_wrong_cell_is_reported_with_its_place_its_value_and_the_remedy(spoilt: Spoilt, found: list[Fault]) -> None:
    assert [fault for fault in found if expected(spoilt).fits(fault)]


def test_all_wrong_cells_are_reported_at_once_and_nothing_else_is(found: list[Fault]) -> None:
    assert len({(spoilt.file, spoilt.row) for spoilt in SPOILT.values()}) == len(SPOILT) >= 60
    # A line break inside a cell moves the rows below it down by one line of the file.
    below = line_of("deals.csv", SPOILT["a line break in a cell"].row)
    moved = [
        one._replace(line=one.line + (one.file == "deals.csv" and one.line > below))
        for one in map(expected, SPOILT.values())
    ]
    assert_reported(found, moved)


def test_faults_come_in_the_order_of_the_files_and_their_lines(found: list[Fault]) -> None:
    package = json.loads((data.FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    files = list(Dictionary(package).files.values())
    places = [(files.index(fault.file), fault.line) for fault in found]
    assert places == sorted(places)
    assert {fault.file for fault in found} == set(files)


JARGON = re.compile(
    r"frictionless|constraint|foreign|primary|enum|pattern|schema|edtf|type is|None|nan|Error|Errno|codec|0x|dict|\\|\^\[|\$$"
)


def assert_plain(fault: Fault) -> None:
    """Assert that a fault is a sentence for people: it ends in one full stop and speaks of no machinery."""
    assert re.search(r"[^.]\.$", str(fault))
    assert fault.problem[0].islower()
    assert fault.remedy[0].isupper()
    assert not JARGON.search(fault.problem), fault.problem
    assert not JARGON.search(fault.remedy), fault.remedy


def test_every_fault_is_a_plain_sentence(found: list[Fault]) -> None:
    for fault in found:
        assert_plain(fault)


# --- a file is wrong ---------------------------------------------------------------------------------------------
Change = Callable[[bytes], bytes | None]


def edited(change: Callable[[Rows], Rows]) -> Change:
    """Return a change of a file's bytes that changes its rows."""

    def spoil(content: bytes) -> bytes:
        buffer = io.StringIO(newline="")
        rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
        csv.writer(buffer, lineterminator="\n").writerows(change(rows))
        return buffer.getvalue().encode()

    return spoil


def renamed(column: str, to: str) -> Change:
    return edited(lambda rows: [[to if name == column else name for name in rows[0]], *rows[1:]])


def without(column: str) -> Change:
    return edited(lambda rows: [row[: rows[0].index(column)] + row[rows[0].index(column) + 1 :] for row in rows])


def with_column(heading: str, cell: str) -> Change:
    return edited(lambda rows: [[heading, *rows[0]], *([cell, *row] for row in rows[1:])])


def swapped(old: bytes, new: bytes) -> Change:
    def spoil(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, 1)

    return spoil


# The first source of Aaj News, on whose line its name is spoilt; and a row of each table that is there twice or gone.
BREAKS = (data.FOLDER / "datapackage.json").read_bytes()[:3000].count(b"\n") + 1
QUOTED = next(n for n, row in enumerate(read(data.FOLDER / "sources.csv"), start=1) if "Aaj News" in row)
TWICE, GONE = read(data.FOLDER / "milestones.csv")[1], read(data.FOLDER / "deals.csv")[2][0]

BROKEN: dict[str, tuple[str, Change, list[Expected]]] = {
    "a column is missing": ("places.csv", without("precision"), [
        Expected("places.csv", 1, "precision", "", "is missing", "Add a column headed “precision”: What the point stands for")]),
    "the key column is missing": ("places.csv", without("place_id"), [
        Expected("places.csv", 1, "place_id", "", "is missing", "Add a column headed “place_id”")]),
    "part of a key is missing": ("milestones.csv", without("date"), [
        Expected("milestones.csv", 1, "date", "", "is missing", "Add a column headed “date”")]),
    "a column was renamed": ("deals.csv", renamed("status", "Status"), [
        Expected("deals.csv", 1, "Status", "Status", "is not a column", "Did you mean “status”? Rename the column")]),
    "a column of a rule was renamed": ("deals.csv", renamed("value_usd_m", "value_usd"), [
        Expected("deals.csv", 1, "value_usd", "value_usd", "is not a column", "Did you mean “value_usd_m”?")]),
    "a key column was renamed": ("sources.csv", renamed("source_id", "source"), [
        Expected("sources.csv", 1, "source", "source", "is not a column of this table", "Did you mean “source_id”?")]),
    "there is a column too many": ("countries.csv", with_column("remark", "x"), [
        Expected("countries.csv", 1, "remark", "remark", "is not a column of this table", "Remove the column, or describe it")]),
    "a column has no heading": ("countries.csv", with_column("", "x"), [
        Expected("countries.csv", 1, "number 1", "", "has no heading", "Give the column its heading, or remove it")]),
    "two columns have one heading": ("countries.csv", with_column("name", "x"), [
        Expected("countries.csv", 1, "name", "name", "is the heading of two columns", "Keep one of them")]),
    "two columns have the heading of the key": ("deals.csv", with_column("deal_id", "x"), [
        Expected("deals.csv", 1, "deal_id", "deal_id", "is the heading of two columns", "Keep one of them")]),
    "a comma is not in quotation marks": ("countries.csv", swapped(b"United Arab", b"United, Arab"), [
        Expected("countries.csv", 2, "", "", "has 6 cells where the header has 5", "Put a cell that holds a comma in quot")]),
    "a row ends early": ("countries.csv", swapped(b",23.48,54.54", b""), [
        Expected("countries.csv", 2, "", "", "has 3 cells where the header has 5", "write a comma for each empty cell")]),
    "a quotation mark is not closed": ("countries.csv", swapped(b"United Arab", b'"United Arab'), [
        Expected("countries.csv", 2, "", "", "has a quotation mark that is not closed", "Close the quotation mark")]),
    "a quoted cell goes on after its end": ("sources.csv", swapped(b"Aaj News", b'"Aaj" News'), [
        Expected("sources.csv", QUOTED, "", "", "or text after one that is", "write a quotation mark twice")]),
    "a letter is in Latin-1": ("countries.csv", swapped(b"Turkey", "Türkiye".encode("latin-1")), [
        Expected("countries.csv", line_of("countries.csv", "TUR"), "name", "T\ufffdrkiye", "is not UTF-8 text", "Save the file again as “CSV UTF-8”")]),
    "a letter is in the Turkish code page": ("quotes.csv", swapped("Esad Akgün".encode(), "Esad Akgün".encode("cp1254")), [
        Expected("quotes.csv", 3, "analyst", "Esad Akg\ufffdn", "is not UTF-8 text", "Save the file again as “CSV UTF-8”")]),
    "a key is in Latin-1": ("gaps.csv", swapped(b"agosta-third-boat", b"agosta-thir\xf0-boat"), [
        Expected("gaps.csv", 2, "gap_id", "agosta-thir\ufffd-boat", "is not UTF-8 text", "Save the file again")]),
    "a file is in UTF-16": ("countries.csv", lambda content: content.decode().encode("utf-16"), [
        Expected("countries.csv", 1, "", "", "is not UTF-8 text", "Save the file again as “CSV UTF-8”")]),
    "a file holds a null": ("countries.csv", swapped(b"United Arab", b"United\0Arab"), [
        Expected("countries.csv", 2, "name", "United\0Arab Emirates", "holds a line break or a control character", "Write")]),
    "a file is empty": ("countries.csv", lambda _: b"", [
        Expected("countries.csv", 0, "", "", "is empty", "Restore the header row and the rows")]),
    "a file is missing": ("deals.csv", lambda _: None, [
        Expected("deals.csv", 0, "", "", "cannot be opened", "Put the file back beside the others")]),
    "a file others refer to has a header only": ("sources.csv", lambda content: content.split(b"\n")[0], [
        Expected("sources.csv", 0, "", "", "has a header but no rows", "Put the rows back")]),
    "a file nobody refers to has a header only": ("gaps.csv", lambda content: content.split(b"\n")[0] + b"\n", [
        Expected("gaps.csv", 0, "", "", "has a header but no rows", "Put the rows back")]),
    "a row is there twice": ("milestones.csv", edited(lambda rows: [*rows, rows[1]]), [
        Expected("milestones.csv", lines_in("milestones.csv") + 1, "deal_id, date, event",
             f"{TWICE[0]}, {TWICE[1]}, {TWICE[3]}",
             "is on line 2 too", "Give every row its own, or remove one of them")]),
    "a deal is there twice": ("deals.csv", edited(lambda rows: [*rows, rows[1]]), [
        Expected("deals.csv", lines_in("deals.csv") + 1, "deal_id", "agosta-90b-upgrade", "is on line 2 too", "Give every row its own")]),
    "a deal that others speak of is gone": ("deals.csv", edited(lambda rows: [*rows[:2], *rows[3:]]), [
        Expected("milestones.csv", n, "deal_id", GONE, "is not in deals.csv", f"Allowed: one of the {lines_in('deals.csv') - 2}")
        for n, row in enumerate(read(data.FOLDER / "milestones.csv"), start=1) if row[0] == GONE]),
    "a row is filled in only under an unknown heading": (
        "countries.csv", edited(lambda rows: [[*rows[0], "remark"], *([*row, ""] for row in rows[1:]), ["", "", "", "", "", "x"]]), [
            Expected("countries.csv", 1, "remark", "remark", "is not a column of this table", "Remove the column"),
            Expected("countries.csv", lines_in("countries.csv") + 1, "", "", "has no cell filled in under a known heading", "Fill the row or remove it")]),
    "the description breaks off": ("datapackage.json", lambda content: content[:3000], [
        Expected("datapackage.json", BREAKS, "", "", "is not well-formed from here on", "Mend it, or restore the file")]),
    "the description is missing": ("datapackage.json", lambda _: None, [
        Expected("datapackage.json", 0, "", "", "cannot be opened", "Mend it, or restore the file from the last release")]),
    "the description is not UTF-8": ("datapackage.json", lambda content: b"\xff" + content, [
        Expected("datapackage.json", 0, "", "", "does not describe the tables", "Mend it, or restore the file")]),
    "the description is something else": ("datapackage.json", lambda _: b"[1, 2]", [
        Expected("datapackage.json", 0, "", "", "does not describe the tables", "Mend it, or restore the file")]),
    "the description names no tables": ("datapackage.json", lambda _: b'{"version": "1", "subject": ["TUR", "PAK"]}', [
        Expected("datapackage.json", 0, "", "", "lacks an entry named “resources”", "Mend it, or restore the file")]),
    "the description forgets a table": ("datapackage.json", lambda _: b'{"version": "1", "subject": ["TUR", "PAK"], "resources": []}', [
        Expected("datapackage.json", 0, "", "", "lacks an entry named “deals”", "Mend it, or restore the file")]),
    "the description forgets a label": ("datapackage.json", swapped(b'"label": "Air"', b'"lable": "Air"'), [
        Expected("datapackage.json", 0, "", "", "lacks an entry named “label”", "Mend it, or restore the file")]),
    "the description has a type that is none": ("datapackage.json", swapped(b'"type": "integer"', b'"type": "whole"'), [
        Expected("datapackage.json", 0, "", "deals", "is a table whose description is not valid", "Mend it, or restore")]),
}  # fmt: skip


def batches() -> list[list[str]]:
    """Return the names of what is broken, in batches that break each file once at most, the description by itself.

    A check of all tables takes its time, and what breaks one file must be said whatever is wrong with another.
    """
    made: list[list[str]] = []
    for name, (file, *_) in BROKEN.items():
        room = (batch for batch in made if not {file, "datapackage.json"} & {BROKEN[other][0] for other in batch})
        batch = None if file == "datapackage.json" else next(room, None)
        made.append([name]) if batch is None else batch.append(name)
    return made


BATCHES = batches()


@pytest.fixture(scope="module")
def found_in(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], list[Fault]]:
    """Return what gives the faults of one copy of the tables in which all is broken that a batch names."""

    @cache
    def find(number: int) -> list[Fault]:
        folder = Path(shutil.copytree(data.FOLDER, tmp_path_factory.mktemp("broken") / "data"))
        for file, change, _ in map(BROKEN.__getitem__, BATCHES[number]):
            content = change((folder / file).read_bytes())
            (folder / file).unlink()
            if content is not None:
                (folder / file).write_bytes(content)
        return faults_of(folder)

    return find


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_reported_with_its_cause(name: str, found_in: Callable[[int], list[Fault]]) -> None:
    faults = found_in(next(number for number, batch in enumerate(BATCHES) if name in batch))
    for one in BROKEN[name][2]:
        assert [fault for fault in faults if one.fits(fault)]


@pytest.mark.parametrize("number", range(len(BATCHES)))
def test_nothing_is_reported_that_only_follows_from_a_cause(
    number: int, found_in: Callable[[int], list[Fault]]
) -> None:
    assert_reported(found_in(number), [one for name in BATCHES[number] for one in BROKEN[name][2]])
    for fault in found_in(number):
        assert_plain(fault)


def test_several_broken_files_are_all_reported_at_once(folder: Path) -> None:
    (folder / "places.csv").unlink()
    (folder / "countries.csv").write_bytes(b"")
    with (folder / "gaps.csv").open("ab") as stream:
        stream.write(b"one,two\n")
    assert [(fault.file, fault.problem) for fault in faults_of(folder)] == [
        ("places.csv", "cannot be opened"),
        ("countries.csv", "is empty"),
        ("gaps.csv", "has 2 cells where the header has 6"),
    ]


def test_a_rule_added_to_the_description_needs_no_code_to_be_said_in_words(folder: Path) -> None:
    description = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    title = next(field for field in description["resources"][0]["schema"]["fields"] if field["name"] == "title")
    shortest = min((row[1] for row in read(folder / "deals.csv")[1:]), key=len)
    title["constraints"]["minLength"] = len(shortest) + 1
    (folder / "datapackage.json").write_text(json.dumps(description), encoding="utf-8")
    faults = faults_of(folder)
    assert shortest in [fault.value for fault in faults]
    assert {(fault.problem, fault.remedy) for fault in faults} == {
        ("does not fit its column", "Short name of the deal")
    }


def test_what_is_only_just_right_is_no_fault(folder: Path) -> None:
    right = {
        "milgem-corvettes": {"start": "2018-07-05", "title": "x" * 70, "quantity": "1"},
        "super-mushshak-turkey": {"start": "2017-05-10", "end": "2017", "summary": "x" * 240},
        "hangor-submarines": {"value_low_usd_m": "5000", "value_usd_m": "5000", "value_high_usd_m": "5000.00"},
        "maldives-tb2": {"value_usd_m": "0.01", "value_low_usd_m": "", "value_high_usd_m": "", "credibility": "6"},
        "c130-karachi-april-2025": {"doubt": "Not in totals: " + "x" * 585, "place_id": "", "announced": ""},
    }
    rows = read(folder / "deals.csv")
    for row in rows:
        for column, cell in right.get(row[0], {}).items():
            row[rows[0].index(column)] = cell
    save(folder / "deals.csv", rows)
    places = read(folder / "places.csv")
    places[1][2:5] = ["USA", "90", "-180.0"]
    save(folder / "places.csv", places)
    assert checks.find_faults(*data.read_texts(folder)) == []


def test_nothing_is_wrong_with_the_published_tables() -> None:
    assert checks.find_faults(*data.read_texts()) == []


def test_a_line_before_the_header_is_one_fault_however_many_rows_follow(made_up_folder: Path) -> None:
    path = made_up_folder / "places.csv"
    path.write_text(f"Our places in 2026\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    texts, dictionary = data.read_texts(made_up_folder)
    (fault,) = [fault for fault in checks.find_faults(texts, dictionary) if fault.file == "places.csv"]
    assert str(fault) == (
        "places.csv, line 1: has no heading of this table. "
        "Put the header back on the first line: place_id,name,country,lat,lon,precision."
    )
