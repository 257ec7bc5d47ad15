"""The run of views for a room: decks, each shown slide by slide over the whole window, and slides made in the browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from dashboard import controls, my_slides, pack_button, slide_show
from dashboard.address import Asked
from dashboard.brief import of_deck
from dashboard.charts.map.account import VIEWPOINT
from dashboard.charts.map.scene import Scene
from dashboard.charts.qr_code import LONGEST, qr_code
from dashboard.choices.chosen import in_file_name
from dashboard.choices.parameters import UNFILTERED
from dashboard.decks import own
from dashboard.decks.deck import LINE, Deck
from dashboard.decks.filling import Filled, slide_of
from dashboard.decks.opening import opened
from dashboard.decks.shelf import Shelf, shelf
from dashboard.pages import heading, kept
from dashboard.questions.deals import Selection
from dashboard.style.ink import in_either_theme
from dashboard.tables.load import Tables
from dashboard.templates import render as template
from dashboard.views.common import sourced
from dashboard.views.view import Cell, Picture, Shape, Statement, View
from dashboard.words import format_count, plural, unless_said

WIDE, NARROW = Shape(680, 270), Shape(360, 300)  # of the pictures; what is drawn smaller has larger words
SAID, LINES, COLUMNS = 1, 7, 3  # statements on a slide without a picture; rows and columns of a table


@dataclass(frozen=True, eq=False)
class Slide:
    """One slide as the room sees it, and what the speaker alone sees: `notes` and `facts`.

    The `finding` is its title, and the `line` to take home stands below it, as in a briefing; "" where both say the same.

    `picture` is SVG, and `narrow` the same for a screen that stands upright; None where `statements` or `rows` under `headings` stand in its place; `foot` is what must be read with it. `live` leads to the view,
    `address` is that of the slide on any screen, `code` the same as a QR code.
    """

    finding: str
    line: str
    alt: str
    picture: Markup | None
    narrow: Markup | None
    statements: tuple[Statement, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[str, ...]
    live: str
    address: str
    code: Markup
    code_words: str
    notes: tuple[str, ...]
    facts: tuple[str, ...]


def render(tables: Tables, selection: Selection) -> None:
    """Show the deck that the address names, or the list of decks."""
    here, today = controls.asked(tables, "present"), date.today()
    every = shelf(tables, today)
    deck = deck_of(here, every)
    slides, notes = build(tables, deck, today, here.site) if deck else ([], [])
    if deck and slides and here.one("window") == "pack":
        hand_over(tables, deck, len(slides))
    elif deck and slides:
        run(tables, here, deck, slides, notes)
    else:
        choose(tables, here, every, notes)


def deck_of(here: Asked, every: Shelf) -> Deck | None:
    """Return the deck that the address holds or names; None where it does neither."""
    if here.several("my"):
        return own.read(here.one("title"), here.several("my"))
    return every.decks.get(here.one("deck"))


@kept
def build(tables: Tables, deck: Deck, today: date, site: str) -> tuple[list[Slide], list[str]]:
    """Return the slides of a deck, and in sentences what it asks for and does not get; `site` is where it is served."""
    slides: list[Slide] = []
    notes: list[str] = []
    for number, slide in enumerate(deck.slides, start=1):
        made, problems = slide_of(tables, slide, today)
        notes += [f"Slide {number}: “{one.value}” {one.problem}." for wrong in problems.values() for one in wrong]
        if made:
            slides.append(_slide(tables, made, f"{site}present?{link(deck, len(slides) + 1)}", site))
    return slides, notes


def link(deck: Deck, slide: int = 1) -> str:
    """Return the query of the address that shows a slide of a deck."""
    named = {"deck": [deck.name]} if deck.name else own.written(deck)
    return urlencode({**named, "slide": [str(slide)]}, doseq=True)


def pack_of(deck: Deck) -> str:
    """Return the address that hands a deck over as files."""
    return f"present?{link(deck)}&window=pack"


def hand_over(tables: Tables, deck: Deck, count: int) -> None:
    """Offer a deck as files, and the way to its slides."""
    heading("Present", f"{deck.title}: {format_count(count, 'slide')} to hand over")
    name = deck.name or in_file_name([deck.title]) or "slides"
    pack_button.forms(tables, name, lambda today: of_deck(tables, deck, today))
    st.html(template("present/back.html", show=f"present?{link(deck)}"))


def _slide(tables: Tables, made: Filled, address: str, site: str) -> Slide:
    view, picture, table = made.view, made.picture, made.rows
    live = (view.page or ".") + (f"?{view.query}" if view.query else "")
    is_short = len(address) <= LONGEST
    shown = address if is_short else f"{site}{live.removeprefix('.')}"
    finding = picture.finding if picture else view.finding
    is_map = bool(picture) and isinstance(picture.drawn, Scene)
    where = (sourced(tables), *([VIEWPOINT] if is_map else [])) if not picture or picture.fitted else ()
    facts = [*view.lead, *view.notes, *(picture.notes if picture else ()), *view.left_out]
    return Slide(
        finding=finding, line=unless_said(made.line, finding), alt=picture.alt if picture else "",
        picture=drawn(picture, WIDE) if picture else None, narrow=drawn(picture, NARROW) if picture and picture.fitted else None, statements=() if picture or table else view.statements[:SAID],
        headings=tuple(table.headings.values())[:COLUMNS] if table else (), rows=tuple(row[:COLUMNS] for row in table.rows[:LINES]) if table else (),
        foot=(*counted(view), *view.filters, *where),
        live=live, address=shown, code=qr_code(shown), code_words="This slide on your own screen" if is_short else "The view on this slide, on your own screen",
        notes=tuple(filter(None, made.notes.splitlines())), facts=tuple(facts),
    )  # fmt: skip


def counted(view: View) -> tuple[str, ...]:
    """Return the page and how many rows are in view; the page alone where its rows are not what it is about."""
    words = f"{view.title}: {view.counted}" + (" in view" if view.filters else "")
    return (view.title if view.page in UNFILTERED else words,)


def drawn(picture: Picture, shape: Shape) -> Markup:
    """Return a picture as SVG, fitted to its place where it can be, in the ink of the page, whichever its theme."""
    return in_either_theme(picture.fitted(shape) if picture.fitted else picture.svg)


def run(tables: Tables, here: Asked, deck: Deck, slides: list[Slide], notes: list[str]) -> None:
    """Show the slides over the whole window."""
    wanted, every = int(here.one("slide")), int(here.one("every") or 0)
    at, speaker = min(wanted, len(slides)), here.one("window") == "speaker"
    said = [*here.notes, *notes]
    if wanted > len(slides):
        there = format_count(len(slides), "slide")
        said.append(f"This link asks for slide {wanted:,}; there {plural(len(slides), 'is', 'are')} {there}, and the last is shown.")  # fmt: skip
    body = template(
        "present/show.html", tables=tables, to=here.links, deck=deck, slides=slides, at=at, every=every, speaker=speaker, said=said,
        speaker_view=f"present?{link(deck, at)}&window=speaker", pack=pack_of(deck),
    )  # fmt: skip
    slide_show.show(body, link(deck), at, 0 if speaker else every, speaker)


def choose(tables: Tables, here: Asked, every: Shelf, notes: list[str]) -> None:
    """List the decks, with what is wrong with a file of one, and the slides that this browser holds."""
    count = len(every.decks)
    heading("Present", f"{format_count(count, 'deck')} of slides {plural(count, 'is', 'are')} ready to show.")
    asked = here.one("deck")
    said = [*here.notes, *notes]
    if asked and asked not in every.decks:
        said.append(f"There is no deck “{asked}” to show.")
    st.html(template("present/list.html", said=said, every=every, links={name: f"present?{link(deck)}" for name, deck in every.decks.items()}, packs={name: pack_of(deck) for name, deck in every.decks.items()}))  # fmt: skip
    name, _, text = controls.typed(my_slides.EDIT, my_slides.FILE).partition("\n")
    my_slides.edit(opened(tables, name, text, date.today()) if name else None, LINE)
