"""What a deck is: a title and slides, each an address, a line to take home and notes to speak by; and how long each may be."""

from __future__ import annotations

from dataclasses import dataclass

MOST = 60  # slides
TITLE, LINE, NOTES, ADDRESS = 80, 140, 2_000, 600  # letters; a longer line is no longer read at a glance


@dataclass(frozen=True)
class Slide:
    """One view of a deck: `view` is its address, such as `/value?domain=naval`, after `#` the name of a picture where it is not the first, or of a table.

    `line` is to be taken home and `notes` are to speak by; both may hold fields in braces, such as `{disclosed_total}`.
    """

    view: str
    line: str
    notes: str = ""


@dataclass(frozen=True)
class Deck:
    """A run of slides; `name` is that of its file without the ending, "" where it has none."""

    name: str
    title: str
    slides: tuple[Slide, ...]
