"""Pieces of a page as HTML: badges, cards, lines of words; every value from the tables is escaped on its way in.

Pure functions from values to markup, with no Streamlit: a page joins them and shows them with `st.html`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from dashboard.tables import dates
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from dashboard.words import format_count

Row = Mapping[str, Any] | pd.Series


def join(parts: Iterable[Markup | str], between: str = "") -> Markup:
    """Return pieces of markup one after another; plain text among them is escaped."""
    return Markup(between).join(parts)


def credibility(tables: Tables, value: object) -> Markup:
    """Return the badge of an Admiralty credibility, 1 to 6, with its words; nothing for a blank."""
    if pd.isna(value):
        return Markup('<span class="grade" data-grade="none">opinion, not graded</span>')
    words = tables.dictionary.label("deals", "credibility", value)
    return Markup(
        '<span class="grade" data-grade="{0}" title="Information credibility {0}"><b>{0}</b> {1}</span>'
    ).format(value, words)


def reliability(tables: Tables, value: str) -> Markup:
    """Return the badge of an Admiralty source reliability, A to F, with its words."""
    words = tables.dictionary.label("sources", "reliability", value)
    return Markup('<span class="grade" data-grade="{0}" title="Source reliability {0}"><b>{0}</b> {1}</span>').format(
        value, words
    )


def status(tables: Tables, value: str, family: str = "") -> Markup:
    """Return the mark of a deal's status, in the words of its family; alleged and denied look different from all others.

    Without a `family` the words are those for dealings of every sort.
    """
    words = tables.dictionary.label("deals", "status", value, family)
    doubted = Markup(" data-doubted") if value in tables.dictionary.having("deals", "status", "doubted") else ""
    return Markup('<span class="status"{}>{}</span>').format(doubted, words)


def sample(tables: Tables, table: str, column: str, value: str) -> Markup:
    """Return a small field filled as a value's bars are, for a legend."""
    pattern = tables.dictionary.meaning(table, column, "pattern")[value]
    return Markup('<i class="sample" data-pattern="{}" aria-hidden="true"></i>').format(pattern)


def domain(tables: Tables, value: str) -> Markup:
    """Return the mark of a domain: its shape in its colour, and its name."""
    meaning = tables.dictionary.tables["deals"]["domain"].meanings[value]
    return Markup('<span class="domain"><i style="color:{}" aria-hidden="true">{}</i> {}</span>').format(
        meaning["colour"], meaning["glyph"], meaning["label"]
    )


def link(href: str, words: str | Markup) -> Markup:
    """Return a link to a page of ours, opened in place."""
    return Markup(f'<a href="{escape(href)}" target="_self">{escape(words)}</a>')


def deal_link(tables: Tables, deal: Row, href: str) -> Markup:
    """Return a deal's title as a link to it; an alleged or denied one says so beside its name."""
    name = link(href, deal["title"])
    if not deal["is_doubted"]:
        return name
    return Markup("{} {}").format(name, status(tables, deal["status"], deal["family"]))


def headline(row: Row) -> Markup:
    """Return a source's headline as a link to the publisher's page; one without an address says so.

    A headline in [square brackets] was not seen but described, so it is set apart.
    """
    kind = "described" if row["title"].startswith("[") else "headline"
    words = Markup('<span class="{}">{}</span>').format(kind, row["title"].strip("[]"))
    if row["url"]:
        return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(row["url"], words)
    return Markup("{} <em>(no public address)</em>").format(words)


def source(tables: Tables, row: Row, anchor: bool = True) -> Markup:
    """Return one source: its headline, publisher, date and grade.

    `anchor` gives it an id to link to, which only one place on a page may have.
    """
    country = f", {tables.country_name(row['country'])}" if row["country"] else ""
    text = Markup('<li class="source"{}>{} <span class="meta">{}{}, {}</span> {}</li>')
    when = dates.format_date(row["published"])
    mark = Markup(' id="source-{}"').format(row["source_id"]) if anchor else ""
    return text.format(mark, headline(row), row["publisher"], country, when, reliability(tables, row["reliability"]))


def sources(tables: Tables, rows: pd.DataFrame, anchors: bool = True) -> Markup:
    """Return sources as a list."""
    items = join(source(tables, row, anchors) for row in records(rows))
    return Markup('<ul class="sources">{}</ul>').format(items)


def folded_sources(tables: Tables, rows: Sequence[Row]) -> Markup:
    """Return sources as one line of publishers with their grades, which opens to the whole list.

    Pages that carry one origin's text are many sources but one origin, and the line says so.
    """
    graded = Markup("{} {}").format
    named = join((graded(row["publisher"], reliability(tables, row["reliability"])) for row in rows), " · ")
    origins = format_count(len({row["origin"] for row in rows}), "independent origin")
    kin = f"{len(rows)} sources, {origins}" if len(rows) > 1 else "Source"
    opened = join(source(tables, row, anchor=False) for row in rows)
    frame = Markup(
        '<details class="rests-on"><summary><span class="meta">{}:</span> {}</summary><ul class="sources">{}</ul></details>'
    )
    return frame.format(kin, named, opened)


def statement(
    tables: Tables, row: Row, about: Markup | str = "", rests_on: Markup | str = "", speaker: Markup | str = ""
) -> Markup:
    """Return one statement as a card; direct words stand in quotation marks, a paraphrase never does.

    `about` is markup on the deals it speaks of, `rests_on` on its sources, `speaker` the name where it is a link.
    """
    label = tables.dictionary.label
    if row["form"] in tables.dictionary.having("quotes", "form", "exact"):
        said = Markup("<blockquote>“{}”</blockquote>").format(row["text"])
    else:
        said = Markup('<p class="paraphrase">{}</p>').format(row["text"])
    form = Markup('<p class="form-line"><span class="form">{}</span></p>').format(label("quotes", "form", row["form"]))
    country = tables.country_name(row["country"])
    named = re.search(
        rf"(of|,) {re.escape(country)}\b", row["role"]
    )  # so that it never reads President of Turkey, Turkey
    country = "" if named else f", {country}"
    who = Markup('<p class="who"><b>{}</b>, {}{}</p>').format(speaker or row["analyst"], row["role"], country)
    marks = Markup('<p class="marks">{} · {} <span class="stance" data-side="{}">{}</span> {}</p>')
    marks = marks.format(
        dates.format_date(row["date"]), label("quotes", "topic", row["topic"]),
        tables.dictionary.meaning("quotes", "stance", "side")[row["stance"]],
        label("quotes", "stance", row["stance"]), credibility(tables, row["credibility"]),
    )  # fmt: skip
    frame = Markup('<article class="statement" data-form="{}" id="{}">{}{}{}{}{}{}</article>')
    return frame.format(row["form"], row["quote_id"], form, said, who, marks, about, rests_on)


def table(headings: list[str], rows: Iterable[Iterable[Markup | str]], caption: str, numbers: int = 0) -> Markup:
    """Return a plain table that a keyboard and a screen reader can walk; the last `numbers` columns are figures."""
    first = len(headings) - numbers
    kinds = [' class="number"' if at >= first else "" for at in range(len(headings))]
    head = join(
        Markup('<th scope="col"{}>{}</th>').format(Markup(kind), words)
        for kind, words in zip(kinds, headings, strict=True)
    )
    body = Markup("".join(f"<tr>{_cells(kinds, row)}</tr>" for row in rows))
    frame = '<div class="scroll" tabindex="0" role="region" aria-label="{0}"><table><caption>{0}</caption><thead><tr>{1}</tr></thead><tbody>{2}</tbody></table></div>'
    return Markup(frame).format(caption, head, body)


def _cells(kinds: list[str], row: Iterable[Markup | str]) -> str:
    return "".join(f"<td{kind}>{escape(cell)}</td>" for kind, cell in zip(kinds, row, strict=True))


def admiralty_scale(tables: Tables) -> Markup:
    """Return the explanation of the two grades: both lists in the dictionary's words, and how to read them."""
    lists = []
    for table, column, words in (("sources", "reliability", "The source"), ("deals", "credibility", "The information")):
        rows = tables.dictionary.choices(table, column).items()
        items = join(Markup("<li><b>{}</b> {}</li>").format(value, label) for value, label in rows)
        lists.append(Markup("<div><h3>{}</h3><ul>{}</ul></div>").format(words, items))
    note = Markup(
        "<p>The NATO Admiralty system judges two things, each by itself: how far a source can be relied on, A to F, and "
        "how far what it says can be believed, 1 to 6. A good source may carry a doubtful report, and the other way round. "
        "<b>F and 6 mean that it cannot be judged; they are not the worst grades.</b> Grades are never averaged or added up.</p>"
    )
    return Markup('<div class="admiralty">{}<div class="scales">{}</div></div>').format(note, join(lists))
