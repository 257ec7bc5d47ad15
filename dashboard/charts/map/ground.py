"""The ground of the flat map: which part of the world a picture shows, and the land and borders in it.

The projection is equirectangular, true to shape at 30 degrees north, amid Turkey, Pakistan and their neighbours: a
degree of latitude is equally tall everywhere, and a degree of longitude as wide as it is there. It is simple to say,
does not blow up the north as Mercator does, and is linear, so that the files hold finished paths for every scale.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from dashboard.charts.map.arcs import Point
from dashboard.tables.package import Frame

FILE = Path(__file__).with_name("flat.json")
ROOM = (0.13, 0.14)  # the share of a picture's width and height that stays free beside what it shows
NEAREST = 14.0  # degrees: no picture shows less than this
# Pixels: the agreed border is thin, the disputed one is dashed.
AGREED, DISPUTED, DASHES = 0.7, 1.0, (3.0, 2.2)


class Picture(NamedTuple):
    """A part of the world on a picture: its size, its north-west corner and pixels a degree of latitude."""

    width: float
    height: float
    west: float
    north: float
    scale: float

    def at(self, point: Point) -> Point:
        """Return where a point of longitude and latitude stands on the picture."""
        return (point[0] - self.west) * shrink() * self.scale, (self.north - point[1]) * self.scale

    def bounds(self) -> Frame:
        """Return the west, south, east and north of what is seen."""
        east = self.west + self.width / self.scale / shrink()
        return Frame(self.west, self.north - self.height / self.scale, east, self.north)


@lru_cache(maxsize=1)
def basemap() -> dict[str, Any]:
    """Return what `basemap/flat.py` wrote."""
    return json.loads(FILE.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def shrink() -> float:
    """Return how wide a degree of longitude is drawn, in degrees of latitude."""
    return math.cos(math.radians(basemap()["parallel"]))


def fitted(
    points: list[Point], width: float, height: float, nearest: float = NEAREST, room: tuple[float, float] = ROOM
) -> Picture:
    """Return the picture of a size that shows all the points, with room beside them.

    `room` is the share of its width and height that stays free on each side. It shows at least `nearest` degrees, and gives up half of the room rather than show what lies beyond the basemap.
    """
    west, south, east, north = around(points)
    (left, low, right, high) = basemap()["frame"]
    across, down = max((east - west) * shrink(), nearest), max(north - south, nearest / 2)
    scale = min(width * (1 - 2 * room[0]) / across, height * (1 - 2 * room[1]) / down)
    full = max(width / (right - left) / shrink(), height / (high - low))
    scale = max(scale, min(full, width * (1 - room[0]) / across, height * (1 - room[1]) / down))
    across, down = width / scale / shrink(), height / scale
    return Picture(
        width, height, within((west + east - across) / 2, left, right, across),
        within((south + north - down) / 2, low, high, down) + down, scale,
    )  # fmt: skip


def around(points: Iterable[Point]) -> Frame:
    """Return the west, south, east and north of points."""
    lons, lats = zip(*points, strict=True)
    return Frame(min(lons), min(lats), max(lons), max(lats))


def within(start: float, low: float, high: float, length: float) -> float:
    """Move the start of a stretch so that it lies between two ends; in their middle where it is longer."""
    return (low + high - length) / 2 if length > high - low else min(max(start, low), high - length)


def drawn(picture: Picture, tinted: Iterable[str] = ()) -> str:
    """Draw the land, the borders, and a tint over the countries whose codes are given."""
    level = next(level for level in basemap()["levels"] if picture.scale <= level["pixels"])
    step = picture.scale / basemap()["unit"]
    x, y = picture.at((0.0, 0.0))
    land, agreed, disputed = (seen(level[kind], picture.bounds()) for kind in ("land", "agreed", "disputed"))
    tints = "".join(level["countries"].get(code, "") for code in sorted(tinted))
    dashes = " ".join(f"{part / step:.2f}" for part in DASHES)
    return (
        f'<g transform="translate({x:.2f} {y:.2f}) scale({step:.5f})"><path class="land" d="{land}"/>'
        f'<path class="tint" d="{tints}"/><path class="agreed" stroke-width="{AGREED / step:.2f}" d="{agreed}"/>'
        f'<path class="disputed" stroke-width="{DISPUTED / step:.2f}" stroke-dasharray="{dashes}" d="{disputed}"/></g>'
    )


def seen(tiles: Iterable[tuple[float, float, float, float, str]], bounds: Frame) -> str:
    """Return the path data of the tiles of which a part is seen."""
    left, low, right, high = bounds
    return "".join(
        path
        for west, south, east, north, path in tiles
        if west < right and east > left and south < high and north > low
    )


def names(picture: Picture) -> list[tuple[str, str, Point, float]]:
    """List the countries in the middle of which the picture looks: code, name, the point, and the side in pixels."""
    west, south, east, north = picture.bounds()
    return [
        (code, name, picture.at((lon, lat)), math.sqrt(area) * picture.scale)
        for code, name, lon, lat, area in basemap()["names"]
        if west < lon < east and south < lat < north
    ]
