"""A deck file that a presenter opens in the browser: what it holds, and what is wrong with it; it is kept nowhere."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from dashboard.decks.filling import faults, slide_of
from dashboard.decks.own import FINDING
from dashboard.decks.reading import ENDING, read
from dashboard.tables.load import Tables


def opened(tables: Tables, name: str, text: str, today: date) -> dict[str, Any]:
    """Return what the browser takes over: `title`, `slides` of view, line, notes and name, and `faults`, a sentence each.

    A slide that shows nothing is among them, so that its address can be mended.
    """
    name = "-".join(re.findall("[a-z0-9]+", name.casefold().removesuffix(ENDING))) or "deck"
    draft = read(f"{name}{ENDING}", text.encode())
    wrong = list(map(str, faults(tables, f"{name}{ENDING}", draft, today)))
    if draft.deck is None:
        return {"title": "", "slides": [], "faults": wrong}
    slides = []
    for slide in draft.deck.slides:
        made, _ = slide_of(tables, slide, today)
        called = " · ".join([made.view.title, *made.view.filters]) if made else slide.view
        slides.append({"view": slide.view.removeprefix("/") or "/", "line": slide.line.replace(FINDING, "") and slide.line, "notes": slide.notes, "name": called})  # fmt: skip
    return {"title": draft.deck.title, "slides": slides, "faults": wrong}
