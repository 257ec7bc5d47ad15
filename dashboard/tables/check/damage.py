"""What was done to the text of a cell on its way into a file, and what the text was before."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from dashboard.tables.check import markup, scripts, signs
from dashboard.tables.check.reasons import Mend
from dashboard.tables.columns import Column
from dashboard.tables.csvfile import TextTable
from dashboard.tables.faults import SHOWN, Fault
from dashboard.tables.spelling import MISREAD, plain

# What is damaged holds one of these signs, or begins with one; or it holds letters beyond ASCII, of these some.
HELD, FIRST = ("&", "<", "?", "  ", "_x", "+", "Err:", "\ufffd"), frozenset("=-@#'\"“")
BEYOND = re.compile(r"[^\x00-\x7f]+")
ODD = re.compile("|".join(form.pattern for form in (MISREAD, signs.FILLERS, scripts.OTHER)))
EXCEL_ERROR = re.compile(r"#{3,}|Err:[0-9]{3}|#N/[AV]|#[¡A-ZÇĞİÖŞÜ]{2,9}[!?]|#(?:DIV|SAYI)/0!|#(?:YOK|NV|AD\?)")
LOST = re.compile(r"[^\W\d_]\?[a-zçğıöşü]")  # a question mark where a letter was that the encoding does not have
# The problem and the remedy of a cell that a spreadsheet would run; mended, it would still be one.
RUN = ("would be run by a spreadsheet as a formula", "Begin with a letter, a digit or a bracket")
# Of each damaged cell what was meant, the problem, and the problem and the remedy of what of it cannot be mended.
Damaged = Mapping[str, tuple[str, str, tuple[str, str] | None]]
TIDY = "or run “python -m dashboard tidy”"


def mend(table: TextTable, columns: dict[str, Column]) -> tuple[TextTable, list[Fault]]:
    """Return a table with the text of its cells as it was meant, and a fault for each cell that was damaged.

    What is damaged beyond mending is among the faults of the table itself, so that nothing else is said of the cell.
    """
    faults: list[Fault] = []
    whole = replace(table, header=[_heading(table, name, faults) for name in table.header], faults=table.faults.copy())
    found = [_damaged(cells, columns.get(name)) for name, cells in zip(whole.header, whole.columns, strict=True)]
    if any(found):
        whole = replace(whole, rows=table.rows.copy())  # the table given stays as it is
        unread = {(fault.line, fault.column) for fault in table.faults}
        for at, damaged in enumerate(found):
            faults += _mend_column(whole, at, damaged, unread)
    return whole, faults


def _mend_column(table: TextTable, at: int, damaged: Damaged, unread: Set[tuple[int, str]]) -> Iterator[Fault]:
    """Write the damaged cells of a column as they were meant, in rows of their own, and yield their faults."""
    for number in [number for number, row in enumerate(table.rows) if row[at] in damaged] if damaged else ():
        row, line, name = table.rows[number], table.lines[number], table.header[at]
        if (line, name) in unread:
            continue
        text, problem, lost = damaged[row[at]]
        if problem and not text:
            problem, lost = "", (problem, "Write what the cell should hold")
        if problem and lost != RUN:
            yield Fault(table.file, line, name, row[at], problem, _remedy(row[at], text))
        if lost:
            table.faults.append(Fault(table.file, line, name, row[at], *lost))
        table.rows[number] = [*row[:at], text, *row[at + 1 :]]


def _damaged(cells: Sequence[str], column: Column | None) -> Damaged:
    """Return of each damaged cell what was meant, the problem, and what of it cannot be mended."""
    steps, damaged = _steps(column), {}
    for cell in _suspects(dict.fromkeys(cells), is_text=column is None or _is_text(column)):
        text, problem = _mended(cell, steps)
        lost = _lost(text, column)
        if lost or text != cell:
            damaged[cell] = text, problem, lost
    return damaged


def _suspects(cells: Collection[str], *, is_text: bool) -> set[str]:
    """Return those of different cells in which something may be damaged, which are few."""
    together = "|".join(cells)
    found = {cell for sign in HELD if sign in together for cell in cells if sign in cell}
    found.update([cell for cell in cells if cell[:1] in FIRST])
    if not (together.isascii() and together.isprintable()):
        beyond = [cell for cell in cells if not (cell.isascii() and cell.isprintable())]
        found.update(filter(_is_odd, beyond) if is_text else beyond)
    return found


def _is_odd(text: str) -> bool:
    """Say whether a text has letters that may be misread, of another script or without a sign of their own."""
    other = "|".join(BEYOND.findall(text))  # accented letters stand alone in most words
    return not text.isprintable() or bool(ODD.search(other)) or not unicodedata.is_normalized("NFC", text)


def _heading(table: TextTable, name: str, faults: list[Fault]) -> str:
    text, problem = _mended(name, _steps(None))
    if problem:
        faults.append(Fault(table.file, table.top, name, name, problem, _remedy(name, text)))
    return text


def _mended(cell: str, steps: list[Callable[[str], Mend]]) -> Mend:
    """Return a cell as it was meant, and all that was wrong with it as one problem."""
    problems = []
    text = cell
    for step in steps:
        text, problem = step(text)
        problems += [problem] if problem else []
    return text.strip(" "), " and ".join(problems)


def _steps(column: Column | None) -> list[Callable[[str], Mend]]:
    """Return what is looked for in a column, in the order in which it is undone."""
    steps: list[Callable[[str], Mend]] = [signs.misread, markup.marked_up, signs.invisible]
    if column is None or not _is_figure(column):  # odd spaces between thousands are a matter of the number
        steps += [signs.spaced, signs.composed]
    steps.append(scripts.look_alike if column is None or _is_text(column) else scripts.look_alike_key)
    if column is not None:
        steps.append(markup.enclosed if _is_text(column) else markup.ticked)
    return steps


def _is_figure(column: Column) -> bool:
    return column.type in ("integer", "number") and not column.choices


def _is_text(column: Column) -> bool:
    """Say whether a column holds free words: no key, code, date, number or allowed value."""
    is_bound = column.choices or column.reference or column.is_date or "pattern" in column.constraints
    return column.type == "string" and not is_bound


def _remedy(cell: str, text: str) -> str:
    """Return how to mend a cell: the text, or of a long one the part that differs."""
    start = next((at for at, (one, other) in enumerate(zip(cell, text, strict=False)) if one != other), len(text))
    shown = text if len(text) <= SHOWN else f"…{text[max(0, start - 40) : start + 40]}…"
    return f"Write “{shown}”" + (f", {TIDY}" if plain(cell) == text else "")


def _lost(text: str, column: Column | None) -> tuple[str, str] | None:
    """Return the problem and the remedy for a cell that cannot be mended, or that a spreadsheet would run."""
    if EXCEL_ERROR.fullmatch(text):
        return "is what a spreadsheet shows for an error", "Write what the cell should hold"
    if "\ufffd" in text:
        return "holds the sign � (U+FFFD) in the place of a lost letter", "Write the letter"
    if column is None or not _is_text(column):
        return None
    if text.startswith(("=", "+", "-", "@", "\t", "\r")):
        return RUN
    if "?" in text and "://" not in text and LOST.search(text):
        return "has a question mark inside a word, in the place of a lost letter", "Write the letter"
    return None
