"""What the address of a slide shows, read strictly: what a reader's address may hold in vain is a fault here, with a remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from dashboard import address, views
from dashboard.address import Asked
from dashboard.choices.parameters import EVERY, parameters
from dashboard.tables.likeness import nearest
from dashboard.tables.load import Tables
from dashboard.views.view import Picture, Rows, View

FEW = 60  # values that a remedy looks through for the nearest
EXAMPLE = "Write the address as it stands in the browser after the name of the site: /value?domain=naval"


class Problem(NamedTuple):
    """What is wrong with a slide: the `value` that is meant, in which way, and what to do; without a full stop."""

    value: str
    problem: str
    remedy: str


class Seen(NamedTuple):
    """What a slide shows: its view, what its address asks for, and its picture, None where the view has none."""

    asked: Asked
    view: View
    picture: Picture | None


def seen(tables: Tables, text: str, today: date, site: str = "") -> tuple[Seen | None, list[Problem]]:
    """Return what an address shows on a day, None where it is no address of a page, and every problem with it."""
    parts = urlsplit(text)
    if parts.scheme or parts.netloc:
        return None, [Problem(text, "names a site, and a deck is shown wherever it is", EXAMPLE)]
    page = parts.path.strip("/")
    if page not in views.PAGES:
        known = [f"/{name}" for name in views.PAGES]
        return None, [Problem(parts.path, "is no page that a slide can show", nearest(f"/{page}", known))]
    given = parse_qs(parts.query, keep_blank_values=True)
    asked = address.read(tables, page, given, site)
    problems = [*_unknown(page, given), *_lost(tables, asked)]
    view = views.view(tables, asked, today)
    if not view.count and not problems:
        problems.append(Problem(text, "shows nothing", "Take a filter out of it, or the slide out of the deck"))
    known = [one.name for one in (*view.pictures, *view.tables)]
    picture = next((one for one in view.pictures if parts.fragment in ("", one.name)), None)
    if parts.fragment and parts.fragment not in known:
        problems.append(Problem(f"#{parts.fragment}", "names no picture and no table of this view", nearest(parts.fragment, known)))  # fmt: skip
    return Seen(asked, view, picture), problems


def rows_of(view: View, text: str) -> Rows | None:
    """Return the table that an address names, or the first where the view has neither a picture nor statements; None for neither."""
    named = urlsplit(text).fragment
    bare = not (named or view.pictures or view.statements)
    return next((rows for rows in view.tables if bare or rows.name == named), None)


def _unknown(page: str, given: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    """Yield the parameters that a page does not have."""
    known = [parameter.name for parameter in parameters(page)]
    for name in given:
        if name not in known:
            yield Problem(name, f"is no parameter of /{page}", nearest(name, known))


def _lost(tables: Tables, asked: Asked) -> Iterator[Problem]:
    """Yield the values that an address asks for in vain, and years that contradict each other."""
    for name, texts in asked.lost.items():
        parameter = EVERY[name]
        choices = [*parameter.choices(tables)] if parameter.choices else []
        for text in texts:
            if name in asked.values and not parameter.several:
                yield Problem(text, f"is a second value of {name}, which takes one", "Write one of them")
            elif choices and len(choices) <= FEW:
                yield Problem(text, f"is {parameter.noun} that {parameter.lacking}", nearest(text, choices))
            else:
                yield Problem(text, f"is {parameter.noun} that {parameter.lacking}", "Choose it on the page, and copy the address")  # fmt: skip
    if asked.selection.has_no_year:
        yield Problem(asked.one("from"), f"is later than {asked.one('to')}, so nothing can be within these years", "Write the earlier year first")  # fmt: skip
