"""Try your edit: a maintainer drops files, sees what is wrong or what would change, and looks at every page with the edit in it.

It is a matter of one session: the files and what came of them are written nowhere, and no other reader sees them.
"""

from __future__ import annotations

import logging

import streamlit as st

from dashboard.address import Links
from dashboard.gate.dropped import MOST_FILES, MOST_MB, MOST_ROWS
from dashboard.gate.trial import Trial, tried
from dashboard.tables.faults import Fault
from dashboard.tables.load import Tables
from dashboard.templates import render
from dashboard.trial import files

SHOWN = 200  # faults, sentences or links
TYPES = ("csv", "xlsx", "ods")
UNFORESEEN = Fault(
    "Files", 0, "", "", "cannot be tried, and we did not foresee why",
    "The log of the site has the reason; “python -m dashboard check” looks at files without it",
)  # fmt: skip
# The pages that draw from each table, beside those of single deals and statements: their addresses and names.
OVER, TIME, VALUE, MAP = ("", "Overview"), ("timeline", "Timeline"), ("value", "Value"), ("map", "Map")
QUOTES, CLAIMS, SOURCES = ("quotes", "Quotes"), ("claims", "Claims"), ("sources", "Sources")
PAGES = {
    "deals": (OVER, TIME, VALUE, MAP, CLAIMS), "milestones": (OVER, TIME, CLAIMS), "quotes": (QUOTES, CLAIMS),
    "sources": (SOURCES,), "places": (MAP,), "countries": (OVER, MAP), "deflator": (VALUE,),
}  # fmt: skip


def trial_of(published: Tables) -> Trial | None:
    """Return what comes of the files that this session tries; None where it tries none."""
    dropped = files.tried()
    if not dropped:
        return None
    try:
        return tried(published, dropped)
    except Exception:  # whatever a file holds, the site goes on
        logging.getLogger(__name__).exception("Files that were dropped could not be tried")
        return Trial([UNFORESEEN], [])


def shown(published: Tables) -> Tables:
    """Return the tables that this session sees: the published ones, or those with its own edit in them."""
    trial = trial_of(published)
    return trial.tables if trial and trial.tables else published


def banner(published: Tables, tables: Tables, to: Links) -> None:
    """Say above every page that its tables are not the published ones, and offer to leave."""
    if tables is not published:
        with st.container(horizontal=True, vertical_alignment="center", key="own-edit"):
            st.html(render("trial/banner.html", to=to))
            st.button("Leave the preview", on_click=files.leave, key="leave-trial", width="content")


def section(published: Tables, to: Links) -> None:
    """Show where to drop files, and what comes of them."""
    st.html(render("trial/section.html", files=MOST_FILES, megabytes=MOST_MB, rows=MOST_ROWS))
    files.drop("Files to try", TYPES, MOST_MB, MOST_FILES)
    if trial := trial_of(published):
        tables, pages = trial.tables or published, [page for name in trial.touched for page in PAGES.get(name, ())]
        deals = tables.deals[tables.deals["deal_id"].isin(trial.deals)].head(SHOWN)
        quotes = tables.quotes[tables.quotes["quote_id"].isin(trial.statements)].head(SHOWN)
        st.html(
            render(
                "trial/result.html", tables=tables, trial=trial, to=to, pages=list(dict.fromkeys(pages)), most=SHOWN,
                deals=deals.to_dict("records"), quotes=quotes.to_dict("records"),
            )
        )  # fmt: skip
