"""A picture to take away: what it shows as its title, the picture, and below it where its figures come from, on one plate.

All of it is one SVG that needs no page: it has the ink of the light theme, and words that stand nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from dashboard.charts.map.placing import wrapped
from dashboard.style.tokens import GROUNDS, INKS, LIGHT, SANS, SERIF

LINE = 1.22  # of the size of words: from line to line
LEAST = 0.6  # of its size: a picture that had to be smaller would have words too small to read
SIDES = re.compile(r'\b(width|height)="(\d+(?:\.\d+)?)"')
MORE = "The picture goes on; it is whole in its own size."


class Size(NamedTuple):
    """How large a plate is, in pixels: a `height` of 0 is as high as the picture needs. `title` and `small` are sizes of words."""

    width: int
    height: int
    margin: int
    title: int
    small: int
    lines: int = 3


# By the name that an address has for it: of the picture itself, of a slide, of a preview in other people's programs, and of a phone.
OWN, SLIDE, CARD, PHONE = "own", "slide", "card", "phone"
SIZES = {
    OWN: Size(0, 0, 24, 22, 13, 6), SLIDE: Size(1280, 720, 44, 34, 16), CARD: Size(1200, 630, 44, 40, 17, 2),
    PHONE: Size(0, 0, 6, 17, 13, 6),
}  # fmt: skip


class Sides(NamedTuple):
    """How wide and how high a picture is, in pixels."""

    width: float
    height: float


def plate(svg: str, title: str, foot: str, source: str, size: Size) -> Markup:
    """Return a picture on its plate, as SVG; `foot` says below it what is in view.

    The picture has its line on where its figures come from; `source` is that line for a plate that does not show it: without
    a picture (""), and where one is too high for a plate of a fixed height, so that it is cut off below.
    """
    sides = measured(svg)
    width = size.width or round(sides.width) + 2 * size.margin
    inside = width - 2 * size.margin
    letters, head = titled(title, inside, size)
    top = size.margin + round(len(head) * letters * LINE) + size.margin // 3
    low = _lines(foot if svg else _joined(foot, source), inside, size)
    scale, tall = 1.0, sides.height
    if size.height:
        room = _room(size, top, low)
        scale = min(inside / sides.width, max(room / sides.height, LEAST))
        if scale * sides.height > room + 1:
            low = _lines(f"{MORE} {_joined(foot, source)}", inside, size)
            room = _room(size, top, low)
        tall = room / scale
    height = size.height or round(top + tall + size.margin / 3 + len(low) * size.small * LINE + size.margin)
    at = size.margin + (inside - sides.width * scale) / 2, top
    drawn = _written(
        head, size.margin, size.margin + letters * 0.85, letters, f'font-family="{escape(SERIF)}" font-weight="600"'
    )
    drawn += _placed(svg, Sides(sides.width, min(sides.height, tall)), at, scale) if svg else ""
    drawn += _written(
        low, size.margin, height - size.margin - (len(low) - 1) * size.small * LINE, size.small, 'fill-opacity=".78"'
    )
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(title)}" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="{escape(SANS)}"><rect width="100%" height="100%" fill="{GROUNDS[LIGHT]}"/>{drawn}</svg>'
    )  # fmt: skip


def measured(svg: str) -> Sides:
    """Return how wide and how high a picture of ours is, by its first tag; none is as wide as most and a line high."""
    said = dict(SIDES.findall(svg.partition(">")[0]))
    return Sides(float(said.get("width", 720)), float(said.get("height", 1)))


def titled(title: str, inside: float, size: Size) -> tuple[int, list[str]]:
    """Return how large the words of a title are and its lines: smaller where it is long, and cut off where it is very long."""
    for letters in (size.title, round(size.title * 0.85), round(size.title * 0.7)):
        lines = [" ".join(words) for words in wrapped(title.split(), inside, letters)]
        if len(lines) <= size.lines:
            return letters, lines
    return letters, [*lines[: size.lines - 1], f"{lines[size.lines - 1]} …"]


def _joined(*parts: str) -> str:
    """Return what is said below a picture, set apart."""
    return " · ".join(filter(None, parts))


def _lines(words: str, inside: float, size: Size) -> list[str]:
    """Return the words of the foot in lines."""
    return [" ".join(pieces) for pieces in wrapped(words.split(), inside, size.small)]


def _room(size: Size, top: float, low: Sequence[str]) -> float:
    """Return how many pixels are left for the picture between the title and the foot."""
    return size.height - top - size.margin - len(low) * size.small * LINE - size.margin / 3


def _written(lines: Sequence[str], x: float, y: float, letters: float, look: str) -> str:
    """Write lines of words, the first standing on `y`."""
    said = "".join(
        f'<tspan x="{x:g}" y="{y + at * letters * LINE:.1f}">{escape(line)}</tspan>' for at, line in enumerate(lines)
    )
    return f'<text font-size="{letters}" fill="{INKS[LIGHT]}" {look}>{said}</text>'


def _placed(svg: str, shown: Sides, at: tuple[float, float], scale: float) -> str:
    """Return as much of a picture as is `shown`, in its place, so many times its size."""
    box = f'x="{at[0]:.1f}" y="{at[1]:.1f}" width="{shown.width * scale:.1f}" height="{shown.height * scale:.1f}"'
    return f'<svg {box} viewBox="0 0 {shown.width:g} {shown.height:g}" overflow="hidden">{svg}</svg>'
