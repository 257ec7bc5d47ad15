"""What a briefing holds of our tables: the deals of a view; the sources, the statements and the contested deals of all its views, each once."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qs

import pandas as pd

from dashboard.pack.briefing import Briefing
from dashboard.questions import ledger
from dashboard.questions.evidence import cited
from dashboard.tables.load import Tables
from dashboard.views.common import claims, rested_on, taken
from dashboard.views.view import Claim, Rows, View
from dashboard.words import format_count


def sources(tables: Tables, briefing: Briefing) -> pd.DataFrame:
    """Return the rows of `tables.sources` that the views of a briefing show or rest on, the best first."""
    views = [part.view for part in briefing.parts]
    shown = [str(source["source_id"]) for view in views for source in view.sources]
    rested = [key for view in views for key in rested_on(tables, deals_in(tables, view))]
    return cited(tables, [*_keys(views, "sources"), *shown, *rested])


def deals_in(tables: Tables, view: View) -> pd.DataFrame:
    """Return the rows of `tables.deals` that a view shows as a table, or the one that it is about, in the order of the tables."""
    named = parse_qs(view.query).get("id", []) if view.page == "deal" else []
    return tables.deals[tables.deals["deal_id"].isin(named or _keys([view], "deals"))]


def said(tables: Tables, briefing: Briefing) -> pd.DataFrame:
    """Return the rows of `tables.quotes` that the views of a briefing show, in the order of the tables."""
    views = [part.view for part in briefing.parts]
    keys = {*_keys(views, "statements"), *(one.row["quote_id"] for view in views for one in view.statements)}
    keys |= {row["quote_id"] for view in views for claim in view.claims for row in claim.entry.positions}
    return tables.quotes[tables.quotes["quote_id"].isin(keys)]


def _keys(views: Iterable[View], name: str) -> list[str]:
    """Return the keys of all rows in the tables of that name, of those too that a page has no room for."""
    return [key for view in views for rows in view.tables if rows.name == name for key in rows.every]


def resting(tables: Tables, briefing: Briefing) -> list[Rows]:
    """Return them as a table, none where there is no source or a view that stands alone shows them by itself."""
    found = sources(tables, briefing)
    shown = len(briefing.parts) == 1 and any(rows.name == "sources" for rows in briefing.parts[0].view.tables)
    title = f"What this rests on: {format_count(len(found), 'source')}"
    return [taken(tables, "sources", found, title=title)] if len(found) and not shown else []


def contested(tables: Tables, briefing: Briefing) -> tuple[Claim, ...]:
    """Return the contested ones of the deals in a briefing's views, whether or not these show who claims and who denies them."""
    views = [part.view for part in briefing.parts]
    keys = {claim.row["deal_id"] for view in views for claim in view.claims}
    keys |= {key for view in views for key in deals_in(tables, view)["deal_id"]}
    return claims(tables, ledger.contested(tables, tables.deals[tables.deals["deal_id"].isin(keys)]))
