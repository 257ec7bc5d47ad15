"""How a line runs between two countries on the flat map."""

from __future__ import annotations

import math

from dashboard.tables.package import Frame

INSET = 1.0  # degrees: how far inside the frame a line starts that comes from beyond it
FIRST, FAN = 0.14, 0.11  # how far the first line of a pair is bowed, and how much further each other one
LONG = 38.0  # degrees: pairs further apart are bowed less, so that their lines stay in the frame
STEPS = 32  # straight pieces in a traced line

Point = tuple[float, float]  # longitude and latitude


def inside(point: Point, frame: Frame) -> bool:
    """Say whether a point lies within the frame."""
    return frame.west <= point[0] <= frame.east and frame.south <= point[1] <= frame.north


def middle(frame: Frame) -> Point:
    """Return the point in the middle of the frame as the map draws it, where north is stretched."""
    (west, south), (east, north) = mercator(frame[:2]), mercator(frame[2:])
    return round(math.degrees((west + east) / 2), 2), round(math.degrees(math.atan(math.sinh((south + north) / 2))), 2)


def brought_in(point: Point, other: Point, frame: Frame) -> Point:
    """Move a point that lies beyond the frame to where the straight line to the other point enters the frame."""
    if inside(point, frame):
        return point
    west, south, east, north = frame
    (x, y), (to_x, to_y) = point, other
    edges = [(x, to_x, west + INSET, east - INSET), (y, to_y, south + INSET, north - INSET)]
    shares = [(min(max(at, low), high) - at) / (to - at) for at, to, low, high in edges if at != to]
    share = min(1.0, max(shares, default=1.0))  # two states at one point, both beyond, have no line that enters
    return round(x + share * (to_x - x), 3), round(y + share * (to_y - y), 3)


def outward(name: str, point: Point, frame: Frame) -> str:
    """Add an arrow to the name of what lies beyond the frame."""
    if inside(point, frame):
        return name
    return f"← {name}" if point[0] < frame.west else f"{name} →"


def bow(start: Point, end: Point, rank: int) -> float:
    """Say how far a line is bowed, as deck.gl counts it: twice the share of the distance between its ends."""
    apart = max(1.0, math.dist(start, end))
    return round((FIRST + FAN * rank) * min(1.0, LONG / apart), 3)


def bowed(start: Point, end: Point, height: float) -> list[Point]:
    """Trace the line that deck.gl's flat arc draws, for what an arc cannot do: dashes, labels, a wide grip."""
    (x0, y0), (x1, y1) = mercator(start), mercator(end)
    path = []
    for along in (step / STEPS for step in range(STEPS + 1)):
        out = math.sqrt(along * (1 - along)) * height
        x, y = x0 + along * (x1 - x0) - out * (y1 - y0), y0 + along * (y1 - y0) + out * (x1 - x0)
        path.append((round(math.degrees(x), 2), round(math.degrees(math.atan(math.sinh(y))), 2)))
    return path


def mercator(point: Point) -> Point:
    """Project longitude and latitude as the map does."""
    return math.radians(point[0]), math.asinh(math.tan(math.radians(point[1])))
