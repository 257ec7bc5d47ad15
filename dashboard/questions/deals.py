"""Questions about the deals: which are in view, how many, and what they add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from functools import lru_cache
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from dashboard.questions.search import having
from dashboard.tables.dates import first_day, last_day
from dashboard.tables.load import Tables
from dashboard.tables.model import Row, is_in, records

MONEY = ["value_usd_m", "value_low_usd_m", "value_high_usd_m", "value_basis"]
# The least evidence a reader may ask for, as the address writes it.
SURE = {
    "any": "Any evidence",
    "origins": "Two independent origins or more",
    "credible": "Credibility 1 or 2",
    "both": "Both of these",
}


def _in_column(tables: Tables, column: str, values: tuple[str, ...]) -> np.ndarray:
    return is_in(tables.deals, column, values)


def _on_side(tables: Tables, side: str, values: tuple[str, ...]) -> np.ndarray:
    parties = tables.parties[is_in(tables.parties, "side", (side,)) & is_in(tables.parties, "country", values)]
    return is_in(tables.deals, "deal_id", set(parties["deal_id"]))


def _between(tables: Tables, _: str, values: tuple[str, ...]) -> np.ndarray:
    """Say of each deal whether every one of the countries is a party to it."""
    of = deals_by_country(tables)
    return is_in(tables.deals, "deal_id", set.intersection(*(of.get(country, set()) for country in values)))


@lru_cache(maxsize=2)
def deals_by_country(tables: Tables) -> dict[str, set[str]]:
    """Return the keys of the deals that each country is a party to."""
    found: dict[str, set[str]] = {}
    for deal_id, country in zip(tables.parties["deal_id"], tables.parties["country"], strict=True):
        found.setdefault(country, set()).add(deal_id)
    return found


@lru_cache(maxsize=2)
def linked(tables: Tables) -> dict[str, Row]:
    """Return what a link to each deal shows, by its key: deal_id, title, status, family and is_doubted."""
    rows = records(tables.deals[["deal_id", "title", "status", "family", "is_doubted"]])
    return {row["deal_id"]: row for row in rows}


def _goes_on(tables: Tables, _: str, year: int) -> np.ndarray:
    """Say of each deal whether a day known of it is in the year or later; an open one may go on until the last year known."""
    later = tables.deals["ends"].to_numpy() >= first_day(year)
    return later | tables.deals["is_open"].to_numpy() if year <= max(tables.years, default=year) else later


def _has_started(tables: Tables, _: str, year: int) -> np.ndarray:
    return started(tables.deals, year)


def _is_as_sure(tables: Tables, _: str, sure: str) -> np.ndarray:
    return is_sure(tables.deals, sure)


def _has_words(tables: Tables, _: str, text: str) -> np.ndarray:
    return having(tables.deals["words"], text)


def started(deals: pd.DataFrame, year: int) -> np.ndarray:
    """Say of each deal whether it had started by the end of a year; one without any date had not, as far as is known."""
    return deals["begins"].to_numpy() <= last_day(year)


def kept_by(rule: Callable[[Tables, str, Any], np.ndarray], default: Any = ()) -> Any:
    """Return a field of `Selection` with the rule that says of each deal whether a choice other than the default keeps it."""
    return field(default=default, metadata={"rule": rule})


@dataclass(frozen=True)
class Selection:
    """The reader's shared filters, each with its rule; the empty selection is every deal.

    Within `domain`, `status`, `kind`, `supplier` and `recipient` any one of the values will do; of `country` every one
    must be a party, so that two countries give the deals between them. `since` and `until` are years, both included.
    """

    domain: tuple[str, ...] = kept_by(_in_column)
    status: tuple[str, ...] = kept_by(_in_column)
    kind: tuple[str, ...] = kept_by(_in_column)
    country: tuple[str, ...] = kept_by(_between)
    since: int | None = kept_by(_goes_on, None)
    until: int | None = kept_by(_has_started, None)
    sure: str = kept_by(_is_as_sure, "any")
    q: str = kept_by(_has_words, "")
    supplier: tuple[str, ...] = kept_by(_on_side)
    recipient: tuple[str, ...] = kept_by(_on_side)

    @property
    def has_no_year(self) -> bool:
        """Say whether the years contradict each other, so that nothing can be within them."""
        return self.since is not None and self.until is not None and self.since > self.until


@lru_cache(maxsize=8)  # a page asks for the same deals several times over
def select(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Return the rows of `tables.deals` that the selection keeps, in their order.

    A deal is within the years where any day known of it is, or may still come; a deal without any date is
    within none.
    """
    deals = tables.deals
    keep = np.full(len(deals), not selection.has_no_year)
    for choice in fields(selection):
        value = getattr(selection, choice.name)
        if value != choice.default:
            keep &= choice.metadata["rule"](tables, choice.name, value)
    return deals if keep.all() else deals[keep]


def is_sure(deals: pd.DataFrame, sure: str) -> np.ndarray:
    """Say of each deal whether it reaches the least evidence asked for, a key of `SURE`."""
    grades = deals["credibility"].to_numpy(float, na_value=np.nan)
    return as_sure(deals["origins"].to_numpy(), grades, sure)


def as_sure(origins: np.ndarray, grades: np.ndarray, sure: str) -> np.ndarray:
    """Say of deals with so many origins and such credibility, NaN where it is not graded, whether they reach it."""
    keep = np.full(len(origins), True)
    if sure in ("origins", "both"):
        keep &= origins >= 2
    if sure in ("credible", "both"):
        keep &= grades <= 2
    return keep


@dataclass(frozen=True)
class Totals:
    """What the deals in view add up to, and what the sum is made of; money in millions.

    `disclosed` adds `value_usd_m` of the `priced` deals that are in totals; `low` and `high` add the lowest and
    highest public figures instead where sources differ. `parts` gives, for each basis of value, its sum and its
    number of deals. `unpriced` counts the trade deals that have no public value: unknown, not zero.
    `left_out` counts the deals that may not be added (`in_totals` is no), by status, in the same order in each sum; `left_out_priced` of them
    have a public figure, `left_out_usd_m` together.
    """

    disclosed: float
    low: float
    high: float
    priced: int
    unpriced: int
    parts: dict[str, tuple[float, int]]
    left_out: dict[str, int]
    left_out_priced: int
    left_out_usd_m: float


def total(deals: pd.DataFrame, bases: list[str], among: np.ndarray | bool = True) -> Totals:
    """Return the totals of deals, or of those `among` them; `bases` are the allowed bases of value, in order.

    `among` says of each deal whether it is meant.
    """
    counted, valued = deals["in_totals"].to_numpy() == "yes", deals["value_usd_m"].notna().to_numpy()
    priced, apart, basis = counted & valued & among, ~counted & valued & among, deals["value_basis"].to_numpy()
    value, *bounds = (deals[name].to_numpy(float) for name in MONEY[:3])
    low, high = (np.where(np.isnan(bound), value, bound) for bound in bounds)
    of = {name: priced & (basis == name) for name in bases}
    return Totals(
        disclosed=float(value[priced].sum()),
        low=float(low[priced].sum()),
        high=float(high[priced].sum()),
        priced=int(priced.sum()),
        unpriced=int((is_unpriced(deals) & among).sum()),
        parts={name: (float(value[rows].sum()), int(rows.sum())) for name, rows in of.items()},
        left_out=dict(Counter(sorted(deals["status"].to_numpy()[~counted & among])).most_common()),
        left_out_priced=int(apart.sum()),
        left_out_usd_m=float(value[apart].sum()),
    )


def is_trade(deals: pd.DataFrame) -> np.ndarray:
    """Say of each deal whether it is trade that has a price, public or not.

    A pact, an exercise or an embargo has none, nor has a transfer that is only claimed.
    """
    return deals["has_price"].to_numpy(bool) | ~np.isnan(deals["value_usd_m"].to_numpy())


def is_claimed(deals: pd.DataFrame) -> np.ndarray:
    """Say of each deal whether it is a claimed transfer: of the trade family, yet no trade that has a price."""
    return ~is_trade(deals) & (deals["family"].to_numpy() == "trade")


def is_unpriced(deals: pd.DataFrame) -> np.ndarray:
    """Say of each deal whether it is trade without any public value."""
    return deals["has_price"].to_numpy(bool) & np.isnan(deals["value_usd_m"].to_numpy())


def count_by(deals: pd.DataFrame, column: str, choices: Iterable[str]) -> dict[str, int]:
    """Return how many deals have each value of a column, none left out, in the order of `choices`."""
    counts = Counter(deals[column].to_numpy())
    return {value: counts[value] for value in choices}


@lru_cache(maxsize=2)
def newest_steps(tables: Tables) -> list[Row]:
    """Return every milestone with its deal's `title`, newest first; worked out once for all tables."""
    order = ["date_latest", "date_earliest"]
    steps = tables.milestones[["deal_id", "date", "kind", "event", *order]]
    titled = steps.merge(tables.deals[["deal_id", "title"]], on="deal_id")
    return records(titled.sort_values(order, ascending=False, kind="stable"))


def latest_steps(
    tables: Tables, deals: pd.DataFrame, most: int, since: int | None = None, until: int | None = None
) -> list[Row]:
    """Return the latest milestones of the deals given, newest first, at most so many; none outside the years, where given.

    A row has: deal_id, date, kind and event of milestones, its earliest and latest day, and the deal's `title`.
    """
    there = set(deals["deal_id"].to_numpy())
    found = (
        step
        for step in newest_steps(tables)
        if step["deal_id"] in there
        and (not since or step["date_latest"].year >= since)
        and (not until or step["date_earliest"].year <= until)
    )
    return list(islice(found, most))
