"""Where each deal lies on the timeline: its group, and its row and its words for each width that the picture may have.

What is taller than a page of paper is parted, so that no row is cut in two where one ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.charts.map.placing import breadth
from dashboard.charts.timeline.bars import Bar, bars, shown, years_of
from dashboard.charts.timeline.lanes import Piece, packed, widened
from dashboard.charts.timeline.marks import SIZE, measure
from dashboard.charts.timeline.scale import Scale
from dashboard.questions import timeline as chronology
from dashboard.tables.load import Tables

# Pixels: the least width of the picture for which each arrangement of its rows is made. On a phone each deal has a row.
WIDTHS = {"phone": 290, "small": 520, "paper": 650, "middle": 740, "wide": 930, "vast": 1330}
READ = "wide"  # the arrangement in whose order the titles are read and reached by keyboard
ROW, THUMB = 20, 40  # pixels: a row, and one that a thumb can hit
SHEET = 44  # rows that an A4 page has room for, below the years
HEAD, APART, TITLE = 28, 6, 17  # pixels: a group's name on a row of its own, the room above a group, its letters
# Pixels: how long the words above a bar are at most where its row has no room for all of them.
CUTS = (285.0, 190.0, 150.0)
MARK, ARROW = 7.0, 18.0  # pixels beside a bar for half a mark, and for the arrow of an open end


@dataclass(frozen=True)
class Row:
    """One deal on the timeline: its bar, its words from the longest to the shortest, and by width its top and which words."""

    bar: Bar
    words: list[str]
    tops: dict[str, int]
    choice: dict[str, int]


@dataclass(frozen=True)
class Part:
    """A group, or as much of it as a page has room for, with its rows in the order of reading.

    `count` is how many deals the whole group has, 0 where this part goes on with one that began before it. Tops of rows are
    counted from the top of the part; `heights` is by width how tall it is.
    """

    name: str
    count: int
    rows: list[Row]
    heights: dict[str, int]


@dataclass(frozen=True)
class Timetable:
    """Every deal in its place: the parts one below the other, and the scale of the years."""

    parts: list[Part]
    scale: Scale

    @property
    def rows(self) -> list[Row]:
        """Return the rows of all parts."""
        return [row for part in self.parts for row in part.rows]

    @property
    def heights(self) -> dict[str, int]:
        """Return by width how tall all parts are together."""
        return {width: sum(part.heights[width] for part in self.parts) for width in WIDTHS}


def timetable(
    tables: Tables, deals: pd.DataFrame, by: str, today: date, since: int | None = None, until: int | None = None, *,
    every: bool = False,
) -> Timetable:  # fmt: skip
    """Return where the deals that have a date lie, grouped by domain, pair or status; with `every`, each on a row of its own.

    Of `deals`, rows of `tables.deals`, only `deal_id` is looked at. Groups stand in their order. The picture goes from
    the first year known, or the year `since`, to today, or to the end of the year `until`.
    """
    found = shown(tables, deals)
    names, order = chronology.group(tables, found, by)
    years = years_of(found, today, since, until)
    drawn = list(zip(names, bars(tables, found, years), strict=True))
    parts: list[Part] = []
    for name in order:
        members = [bar for group, bar in drawn if group == name]
        shape = f"{members[0].deal['glyph']} " if by == "domain" else ""
        parts += _parts(f"{shape}{name}", members, by, every=every)
    return Timetable(parts, years)


def _parts(name: str, members: list[Bar], by: str, *, every: bool) -> list[Part]:
    """Return a group in as few parts as have room on a page each, the earliest deals first."""
    made = [_part(name, len(members), members, by, every=every)]
    while max(part.heights["paper"] for part in made) > SHEET * ROW:
        size = -(-len(members) // (len(made) + 1))
        made = [
            _part(
                f"{name}{', continued' * bool(at)}", 0 if at else len(members), members[at : at + size], by, every=every
            )
            for at in range(0, len(members), size)
        ]
    return made


def _part(name: str, number: int, members: list[Bar], by: str, *, every: bool) -> Part:
    """Return deals of a group in their rows, at each width."""
    words = [_words(bar, by) for bar in members]
    tops: list[dict[str, int]] = [{} for _ in members]
    choices: list[dict[str, int]] = [{} for _ in members]
    long, heights = breadth(f"{name} {number}", TITLE), {}
    for width, least in WIDTHS.items():
        if every or width == "phone":
            tall, start = (THUMB if width == "phone" else ROW), APART + HEAD
            rows, choice = list(range(len(members))), [_first(said, least) for said in words]
        else:
            tall, start = ROW, APART
            rows, choice = _shared(members, words, long, least)
        for at, (row, which) in enumerate(zip(rows, choice, strict=True)):
            tops[at][width], choices[at][width] = start + row * tall + (tall - ROW) // 2, which
        heights[width] = start + (max(rows) + 1) * tall
    made = [Row(*parts) for parts in zip(members, words, tops, choices, strict=True)]
    ordered = sorted(made, key=lambda row: row.tops[READ])  # of one row, they are in the order of time already
    return Part(name, number, ordered, heights)


def _shared(members: list[Bar], words: list[list[str]], long: float, width: float) -> tuple[list[int], list[int]]:
    """Return the row of each bar of a group whose name stands in the first row, and which of its words have room there."""
    pieces = [
        Piece(0.0, 0.0, 2 * ARROW, 0.0, long),
        *(_piece(bar, said[-1]) for bar, said in zip(members, words, strict=True)),
    ]
    rows = packed(pieces, width)
    choice = widened(pieces, rows, [[], *([measure(longer) for longer in said[:-1]] for said in words)], width)
    return rows[1:], choice[1:]


def _piece(bar: Bar, words: str) -> Piece:
    """Return the room that a bar needs: its steps, and the marks at its ends."""
    starts, stops = zip(
        (bar.known, bar.stop), (bar.opening[0], bar.stop), *(step.ends for step in bar.steps), strict=True
    )
    start, stop = (min(max(share, 0.0), 1.0) for share in (min(starts), max(stops)))
    before = 2 * MARK if bar.start_mark else MARK
    return Piece(start, stop, before, ARROW if bar.end_mark else MARK, measure(words))


def begins(bar: Bar) -> float:
    """Return where the words above a bar begin, as a share of the width."""
    return _piece(bar, "").start


def _first(words: Sequence[str], width: float) -> int:
    """Return which words are the first that fit into a width."""
    return next((at for at, said in enumerate(words) if measure(said) <= width), len(words) - 1)


def _words(bar: Bar, by: str) -> list[str]:
    """Return the words above a bar, whole and then cut shorter and shorter.

    The domain's shape stands before its title, where the group does not say it, and a status that is not plain behind it.
    """
    shape = "" if by == "domain" else f"{bar.deal['glyph']} "
    state = f" ·\u00a0{bar.words.status.lower()}" if bar.deal["pattern"] != "solid" else ""
    title = f"{shape}{bar.deal['title']}"
    return list(dict.fromkeys([f"{title}{state}", *(_cut(title, state, room) for room in CUTS)]))


def _cut(title: str, state: str, room: float) -> str:
    """Return a title with its status, cut at a word where it is longer than the room for it; the status is never cut."""
    if measure(f"{title}{state}", SIZE) <= room:
        return f"{title}{state}"
    words = title.split(" ")
    kept = next((at for at in range(len(words) - 1, 1, -1) if measure(f"{' '.join(words[:at])}…{state}") <= room), 1)
    return f"{' '.join(words[:kept]).rstrip(' ,(')}…{state}"
