"""The commands that check the tables and put them in order; what they need is imported when they run."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dashboard.commands.shared import CLEAN, FAULTY, UNREADABLE, Directory, Folder, place_of, say
from dashboard.tables import files
from dashboard.tables.faults import Fault
from dashboard.tables.files import DataError

CHECK_EXAMPLES = """Examples:

* `python -m dashboard check` looks at the published tables,
* `python -m dashboard check mine --format sarif > faults.sarif` at those in `mine/`, for an editor."""
TIDY_EXAMPLES = """Examples:

* `python -m dashboard tidy` puts the published tables in order,
* `python -m dashboard tidy mine --check` says what it would change in `mine/`, and changes nothing."""


class Format(StrEnum):
    """How faults are written: for people, or for another program."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


def check(directory: Directory = None, folder: Folder = None, format: Format = Format.TEXT) -> None:  # noqa: A002
    """Say everything that is wrong with the tables, each with its place and its remedy.

    Ends with 0 where nothing is wrong, with 1 where something is, and with 2 where the tables cannot be read.
    """
    from dashboard.gate.reports import FORMATS
    from dashboard.gate.standing import find_faults

    place, status, otherwise = place_of(directory or folder), FAULTY, ""
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
        say(faults, otherwise)
    else:
        print(FORMATS[format](faults, place))
    raise typer.Exit(status if faults else CLEAN)


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
        rewrites, faults = forms.plan(place_of(directory or folder))
    except DataError as error:
        say(error.faults, "")
        raise typer.Exit(UNREADABLE) from None
    for rewrite in rewrites:
        if not check:
            forms.put(rewrite.path, rewrite.content)
        print(f"{rewrite.path.name}: {'would be ' * check}put in order ({rewrite.said})")
    for name in sorted({fault.file for fault in faults}):
        print(f"{name}: left as it is")
    say(faults, "" if rewrites else "The tables are in order.")
    raise typer.Exit(FAULTY if faults or (check and rewrites) else CLEAN)


def _deck_faults(place: Path, is_right: bool) -> list[Fault]:
    """Return what is wrong with the decks of a folder; to look what their views show takes a second more, so only where there is one."""
    if not (place / "decks").is_dir():
        return []
    from dashboard.decks import shelf

    return shelf.find_faults(place, is_right)
