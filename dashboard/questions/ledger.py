"""Questions about contested deals: in what order, who stands on which side, on how many independent origins."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from dashboard.questions.evidence import COLUMNS, cited, contested_ids, positions, sides, with_sources
from dashboard.tables.check.row_rules import LEFT_OUT
from dashboard.tables.load import Tables
from dashboard.tables.model import Row, is_in, records

# A point on which sources differ begins with its name: “Number: one (Turkey), six (the claim denied)”.
POINT = re.compile(r"(?:^|(?<=[.;] ))([A-Z][\w ,'’-]{1,30}): ")


# How a contested deal stands, in the order of the ledger: whether named speakers claim it, deny it, both, or neither.
GROUPS = {
    "both": "Claimed and denied",
    "claimed": "Claimed, not denied",
    "denied": "Denied, not claimed",
    "reported": "Reported only",
}


@dataclass(frozen=True, eq=False)
class Side:
    """One side of a contested deal.

    `name` is asserts, denies or comments; `statements` rows of quotes, oldest first, each with its sources; `sources`
    rows of sources, only where no statement speaks for the side and these pages carry the account; `origins` how many
    independent origins stand behind either.
    """

    name: str
    statements: list[tuple[Row, list[Row]]]
    sources: list[Row]
    origins: int


@dataclass(frozen=True, eq=False)
class Entry:
    """One contested deal: every position in order of date (as `positions` gives them), and its three sides.

    `shared` counts the origins that carry both the asserting and the denying side.
    """

    positions: list[Row]
    sides: tuple[Side, ...]
    shared: int


@lru_cache(maxsize=2)
def ledger(tables: Tables) -> pd.DataFrame:
    """Return every contested deal there is, a row each, in the order of the ledger; worked out once for all tables.

    Columns: deal_id, title, status, family, the number of statements on each side (asserts, denies and comments), and
    `group`, a key of `GROUPS`: `both`, `claimed` and `denied` by which of the sides have a statement, `reported` where
    neither has one, whatever the comments and the status. Groups come in the order of `GROUPS`, in each the latest first.
    """
    deals = tables.deals[["deal_id", "title", "status", "family", "ends"]]
    found = deals[deals["deal_id"].isin(contested_ids(tables, deals))]
    counts = sides(tables).loc[found["deal_id"]].set_axis(found.index)
    counted = found.assign(**counts, group=_groups(counts))
    latest = counted.sort_values("ends", ascending=False, na_position="last", kind="stable")
    return latest.sort_values("group", key=lambda group: group.map([*GROUPS].index), kind="stable").drop(columns="ends")


def _groups(counts: pd.DataFrame) -> list[str]:
    """Return the group of each deal, from its statements on each side."""
    named = {(True, True): "both", (True, False): "claimed", (False, True): "denied", (False, False): "reported"}
    return [named[sides] for sides in zip(counts["asserts"] > 0, counts["denies"] > 0, strict=True)]


def count_groups(found: pd.DataFrame) -> dict[str, int]:
    """Return how many of the contested deals, rows of `ledger`, are in each group that has any, in their order."""
    counts = Counter(found["group"].to_numpy())
    return {name: counts[name] for name in GROUPS if counts[name]}


def contested(tables: Tables, deals: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `ledger` that are of the deals given, of which only the keys are looked at."""
    rows = ledger(tables)
    return rows[is_in(rows, "deal_id", deals["deal_id"].to_numpy())]


def entry(tables: Tables, deal: pd.Series) -> Entry:
    """Return the ledger's entry for a deal, a row of `tables.deals`."""
    said = positions(tables, deal["deal_id"])
    by_side = {name: said[said["side"] == name] for name in COLUMNS}
    pages = {name: cited(tables, rows["source_ids"]) for name, rows in by_side.items()}
    nobody = tables.sources.iloc[:0]
    own = nobody if len(by_side["asserts"]) else _carriers(tables, deal, pages["denies"])
    if len(own):
        pages["asserts"] = own
    sides = [
        Side(
            name, with_sources(tables, rows), records(own if name == "asserts" else nobody), _count_origins(pages[name])
        )
        for name, rows in by_side.items()
    ]
    shared = len(set(pages["asserts"]["origin"]) & set(pages["denies"]["origin"]))
    return Entry(records(said), tuple(sides), shared)


def _count_origins(sources: pd.DataFrame) -> int:
    return int(sources["origin"].nunique())


def sides_first(said: pd.DataFrame) -> pd.DataFrame:
    """Return positions with claims and denials before all others, each part staying in order of date."""
    return said.sort_values("side", key=lambda side: side == "comments", kind="stable")


def reason_left_out(doubt: str) -> str:
    """Return why a deal is left out of totals, in the words of its `doubt`; "" where it does not say so."""
    return next((words for name, words in points(doubt) if name == LEFT_OUT), "")


def points(doubt: str) -> list[tuple[str, str]]:
    """Return what `doubt` says, point by point: the name of the point ("" where it has none) and the words on it.

    The words are the table's own, none added or left out. Why a deal is left out of totals is a point of its own.
    """
    parts = POINT.split(doubt)
    found = [("", parts[0].strip())] if parts[0].strip() else []
    for name, words in zip(parts[1::2], parts[2::2], strict=True):
        if name == LEFT_OUT:
            reason, stop, rest = words.partition(". ")
            found += [(name, reason + stop.strip()), ("", rest.strip())]
        else:
            found.append((name, words.strip()))
    return [(name, words) for name, words in found if words]


def differences(doubt: str) -> list[tuple[str, str]]:
    """Return the points on which the sources differ; why a deal is left out of totals is said in another place."""
    return [(name, words) for name, words in points(doubt) if name != LEFT_OUT]


def _carriers(tables: Tables, deal: pd.Series, denying: pd.DataFrame) -> pd.DataFrame:
    """Return the sources of a deal that carry its account: all but those cited for a denial, if any are left."""
    own = cited(tables, [deal["source_ids"]])
    others = own[~own["source_id"].isin(denying["source_id"])]
    return others if len(others) else own
