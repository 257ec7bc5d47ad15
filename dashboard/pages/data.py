"""The tables themselves: their health, the data dictionary, the files to download, and what was not found or is old."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard import controls
from dashboard.address import Asked, Links
from dashboard.pages import heading, source_line
from dashboard.questions import deals, evidence
from dashboard.questions.deals import Selection
from dashboard.tables import dates
from dashboard.tables import load as data
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from dashboard.templates import render as template

ROWS_SHOWN, GAPS_SHOWN = 2_000, 200  # of a table on screen, of a list; the files have them all
CHECKED = ("deals", "gaps")  # the tables whose rows say when they were last checked


def render(tables: Tables, selection: Selection) -> None:
    """Draw the tables as they are published; the filters on deals do not act here."""
    heading("Data", finding(tables))
    here = controls.asked(tables, "data")
    controls.copy_link(here)
    controls.left_out(here)
    if selection != Selection():
        st.caption("The tables are whole here: the filters act on the other pages, and links keep them.")
    st.html(health(tables))
    _downloads(tables)
    _table(tables, here)
    st.html(below(tables, here.one("table"), here.links))
    source_line(tables, license_words(tables))


def finding(tables: Tables) -> str:
    """Return the page's one sentence, computed from the tables."""
    names = tables.dictionary.tables
    rows = sum(len(getattr(tables, name)) for name in names)
    gaps = len(tables.gaps)
    open_questions = f"{gaps:,} questions have" if gaps != 1 else "1 question has"
    return f"{rows:,} rows in {len(names)} tables have no fault. {open_questions} no answer yet."


def license_words(tables: Tables) -> str:
    """Return what the tables are about and their licence, as the data package says it."""
    return f"{tables.package.title}. Licence: {', '.join(tables.package.licences)}."


def health(tables: Tables) -> Markup:
    """Return the state of the tables as figures with their words, above the heading of the downloads."""
    days = sorted(day for name in CHECKED for day in getattr(tables, name)["last_checked"])
    every = tables.deals
    return template(
        "data/health.html", tables=tables, checked=dates.format_span(days[0], days[-1]) if days else "no row yet",
        valued=_share(~deals.is_unpriced(every[deals.is_trade(every)])), backed=_share(every["origins"] >= 2),
        credible=_share(every["credibility"] <= 2), undated=_share(every["begins"].isna()),
        unaddressed=_share(tables.sources["url"] == ""),
    )  # fmt: skip


def _share(mask: pd.Series) -> tuple[int, int]:
    """Return how many rows are so, and how many rows there are."""
    return int(mask.sum()), len(mask)


def _downloads(tables: Tables) -> None:
    """Offer every file exactly as it is on disk, and all of them, with their conventions, as one zip."""
    files = [data.DESCRIPTION, *tables.dictionary.paths]
    with st.container(horizontal=True, key="data-downloads"):
        st.download_button(
            "All as one zip", partial(data.archive, ["README.md", *files]), f"{tables.package.name}-{tables.version}.zip",
            "application/zip", key="download-all", on_click="ignore", icon=":material/folder_zip:",
        )  # fmt: skip
        for name in files:
            kind = "application/json" if name == data.DESCRIPTION else "text/csv"
            st.download_button(name, partial(data.file_bytes, name), name, kind, key=f"download-{name}",
                               on_click="ignore", type="tertiary", icon=":material/download:")  # fmt: skip


def _table(tables: Tables, here: Asked) -> None:
    """Show the table that the reader chooses."""
    resources = tables.dictionary.resources
    st.html(template("title.html", words="The tables and what their columns mean", kind="part"))
    titles = {name: f"{entry['title']} ({len(getattr(tables, name)):,})" for name, entry in resources.items()}
    name = here.one("table")
    controls.one(here, "table", "Table", titles, label_visibility="collapsed")
    st.html(template("paragraph.html", kind="lead", words=resources[name]["description"]))
    columns = list(tables.dictionary.tables[name].values())
    rows = getattr(tables, name)
    shown = rows[[column.name for column in columns]].head(ROWS_SHOWN)
    alt = f"The table {resources[name]['title']}: {len(rows):,} rows, {len(columns)} columns"
    config = {column.name: st.column_config.Column(column.title, help=column.help) for column in columns}
    st.dataframe(shown, hide_index=True, height=360, column_config=config, alt=alt, key=f"rows-{name}")
    if len(rows) > ROWS_SHOWN:
        st.caption(f"The first {ROWS_SHOWN:,} of {len(rows):,} rows; the file above has them all.")


def below(tables: Tables, name: str, to: Links) -> Markup:
    """Return what the columns of a table mean, and what of all tables is not known or may be out of date."""
    gaps, unheard = tables.gaps.head(GAPS_SHOWN), evidence.not_heard_of_since(tables)
    return template(
        "data/below.html", tables=tables, to=to, name=name, columns=tables.dictionary.tables[name].values(),
        gaps=_with_deals(tables, gaps), gaps_count=len(tables.gaps), silent_years=evidence.SILENT,
        unheard=records(unheard.head(GAPS_SHOWN)), unheard_count=len(unheard),
    )  # fmt: skip


def _with_deals(tables: Tables, gaps: pd.DataFrame) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Return open questions, each with the deals that it is about."""
    searched = tables.searched[tables.searched["gap_id"].isin(gaps["gap_id"])]
    about: dict[str, list[dict[str, Any]]] = {gap: [] for gap in gaps["gap_id"]}
    for deal in records(
        searched.merge(tables.deals[["deal_id", "title", "status", "family", "is_doubted"]], on="deal_id")
    ):
        about[deal["gap_id"]].append(deal)
    return [(gap, about[gap["gap_id"]]) for gap in records(gaps)]
