"""The claim ledger: for each contested deal, who claims it and who denies it, side by side, with no verdict."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard import controls, in_view, rows_table
from dashboard.address import Asked, Links
from dashboard.kept import kept
from dashboard.pages import ITEMS_A_PAGE, drawing, heading, nothing, source_line
from dashboard.questions import dossier, evidence, findings, ledger
from dashboard.questions.deals import Selection, select
from dashboard.tables.load import Tables
from dashboard.tables.model import is_in, records
from dashboard.templates import Html
from dashboard.templates import render as template
from dashboard.views.claims import CONTESTED, finding_on_one, missing
from dashboard.words import format_count


def render(tables: Tables, selection: Selection) -> None:
    """Draw the ledger of the deals in view, or the one entry that the address names."""
    here = controls.asked(tables, "claims")
    wanted = here.one("id")
    if wanted:
        alone = ledger.contested(tables, tables.deals[tables.deals["deal_id"] == wanted])
        if len(alone):
            show_one(tables, here, alone.iloc[0])
            return
    found, count, finding = contested(tables, selection)
    heading("Claim ledger", finding)
    in_view.line(tables, here, shown=count, grades=True)
    if wanted:
        st.info(missing(tables, wanted), icon=":material/help:")
    if found.empty:
        nothing("contested deal")
        return
    show(tables, here, found)
    rows_table.show(
        tables, here, rows(tables, selection, here.links), f"{format_count(len(found), 'contested deal')} in view"
    )


def prepare(tables: Tables, here: Asked) -> None:
    """Work out what an address shows, for whoever asks for it next."""
    found, *_ = contested(tables, here.selection)
    if len(found):
        listed(tables, tuple(found["deal_id"].head(ITEMS_A_PAGE)), here.links)
        rows(tables, here.selection, here.links)


@kept
def contested(tables: Tables, selection: Selection) -> tuple[pd.DataFrame, int, str]:
    """Return the contested deals in view, in the order of the ledger, how many deals are in view, and the finding."""
    view = select(tables, selection)
    found = ledger.contested(tables, view)
    return found, len(view), findings.on_claims(found)


@kept
def rows(tables: Tables, selection: Selection, to: Links) -> rows_table.Drawn:
    """Return the contested deals in view as rows to take away; `to` makes their links."""
    found, *_ = contested(tables, selection)
    return rows_table.draw(
        tables, "deals", tables.deals[is_in(tables.deals, "deal_id", found["deal_id"].to_numpy())], to
    )


def show_one(tables: Tables, here: Asked, deal: pd.Series) -> None:
    """Draw one entry alone, as its own link gives it."""
    st.set_page_config(page_title=f"{deal['title']} · Claim ledger · {tables.package.short_title}")
    heading("Claim ledger · one entry", finding_on_one(deal))
    in_view.line(tables, here, grades=True)
    st.html(template("claims/note.html", back=here.links("claims")) + entries(tables, (deal["deal_id"],), here.links))
    source_line(tables)


def show(tables: Tables, here: Asked, found: pd.DataFrame) -> None:
    """Draw the list of entries and then the entries, a page at a time."""
    pages = -(-len(found) // ITEMS_A_PAGE)
    body = st.container()
    number = controls.page_number(here, pages)
    shown = tuple(found["deal_id"].iloc[(number - 1) * ITEMS_A_PAGE : number * ITEMS_A_PAGE])
    with body:
        drawing(listed(tables, shown, here.links), key="entries")
    source_line(tables, CONTESTED)


@kept
def listed(tables: Tables, deal_ids: tuple[str, ...], to: Links) -> Html:
    """Return one page of the ledger: that it gives no verdict, the list of its entries where there are several, and these; `to` makes their links."""
    found = records(ledger.contested(tables, tables.deals[is_in(tables.deals, "deal_id", deal_ids)]))
    groups = [(ledger.GROUPS[name], [*rows]) for name, rows in groupby(found, itemgetter("group"))]
    contents = template("claims/contents.html", tables=tables, groups=groups) if len(found) > 1 else Html()
    return template("claims/note.html", back="") + contents + entries(tables, deal_ids, to)


@kept
def held(tables: Tables, deal_id: str) -> dict[str, Any]:
    """Return what the tables hold of a contested deal, whatever the view and its links."""
    deal = tables.deals[tables.deals["deal_id"] == deal_id].iloc[0]
    return {
        "entry": ledger.entry(tables, deal),
        "points": ledger.differences(deal["doubt"]),
        "reported": evidence.with_sources(tables, dossier.steps(tables, deal_id)),
    }


@kept
def account(tables: Tables, deal_id: str, to: Links) -> Markup:
    """Return what an entry says, which is the same in all the views that hold it; `to` makes its links."""
    return template("claims/account.html", tables=tables, site=to.site, to=to, **held(tables, deal_id))


@kept
def entries(tables: Tables, deal_ids: tuple[str, ...], to: Links) -> Html:
    """Return the entries of contested deals, group by group; `to` makes their links."""
    chosen = tables.deals[is_in(tables.deals, "deal_id", deal_ids)]
    deals = {deal["deal_id"]: deal for deal in records(chosen)}
    groups = [
        (name, ledger.GROUPS[name], [(deals[row["deal_id"]], account(tables, row["deal_id"], to)) for row in rows])
        for name, rows in groupby(records(ledger.contested(tables, chosen)), itemgetter("group"))
    ]
    return template("claims/entries.html", tables=tables, groups=groups, to=to)
