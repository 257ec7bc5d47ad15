"""What an address shows that names no page: that there is none, and which pages are near in name."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from rapidfuzz import fuzz, process

from dashboard import controls
from dashboard.pages import heading
from dashboard.questions.deals import Selection
from dashboard.tables.folding import fold
from dashboard.tables.load import Tables
from dashboard.templates import render as template

LIKE, OFFERED = 60, 3  # per cent of likeness that a name needs, and how many are offered
SHOWN = 80  # letters of the address


def render(tables: Tables, selection: Selection, asked: str, titles: Mapping[str, str]) -> None:
    """Say that no page has the name `asked`; `titles` are the pages that there are, each title by its address."""
    heading("No such page", f"No page has the address “{asked[:SHOWN]}”.")
    to = controls.asked(tables, "").links
    st.html(template("missing.html", near=near(asked, titles), titles=titles, words=sought(asked), to=to))


def sought(asked: str) -> str:
    """Return the words of a name that no page has, to search for: a hyphen stood for a space."""
    return fold(asked[:SHOWN].replace("-", " "))


def near(asked: str, titles: Mapping[str, str]) -> list[str]:
    """Return the addresses of the pages whose address or title is like a name, the nearest first."""
    scores: dict[str, float] = {}
    for names in (titles, {address: address for address in titles}):
        found = process.extract(fold(asked), names, processor=fold, scorer=fuzz.ratio, score_cutoff=LIKE, limit=None)
        for _, score, address in found:
            scores[address] = max(score, scores.get(address, 0))
    return sorted(scores, key=lambda address: -scores[address])[:OFFERED]
