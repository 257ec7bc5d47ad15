"""What a spreadsheet program did to the cells of a table on their way into a workbook, and how it is mended in that program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.tables.columns import Column
from dashboard.tables.csvfile import TextTable
from dashboard.tables.faults import Fault
from dashboard.tables.workbook import Sheet

Reason = tuple[str, str]  # the problem and the remedy
# How cells are made text, and formulas their values, in the words of each program.
AS_TEXT = {
    "LibreOffice": "In LibreOffice select the column, choose Format, Cells, Numbers, Text",
    "Excel": "In Excel select the column, choose Home, Number Format, Text",
}
AS_VALUE = {
    "LibreOffice": "In LibreOffice choose Data, Calculate, Formula to Value",
    "Excel": "In Excel copy the cell, and choose Home, Paste, Values",
}


def in_words_of(program: str, said: Mapping[str, str]) -> str:
    """Return what to do in a program, in each of those known where it is none of them."""
    return next((words for name, words in said.items() if name in program), "; ".join(said.values()))


def table_of(
    file: str, sheet: Sheet, columns: Mapping[str, Column], key: Sequence[str], program: str, former: TextTable
) -> TextTable:
    """Return a sheet as a table of text, with a fault for each cell that the program spoilt.

    Its header is the first row that is not blank. `key` are the columns that identify a row, `former` is the table as it
    is published: what stands there as well is not spoilt. Rows are counted as the program shows them.
    """
    rows = [(line, [text.strip() for _, text in row], row) for line, row in enumerate(sheet.rows, start=1)]
    rows = [entry for entry in rows if any(entry[1])]
    if not rows:
        return TextTable(file, faults=[Fault(file, 0, "", "", "is empty", "Put the header row and the rows there")])
    top, header, _ = rows[0]
    width = max(at for at, heading in enumerate(header, start=1) if heading)
    table = TextTable(file, header[:width], top=top)
    # No spreadsheet takes these for a day.
    words = [name for name in key if not columns[name].is_date]
    known = {_cells(words, former.header, row): dict(zip(former.header, row, strict=True)) for row in former.rows}
    for line, texts, row in rows[1:]:
        if beyond := next(filter(None, texts[width:]), ""):
            remedy = "Give its column a heading, or empty the cell"
            table.faults.append(Fault(file, line, "", beyond, "stands beyond the last heading", remedy))
        texts = texts[:width]
        was = known.get(_cells(words, table.header, texts), {})
        for name, text, (kind, _) in zip(table.header, texts, row, strict=False):
            if kind != "text" and text != was.get(name) and (said := _spoilt(kind, text, columns.get(name), program)):
                table.faults.append(Fault(file, line, name, text, *said))
        table.rows.append(texts)
        table.lines.append(line)
    return table


def _cells(names: Sequence[str], header: Sequence[str], row: Sequence[str]) -> tuple[str, ...]:
    """Return the cells of some columns of a row."""
    cells = dict(zip(header, row, strict=True))
    return tuple(cells.get(name, "") for name in names)


def _spoilt(kind: str, text: str, column: Column | None, program: str) -> Reason | None:
    """Return what a program did to a cell that is no text to it, None where nothing is lost by that."""
    as_text = in_words_of(program, AS_TEXT)
    if kind == "formula":
        return "is a formula, and a table holds what it comes to", in_words_of(program, AS_VALUE)
    if kind == "truth":
        allowed = f": {', '.join(column.choices)}" if column and column.choices else ""
        return "is a truth value that the spreadsheet made of a word", f"{as_text}, and write the word again{allowed}"
    if kind == "time":
        return "is a time of day that the spreadsheet made of what was typed", f"{as_text}, and write the cell again"
    if column is None or kind == "number":
        is_lost = column is not None and column.type == "string" and not column.choices and not column.is_date
        words = "is a number that the spreadsheet made: noughts at its start or its end are lost"
        return (words, f"{as_text}, and write the cell again with all its digits") if is_lost else None
    if column.type == "date" or (column.is_date and not text.endswith("-01")):
        return None
    if column.is_date:
        problem = "is a day that the spreadsheet made, perhaps of a month"
        return problem, f"{as_text}, and write {text[:-3]}, or {text} where the day is known"
    return "is a day that the spreadsheet made of what was typed", f"{as_text}, and write the cell again"
