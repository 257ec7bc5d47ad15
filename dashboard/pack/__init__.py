"""A briefing as files to hand over: each form with its name, what it is for, and what writes it.

All are made from the tables and an address, never from the screen. What a form needs is imported when it is written, so
that nobody waits for it who only looks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.pack.briefing import Briefing
    from dashboard.tables.load import Tables


@dataclass(frozen=True)
class Form:
    """One form of a briefing: `ending` ends the name of its file, `written` makes its bytes, as of the day handed in."""

    label: str
    ending: str
    mime: str
    what: str
    written: Callable[[Tables, Briefing, date], bytes]


def _slides(tables: Tables, briefing: Briefing, today: date) -> bytes:
    from dashboard.pack.slides.deck import written

    return written(tables, briefing, today)


def _webpage(tables: Tables, briefing: Briefing, today: date) -> bytes:
    from dashboard.pack.webpage import webpage

    return webpage(tables, briefing, today)


def _note(tables: Tables, briefing: Briefing, today: date) -> bytes:
    from dashboard.pack.note import note

    return note(tables, briefing, today)


def _sheets(tables: Tables, briefing: Briefing, today: date) -> bytes:
    from dashboard.pack.sheets import sheets

    return sheets(tables, briefing, today)


FORMS: dict[str, Form] = {
    "pptx": Form(
        "PowerPoint", ".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "slides to show and to edit: charts with their sheets, the timeline and the map as shapes, tables, notes, sources", _slides,
    ),
    "html": Form(
        "Web page (HTML)", ".html", "text/html",
        "one file that needs no network: pictures to point at, tables to search and sort, statements, sources, checksums", _webpage,
    ),
    "docx": Form(
        "Word", ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "a note of one to three pages: finding, picture, claims against denials, doubts, sources as endnotes", _note,
    ),
    "xlsx": Form(
        "Workbook (XLSX)", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "the rows in view, sums as formulas over them, sources with grades, statements", _sheets,
    ),
}  # fmt: skip
