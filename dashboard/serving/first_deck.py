"""What the first answer of `/present` says before any script has run: the decks, or of one what each slide says."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from dashboard.address import Asked
from dashboard.decks.filling import filled
from dashboard.decks.own import UNTITLED
from dashboard.decks.shelf import shelf
from dashboard.serving.first_words import First, about, head, preview
from dashboard.tables.load import Tables
from dashboard.templates import render
from dashboard.words import format_count

PAGE = "present"
LIST, OWN = "Decks of views, to show slide by slide", "Slides that a reader put together"


def shown(tables: Tables, asked: Asked, today: date) -> First:
    """Return the first words of the address of a deck, or of the list of decks where it names none.

    The slides of a reader's own are not among them: whoever asks for any number of them must not keep others waiting.
    """
    decks = shelf(tables, today).decks
    name, title = asked.one("deck"), asked.one("title") or UNTITLED
    query, links, pictured = "", [], {}
    if asked.several("my"):
        finding, said = title, OWN
    elif deck := decks.get(name):
        slides = filled(tables, deck, today)
        lines = [slide.line for slide in slides]
        pictured = {preview(asked.site, slide.view): slide.line for slide in slides if slide.picture}
        finding, said, query = deck.title, " ".join(f"{line}." for line in lines), f"?{urlencode({'deck': name})}"
        links = [(f"{PAGE}?{urlencode({'deck': name, 'slide': at})}", line) for at, line in enumerate(lines, start=1)]
    else:
        finding, said = LIST, ", ".join(deck.title for deck in decks.values())
        links = [(f"{PAGE}?{urlencode({'deck': name})}", deck.title) for name, deck in decks.items()]
    short = tables.package.short_title
    picture, alt = next(iter(pictured.items()), ("", ""))  # the deck is seen by its first picture
    first = head(
        title=f"{finding} · {short}", site_name=short, finding=finding, description=said, picture=picture, alt=alt,
        address=f"{asked.site}{PAGE}{query}", about=about(tables, asked.site),
    )  # fmt: skip
    return First(first, render("first/deck.html", tables=tables, finding=finding, links=links, count=format_count(len(links), "slide" if query else "deck")))  # fmt: skip
