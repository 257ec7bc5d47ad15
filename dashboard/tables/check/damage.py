"""What was done to the text of a cell on its way into a file, and what the text was before."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import replace

from dashboard.tables.check import markup, scripts, signs
from dashboard.tables.check.reasons import Mend
from dashboard.tables.columns import Column
from dashboard.tables.csvfile import TextTable
from dashboard.tables.faults import SHOWN, Fault
from dashboard.tables.spelling import plain

# A cell of plain letters without these has nothing of what follows; to look for each takes a tenth of the time of a form.
SUSPECT, FORMULA = ("&", "<", "#", "?", "  ", "_x", "Err:"), ("=", "+", "-", "@", '"', "'")
EXCEL_ERROR = re.compile(r"#{3,}|Err:[0-9]{3}|#N/[AV]|#[¡A-ZÇĞİÖŞÜ]{2,9}[!?]|#(?:DIV|SAYI)/0!|#(?:YOK|NV|AD\?)")
LOST = re.compile(r"[^\W\d_]\?[a-zçğıöşü]")  # a question mark where a letter was that the encoding does not have
# The problem and the remedy of a cell that a spreadsheet would run; mended, it would still be one.
RUN = ("would be run by a spreadsheet as a formula", "Begin with a letter, a digit or a bracket")
TIDY = "or run “python -m dashboard tidy”"


def mend(table: TextTable, columns: dict[str, Column]) -> tuple[TextTable, list[Fault]]:
    """Return a table with the text of its cells as it was meant, and a fault for each cell that was damaged.

    What is damaged beyond mending is among the faults of the table itself, so that nothing else is said of the cell.
    """
    faults: list[Fault] = []
    header = [_heading(table, name, faults) for name in table.header]
    unread = {(fault.line, fault.column) for fault in table.faults}
    whole = replace(table, header=header, rows=table.rows.copy(), faults=table.faults.copy())
    for at, name in enumerate(header):
        cells = [row[at] for row in table.rows]
        damaged = _damaged(set(cells), columns.get(name))
        for number in (number for number, cell in enumerate(cells) if cell in damaged) if damaged else ():
            cell, place = cells[number], (table.file, table.lines[number], name, cells[number])
            if place[1:3] in unread:
                continue
            text, problem, lost = damaged[cell]
            if problem and not text:
                problem, lost = "", (problem, "Write what the cell should hold")
            if problem and lost != RUN:
                faults.append(Fault(*place, problem, _remedy(cell, text)))
            if lost:
                whole.faults.append(Fault(*place, *lost))
            if whole.rows[number] is table.rows[number]:  # the table given stays as it is
                whole.rows[number] = table.rows[number].copy()
            whole.rows[number][at] = text
    return whole, faults


def _damaged(cells: Collection[str], column: Column | None) -> dict[str, tuple[str, str, tuple[str, str] | None]]:
    """Return of each damaged cell what was meant, the problem, and what of it cannot be mended."""
    steps, damaged = _steps(column), {}
    together = "|".join(["", *cells])  # of most columns no cell is suspect, which one look at all of them shows
    for cell in cells if _is_suspect(together) or any(f"|{sign}" in together for sign in FORMULA) else ():
        if _is_suspect(cell):
            text, problem = _mended(cell, steps)
            lost = _lost(text, column)
            if lost or text != cell:
                damaged[cell] = text, problem, lost
    return damaged


def _is_suspect(cell: str) -> bool:
    is_plain = cell.isascii() and cell.isprintable()
    return not is_plain or any(map(cell.__contains__, SUSPECT)) or cell.startswith(FORMULA)


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
    if LOST.search(text) and "://" not in text:
        return "has a question mark inside a word, in the place of a lost letter", "Write the letter"
    return None
