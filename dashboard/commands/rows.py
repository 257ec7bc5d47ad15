"""The commands that bring rows: one by one, or out of the register of another house; what they need is imported when they run."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from dashboard.commands.shared import CLEAN, FAULTY, UNREADABLE, Directory, place_of, say
from dashboard.tables.files import DataError

ADD_EXAMPLES = """Examples:

* `python -m dashboard add source` asks for each cell of a new source, with its help and what is allowed,
* `python -m dashboard add deal --from deal.json` takes them from a file: one object of columns and cells, or a list of them,
* `python -m dashboard add deal --from candidates.csv` takes rows that `import` wrote, once they are graded."""
IMPORT_EXAMPLES = """Examples:

* `python -m dashboard import trade-register.csv` lays a register of SIPRI beside our deals, and writes nothing,
* `python -m dashboard import trade-register.csv --to found` writes what we do not have into `found/`, to be graded,
* `python -m dashboard import other.csv --mapping other.toml` reads any table: the mapping says which column is which."""


def add(
    sort: Annotated[Literal["deal", "milestone", "quote", "source", "place"], typer.Argument(help="What the row is.")],
    directory: Directory = None,
    given: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="Take the rows from a JSON or CSV file.")
    ] = None,
    confirm: Annotated[bool, typer.Option("--confirm", help="Confirm the vague words in the rows.")] = False,
) -> None:
    """Add a row to a table, in its right place.

    A key is proposed and today is the day of the last check where the row does not say them. All tables are checked with the
    row first; where there is a fault, all are listed and nothing is written.
    """
    from dashboard.gate import answers
    from dashboard.gate import given as rows

    place, table, today = place_of(directory), f"{sort}s", date.today().isoformat()
    try:
        placed = rows.add(given, place, table, today, confirm) if given else answers.add(place, table, today, confirm)
    except DataError as error:
        say(error.faults, "")
        print("Nothing was written.", *getattr(error, "__notes__", ()))
        raise typer.Exit(FAULTY) from None
    for file, line, key in placed:
        print(f"{file}, line {line}: {key} was added.")


def import_register(
    register: Annotated[Path, typer.Argument(metavar="FILE", help="The register as CSV: SIPRI, UNROCA, DSCA or any.")],
    directory: Directory = None,
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE", help="TOML or JSON: their columns and names of states, and ours.")
    ] = None,
    to: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Where candidates.csv is written.")] = None,
) -> None:
    """Lay another house's trade register beside our deals: where they agree, where they differ, what we do not have.

    The tables themselves are never changed. Ends with 1 where some rows cannot be read, and with 2 where the file cannot.
    """
    from dashboard.gate import candidates, comparison

    try:
        found = comparison.compare(register, place_of(directory), mapping)
        print("\n".join(comparison.sentences(register.name, found)))
        if to and found.candidates:
            written = candidates.put(to, found, register.name, date.today().isoformat())
            print(f"Written, to be graded: {', '.join(map(str, written))}")
    except DataError as error:
        say(error.faults, "")
        raise typer.Exit(UNREADABLE) from None
    say(found.reading.faults, "")
    raise typer.Exit(FAULTY if found.reading.faults else CLEAN)
