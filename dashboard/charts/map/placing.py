"""Where words stand on the flat map: none over another, few over lines, and the less important give way."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from dashboard.charts.map.arcs import Point

# How wide the letters from space to `~` are, in hundredths of their size: Source Sans at weight 600.
WIDTHS = [
    20, 31, 48, 51, 51, 84, 64, 27, 32, 32, 44, 51, 27, 32, 27, 34, 51, 51, 51, 51, 51, 51, 51, 51, 51, 51, 27, 27, 51, 51, 51, 44,
    87, 56, 60, 58, 62, 54, 51, 63, 66, 28, 49, 60, 50, 74, 66, 67, 58, 67, 59, 54, 55, 65, 54, 80, 54, 50, 54, 32, 34, 32, 51, 50,
    55, 52, 56, 46, 56, 51, 32, 52, 56, 26, 26, 52, 27, 84, 56, 55, 56, 56, 37, 43, 36, 56, 49, 75, 48, 49, 44, 32, 25, 32, 51,
]  # fmt: skip
UNKNOWN, WIDE = 64, 100  # any other sign; those of eastern scripts are as wide as they are tall
SPARE = 1.1  # a picture seen outside the page has another face, which is wider
CELL = 10.0  # pixels: lines are counted by squares of this side
AIR = 1.5  # pixels that stay free round a word

Box = tuple[float, float, float, float]  # left, top, right, bottom


class Word(NamedTuple):
    """A word that asks for a place: what it says, its size, its kind, the points it may stand at, the best first.

    `spots` are the middles of it. `mark` is the height of what is drawn under it, `least` the least width.
    """

    text: str
    size: float
    kind: str
    spots: list[Point]
    mark: float = 0.0
    least: float = 0.0
    of: int = -1


class Placed(NamedTuple):
    """A word that found its place: the middle of it, and the box that nothing else may touch."""

    word: Word
    middle: Point
    box: Box


@lru_cache(maxsize=1024)
def letter(sign: str) -> int:
    """Return the width of one letter, in hundredths of its size."""
    bare = unicodedata.normalize("NFD", sign)[0]
    place = ord(bare) - 32
    if 0 <= place < len(WIDTHS):
        return WIDTHS[place]
    if unicodedata.combining(sign):
        return 0
    return WIDE if unicodedata.east_asian_width(sign) in "WF" else UNKNOWN


@lru_cache(maxsize=4096)
def breadth(text: str, size: float) -> float:
    """Return how wide a text is at most, in pixels."""
    return sum(map(letter, text)) * size / 100 * SPARE


def crowd(lines: Iterable[Iterable[Point]]) -> Counter[tuple[int, int]]:
    """Count how many points of lines lie in each square of the picture."""
    return Counter((int(x // CELL), int(y // CELL)) for line in lines for x, y in line)


def room(word: Word, middle: Point) -> Box:
    """Return the box of a word whose middle stands at a point."""
    x, y = middle
    half = max(breadth(word.text, word.size), word.least) / 2 + AIR
    return x - half, y - word.size * 0.55 - AIR, x + half, y + word.size * 0.55 + word.mark + AIR


def placed(
    words: Iterable[Word], width: float, height: float, crowded: Counter[tuple[int, int]], taken: Iterable[Box] = ()
) -> list[Placed]:
    """Give each word, the most important first, the place that covers fewest lines; leave out what finds none.

    No word leaves the picture, touches another or one of the boxes that are taken.
    """
    full, found = [*taken], []
    for word in words:
        free = [(middle, box) for middle in word.spots if is_free(box := room(word, middle), width, height, full)]
        if free:
            middle, box = min(free, key=lambda spot: covered(spot[1], crowded)) if len(free) > 1 else free[0]
            found.append(Placed(word, middle, box))
            full.append(box)
    return found


def is_free(box: Box, width: float, height: float, full: Iterable[Box]) -> bool:
    """Say whether a box lies in the picture and touches none of the others."""
    left, top, right, bottom = box
    if left < 0 or top < 0 or right > width or bottom > height:
        return False
    return not any(left < east and right > west and top < south and bottom > north for west, north, east, south in full)


def covered(box: Box, crowded: Counter[tuple[int, int]]) -> int:
    """Count the points of lines under a box."""
    left, top, right, bottom = (int(side // CELL) for side in box)
    return sum(crowded[x, y] for x in range(left, right + 1) for y in range(top, bottom + 1) if (x, y) in crowded)


def round_about(point: Point, text: str, size: float, away: float) -> list[Point]:
    """List the middles that put a word below, above, right and left of a point, then at its corners."""
    (x, y), half = point, breadth(text, size) / 2
    aside, down = half + away, size * 0.55 + away
    near = [(0, down), (0, -down), (aside, 0), (-aside, 0)]
    corners = [(aside, down), (-aside, down), (aside, -down), (-aside, -down)]
    further = [(0, down + size), (0, -down - size), (aside, down + size), (-aside, -down - size)]
    return [(x + right, y + low) for right, low in (*near, *corners, *further)]


def wrapped(pieces: Iterable[str], width: float, size: float) -> list[list[str]]:
    """Break pieces into lines no wider than a width; a piece is never broken."""
    lines: list[list[str]] = [[]]
    used = 0.0
    for piece in pieces:
        long = breadth(f"{piece} ", size)
        if lines[-1] and used + long > width:
            lines.append([])
            used = 0.0
        lines[-1].append(piece)
        used += long
    return lines
