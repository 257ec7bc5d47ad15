"""Several pictures as one: side by side in rows of as many, below them a line of words that is for all."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from dashboard.charts.map.placing import wrapped
from dashboard.charts.plate import LINE, measured
from dashboard.style.tokens import INKS, LIGHT, SANS

GAP, SMALL = 20, 13  # pixels: between pictures; the words below


def abreast(svgs: Sequence[Markup], columns: int, words: str = "") -> Markup:
    """Return pictures of one width as one SVG, so many in a row; each row is as high as its highest."""
    sides = [measured(svg) for svg in svgs]
    wide = max(side.width for side in sides) + GAP
    drawn, top = "", 0.0
    for first in range(0, len(svgs), columns):
        row = range(first, min(first + columns, len(svgs)))
        drawn += "".join(f'<svg x="{(at - first) * wide:g}" y="{top:g}" width="{sides[at].width:g}" height="{sides[at].height:g}">{svgs[at]}</svg>' for at in row)  # fmt: skip
        top += max(sides[at].height for at in row) + GAP
    width = min(columns, len(svgs)) * wide - GAP
    lines = wrapped(words.split(), width, SMALL) if words else []
    for line in lines:
        drawn += f'<text x="0" y="{top:g}">{escape(" ".join(line))}</text>'
        top += SMALL * LINE
    top -= GAP / 2 if lines else GAP
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{top:g}" viewBox="0 0 {width:g} {top:g}"'
        f' font-family="{escape(SANS)}" font-size="{SMALL}" fill="{INKS[LIGHT]}">{drawn}</svg>'
    )


def columns_of(count: int, sides: tuple[float, float], place: tuple[float, float]) -> int:
    """Return how many pictures of a size stand in a row where all of them are to fill a place as well as they can."""
    return max(range(1, count + 1), key=lambda some: min(place[0] / some / sides[0], place[1] / -(-count // some) / sides[1]))  # fmt: skip
