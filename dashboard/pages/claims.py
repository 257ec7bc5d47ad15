"""The claim ledger: for each contested deal, who asserts it and who denies it, side by side, with no verdict."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard import filters, ledger, markup
from dashboard.data import Tables
from dashboard.deals import Selection, format_count, select
from dashboard.markup import ledger as ledger_markup
from dashboard.pages import ITEMS_A_PAGE, grades_explained, heading, nothing, source_line


def render(tables: Tables, selection: Selection) -> None:
    """Draw the ledger of the deals in view, or the one entry that the address names."""
    wanted = next(iter(filters.given("id")), "")
    if wanted:
        alone = ledger.contested(tables, tables.deals[tables.deals["deal_id"] == wanted])
        if len(alone):
            show_one(tables, selection, alone.iloc[0])
            return
    found, count = contested(tables, tables.stamp, selection)
    heading("Claim ledger", finding(found))
    grades_explained(tables, filters.in_view(tables, selection, shown=count))
    if wanted:
        st.info(missing(tables, wanted), icon=":material/help:")
    if found.empty:
        nothing("contested deal")
        return
    show(tables, selection, found)


@st.cache_resource(max_entries=256, show_spinner=False)
def contested(_tables: Tables, stamp: str, selection: Selection) -> tuple[pd.DataFrame, int]:
    """Return the contested deals in view, in the order of the ledger, and how many deals are in view."""
    view = select(_tables, selection)
    return ledger.contested(_tables, view), len(view)


def missing(tables: Tables, wanted: str) -> str:
    """Return why there is no entry for the deal that the address names."""
    known = tables.deals.loc[tables.deals["deal_id"] == wanted, "title"]
    if known.empty:
        return f"There is no deal “{wanted[:80]}”; the whole ledger is shown."
    return f"“{known.iloc[0]}” is not contested in these tables; the whole ledger is shown."


def finding(found: pd.DataFrame) -> str:
    """Return the ledger's headline, computed from the contested deals in view."""
    if found.empty:
        return "No deal in view is contested."
    both = int(((found["asserts"] > 0) & (found["denies"] > 0)).sum())
    count = format_count(len(found), "contested deal")
    if len(found) == 1:
        return f"{count}; {'a' if both else 'no'} denial stands against a claim on it."
    return f"{count}; on {both or 'none'} of them a denial stands against a claim."


def show_one(tables: Tables, selection: Selection, deal: pd.Series) -> None:
    """Draw one entry alone, as its own link gives it."""
    st.set_page_config(page_title=f"{deal['title']} · Claim ledger · Defence Ties")
    said = [
        format_count(int(deal["asserts"]), "statement") + (" asserts" if deal["asserts"] == 1 else " assert") + " it"
    ]
    said += [f"{deal['denies'] or 'none'} {'denies' if deal['denies'] == 1 else 'deny'} it"]
    heading("Claim ledger · one entry", f"{deal['title']}: {', '.join(said)}.")
    grades_explained(tables, filters.in_view(tables, selection))
    back = markup.link(filters.href("claims"), "All contested deals in view")
    st.html(Markup('<p class="ledger-note">{} {}</p>').format(ledger_markup.NO_VERDICT, back))
    st.html(entries(tables, tables.stamp, (deal["deal_id"],), filters.href("claims")))
    source_line(tables)


def show(tables: Tables, selection: Selection, found: pd.DataFrame) -> None:
    """Draw the list of entries and then the entries, a page at a time."""
    pages = -(-len(found) // ITEMS_A_PAGE)
    st.html(Markup('<p class="ledger-note">{}</p>').format(ledger_markup.NO_VERDICT))
    contents = st.container()
    body = st.container()
    number = filters.page_number(pages)
    shown = found.iloc[(number - 1) * ITEMS_A_PAGE : number * ITEMS_A_PAGE]
    if len(shown) > 1:
        contents.html(ledger_markup.contents(tables, shown))
    body.html(entries(tables, tables.stamp, tuple(shown["deal_id"]), filters.href("claims")))
    source_line(tables, "Contested: status alleged or denied, or statements that both claim and deny.")


@st.cache_resource(max_entries=512, show_spinner=False)
def account(_tables: Tables, stamp: str, deal_id: str) -> Markup:
    """Return what an entry says, which no filter changes: drawn once for all the views that hold it."""
    deal = _tables.deals[_tables.deals["deal_id"] == deal_id].iloc[0]
    return ledger_markup.account(_tables, ledger.entry(_tables, deal))


@st.cache_resource(max_entries=256, show_spinner=False)
def entries(_tables: Tables, stamp: str, deal_ids: tuple[str, ...], address: str) -> Markup:
    """Return the entries of contested deals as one piece; the filters in `address` are in their links too."""
    deals = _tables.deals[_tables.deals["deal_id"].isin(deal_ids)].set_index("deal_id", drop=False)
    return markup.join(
        ledger_markup.entry(
            _tables,
            deals.loc[deal_id],
            account(_tables, stamp, deal_id),
            filters.href("deal", id=deal_id),
            filters.href("claims", id=deal_id),
        )
        for deal_id in deal_ids
    )
