"""The sheet that a small picture is drawn on: as wide as its place, its words always of one size, its ink the page's or a file's.

Places along a line are per cents of the width and heights are pixels, so that nothing is stretched where it is narrow.
All looks are attributes: the picture is the same on a page, on a slide and in a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup, escape

from dashboard.charts.map.placing import breadth, wrapped
from dashboard.style.tokens import GROUNDS, INKS, LIGHT

NARROW = 330  # pixels: the least width at which every word has room
SIZE, LEAD = 13, 17  # pixels: the size of words, and the height of a line of them
SAMPLE, APART = 18, 14  # pixels: a sample of the key with the gap after it, and what sets one apart from the next
EDGE = 16  # pixels around a picture in a file
FACE = "'Source Sans','Source Sans 3',Arial,sans-serif"
UNKNOWN = "unknown"  # how what has no public value is filled: thin lines over nothing
# What is drawn in a tile of six pixels, and how the tile is turned.
TILES = {
    "hatched": ('<path d="M1.5 0V6" stroke="INK" stroke-width="2"/>', 45),
    "crossed": ('<path d="M1.5 0V6M0 1.5H6" stroke="INK" stroke-width="1.4"/>', 45),
    "lined": ('<path d="M0 1.5H6" stroke="INK" stroke-width="1.6"/>', 0),
    "dotted": ('<circle cx="3" cy="3" r="1.2" fill="INK"/>', 0),
    UNKNOWN: ('<path d="M1 0V6" stroke="INK" stroke-width="1.2"/>', 0),
}
USED = re.compile(r"url\(#(([a-z]+)-([a-z]+)-([0-9A-F]{6}))\)")


class Sheet(NamedTuple):
    """Where a picture is shown: its `name` sets its patterns apart from those of others beside it.

    `width` is that of a file, in pixels; without one it is as wide as its place. `height` is that of a map which is to fit its place. `theme` is light or dark, that of a
    file; without one it takes the ink of the page. `source` is the line on where the figures come from.
    """

    name: str
    width: int = 0
    theme: str = ""
    source: str = ""
    height: int = 0

    @property
    def room(self) -> int:
        """Return how wide the picture is at least, in pixels."""
        return self.width - 2 * EDGE if self.width else NARROW

    @property
    def ink(self) -> str:
        """Return the colour of words and lines."""
        return INKS[self.theme] if self.theme else f"var(--ink, {INKS[LIGHT]})"

    @property
    def ground(self) -> str:
        """Return the colour under the picture."""
        return GROUNDS[self.theme] if self.theme else f"var(--ground, {GROUNDS[LIGHT]})"

    def words(self, text: str, x: float, y: float, look: str = "") -> str:
        """Write a line of words that begins at a per cent of the width; `look` are further attributes."""
        return f'<text x="{x:.2f}%" y="{y:.1f}" fill="{self.ink}" {look}>{escape(text)}</text>'

    def over(self, text: str, x: float, y: float, look: str = "") -> str:
        """Write words that stay readable over lines and bars."""
        halo = f'stroke="{self.ground}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
        return self.words(text, x, y, f"{halo} {look}")

    def paint(self, pattern: str, colour: str) -> str:
        """Return the attributes of what is filled with a pattern of a colour, such as `#0072B2`."""
        edge = f'stroke="{colour}" stroke-width="1"'
        if pattern == "solid":
            return f'fill="{colour}" {edge}'
        if pattern not in TILES:
            return f'fill="none" {edge}'
        return f'fill="url(#{self.name}-{pattern}-{colour[1:].upper()})" {edge}'


def bar(x: float, y: float, wide: float, tall: float, paint: str) -> str:
    """Draw a bar; `x` and `wide` are per cents of the width, `y` and `tall` pixels."""
    return f'<rect x="{x:.2f}%" y="{y:.1f}" width="{wide:.2f}%" height="{tall:.1f}" {paint}/>'


def key(sheet: Sheet, signs: Iterable[tuple[str, str]], y: float) -> tuple[str, float]:
    """Draw what each sign stands for, below `y`; return it with the `y` below it. A sign is drawn in 12 by 10 pixels."""
    made, x = [], 0.0
    for sign, words in signs:
        wide = SAMPLE + breadth(words, SIZE - 1)
        if x and x + wide > sheet.room:
            x, y = 0.0, y + LEAD
        made.append(f'<g transform="translate({x:.1f} {y + 13:.1f})">{sign}')
        made.append(f'<text x="{SAMPLE}" font-size="{SIZE - 1}" fill="{sheet.ink}">{escape(words)}</text></g>')
        x += wide + APART
    return "".join(made), y + LEAD if made else y


def sample(paint: str) -> str:
    """Return the sign of the key for what is filled so."""
    return f'<rect y="-9.5" width="12" height="9" {paint}/>'


def framed(sheet: Sheet, account: str, drawn: str, height: float) -> Markup:
    """Return the whole picture: `account` says it in words, `drawn` is so many pixels high."""
    for pieces in wrapped(sheet.source.split(), sheet.room, SIZE - 1) if sheet.source else []:
        height += LEAD
        drawn += sheet.words(" ".join(pieces), 0, height - 4, f'font-size="{SIZE - 1}"')
    look, drawn = f'font-family="{FACE}" font-size="{SIZE}"', f"{_tiles(drawn)}{drawn}"
    if sheet.theme:
        wide, tall = sheet.width, round(height) + 2 * EDGE
        size = f'width="{wide}" height="{tall}" viewBox="0 0 {wide} {tall}"'
        inner = f'x="{EDGE}" y="{EDGE}" width="{sheet.room}" height="{height:.0f}" overflow="visible"'
        drawn = f'<rect width="100%" height="100%" fill="{sheet.ground}"/><svg {inner}>{drawn}</svg>'
    else:
        size = f'width="100%" height="{height:.0f}"'
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(account)}" {size} {look}>{drawn}</svg>'
    )


def _tiles(drawn: str) -> str:
    """Return the definitions of the patterns that are used."""
    made = []
    for name, _, pattern, colour in sorted(set(USED.findall(drawn))):
        shape, turn = TILES[pattern]
        ground = "" if pattern == UNKNOWN else f'<rect width="6" height="6" fill="#{colour}" fill-opacity=".18"/>'
        made.append(
            f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate({turn})">'
            f"{ground}{shape.replace('INK', f'#{colour}')}</pattern>"
        )
    return f"<defs>{''.join(made)}</defs>" if made else ""
