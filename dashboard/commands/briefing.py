"""The command that writes a briefing; what it needs is imported when it runs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from dashboard.commands.shared import UNREADABLE, Directory, place_of
from dashboard.tables.files import DataError

EXAMPLES = """Examples:

* `python -m dashboard brief --view "/value?domain=naval" --to naval.pptx` writes slides of the value of naval deals,
* `python -m dashboard brief --deck signal-and-noise --to talk.pptx` writes a deck as slides,
* `python -m dashboard brief --view / --to overview.html` writes the front page as one file that needs no network."""


def brief(
    to: Annotated[Path, typer.Option(metavar="FILE", help="The file to write; its ending says the form.")],
    view: Annotated[str, typer.Option(metavar="ADDRESS", help="What an address shows, as the browser has it.")] = "",
    deck: Annotated[str, typer.Option(metavar="NAME", help="A deck of data/decks, without its ending.")] = "",
    directory: Directory = None,
) -> None:
    """Write a briefing to hand over: what an address shows, or a deck, as slides, a web page, a workbook or a note.

    Ends with 2, and writes nothing, where the address, the deck, the tables or the file are not to be had.
    """
    from dashboard import brief as making
    from dashboard.tables import load

    place, today = place_of(directory), date.today()
    if bool(view) == bool(deck):
        _end("Say either --view with an address or --deck with the name of a deck.")
    try:
        form = making.form_of(to)
        tables = load.load(place)
        made = making.of_address(tables, view, today) if view else making.of_name(tables, deck, today, place)
        content = form.written(tables, made, today)
        making.put(to, content)
    except LookupError as error:
        _end(error.args[0])
    except DataError as error:
        _end("\n".join([*map(str, error.faults), "Nothing was written: the tables have faults."]))
    for note in dict.fromkeys(note for part in made.parts for note in part.view.left_out):
        print(note)
    print(f"{to}: {form.label} of {made.title}, {len(content):,} bytes, from version {tables.version} of the tables.")


def _end(words: str) -> NoReturn:
    """Say why nothing is written, and end."""
    print(words)
    raise typer.Exit(UNREADABLE)
