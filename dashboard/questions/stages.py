"""How far along the deals are, from an idea to delivery, and how much money stands at each stage."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.questions.deals import is_claimed, is_trade, is_unpriced
from dashboard.tables.load import Tables


@dataclass(frozen=True)
class Stage:
    """The deals of one status: how many are trade, claimed transfers or others, and their public figures in millions.

    `on_ladder` says whether it is a stage from an idea to the goods, or stands apart, and `is_doubted` whether what it
    holds is alleged or denied. `usd_m` adds the values that are in totals, of `priced` deals; `apart_usd_m` those that are not, of
    `apart_priced`; `unpriced` trade deals have no public value. `claimed` counts the transfers that are only claimed,
    `other` the ties and measures.
    """

    status: str
    label: str
    on_ladder: bool
    is_doubted: bool
    trade: int
    claimed: int
    other: int
    usd_m: float
    priced: int
    apart_usd_m: float
    apart_priced: int
    unpriced: int


def stages(tables: Tables, deals: pd.DataFrame) -> list[Stage]:
    """Return every status with its counts and money: first those on the ladder to delivery, then those apart."""
    labels = {
        status: tables.dictionary.label("deals", "status", status, "trade")
        for status in tables.dictionary.choices("deals", "status")
    }
    counted, valued = (deals["in_totals"] == "yes").to_numpy(), deals["value_usd_m"].notna().to_numpy()
    value, trade = deals["value_usd_m"].fillna(0.0).to_numpy(), is_trade(deals)
    sums = {
        "trade": trade,
        "claimed": is_claimed(deals),
        "other": ~trade & (deals["family"] != "trade").to_numpy(),
        "usd_m": value * counted,
        "priced": counted & valued,
        "apart_usd_m": value * ~counted,
        "apart_priced": ~counted & valued,
        "unpriced": is_unpriced(deals),
    }
    of = deals["status"].to_numpy()
    held = {status: {name: column[of == status].sum().item() for name, column in sums.items()} for status in labels}
    steps = tables.dictionary.meaning("deals", "status", "stage")
    doubted = tables.dictionary.having("deals", "status", "doubted")
    order = sorted(labels, key=lambda status: (steps[status] is None, steps[status] or 0))
    return [
        Stage(status, labels[status], steps[status] is not None, status in doubted, **held[status]) for status in order
    ]
