"""Questions asked of the statements: which are in view, who speaks, about what, in what stance."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from dashboard.data import Tables
from dashboard.deals import Selection, select


@dataclass(frozen=True)
class Choice:
    """What the reader chose on the quote browser; within each, any one of the values will do."""

    analyst: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    stance: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    said: str = ""


def select_quotes(tables: Tables, selection: Selection, choice: Choice | None = None) -> pd.DataFrame:
    """Return the rows of `tables.quotes` in view, in their order.

    The shared filters on deals keep a statement that speaks of a deal they keep; without such a filter,
    statements on the relation at large are in view too. The years are those of the statement itself; one
    without a date is within none.
    """
    quotes = tables.quotes
    keep = pd.Series(True, index=quotes.index)
    about = replace(selection, since=None, until=None)
    if about != Selection():
        kept = select(tables, about)["deal_id"]
        keep &= quotes["quote_id"].isin(tables.spoken.loc[tables.spoken["deal_id"].isin(kept), "quote_id"])
    if selection.since:
        keep &= quotes["date_latest"] >= pd.Timestamp(selection.since, 1, 1)
    if selection.until:
        keep &= quotes["date_earliest"] <= pd.Timestamp(selection.until, 12, 31)
    return choose(quotes[keep], choice or Choice())


def choose(quotes: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """Return the statements that the reader's choice keeps; every word of `said` must be in the text."""
    keep = pd.Series(True, index=quotes.index)
    for column in ("analyst", "topic", "stance", "form"):
        if getattr(choice, column):
            keep &= quotes[column].isin(getattr(choice, column))
    for word in choice.said.casefold().split():
        keep &= quotes["text"].str.casefold().str.contains(word, regex=False)
    return quotes[keep]


def count_choices(quotes: pd.DataFrame, choice: Choice, column: str) -> dict[str, int]:
    """Return how many statements each value of a column would give, the other choices staying as they are."""
    others = choose(quotes, replace(choice, **{column: ()}))
    return others[column].value_counts().to_dict()
