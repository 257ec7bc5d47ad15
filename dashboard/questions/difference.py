"""What sets two relations, states or speakers apart, in one sentence, and how sure it is, in those that follow."""

from __future__ import annotations

import pandas as pd

from dashboard.questions import quotes
from dashboard.questions.comparable import RELATION, SPEAKER, Compared
from dashboard.questions.deals import is_sure, is_unpriced, total
from dashboard.questions.evidence import format_share
from dashboard.questions.quotes import Choice
from dashboard.questions.sorts import tally
from dashboard.tables.load import Tables
from dashboard.words import format_count, format_money, listed, opening, plural

Both = tuple[Compared, Compared]


def finding(tables: Tables, both: Both) -> str:
    """Return the difference in one sentence; its numbers are those of the deals and statements in view."""
    one, other = both
    if one.key == other.key:
        return f"{one.title} {'are' if one.kind == RELATION else 'is'} on both sides. Choose another to compare."
    if one.kind == other.kind == SPEAKER:
        said = pd.concat([one.quotes, other.quotes])
        return quotes.finding(tables, said, Choice(analyst=(one.key, other.key)))
    if SPEAKER in (one.kind, other.kind):
        return opening(", and ".join(map(_said, both))) + "."
    if one.deals.empty and other.deals.empty:
        return f"Neither {one.name} nor {other.name} has a dealing in view."
    return f"{_dealings(both)}{_money(tables, both)}."


def _said(one: Compared) -> str:
    """Return how many statements a speaker made, or how many there are on the dealings of others."""
    count = len(one.quotes)
    words = format_count(count, "statement") if count else "no statement"
    there = f"there {plural(count or 1, 'is', 'are')} {words} on the dealings of {one.name}"
    return f"{one.name} made {words}" if one.kind == SPEAKER else there


def _dealings(both: Both) -> str:
    """Return which of two has more dealings: `Turkey has more dealings than India (12 against 5)`."""
    one, other = both
    left, right = (len(each.deals) for each in both)
    has = "have" if one.kind == RELATION else "has"
    if left == right:
        return f"{one.title} {has} as many dealings as {other.name} ({left:,} each)"
    numbers = f"{left or 'none'} against {right or 'none'}"
    return f"{one.title} {has} {'more' if left > right else 'fewer'} dealings than {other.name} ({numbers})"


def _money(tables: Tables, both: Both) -> str:
    """Return what the sentence goes on to say of the money, with the word that joins it to the numbers of dealings."""
    sums = [total(each.deals, []) for each in both]
    left, right = (one.disclosed for one in sums)
    usd = [format_money(one.disclosed, tables.package.currency) for one in sums]
    known = [f"{each.name} ({words})" for each, one, words in zip(both, sums, usd, strict=True) if one.priced]
    if len(known) < 2:
        return f"; a value is disclosed only for {known[0]}" if known else "; no value is disclosed for either"
    if usd[0] == usd[1]:
        return f" and about the same disclosed value ({usd[0]})"
    ahead = len(both[0].deals) - len(both[1].deals)
    joint = "but" if ahead * (left - right) < 0 else "and"
    return f" {joint} {'more' if left > right else 'less'} disclosed value ({usd[0]} against {usd[1]})"


def sureness(both: Both) -> list[str]:
    """Return in sentences how much of the difference stands: on how many origins it rests, and what has no public value."""
    if SPEAKER in (both[0].kind, both[1].kind):
        return []
    named = dict(zip(("the first’s", "the second’s"), both, strict=True))
    rests = [
        f"{format_share(is_sure(one.deals, 'origins').mean())} of {whose} dealings"
        for whose, one in named.items()
        if len(one.deals)
    ]
    trade = [(whose, tally(one.deals)["trade"], int(is_unpriced(one.deals).sum())) for whose, one in named.items()]
    known = [
        f"{count - lost or 'none'} of {whose} {format_count(count, 'trade deal')}"
        for whose, count, lost in trade
        if count
    ]
    others = "; the others are unknown, not zero" if any(lost for *_, lost in trade) else ""
    said = [f"Two independent origins or more stand behind {listed(rests)}."] if rests else []
    return said + ([f"A value is public for {listed(known)}{others}."] if known else [])
