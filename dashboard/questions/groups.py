"""Groups of rows that the health of the data counts, each with the rule that says which rows are in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.questions import deals, evidence
from dashboard.tables.load import Tables


@dataclass(frozen=True)
class Group:
    """Rows of a table that have something in common: `words` call them, `rule` says of each row whether it has."""

    words: str
    rule: Callable[[pd.DataFrame, Tables], pd.Series | np.ndarray]
    tables: tuple[str, ...] = ("deals",)


def _oldest(rows: pd.DataFrame, _: Tables) -> pd.Series:
    return rows["last_checked"] == rows["last_checked"].min()


def _is_priced(rows: pd.DataFrame, _: Tables) -> np.ndarray:
    return deals.is_trade(rows) & ~deals.is_unpriced(rows)


GROUPS = {
    "public-value": Group("trade deals with a public value", _is_priced),
    "undisclosed": Group("trade deals whose value is not disclosed", lambda rows, _: deals.is_unpriced(rows)),
    "no-price": Group("deals that have no price: ties, measures, claimed transfers", lambda rows, _: ~deals.is_trade(rows)),
    "one-origin": Group("deals on one origin alone", lambda rows, _: rows["origins"] <= 1),
    "more-origins": Group("deals on two independent origins or more", lambda rows, _: rows["origins"] >= 2),
    "credible": Group("deals of credibility 1 or 2", lambda rows, _: rows["credibility"] <= 2),
    "undated": Group("deals with no known date at all", lambda rows, _: rows["begins"].isna()),
    "silent": Group("deals not heard of for years", lambda rows, tables: rows["deal_id"].isin(evidence.not_heard_of_since(tables)["deal_id"])),
    "oldest": Group("rows checked longest ago", _oldest, ("deals", "gaps")),
}  # fmt: skip


def concerning(tables: Tables, name: str, domains: Iterable[str]) -> pd.Series | None:
    """Say of each row of a table whether it has to do with one of the domains; None where its rows have to do with none.

    A milestone is of its deal's domain, a statement of those of the deals it speaks of, a publication of those that cite
    it, itself or in a milestone, a place of those of the deals there.
    """
    rows = getattr(tables, name)
    if "domain" in rows:
        return rows["domain"].isin([*domains])
    of = tables.deals[tables.deals["domain"].isin([*domains])]
    keys = of["deal_id"]
    cited = tables.citations[
        tables.citations["table"].isin(("deals", "milestones")) & tables.citations["id"].isin(keys)
    ]
    ways = {
        "milestones": ("deal_id", keys),
        "quotes": ("quote_id", tables.spoken.loc[tables.spoken["deal_id"].isin(keys), "quote_id"]),
        "sources": ("source_id", cited["source_id"]),
        "places": ("place_id", of["place_id"]),
    }
    if name not in ways:
        return None
    column, found = ways[name]
    return rows[column].isin(found)
