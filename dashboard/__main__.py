"""The maintainer's commands: what is wrong with the tables, and how they are put in order.

What a command needs is imported when it runs, so that each starts at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dashboard.tables import files
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

    place, status, otherwise = directory or folder or files.FOLDER, FAULTY, ""
    try:
        texts, dictionary = files.read_texts(place)
    except DataError as error:
        faults, status = error.faults, UNREADABLE
    else:
        faults = find_faults(place, texts, dictionary)
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
        rewrites, faults = forms.plan(directory or folder or files.FOLDER)
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

    place = directory or folder or files.FOLDER
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

    place = directory or files.FOLDER
    try:
        print("\n".join(released(place, notes)))
    except DataError as error:
        _say(error.faults, "")
        raise typer.Exit(FAULTY) from None
    except ReleaseError as error:
        print(error)
        raise typer.Exit(FAULTY) from None


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
