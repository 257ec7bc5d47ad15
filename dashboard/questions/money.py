"""Questions about the money: disclosed value by group, in the money of one year, and at each stage of a deal."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from dashboard.questions.deals import Totals, total
from dashboard.tables.load import Tables
from dashboard.words import format_count, format_money, listed, plural

# What the reader may group by, as the address writes it; all but the year are columns of the deals.
BY = ("domain", "supplier", "recipient", "year", "status")
SIDES = ("supplier", "recipient")
FOLDED = "others"
UNITS = ("value_usd_m", "value_low_usd_m", "value_high_usd_m")


@dataclass(frozen=True)
class Group:
    """One row of a picture of money: its code (several states are joined by `;`), its words and its totals.

    `is_doubted` says that it gathers what is alleged or denied.
    """

    key: str
    label: str
    totals: Totals
    is_doubted: bool = False


def kinds(tables: Tables) -> dict[str, str]:
    """Return the kinds of money, as the address writes them, in words: `US dollars of the time`, `Constant US dollars`."""
    name = tables.package.currency.name
    return {"nominal": f"{name[0].upper()}{name[1:]} of the time", "constant": f"Constant {name}"}


@dataclass(frozen=True, eq=False)
class Constant:
    """Deals in the money of the year `base`, and what could not be converted and is therefore not among them.

    `undated` counts the deals without a year, `undated_priced` those of them with a public value;
    `unindexed` counts the deals with a value whose year the price index does not cover.
    """

    deals: pd.DataFrame
    base: int
    undated: int
    undated_priced: int
    unindexed: int


def groups(tables: Tables, deals: pd.DataFrame, by: str, most: int = 30) -> list[Group]:
    """Return the totals of each group of deals, which add up to the totals of all: no deal is in two groups.

    A deal with several suppliers (or recipients) is in a group of its own that names them all. Groups of ties
    only, which have no price by nature, are left away. Domains, suppliers and recipients come with the largest
    sum first, years with the latest first, statuses in the order of the dictionary; what comes after the first
    `most` is one group, the last.
    """
    of = keys(deals, by).to_numpy()
    every = {key: _total(tables, deals, of == key) for key in sorted(set(of))}
    sums = {key: sums for key, sums in every.items() if sums.priced or sums.unpriced or sums.left_out}
    doubted = tables.dictionary.having("deals", "status", "doubted") if by == "status" else ()
    ordered = _ordered(tables, sums, by)
    rows = [Group(key, label(tables, by, key), sums[key], key in doubted) for key in ordered[:most]]
    if rest := ordered[most:]:
        folded = _total(tables, deals, np.isin(of, np.array(rest, dtype=object)))
        rows.append(Group(FOLDED, f"{len(rest):,} more, together", folded))
    return rows


def label(tables: Tables, by: str, key: str) -> str:
    """Return the words for a group's code."""
    if by == "year":
        return key or "Year not known"
    if by in SIDES:
        return listed(sorted(map(tables.country_name, key.split(";"))))
    return tables.dictionary.label("deals", by, key, "trade" if by == "status" else "")


def keys(deals: pd.DataFrame, by: str) -> pd.Series:
    """Return the group's code of each deal; the same states in another order are the same group."""
    if by == "year":
        return deals["year"].astype("string").fillna("").astype(object)
    if by in SIDES:
        sorted_codes = {text: ";".join(sorted(text.split(";"))) for text in deals[by].unique()}
        return deals[by].map(sorted_codes)
    return deals[by]


def _total(tables: Tables, deals: pd.DataFrame, among: np.ndarray) -> Totals:
    """Return the totals of those among the deals; what is left out of them is in the order of the dictionary."""
    found = total(deals, list(tables.dictionary.choices("deals", "value_basis")), among)
    order = tables.dictionary.choices("deals", "status")
    return replace(found, left_out={name: found.left_out[name] for name in order if name in found.left_out})


def _ordered(tables: Tables, sums: dict[str, Totals], by: str) -> list[str]:
    """Return the keys of groups in their order."""
    if by == "year":
        return sorted(sums, reverse=True)  # "" for a year not known comes last
    if by == "status":
        return [status for status in tables.dictionary.choices("deals", "status") if status in sums]
    return sorted(sums, key=lambda key: (-sums[key].disclosed, -sums[key].unpriced))


def deflate(deals: pd.DataFrame, deflator: pd.DataFrame) -> Constant:
    """Return the deals with their values in the money of the latest year of the price index.

    A value is taken to be in the money of the deal's `year`, that of signature (`start`, else `announced`). A deal
    without a year, or with a value and a year that the index does not cover, is left out.
    """
    index = deflator.set_index("year")["cpi_u"]
    base = int(index.index.max())
    factor = deals["year"].map(index[base] / index).astype(float)
    dated, valued = deals["year"].notna(), deals["value_usd_m"].notna()
    lost = dated & factor.isna() & valued
    kept = deals[dated & ~lost]
    return Constant(
        deals=kept.assign(**{unit: kept[unit] * factor[kept.index] for unit in UNITS}),
        base=base,
        undated=int((~dated).sum()),
        undated_priced=int((~dated & valued).sum()),
        unindexed=int(lost.sum()),
    )


def differs(totals: Totals) -> bool:
    """Say whether the public figures of a group differ."""
    return totals.low != totals.high


def left_out(tables: Tables, totals: Totals) -> str:
    """Return in a sentence how many deals are left out of a sum, and why; nothing where none is."""
    count = sum(totals.left_out.values())
    if not count:
        return ""
    words = (
        f"{format_count(count, 'deal')} {plural(count, 'is', 'are')} left out of the sum: {reasons(tables, totals)}."
    )
    if not totals.left_out_priced:
        return words
    usd = format_money(totals.left_out_usd_m, tables.package.currency)
    if totals.left_out_priced == 1:
        return f"{words} {'It' if count == 1 else '1 of them'} has a public figure, {usd}."
    return f"{words} {totals.left_out_priced:,} of them have public figures, {usd} in all."


def reasons(tables: Tables, totals: Totals) -> str:
    """Return why deals are left out of a sum: how many are alleged, proposed and so on.

    A deal left out in a state that totals do allow would count the same money twice or lies outside the trade.
    """
    words = {status: tables.dictionary.label("deals", "status", status).lower() for status in totals.left_out}
    other = " (counted elsewhere or outside this trade)"
    summed = tables.dictionary.having("deals", "status", "summed")
    named = [f"{count:,} {words[key]}{other if key in summed else ''}" for key, count in totals.left_out.items()]
    return ", ".join(named)


def notes(tables: Tables, totals: Totals) -> list[str]:
    """Return in sentences how far the figures of a sum lie apart, and what is left out of it; none where neither is so."""
    low, high = (format_money(million, tables.package.currency) for million in (totals.low, totals.high))
    apart = f"Where sources differ, the sum runs from {low} to {high}." if differs(totals) else ""
    return [words for words in (apart, left_out(tables, totals)) if words]
