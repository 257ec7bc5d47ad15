"""What a picture shows, in a sentence computed from the rows in view: when, who with whom, worth what, how contested."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dashboard.questions import flows, ledger, money, sorts
from dashboard.questions.deals import Totals
from dashboard.questions.evidence import format_share
from dashboard.questions.money import Group
from dashboard.tables.load import Tables
from dashboard.tables.model import Row
from dashboard.words import format_count, format_money, listed, plural

# How the leading group of each grouping of values is spoken of.
LEADERS = {
    "domain": "{} deals make up",
    "supplier": "Supplies from {} make up",
    "recipient": "Supplies to {} make up",
    "year": "Deals of {} make up",
    "status": "Deals with the status “{}” make up",
}
NOBODY = "no named speaker claims or denies"
NOT_CONTESTED = "No deal in view is contested."
NOT_BOTH = "No deal in view is both claimed and denied."
# What is said of the other groups of contested deals, of one deal and of several.
SAID = {
    "claimed": ("claimed and not denied", "claimed and not denied"),
    "denied": ("denied and not claimed", "denied and not claimed"),
    "reported": (f"only reported: {NOBODY} it", f"only reported: {NOBODY} them"),
}


def on_years(counts: pd.DataFrame, undated: int) -> str:
    """Return in which year most deals began, of the table of `timeline.per_year`, and how many have no date."""
    unknown = f" {format_count(undated, 'deal')} {plural(undated, 'has', 'have')} no date." if undated else ""
    if counts.empty:
        return f"No deal has a date.{unknown}"
    years, each = counts.index, counts.to_numpy().sum(axis=1)
    most, dated, busiest = int(each.max()), int(each.sum()), years[each.argmax()]
    if most == dated:
        return f"{format_count(dated, 'deal')} began, {plural(dated, 'in', 'all in')} {busiest}.{unknown}"
    if (each == most).sum() > 1:
        return f"{dated:,} deals began from {years[0]} to {years[-1]}, never more than {most:,} in a year.{unknown}"
    return f"{most:,} of {dated:,} deals began in {busiest}, more than in any other year.{unknown}"


def on_directions(found: pd.DataFrame, lines: Iterable[Row]) -> str:
    """Return from whom to whom most trade runs, and what else there is; `found` are the deals in view, `lines` their flows.

    Trade that is only claimed is counted with the rest.
    """
    counts = sorts.tally(found)
    pairs = flows.busiest(lines, "trade")
    rest = sorts.counted({sort: number for sort, number in counts.items() if sort != "trade"})
    apart = f" Counted apart: {rest}." if rest else ""
    if not pairs:
        return f"No trade deal is in view, but {rest}."
    (where, most), trade = pairs[0], counts["trade"]
    if len(pairs) > 1 and pairs[1][1] == most:
        run = f"{format_count(trade, 'trade deal')} {plural(trade, 'runs', 'run')}"
        return f"{run} in {len(pairs):,} directions, never more than {most:,} in one.{apart}"
    return f"{most:,} of {format_count(trade, 'trade deal')} {plural(most, 'runs', 'run')} from {where}.{apart}"


def on_value(tables: Tables, by: str, groups: list[Group], totals: Totals, stated_in: str = "") -> str:
    """Return which group of values makes up most of what is disclosed, and how many deals have no value.

    `groups` are those of `money.groups` by `by`, `totals` what they add up to; `stated_in` says which money they are in,
    where it is not that of the time.
    """
    if not totals.priced and not totals.unpriced:
        return "No trade deal in view has a value that may be added up."
    unknown = "Every trade deal in view has a public value."
    if totals.unpriced:
        have = plural(totals.unpriced, "has", "have")
        unknown = f"{format_count(totals.unpriced, 'trade deal')} {have} no public value."
    if not totals.disclosed:
        return f"No value is disclosed. {unknown}"
    named = [group for group in groups if group.key != money.FOLDED]
    leader = max(named, key=lambda group: group.totals.disclosed)
    words = LEADERS[by].format(_called(tables, by, leader)) if leader.key else "Deals of no known year make up"
    currency = tables.package.currency
    whole = format_money(totals.disclosed, currency) + (f" in {stated_in}" if stated_in else "")
    if leader.totals.disclosed == totals.disclosed:
        return f"{words} all of the disclosed total, {whole}. {unknown}"
    part = format_share(leader.totals.disclosed / totals.disclosed)
    return f"{words} {part} of the disclosed total, {format_money(leader.totals.disclosed, currency)} of {whole}. {unknown}"


def _called(tables: Tables, by: str, group: Group) -> str:
    """Return what a sentence calls a group of values."""
    if by == "domain":
        return tables.dictionary.before_noun("deals", by, group.key)
    if by in money.SIDES:
        return listed(map(tables.in_sentence, sorted(group.key.split(";"), key=tables.country_name)))
    return group.label


def on_contested(found: pd.DataFrame) -> str:
    """Return how many contested deals there are, rows of `ledger.ledger`, and how many are both claimed and denied."""
    if found.empty:
        return NOT_CONTESTED
    both = ledger.count_groups(found).get("both", 0)
    of = f"Of {len(found):,} contested deals," if len(found) > 1 else "Of 1 contested deal,"
    return f"{of} {f'{both:,}' if both else 'none'} {plural(both or 1, 'is', 'are')} both claimed and denied."


def on_claims(found: pd.DataFrame) -> str:
    """Return how many contested deals, rows of `ledger.ledger`, are in each group, a sentence each."""
    if found.empty:
        return NOT_CONTESTED
    counts = ledger.count_groups(found)
    both = counts.pop("both", 0)
    first = f"{format_count(both, 'deal')} {plural(both, 'is', 'are')} both claimed and denied." if both else NOT_BOTH
    others = [f"{count:,} {plural(count, 'is', 'are')} {SAID[group][count != 1]}." for group, count in counts.items()]
    return " ".join([first, *others])
