"""Two relations, states or speakers side by side, on the same scales."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from markupsafe import Markup

from dashboard import controls, filters, in_view, rows_table
from dashboard.address import Asked, Links
from dashboard.choices.parameters import EVERY
from dashboard.kept import kept
from dashboard.pages import drawing, heading, nothing, source_line
from dashboard.questions import comparable, comparison, difference
from dashboard.questions.comparable import RELATION, SPEAKER, Compared
from dashboard.questions.deals import Selection
from dashboard.tables.load import Tables
from dashboard.templates import render as template
from dashboard.views.compare import READ_AS, TOO_LITTLE, both_of, deals_of, is_empty
from dashboard.words import format_count

MOST_CHOICES = 5000  # in a list to choose from; a browser holds no more in comfort


class View(NamedTuple):
    """What a pair gives: how many deals are in view on either side, the difference in words, and the page."""

    deals: int
    finding: str
    body: Markup


def render(tables: Tables, selection: Selection) -> None:
    """Draw the two that the address names, or else the subject states beside the busiest other relation."""
    here = controls.asked(tables, "compare")
    pair = pair_of(tables, here)
    if not all(pair):
        heading("Compare", TOO_LITTLE)
        return
    view = build(tables, selection, pair, here.links)
    heading("Compare", view.finding)
    both = replace(here, made={"a": pair[:1], "b": pair[1:]})  # what the link names, though the address may not
    in_view.line(tables, both, shown=view.deals, grades=True)
    filters.show(both, sides(tables, pair), "The two to compare")
    if view.body:
        drawing(view.body, key="compared")
    else:
        nothing()
    source_line(tables, READ_AS)
    if view.deals:
        found = rows(tables, selection, pair, here.links)
        rows_table.show(tables, here, found, f"{format_count(view.deals, 'deal')} of the two, each once")


def prepare(tables: Tables, here: Asked) -> None:
    """Work out what an address shows, for whoever asks for it next."""
    pair = pair_of(tables, here)
    if all(pair):
        sides(tables, pair)
        build(tables, here.selection, pair, here.links)
        rows(tables, here.selection, pair, here.links)


def pair_of(tables: Tables, here: Asked) -> tuple[str, str]:
    """Return the two that the address names, or else the likeliest; "" for what there is not."""
    return comparable.pair(tables, here.one("a"), here.one("b"))


@kept
def sides(tables: Tables, pair: tuple[str, str]) -> filters.Drawn:
    """Return the two lists to choose from: relations first, then states and speakers, which say what they are."""
    names = {
        key: name if kind == RELATION else f"{name} · {kind}"
        for kind, found in comparable.ranked(tables).items()
        for key, name in found.items()
    }
    first = list(names)[:MOST_CHOICES]
    return filters.drawn(
        *(filters.one(side, EVERY[side].label, {key: names[key] for key in dict.fromkeys([*first, chosen])}, room=3)
          for side, chosen in zip("ab", pair, strict=True))
    )  # fmt: skip


@kept
def rows(tables: Tables, selection: Selection, pair: tuple[str, str], to: Links) -> rows_table.Drawn:
    """Return the deals of either of the two as rows to take away, each once; `to` makes their links."""
    return rows_table.draw(tables, "deals", deals_of(tables, both_of(tables, selection, pair)), to)


@kept
def build(tables: Tables, selection: Selection, pair: tuple[str, str], to: Links) -> View:
    """Return the two side by side; `to` makes the links. The page is empty where nothing of either is in view."""
    both = both_of(tables, selection, pair)
    found = difference.finding(tables, both)
    if is_empty(both):
        return View(0, found, Markup(""))
    body = template(
        "compare/body.html", tables=tables, to=to, both=both, lead=" ".join(difference.sureness(both)),
        parts=comparison.parts(tables, both), hrefs=[opens(one, to) for one in both],
        swapped=to("compare", a=pair[1], b=pair[0]),
    )  # fmt: skip
    return View(len(deals_of(tables, both)), found, body)


def opens(one: Compared, to: Links) -> list[tuple[str, str]]:
    """Return what leads from one of the two to the pages that show it alone: words and address."""
    if one.kind == SPEAKER:
        return [("Statements", to("quotes", analyst=one.key))]
    pages = {"Timeline": "timeline", "Value": "value", "Map": "map", "Statements": "quotes"}
    return [(words, to(page, country=one.codes)) for words, page in pages.items()]
