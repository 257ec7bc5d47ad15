"""The outlines of the states on the basemap: what lies inside them, and how far from them what lies outside.

In plain Python, since a few dozen places are no work, and to import NumPy takes as long as to check all the tables.
"""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path

FILE = Path(__file__).parents[3] / "static" / "countries.geojson"

Corner = list[float]  # longitude, latitude


@lru_cache(maxsize=1)
def _states() -> dict[str, tuple[str, list[list[Corner]]]]:
    """Return of each state that the basemap shows its name and its rings of corners."""
    states = {}
    for feature in json.loads(FILE.read_text(encoding="utf-8"))["features"]:
        shape, about = feature["geometry"], feature["properties"]
        parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        states[about["a3"]] = about["name"], [ring for part in parts for ring in part]
    return states


@lru_cache(maxsize=512)
def _edges(country: str) -> list[tuple[Corner, Corner]]:
    """Return where each edge of a state's outline begins and ends; a hole is a ring like any other."""
    return [edge for ring in _states()[country][1] for edge in pairwise(ring)]


@lru_cache(maxsize=512)
def _box(*countries: str) -> tuple[float, float, float, float]:
    """Return how far west, south, east and north states reach."""
    corners = [corner for country in countries for corner, _ in _edges(country)]
    (*x,), (*y,) = zip(*corners, strict=True)
    return min(x), min(y), max(x), max(y)


def name(country: str) -> str:
    """Return the name of a state that the basemap shows, else its code."""
    return _states().get(country, (country,))[0]


def is_shown(country: str) -> bool:
    """Say whether the basemap has an outline of a state."""
    return country in _states()


def is_inside(country: str, lat: float, lon: float) -> bool:
    """Say whether a point lies within a state's outline: whether a line from it to the east leaves it once for good."""
    crossed = [(one, other) for one, other in _edges(country) if (one[1] > lat) != (other[1] > lat)]
    east = [edge for edge in crossed if lon < _longitude(*edge, lat)]
    return len(east) % 2 == 1


def _longitude(one: Corner, other: Corner, lat: float) -> float:
    """Return where an edge crosses a parallel."""
    return one[0] + (lat - one[1]) * (other[0] - one[0]) / (other[1] - one[1])


def distance(country: str, lat: float, lon: float) -> float:
    """Return how far a point is from a state's outline, in degrees of latitude; on a plane, which will do nearby."""
    scale = cos(radians(lat))
    flat = ([((x - lon) * scale, y - lat) for x, y in edge] for edge in _edges(country))
    return min(_from_zero(*ends) for ends in flat)


def _from_zero(begin: tuple[float, float], end: tuple[float, float]) -> float:
    """Return how far the point 0, 0 is from an edge."""
    (x, y), (x1, y1) = begin, end
    along_x, along_y = x1 - x, y1 - y
    share = -(x * along_x + y * along_y) / max(along_x**2 + along_y**2, 1e-12)
    share = min(max(share, 0.0), 1.0)
    return hypot(x + share * along_x, y + share * along_y)


def state_at(lat: float, lon: float) -> str:
    """Return the code of the state whose outline a point lies in, or "" at sea and beyond the basemap."""
    return next((country for country in _states() if is_inside(country, lat, lon)), "")


def is_beyond(country: str, lat: float, lon: float) -> bool:
    """Say whether a point lies beyond an edge of the basemap that cuts through the state itself."""
    west, south, east, north = _box(*_states())
    x0, y0, x1, y1 = _box(country)
    cuts = ((lon < west, x0 <= west), (lon > east, x1 >= east), (lat < south, y0 <= south), (lat > north, y1 >= north))
    return any(is_past and is_cut for is_past, is_cut in cuts)
