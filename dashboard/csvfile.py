"""How a CSV file written by a spreadsheet or an editor becomes text cells with their line numbers, and back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
BROKEN = "\ufffd"  # what a byte that is not UTF-8 is read as
NOT_UTF8, SAVE_AGAIN = "is not UTF-8 text", "Save the file again as “CSV UTF-8”, with the letters shown here as �"
LINE = re.compile(r"[^\r\n]+")
BLANK = " " + "".join(DELIMITERS)
MANY = 5_000  # words; comparing one with more of them takes longer than a maintainer waits for a hundred faults
SHOWN = 100  # characters of a value in a sentence; a whole paragraph would bury what is wrong with it


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a data file, and what to do about it.

    `line` is the line of the file as an editor counts it; 0 stands for the file as a whole. `column` and
    `value` are empty where the fault is not about one cell.
    """

    file: str
    line: int
    column: str
    value: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        """Return the fault as one sentence a maintainer can act on without looking anything up."""
        where = self.file + (f", line {self.line}" if self.line else "")
        where += f", column “{self.column}”" if self.column else ""
        shown = self.value if len(self.value) <= SHOWN else f"{self.value[:SHOWN]}…"
        value = f"“{shown}” " if shown else ""
        return f"{where}: {value}{self.problem}. {self.remedy}."


@dataclass(frozen=True)
class TextTable:
    """A CSV file as text: one list of cells a row, each with its line in the file, and what could not be read.

    Every row has as many cells as the header; one that has not in the file is cut or filled up, and a fault says so.
    `top` is the line of the header.
    """

    file: str
    header: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    top: int = 1


def closest(word: str, allowed: Iterable[str]) -> str:
    """Return the allowed word that a word is most like, or "" where none is close.

    Upper and lower case and hyphens or spaces do not count as a difference. Among very many, only those that begin
    alike are compared.
    """
    allowed = list(allowed)
    if len(allowed) > MANY:
        allowed = [name for name in allowed if name[:3].casefold() == word[:3].casefold()]
    plain = {name.casefold().replace(" ", "-"): name for name in allowed}
    close = get_close_matches(word.casefold().replace(" ", "-"), plain, n=1, cutoff=0.7)
    return plain[close[0]] if close else ""


def nearest(word: str, allowed: list[str]) -> str:
    """Return a remedy for a word that is not allowed: the nearest one that is, where one is close, and all of them."""
    close = closest(word, allowed)
    hint = f"Did you mean “{close}”? " if close else ""
    shown = ", ".join(allowed) if len(allowed) <= 20 else f"one of the {len(allowed)} in the table"
    return f"{hint}Allowed: {shown}"


def parse(file: str, content: bytes) -> TextTable:
    """Return the cells of a CSV file, whatever a spreadsheet made of it.

    Accepts UTF-8 with or without a byte order mark, any line ends, commas, semicolons or tabs between cells,
    spaces around cells, empty lines and empty columns after the last heading; none of these is a fault. Never
    raises: a file that is empty or has a quotation mark that is never closed comes back with no rows and with faults.
    """
    text = content.decode("utf-8-sig", errors="replace")
    header = next((line[0] for line in LINE.finditer(text) if line[0].strip(BLANK)), "")
    delimiter = max(DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True)
    rows, lines, line = [], [], 1
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]
            if any(cells):
                rows.append(cells)
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error:  # its words are about Python; there is one cause that a maintainer can mend
        problem = "has a quotation mark that is not closed, or text after one that is"
        remedy = "Close the quotation mark; inside a quoted cell write a quotation mark twice"
        return TextTable(file, faults=[Fault(file, line, "", "", problem, remedy)])
    if not rows:
        return TextTable(file, faults=[Fault(file, 0, "", "", "is empty", "Restore the header row and the rows")])
    if BROKEN in "".join(rows[0]):
        return TextTable(file, faults=[Fault(file, lines[0], "", "", NOT_UTF8, SAVE_AGAIN)])
    return _rectangle(file, rows, lines, DELIMITERS[delimiter])


def _rectangle(file: str, rows: list[list[str]], lines: list[int], delimiter: str) -> TextTable:
    """Return rows, the header first, as a table whose rows are all as wide as its header."""
    width = max(at for at, heading in enumerate(rows[0], start=1) if heading)
    table = TextTable(file, rows[0][:width], top=lines[0])
    for cells, line in zip(rows[1:], lines[1:], strict=True):
        # A spreadsheet pads every row to the widest one ever used; empty cells beyond the header say nothing.
        even = cells[:width] if not any(cells[width:]) else cells
        if len(even) != width:
            problem = f"has {len(even)} cells where the header has {width}"
            remedy = f"Put a cell that holds a {delimiter} in quotation marks; write a {delimiter} for each empty cell"
            table.faults.append(Fault(file, line, "", "", problem, remedy))
        table.rows.append((even + [""] * width)[:width])
        table.lines.append(line)
        for column, cell in zip(table.header, even, strict=False):
            if BROKEN in cell:
                table.faults.append(Fault(file, line, column, cell, NOT_UTF8, SAVE_AGAIN))
    return table


def write(header: list[str], rows: list[list[str]]) -> str:
    """Return the canonical text of a table: commas, LF line ends, quotation marks only where needed."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()


def uneven(table: TextTable) -> list[Fault]:
    """Return what keeps a table from being put in order: what could not be read, or a heading of two columns."""
    twice = {name for name in table.header if table.header.count(name) > 1}
    two = [Fault(table.file, table.top, name, name, "is the heading of two columns", "Keep one") for name in twice]
    return [*table.faults, *two]


def canonical(table: TextTable, columns: list[str], key: list[str], lists: Collection[str] = ()) -> str:
    """Return a table in the one form in which the tables are kept, so that a change shows as the change it is.

    Takes a table that is not `uneven`, the names of its columns in order, of those that identify a row, and of those
    that list keys joined by semicolons. Columns not named stay, after the others; rows come in the order of the key.
    """
    header = [name for name in columns if name in table.header] + [name for name in table.header if name not in columns]
    cells = [dict(zip(table.header, row, strict=True)) for row in table.rows]
    rows = [[_clean(row[name], name in lists) for name in header] for row in cells]
    by = [header.index(name) for name in key if name in header]
    return write(header, sorted(rows, key=lambda row: [row[at] for at in by]))


def _clean(cell: str, is_list: bool) -> str:
    """Return a cell without stray spaces, inside a list of keys too, and with LF line ends."""
    parts = [part.strip() for part in cell.split(";")] if is_list else [cell.strip()]
    return ";".join(part for part in parts if part or not is_list).replace("\r\n", "\n").replace("\r", "\n")
