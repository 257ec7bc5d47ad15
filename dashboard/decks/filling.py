"""Decks with their figures: each slide as its view, its picture, its line with every field filled in, and its notes; and what is wrong with one."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from dashboard.decks.deck import LINE, Deck, Slide
from dashboard.decks.fields import Scope
from dashboard.decks.fields import filled as _with_fields
from dashboard.decks.reading import Draft, line_of
from dashboard.decks.seen import Problem, rows_of, seen
from dashboard.tables.faults import Fault
from dashboard.tables.load import Tables
from dashboard.views.view import Picture, Rows, View


class Filled(NamedTuple):
    """A slide as it is shown: with a `picture`, or the table `rows`, or, where it has neither, what its view says."""

    view: View
    picture: Picture | None
    rows: Rows | None
    line: str
    notes: str


def filled(tables: Tables, deck: Deck, today: date) -> list[Filled]:
    """Return the slides of a deck as they are on a day; one that can show nothing is left out."""
    made = [slide_of(tables, slide, today)[0] for slide in deck.slides]
    return [slide for slide in made if slide]


def slide_of(tables: Tables, slide: Slide, today: date) -> tuple[Filled | None, dict[str, list[Problem]]]:
    """Return a slide as it is shown, None where its address names no page, and its problems by the key of the file: view, line, notes."""
    shown, wrong = seen(tables, slide.view, today)
    problems = {"view": wrong}
    if shown is None:
        return None, problems
    scope = Scope(tables, shown.asked, shown.view)
    line, problems["line"] = _with_fields(scope, slide.line)
    if len(line) > LINE:
        problem = f"is too long for a line to take home, with its fields filled in: {len(line):,} letters"
        problems["line"].append(Problem(line, problem, f"Write at most {LINE}"))
    notes, problems["notes"] = _with_fields(scope, slide.notes)
    rows = rows_of(shown.view, slide.view)
    return Filled(shown.view, None if rows else shown.picture, rows, line, notes), problems


def faults(tables: Tables, file: str, draft: Draft, today: date) -> list[Fault]:
    """Return everything that is wrong with a deck, in the order of the file: its form, and what its slides ask the tables for."""
    found = list(draft.faults)
    for number, slide in draft.slides.items():
        _, problems = slide_of(tables, slide, today)
        for key, wrong in problems.items():
            line = line_of(draft.lines, number, key)
            found += [Fault(f"decks/{file}", line, "", *_placed(one, number)) for one in wrong]
    return sorted(found, key=lambda fault: fault.line)


def _placed(one: Problem, number: int) -> tuple[str, str, str]:
    """Return a problem with the number of its slide, which an editor does not show."""
    return one.value, f"{one.problem} (slide {number})", one.remedy
