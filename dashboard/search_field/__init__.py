"""The field of the masthead that finds anything: what is typed goes to the server, and the best results come back.

The server answers each pause in typing by running this one fragment, a few milliseconds, while the page stands as it
is. So a search has one index, one folding and one way to forgive errors, for the suggestions and for the page of all
results, and no reader loads an index that they do not use. It works the same behind `streamlit run app.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from dashboard import controls
from dashboard.address import Links
from dashboard.choices.understood import LONGEST
from dashboard.navigation import MOVE
from dashboard.questions.finder import Found, find
from dashboard.questions.hits import Hit
from dashboard.questions.marking import pieces
from dashboard.tables.load import Tables
from dashboard.words import format_count

HTML, JS, CSS = (
    Path(__file__).with_name(f"field.{kind}").read_text(encoding="utf-8") for kind in ("html", "js", "css")
)
KEY = "search-field"
FIELD = st.components.v2.component(KEY, html=HTML, js=MOVE + JS, css=CSS)
MOST = 3  # results of a kind


@st.fragment
def show(tables: Tables, to: Links) -> None:
    """Show the field, with suggestions for what was just typed in it; their links keep the shared filters."""
    text = controls.typed(KEY)[:LONGEST]
    found = suggestions(find(tables, text, MOST), text, to) if text else None
    FIELD(key=KEY, data={"page": to("search"), "found": found}, on_typed_change=lambda: None)


def suggestions(found: Found, text: str, to: Links) -> dict[str, Any]:
    """Return what fits a text as the field shows it: groups of results, and what is said of them all."""
    groups = [
        {
            "heading": format_count(group.count, group.noun),
            "results": [_suggestion(hit, found.terms, to) for hit in group.hits],
        }
        for group in found.groups
    ]
    if found.near:
        groups = [{"heading": "Near in name", "results": [_suggestion(hit, found.terms, to) for hit in found.near]}]
    return {"typed": text, "count": found.total, "said": _said(found), "groups": groups}


def _said(found: Found) -> str:
    """Return in a line how many results there are and what must be known of them all."""
    if not found.total:
        return "Nothing in the tables fits."
    said = [f"“{word}” read as “{reading}”." for word, reading in found.read_as]
    if found.had < found.sought:
        said.append(f"No result has every word; these have {found.had} of {found.sought}.")
    return " ".join([*said, f"See all {format_count(found.total, 'result')}" if found.total > 1 else "See it in full"])


def _suggestion(hit: Hit, terms: frozenset[str], to: Links) -> dict[str, Any]:
    return {
        "href": to(hit.page, **hit.own),
        "title": pieces(hit.title, terms),
        "what": hit.what,
        "sure": [[mark.grade.removeprefix("none"), mark.words, mark.is_doubted] for mark in hit.sure],
    }
