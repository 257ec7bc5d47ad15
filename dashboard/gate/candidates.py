"""What is written of another house's rows that we do not have: rows to be graded, and their source, beside the tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dashboard.gate.comparison import Comparison
from dashboard.gate.entry import Book, New, Row, completed
from dashboard.gate.mapping import DELIVERED, YEAR, Register
from dashboard.gate.register import Item
from dashboard.tables import files
from dashboard.tables.columns import Column
from dashboard.tables.faults import Fault
from dashboard.tables.files import DataError
from dashboard.tables.form import write

FILE, SOURCE = "candidates.csv", "sources.csv"


def put(folder: Path, found: Comparison, name: str, today: str) -> list[Path]:
    """Write the rows to be graded and their source, and return the two files; raises DataError where that may lose anything.

    `name` is the file of the register, `today` YYYY-MM-DD. What must be judged is left blank.
    """
    places = [folder / FILE, folder / SOURCE]
    if faults := [_refused(path, folder) for path in places if path.exists() or (folder / files.DESCRIPTION).exists()]:
        raise DataError(faults[:1])
    book = found.book
    source = _source(found.reading.register, name, book, today)
    given = [New(_row(item, book.columns("deals"), source["source_id"]), []) for item in found.candidates]
    rows = [new.row for new in completed(book, "deals", given, "")]  # whoever grades them says on which day
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, table, own in zip(places, ("deals", "sources"), (rows, [source]), strict=True):
            header = list(book.columns(table))
            text = write(header, [[row.get(column, "") for column in header] for row in own])
            beside = path.with_name(f"{path.name}.new")
            beside.write_text(text, encoding="utf-8", newline="")
            beside.replace(path)
    except OSError:
        problem, remedy = "cannot be written", "Name a folder in which files may be made"
        raise DataError([Fault(str(folder), 0, "", "", problem, remedy)]) from None
    return places


def _refused(path: Path, folder: Path) -> Fault:
    if (folder / files.DESCRIPTION).exists():
        return Fault(
            str(folder), 0, "", "", "is the folder of tables", "Name another: rows are graded before they get there"
        )
    return Fault(
        str(path), 0, "", "", "is there already, and may hold graded rows", "Name another folder, or move the file"
    )


def _source(register: Register, name: str, book: Book, today: str) -> Row:
    """Return the row of the register as a source; its title is in brackets, since it describes the page."""
    known = {column: cell for column, cell in register.source.items() if _is_known(book, column, cell)}
    row = {"publisher": register.name, "title": f"[{register.name}: {name}]", "published": today[:4], **known}
    (new,) = completed(book, "sources", [New(row, [])], today)
    return {column: cell for column, cell in new.row.items() if column != "published"}


def _is_known(book: Book, column: str, cell: str) -> bool:
    """Say whether a cell may stand in our sources: a state must be one of ours."""
    foreign = book.columns("sources")[column].foreign
    return not foreign or cell in book.texts[foreign].column(book.key(foreign))


def _row(item: Item, columns: Mapping[str, Column], source_id: str) -> Row:
    """Return a row of a register as one of deals, with what is in doubt in words; kind, status and grades stay blank."""
    points = [f"{columns[name].title}: marked as uncertain there." for name in columns if name in item.unsure]
    given, year = item.cells.get(DELIVERED), item.cells.get(YEAR)
    if given and not item.cells.get("quantity"):
        points.append(f"Number: {given} handed over{f' in {year}' if year else ''}.")
    row = {name: cell for name, cell in item.cells.items() if name in columns}
    return {**row, "source_ids": source_id, "doubt": " ".join(points)}
