"""The tables themselves: their rows and columns, the files to take away, how well they are filled in, what is old or not found."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard import controls, exports, filters, handing_over, in_view, trial
from dashboard.address import Asked, Links
from dashboard.exports.plain import as_csv
from dashboard.gate.history import account, history
from dashboard.kept import kept
from dashboard.pages import heading, source_line, waiting_faults
from dashboard.questions import evidence, health, whole
from dashboard.questions.deals import Selection
from dashboard.questions.whole import Want
from dashboard.tables import load as data
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from dashboard.templates import render as template
from dashboard.views.data import counts, finding, license_words, version_words
from dashboard.words import format_count

ROWS_A_PAGE, LISTED = 50, 200  # rows of a table on screen, entries of a list; the files have them all


def render(tables: Tables, selection: Selection) -> None:
    """Draw the tables as they are published; the shared filters do not act here."""
    here = controls.asked(tables, "data")
    want = here.rows
    heading("Data", finding(tables))
    if controls.is_framed():
        in_view.notes(tables, here)
        _rows(tables, here, want)
    else:
        _whole(tables, selection, here, want)
    source_line(tables, license_words(tables))


def _whole(tables: Tables, selection: Selection, here: Asked, want: Want) -> None:
    """Show the rows and all that belongs to the tables: what they mean, the files, what changed, how far they are filled in."""
    with st.container(horizontal=True, vertical_alignment="center", key="data-parts"):
        st.html(template("data/parts.html"), width="content")
        handing_over.link(tables, here, controls.given("data"))
    in_view.notes(tables, here)
    if selection != Selection():
        st.caption("The tables are whole here: the filters act on the other pages, and links keep them.")
    waiting_faults()
    _rows(tables, here, want)
    st.html(dictionary(tables, want.table))
    _downloads(tables)
    _changes(tables, here)
    st.html(template("data/correcting.html"))
    trial.section(data.current(), here.links)
    st.html(state(tables, want.table, here.links))
    st.html(silence(tables, here.links))


def _rows(tables: Tables, here: Asked, want: Want) -> None:
    """Show the rows that are asked for of one table, with a search over all of them and a file of them."""
    rows = whole.found(tables, want)
    st.html(template("data/choose.html", tables=tables, to=here.links, name=want.table, counts=counts(tables)))
    with st.container(horizontal=True, vertical_alignment="bottom", key="data-search"):
        field = filters.words("find", "Search all rows", "any cell, value or state")
        filters.show(here, filters.drawn(field), "Search of the rows", width=360)
        st.download_button(
            f"Take {format_count(len(rows), 'row')} as CSV", partial(as_csv, tables, want.table, [*rows.index]),
            f"{tables.package.name}-{tables.version}-{want.table}-{len(rows)}-rows.csv", "text/csv",
            key="rows-csv", on_click="ignore", type="tertiary", icon=":material/download:", disabled=rows.empty,
        )  # fmt: skip
    shown = st.container()
    number = controls.page_number(here, -(-len(rows) // ROWS_A_PAGE))
    with shown:
        st.html(template("skip.html", to="after", words="Skip the table"))
        st.html(table(tables, want, number, here.links))


@kept
def table(tables: Tables, want: Want, number: int, to: Links) -> Markup:
    """Return a page of the rows that are asked for, its headings to sort by; `number` counts pages from 1."""
    rows = whole.found(tables, want)
    part = rows.iloc[(number - 1) * ROWS_A_PAGE : number * ROWS_A_PAGE]
    return template(
        "data/rows.html", tables=tables, to=to, want=want, columns=list(tables.dictionary.tables[want.table].values()),
        rows=list(zip(records(part), whole.cells(tables, want.table, part), strict=True)), count=len(rows),
        every=len(getattr(tables, want.table)), first=(number - 1) * ROWS_A_PAGE + 1,
        asked=whole.in_words(tables, want), notes=whole.unanswered(tables, want), falling=whole.FALLING,
    )  # fmt: skip


@kept
def dictionary(tables: Tables, name: str) -> Markup:
    """Return what the columns of a table mean."""
    return template("data/dictionary.html", tables=tables, name=name, columns=tables.dictionary.tables[name].values())


def _downloads(tables: Tables) -> None:
    """Offer the whole data set in each form, and every table as CSV; a file is written when the reader wants it."""
    st.html(template("data/downloads.html", forms=exports.FORMS.values(), version=version_words(tables)))
    stem = f"{tables.package.name}-{tables.version}"
    with st.container(horizontal=True, key="data-downloads"):
        for key, form in exports.FORMS.items():
            st.download_button(form.label, partial(form.written, tables), stem + form.ending, form.mime,
                               key=f"download-{key}", on_click="ignore", icon=":material/download:")  # fmt: skip
    with st.container(horizontal=True, key="data-downloads-csv"):
        for name, path in tables.dictionary.files.items():
            st.download_button(path, partial(as_csv, tables, name), path, "text/csv", key=f"download-{path}",
                               on_click="ignore", type="tertiary", icon=":material/download:")  # fmt: skip


def _changes(tables: Tables, here: Asked) -> None:
    """Show what changed since the version or the day that the reader names, or since the version before."""
    st.html(template("data/changed.html"))
    field = filters.words("since", "Changed since", "a version or a day, 2026-11-05")
    filters.show(here, filters.drawn(field), "Since when", key="filters-since", width=360)
    st.html(changes(tables, here.one("table"), here.one("since"), here.links))


@kept
def changes(tables: Tables, name: str, since: str, to: Links) -> Markup:
    """Return what changed since a version or a day, "" for the version before, and the versions; `name` is the table on screen."""
    return template(
        "data/changes.html", tables=tables, to=to, name=name, asked=since, account=account(tables, since),
        every=history(tables)[: -LISTED - 1 : -1], listed=LISTED,
    )  # fmt: skip


@kept
def state(tables: Tables, name: str, to: Links) -> Markup:
    """Return the health of the data: figures of the whole, and how far each column of a table is filled in, by domain."""
    every = tables.dictionary.tables[name]
    return template(
        "data/health.html", tables=tables, to=to, name=name, version=version_words(tables), figures=health.figures(tables),
        covered=health.coverage(tables, name), domains=health.domains(tables), always=sum(column.required for column in every.values()),
    )  # fmt: skip


@kept
def silence(tables: Tables, to: Links) -> Markup:
    """Return what of all tables is not known or may be out of date."""
    gaps, unheard = tables.gaps.head(LISTED), evidence.not_heard_of_since(tables)
    return template(
        "data/silence.html", tables=tables, to=to, gaps=_with_deals(tables, gaps), gaps_count=len(tables.gaps),
        silent_years=evidence.SILENT, unheard=records(unheard.head(LISTED)), unheard_count=len(unheard),
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
