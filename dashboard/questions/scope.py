"""Which deals are between the two subject states, which they share with further states, which are around them.

The data package names the two states (`subject`). Each scope is counted apart, and none of its sums mixes with another's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from dashboard.questions.deals import Totals, total
from dashboard.questions.sorts import NOUNS, counted, sorts
from dashboard.tables.load import Tables
from dashboard.tables.model import is_in
from dashboard.words import format_money, listed, opening

BETWEEN, SHARED, AROUND = SCOPES = ("between", "shared", "around")


@dataclass(frozen=True)
class Tally:
    """What the deals of one scope are: how many of each sort, a key of `NOUNS`, and what they add up to.

    Of the trade deals `unagreed` are only proposed or talked about, and `doubted` are alleged or denied.
    """

    counts: Mapping[str, int]
    unagreed: int
    doubted: int
    totals: Totals

    @property
    def trade(self) -> int:
        """Return how many deals have a price, public or not, whatever their status."""
        return self.counts["trade"]

    @property
    def claimed(self) -> int:
        """Return how much trade is only claimed, and so has no price."""
        return self.counts["claimed"]

    @property
    def deals(self) -> int:
        """Return how many deals the scope has."""
        return sum(self.counts.values())


def scopes(tables: Tables, deals: pd.DataFrame) -> np.ndarray:
    """Return the scope of each deal, one of `SCOPES`; `deals` are rows of `tables.deals`.

    A deal is `between` the two where one of them is the supplier, the other the recipient, and no further state is a
    party. It is `shared` where further states are parties too, and one of the two is on each side; in a tie, whose
    parties are equals, the sides do not matter. All else is `around` them: what one of them or neither has with
    others, and what a third state supplies to both or does against both.
    """
    return _scopes(tables)[deals.index.to_numpy()]


@lru_cache(maxsize=2)
def _scopes(tables: Tables) -> np.ndarray:
    """Return the scope of every deal there is, worked out once for all tables, whose rows are numbered from 0."""
    subject, deals = set(tables.package.subject), tables.deals
    rows = zip(deals["supplier"], deals["recipient"], deals["family"] == "tie", strict=True)
    found = [_scope(set(ours.split(";")), set(theirs.split(";")), is_tie, subject) for ours, theirs, is_tie in rows]
    return np.array(found, dtype=object)


def _scope(ours: set[str], theirs: set[str], is_tie: bool, subject: set[str]) -> str:
    """Return the scope of a deal from the states on its two sides."""
    faces = bool(ours & subject) and bool(theirs & subject)
    if not subject <= ours | theirs or not (faces or is_tie):
        return AROUND
    return BETWEEN if ours | theirs == subject else SHARED


def tallies(tables: Tables, deals: pd.DataFrame) -> dict[str, Tally]:
    """Return the tally of each scope of `SCOPES`, of the deals given: rows of `tables.deals`."""
    of, bases = scopes(tables, deals), list(tables.dictionary.choices("deals", "value_basis"))
    sort, doubted = sorts(deals), deals["is_doubted"].to_numpy(dtype=bool)
    agreed = is_in(deals, "status", tables.dictionary.having("deals", "status", "agreed"))

    def tally(among: np.ndarray) -> Tally:
        counts, trade = Counter(sort[among]), among & (sort == "trade")
        return Tally(
            counts={name: counts[name] for name in NOUNS},
            unagreed=int((trade & ~agreed).sum()),
            doubted=int((trade & doubted).sum()),
            totals=total(deals, bases, among),
        )

    return {scope: tally(of == scope) for scope in SCOPES}


def subject_names(tables: Tables) -> str:
    """Return the names of the two subject states: `Turkey and Pakistan`."""
    return listed(map(tables.in_sentence, tables.package.subject))


def headings(tables: Tables, found: Mapping[str, Tally]) -> dict[str, str]:
    """Return what each scope is called that has a deal; `found` is as `tallies` gives it."""
    pair = subject_names(tables)
    around = "them" if found[BETWEEN].deals or found[SHARED].deals else pair
    names = {BETWEEN: f"Between {pair}", SHARED: f"{opening(pair)} with further states", AROUND: f"The network around {around}"}  # fmt: skip
    return {scope: words for scope, words in names.items() if found[scope].deals}


def described(tally: Tally) -> str:
    """Return what the deals of a scope are, and how many of its trade deals are not agreed or in doubt, in sentences."""
    text = counted(tally.counts)
    parts = [(tally.unagreed, "only proposed or negotiated"), (tally.doubted, "alleged or denied")]
    words = [f"{count:,} {'is' if count == 1 else 'are'} {what}" for count, what in parts if count]
    return f"{text}. Of the trade deals, {listed(words)}." if words else f"{text}."


def money_words(tables: Tables, tally: Tally) -> str:
    """Return in a sentence what the deals of a scope add up to, and how many make the sum; "" where nothing is traded."""
    totals = tally.totals
    if not tally.trade:
        return ""
    if not totals.priced:
        return "No public value may be added up." if totals.left_out_priced else "No value is public."
    if totals.priced == tally.trade:
        return f"The disclosed total is {format_money(totals.disclosed, tables.package.currency)}."
    return f"The disclosed total, {format_money(totals.disclosed, tables.package.currency)}, comes from {totals.priced:,} of the trade deals."


def share_words(tables: Tables, deals: pd.DataFrame) -> str:
    """Return in a sentence how the disclosed total of deals is shared between the scopes; "" where nothing is disclosed."""
    places = {
        BETWEEN: f"is between {subject_names(tables)}",
        SHARED: "is in deals of both with further states",
        AROUND: "is in the network around them",
    }
    values, of = deals["value_usd_m"].to_numpy(), scopes(tables, deals)
    priced = (deals["in_totals"].to_numpy() == "yes") & ~np.isnan(values)
    found = {name: values[priced & (of == name)].sum() for name in SCOPES if (priced & (of == name)).any()}
    if len(found) == 1:
        return f"All of the disclosed total {places[next(iter(found))]}."
    parts = [f"{format_money(usd_m, tables.package.currency)} {places[name]}" for name, usd_m in found.items()]
    return f"Of the disclosed total, {listed(parts)}." if parts else ""


def sentences(tables: Tables, found: dict[str, Tally], where: str) -> list[str]:
    """Return what there is in words, a text for each scope with a deal: the first is a headline, the others follow it.

    `found` is as `tallies` gives it, `where` says where the deals are: on record, or in view.
    """
    pair = subject_names(tables)
    forms = {
        BETWEEN: "{They} have {kinds} {where}.",
        SHARED: "{They} share {kinds} with further states.",
        AROUND: "The network around {them} has {kinds} {where}.",
    }
    texts: list[str] = []
    for scope in SCOPES:
        if found[scope].deals:
            they, them = ("They", "them") if texts else (pair, pair)
            words = forms[scope].format(They=they, them=them, kinds=counted(found[scope].counts), where=where)
            texts.append(opening(f"{words} {money_words(tables, found[scope])}".strip()))
    return texts
