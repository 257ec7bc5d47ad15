"""What a briefing is of: an address in words, or a deck; and the form that the name of a file asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from dashboard import views
from dashboard.decks.deck import Deck
from dashboard.decks.filling import Filled, filled
from dashboard.decks.shelf import shelf
from dashboard.pack import FORMS, Form, briefing
from dashboard.pack.briefing import Briefing
from dashboard.tables import disk
from dashboard.tables.load import Tables
from dashboard.views.view import View
from dashboard.words import listed


def of_address(tables: Tables, text: str, today: date) -> Briefing:
    """Return the briefing of an address, such as `/value?domain=naval`, with or without its site; LookupError says what is wrong."""
    try:
        return briefing.of_view(views.at(tables, text, today))
    except KeyError:
        known = listed(f"/{page}" for page in views.PAGES)
        raise LookupError(f"There is no page /{urlsplit(text).path.strip('/')}. There are {known}.") from None


def of_name(tables: Tables, name: str, today: date, folder: Path = disk.FOLDER) -> Briefing:
    """Return the briefing of a deck in a data folder by its name; LookupError says what is wrong."""
    there = shelf(tables, today, folder)
    if name in there.decks:
        return of_deck(tables, there.decks[name], today)
    wrong = [str(fault) for fault in there.faults if Path(fault.file).stem == name]
    known = f"There is {listed(there.decks)}." if there.decks else "There is none."
    raise LookupError("\n".join([f"There is no deck {name} to write.", *wrong, *([] if wrong else [known])]))


def of_deck(tables: Tables, deck: Deck, today: date) -> Briefing:
    """Return the briefing of a deck: its slides, each with its picture; LookupError where none of them shows anything."""
    slides = filled(tables, deck, today)
    if not slides:
        raise LookupError(f"No slide of {deck.title} shows anything.")
    return briefing.of_deck(deck.title, [(_alone(slide), slide.line, slide.notes, slide.rows) for slide in slides])


def _alone(slide: Filled) -> View:
    """Return the view of a slide with the slide's picture alone."""
    return replace(slide.view, pictures=(slide.picture,) if slide.picture else ())


def form_of(file: Path) -> Form:
    """Return the form that a file's ending asks for; LookupError where there is none."""
    for form in FORMS.values():
        if file.name.lower().endswith(form.ending):
            return form
    endings = [form.ending for form in FORMS.values()]
    raise LookupError(
        f"{file.name} has an ending that no form of a briefing has. Name a file that ends with {', '.join(endings[:-1])} or {endings[-1]}."
    )


def put(file: Path, content: bytes) -> None:
    """Write a file all at once; LookupError says why it cannot be written, and then what was there is as it was."""
    beside = file.with_name(f".{file.name}.new")
    try:
        beside.write_bytes(content)
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise LookupError(f"{file} cannot be written: {error.strerror}.") from None
