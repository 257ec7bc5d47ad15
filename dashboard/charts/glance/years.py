"""How many deals began in each year, by domain, as a small picture."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from dashboard.charts.deals_per_year import alt
from dashboard.charts.glance.sheet import LEAD, SIZE, Sheet, bar, framed, key, sample
from dashboard.questions.timeline import DOUBTED
from dashboard.style.tokens import NEUTRAL
from dashboard.words import format_count

TOP, TALL, TALL_IN_FILE, AXIS = (
    20,
    112,
    240,
    22,
)  # pixels: room for the largest number, the tallest bar on a page and in a file, the years below
SPAN, FILLED = 40, 0.84  # pixels from one year in words to the next; the part of a year's room that its bar takes
GLYPH = 11  # pixels: a piece of a bar that is as tall carries the sign of its domain
Looks = Mapping[str, Mapping[str, Any]]


def year_bars(counts: pd.DataFrame, labels: dict[str, str], looks: Looks, sheet: Sheet) -> Markup:
    """Draw a bar a year from the table of `timeline.per_year`, in pieces by domain; what is alleged or denied lies on top, hatched.

    `labels` gives the words of its columns, `looks` what the dictionary says of each domain: its colour and its glyph.
    """
    if counts.empty:
        return framed(sheet, alt(counts, labels), sheet.words("No deal has a date.", 0, SIZE), LEAD)
    years, rows, wide = counts.index.tolist(), counts.to_numpy().tolist(), 100 / len(counts)
    names, most = [str(name) for name in counts], max(map(sum, rows))
    unit = _tall(sheet) / most
    drawn = _lines(sheet, most, unit)
    for place, (year, row) in enumerate(zip(years, rows, strict=True)):
        if parts := [(name, number) for name, number in zip(names, row, strict=True) if number]:
            drawn += _year(sheet, year, parts, place * wide, wide * FILLED, unit, labels, looks)
    largest = list(map(sum, rows)).index(most)
    drawn += _year_words(sheet, years, wide)
    drawn += sheet.over(f"{most:,}", (largest + FILLED / 2) * wide, TOP - 5, 'text-anchor="middle" font-weight="600"')
    signs = [(_sign(sheet, name, looks), labels[name]) for name in counts]
    below, height = key(sheet, signs, TOP + _tall(sheet) + AXIS)
    return framed(sheet, alt(counts, labels), drawn + below, height + 4)


def _tall(sheet: Sheet) -> int:
    """Return how high the tallest bar is; a file has room for more."""
    return TALL_IN_FILE if sheet.width else TALL


def _paint(sheet: Sheet, name: str, looks: Looks) -> str:
    return sheet.paint("hatched", NEUTRAL) if name == DOUBTED else sheet.paint("solid", looks[name]["colour"])


def _sign(sheet: Sheet, name: str, looks: Looks) -> str:
    """Return the sign of a column in the key: a sample of its pieces, with the glyph that they carry."""
    glyph = looks.get(name, {}).get("glyph", "")
    return sample(_paint(sheet, name, looks)) + _glyph(sheet, glyph, 'x="6"', -2)


def _glyph(sheet: Sheet, glyph: str, x: str, y: float) -> str:
    return f'<text {x} y="{y:.1f}" font-size="8" text-anchor="middle" fill="{sheet.ground}" aria-hidden="true">{escape(glyph)}</text>'


def _year(
    sheet: Sheet, year: int, parts: list[tuple[str, int]], x: float, wide: float, unit: float, labels: dict[str, str], looks: Looks
) -> str:  # fmt: skip
    """Draw the pieces of one bar from the ground up, with its numbers in words for the pointer."""
    words = f"{year}: {format_count(sum(number for _, number in parts), 'deal')}. "
    words += ", ".join(f"{labels[name]} {number:,}" for name, number in parts)
    drawn, y = f"<title>{escape(words)}</title>", TOP + _tall(sheet)
    for name, number in parts:
        tall = number * unit
        y -= tall
        drawn += bar(x, y, wide, tall, _paint(sheet, name, looks))
        if tall >= GLYPH and wide * sheet.room >= 100 * 6 and name in looks:
            drawn += _glyph(sheet, looks[name]["glyph"], f'x="{x + wide / 2:.2f}%"', y + tall / 2 + 3)
    return f"<g>{drawn}</g>"


def _lines(sheet: Sheet, most: int, unit: float) -> str:
    """Draw the ground and at most three lines of whole numbers, each with its number."""
    step = next(step for step in steps() if most / step <= 3)
    drawn = ""
    for number in range(0, most + 1, step):
        y, strong = TOP + _tall(sheet) - number * unit, ".5" if not number else ".16"
        drawn += f'<line x2="100%" y1="{y:.1f}" y2="{y:.1f}" stroke="{sheet.ink}" stroke-opacity="{strong}"/>'
        drawn += sheet.over(f"{number:,}", 0, y - 3, f'font-size="{SIZE - 1}"') if number else ""
    return drawn


def _year_words(sheet: Sheet, years: list[int], wide: float) -> str:
    """Write round years below their bars, as many as have room."""
    step = next(step for step in steps() if step * wide * sheet.room / 100 >= SPAN or step >= len(years))
    drawn = ""
    for place, year in enumerate(years):
        middle = (place + FILLED / 2) * wide
        if year % step == 0:
            side = "start" if middle < 4 else "end" if middle > 96 else "middle"
            at = 0.0 if side == "start" else 100.0 if side == "end" else middle
            drawn += sheet.words(str(year), at, TOP + _tall(sheet) + 15, f'text-anchor="{side}" font-size="{SIZE - 1}"')
    return drawn


def steps() -> Any:
    """Yield the steps from one round number to the next, ever larger: 1, 2, 5, 10, 20 and so on."""
    return (digit * 10**power for power in count() for digit in (1, 2, 5))
