"""The front page: totals with their parts, what is new, what is contested, who said so."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard import dates, deals, evidence, filters, markup, quotes
from dashboard.data import Tables
from dashboard.deals import Selection, Totals, format_usd
from dashboard.pages import heading, nothing, source_line

STEPS, VOICES = 8, 3


def render(tables: Tables, selection: Selection) -> None:
    """Draw the overview of the deals in view."""
    view = deals.select(tables, selection)
    totals = deals.total(view, list(tables.dictionary.choices("deals", "value_basis")))
    heading("Overview", finding(view, totals))
    filters.in_view(tables, selection, shown=len(view))
    if view.empty:
        return nothing()
    unsure = deals.select(tables, replace(selection, sure="any"))
    strip = markup.robustness(evidence.robustness(unsure), evidence.shares(unsure), selection.sure)
    st.html(_sections([("What it is worth", markup.totals(tables, totals) + strip + _more("value", "Value by domain")),
                       ("How far along", _statuses(tables, view) + _more("timeline", "Every deal on the timeline"))]))  # fmt: skip
    st.html(_sections([("Latest steps", _steps(tables, view)), ("Contested", _contested(tables, view))]))
    st.html(_sections([("In direct words", _voices(tables, selection))]))
    source_line(tables)
    return None


def finding(view: pd.DataFrame, totals: Totals) -> str:
    """Return the front page's one sentence, computed from the deals in view."""
    trade = int(view["kind"].isin(deals.TRADE).sum())
    if not totals.priced:
        return f"None of the {trade} trade deals in view has a public value that may be added up."
    contract = totals.parts.get("contract", (0.0, 0))[1]
    return (
        f"{format_usd(totals.disclosed)} is public for {totals.priced} of {trade} trade deals, "
        f"{contract or 'none'} of them from a contract; {totals.unpriced} have no public value at all."
    )


def _sections(parts: list[tuple[str, Markup]]) -> Markup:
    """Return sections side by side where there is room."""
    section = Markup("<section><h2>{}</h2>{}</section>")
    return Markup('<div class="sections">{}</div>').format(markup.join(section.format(*part) for part in parts))


def _more(page: str, words: str, **own: str) -> Markup:
    return Markup('<p class="more">{} →</p>').format(markup.link(filters.href(page, **own), words))


def _statuses(tables: Tables, view: pd.DataFrame) -> Markup:
    """Return the number of deals at each status as rows of words, a bar and a number, each leading to those deals."""
    counts = deals.count_by(view, "status", tables.dictionary.choices("deals", "status"))
    most = counts["deals"].max()
    row = Markup(
        '<tr><td>{}</td><td class="bar"><i data-status="{}" style="width:{}%"></i></td><td class="number">{}</td></tr>'
    )
    rows = markup.join(
        row.format(markup.link(filters.href("timeline", status=value), markup.status(tables, value)), value, round(100 * count / most), count)
        for value, _, count in counts.itertuples(index=False)
        if count
    )  # fmt: skip
    return Markup('<table class="bars"><caption>Deals by status</caption><tbody>{}</tbody></table>').format(rows)


def _steps(tables: Tables, view: pd.DataFrame) -> Markup:
    """Return the latest dated steps of the deals in view."""
    row = Markup('<li><span class="when">{}</span> <b>{}</b> {} <span class="meta">{}</span></li>')
    steps = deals.latest_steps(tables, view, STEPS)
    kinds = tables.dictionary.choices("milestones", "kind")
    items = markup.join(
        row.format(dates.format_date(step["date"]), markup.link(filters.href("deal", id=step["deal_id"]), step["title"]),
                   step["event"], kinds[step["kind"]])
        for _, step in steps.iterrows()
    )  # fmt: skip
    return Markup('<ul class="steps">{}</ul>').format(items) if len(steps) else Markup("<p>No dated step is known.</p>")


def _contested(tables: Tables, view: pd.DataFrame) -> Markup:
    """Return the contested deals in view and what is said on either side, in numbers."""
    held = view[view["deal_id"].isin(evidence.contested_ids(tables))]
    if held.empty:
        return Markup("<p>Nothing in view is alleged, denied, or both claimed and denied.</p>")
    row = Markup('<li>{} <b>{}</b> <span class="meta">{}</span></li>')
    items = markup.join(
        row.format(markup.status(tables, deal["status"]), markup.link(filters.href("deal", id=deal["deal_id"]), deal["title"]),
                   _sides(tables, deal["deal_id"]))
        for _, deal in held.iterrows()
    )  # fmt: skip
    return Markup('<ul class="steps">{}</ul>{}').format(items, _more("claims", "Claims beside denials"))


def _sides(tables: Tables, deal_id: str) -> str:
    sides = evidence.positions(tables, deal_id)["side"].value_counts()
    words = [
        f"{sides[side]} {noun}" for side, noun in (("asserts", "asserting"), ("denies", "denying")) if side in sides
    ]
    return ", ".join(words) or "no statement on either side"


def _voices(tables: Tables, selection: Selection) -> Markup:
    """Return a few direct quotations, the latest of each speaker first."""
    said = quotes.select_quotes(tables, selection, quotes.Choice(form=("direct",)))
    if said.empty:
        return Markup("<p>No direct words are in view.</p>") + _more("quotes", "All statements")
    latest = said.sort_values("date_latest", ascending=False, kind="stable")
    turn = latest.groupby("analyst").cumcount()
    chosen = latest.loc[turn.sort_values(kind="stable").index].head(VOICES)
    cards = markup.join(markup.statement(tables, row) for _, row in chosen.iterrows())
    return Markup('<div class="voices">{}</div>').format(cards) + _more("quotes", "All statements")
