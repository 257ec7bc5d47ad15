"""What is drawn of each deal on a timeline: the parts of its bar and its dated steps, as shares of the picture's width."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from dashboard.charts.timeline.scale import Scale, even, scale
from dashboard.questions import timeline as chronology
from dashboard.questions.timeline import Described
from dashboard.tables.load import Tables
from dashboard.tables.model import is_in, records

USED = [
    *("deal_id", "title", "domain", "family", "has_price", "is_doubted", "status", "supplier", "recipient", "announced", "start", "end", "begins"),
    *("is_open", "value_usd_m", "value_low_usd_m", "value_high_usd_m", "value_basis", "in_totals", "credibility", "origins"),
]  # fmt: skip
STEP = ["deal_id", "kind", "date", "date_earliest", "date_latest", "event"]  # what the picture needs of a milestone
VAGUE = "~?"  # the marks of an approximate and of an uncertain date
Ends = tuple[float, float]


class Step(NamedTuple):
    """A milestone: from where to where its date may be, its kind, its date as EDTF text, its words."""

    ends: Ends
    kind: str
    date: str
    event: str

    @property
    def middle(self) -> float:
        """Return where its mark stands."""
        return sum(self.ends) / 2


@dataclass(frozen=True)
class Bar:
    """One deal on a timeline; places are shares of the picture's width, and may lie beyond its edges, 0 and 1.

    `deal` has the columns of `tables.deals` that are `USED` and those of `chronology.spans`, its colour, glyph and
    pattern; `known` is the first date known. A part of the bar that ends before it begins is none.
    """

    deal: dict[str, Any]
    words: Described
    known: float
    opening: Ends
    core: Ends
    closing: Ends
    steps: list[Step]

    @property
    def stop(self) -> float:
        """Return where the bar ends."""
        return max(self.opening[1], self.core[1], self.closing[1])

    @property
    def parts(self) -> dict[str, Ends]:
        """Return the parts of the bar that there are, by their names."""
        found = {"core": self.core, "opening": self.opening, "closing": self.closing}
        return {name: ends for name, ends in found.items() if ends[0] < ends[1]}

    @property
    def start_mark(self) -> str:
        """Return the mark of an approximate or uncertain opening."""
        return self.deal["opens"][-1].strip("0123456789")

    @property
    def end_mark(self) -> str:
        """Return the mark of how the deal ends: open, not known, not known exactly, or plainly."""
        if self.deal["is_open"]:
            return "→"
        return self.deal["end"][-1].strip("0123456789") if self.deal["end"] else "…"


@lru_cache(maxsize=2)
def dated(tables: Tables) -> pd.DataFrame:
    """Return every deal that has a date, in the order of their opening.

    Columns: `USED`, those of `chronology.spans`, and the deal's colour, glyph and pattern.

    Worked out once for all tables, since no filter changes it.
    """
    says = tables.dictionary.meaning
    found = tables.deals[USED].merge(chronology.spans(tables), on="deal_id")
    found = found.assign(
        colour=found["domain"].map(says("deals", "domain", "colour")),
        glyph=found["domain"].map(says("deals", "domain", "glyph")),
        pattern=found["status"].map(says("deals", "status", "pattern")),
    )
    return found.sort_values(["opens_earliest", "opens_latest", "title"], kind="stable", ignore_index=True)


def shown(tables: Tables, deals: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `dated` for those of `deals` that have a date; only `deal_id` is looked at."""
    every = dated(tables)
    return every[is_in(every, "deal_id", deals["deal_id"].to_numpy())]


def years_of(found: pd.DataFrame, today: date, since: int | None = None, until: int | None = None) -> Scale:
    """Return the scale of a picture of deals, rows of `dated`.

    It goes from the first year known, or the year `since`, to today, or to the end of the year `until`.
    """
    latest = max(found["closes_latest"].max().date(), today)
    last = min(latest, date(until, 12, 31)) if until else latest
    first = max(found["begins"].min().year, since or 0)
    return scale(found["opens_earliest"], date(min(first, last.year), 1, 1), last)


def years_of_one(deal: pd.DataFrame, steps: pd.DataFrame, today: date) -> Scale:
    """Return the scale of a picture of one deal, a row of `dated`, and its milestones: to today while it is open."""
    ends = [*deal["closes_latest"], *steps["date_latest"]]
    last = max(end.date() for end in ends)
    reach = max(last, today) if deal["is_open"].any() else last
    return even(date(deal["begins"].min().year, 1, 1), date(reach.year, 12, 31))


def bars(tables: Tables, found: pd.DataFrame, years: Scale) -> list[Bar]:
    """Return what is drawn of deals, rows of `dated`, in their order."""
    steps, described = steps_of(tables), chronology.described(tables, found)
    return [
        _bar(deal, words, years, [_step(row, years) for row in steps.get(deal["deal_id"], ())])
        for deal, words in zip(records(found), described, strict=True)
    ]


@lru_cache(maxsize=2)
def steps_of(tables: Tables) -> dict[str, list[dict[str, Any]]]:
    """Return the milestones of each deal that has any, in the order of their dates; worked out once for all tables."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in records(tables.milestones[STEP].sort_values(["date_earliest", "date_latest"], kind="stable")):
        found.setdefault(row["deal_id"], []).append(row)
    return found


def _step(row: dict[str, Any], years: Scale) -> Step:
    return Step(_between(years, row["date_earliest"], row["date_latest"]), row["kind"], row["date"], row["event"])


def _bar(deal: dict[str, Any], words: Described, years: Scale, steps: list[Step]) -> Bar:
    """Return what is drawn of one deal.

    A date known to the day is certain, so the bar is solid from its first or to its last hour.
    """
    opening = _between(years, deal["opens_earliest"], deal["opens_latest"])
    closing = _between(years, deal["closes_earliest"], deal["closes_latest"])
    opens_exactly = deal["opens_earliest"] == deal["opens_latest"]
    closes_exactly = deal["closes_earliest"] == deal["closes_latest"]
    solid, until = opening[not opens_exactly], closing[closes_exactly]
    return Bar(
        deal, words,
        known=years.share(deal["begins"].date()),
        opening=(opening[0], opening[0] if opens_exactly else opening[1]),
        core=(solid, until),
        closing=(max(closing[0], solid), closing[0] if closes_exactly else closing[1]),
        steps=steps,
    )  # fmt: skip


def _between(years: Scale, earliest: Any, latest: Any) -> Ends:
    """Return the first and the last hour that a date may be."""
    return years.share(earliest.date()), years.share(latest.date(), after=True)
