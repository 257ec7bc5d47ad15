"""The tables themselves: their health, the data dictionary, the files to download, and what was not found or is old."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard import controls, markup
from dashboard.address import Asked, Links
from dashboard.pages import heading, source_line
from dashboard.questions import deals, evidence
from dashboard.questions.deals import Selection
from dashboard.tables import dates
from dashboard.tables import load as data
from dashboard.tables.dictionary import Column
from dashboard.tables.load import Tables
from dashboard.tables.model import records

ROWS_SHOWN, GAPS_SHOWN = 2_000, 200  # of a table on screen, of a list; the files have them all
CHECKED = ("deals", "gaps")  # the tables whose rows say when they were last checked


def render(tables: Tables, selection: Selection) -> None:
    """Draw the tables as they are published; the filters on deals do not act here."""
    heading("Data", finding(tables))
    here = controls.asked(tables, "data")
    controls.left_out(here)
    if selection != Selection():
        st.caption("The tables are whole here: the filters beside act on the other pages.")
    st.html(_health(tables))
    _downloads(tables)
    _table(tables, here)
    st.html(_silence(tables, here.links))
    st.html(_unheard(tables, here.links))
    source_line(tables, license_words(tables))


def finding(tables: Tables) -> str:
    """Return the page's one sentence, computed from the tables."""
    names = tables.dictionary.tables
    rows = sum(len(getattr(tables, name)) for name in names)
    gaps = len(tables.gaps)
    open_questions = f"{gaps:,} questions have" if gaps != 1 else "1 question has"
    return f"{rows:,} rows in {len(names)} tables have no fault. {open_questions} no answer yet."


def license_words(tables: Tables) -> str:
    """Return the licence of the tables in a sentence, from the data package."""
    return f"Licence: {', '.join(entry['title'] for entry in tables.dictionary.descriptor['licenses'])}."


def _health(tables: Tables) -> Markup:
    """Return the state of the tables as figures with their words."""
    days = sorted(day for name in CHECKED for day in getattr(tables, name)["last_checked"])
    span = dates.format_span(days[0], days[-1]) if days else "no row yet"
    trade = tables.deals[deals.is_trade(tables.deals)]
    every = tables.deals
    facts = [
        (tables.version, "version of the tables"),
        ("0", "faults found; every file is checked before it is shown, and one with a fault is not shown"),
        (span, "rows of deals and gaps last checked"),
        (_share(~deals.is_unpriced(trade)), "of trade deals have a public value"),
        (_share(every["origins"] >= 2), "of deals rest on two independent origins or more"),
        (_share(every["credibility"] <= 2), "of deals are graded credibility 1 or 2"),
        (_share(every["begins"].isna()), "of deals have no known date at all"),
        (_share(tables.sources["url"] == ""), "of sources have no public address"),
    ]
    item = Markup("<div><dt>{}</dt><dd>{}</dd></div>")
    return Markup('<dl class="health">{}</dl>').format(
        markup.join(item.format(words, figure) for figure, words in facts)
    )


def _share(mask: pd.Series) -> str:
    """Return how many of all rows, in figures: `52 of 103`."""
    return f"{int(mask.sum()):,} of {len(mask):,}"


def _downloads(tables: Tables) -> None:
    """Offer every file exactly as it is on disk, and all of them, with their conventions, as one zip."""
    files = [data.DESCRIPTION, *tables.dictionary.files.values()]
    st.html('<h2 class="part">Downloads</h2>')
    with st.container(horizontal=True, key="data-downloads"):
        st.download_button(
            "All as one zip", partial(data.archive, ["README.md", *files]), f"defence-ties-{tables.version}.zip",
            "application/zip", key="download-all", on_click="ignore", icon=":material/folder_zip:",
        )  # fmt: skip
        for name in files:
            kind = "application/json" if name == data.DESCRIPTION else "text/csv"
            st.download_button(name, partial(data.file_bytes, name), name, kind, key=f"download-{name}",
                               on_click="ignore", type="tertiary", icon=":material/download:")  # fmt: skip


def _table(tables: Tables, here: Asked) -> None:
    """Show the table that the reader chooses, and what its columns mean."""
    resources = tables.dictionary.resources
    st.html('<h2 class="part">The tables and what their columns mean</h2>')
    titles = {name: f"{entry['title']} ({len(getattr(tables, name)):,})" for name, entry in resources.items()}
    name = here.one("table")
    controls.one(here, "table", "Table", titles, label_visibility="collapsed")
    st.html(Markup('<p class="lead">{}</p>').format(resources[name]["description"]))
    columns = list(tables.dictionary.tables[name].values())
    rows = getattr(tables, name)
    shown = rows[[column.name for column in columns]].head(ROWS_SHOWN)
    alt = f"The table {resources[name]['title']}: {len(rows):,} rows, {len(columns)} columns"
    config = {column.name: st.column_config.Column(column.title, help=column.help) for column in columns}
    st.dataframe(shown, hide_index=True, height=360, column_config=config, alt=alt, key=f"rows-{name}")
    if len(rows) > ROWS_SHOWN:
        st.caption(f"The first {ROWS_SHOWN:,} of {len(rows):,} rows; the file above has them all.")
    key = " and ".join(tables.dictionary.key(name))
    caption = f"Columns of {tables.dictionary.path(name)}, each row identified by {key}"
    headings = ["Column", "Meaning", "Type", "Allowed values", "Example"]
    st.html(
        Markup('<div class="dictionary">{}</div>').format(markup.table(headings, map(_described, columns), caption))
    )


def _described(column: Column) -> list[Markup | str]:
    """Return the cells that describe one column."""
    code = Markup("<code>{}</code>")
    allowed = markup.join(
        (
            Markup('<span class="choice">{} {}</span>').format(code.format(value), label)
            for value, label in column.choices.items()
        ),
        " ",
    )
    if column.reference:
        allowed = Markup("keys of {}, joined by {}").format(code.format(column.reference), code.format(";"))
    kind = "date (EDTF)" if column.is_date else column.type
    words = Markup("{}{}").format(kind, Markup("<br>required") if column.required else "")
    named = Markup("<b>{}</b><br>{}").format(column.title, code.format(column.name))
    return [named, column.help, words, allowed, column.example]


def _silence(tables: Tables, to: Links) -> Markup:
    """Return the register of what was looked for and not found."""
    titles = tables.dictionary.title
    columns = ("question", "found", "domain", "deal_ids", "last_checked")
    gaps = tables.gaps.head(GAPS_SHOWN)
    searched = tables.searched[tables.searched["gap_id"].isin(gaps["gap_id"])]
    links: dict[str, list[Markup]] = {gap: [] for gap in gaps["gap_id"]}
    for deal in records(
        searched.merge(tables.deals[["deal_id", "title", "status", "family", "is_doubted"]], on="deal_id")
    ):
        links[deal["gap_id"]].append(markup.deal_link(tables, deal, to("deal", id=deal["deal_id"])))
    rows = [
        [row["question"], row["found"], markup.domain(tables, row["domain"]),
         markup.join(links[row["gap_id"]], "<br>") or "no single deal", dates.format_date(row["last_checked"])]
        for row in records(gaps)
    ]  # fmt: skip
    head = Markup('<h2 class="part">What was looked for and not found</h2><p class="lead">{}</p>')
    words = tables.dictionary.resources["gaps"]["description"]
    whole = len(tables.gaps)
    caption = (
        f"All {whole:,} open questions" if len(rows) == whole else f"The first {len(rows)} of {whole:,} open questions"
    )
    table = markup.table([titles("gaps", name) for name in columns], rows, caption)
    return head.format(words) + Markup('<div class="silence">{}</div>').format(table)


def _unheard(tables: Tables, to: Links) -> Markup:
    """Return the deals whose status may be out of date, because nothing new was found for years."""
    found = evidence.not_heard_of_since(tables)
    head = Markup('<h2 class="part">Not heard of since</h2><p class="lead">{}</p>')
    years = f"in the {evidence.SILENT} years before the tables were last checked"
    if found.empty:
        return head.format(f"Of every deal that may still go on, something was found {years}.")
    words = f"These deals may still go on, but nothing was found of them {years}. Their status may be out of date."
    rows = [
        [markup.deal_link(tables, deal, to("deal", id=deal["deal_id"])),
         tables.dictionary.label("deals", "status", deal["status"], deal["family"]), str(deal["last"].year)]
        for deal in records(found.head(GAPS_SHOWN))
    ]  # fmt: skip
    whole = len(found)
    caption = f"All {whole:,} such deals" if len(rows) == whole else f"The first {len(rows)} of {whole:,} such deals"
    headings = ["Deal", tables.dictionary.title("deals", "status"), "Last heard of in"]
    return head.format(words) + Markup('<div class="silence">{}</div>').format(markup.table(headings, rows, caption))
