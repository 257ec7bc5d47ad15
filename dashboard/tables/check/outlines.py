"""The outlines of the states on the basemap: what lies inside them, and how far from them what lies outside."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

FILE = Path(__file__).parents[3] / "static" / "countries.geojson"

Corners = npt.NDArray[np.float64]


@lru_cache(maxsize=1)
def _states() -> dict[str, tuple[str, list[Corners]]]:
    """Return of each state that the basemap shows its name and its rings of corners: longitude, latitude."""
    states = {}
    for feature in json.loads(FILE.read_text(encoding="utf-8"))["features"]:
        shape, about = feature["geometry"], feature["properties"]
        parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        states[about["a3"]] = about["name"], [np.array(ring) for part in parts for ring in part]
    return states


@lru_cache(maxsize=512)
def _edges(country: str) -> tuple[Corners, Corners]:
    """Return where each edge of a state's outline begins and ends; a hole is a ring like any other."""
    rings = _states()[country][1]
    return np.concatenate([ring[:-1] for ring in rings]), np.concatenate([ring[1:] for ring in rings])


@lru_cache(maxsize=1)
def _frame() -> Corners:
    """Return the south-western and the north-eastern corner of what the basemap shows."""
    corners = np.concatenate([ring for _, rings in _states().values() for ring in rings])
    return np.array([corners.min(axis=0), corners.max(axis=0)])


def name(country: str) -> str:
    """Return the name of a state that the basemap shows, else its code."""
    return _states().get(country, (country,))[0]


def is_shown(country: str) -> bool:
    """Say whether the basemap has an outline of a state."""
    return country in _states()


def is_inside(country: str, lat: float, lon: float) -> bool:
    """Say whether a point lies within a state's outline: whether a line from it to the east leaves it once for good."""
    (x0, y0), (x1, y1) = (ends.T for ends in _edges(country))
    crossed = (y0 > lat) != (y1 > lat)
    at = x0[crossed] + (lat - y0[crossed]) * (x1 - x0)[crossed] / (y1 - y0)[crossed]
    return np.count_nonzero(lon < at) % 2 == 1


def distance(country: str, lat: float, lon: float) -> float:
    """Return how far a point is from a state's outline, in degrees of latitude; on a plane, which will do nearby."""
    scale = np.array([np.cos(np.radians(lat)), 1.0])
    begin, end = ((ends - (lon, lat)) * scale for ends in _edges(country))
    along = end - begin
    share = np.clip(-(begin * along).sum(axis=1) / np.maximum((along**2).sum(axis=1), 1e-12), 0, 1)
    return float(np.hypot(*(begin + share[:, None] * along).T).min())


def state_at(lat: float, lon: float) -> str:
    """Return the code of the state whose outline a point lies in, or "" at sea and beyond the basemap."""
    return next((country for country in _states() if is_inside(country, lat, lon)), "")


def is_beyond(country: str, lat: float, lon: float) -> bool:
    """Say whether a point lies beyond an edge of the basemap that cuts through the state itself."""
    (west, south), (east, north) = _frame()
    (x, y) = _edges(country)[0].T
    cuts = ((lon < west, x.min() <= west), (lon > east, x.max() >= east),
            (lat < south, y.min() <= south), (lat > north, y.max() >= north))  # fmt: skip
    return any(is_past and is_cut for is_past, is_cut in cuts)
