"""What the commands share: which folder they look at, how they say faults, and what they end with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dashboard.tables import files
from dashboard.tables.disk import ADDRESS
from dashboard.tables.faults import Fault

CLEAN, FAULTY, UNREADABLE = 0, 1, 2  # what a command ends with
Directory = Annotated[
    Path | None, typer.Argument(metavar="DIR", help="The folder of the tables, data/ where none is given.")
]
Folder = Annotated[Path | None, typer.Option(help="The same, as an option.")]


def place_of(given: Path | None) -> Path:
    """Return the folder that is given, or that of the published tables; a copy of an address is no place to work in."""
    if given or not ADDRESS:
        return given or files.FOLDER
    raise typer.BadParameter("DEFENCE_TIES_DATA names an address, and commands work on a folder: name one.")


def say(faults: list[Fault], otherwise: str) -> None:
    """Print a fault a line and their number, or what is to be said where there is none."""
    for fault in faults:
        print(fault)
    if faults or otherwise:
        print(f"{len(faults):,} to mend." if faults else otherwise)
