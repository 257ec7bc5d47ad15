"""The words of the bars of value: above a bar, below it, and all of it for who cannot see it."""

from __future__ import annotations

from html import escape

from dashboard.questions.deals import Totals
from dashboard.questions.money import Group, differs
from dashboard.tables.package import Currency
from dashboard.words import format_money


def head_parts(group: Group, currency: Currency) -> list[str]:
    """Return what stands above a bar: the name, the sum, and how many deals have no public value."""
    totals, name = group.totals, f"<b>{escape(group.label, quote=False)}</b>"
    if group.is_doubted:
        name = f"<i>{name}</i>"
    first = f"{name}  {format_money(totals.disclosed, currency)}" if totals.priced else name
    unknown = f"+ {totals.unpriced:,} without a public value" if totals.unpriced else ""
    nothing = "" if totals.priced or unknown else "nothing in totals"
    return [part for part in (first, unknown, nothing) if part]


def foot_parts(totals: Totals, bases: dict[str, str], currency: Currency) -> list[str]:
    """Return what stands below a bar: its parts, the range where sources differ, and what is left out of it."""
    made_of = {
        bases[basis].lower(): format_money(usd, currency) for basis, (usd, count) in totals.parts.items() if count
    }
    single = f"basis: {next(iter(made_of))}" if len(made_of) == 1 else ""
    parts = [single or ", ".join(f"{usd} {words}" for words, usd in made_of.items())]
    if differs(totals):
        parts.append(f"range {format_money(totals.low, currency)} to {format_money(totals.high, currency)}")
    if totals.left_out_priced:
        parts.append(f"{format_money(totals.left_out_usd_m, currency)} left out of totals")
    return [part for part in parts if part]


def alt(groups: list[Group], bases: dict[str, str], heading: str, currency: Currency, most: int = 10) -> str:
    """Return the picture in words: what it shows and its first groups with all their numbers."""
    if not groups:
        return f"No trade deal is in view, so there are no bars: {heading}."
    rows = [", ".join([group.label, *_spoken(group.totals, bases, currency)]) for group in groups[:most]]
    more = f" {len(groups) - most} more groups are in the table below." if len(groups) > most else ""
    return f"Horizontal bars: {heading}. {'; '.join(rows)}.{more}"


def _spoken(totals: Totals, bases: dict[str, str], currency: Currency) -> list[str]:
    unknown = [f"{totals.unpriced} without a public value"] if totals.unpriced else []
    return [
        format_money(totals.disclosed, currency) if totals.priced else "nothing disclosed",
        *foot_parts(totals, bases, currency),
        *unknown,
    ]
