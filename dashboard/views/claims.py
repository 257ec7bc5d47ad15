"""What `/claims` shows: for each contested deal who claims it and who denies it, side by side, with no verdict."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.address import Asked
from dashboard.questions import findings, ledger
from dashboard.questions.deals import select
from dashboard.tables.load import Tables
from dashboard.views.common import claims, filed, page_of, resting, taken
from dashboard.views.glances import contested
from dashboard.views.view import Shown
from dashboard.words import format_count

CONTESTED = "A deal is contested where its status is alleged or denied, or where statements both claim and deny it."


def shown(tables: Tables, asked: Asked, _: date) -> Shown:
    """Return the view of the contested deals in view, or of the one that the address names."""
    view, wanted = select(tables, asked.selection), asked.one("id")
    alone = ledger.contested(tables, tables.deals[tables.deals["deal_id"] == wanted])
    found = alone if len(alone) else ledger.contested(tables, view)
    deals = tables.deals[tables.deals["deal_id"].isin(found["deal_id"])]
    sentence = finding_on_one(alone.iloc[0]) if len(alone) else findings.on_claims(found)
    return Shown(
        finding=sentence, count=len(view), whole=len(tables.deals),
        lead=(missing(tables, wanted),) if wanted and alone.empty else (), notes=(CONTESTED,),
        pictures=(filed(tables, contested(tables, deals)),) if len(found) else (),
        tables=(taken(tables, "deals", deals, title="" if len(alone) else f"{format_count(len(found), 'contested deal')} in view"),),
        claims=claims(tables, found if len(alone) else page_of(asked, found)), sources=resting(tables, deals),
    )  # fmt: skip


def missing(tables: Tables, wanted: str) -> str:
    """Return why there is no entry for the deal that the address names."""
    known = tables.deals.loc[tables.deals["deal_id"] == wanted, "title"]
    return f"“{known.iloc[0]}” is not contested in these tables. The whole ledger is shown."


def finding_on_one(deal: pd.Series) -> str:
    """Return the headline of one entry: its title, and how many statements are on each side."""
    sides = {"claim": int(deal["asserts"]), "deny": int(deal["denies"])}
    if not any(sides.values()):
        return f"{deal['title']}: {findings.NOBODY} it."
    one = {"claim": "claims", "deny": "denies"}
    words = [f"{count or 'none'} {verb if count > 1 else one[verb]} it" for verb, count in sides.items()]
    return f"{deal['title']}. Of the statements, {' and '.join(words)}."
