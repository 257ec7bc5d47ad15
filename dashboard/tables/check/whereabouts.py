"""May a place lie in the state that it is said to be in? By the outlines of the basemap and the sea around them."""

from __future__ import annotations

from functools import lru_cache

from dashboard.tables.check import outlines, schema
from dashboard.tables.check.reasons import Broken, Cells

# Degrees, 1 is some 111 km. The basemap's lines are drawn with fewer corners than the true ones, so a border town may
# come to lie on the other side. Islands too small for it lie in open sea, some as far from all that it shows of their
# state as the tables allow here; so do ships. What lies at sea is nobody's ground, what lies ashore is somebody's.
ASHORE, AT_SEA = 0.1, 4.0
# What the basemap draws apart although another state holds it, or has it in its own maps; the check takes no side.
SHARED = {
    "CYN": ("CYP", "TUR"), "KAS": ("IND", "PAK", "CHN"), "SOL": ("SOM",), "PSE": ("ISR",), "XKX": ("SRB",),
    "HKG": ("CHN",), "MAC": ("CHN",), "TWN": ("CHN",),
}  # fmt: skip


@lru_cache(maxsize=100_000)
def may_lie_in(country: str, lat: float, lon: float) -> bool:
    """Say whether a point may lie in a state or in the sea around it; where the basemap cannot tell, it may."""
    if not outlines.is_shown(country) or outlines.is_inside(country, lat, lon):
        return True
    if outlines.is_beyond(country, lat, lon):
        return True
    found = outlines.state_at(lat, lon)
    if country in SHARED.get(found, ()) or found in SHARED.get(country, ()):
        return True
    return outlines.distance(country, lat, lon) <= (ASHORE if found else AT_SEA)


def broken(cells: Cells) -> Broken:
    """Yield what is wrong with where a row says that a place, or a country, lies."""
    country, lat, lon = (cells[name] for name in ("country", "lat", "lon"))
    if not (schema.fits("number", lat) and schema.fits("number", lon)) or abs(float(lon)) > 180:
        return
    y, x, what = float(lat), float(lon), cells.get("place_id", f"the point of {country}")
    state, puts = outlines.name(country), f"with the lon {lon} puts {what}"
    if abs(y) <= 90 and (y or x) and may_lie_in(country, y, x):
        return
    if abs(x) <= 90 and outlines.is_shown(country) and may_lie_in(country, x, y):
        yield "lat", lat, f"{puts} outside {state}", f"Write lat {lon} and lon {lat}: they seem to be swapped"
    elif not y and not x:
        yield "lat", lat, f"{puts} in the sea where both are 0", "Give the true coordinates"
    elif abs(y) <= 90:
        found = outlines.state_at(y, x)
        there = f", in {outlines.name(found)}" if found else ""
        yield "lat", lat, f"{puts} outside {state}{there}", "Correct the coordinates or the country"
