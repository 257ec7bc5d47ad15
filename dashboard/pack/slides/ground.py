"""The land and the borders of the flat map as four shapes that end where the picture does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from dashboard.charts.map.ground import AGREED, DASHES, DISPUTED, Picture, basemap
from dashboard.pack.slides.shapes import INK, PAPER, Box, Paint, Pen, Point, Shape, mixed

FINE = 0.7  # points: what is nearer to the last corner is no corner
LAND, TINT, EDGE, DOUBT = (mixed(INK, PAPER, share) for share in (0.1, 0.22, 0.36, 0.62))
Stroke = list[Point]


def drawn(picture: Picture, tinted: Iterable[str], box: Box) -> list[Shape]:
    """Return the land, the countries whose codes are given, the agreed and the disputed borders, in the box of the picture."""
    level = next(level for level in basemap()["levels"] if picture.scale <= level["pixels"])
    point = box[2] / picture.width
    west, south, east, north = picture.bounds()

    def strokes(paths: Iterable[str]) -> Iterator[Stroke]:
        for path in paths:
            for stroke in parsed(path):
                yield placed(stroke, picture, box)

    def seen(kind: str) -> list[str]:
        return [
            path
            for left, low, right, high, path in level[kind]
            if left < east and right > west and low < north and high > south
        ]

    parts = {
        "Land": (areas(strokes(seen("land")), box), Paint(LAND), Pen(LAND, 0.75)),
        "Country": (areas(strokes(level["countries"].get(code, "") for code in sorted(tinted)), box), Paint(TINT), Pen()),
        "Borders": (runs(strokes(seen("agreed")), box), Paint(), Pen(EDGE, AGREED * point)),
        "Disputed borders": (runs(strokes(seen("disputed")), box), Paint(), Pen(DOUBT, DISPUTED * point, DASHES)),
    }  # fmt: skip
    return [
        Shape(name=name, box=box, path=tuple(path), is_closed=bool(paint.colour), paint=paint, pen=pen)
        for name, (path, paint, pen) in parts.items()
        if path
    ]


@lru_cache(maxsize=512)
def parsed(path: str) -> tuple[Stroke, ...]:
    """Return the strokes of path data of the basemap as whole numbers of its units: each begins where `M` says, and goes on by steps."""
    made = []
    for part in path.split("M")[1:]:
        x = y = 0
        stroke: Stroke = []
        numbers = [int(number) for number in re.findall(r"-?\d+", part)]
        for right, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + right, y + down
            stroke.append((x, y))
        made.append(stroke)
    return tuple(made)


def placed(stroke: Stroke, picture: Picture, box: Box) -> Stroke:
    """Return a stroke in points of the slide, without the corners that nobody sees."""
    point = box[2] / picture.width
    step = picture.scale / basemap()["unit"] * point
    (x, y), made = picture.at((0.0, 0.0)), list[Point]()
    left, top = box[0] + x * point, box[1] + y * point
    for right, down in stroke:
        at = left + right * step, top + down * step
        if not made or abs(at[0] - made[-1][0]) + abs(at[1] - made[-1][1]) > FINE:
            made.append(at)
    return made


def areas(strokes: Iterable[Stroke], box: Box) -> list[Stroke]:
    """Return closed strokes as far as they lie in a box, those without any area left out."""
    return [cut for stroke in strokes if len(cut := clipped(stroke, box)) > 2]


def clipped(stroke: Stroke, box: Box) -> Stroke:
    """Return the part of an area that lies in a box, cut off at one side after the other."""
    left, top, wide, tall = box
    for axis, edge, sign in ((0, left, 1), (0, left + wide, -1), (1, top, 1), (1, top + tall, -1)):
        made: Stroke = []
        for here, there in zip(stroke, [*stroke[1:], *stroke[:1]], strict=True):
            is_in, will_be = sign * (here[axis] - edge) >= 0, sign * (there[axis] - edge) >= 0
            if is_in:
                made.append(here)
            if is_in != will_be:
                share = (edge - here[axis]) / (there[axis] - here[axis])
                made.append((here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1])))
        stroke = made
    return stroke


def runs(strokes: Iterable[Stroke], box: Box) -> list[Stroke]:
    """Return open strokes as far as they lie in a box: those parts whose both ends are in it."""
    left, top, wide, tall = box
    made: list[Stroke] = []
    for stroke in strokes:
        run: Stroke = []
        for here, there in pairwise(stroke):
            if all(left <= x <= left + wide and top <= y <= top + tall for x, y in (here, there)):
                run = run or [here]
                run.append(there)
            elif run:
                made.append(run)
                run = []
        made += [run] if run else []
    return made
