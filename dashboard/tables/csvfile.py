"""How a CSV file written by a spreadsheet or an editor becomes text cells with their line numbers, and back."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from dashboard.tables import beginnings, encodings
from dashboard.tables.faults import Fault
from dashboard.tables.uncollected import uncollected

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
NOT_UTF8, SAVE = "is not UTF-8 text", "Save the file again as “CSV UTF-8”"
SAVE_AGAIN = f"{SAVE}, with the letters shown here as �"
LINE = re.compile(r"[^\r\n]+")
BLANK = " " + "".join(DELIMITERS)
csv.field_size_limit(2**31 - 1)  # a long cell has a fault of its own; to Python it is no cell at all
LINE_END = re.compile(r"\r\n|\r|\n")
MERGE = re.compile(r"(?:^|(?<=[\r\n]))(<{7}|\|{7}|={7}|>{7})(?=[ \r\n,;\t]|$)[^\r\n]*")
SEPARATOR = re.compile(r"\s*\"?sep=.\"?[,;\t]*(?=[\r\n])", re.IGNORECASE)
SPACE = re.compile(r"^[^\S\t\r\n\v\f\x1c-\x1f\x85\u2028\u2029]+")  # spaces that a cell begins with


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

    @cached_property
    def columns(self) -> list[Sequence[str]]:
        """Return the cells by columns, in the order of the header; rows that change later do not change these."""
        return list(zip(*self.rows, strict=True)) if self.rows else [()] * len(self.header)

    def column(self, name: str) -> Sequence[str]:
        """Return the cells of a column, of one for each row; none where the table has no such column, or two."""
        return self.columns[self.header.index(name)] if self.header.count(name) == 1 else ()


@uncollected()
def parse(file: str, content: bytes) -> TextTable:
    """Return the cells of a CSV file, whatever a spreadsheet made of it.

    Accepts UTF-8 with or without a byte order mark, any line ends, commas, semicolons or tabs between cells,
    spaces around cells, empty lines and empty columns after the last heading; none of these is a fault. Never
    raises: a file that is empty or has a quotation mark that is never closed comes back with no rows and with faults.
    """
    text = encodings.decode(content)
    if wrong := _not_csv(file, content, text):
        return TextTable(file, faults=[wrong])
    faults = []
    if idle := beginnings.tail(content):
        text = text[: len(text) - idle] + "\n"
        line = len(LINE_END.findall(text))
        problem = "ends in null signs, as after a copy that was not finished"
        remedy = "Look whether rows are missing, and remove the signs after the last row"
        faults = [Fault(file, line, "", "", problem, remedy)]
    if separator := SEPARATOR.match(text):
        problem = "tells a spreadsheet how cells are divided, and is no row of the table"
        faults.append(Fault(file, 1, "", separator[0].strip(), problem, "Remove the line"))
        text = text[separator.end() :]  # its line end stays, so that lines are counted as in the file
    return _read(file, text, faults)


def _not_csv(file: str, content: bytes, text: str) -> Fault | None:
    """Return why no row of a file can be read: it is of another sort or encoding, or a merge is not finished."""
    problem, remedy = beginnings.other_sort(content)
    if problem:
        return Fault(file, 0, "", "", problem, remedy)
    if encoding := encodings.wide(content):
        return Fault(file, 1, "", "", f"{NOT_UTF8} but {encoding}", SAVE)
    if beginnings.is_noise(content):
        return Fault(file, 0, "", "", "holds bytes that are no text", beginnings.RESTORE)
    if mark := _merge_mark(text):
        line = len(LINE_END.findall(text, 0, mark.start())) + 1
        remedy = "Keep the rows that are right, and remove every such mark"
        return Fault(file, line, "", mark[0], "is a mark of an unfinished merge", remedy)
    return None


def _merge_mark(text: str) -> re.Match[str] | None:
    """Return the first line of a text that an unfinished merge has left there."""
    is_likely = any(sign * 7 in text for sign in "<|=>")  # to look for the line itself takes ten times as long
    return MERGE.search(text) if is_likely else None


def _read(file: str, text: str, faults: list[Fault]) -> TextTable:
    """Return the cells of text that holds a table, and after the faults given what cannot be read in it."""
    header = next((line[0] for line in LINE.finditer(text) if line[0].strip(BLANK)), "")
    line = header.strip(BLANK)
    if line[:1] == line[-1:] == '"' and line.count('"') == 2 and any(mark in line for mark in DELIMITERS):
        remedy = "Save the file again as CSV, or take off the first and the last quotation mark of every line"
        return TextTable(file, faults=[*faults, Fault(file, 0, "", "", "has whole lines in quotation marks", remedy)])
    delimiter = max(DELIMITERS, key=header.count)
    reader = csv.reader(encodings.stream(text), delimiter=delimiter, strict=True, skipinitialspace=True)
    rows, lines, line = [], [], 1
    try:
        for cells in reader:
            bare = list(map(str.strip, cells))
            if any(bare):
                rows.append(cells if bare == cells else list(map(_stripped, cells)))
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error:  # its words are about Python; there is one cause that a maintainer can mend
        problem = "has a quotation mark that is not closed, or text after one that is"
        remedy = "Close the quotation mark; inside a quoted cell write a quotation mark twice"
        return TextTable(file, faults=[*faults, Fault(file, line, "", "", problem, remedy)])
    if not rows:
        empty = Fault(file, 0, "", "", "is empty", "Restore the header row and the rows")
        return TextTable(file, faults=[*faults, empty])
    if encodings.is_broken("".join(rows[0])):
        return TextTable(file, faults=[*faults, Fault(file, lines[0], "", "", NOT_UTF8, SAVE_AGAIN)])
    table = _rectangle(file, rows, lines, DELIMITERS[delimiter])
    table.faults[:0] = faults
    _replace_broken(table, text)
    return table


def _stripped(cell: str) -> str:
    """Return a cell without the spaces around it; a tab or line break before its words stays, and is a fault later."""
    return SPACE.sub("", cell).rstrip()


def _rectangle(file: str, rows: list[list[str]], lines: list[int], delimiter: str) -> TextTable:
    """Return rows, the header first, as a table whose rows are all as wide as its header."""
    width = max(at for at, heading in enumerate(rows[0], start=1) if heading.strip())
    table = TextTable(file, [heading.strip() for heading in rows[0][:width]], top=lines[0])
    for cells, line in zip(rows[1:], lines[1:], strict=True):
        # A spreadsheet pads every row to the widest one ever used; empty cells beyond the header say nothing.
        even = cells if len(cells) == width or any(cells[width:]) else cells[:width]
        if even == table.header:
            table.faults.append(Fault(file, line, "", "", "is the header a second time", "Remove the line"))
            continue
        if len(even) != width:
            problem = f"has {len(even)} cell{'s' * (len(even) != 1)} where the header has {width}"
            remedy = f"Put a cell that holds a {delimiter} in quotation marks; write a {delimiter} for each empty cell"
            table.faults.append(Fault(file, line, "", "", problem, remedy))
            even = (even + [""] * width)[:width]
        table.rows.append(even)
        table.lines.append(line)
    return table


def _replace_broken(table: TextTable, text: str) -> None:
    """Write � for what is not UTF-8 in a table, with a fault for each cell; or one for a file saved otherwise.

    Such a file goes on as it was most likely meant, so that nothing else is said of its cells.
    """
    if not encodings.is_broken(text):
        return
    page, _ = encodings.guess(text)
    found, is_other = [], encodings.is_other(text)
    for row, line in zip(table.rows, table.lines, strict=True):
        for at, cell in enumerate(row):
            if encodings.is_broken(cell):
                _, read = encodings.guess(cell)
                remedy = f"{SAVE_AGAIN}; by the look of it this is {page} and stands for “{read}”"
                found.append(Fault(table.file, line, table.header[at], encodings.shown(cell), NOT_UTF8, remedy))
                row[at] = read if is_other else encodings.shown(cell)
    if is_other and len(found) > 1:
        found = [replace(found[0], problem=f"{NOT_UTF8}, and neither are {len(found) - 1:,} more cells")]
    table.faults.extend(found)
