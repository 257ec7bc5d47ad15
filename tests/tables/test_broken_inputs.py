"""Inputs that no maintainer means: each is one line here, is refused with one exact fault, and changes nothing on disk."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard import __main__ as commands
from dashboard.tables import disk
from dashboard.tables.faults import Fault
from tests import made_up

Rows = list[list[str]]
Change = Callable[[bytes], bytes]

# --- one cell ----------------------------------------------------------------------------------------------------
# Of each: column, the cell, then words of the problem and of the remedy. The row of each table is the same.
ROWS = {"deals": "alpha-frigates", "sources": "delta-post-2015", "places": "testville", "milestones": "quebec-drones",
        "quotes": "sample-2019-calm", "deflator": "2007", "gaps": "papa-cargo", "countries": "CHN"}  # fmt: skip
FORM, HYPHEN, LATIN = "does not have the right form", "only looks like a hyphen", "only looks like a Latin one"
KEY_OF_DEAL = "in the form of “milgem-corvettes”"
NO_DATE, AS_DATE = "is not a date", "Write YYYY, YYYY-MM or YYYY-MM-DD, then ~ for about or ? for uncertain"
NO_NUMBER, AS_NUMBER = "is not a number", "Write digits, with a point for decimals"
NO_URL, AS_URL = "is not a web address", "Begin with https:// or http://"
RUN, PLAIN = "would be run by a spreadsheet", "Begin with a letter"
ON_ONE_LINE, UNKNOWN, NOT_BLANK = (
    "Write the cell on one line",
    "stands for what is not known",
    "what the cell should hold",
)
CELLS: dict[str, tuple[str, str, str]] = {
    # keys: "table.column what": the cell, the problem, the remedy
    "deals.deal_id in capitals": ("Alpha-Frigates", FORM, KEY_OF_DEAL),
    "deals.deal_id with an underscore": ("alpha_frigates", FORM, KEY_OF_DEAL),
    "deals.deal_id that climbs out of a folder": ("../../etc/passwd", FORM, KEY_OF_DEAL),
    "deals.deal_id with a slash": ("alpha/frigates", FORM, KEY_OF_DEAL),
    "deals.deal_id as an address writes it": ("alpha%2Dfrigates", FORM, KEY_OF_DEAL),
    "deals.deal_id that ends in a hyphen": ("alpha-frigates-", FORM, KEY_OF_DEAL),
    "deals.deal_id with two hyphens": ("alpha--frigates", FORM, KEY_OF_DEAL),
    "deals.deal_id with a typographic hyphen": ("alpha‐frigates", HYPHEN, "“alpha-frigates”"),
    "deals.deal_id with a dash": ("alpha–frigates", HYPHEN, "“alpha-frigates”"),
    "deals.deal_id with a Turkish i": ("alpha-frıgates", LATIN, "“alpha-frigates”"),
    "deals.deal_id with a Greek alpha": ("αlpha-frigates", LATIN, "“alpha-frigates”"),
    "deals.deal_id with a Cyrillic s at its end": ("alpha-frigateѕ", LATIN, "“alpha-frigates”"),
    "deals.deal_id that is turned about": ("alpha-frigates\u202e", "U+202E (right-to-left override)", "“alpha-frigates”"),
    "deals.deal_id with a joiner": ("alpha-fri\u200dgates", "U+200D (zero width joiner)", "“alpha-frigates”"),
    "deals.deal_id with a soft hyphen": ("alpha\xad-frigates", "U+00AD (soft hyphen)", "“alpha-frigates”"),
    "deals.deal_id of two items": ("alpha;frigates", FORM, KEY_OF_DEAL),
    "deals.deal_id that is a formula": ("=alpha-frigates", FORM, KEY_OF_DEAL),
    "deals.deal_id with an accent": ("alpha-frigatés", FORM, KEY_OF_DEAL),
    "deals.deal_id with a question": ("alpha-frigates?x=1", FORM, KEY_OF_DEAL),
    "deals.deal_id with a tag": ("<b>alpha-frigates</b>", "a tag of a web page, <b>", "“alpha-frigates”"),
    "deals.deal_id with a null": ("alpha-frigates\0", "a control character", ON_ONE_LINE),
    "deals.deal_id over two lines": ("alpha\nfrigates", "a line break", ON_ONE_LINE),
    "deals.deal_id of a machine": ("__proto__", FORM, KEY_OF_DEAL),
    "deals.deal_id without end": ("a" * 10_000, "has 10,000 characters", "Shorten it to 100"),
    "deals.deal_id marked as text": ("'alpha-frigates", "apostrophe by which a spreadsheet marks text", "“alpha-frigates”"),
    "milestones.deal_id of no deal": ("quebec", "is not in deals.csv", "Allowed: alpha-frigates"),
    "milestones.deal_id that looks alike": ("quebeс-drones", "U+0441 (cyrillic small letter es)", "“quebec-drones”"),
    "milestones.deal_id in capitals": ("QUEBEC-DRONES", "is not in deals.csv", "Did you mean “quebec-drones”?"),
    "deals.place_id of two places": ("alpha-yard;testville", "is not in places.csv", "Allowed: alpha-yard"),
    "deals.place_id as coordinates": ("39.9,32.8", "is not in places.csv", "Allowed: alpha-yard"),
    # lists
    "deals.supplier with a comma": ("TUR,UKR", "not with semicolons", "Write “TUR;UKR”"),
    "deals.supplier with a stroke": ("TUR/UKR", "not with semicolons", "Write “TUR;UKR”"),
    "deals.supplier with a bar": ("TUR|UKR", "not with semicolons", "Write “TUR;UKR”"),
    "deals.supplier as a flag": ("🇹🇷", "is not in countries.csv", "Allowed: AZE"),
    "deals.supplier in small letters": ("tur", "is not in countries.csv", "Did you mean “TUR”?"),
    "deals.supplier with an empty place first": (";TUR", "an empty place", "Remove the semicolon"),
    "deals.supplier with an empty place between": ("TUR;;UKR", "an empty place", "Remove the semicolon"),
    "deals.supplier_org with an empty place": ("Alpha Yards;; Beta Engines", "an empty place", "Remove the semicolon"),
    "deals.source_ids over two lines": ("alpha-gazette-2010\nbeta-herald-2010", "not with semicolons", "“alpha-gazette-2010;beta-herald-2010”"),
    "deals.source_ids with spaces": ("alpha-gazette-2010 beta-herald-2010", "not with semicolons", "“alpha-gazette-2010;beta-herald-2010”"),
    "deals.source_ids as an address": ("https://alpha-gazette.example/", "is not in sources.csv", "one of the 23"),
    "deals.source_ids cut off": ("alpha-gazette", "is not in sources.csv", "Did you mean “alpha-gazette-2010”?"),
    # dates
    "deals.start with a digit too many": ("20018", NO_DATE, "2018, or 1954-10-21, if a spreadsheet"),
    "deals.start as a season": ("2010-21", NO_DATE, AS_DATE),
    "deals.start with a digit open": ("201X", NO_DATE, AS_DATE),
    "deals.start as one of a set": ("{2010,2011}", NO_DATE, AS_DATE),
    "deals.start as the last of a set": ("[..2010]", NO_DATE, AS_DATE),
    "deals.start with a part in doubt": ("2010~-05", NO_DATE, AS_DATE),
    "deals.start as an open span": ("2010-05-06/..", NO_DATE, AS_DATE),
    "deals.start far in the past": ("Y-17E7", NO_DATE, AS_DATE),
    "deals.start about and uncertain": ("2010%", NO_DATE, AS_DATE),
    "deals.start with two marks": ("2010-05-06~?", NO_DATE, AS_DATE),
    "deals.start as a week": ("2010-W20", NO_DATE, AS_DATE),
    "deals.start as a day of the year": ("2010-126", NO_DATE, AS_DATE),
    "deals.start with an hour": ("2010-05-06T10:00:00Z", NO_DATE, AS_DATE),
    "deals.start with midnight": ("2010-05-06 00:00:00", NO_DATE, "uncertain: 2010-05-06. A spreadsheet leaves dates alone"),
    "deals.start in American order, or British": ("05/06/2010", NO_DATE, "uncertain: 2010-06-05 or 2010-05-06."),
    "deals.start as an English spreadsheet shows it": ("6-May-10", NO_DATE, "uncertain: 2010-05-06."),
    "deals.start as a Turkish spreadsheet shows it": ("06.05.10", NO_DATE, "uncertain: 2010-05-06."),
    "deals.start as a month of a spreadsheet": ("May.10", NO_DATE, "uncertain: 2010-05."),
    "deals.start in Turkish": ("Mayıs 2010", NO_DATE, "uncertain: 2010-05."),
    "deals.start in German": ("6. Mai 2010", NO_DATE, "uncertain: 2010-05-06."),
    "deals.start with strokes": ("2010/05", NO_DATE, "uncertain: 2010-05."),
    "deals.start without hyphens": ("20100506", NO_DATE, "uncertain: 2010-05-06."),
    "deals.start in words": ("circa 2010", NO_DATE, AS_DATE),
    "deals.start with a dash": ("2010–05", HYPHEN, "“2010-05”"),
    "deals.start in wide digits": ("２０１０", LATIN, "“2010”"),
    "deals.start marked as text": ("'2010", "apostrophe by which a spreadsheet marks text", "“2010”"),
    "deals.start before our era": ("-2010", NO_DATE, AS_DATE),
    "deals.start of no year": ("0000", NO_DATE, AS_DATE),
    "deals.start that is a formula": ("=TODAY()", NO_DATE, AS_DATE),
    "deals.start of the Buddhist calendar": ("2553-05", "is in the future", "Correct the date"),
    "deals.start of the Iranian calendar": ("1389-02-16", "is before 1900", "or leave the cell blank"),
    "deals.start as a serial number with decimals": ("40304.0", NO_DATE, "stands for 2010-05-06"),
    "deals.end before the start": ("2010-05-05", "is before the start, 2010-05-06", "Correct the start or the end"),
    "deals.last_checked about": ("2026-01-05~", "is not a day", "Write YYYY-MM-DD"),
    "deals.last_checked in American order": ("1/25/2026", "is not a day", "YYYY-MM-DD: 2026-01-25."),
    "deals.last_checked in Turkish order": ("05.01.2026", "is not a day", "YYYY-MM-DD: 2026-01-05."),
    # numbers
    "deals.value_usd_m in the thousands of Germany": ("1.000.000", NO_NUMBER, f"{AS_NUMBER}: 1000000"),
    "deals.value_usd_m in the thousands of Switzerland": ("1'000'000", NO_NUMBER, f"{AS_NUMBER}: 1000000"),
    "deals.value_usd_m in the lakhs of Pakistan": ("1,00,000", NO_NUMBER, f"{AS_NUMBER}: 100000"),
    "deals.value_usd_m with both signs, as in Turkey": ("1.000,50", NO_NUMBER, f"{AS_NUMBER}: 1000.5"),
    "deals.value_usd_m with both signs, as in England": ("1,000.50", NO_NUMBER, f"{AS_NUMBER}: 1000.5"),
    "deals.value_usd_m in Arabic digits": ("١٠٠٠", NO_NUMBER, f"{AS_NUMBER}: 1000"),
    "deals.value_usd_m of a programmer": ("1_000", NO_NUMBER, AS_NUMBER),
    "deals.value_usd_m as a share": ("12%", NO_NUMBER, AS_NUMBER),
    "deals.value_usd_m as a range": ("100-200", NO_NUMBER, AS_NUMBER),
    "deals.value_usd_m as at least": (">100", NO_NUMBER, AS_NUMBER),
    "deals.value_usd_m as about": ("~200", NO_NUMBER, AS_NUMBER),
    "deals.value_usd_m with a sign of money": ("₺5", NO_NUMBER, AS_NUMBER),
    "deals.value_usd_m without end": ("9" * 400, "has more than 15 digits", "a digit or a point was lost"),
    "deals.value_usd_m beyond all powers": ("1e400", NO_NUMBER, AS_NUMBER),
    "deals.value_usd_m in sixteens": ("0x10", NO_NUMBER, AS_NUMBER),
    "deals.quantity in half": ("4.5", "is not a whole number", "Write digits only"),
    "deals.quantity with what is counted": ("4 ships", "is not a whole number", "Write digits only"),
    "deals.quantity below nothing": ("-1", "is too small", "Give 1 or more"),
    "deals.quantity of truth": ("TRUE", "is not a whole number", "Write digits only"),
    "places.lat in minutes": ("30°12'N", NO_NUMBER, AS_NUMBER),
    "places.lat of both": ("30.2,71.5", NO_NUMBER, AS_NUMBER),
    "deflator.year as a workbook keeps it": ("2007.0", "is not a whole number", "Write digits only: 2007"),
    # allowed values
    "deals.credibility as a workbook keeps it": ("2.0", "is not an allowed value", "Did you mean “2”?"),
    "deals.credibility with the reliability": ("B2", "is not an allowed value", "Allowed: 1, 2"),
    "deals.in_totals of truth": ("DOĞRU", "is not an allowed value", "Allowed: yes, no"),
    "deals.status of two": ("delivered;signed", "is not an allowed value", "Did you mean “delivered”?"),
    "deals.status in Turkish": ("teslim edildi", "is not an allowed value", "Allowed: proposed"),
    # text
    "deals.title that is nothing": ("NULL", UNKNOWN, NOT_BLANK),
    "deals.doubt that is nothing": ("n/a", UNKNOWN, "Leave the cell blank"),
    "deals.supplier_org that is nothing": ("Unknown", UNKNOWN, "Leave the cell blank"),
    "deals.title that runs a command": ("=cmd|' /C calc'!A0", RUN, PLAIN),
    "deals.summary that fetches": ('=IMPORTXML("http://x.example")', RUN, PLAIN),
    "deals.doubt that subtracts": ("-2+3", RUN, PLAIN),
    "deals.supplier_org that is called": ("@Alpha", RUN, PLAIN),
    "deals.doubt in wide signs": ("＋1", RUN, PLAIN),
    "deals.doubt with a tab inside": ("Value:\t800", "a control character", ON_ONE_LINE),
    "deals.title with a script": ("<script>alert(1)</script>", "a tag of a web page, <script>", "Write “alert(1)”"),
    "deals.title with a picture that runs": ("<img src=x onerror=alert(1)>", "a tag of a web page, <img", NOT_BLANK),
    "deals.title with a drawing that runs": ("<svg/onload=alert(1)>Alpha", "a tag of a web page, <svg", "Write “Alpha”"),
    "deals.title with a remark": ("Frigate<!-- x --> Alpha", "a tag of a web page, <!-- x -->", "“Frigate Alpha”"),
    "deals.title that colours a terminal": ("Frigate\x1b[31m Alpha", "a control character", ON_ONE_LINE),
    "deals.title that rings": ("Alpha\a", "a control character", ON_ONE_LINE),
    "deals.title that is turned about": ("Frigate\u202eahplA", "U+202E (right-to-left override)", "“FrigateahplA”"),
    "deals.title with a line of its own": ("Frigate\u2028Alpha", "U+2028 (line separator)", "“Frigate Alpha”"),
    "deals.title with a mark of direction": ("Frigate Alpha\u200f", "U+200F (right-to-left mark)", "“Frigate Alpha”"),
    "deals.title of a million letters": ("x" * 1_000_000, "is too long, 1000000 characters", "70 at most"),
    "quotes.text of 3,000 letters": ("word " * 600, "has 2,999 characters", "Shorten it to 2,000"),
    "deals.title with an error of LibreOffice": ("Err:502", "what a spreadsheet shows for an error", NOT_BLANK),
    "deals.title with an error in Spanish": ("#¡VALOR!", "what a spreadsheet shows for an error", NOT_BLANK),
    "deals.title in the letters of old mail": ("+AMc-ar+AV8BMQ- frigate", "read in another encoding", "“Çarşı frigate”"),
    "deals.title with some letters of old mail": ("Y+ATE-ld+ATE-z", "read in another encoding", "“Yıldız”"),
    # addresses
    "sources.url with data": ("data:text/html,x", NO_URL, AS_URL),
    "sources.url of a file": ("file:///etc/passwd", NO_URL, AS_URL),
    "sources.url of this machine": ("https://127.0.0.1/", f"{NO_URL} that others can open", AS_URL),
    "sources.url of a house": ("http://192.168.1.1/x", f"{NO_URL} that others can open", AS_URL),
    "sources.url of no port": ("https://delta.example:99999/", "no name of a site follows", AS_URL),
    "sources.url with a password": ("https://user:pw@delta.example/", "no name of a site follows", AS_URL),
    "sources.url with a backslash": ("https://x.example\\@y/", "it holds a “\\”", AS_URL),
    "sources.url with a Cyrillic a": ("https://аlpha.example/", LATIN, "“https://alpha.example/”"),
    "sources.url without its scheme": ("//delta.example/", NO_URL, AS_URL),
    "sources.url of two lines": ("https://delta.example/\nx", "it holds a space", AS_URL),
    "sources.url without end": ("https://x.example/" + "a" * 5000, "has 5,018 characters", "Shorten it to 2,000"),
}  # fmt: skip


def rows_of(content: bytes) -> Rows:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def written(rows: Rows) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue().encode()


def with_rows(change: Callable[[Rows], Rows]) -> Change:
    return lambda content: written(change(rows_of(content)))


def instead(old: bytes, new: bytes) -> Change:
    return lambda content: content.replace(old, new, 1)


def refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[Fault]:
    """Return the faults that the command says, once it is sure that it changed nothing."""
    before = {path.name: path.lstat() for path in folder.iterdir()}
    assert commands.main(["check", str(folder), "--format", "json"]) in (1, 2)
    after = {path.name: path.lstat() for path in folder.iterdir()}
    assert {name: (state.st_size, state.st_mtime_ns) for name, state in before.items()} == {
        name: (state.st_size, state.st_mtime_ns) for name, state in after.items()
    }
    return [Fault(**said) for said in json.loads(capsys.readouterr().out)]


def assert_one(faults: list[Fault], place: tuple[str, int, str, str], problem: str, remedy: str) -> None:
    (fault,) = faults
    assert (fault.file, fault.line, fault.column, fault.value) == place
    assert problem in fault.problem, fault
    assert remedy in fault.remedy, fault
    assert str(fault).isprintable()  # so that it breaks no line and colours no terminal


@pytest.mark.parametrize("what", CELLS)
def test_a_cell_that_nobody_means_is_one_exact_fault(
    what: str, made_up_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cell, problem, remedy = CELLS[what]
    table, column = what.split()[0].split(".")
    path = made_up_folder / f"{table}.csv"
    rows = rows_of(path.read_bytes())
    at = next(number for number, row in enumerate(rows) if row[0] == ROWS[table])
    rows[at][rows[0].index(column)] = cell
    path.write_bytes(written(rows))
    assert_one(refused(made_up_folder, capsys), (path.name, at + 1, column, cell.strip(" ")), problem, remedy)


# --- a whole file ------------------------------------------------------------------------------------------------
def titles(table: str) -> list[str]:
    """Return the titles of the columns of a table, which readers see."""
    entries = json.loads(made_up.DESCRIPTION.read_bytes())["resources"]
    return next([field["title"] for field in entry["schema"]["fields"]] for entry in entries if entry["name"] == table)


def packed(name: str, size: int) -> bytes:
    """Return an archive of one file that holds only noughts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"0" * size)
    return buffer.getvalue()


PLACES = "place_id,name,country,lat,lon,precision"
BOOK, AS_CSV, RESTORE = "is a workbook", "save the sheet as “CSV UTF-8”", "Restore the file"
OTHER = "is a picture, a document or a database, not CSV"
NULLS, WITHOUT = "ends in null signs", "remove the signs after the last row"
DIVIDED, COMMAS = "has its cells divided by another sign", "with commas between them"
NO_UTF8, AS_UTF8 = "is not UTF-8 text", "Save the file again as “CSV UTF-8”"
SECOND = ("is a second header", "Remove the line")
COMMA = "write a comma for each empty cell"
UNCLOSED = ("has a quotation mark that is not closed", "write a quotation mark twice")
# Of each: the change of places.csv; then line, column and value of the fault, and words of the problem and the remedy.
FILES: dict[str, tuple[Change, int, str, str, str, str]] = {
    "a workbook": (lambda _: packed("xl/workbook.xml", 9), 0, "", "", BOOK, AS_CSV),
    "a bomb in a workbook": (lambda _: packed("xl/worksheets/sheet1.xml", 20_000_000), 0, "", "", BOOK, AS_CSV),
    "a workbook of OpenDocument": (lambda _: packed("content.xml", 9), 0, "", "", BOOK, AS_CSV),
    "a workbook of 1997": (lambda _: bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 999, 0, "", "", f"{BOOK} of an old form", AS_CSV),
    "a packed file": (gzip.compress, 0, "", "", "is a packed file", "Unpack it"),
    "a document": (lambda _: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", 0, "", "", OTHER, RESTORE),
    "a picture": (lambda _: b"\x89PNG\r\n\x1a\n" + b"\0\1" * 99, 0, "", "", OTHER, RESTORE),
    "a database": (lambda _: b"SQLite format 3\0" + b"\x10\0\1\1" * 99, 0, "", "", OTHER, RESTORE),
    "a table of columns": (lambda _: b"PAR1\x15\4" + b"\0\1" * 99 + b"PAR1", 0, "", "", OTHER, RESTORE),
    "a page to sign in": (lambda _: b"<!DOCTYPE html>\n<html><title>Sign in</title></html>", 0, "", "", "is a web page", "A page that asks to sign in"),
    "a table of a web page": (lambda _: b"<table><tr><td>place_id</td></tr></table>", 0, "", "", "is a web page", RESTORE),
    "a pointer to a file": (lambda _: b"version https://git-lfs.example/spec/v1\noid sha256:4d7a\n", 0, "", "", "is a pointer", "git lfs pull"),
    "a list of changes": (lambda _: b"--- a/places.csv\n+++ b/places.csv\n@@ -1 +1 @@\n", 0, "", "", "is a list of changes", "git apply"),
    "JSON": (lambda content: json.dumps(rows_of(content)).encode(), 0, "", "", "is JSON", AS_CSV),
    "JSON in lines": (lambda content: "\n".join(map(json.dumps, rows_of(content))).encode(), 0, "", "", "", ""),
    "bytes at random": (lambda _: random.Random(1).randbytes(4_096), 0, "", "", "holds bytes that are no text", RESTORE),
    "nothing but nulls": (lambda _: b"\0" * 4096, 0, "", "", "nothing but null signs", RESTORE),
    "nulls after the last row": (lambda content: content + b"\0" * 4096, 5, "", "", NULLS, WITHOUT),
    "the end of a text of old systems": (lambda content: content + b"\x1a", 5, "", "", NULLS, WITHOUT),
    "a mark of UTF-16 and nothing else": (lambda _: b"\xff\xfe", 1, "", "", f"{NO_UTF8} but UTF-16", AS_UTF8),
    "UTF-16 with half a letter": (lambda content: content.decode().encode("utf-16")[:-1], 1, "", "", f"{NO_UTF8} but UTF-16", AS_UTF8),
    "UTF-16 behind a mark of UTF-8": (lambda content: b"\xef\xbb\xbf" + content.decode().encode("utf-16-le"), 1, "", "", f"{NO_UTF8} but UTF-16", AS_UTF8),
    "the code page of a mainframe": (lambda content: content.decode().encode("cp500"), 1, "", "", NO_UTF8, AS_UTF8),
    "a letter of Mac OS": (instead(b",Testville", b",Testvill\x8e"), 5, "name", "Testvill\ufffd", NO_UTF8, AS_UTF8),
    "a letter in half": (instead(b",Testville", b",Testvill\xc3"), 5, "name", "Testvill\ufffd", NO_UTF8, AS_UTF8),
    "a letter longer than allowed": (instead(b",Testville", b",T\xc0\xafville"), 5, "name", "T\ufffd\ufffdville", NO_UTF8, AS_UTF8),
    "halves of letters, each by itself": (instead(b",Testville", b",T\xed\xa0\xbdville"), 5, "name", "T\ufffd\ufffd\ufffdville", NO_UTF8, AS_UTF8),
    "two marks of UTF-8": (lambda content: b"\xef\xbb\xbf" * 2 + content, 1, "\ufeffplace_id", "\ufeffplace_id", "U+FEFF (byte order mark)", "“place_id”"),
    "a file of blank lines": (lambda _: b" \t\r\n" * 99, 0, "", "", "is empty", "Restore the header row"),
    "bars between cells": (instead(PLACES.encode(), PLACES.replace(",", "|").encode()), 1, "", "|", DIVIDED, COMMAS),
    "colons between cells": (lambda content: content.replace(b",", b":"), 1, "", ":", DIVIDED, COMMAS),
    "Arabic commas between cells": (lambda content: content.replace(b",", "،".encode()), 1, "", "،", DIVIDED, COMMAS),
    "two spaces between cells": (lambda content: content.replace(b",", b"  "), 1, "", " ", DIVIDED, COMMAS),
    "a table of Markdown": (lambda content: content.replace(b",", b" | "), 1, "", " | ", DIVIDED, COMMAS),
    "a second header of titles": (with_rows(lambda rows: [rows[0], titles("places"), *rows[1:]]), 2, "", "", *SECOND),
    "a second header of types": (with_rows(lambda rows: [rows[0], ["string"] * 3 + ["number"] * 2 + ["string"], *rows[1:]]), 2, "", "", *SECOND),
    "a second header in capitals": (with_rows(lambda rows: [rows[0], [name.upper() for name in rows[0]], *rows[1:]]), 2, "", "", *SECOND),
    "a heading that is a title": (instead(b",lat,", b",Latitude,"), 1, "Latitude", "Latitude", "is not a column", "Did you mean “lat”?"),
    "a heading that is a formula": (instead(b",precision", b",=precision"), 1, "=precision", "=precision", "is not a column", "“precision”"),
    "a heading with a space": (instead(b"place_id", b"place id"), 1, "place id", "place id", "is not a column", "“place_id”"),
    "a heading as a list of changes has it": (instead(b"place_id", b"+place_id"), 1, "+place_id", "+place_id", "is not a column", "“place_id”"),
    "a column of numbers in front": (with_rows(lambda rows: [[str(n), *row] for n, row in enumerate(rows)]), 1, "0", "0", "is not a column", "Remove the column"),
    "a column without a name in front": (with_rows(lambda rows: [[str(n) if n else "", *row] for n, row in enumerate(rows)]), 1, "number 1", "", "has no heading", "Give the column its heading"),
    "a remark above the header": (lambda content: b"# places\n" + content, 1, "", "", "has no heading of this table", f"first line: {PLACES}"),
    "a remark below the rows": (lambda content: content + b"Source: us\n", 6, "", "", "has 1 cell where the header has 6", COMMA),
    "a row with a comma and a word too many": (instead(b"71.5,city", b"71.5,city,x"), 5, "", "", "has 7 cells where the header has 6", COMMA),
    "a file that breaks off": (lambda content: content[:-20], 5, "", "", "has 2 cells where the header has 6", COMMA),
    "typographic quotation marks": (lambda content: content.replace(b'"Alpha Yard, Sampletown"', "“Alpha Yard, Sampletown”".encode()), 2, "", "", "has 7 cells", "in quotation marks"),
    "apostrophes for quotation marks": (lambda content: content.replace(b'"', b"'"), 2, "", "", "has 7 cells", "in quotation marks"),
    "quotation marks with backslashes": (instead(b"Alpha Yard,", b'\\"Alpha\\" Yard,'), 2, "", "", *UNCLOSED),
    "100,001 quotation marks": (lambda content: content + b'"' * 100_001, 6, "", "", *UNCLOSED),
    "a name that differs in case alone": (lambda content: content + b"testville-2,TESTVILLE,PAK,30.2,71.5,city\n", 6, "name", "TESTVILLE", "is on line 5 too", "Give every row its own"),
    "a key that differs in case alone": (lambda content: content + b"Testville,Testville II,PAK,30.2,71.5,city\n", 6, "place_id", "Testville", "is on line 5 too", "Give every row its own"),
    "a merge in a quoted cell": (instead(b'"Alpha ', b'"Alpha\n<<<<<<< HEAD\n'), 3, "", "<<<<<<< HEAD", "unfinished merge", "Keep the rows"),
    "CR line ends and a wrong cell": (lambda content: content.replace(b"\n", b"\r").replace(b",PAK,", b",pak,"), 5, "country", "pak", "is not in countries.csv", "“PAK”"),
    "mixed line ends and a wrong cell": (lambda content: content.replace(b"\n", b"\r\n", 2).replace(b",PAK,", b",pak,"), 5, "country", "pak", "is not in countries.csv", "“PAK”"),
    "line ends written twice and a wrong cell": (lambda content: content.replace(b"\n", b"\r\r\n").replace(b",PAK,", b",pak,"), 9, "country", "pak", "is not in countries.csv", "“PAK”"),
}  # fmt: skip


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_nobody_means_is_one_exact_fault(
    what: str, made_up_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change, line, column, value, problem, remedy = FILES[what]
    path = made_up_folder / "places.csv"
    path.write_bytes(change(path.read_bytes()))
    assert_one(refused(made_up_folder, capsys), ("places.csv", line, column, value), problem, remedy)


# --- what is no file, or must not be read -------------------------------------------------------------------------
def sparse(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(200_000_000)


def looped(path: Path) -> None:
    path.symlink_to(path.with_name("other"))
    path.with_name("other").symlink_to(path)


NO_FILE = "is a folder or a device, not a file"
PUT_BACK = "Put the file back"
PATHS: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "a folder": (Path.mkdir, NO_FILE, PUT_BACK),
    "a pipe, to read which would never end": (os.mkfifo, NO_FILE, PUT_BACK),
    "a link to a device without end": (lambda path: path.symlink_to("/dev/zero"), NO_FILE, PUT_BACK),
    "a link to itself": (looped, "cannot be opened", PUT_BACK),
    "a link to nothing": (lambda path: path.symlink_to("gone"), "cannot be opened", PUT_BACK),
    "200 MB": (sparse, f"is too large, 200 MB where {disk.LARGEST // 10**6} are the most", "restore the last version"),
}


@pytest.mark.parametrize("what", PATHS)
@pytest.mark.parametrize("file", ["gaps.csv", "datapackage.json"])
def test_what_is_no_file_is_not_read(
    what: str, file: str, made_up_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make, problem, remedy = PATHS[what]
    (made_up_folder / file).unlink()
    make(made_up_folder / file)
    of_description = "Mend it, or restore the file"
    remedy = of_description if file == "datapackage.json" else remedy
    assert_one(refused(made_up_folder, capsys), (file, 0, "", ""), problem, remedy)


def test_a_file_that_may_not_be_read_says_which_right_is_missing(
    made_up_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    read = Path.read_bytes

    def forbidding(self: Path) -> bytes:  # who is root may read everything, so a file without rights proves nothing
        if self.name == "gaps.csv":
            raise PermissionError
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", forbidding)
    assert_one(refused(made_up_folder, capsys), ("gaps.csv", 0, "", ""), "may not be read", "“chmod a+r”")


# --- the description ---------------------------------------------------------------------------------------------
def described(change: Callable[[dict[str, object]], object]) -> Change:
    def spoil(content: bytes) -> bytes:
        descriptor = json.loads(content)
        change(descriptor)
        return json.dumps(descriptor).encode()

    return spoil


def at(path: object) -> Change:
    """Return a change that names another file for the deals."""
    return described(lambda said: said["resources"][0].update(path=path))  # ty: ignore[not-subscriptable]


NO_NAME, ALONE = "is not the name of one table's file beside it", "Write the name of the file alone, such as deals.csv"
UNDESCRIBED, UNUSABLE = "does not describe the tables", "cannot be used"
DESCRIPTIONS: dict[str, tuple[Change, int, str, str, str, str]] = {
    "200,000 brackets": (lambda _: b"[" * 200_000, 0, "", "", UNDESCRIBED, "Mend it"),
    "an entry that is there twice": (instead(b'"version"', b'"version": "9", "version"'), 0, "", "", "has two entries named “version”", "Mend it"),
    "a remark": (lambda content: b"// mine\n" + content, 1, "", "", "is not well-formed from here on", "Mend it"),
    "a mark of a merge": (lambda content: b"<<<<<<< HEAD\n" + content, 1, "", "", "is not well-formed from here on", "Mend it"),
    "nothing": (lambda _: b"", 1, "", "", "is not well-formed from here on", "restore the file"),
    "a file outside the folder": (at("../../../../etc/passwd"), 0, "path", "../../../../etc/passwd", NO_NAME, ALONE),
    "a file from the root": (at("/etc/passwd"), 0, "path", "/etc/passwd", NO_NAME, ALONE),
    "a file of another machine": (at("https://example.org/deals.csv"), 0, "path", "https://example.org/deals.csv", NO_NAME, ALONE),
    "a list of files": (at(["deals.csv"]), 0, "path", "['deals.csv']", NO_NAME, ALONE),
    "a file with a null in its name": (at("de\0als.csv"), 0, "path", "de\0als.csv", NO_NAME, ALONE),
    "the description as a table": (at("datapackage.json"), 0, "path", "datapackage.json", NO_NAME, ALONE),
    "the folder as a table": (at("."), 0, "path", ".", NO_NAME, ALONE),
    "a first year that is no number": (described(lambda said: said.update(firstYear=float("nan"))), 0, "", "firstYear", UNUSABLE, "such as 1900"),
    "a first year in words": (described(lambda said: said.update(firstYear="x")), 0, "", "firstYear", UNUSABLE, "such as 1900"),
    "a version that is a number": (described(lambda said: said.update(version=1.1)), 0, "", "version", UNUSABLE, "in quotation marks"),
    "a day of making in words": (described(lambda said: said.update(created="yesterday")), 0, "", "created", UNUSABLE, "such as 2026-11-26"),
    "a label that is a number": (instead(b'"label": "Air"', b'"label": 5'), 0, "", "deals.domain: air", "has a “label” that cannot be used", "in words"),
}  # fmt: skip


@pytest.mark.parametrize("what", DESCRIPTIONS)
def test_a_description_that_nobody_means_is_one_exact_fault(
    what: str, made_up_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change, line, column, value, problem, remedy = DESCRIPTIONS[what]
    path = made_up_folder / "datapackage.json"
    path.write_bytes(change(path.read_bytes()))
    assert_one(refused(made_up_folder, capsys), ("datapackage.json", line, column, value), problem, remedy)


def test_a_misspelt_key_hides_no_other_key_that_is_in_no_table(
    made_up_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file, old, new in (
        ("deals.csv", b"\nalpha-frigates,", b"\nAlpha,"),
        ("milestones.csv", b"quebec-drones", b"quebec"),
    ):
        path = made_up_folder / file
        path.write_bytes(path.read_bytes().replace(old, new))
    found = {(fault.file, fault.value) for fault in refused(made_up_folder, capsys)}
    assert {("deals.csv", "Alpha"), ("milestones.csv", "alpha-frigates"), ("milestones.csv", "quebec")} <= found
