"""How many deals begin in each year as a strip of small bars: all years at a glance, to choose some of them by."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from dashboard.charts.timeline.marks import fields, paint, percent, style
from dashboard.questions.timeline import DOUBTED
from dashboard.style.tokens import NEUTRAL
from dashboard.words import format_count

OF = "strip"
TALL, FOOT = 36, 18  # pixels: the highest bar, and the years below
NARROW, WIDE = 48, 30  # pixels for a written year on a phone, and on a desk where it has more room
PHONE, DESK = 290, 800  # pixels: the least widths of the strip for which years are chosen to be written
STEPS = (1, 2, 5, 10, 20, 50, 100)


def strip(counts: pd.DataFrame) -> Markup:
    """Return the strip as SVG, as wide as its frame; each bar has its number as a tooltip.

    `counts` is the table of `chronology.per_year`, with at least one year; what is alleged or denied lies on top, hatched.
    """
    whole = counts.sum(axis=1)
    doubted = counts[DOUBTED] if DOUBTED in counts else whole * 0
    years, most = [int(year) for year in counts.index], max(int(whole.max()), 1)
    drawn = "".join(
        _bar(at / len(years), 1 / len(years), year, int(whole[year]), int(doubted[year]), TALL / most)
        for at, year in enumerate(years)
    )
    words = f"Deals that begin in each year, {years[0]} to {years[-1]}; the most, {whole.max():,}, in {whole.idxmax()}."
    sheet = f"{style()}.strip{{display:block;width:100%;height:{TALL + FOOT}px;overflow:visible}}.strip text{{text-anchor:middle}}@container (max-width:{DESK - 0.02}px){{.strip .finer{{display:none}}}}"
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="times strip" role="img" aria-label="{words}"><style>{sheet}</style>'
        f'<defs>{fields([("hatched", NEUTRAL)], OF)}</defs><line class="rule" x2="100%" y1="{TALL}" y2="{TALL}"/>{drawn}{_written(years)}</svg>'
    )


def _bar(at: float, wide: float, year: int, count: int, doubted: int, unit: float) -> str:
    """Draw the bar of one year; what is in doubt lies on top."""
    if not count:
        return ""
    more = f", {doubted:,} of them in doubt" if doubted else ""
    place, firm = f'x="{percent(at + wide * 0.1)}" width="{percent(wide * 0.8)}"', count - doubted
    made = f"<g><title>{year}: {format_count(count, 'deal')}{more}</title>"
    if firm:
        made += f'<rect {place} y="{TALL - firm * unit:.1f}" height="{firm * unit:.1f}" {paint("solid", NEUTRAL, OF, pale=False)}/>'
    if doubted:
        made += f'<rect {place} y="{TALL - count * unit:.1f}" height="{doubted * unit:.1f}" {paint("hatched", NEUTRAL, OF, pale=False)}/>'
    return f"{made}</g>"


def _written(years: list[int]) -> str:
    """Write the round years below the bars; fewer where the strip is narrow."""
    coarse, finer = (
        next((step for step in STEPS if step * width / len(years) >= room), STEPS[-1])
        for width, room in ((PHONE, NARROW), (DESK, WIDE + 14))
    )
    return "".join(
        f'<text class="{"finer" if year % coarse else "coarse"}" x="{percent((at + 0.5) / len(years))}" y="{TALL + 16}">{year}</text>'
        for at, year in enumerate(years)
        if year % finer == 0 or year % coarse == 0
    )
