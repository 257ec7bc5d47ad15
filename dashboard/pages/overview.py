"""The front page: totals with their parts, what is new, what is contested."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st
from markupsafe import Markup

from dashboard import dates, deals, evidence, filters, markup
from dashboard.data import Tables
from dashboard.deals import Selection, Totals, format_usd
from dashboard.pages import heading, nothing, source_line


def render(tables: Tables, selection: Selection) -> None:
    """Draw the overview of the deals in view."""
    view = deals.select(tables, selection)
    totals = deals.total(view, list(tables.dictionary.choices("deals", "value_basis")))
    heading("Overview", finding(tables, totals, len(view)))
    filters.in_view(tables, selection, shown=len(view))
    if view.empty:
        nothing()


def finding(tables: Tables, totals: Totals, count: int) -> str:
    """Return the front page's one sentence, computed from the deals in view."""
    return f"{format_usd(totals.disclosed)} is disclosed for {totals.priced} of {count} deals; {totals.unpriced} trade deals have no public value."
