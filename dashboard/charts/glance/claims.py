"""How many statements claim each contested deal and how many deny it, against each other, as a small picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from dashboard.charts.glance.sheet import LEAD, SIZE, Sheet, bar, framed, key, sample
from dashboard.charts.map.placing import wrapped
from dashboard.style.tokens import NEUTRAL
from dashboard.words import plural

THICK, GAP = 12, 9  # pixels: a bar, and the room after it
HALF = 28.0  # per cent of the width: the longest bar on either side of the middle
# Each side of the middle: what its statements do, for one and for several, and which way its bars go.
SIDES = {"asserts": ("claims", "claim", -1), "denies": ("denies", "deny", 1)}
Row = Mapping[str, Any]


def claim_bars(named: Sequence[Row], others: dict[str, int], sheet: Sheet) -> Markup:
    """Draw for each contested deal the statements that claim it to the left, filled, and those that deny it to the right, hollow.

    `named` are rows of `ledger.ledger` with such a statement, and `is_doubted` of each; the name of a doubted one leans.
    `others` gives what is said of the contested deals that are not drawn, and how many they are.
    """
    most = max((row[side] for row in named for side in SIDES), default=1)
    drawn, y = "", 0.0
    for row in named:
        for pieces in wrapped(row["title"].split(), sheet.room, SIZE):
            y += LEAD
            drawn += sheet.words(" ".join(pieces), 0, y - 4, 'font-style="italic"' if row["is_doubted"] else "")
        drawn += "".join(_side(sheet, side, row[side], HALF / most, y + 1) for side in SIDES)
        y += THICK + GAP
    signs = [(sample(sheet.paint("hatched", NEUTRAL)), f"{count:,} {words}") for words, count in others.items()]
    below, y = key(sheet, signs, y)
    return framed(sheet, account(named, others), drawn + below, max(y + 4, LEAD))


def _side(sheet: Sheet, side: str, statements: int, unit: float, y: float) -> str:
    """Draw one side of the middle: its bar, and its number in words at the end of it."""
    wide, way = statements * unit, SIDES[side][2]
    paint = f'fill="{sheet.ink}" fill-opacity="{".75" if way < 0 else "0"}" stroke="{sheet.ink}" stroke-width="1.2"'
    look = f'dx="{way * 6}" text-anchor="{"end" if way < 0 else "start"}" font-size="{SIZE - 1}"'
    drawn = bar(50 - wide if way < 0 else 50, y, wide, THICK, paint) if statements else ""
    return drawn + sheet.words(_said(side, statements), 50 + way * wide, y + 10, look)


def _said(side: str, statements: int) -> str:
    """Return the statements on a side in words: `2 claim`, `1 denies`, `none denies`."""
    one, several, _ = SIDES[side]
    return f"{statements:,} {plural(statements, one, several)}" if statements else f"none {one}"


def account(named: Sequence[Row], others: dict[str, int]) -> str:
    """Return the picture in words."""
    rows = [f"{row['title']}: {', '.join(_said(side, row[side]) for side in SIDES)}" for row in named]
    rows += [f"{count:,} {words}" for words, count in others.items()]
    return (
        f"Bars of statements that claim a deal against those that deny it. {'; '.join(rows) or 'No deal is contested'}."
    )
