"""A deck that a presenter made in the browser: whole in the address, a slide each value, so that the server keeps nothing of it."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.decks.deck import LINE, TITLE, Deck, Slide

UNTITLED = "My slides"
FINDING = "{finding}"  # the line of a slide that has none of its own


def read(title: str, texts: Sequence[str]) -> Deck:
    """Return the deck of an address: each text is a view and, after a space, the line to take home, where the presenter wrote one."""
    parts = [text.partition(" ")[::2] for text in texts]
    return Deck("", title[:TITLE] or UNTITLED, tuple(Slide(view, line[:LINE] or FINDING) for view, line in parts))


def written(deck: Deck) -> dict[str, list[str]]:
    """Return the parameters of an address that holds a deck; its notes stay behind, since everybody would read them."""
    return {"title": [deck.title], "my": [f"{slide.view} {slide.line}".removesuffix(f" {FINDING}") for slide in deck.slides]}  # fmt: skip
