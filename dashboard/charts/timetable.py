"""Where each deal lies on the timeline: its row, the ends of its bar, its title."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from textwrap import wrap

import pandas as pd

from dashboard import chronology, theme
from dashboard.charts.timescale import DAY, Scale, scale
from dashboard.data import Tables

ROW, HEAD, LIFT, LINE = 34, 72, 14, 16  # pixels: a deal, a group's heading, from a bar up to its title, a further line
LETTERS = 60  # that fit beside each other on a phone
USED = [
    *("deal_id", "title", "domain", "kind", "status", "supplier", "recipient", "announced", "start", "end", "begins"),
    *("is_open", "value_usd_m", "value_low_usd_m", "value_high_usd_m", "value_basis", "in_totals", "credibility", "origins"),
]  # fmt: skip
DESK = 0.36  # a phone's width in parts of a desk's


@dataclass(frozen=True)
class Timetable:
    """Everything in its place; `y` is in pixels from the top, days are at positions of `scale`.

    `rows` has one row a deal: columns of `tables.deals` that are `USED` and of `chronology.spans`; `group` and `y`; `a` and `b`, the
    bounds of its opening; `c` and `d`, of its closing; `solid` and `until`, of what lies between for certain
    (`until` is smaller where nothing does); `known`, the first date known; `stop`, where the bar ends; `reach`, where
    its tail does: today for an open deal; `label`, the lines of the title; `label_x` and `label_side`, where it begins
    ("right"), has its middle ("center") or ends ("left"); `grip` to `grip_end`, bar and title together.
    `heads` has one row a group: group, y of its first deal, deals and words.
    """

    rows: pd.DataFrame
    heads: pd.DataFrame
    scale: Scale
    height: int


def timetable(
    tables: Tables, deals: pd.DataFrame, by: str, today: date, since: int | None = None, until: int | None = None
) -> Timetable:
    """Return where the deals that have a date lie, grouped by domain, pair or status.

    Groups stand in their order, and the deals of a group in the order of their opening. The picture goes from the
    first year known, or the year `since`, to today, or to the end of the year `until`.
    """
    rows = deals[USED].merge(chronology.spans(tables, deals), on="deal_id")
    names, order = chronology.group(tables, rows, by)
    rows["group"] = pd.Categorical(names, order)
    rows = rows.sort_values(["group", "opens_earliest", "opens_latest", "title"], kind="stable", ignore_index=True)
    rows["label"] = _titles(tables, rows, by)
    rows["tall"] = ROW + LINE * (rows["label"].str.len() - 1)
    rows["y"] = rows["tall"].cumsum() + (~rows["group"].duplicated()).cumsum() * HEAD - ROW // 2
    years = _scale(rows, today, since, until)
    return Timetable(_measured(rows, years, today), _heads(rows, by), years, int(rows["y"].max()) + ROW // 2)


def _titles(tables: Tables, rows: pd.DataFrame, by: str) -> list[list[str]]:
    """Return each title as lines: after its domain's shape where the group does not say it, before a status not plain."""
    states = tables.dictionary.choices("deals", "status")
    shapes = rows["domain"].map(theme.DOMAIN_GLYPHS) + " " if by != "domain" else [""] * len(rows)
    notes = [
        f" ·\u00a0{states[status].lower()}" if status in theme.STATUS_PATTERNS else "" for status in rows["status"]
    ]
    return [_lines(f"{shape}{title}{note}") for shape, title, note in zip(shapes, rows["title"], notes, strict=True)]


def _lines(words: str) -> list[str]:
    """Return words as lines that fit on a phone, about as long as each other."""
    lines = wrap(words, LETTERS, break_on_hyphens=False)
    return lines if len(lines) == 1 else wrap(words, min(LETTERS, len(words) // len(lines) + 8), break_on_hyphens=False)


def _scale(rows: pd.DataFrame, today: date, since: int | None, until: int | None) -> Scale:
    """Return the scale of the years in the picture."""
    latest = max(rows["closes_latest"].max().date(), today)
    last = min(latest, date(until, 12, 31)) if until else latest
    first = max(rows["begins"].min().year, since or 0)
    return scale(rows["opens_earliest"], date(min(first, last.year), 1, 1), last)


def _heads(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the groups' headings: the name, after its shape where it is a domain, and the number of deals."""
    found = rows.groupby("group", observed=True)
    heads = found.agg(
        y=("y", "min"), tall=("tall", "first"), deals=("y", "size"), domain=("domain", "first")
    ).reset_index()
    heads["y"] -= heads.pop("tall") - ROW  # the first title may need a further line
    shape = heads["domain"].map(theme.DOMAIN_GLYPHS) + " " if by == "domain" else ""
    heads["words"] = shape + heads["group"].astype(str)
    return heads


def _measured(rows: pd.DataFrame, years: Scale, today: date) -> pd.DataFrame:
    """Return the rows with the positions of their bars and titles.

    A date known to the day is certain, so the bar is solid from its first or to its last hour.
    """
    ends = {"a": "opens_earliest", "b": "opens_latest", "c": "closes_earliest", "d": "closes_latest"}
    rows = rows.assign(**{x: years.at(rows[day] + DAY * int(x in "bd")) for x, day in ends.items()})
    exact = {side: rows[f"{side}_earliest"] == rows[f"{side}_latest"] for side in ("opens", "closes")}
    rows["solid"] = rows["a"].where(exact["opens"], rows["b"])
    rows["until"] = rows["d"].where(exact["closes"], rows["c"])
    rows["known"] = years.at(rows["begins"])
    rows["stop"] = rows[["b", "d"]].max(axis=1)
    rows["reach"] = rows["stop"].where(~rows["is_open"], rows["stop"].clip(lower=years.day(today)))
    return _labelled(rows, *years.edges)


def _labelled(rows: pd.DataFrame, left: float, right: float) -> pd.DataFrame:
    """Return the rows with the places of their titles, which must fit on a phone and stay near their bars on a desk.

    A title begins where its bar does; one that would then leave a phone's picture begins, has its middle or ends
    where the bar is nearest on a desk.
    """
    need = rows["label"].map(lambda lines: max(map(len, lines))).clip(upper=LETTERS) / LETTERS * (right - left)
    begin, stop = rows["a"].clip(left, right), rows["reach"].clip(left, right)
    places = {  # side: where it is put, and the part of the title that lies left of there
        "right": (begin.combine(right - need, min), 0.0),
        "center": (begin.clip(left + need / 2, right - need / 2), 0.5),
        "left": (stop.combine(left + need, max), 1.0),
    }
    away = pd.DataFrame({
        side: (at - need * DESK * part - begin).clip(lower=0) + (begin - at - need * DESK * (1 - part)).clip(lower=0)
        for side, (at, part) in places.items()
    })  # fmt: skip
    side = away.idxmin(axis=1)
    at = side.case_when([(side == name, spot) for name, (spot, _) in places.items()]).astype(float)
    part = side.map({name: part for name, (_, part) in places.items()})
    return rows.assign(
        label_x=at,
        label_side=side,
        grip=rows["a"].combine(at - need * part, min),
        grip_end=rows["reach"].combine(at + need * (1 - part), max),
    )
