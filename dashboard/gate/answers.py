"""Which row a maintainer means, asked a column at a time; a wrong answer is refused at once, in the words of the check."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import typer

from dashboard.gate.entry import CHECKED, DEALS, OWNER, STEPS, Book, New, Placed, Row, as_json, completed, place
from dashboard.tables import csvfile, encodings
from dashboard.tables.check import schema
from dashboard.tables.columns import Column
from dashboard.tables.faults import Fault
from dashboard.tables.files import DataError
from dashboard.tables.spelling import plain

STAND_IN = "not-yet-named"  # the key of a row until it gets its own, so that its other cells can be judged


def add(folder: Path, table: str, today: str, confirms: bool = False) -> list[Placed]:
    """Ask for a row and write it, as `place` does; where it is refused, a note of the error holds the answers."""
    new = asked(Book.read(folder), table, today, confirms)
    try:
        return place(folder, table, [new], confirms)
    except DataError as error:
        error.add_note(f"Your answers, for --from: {as_json(new)}")
        raise


def asked(book: Book, table: str, today: str, confirms: bool = False) -> New:
    """Ask for each cell of a new row of a table, and of a deal for its steps.

    The key is asked last, and one is proposed that is made of the other answers. Where answers do not agree with each other,
    those columns are asked again. With `confirms`, vague words may stand. Nothing is written; to break off raises
    typer.Abort.
    """
    typer.echo(f"A new row of {book.dictionary.path(table)}. Enter alone leaves a cell blank; Ctrl+C writes nothing.")
    key = book.key(table)
    row = _row(book, table, {key: STAND_IN} if key else {}, list(book.columns(table)), today, confirms)
    new = New(row, [])
    if table == DEALS:
        book = book.added(DEALS, [row])
        while typer.confirm("\nAdd a dated step of it?", default=not new.steps):
            columns = [name for name in book.columns(STEPS) if name != OWNER]
            new.steps.append(_row(book, STEPS, {OWNER: row[OWNER]}, columns, today, confirms))
            book = book.added(STEPS, new.steps[-1:])
    return new


def _row(book: Book, table: str, row: Row, asks: list[str], today: str, confirms: bool) -> Row:
    """Ask for columns of a row that has some cells already, until they agree."""
    columns = book.columns(table)
    order = sorted((columns[name] for name in asks), key=lambda column: column.name == book.key(table))
    pending = order
    while pending:
        for column in pending:
            row = {**row, column.name: _answer(book, table, row, column, today, confirms)}
        faults = _faults(book, table, row, confirms)
        named = {name for fault in faults for name in fault.column.split(", ")}
        pending = [column for column in order if column.name in named]
        _refuse(faults if pending else ())
    return row


def _answer(book: Book, table: str, row: Row, column: Column, today: str, confirms: bool) -> str:
    """Ask for one cell until it is right beside those that are there."""
    _explain(column)
    proposed = _proposed(book, table, row, column, today)
    while True:
        answer = plain(typer.prompt(column.name, default=proposed, show_default=bool(proposed)))
        if not (wrong := _wrong(book, table, row, column, answer, confirms)):
            return answer
        _refuse(wrong)


def _wrong(book: Book, table: str, row: Row, column: Column, answer: str, confirms: bool) -> list[Fault]:
    """Return what is wrong with an answer, as the check says it."""
    where = (book.dictionary.path(table), max(book.texts[table].lines) + 1, column.name)
    if encodings.is_broken(answer):
        return [Fault(*where, encodings.shown(answer), csvfile.NOT_UTF8, "Set the terminal to UTF-8")]
    if not row and not answer:  # without any cell the row is blank as a whole, and the check says no more of it
        return [Fault(*where, *reason) for reason in schema.broken(column, [answer])]
    faults = _faults(book, table, {**row, column.name: answer}, confirms)
    return [fault for fault in faults if column.name in fault.column.split(", ")]


def _explain(column: Column) -> None:
    """Print what a column is and what may stand there."""
    typer.echo(f"\n{typer.style(column.title, bold=True)}. {column.help}")
    if column.choices:
        allowed = (
            value if value.replace("-", " ") == label.casefold() else f"{value} ({label})"
            for value, label in column.choices.items()
        )  # fmt: skip
        typer.echo(f"Allowed: {', '.join(allowed)}.")
    elif column.example:
        typer.echo(f"Such as {column.example}.")
    if not column.required:
        typer.echo("May be blank.")


def _proposed(book: Book, table: str, row: Row, column: Column, today: str) -> str:
    """Return what is offered for a cell: a key made of the answers, the day of today, else nothing."""
    if column.name not in (book.key(table), CHECKED):
        return ""
    answered = {name: cell for name, cell in row.items() if name != column.name}
    (whole,) = completed(book, table, [New(answered, [])], today)
    return whole.row[column.name]


def _faults(book: Book, table: str, row: Row, confirms: bool) -> list[Fault]:
    """Return what the check says of a table with this row, the steps of a deal being asked after it."""
    new = book.added(table, [row])
    if table == DEALS:
        completing = book.dictionary.having(STEPS, "kind", "completes")
        new = new.added(STEPS, [{OWNER: row[OWNER], "kind": completing[0]}])
    found = (new.confirming(new.vague()) if confirms else new).faults()
    return [fault for fault in found if fault.file == new.texts[table].file]


def _refuse(faults: Iterable[Fault]) -> None:
    for fault in faults:
        typer.secho(str(fault), fg=typer.colors.RED)
