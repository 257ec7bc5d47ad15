"""Questions about the sources: which are in view, where each is used, how many of each sort."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd

from dashboard.questions.deals import Selection, select
from dashboard.questions.search import having
from dashboard.tables.load import Tables
from dashboard.tables.model import records

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
        rests, kept = rests_on(tables), select(tables, selection)["deal_id"]
        sources = sources[sources["source_id"].isin(rests.loc[rests["deal_id"].isin(kept), "source_id"])]
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
            keep &= sources[column].isin(["" if code == UNKNOWN else code for code in chosen]).to_numpy()
    return keep & having(sources["words"], choice.text).to_numpy()


def count_choices(sources: pd.DataFrame, choice: Choice, name: str) -> dict[str, int]:
    """Return how many sources each value of a choice would give, the others staying as they are."""
    others = _fits(sources, replace(choice, **{name: ()}))
    counts = Counter(sources[COLUMNS[name]].to_numpy()[others])
    return {value or UNKNOWN: count for value, count in counts.most_common()}


@lru_cache(maxsize=2)
def count_uses(tables: Tables) -> pd.DataFrame:
    """Return where each source is used: one row a source, by its `source_id`; columns `USES`, counts.

    Worked out once for all tables, as is `rests_on`, since no filter changes it.
    """
    counts = pd.crosstab(tables.citations["source_id"], tables.citations["table"])
    return counts.reindex(index=tables.sources["source_id"], columns=list(USES), fill_value=0)


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


def deals_each(tables: Tables, source_ids: Iterable[str]) -> dict[str, list[dict[str, str]]]:
    """Return for each source the deals that rest on it, as rows of `rests_on`, in their order."""
    found: dict[str, list[dict[str, str]]] = {key: [] for key in source_ids}
    rests = rests_on(tables)
    for deal in records(rests[rests["source_id"].isin(found)]):
        found[deal["source_id"]].append(deal)
    return found


def press_groups(tables: Tables, sources: pd.DataFrame) -> pd.DataFrame:
    """Return how many sources come from whose press: columns press, label and sources.

    `press` is one of those that the package names, UNKNOWN for a seat not known, or "" for all other countries together.
    """
    counts, named = sources["country"].value_counts(), tables.package.presses
    other = counts.drop(index=[*named, ""], errors="ignore")
    rows = [(code, tables.country_name(code), int(counts.get(code, 0))) for code in named]
    words = f"{len(other)} {'other ' * bool(named)}countr{'ies' if len(other) != 1 else 'y'}"
    rows.append(("", words, int(other.sum())))
    rows.append((UNKNOWN, "Seat not known", int(counts.get("", 0))))
    return pd.DataFrame(rows, columns=["press", "label", "sources"])


def share_good(sources: pd.DataFrame) -> float:
    """Return which share of the sources, 0 to 1, is graded A or B; 0 where there is none."""
    return float(sources["reliability"].isin(GOOD).mean()) if len(sources) else 0.0
