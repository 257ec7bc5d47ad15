"""The borders drawn are the ones meant: disputed lines dashed, agreed ones not."""

import json
import math
from itertools import pairwise
from pathlib import Path

import pytest

from dashboard.tables.check.identity import BASEMAP

STATIC = Path(__file__).resolve().parent.parent / "static"
CLIP = (10.0, -12.0, 125.0, 58.0)
NEAR = 0.15  # degrees
BUDGET = 450_000  # bytes

ON_THE_LINE_OF_CONTROL = {"Uri": (34.08, 74.0), "Tithwal": (34.39, 73.78), "north of Kargil": (34.68, 76.12)}
# Demchok (32.70, 79.45) is left out: the atlas itself draws the line 0.22 degrees to the west of it.
ON_THE_LINE_OF_ACTUAL_CONTROL = {
    "Depsang": (35.2, 78.0),
    "Galwan": (34.76, 78.22),
    "Pangong Tso": (33.72, 78.75),
    "Bum La": (27.73, 91.89),
    "Longju": (28.65, 93.37),
    "Kibithu": (28.28, 97.02),
}
AGREED = {
    "India and Pakistan, Rajasthan": (29.93, 73.38),
    "India and Pakistan, Sindh": (24.28, 68.85),
    "India and Pakistan, Wagah": (31.60, 74.57),
    "Turkey and Iran": (38.4, 44.3),
    "Iran and Pakistan": (27.2, 63.2),
    "India and Bangladesh": (24.1, 88.7),
}


def read(name):
    return json.loads((STATIC / name).read_text(encoding="utf-8"))


def positions(nested):
    if isinstance(nested[0], int | float):
        yield tuple(nested)
    else:
        for part in nested:
            yield from positions(part)


def lines(kind):
    for feature in read("borders.geojson")["features"]:
        if feature["properties"]["kind"] == kind:
            shape = feature["geometry"]
            yield from [shape["coordinates"]] if shape["type"] == "LineString" else shape["coordinates"]


def from_segment(point, start, end):
    (x, y), (x0, y0), (x1, y1) = point, start, end
    length = (x1 - x0) ** 2 + (y1 - y0) ** 2
    along = max(0.0, min(1.0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length)) if length else 0.0
    return math.dist(point, (x0 + along * (x1 - x0), y0 + along * (y1 - y0)))


def distance(place, kind):
    lat, lon = place
    return min(from_segment((lon, lat), start, end) for line in lines(kind) for start, end in pairwise(line))


DISPUTED = ON_THE_LINE_OF_CONTROL | ON_THE_LINE_OF_ACTUAL_CONTROL


@pytest.mark.parametrize("place", DISPUTED.values(), ids=DISPUTED)
def test_a_disputed_line_is_dashed(place):
    assert distance(place, "disputed") < NEAR
    assert distance(place, "agreed") > NEAR


@pytest.mark.parametrize("place", AGREED.values(), ids=AGREED)
def test_an_agreed_border_is_not_dashed(place):
    assert distance(place, "agreed") < NEAR
    assert distance(place, "disputed") > NEAR


def test_the_line_of_control_is_cut_out_of_the_border_to_its_south():
    [control] = [
        f for f in read("borders.geojson")["features"] if f["properties"]["name"].startswith("Line of Control")
    ]
    assert min(lat for _, lat in positions(control["geometry"]["coordinates"])) > 32.3


def test_every_disputed_line_has_a_name():
    named = {
        f["properties"]["name"] for f in read("borders.geojson")["features"] if f["properties"]["kind"] == "disputed"
    }
    assert {"Line of Actual Control", "Siachen", "Northern Cyprus", "Palestine", "Kosovo"} <= named
    assert "" not in named


@pytest.mark.parametrize("name", ["countries.geojson", "borders.geojson"])
def test_nothing_lies_outside_the_clip(name):
    west, south, east, north = CLIP
    for feature in read(name)["features"]:
        for lon, lat in positions(feature["geometry"]["coordinates"]):
            assert west <= lon <= east
            assert south <= lat <= north


def test_the_check_knows_how_far_the_basemap_goes():
    assert BASEMAP == CLIP


def test_the_countries_of_the_story_are_drawn_and_have_a_code_of_their_own():
    codes = [feature["properties"]["a3"] for feature in read("countries.geojson")["features"]]
    assert {"TUR", "PAK", "AZE", "BGD", "CHN", "IND", "MDV", "KAZ", "QAT", "UZB", "UKR"} <= set(codes)
    assert len(codes) == len(set(codes))


def test_neighbours_share_their_edge_point_by_point():
    shapes = {
        f["properties"]["a3"]: set(positions(f["geometry"]["coordinates"]))
        for f in read("countries.geojson")["features"]
    }
    assert len(shapes["IND"] & shapes["PAK"]) > 50
    assert len(shapes["TUR"] & shapes["IRN"]) > 10


def test_the_basemap_is_light():
    assert sum(path.stat().st_size for path in STATIC.glob("*json")) < BUDGET


def test_the_style_names_only_files_that_are_served_from_here():
    style = read("basemap.json")
    for source in style["sources"].values():
        assert (STATIC / Path(source["data"]).name).exists()
        assert source["data"].startswith("app/static/")
    assert not {"glyphs", "sprite"} & set(style)


def test_the_style_dashes_the_disputed_lines_alone():
    dashed = [layer for layer in read("basemap.json")["layers"] if "line-dasharray" in layer.get("paint", {})]
    assert [layer["filter"] for layer in dashed] == [["==", "kind", "disputed"]]
