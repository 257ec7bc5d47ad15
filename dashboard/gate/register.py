"""What another house's trade register says, row by row, in our columns and codes."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from dashboard.gate import theirs
from dashboard.gate.entry import Row
from dashboard.gate.mapping import NEEDED, Register
from dashboard.tables import csvfile, dates, encodings
from dashboard.tables.columns import Column
from dashboard.tables.csvfile import DELIMITERS, TextTable
from dashboard.tables.faults import Fault
from dashboard.tables.files import DataError
from dashboard.tables.folding import fold
from dashboard.tables.likeness import nearest

LARGEST = 50_000_000  # bytes; the largest register known, of all states and years, has a tenth
PREAMBLE = 100  # lines in which the headings are sought
LONGEST = 10_000  # letters of a line of headings; a longer one is none
SIDES = ("supplier", "recipient")


class Item(NamedTuple):
    """One row of a register: its line, its cells by our columns, and the columns that it marks as uncertain."""

    line: int
    cells: Row
    unsure: frozenset[str]


@dataclass
class Reading:
    """What was read of a register.

    `top` is the line of its headings, `page` the encoding in which it was read where that is not UTF-8. `left_out` counts
    rows by the names of states that our tables do not have; `faults` says which rows could not be read.
    """

    register: Register
    top: int
    page: str
    items: list[Item] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)


def read(
    path: Path, registers: Iterable[Register], columns: Mapping[str, Column], states: Mapping[str, str]
) -> Reading:
    """Return what a register says; of several it is the one with most of its headings in the file.

    Takes our columns of deals and the names of our states by their codes. Lines above the headings are passed over, as are
    notes: lines with one cell filled in. Raises DataError where the file as a whole cannot be read.
    """
    text, page = _text(path)
    lines = list(io.StringIO(text, newline=""))
    register, at = _headings(path.name, lines, list(registers))
    # Blank lines in place of those above the headings keep the numbers of the lines.
    table = csvfile.parse(path.name, ("\n" * at + "".join(lines[at:])).encode())
    reading = Reading(register, table.top, page)
    notes = {line for row, line in zip(table.rows, table.lines, strict=True) if sum(map(bool, row)) <= 1}
    faults = [fault for fault in table.faults if fault.line not in notes]
    passed = notes | {fault.line for fault in faults}
    names = {**{fold(name): code for code, name in states.items()}, **register.countries}
    for row, line in zip(table.rows, table.lines, strict=True):
        if line in passed:
            continue
        try:
            reading.items.append(_item(register, _Row(table, line, row), columns, names, states))
        except DataError as error:
            faults += error.faults
        except LookupError as error:
            reading.left_out[error.args[0]] += 1
    reading.faults += _once(faults)
    return reading


def _text(path: Path) -> tuple[str, str]:
    """Return the text of a file, and the code page in which it was read where it is in one throughout."""
    try:
        size, content = path.stat().st_size, b""
        if size <= LARGEST:
            content = path.read_bytes()
    except OSError:
        raise DataError([Fault(path.name, 0, "", "", "cannot be opened", "Name a file that is there")]) from None
    if size > LARGEST:
        problem = f"is larger than {LARGEST // 1_000_000} MB"
        raise DataError([Fault(path.name, 0, "", "", problem, "Ask the other house for fewer states or years")])
    if content.startswith(b"PK\x03\x04"):
        raise DataError([Fault(path.name, 0, "", "", "is a workbook, not CSV", "Save the sheet as “CSV UTF-8”")])
    if encodings.wide(content):
        raise DataError(csvfile.parse(path.name, content).faults)
    text = encodings.decode(content)
    if encodings.is_broken(text) and encodings.is_other(text):
        page, text = encodings.guess(text)
        return text, page
    return encodings.shown(text), ""


def _headings(name: str, lines: list[str], registers: list[Register]) -> tuple[Register, int]:
    """Return the register whose headings a file has, and the number of the lines above them."""
    found = [
        (register.found(headings), -at, number)
        for at, line in enumerate(lines[:PREAMBLE])
        for headings in _cells(line)
        for number, register in enumerate(registers)
    ]
    most, above, number = max(found, default=(0, 0, 0))
    if most:
        return registers[number], -above
    raise DataError([_unknown(name, lines, registers)])


def _cells(line: str) -> Iterator[list[str]]:
    """Yield the folded cells of a line, for each sign that may divide them."""
    for delimiter in DELIMITERS:
        if delimiter in line and len(line) < LONGEST:
            yield [fold(cell) for cell in next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])]


def _unknown(name: str, lines: list[str], registers: list[Register]) -> Fault:
    """Return the fault of a file whose headings are not known: which heading of a mapping is missing, or that one is needed."""
    if len(registers) > 1:
        houses = ", ".join(register.name for register in registers)
        remedy = (
            f"Say with --mapping FILE which heading is which of our columns, as data/README.md shows. Known: {houses}"
        )
        return Fault(name, 0, "", "", "has not the headings of a register that is known", remedy)
    (register,) = registers
    at, headings = max(
        ((at, headings) for at, line in enumerate(lines[:PREAMBLE]) for headings in _cells(line)),
        key=lambda found: (sum(heading in register.columns for heading in found[1]), -found[0]),
        default=(0, []),
    )
    missing = [heading for heading, ours in register.columns.items() if ours in NEEDED and heading not in headings]
    missing += [heading for heading in register.known_by if heading not in headings]
    heading = next(iter(missing), "")
    remedy = nearest(heading, [heading for heading in headings if heading])
    return Fault(name, at + 1, heading, "", "is not among the headings, though the mapping names it", remedy)


class _Row(NamedTuple):
    table: TextTable
    line: int
    cells: list[str]

    def said(self, register: Register) -> Iterator[tuple[str, str, str]]:
        """Yield our column, their heading and the cell of each cell that the register gives us a meaning of.

        A heading left blank is that of the marks of doubt on the cells before it.
        """
        for ours, cell in register.fixed.items():
            yield ours, ours, cell
        for at, (heading, cell) in enumerate(zip(self.table.header, self.cells, strict=True)):
            if ours := register.columns.get(fold(heading)):
                mark = at + 1 < len(self.cells) and not self.table.header[at + 1] and self.cells[at + 1] == "?"
                yield ours, heading, cell + "?" * mark

    def fault(self, column: str, value: str, problem: str, remedy: str) -> Fault:
        return Fault(self.table.file, self.line, column, value, problem, remedy)


def _item(
    register: Register, row: _Row, columns: Mapping[str, Column], names: Mapping[str, str], states: Collection[str]
) -> Item:
    """Return a row in our columns; raises DataError where it cannot be read, LookupError where a state is none of ours."""
    cells: Row = {}
    faults: list[Fault] = []
    unsure: set[str] = set()
    for ours, heading, said in row.said(register):
        try:
            if ours in SIDES:
                cells[ours] = theirs.states(said, names, states)
                continue
            text, is_marked = theirs.unmarked(said)
            column = columns.get(ours)
            meant = theirs.meaning(text, ours, column, register.value_in)
            if is_marked and column and column.is_date:
                meant = f"{meant}?" if dates.is_date(f"{meant}?") else meant
            elif is_marked and meant:
                unsure.add(ours)
            cells[ours] = " ".join(dict.fromkeys(filter(None, (cells.get(ours, ""), meant))))
        except ValueError as error:
            faults.append(row.fault(heading, said, *error.args))
    named = {fault.column for fault in faults}
    faults += [
        row.fault(name, "", "is blank but must be given", "Fill the cell, or remove the row")
        for name in NEEDED
        if not cells.get(name) and not named
    ]
    if faults:
        raise DataError(faults)
    if theirs.is_unfinished(cells):
        cells.pop("end", None)
    return Item(row.line, cells, frozenset(unsure))


def _once(faults: Iterable[Fault]) -> list[Fault]:
    """Return of faults that say the same of the same value the first, with the number of the others."""
    same: dict[tuple[str, str, str], list[Fault]] = {}
    for fault in faults:
        same.setdefault((fault.column, fault.value, fault.problem) if fault.value else (str(fault), "", ""), []).append(
            fault
        )
    return [
        replace(first, problem=f"{first.problem}, here and in {len(rest):,} more row{'s' * (len(rest) > 1)}")
        if rest
        else first
        for first, *rest in same.values()
    ]
