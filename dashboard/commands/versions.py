"""The commands that say what changed, and make the next version; what they need is imported when they run."""

from __future__ import annotations

from typing import Annotated

import typer

from dashboard.commands.shared import FAULTY, UNREADABLE, Directory, Folder, place_of, say
from dashboard.tables.files import DataError

CHANGES_EXAMPLES = """Examples:

* `python -m dashboard changes` says what is not committed yet,
* `python -m dashboard changes --since 2026-11-01` what changed since the end of a day; a version, a commit or another folder will do too."""
RELEASE_EXAMPLES = """Examples:

* `python -m dashboard release` makes the next version of the published tables,
* `python -m dashboard release mine --notes "Prices of 2025 added."` of those in `mine/`, with a word on why."""


def changes(
    directory: Directory = None,
    folder: Folder = None,
    since: Annotated[str, typer.Option(help="A version, a day, a commit or a folder.")] = "HEAD",
) -> None:
    """Say what was added, corrected and withdrawn in the tables, and which totals moved."""
    from dashboard.gate.former import former
    from dashboard.gate.sentences import compared

    place = place_of(directory or folder)
    try:
        with former(place, since) as before:
            sentences = compared(before, place)
    except LookupError as error:
        print(error.args[0])
        raise typer.Exit(UNREADABLE) from None
    except DataError as error:
        say(error.faults, "")
        raise typer.Exit(UNREADABLE) from None
    print("\n".join(sentences) or "No cell has changed.")


def release(
    directory: Directory = None,
    notes: Annotated[str, typer.Option(help="A word to readers on what this version is about.")] = "",
) -> None:
    """Make the next version of the tables: its number, what it changed since the last one, and the hash of each file.

    Ends with 1, and changes nothing, while the tables have faults or nothing has changed.
    """
    from dashboard.gate.release import ReleaseError, released

    place = place_of(directory)
    try:
        print("\n".join(released(place, notes)))
    except DataError as error:
        say(error.faults, "")
        raise typer.Exit(FAULTY) from None
    except ReleaseError as error:
        print(error)
        raise typer.Exit(FAULTY) from None
