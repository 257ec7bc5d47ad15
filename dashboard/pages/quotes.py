"""The quote browser: who said what, in direct words or in ours, and what it rests on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from math import ceil
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard import cite_button, controls, filters, in_view, rows_table
from dashboard.address import Asked, Links
from dashboard.choices.parameters import EVERY, nations
from dashboard.kept import kept
from dashboard.pages import ITEMS_A_PAGE, drawing, heading, nothing, source_line
from dashboard.questions import evidence, quotes
from dashboard.questions.deals import Selection
from dashboard.questions.quotes import Choice, Speaker
from dashboard.tables.folding import fold
from dashboard.tables.load import Tables
from dashboard.tables.model import is_in
from dashboard.templates import render as template
from dashboard.views.quotes import MADE

MOST_NAMES = 150
MOST_CHOICES = 5000  # names in the list to choose from; a browser holds no more in comfort


@dataclass(frozen=True, eq=False)
class View:
    """What a choice gives: the index of its statements, newest first, and what is said of them.

    `people` are the speakers of all that is in view, chosen or not, as `quotes.speakers` gives them. `filters`
    are those of this page, with a count beside each value; `beside` is by which choice
    statements stand side by side, "" where they are one list; `longest` is the number of statements in the longest
    column, or in the one list.
    """

    order: pd.Index
    people: list[Speaker]
    finding: str
    filters: filters.Drawn
    beside: str
    longest: int


def render(tables: Tables, selection: Selection) -> None:
    """Draw the statements in view."""
    asked = controls.asked(tables, "quotes")
    choice = asked.statements
    view = seen(tables, selection, choice)
    heading("Quotes", view.finding)
    in_view.line(tables, asked, "statements", len(view.order), grades=True)
    if named := asked.one("statement"):
        st.html(pointed(tables, named, choice, asked.links))
        cite_button.of_statement(tables, asked)
    filters.show(asked, view.filters, "Filters of statements")
    if view.order.empty:
        nothing("statement")
    number = show_place(asked, view) if view.longest else 1
    drawing(body(tables, selection, choice, number, ITEMS_A_PAGE, asked.links), key="statements", kind="rows")
    source_line(tables, MADE)
    if len(view.order):
        rows_table.show(tables, asked, rows(tables, selection, choice, asked.links))


def prepare(tables: Tables, here: Asked) -> None:
    """Work out what an address shows, for whoever asks for it next."""
    seen(tables, here.selection, here.statements)
    body(tables, here.selection, here.statements, 1, ITEMS_A_PAGE, here.links)
    rows(tables, here.selection, here.statements, here.links)


@kept
def rows(tables: Tables, selection: Selection, choice: Choice, to: Links) -> rows_table.Drawn:
    """Return the statements in view as rows to take away; `to` makes their links."""
    return rows_table.draw(tables, "statements", quotes.select_quotes(tables, selection, choice), to)


@kept
def seen(tables: Tables, selection: Selection, choice: Choice) -> View:
    """Return what a choice gives, worked out once and shared."""
    within = quotes.select_quotes(tables, selection)
    heard = quotes.choose(within, choice)
    shown = quotes.newest_first(heard)
    everybody = quotes.choose(within, replace(choice, analyst=())) if choice.analyst else heard
    counts = quotes.count_all_choices(within, choice)
    names = sorted({*list(counts["analyst"])[:MOST_CHOICES], *choice.analyst}, key=fold)
    labels = {name: tables.dictionary.choices("quotes", column) for name, column in quotes.COLUMNS.items()} | {
        "analyst": dict(zip(names, names, strict=True)),
        "nation": nations(tables),
    }
    options = {
        name: {value: f"{label} · {counts[name].get(value, 0):,}" for value, label in labels[name].items()}
        for name in quotes.COLUMNS
    }
    beside = choice.beside if len(shown) else ""
    longest = most(shown, quotes.COLUMNS[beside]) if beside else len(shown)
    finding = quotes.finding(tables, shown, choice)
    return View(shown.index, quotes.speakers(everybody), finding, to_choose(tables, options), beside, longest)


@kept
def pointed(tables: Tables, quote_id: str, choice: Choice, to: Links) -> Markup:
    """Return the one statement that the address names, whatever the filters, with a link to all that are in view."""
    said = with_deals(tables, tables.quotes[tables.quotes["quote_id"] == quote_id])
    return template("quotes/pointed.html", tables=tables, to=to, said=said, rest=here(to, choice))


@kept
def body(tables: Tables, selection: Selection, choice: Choice, number: int, size: int, to: Links) -> Markup:
    """Return one page of so many statements, and who else speaks; `to` makes its links."""
    view = seen(tables, selection, choice)
    part = slice((number - 1) * size, number * size)
    page = tables.quotes.loc[view.order[part]]
    by = view.beside or "analyst"
    shown = tables.quotes.loc[view.order] if getattr(choice, by) else page  # what is said of a voice counts every page
    names = getattr(choice, by) if len(shown) else ()
    voices = {name: shown[is_in(shown, quotes.COLUMNS[by], (name,))] for name in names}
    stances = quotes.on_one_scale(tables, shown)
    return template(
        "quotes/body.html",
        tables=tables, to=to, choice=choice, here=partial(here, to, choice), beside=view.beside,
        speakers=[
            {**speaker(tables, rows, part, bool(view.beside)), "name": quotes.voice(tables, by, name), "href": here(to, choice, **{by: name})}
            for name, rows in voices.items()
        ],
        stances=stances, most=max([1, *(most(rows, "stance") for rows in voices.values())]),
        said=[] if view.beside else with_deals(tables, page), count=view.longest,
        next_page=following(part, view.longest), people=len(view.people), kinds=by_kind(tables, view.people),
        unnamed=max(0, len(view.people) - MOST_NAMES),
    )  # fmt: skip


def most(rows: pd.DataFrame, column: str) -> int:
    """Return how many statements have the same value of a column, of that which has most; 0 of none."""
    return max(Counter(rows[column].to_numpy()).values(), default=0)


def here(to: Links, choice: Choice, **changed: str) -> str:
    """Return a link to this page with the choice changed; "" takes a filter out. It begins at the first page."""
    return to("quotes", **{**vars(choice), **changed})


def to_choose(tables: Tables, options: dict[str, dict[str, str]]) -> filters.Drawn:
    """Return the filters of this page; `options` maps each value, by its name in the address, to its label with a count."""
    title = tables.dictionary.title
    return filters.drawn(
        filters.several("analyst", title("quotes", "analyst"), options["analyst"], "any; several stand side by side", room=4),
        filters.several("nation", EVERY["nation"].label, options["nation"], "any country", room=2.5),
        filters.words("said", "Words said", "any words", room=2.5),
        *(filters.buttons(name, title("quotes", quotes.COLUMNS[name]), options[name])
          for name in ("topic", "stance", "speaker", "form")),
    )  # fmt: skip


def show_place(asked: Asked, view: View) -> int:
    """Show which statements are on screen and the numbers of the pages; return the page's number."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="place"):
        words = st.container(width="content")
        number = controls.page_number(asked, ceil(view.longest / ITEMS_A_PAGE))
    first, last = (number - 1) * ITEMS_A_PAGE + 1, min(number * ITEMS_A_PAGE, view.longest)
    span = f"{first:,} to {last:,} of {view.longest:,}" if view.longest > ITEMS_A_PAGE else "All"
    if view.beside:
        span = "All of each" if span == "All" else f"{first:,} to {last:,} of each"
    words.html(template("paragraph.html", kind="meta", words=f"{span}, newest first, undated last"))
    return number


def following(part: slice, count: int) -> dict[str, int] | None:
    """Return the number of the next page, which begins at its top, and how many it holds; None on the last page."""
    size, left = part.stop - part.start, count - part.stop
    return {"number": part.stop // size + 1, "size": min(left, size)} if left > 0 else None


def speaker(tables: Tables, rows: pd.DataFrame, part: slice, beside: bool) -> dict[str, Any]:
    """Return one voice's statements in numbers, and those of this page where voices stand side by side."""
    counts = {
        column: quotes.count_by(rows, column, tables.dictionary.choices("quotes", column))
        for column in ("topic", "stance")
    }
    said = with_deals(tables, rows.iloc[part]) if beside else []
    return {
        "count": len(rows),
        "direct": quotes.count_exact(tables, rows),
        "counts": counts,
        "said": said,
    }


def with_deals(tables: Tables, rows: pd.DataFrame) -> list[tuple[Any, ...]]:
    """Return statements one by one, each with the deals it speaks of and its sources."""
    spoken = quotes.deals_each(tables, rows["deal_ids"])
    return [
        (row, deals, sources) for (row, sources), deals in zip(evidence.with_sources(tables, rows), spoken, strict=True)
    ]


def by_kind(tables: Tables, people: list[Speaker]) -> list[tuple[str, list[Speaker]]]:
    """Return who speaks by kind of speaker, each kind with its label."""
    kinds = tables.dictionary.choices("quotes", "speaker_kind")
    groups = [
        (label, [person for person in people[:MOST_NAMES] if person.speaker_kind == kind])
        for kind, label in kinds.items()
    ]
    return [(label, group) for label, group in groups if group]
