"""The quote browser: who said what, in direct words or in ours, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from math import ceil
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard import controls, markup
from dashboard.address import Asked, Links
from dashboard.pages import ITEMS_A_PAGE, grades_explained, heading, nothing, source_line
from dashboard.questions import evidence, quotes
from dashboard.questions.deals import Selection
from dashboard.questions.quotes import Choice
from dashboard.tables.folding import fold
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from dashboard.words import format_count

MOST_BESIDE = 6  # more voices than this are one list: nobody reads seven columns
MOST_NAMES = 150
MOST_CHOICES = 5000  # names in the list to choose from; a browser holds no more in comfort


@dataclass(frozen=True, eq=False)
class View:
    """What a choice gives: the index of its statements, newest first, and what is said of them.

    `people` are the speakers of all that is in view, chosen or not, as `quotes.speakers` gives them. `options` maps
    each value that can be chosen, by its column, to its label with a count; `longest` is the number of statements in
    the longest column, or in the one list.
    """

    order: pd.Index
    people: pd.DataFrame
    finding: str
    options: dict[str, dict[str, str]]
    beside: bool
    longest: int


def render(tables: Tables, selection: Selection) -> None:
    """Draw the statements in view."""
    asked = controls.asked(tables, "quotes")
    choice = Choice(**{name: asked.several(name) for name in quotes.CHOSEN}, said=asked.one("said"))
    view = seen(tables, tables.stamp, selection, choice)
    heading("Quotes", view.finding)
    grades_explained(tables, controls.in_view(tables, asked, "statements", len(view.order)))
    show_filters(tables, asked, view)
    if view.order.empty:
        nothing("statement")
    number = show_place(asked, view) if view.longest else 1
    st.html(body(tables, tables.stamp, selection, choice, number, ITEMS_A_PAGE, asked.links))
    source_line(tables, "Only direct words stand in quotation marks; a paraphrase is in our words.")


@st.cache_resource(max_entries=64, show_spinner=False)
def seen(_tables: Tables, stamp: str, selection: Selection, choice: Choice) -> View:
    """Return what a choice gives, worked out once and shared."""
    within = quotes.select_quotes(_tables, selection)
    heard = quotes.choose(within, choice)
    shown = quotes.newest_first(heard)
    everybody = quotes.choose(within, replace(choice, analyst=())) if choice.analyst else heard
    counts = quotes.count_all_choices(within, choice)
    names = sorted({*list(counts["analyst"])[:MOST_CHOICES], *choice.analyst}, key=fold)
    labels = {name: _tables.dictionary.choices("quotes", name) for name in quotes.CHOSEN} | {
        "analyst": dict(zip(names, names, strict=True))
    }
    options = {
        column: {value: f"{label} · {counts[column].get(value, 0):,}" for value, label in labels[column].items()}
        for column in quotes.CHOSEN
    }
    beside = 2 <= len(choice.analyst) <= MOST_BESIDE and not shown.empty
    longest = int(shown["analyst"].value_counts().max()) if beside else len(shown)
    finding = quotes.finding(_tables, shown, choice, MOST_BESIDE)
    return View(shown.index, quotes.speakers(everybody), finding, options, beside, longest)


@st.cache_resource(max_entries=256, show_spinner=False)
def body(
    _tables: Tables, stamp: str, selection: Selection, choice: Choice, number: int, size: int, to: Links
) -> Markup:
    """Return one page of so many statements, and who else speaks; `to` makes its links."""
    view = seen(_tables, stamp, selection, choice)
    part = slice((number - 1) * size, number * size)
    page = _tables.quotes.loc[view.order[part]]
    shown = _tables.quotes.loc[view.order] if choice.analyst else page  # what is said of a speaker counts every page
    if view.beside:
        columns = markup.join(
            _voice(_tables, name, shown[shown["analyst"] == name], choice, part, to) for name in choice.analyst
        )
        main = Markup('<div class="voices">{}</div>{}')
        return main.format(columns, following(choice, part, view.longest, to))
    main = Markup('<div class="browse"><div class="column">{}{}{}</div>{}</div>')
    return main.format(
        _profiles(_tables, shown, choice), cards(_tables, page, choice, to),
        following(choice, part, view.longest, to), index(_tables, view.people, choice, to),
    )  # fmt: skip


def here(to: Links, choice: Choice, **changed: str) -> str:
    """Return a link to this page with the choice changed; "" takes a filter out. It begins at the first page."""
    return to("quotes", **{**vars(choice), **changed})


def show_filters(tables: Tables, asked: Asked, view: View) -> None:
    """Show the choices of this page, each with the number of statements that it would give."""
    title = tables.dictionary.title
    pills = partial(st.pills, selection_mode="multi", wrap=True)
    with st.container(key="quote-filters", gap="small"):
        left, right = st.columns([3, 2])
        with left:
            hint = "any; several stand side by side"
            controls.several(asked, "analyst", title("quotes", "analyst"), view.options["analyst"], placeholder=hint)
        with right:
            controls.words(asked, "said", "Words said", placeholder="in the statement itself")
        with st.container(horizontal=True, gap="medium"):
            for column in ("topic", "stance", "form"):
                controls.several(asked, column, title("quotes", column), view.options[column], pills)


def show_place(asked: Asked, view: View) -> int:
    """Show which statements are on screen and the numbers of the pages; return the page's number."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="place"):
        words = st.container(width="content")
        number = controls.page_number(asked, ceil(view.longest / ITEMS_A_PAGE))
    first, last = (number - 1) * ITEMS_A_PAGE + 1, min(number * ITEMS_A_PAGE, view.longest)
    span = f"{first:,} to {last:,} of {view.longest:,}" if view.longest > ITEMS_A_PAGE else "All"
    if view.beside:
        span = "All of each" if span == "All" else f"{first:,} to {last:,} of each"
    words.html(Markup('<p class="meta">{}, newest first, undated last</p>').format(span))
    return number


def following(choice: Choice, part: slice, count: int, to: Links) -> Markup:
    """Return the link to the next page, which begins at its top; nothing on the last page."""
    size = part.stop - part.start
    left = count - part.stop
    if left <= 0:
        return Markup()
    words = f"Next {min(left, size)} of {count:,} →"
    link = markup.link(here(to, choice, page=str(part.stop // size + 1)), words)
    return Markup('<p class="following">{}</p>').format(link)


def _voice(tables: Tables, name: str, rows: pd.DataFrame, choice: Choice, part: slice, to: Links) -> Markup:
    text = Markup('<section class="voice" aria-label="{}"><h2>{}</h2>{}{}</section>')
    alone = markup.link(here(to, choice, analyst=name), name)
    if rows.empty:
        return text.format(name, alone, "No statement fits these filters.", "")
    page = rows.iloc[part]
    said = Markup('<p class="meta">No more statements.</p>') if page.empty else cards(tables, page, choice, to)
    return text.format(name, alone, profile(tables, rows), said)


def _profiles(tables: Tables, shown: pd.DataFrame, choice: Choice) -> Markup:
    said = {name: shown[shown["analyst"] == name] for name in choice.analyst if not shown.empty}
    name = Markup("<h2>{}</h2>").format
    return markup.join((name(who) if len(said) > 1 else "") + profile(tables, rows) for who, rows in said.items())


def cards(tables: Tables, rows: pd.DataFrame, choice: Choice, to: Links) -> Markup:
    """Return statements as cards, each with the deals it speaks of and its sources."""
    spoken, cited = quotes.deals_each(tables, rows["deal_ids"]), evidence.cited_each(tables, rows["source_ids"])
    return markup.join(
        markup.statement(
            tables, row, about(tables, deals, to), markup.folded_sources(tables, sources),
            "" if choice.analyst else markup.link(here(to, choice, analyst=row["analyst"]), row["analyst"]),
        )
        for row, deals, sources in zip(records(rows), spoken, cited, strict=True)
    )  # fmt: skip


def about(tables: Tables, deals: list[dict[str, str]], to: Links) -> Markup:
    """Return the deals that a statement speaks of as links; an alleged or denied one carries its mark."""
    if not deals:
        return Markup()
    links = [markup.deal_link(tables, deal, to("deal", id=deal["deal_id"])) for deal in deals]
    return Markup('<p class="about"><span class="meta">Speaks of</span> {}</p>').format(markup.join(links, "; "))


def profile(tables: Tables, rows: pd.DataFrame) -> Markup:
    """Return one speaker's statements in a line: how many, how many of them direct, about what, in what stance."""
    direct = quotes.count_exact(tables, rows) or "none"
    parts = [Markup("<span><b>{}</b>, {} in direct words</span>").format(format_count(len(rows), "statement"), direct)]
    for column in ("topic", "stance"):
        counted = quotes.count_by(rows, column, tables.dictionary.choices("quotes", column))
        words = ", ".join(f"{tables.dictionary.label('quotes', column, value)} {n}" for value, n in counted.items())
        text = Markup('<span><span class="meta">{}</span> {}</span>')
        parts.append(text.format(tables.dictionary.title("quotes", column), words or "none"))
    return Markup('<p class="profile">{}</p>').format(markup.join(parts, " "))


def index(tables: Tables, people: pd.DataFrame, choice: Choice, to: Links) -> Markup:
    """Return everybody who speaks, by kind of speaker, each a link to what they said; `people` as `quotes.speakers` gives."""
    groups = markup.join(_kinds(tables, records(people.head(MOST_NAMES)), choice, to))
    everyone = markup.link(here(to, choice, analyst=""), "all speakers") if choice.analyst else ""
    more = max(0, len(people) - MOST_NAMES)
    rest = Markup('<p class="meta">{:,} more: find them by name above.</p>').format(more) if more else ""
    frame = Markup('<nav class="speakers" aria-label="Speakers"><h2>{}</h2>{}{}{}</nav>')
    return frame.format(format_count(len(people), "speaker"), everyone, groups, rest)


def _kinds(tables: Tables, people: list[dict[str, Any]], choice: Choice, to: Links) -> Iterator[Markup]:
    for kind, label in tables.dictionary.choices("quotes", "speaker_kind").items():
        group = [row for row in people if row["speaker_kind"] == kind]
        names = markup.join(_name(row, choice, to) for row in group)
        if group:
            yield Markup("<h3>{} <span>{}</span></h3><ul>{}</ul>").format(label, len(group), names)


def _name(row: dict[str, Any], choice: Choice, to: Links) -> Markup:
    current = Markup(' aria-current="true"') if row["analyst"] in choice.analyst else ""
    text = Markup("<li{}>{} <span>{}</span></li>")
    return text.format(
        current, markup.link(here(to, choice, analyst=row["analyst"]), row["analyst"]), row["statements"]
    )
