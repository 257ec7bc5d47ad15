"""The pen of the flat map: each line between two states as shapes of SVG.

A line follows the course that `lines.course` gives it, as one curve. Firm trade grows from thin, where it leaves, to
full, and ends in an arrow head; doubted trade is a dashed line with an open head; a tie is a double line; a measure is
a thin line, barred towards the state it is against.
"""

from __future__ import annotations

import math

from dashboard.charts.map.arcs import Point
from dashboard.charts.map.ground import Picture
from dashboard.charts.map.lines import DOUBTED, is_arc, strokes
from dashboard.tables.model import Row

Curve = tuple[Point, Point, Point]  # a quadratic curve: its start, the point that draws it aside, its end

GAP = 4.0  # pixels that stay free between a line and the point it starts from or leads to
TAIL, THIN = 0.35, 0.9  # how thin trade is where it leaves, as a share of its width, and in pixels at least
GRIP = 14.0  # pixels: the width at which a line can be clicked


def curve(line: Row, picture: Picture) -> Curve:
    """Return the course of a line on the picture, without the gaps at its ends."""
    (x0, y0), (x1, y1) = picture.at(line["start"]), picture.at(line["end"])
    height = line["height"]
    aside = ((x0 + x1) / 2 + height * (y1 - y0), (y0 + y1) / 2 - height * (x1 - x0))
    share = min(0.3, GAP / max(1.0, math.dist((x0, y0), (x1, y1))))
    return part(((x0, y0), aside, (x1, y1)), share, 1 - share)


def along(course: Curve, share: float) -> Point:
    """Return the point of a curve at a share of its way."""
    a, b, c = (1 - share) ** 2, 2 * share * (1 - share), share**2
    (x0, y0), (x1, y1), (x2, y2) = course
    return a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2


def part(course: Curve, since: float, until: float) -> Curve:
    """Return the part of a curve between two shares of its way."""
    a, b, c = (1 - since) * (1 - until), since + until - 2 * since * until, since * until
    (x0, y0), (x1, y1), (x2, y2) = course
    aside = a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2
    return along(course, since), aside, along(course, until)


def beside(course: Curve, first: float, last: float) -> Curve:
    """Return the curve that runs to the left of another, as far as given at its start and its end."""
    start, aside, end = course
    sides = (start, aside, first), (start, end, (first + last) / 2), (aside, end, last)
    moved = []
    for at, (before, after, far) in zip(course, sides, strict=True):
        x, y = after[0] - before[0], after[1] - before[1]
        length = math.hypot(x, y) or 1.0
        moved.append((at[0] + far * y / length, at[1] - far * x / length))
    return moved[0], moved[1], moved[2]


def spot(point: Point) -> str:
    """Write a point."""
    return f"{point[0]:.1f} {point[1]:.1f}"


def bend(course: Curve) -> str:
    """Write a curve as path data."""
    return f"M{spot(course[0])}Q{spot(course[1])} {spot(course[2])}"


def shapes(line: Row, picture: Picture) -> str:
    """Return the shapes of a line."""
    course = curve(line, picture)
    if is_arc(line):
        return arrow(course, line["width"])
    made = "".join(stroke(course, row) for row in strokes(line))
    return made + open_head(course) if line["family"] == "trade" else made


def head(course: Curve, length: float, half: float) -> tuple[Curve, tuple[Point, Point]]:
    """Return the curve up to the head of an arrow, and the two barbs of the head, left and right."""
    _, aside, tip = course
    far = math.dist(aside, tip) or 1.0
    shaft = part(course, 0.0, max(0.4, 1 - length / (2 * far)))
    x, y = (tip[0] - shaft[2][0]), (tip[1] - shaft[2][1])
    size = math.hypot(x, y) or 1.0
    side = half * y / size, -half * x / size
    base = shaft[2]
    return shaft, ((base[0] + side[0], base[1] + side[1]), (base[0] - side[0], base[1] - side[1]))


def arrow(course: Curve, width: float) -> str:
    """Draw firm trade: growing towards the recipient, with a full head."""
    shaft, (left, right) = head(course, 5 + 1.3 * width, 2.2 + 0.8 * width)
    thin, full = max(TAIL * width, THIN) / 2, width / 2
    one, other = beside(shaft, thin, full), beside(shaft, -thin, -full)
    back = f"Q{spot(other[1])} {spot(other[0])}Z"
    path = f"{bend(one)}L{spot(left)}L{spot(course[2])}L{spot(right)}L{spot(other[2])}{back}"
    return f'<path class="full" d="{path}"/>'


def open_head(course: Curve) -> str:
    """Draw the head of doubted trade, two open barbs."""
    _, (left, right) = head(course, 7.5, 4.0)
    return f'<path class="thin" stroke-width="{DOUBTED}" d="M{spot(left)}L{spot(course[2])}L{spot(right)}"/>'


def stroke(course: Curve, row: Row) -> str:
    """Draw one stroke of a line, as `lines.strokes` gives it."""
    aside = row["offset"] * row["width"]
    shown = beside(part(course, row["since"], 1.0) if row["since"] else course, aside, aside)
    dashes = " ".join(f"{length * row['width']:g}" for length in row["dash"] if any(row["dash"]))
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path class="thin" stroke-width="{row["width"]:g}"{dashed} d="{bend(shown)}"/>'


def grip(line: Row, picture: Picture) -> str:
    """Draw the wide, invisible line by which a line is clicked."""
    return f'<path class="grip" stroke-width="{GRIP:g}" d="{bend(curve(line, picture))}"/>'
