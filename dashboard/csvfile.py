"""How a CSV file written by a spreadsheet or an editor becomes text cells with their line numbers, and back."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from difflib import get_close_matches

DELIMITERS = ",;\t"


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
        value = f"“{self.value}” " if self.value else ""
        return f"{where}: {value}{self.problem}. {self.remedy}."


@dataclass(frozen=True)
class TextTable:
    """A CSV file as text: one list of cells a row, each with its line in the file, and what could not be read."""

    file: str
    header: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def nearest(word: str, allowed: list[str]) -> str:
    """Return a remedy for a word that is not allowed: the nearest one that is, where one is close, and all of them.

    Upper and lower case and hyphens or spaces do not count as a difference.
    """
    plain = {name.casefold().replace(" ", "-"): name for name in allowed}
    close = get_close_matches(word.casefold().replace(" ", "-"), plain, n=1, cutoff=0.7)
    hint = f"Did you mean “{plain[close[0]]}”? " if close else ""
    shown = ", ".join(allowed) if len(allowed) <= 20 else f"one of {len(allowed)} in the table"
    return f"{hint}Allowed: {shown}"


def parse(file: str, content: bytes) -> TextTable:
    """Return the cells of a CSV file, whatever a spreadsheet made of it.

    Accepts UTF-8 with or without a byte order mark, any line ends, commas, semicolons or tabs between cells,
    spaces around cells and empty lines; none of these is a fault. Never raises: a file that is not UTF-8, is
    empty or has a quotation mark that is never closed comes back with no rows and with faults.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return TextTable(file, faults=[_not_utf8(file, content, error)])
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, lines, line = [], [], 1
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]
            if any(cells):
                rows.append(cells)
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        remedy = "Close the quotation mark; inside a quoted cell write a quotation mark twice"
        return TextTable(file, faults=[Fault(file, line, "", "", f"cannot be split into cells ({error})", remedy)])
    if not rows:
        return TextTable(file, faults=[Fault(file, 0, "", "", "is empty", "Restore the header row")])
    header, width = rows[0], len(rows[0])
    # A spreadsheet pads every row to the widest one ever used; empty cells beyond the header say nothing.
    body = [cells[:width] if not any(cells[width:]) else cells for cells in rows[1:]]
    return TextTable(file, header, body, lines[1:])


def _not_utf8(file: str, content: bytes, error: UnicodeDecodeError) -> Fault:
    line = content.count(b"\n", 0, error.start) + 1
    start = content.rfind(b"\n", 0, error.start) + 1
    cell = content[start : error.start].count(b",") + 1
    value = content[error.start : error.start + 1].hex()
    remedy = "Save the file again as “CSV UTF-8”"
    return Fault(file, line, f"number {cell}", f"byte 0x{value}", "is not UTF-8 text", remedy)


def write(header: list[str], rows: list[list[str]]) -> str:
    """Return the canonical text of a table: commas, LF line ends, quotation marks only where needed."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()
