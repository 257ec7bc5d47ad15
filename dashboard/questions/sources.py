"""Questions about the sources: which are in view, where each is used, how many of each sort."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from dashboard.questions.deals import Selection, select
from dashboard.questions.search import having
from dashboard.tables.load import Tables
from dashboard.tables.model import Row, is_in, records

# The column of `tables.sources` that each choice is about.
COLUMNS = {"press": "country", "grade": "reliability", "language": "language", "source": "kind"}
USES = ("deals", "milestones", "quotes", "deflator")  # the tables that cite sources
DIRECT = ("deals", "milestones")  # the tables whose citations belong to a deal itself
UNKNOWN = "unknown"  # stands in an address for the blank of a publisher whose seat is not known
GOOD = ("A", "B")


@dataclass(frozen=True)
class Choice:
    """What the reader chose on the bibliography; within each, any one of the values will do."""

    press: tuple[str, ...] = ()
    grade: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    text: str = ""


@lru_cache(maxsize=2)  # a choice of press or grade narrows the same sources again
def select_sources(tables: Tables, selection: Selection, choice: Choice | None = None) -> pd.DataFrame:
    """Return the rows of `tables.sources` in view, in their order.

    Without a filter on deals every source is in view; with one, those that a deal in view rests on, by itself, by
    one of its milestones or by a statement that speaks of it.
    """
    sources = tables.sources
    if selection != Selection():
        rests = rests_on(tables)
        kept = is_in(rests, "deal_id", select(tables, selection)["deal_id"].to_numpy())
        sources = sources[is_in(sources, "source_id", rests["source_id"].to_numpy()[kept])]
    return choose(sources, choice or Choice())


def choose(sources: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """Return the sources that the reader's choice keeps.

    Every word of `text` must be in the headline, the publisher, the origin, the address or the key.
    """
    keep = _fits(sources, choice)
    return sources if keep.all() else sources[keep]


def _fits(sources: pd.DataFrame, choice: Choice) -> np.ndarray:
    keep = np.full(len(sources), True)
    for name, column in COLUMNS.items():
        if chosen := getattr(choice, name):
            keep &= is_in(sources, column, ["" if code == UNKNOWN else code for code in chosen])
    return keep & having(sources["words"], choice.text) if choice.text else keep


def count_choices(sources: pd.DataFrame, choice: Choice, name: str) -> dict[str, int]:
    """Return how many sources each value of a choice would give, the others staying as they are."""
    others = _fits(sources, replace(choice, **{name: ()}))
    counts = Counter(sources[COLUMNS[name]].to_numpy()[others])
    return {value or UNKNOWN: count for value, count in counts.most_common()}


@lru_cache(maxsize=2)
def count_uses(tables: Tables) -> dict[str, dict[str, int]]:
    """Return how often each table of `USES` cites each source, by its `source_id`.

    Worked out once for all tables, as is `rests_on`, since no filter changes it.
    """
    counts = Counter(zip(tables.citations["source_id"], tables.citations["table"], strict=True))
    return {key: {name: counts[key, name] for name in USES} for key in tables.sources["source_id"]}


@lru_cache(maxsize=2)
def rests_on(tables: Tables) -> pd.DataFrame:
    """Return which deal rests on which source, by itself, a milestone or a statement; each pair once.

    Columns: source_id, deal_id, and the deal's title and status; in the order of the titles.
    """
    cited = tables.citations
    direct = cited[cited["table"].isin(DIRECT)].rename(columns={"id": "deal_id"})
    said = cited[cited["table"] == "quotes"].merge(tables.spoken, left_on="id", right_on="quote_id")
    pairs = pd.concat([direct, said], ignore_index=True)[["source_id", "deal_id"]].drop_duplicates()
    return pairs.merge(tables.deals[["deal_id", "title", "status", "family", "is_doubted"]], on="deal_id").sort_values(
        "title", kind="stable"
    )


@lru_cache(maxsize=2)
def deals_each(tables: Tables) -> dict[str, list[Row]]:
    """Return for each source the deals that rest on it, as rows of `rests_on`, in their order."""
    found: dict[str, list[Row]] = {key: [] for key in tables.sources["source_id"]}
    for deal in records(rests_on(tables)):
        found[deal["source_id"]].append(deal)
    return found


class Press(NamedTuple):
    """Whose press it is, a `code` of those that the package names, UNKNOWN for a seat not known, or "" for all other countries together."""

    code: str
    label: str
    sources: int


def press_groups(tables: Tables, sources: pd.DataFrame) -> list[Press]:
    """Return how many sources come from whose press."""
    counts, named = Counter(sources["country"].to_numpy()), tables.package.presses
    other = [count for code, count in counts.items() if code and code not in named]
    words = f"{len(other)} {'other ' * bool(named)}countr{'ies' if len(other) != 1 else 'y'}"
    return [
        *(Press(code, tables.country_name(code), counts[code]) for code in named),
        Press("", words, sum(other)),
        Press(UNKNOWN, "Seat not known", counts[""]),
    ]


def share_good(sources: pd.DataFrame) -> float:
    """Return which share of the sources, 0 to 1, is graded A or B; 0 where there is none."""
    return float(is_in(sources, "reliability", GOOD).mean()) if len(sources) else 0.0
