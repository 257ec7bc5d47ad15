"""Pieces of a page as HTML: badges, cards, lines of words; every value from the tables is escaped on its way in.

Pure functions from values to markup, with no Streamlit: a page joins them and shows them with `st.html`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard import dates, theme
from dashboard.data import Tables

Row = Mapping[str, Any] | pd.Series


def join(parts: Iterable[Markup | str], between: str = "") -> Markup:
    """Return pieces of markup one after another; plain text among them is escaped."""
    return Markup(between).join(parts)


def credibility(tables: Tables, value: object) -> Markup:
    """Return the badge of an Admiralty credibility, 1 to 6, with its words; nothing for a blank."""
    if pd.isna(value):
        return Markup('<span class="grade" data-grade="none">opinion, not graded</span>')
    words = tables.dictionary.label("deals", "credibility", value)
    return Markup('<span class="grade" data-grade="{0}" title="Information credibility {0}"><b>{0}</b> {1}</span>').format(
        value, words
    )


def reliability(tables: Tables, value: str) -> Markup:
    """Return the badge of an Admiralty source reliability, A to F, with its words."""
    words = tables.dictionary.label("sources", "reliability", value)
    return Markup('<span class="grade" data-grade="{0}" title="Source reliability {0}"><b>{0}</b> {1}</span>').format(
        value, words
    )


def status(tables: Tables, value: str) -> Markup:
    """Return the mark of a deal's status; alleged and denied look different from all others."""
    return Markup('<span class="status" data-status="{}">{}</span>').format(
        value, tables.dictionary.label("deals", "status", value)
    )


def domain(tables: Tables, value: str) -> Markup:
    """Return the mark of a domain: its shape in its colour, and its name."""
    return Markup('<span class="domain"><i style="color:{}" aria-hidden="true">{}</i> {}</span>').format(
        theme.DOMAIN_COLOURS[value], theme.DOMAIN_GLYPHS[value], tables.dictionary.label("deals", "domain", value)
    )


def link(href: str, words: str | Markup) -> Markup:
    """Return a link to a page of ours, opened in place."""
    return Markup('<a href="{}" target="_self">{}</a>').format(href, words)


def source(tables: Tables, row: Row) -> Markup:
    """Return one source: its headline as a link to the publisher's page, publisher, date and grade.

    A headline in [square brackets] was not seen but described, so it is set apart; a source without an address says so.
    """
    described = row["title"].startswith("[")
    words = Markup('<span class="{}">{}</span>').format("described" if described else "headline", row["title"].strip("[]"))
    if row["url"]:
        words = Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(row["url"], words)
    else:
        words = Markup("{} <em>(no public address)</em>").format(words)
    country = f", {tables.country_name(row['country'])}" if row["country"] else ""
    text = Markup('<li class="source" id="source-{}">{} <span class="meta">{}{}, {}</span> {}</li>')
    when = dates.format_date(row["published"])
    return text.format(row["source_id"], words, row["publisher"], country, when, reliability(tables, row["reliability"]))


def sources(tables: Tables, rows: pd.DataFrame) -> Markup:
    """Return sources as a list."""
    return Markup('<ul class="sources">{}</ul>').format(join(source(tables, row) for _, row in rows.iterrows()))


def statement(tables: Tables, row: Row, about: Markup | str = "", rests_on: Markup | str = "") -> Markup:
    """Return one statement as a card; direct words stand in quotation marks, a paraphrase never does.

    `about` is markup on the deals it speaks of, `rests_on` on its sources.
    """
    label = tables.dictionary.label
    if row["form"] == "direct":
        said = Markup("<blockquote>“{}”</blockquote>").format(row["text"])
    else:
        said = Markup('<p class="paraphrase">{}</p>').format(row["text"])
    who = Markup('<p class="who"><b>{}</b>, {}, {}</p>').format(
        row["analyst"], row["role"], tables.country_name(row["country"])
    )
    marks = Markup('<p class="marks"><span class="form">{}</span> <span class="stance" data-stance="{}">{}</span> {} {}</p>')
    marks = marks.format(
        label("quotes", "form", row["form"]), row["stance"], label("quotes", "stance", row["stance"]),
        dates.format_date(row["date"]), credibility(tables, row["credibility"]),
    )  # fmt: skip
    frame = Markup('<article class="statement" data-form="{}" id="{}">{}{}{}{}{}</article>')
    return frame.format(row["form"], row["quote_id"], said, who, marks, about, rests_on)


def table(headings: list[str], rows: Iterable[Iterable[Markup | str]], caption: str, numbers: int = 0) -> Markup:
    """Return a plain table that a keyboard and a screen reader can walk; the last `numbers` columns are figures."""
    first = len(headings) - numbers
    kinds = ['class="number"' if at >= first else "" for at in range(len(headings))]
    head = join(Markup('<th scope="col" {}>{}</th>').format(Markup(kind), words) for kind, words in zip(kinds, headings, strict=True))
    body = join(
        Markup("<tr>{}</tr>").format(
            join(Markup("<td {}>{}</td>").format(Markup(kind), cell) for kind, cell in zip(kinds, row, strict=True))
        )
        for row in rows
    )
    frame = '<div class="scroll" tabindex="0" role="region" aria-label="{0}"><table><caption>{0}</caption><thead><tr>{1}</tr></thead><tbody>{2}</tbody></table></div>'
    return Markup(frame).format(caption, head, body)
