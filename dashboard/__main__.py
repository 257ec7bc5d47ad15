"""The maintainer's commands: what is wrong with the tables, and how they are put in order.

What a command needs is imported when it runs, so that each starts at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

from dashboard.brief import command as briefing
from dashboard.tables import files
from dashboard.tables.disk import ADDRESS
from dashboard.tables.faults import Fault
from dashboard.tables.files import DataError

CLEAN, FAULTY, UNREADABLE = 0, 1, 2  # what a command ends with
app = typer.Typer(
    help="Look after the tables of the data set.", no_args_is_help=True, rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)  # fmt: skip
Directory = Annotated[
    Path | None, typer.Argument(metavar="DIR", help="The folder of the tables, data/ where none is given.")
]
Folder = Annotated[Path | None, typer.Option(help="The same, as an option.")]


def _place(given: Path | None) -> Path:
    """Return the folder that is given, or that of the published tables; a copy of an address is no place to work in."""
    if given or not ADDRESS:
        return given or files.FOLDER
    raise typer.BadParameter("DEFENCE_TIES_DATA names an address, and commands work on a folder: name one.")


class Format(StrEnum):
    """How faults are written: for people, or for another program."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


@app.command(
    epilog="""Examples:

* `python -m dashboard check` looks at the published tables,
* `python -m dashboard check mine --format sarif > faults.sarif` at those in `mine/`, for an editor."""
)
def check(directory: Directory = None, folder: Folder = None, format: Format = Format.TEXT) -> None:  # noqa: A002
    """Say everything that is wrong with the tables, each with its place and its remedy.

    Ends with 0 where nothing is wrong, with 1 where something is, and with 2 where the tables cannot be read.
    """
    from dashboard.gate.reports import FORMATS
    from dashboard.gate.standing import find_faults

    place, status, otherwise = _place(directory or folder), FAULTY, ""
    try:
        texts, dictionary = files.read_texts(place)
    except DataError as error:
        faults, status = error.faults, UNREADABLE
    else:
        faults = find_faults(place, texts, dictionary)
        faults += _deck_faults(place, not faults)
        rows = sum(len(table.rows) for table in texts.values())
        otherwise = f"{len(texts)} tables, {rows:,} rows: no fault, no unconfirmed word."
    if format is Format.TEXT:
        _say(faults, otherwise)
    else:
        print(FORMATS[format](faults, place))
    raise typer.Exit(status if faults else CLEAN)


@app.command(
    epilog="""Examples:

* `python -m dashboard tidy` puts the published tables in order,
* `python -m dashboard tidy mine --check` says what it would change in `mine/`, and changes nothing."""
)
def tidy(
    directory: Directory = None,
    folder: Folder = None,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing, and end with 1 where there is something to change.")
    ] = False,
) -> None:
    """Put the tables into the one form in which they are kept, and say what that changed.

    A file that cannot be read for certain is left as it is.
    """
    from dashboard.tables import tidy as forms

    try:
        rewrites, faults = forms.plan(_place(directory or folder))
    except DataError as error:
        _say(error.faults, "")
        raise typer.Exit(UNREADABLE) from None
    for rewrite in rewrites:
        if not check:
            forms.put(rewrite.path, rewrite.content)
        print(f"{rewrite.path.name}: {'would be ' * check}put in order ({rewrite.said})")
    for name in sorted({fault.file for fault in faults}):
        print(f"{name}: left as it is")
    _say(faults, "" if rewrites else "The tables are in order.")
    raise typer.Exit(FAULTY if faults or (check and rewrites) else CLEAN)


@app.command(
    epilog="""Examples:

* `python -m dashboard changes` says what is not committed yet,
* `python -m dashboard changes --since 2026-11-01` what changed since the end of a day; a version, a commit or another folder will do too."""
)
def changes(
    directory: Directory = None,
    folder: Folder = None,
    since: Annotated[str, typer.Option(help="A version, a day, a commit or a folder.")] = "HEAD",
) -> None:
    """Say what was added, corrected and withdrawn in the tables, and which totals moved."""
    from dashboard.gate.former import former
    from dashboard.gate.sentences import compared

    place = _place(directory or folder)
    try:
        with former(place, since) as before:
            sentences = compared(before, place)
    except LookupError as error:
        print(error.args[0])
        raise typer.Exit(UNREADABLE) from None
    except DataError as error:
        _say(error.faults, "")
        raise typer.Exit(UNREADABLE) from None
    print("\n".join(sentences) or "No cell has changed.")


@app.command(
    epilog="""Examples:

* `python -m dashboard release` makes the next version of the published tables,
* `python -m dashboard release mine --notes "Prices of 2025 added."` of those in `mine/`, with a word on why."""
)
def release(
    directory: Directory = None,
    notes: Annotated[str, typer.Option(help="A word to readers on what this version is about.")] = "",
) -> None:
    """Make the next version of the tables: its number, what it changed since the last one, and the hash of each file.

    Ends with 1, and changes nothing, while the tables have faults or nothing has changed.
    """
    from dashboard.gate.release import ReleaseError, released

    place = _place(directory)
    try:
        print("\n".join(released(place, notes)))
    except DataError as error:
        _say(error.faults, "")
        raise typer.Exit(FAULTY) from None
    except ReleaseError as error:
        print(error)
        raise typer.Exit(FAULTY) from None


@app.command(
    epilog="""Examples:

* `python -m dashboard add source` asks for each cell of a new source, with its help and what is allowed,
* `python -m dashboard add deal --from deal.json` takes them from a file: one object of columns and cells, or a list of them,
* `python -m dashboard add deal --from candidates.csv` takes rows that `import` wrote, once they are graded."""
)
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

    place, table, today = _place(directory), f"{sort}s", date.today().isoformat()
    try:
        placed = rows.add(given, place, table, today, confirm) if given else answers.add(place, table, today, confirm)
    except DataError as error:
        _say(error.faults, "")
        print("Nothing was written.", *getattr(error, "__notes__", ()))
        raise typer.Exit(FAULTY) from None
    for file, line, key in placed:
        print(f"{file}, line {line}: {key} was added.")


@app.command(
    "import",
    epilog="""Examples:

* `python -m dashboard import trade-register.csv` lays a register of SIPRI beside our deals, and writes nothing,
* `python -m dashboard import trade-register.csv --to found` writes what we do not have into `found/`, to be graded,
* `python -m dashboard import other.csv --mapping other.toml` reads any table: the mapping says which column is which.""",
)
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
        found = comparison.compare(register, _place(directory), mapping)
        print("\n".join(comparison.sentences(register.name, found)))
        if to and found.candidates:
            written = candidates.put(to, found, register.name, date.today().isoformat())
            print(f"Written, to be graded: {', '.join(map(str, written))}")
    except DataError as error:
        _say(error.faults, "")
        raise typer.Exit(UNREADABLE) from None
    _say(found.reading.faults, "")
    raise typer.Exit(FAULTY if found.reading.faults else CLEAN)


def _deck_faults(place: Path, is_right: bool) -> list[Fault]:
    """Return what is wrong with the decks of a folder; to look what their views show takes a second more, so only where there is one."""
    if not (place / "decks").is_dir():
        return []
    from dashboard.decks import shelf

    return shelf.find_faults(place, is_right)


app.command(epilog=briefing.EXAMPLES)(briefing.brief)


def _say(faults: list[Fault], otherwise: str) -> None:
    """Print a fault a line and their number, or what is to be said where there is none."""
    for fault in faults:
        print(fault)
    if faults or otherwise:
        print(f"{len(faults):,} to mend." if faults else otherwise)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name and return its exit status."""
    status: object = CLEAN
    try:
        app(arguments, prog_name="defence-ties")
    except SystemExit as ended:
        status = ended.code
    return int(str(status or CLEAN))


if __name__ == "__main__":
    sys.exit(main())
