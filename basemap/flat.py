"""Draw the basemap of the flat map: the same atlas and lines as `basemap/build.py`, projected and cut into tiles.

    python -m basemap.flat package/world/50m.json

writes `dashboard/charts/map/flat.json`. Each level of detail holds, as the path data of SVG, the land and the borders,
agreed and disputed, tile by tile, so that a picture carries only the tiles it shows; and the outline of each country.
The land is one shape without inner edges and each border is one line, so that neighbours leave no gap.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import shapely
from shapely import box

from basemap import build

PARALLEL = 30.0  # degrees north: where the map is true to shape, amid Turkey, Pakistan and their neighbours
# West, south, east, north: wider than the map that readers explore, for pictures of any shape. Not further, for the lines
# disputed beyond are not listed in `build.DISPUTED`: those of Western Sahara and of Korea.
FRAME = (-2.0, -15.0, 126.0, 62.0)
UNIT = 100  # steps in a degree
TILE, OVERLAP = 10, 0.05  # degrees: the side of a tile, and how far the land of one reaches under the next
LEVELS = [(0.10, 9.0), (0.03, 1000.0)]  # degrees that a line may be moved, and up to how many pixels a degree
NAMED, LONGEST = 5.0, 20  # a country of fewer square degrees or more letters gets no name
UNNAMED = {"SOL", "KAS", "CYN", "XKX", "TWN"}  # nor does what some states hold to be no state
FILE = Path(__file__).resolve().parent.parent / "dashboard" / "charts" / "map" / "flat.json"


def path_data(geometry: shapely.Geometry) -> str:
    """Return a shape as the path data of SVG: whole steps of the projected degree, each point relative to the last."""
    return "".join(piece for line in lines(geometry) if (piece := one_line(line)))


def lines(geometry: shapely.Geometry) -> Iterator[tuple[shapely.Geometry, str]]:
    """List the lines and rings of a shape, with what ends each of them."""
    for part in getattr(geometry, "geoms", [geometry]):
        if part.geom_type == "Polygon":
            yield from ((ring, "z") for ring in (part.exterior, *part.interiors))
        elif part.geom_type == "LineString":
            yield part, ""
        elif part.geom_type in ("GeometryCollection", "MultiPolygon", "MultiLineString"):
            yield from lines(part)


def one_line(line: tuple[shapely.Geometry, str]) -> str:
    """Return one line as path data; nothing where rounding leaves a single point."""
    shrink = math.cos(math.radians(PARALLEL))
    points = [(round(lon * shrink * UNIT), round(-lat * UNIT)) for lon, lat in line[0].coords]
    kept = [at for before, at in zip([None, *points], points, strict=False) if at != before]
    if len(kept) < 2 + 2 * bool(line[1]):
        return ""
    if line[1]:
        kept.pop()  # the ring is closed by its ending
    steps = [(x - x0, y - y0) for (x0, y0), (x, y) in pairwise(kept)]
    numbers = "".join(f"{sign(x)}{sign(y)}" for x, y in steps).removeprefix(" ")
    return f"M{kept[0][0]}{sign(kept[0][1])}l{numbers}{line[1]}"


def sign(number: int) -> str:
    """Write a number so that it stands apart from the one before it."""
    return f"{number}" if number < 0 else f" {number}"


def tiles(geometry: shapely.Geometry, overlap: float) -> list[list[Any]]:
    """Cut a shape into tiles: of each its west, south, east and north, and its path data."""
    west, south, east, north = (int(edge) for edge in FRAME)
    corners = [(lon, lat) for lon in range(west, east, TILE) for lat in range(south, north, TILE)]
    cut = [
        (lon, lat, geometry.intersection(box(lon, lat, lon + TILE + overlap, lat + TILE + overlap)))
        for lon, lat in corners
    ]
    drawn = [[lon, lat, lon + TILE, lat + TILE, path_data(part)] for lon, lat, part in cut]
    return [tile for tile in drawn if tile[-1]]


def level(countries: list[dict], arcs: list[build.Arc], tolerance: float, pixels: float) -> dict[str, Any]:
    """Draw everything at one level of detail; `pixels` to a degree is the largest scale it is made for."""
    shared = build.owners(countries)
    split = {number: build.pieces_of(arcs[number], pair, tolerance) for number, pair in shared.items()}
    simple = [build.ring_of_pieces(split[number]) if number in split else arc for number, arc in enumerate(arcs)]
    areas = {country["properties"]["a3"]: build.in_frame(build.shape(country, simple), FRAME) for country in countries}
    features = build.borders(countries, split, FRAME)
    kinds = {kind: of_kind(features, kind) for kind in ("agreed", "disputed")}
    return {
        "pixels": pixels,
        "land": tiles(shapely.union_all([*areas.values()]), OVERLAP),
        **{kind: tiles(geometry, 0) for kind, geometry in kinds.items()},
        "countries": {code: path_data(area) for code, area in sorted(areas.items()) if not area.is_empty},
    }


def of_kind(features: Iterable[dict], kind: str) -> shapely.Geometry:
    """Join all borders of a kind."""
    of_it = [shapely.geometry.shape(line["geometry"]) for line in features if line["properties"]["kind"] == kind]
    return shapely.union_all(of_it)


def names(countries: list[dict], arcs: list[build.Arc]) -> list[list[Any]]:
    """List the countries that may be named, the largest first: code, name, longitude, latitude, square degrees."""
    areas = [(country, build.in_frame(build.shape(country, arcs), FRAME)) for country in countries]
    rows = [
        [
            country["properties"]["a3"],
            build.short_name(country),
            *build.rounded([*build.centre(area).coords[0], area.area]),
        ]
        for country, area in areas
        if area.area >= NAMED
        and country["properties"]["a3"] not in UNNAMED
        and len(build.short_name(country)) <= LONGEST
    ]
    return sorted(rows, key=lambda row: -row[-1])


def draw(countries: list[dict], arcs: list[build.Arc]) -> dict[str, Any]:
    """Return the whole file."""
    levels = [level(countries, arcs, tolerance, pixels) for tolerance, pixels in LEVELS]
    return {"parallel": PARALLEL, "unit": UNIT, "frame": FRAME, "levels": levels, "names": names(countries, arcs)}


def main() -> None:
    """Read the atlas that is named and write the file."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    made = draw(topology["objects"]["countries"]["geometries"], build.decode(topology))
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":")).replace("[[", "[\n[").replace("],[", "],\n[")
    FILE.write_text(text + "\n", encoding="utf-8", newline="\n")
    print(f"{FILE.name}: {len(text.encode()) / 1000:.0f} kB", file=sys.stderr)


if __name__ == "__main__":
    main()
