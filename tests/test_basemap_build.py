"""How the basemap is drawn from an atlas: borders are cut where a dispute begins, and the pieces still meet."""

from __future__ import annotations

import json
import math
import re
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import pytest
import shapely

from basemap import build, flat
from basemap.build import DISPUTED, Arc

# From the sea northwards, as the atlas has it: one long arc, of which only the north is the Line of Control.
BORDER: Arc = [
    (70.0, 24.0),
    (71.0, 27.0),
    (73.4, 29.9),
    (74.5, 31.6),
    (75.2, 32.2),
    (74.6, 32.9),
    (74.0, 34.1),
    (76.1, 34.7),
]
CONTROL = "Line of Control (with the working boundary near Jammu)"


def pair(codes: str) -> frozenset[str]:
    return frozenset(codes.split())


def kinds(codes: str, *places: tuple[float, float]) -> list[str]:
    """Return of each step between places, as longitude and latitude, whether it is drawn as disputed or as agreed."""
    pieces = build.pieces_of(list(places), pair(codes))
    return [kind for kind, _, points in pieces for _ in points[1:]]


def test_the_border_of_india_and_pakistan_is_disputed_from_jammu_northwards_alone() -> None:
    agreed, control = build.pieces_of(BORDER, pair("IND PAK"))
    assert (agreed[0], agreed[1], control[0], control[1]) == ("agreed", "", "disputed", CONTROL)
    assert agreed[2] == BORDER[:6]
    assert control[2] == BORDER[5:]


def test_the_cut_is_the_same_whichever_way_an_arc_runs() -> None:
    control, agreed = build.pieces_of(BORDER[::-1], pair("IND PAK"))
    assert (control[0], agreed[0]) == ("disputed", "agreed")
    assert agreed[2] == BORDER[5::-1]


@pytest.mark.parametrize(("south", "kind"), [(32.29, "agreed"), (32.31, "disputed")])
def test_the_line_of_control_begins_where_the_agreed_border_ends(south: float, kind: str) -> None:
    assert kinds("IND PAK", (75.0, south), (75.0, 33.0)) == [kind]


def test_the_border_of_india_and_china_is_disputed_but_for_sikkim() -> None:
    assert kinds("IND CHN", (78.0, 35.2), (78.7, 33.7)) == ["disputed"]
    assert kinds("IND CHN", (88.2, 27.9), (88.8, 28.0)) == ["agreed"]
    assert kinds("IND CHN", (91.9, 27.7), (97.0, 28.3)) == ["disputed"]


def test_the_border_of_egypt_and_sudan_is_disputed_in_the_east_alone() -> None:
    assert kinds("SDN EGY", (30.0, 22.0), (33.0, 22.0)) == ["agreed"]
    assert kinds("SDN EGY", (33.5, 22.0), (36.0, 22.1)) == ["disputed"]


@pytest.mark.parametrize("codes", ["IRN TUR", "IND BGD", "PAK AFG", "IND"])
def test_a_border_without_a_dispute_is_one_agreed_piece(codes: str) -> None:
    ((kind, name, points),) = build.pieces_of(BORDER, pair(codes))
    assert (kind, name, points) == ("agreed", "", BORDER)


@pytest.mark.parametrize(
    "codes", ["CYN CYP", "ISR PSE", "ISR SYR", "ISR LBN", "SRB XKX", "SOL SOM", "SDN SSD", "ETH SOM"]
)
def test_a_border_that_is_disputed_everywhere_is_so_anywhere(codes: str) -> None:
    assert kinds(codes, (10.0, 10.0), (20.0, 20.0), (30.0, 10.0)) == ["disputed"] * 2
    assert DISPUTED[pair(codes)][0]


def test_pieces_meet_and_make_the_whole_arc_again() -> None:
    there_and_back = [(75.0, 31.0), (75.2, 33.0), (75.9, 34.0), (76.5, 33.1), (76.0, 31.0), (75.5, 30.0)]
    pieces = build.pieces_of(there_and_back, pair("IND PAK"))
    assert [kind for kind, *_ in pieces] == ["agreed", "disputed", "agreed"]
    assert all(before[2][-1] == after[2][0] for before, after in pairwise(pieces))
    assert build.ring_of_pieces(pieces) == there_and_back


def test_a_line_loses_only_points_that_hardly_move_it() -> None:
    assert build.simplify([(0, 0), (1, 0.01), (2, 0)]) == [(0, 0), (2, 0)]
    assert build.simplify([(0, 0), (1, 0.02), (2, 0)]) == [(0, 0), (1, 0.02), (2, 0)]
    island = [(0.0, 0.0), (0.01, 0.0), (0.01, 0.01), (0.0, 0.0)]
    assert build.simplify(island) == island, "a ring may not vanish"


# --- a small atlas: two countries beside each other, and an island too small to see ----------------------------------

# Arcs as the atlas writes them: a first point, then steps. Arc 0 is the border; 1 and 2 are the coasts; 3 is the island.
TOPOLOGY: dict[str, Any] = {
    "transform": {"scale": [0.5, 0.5], "translate": [60.0, 20.0]},
    "arcs": [
        [[30, 10], [0, 14], [1, 4], [-1, 8]],
        [[30, 36], [20, 0], [0, -26], [-20, 0]],
        [[30, 10], [-20, 0], [0, 26], [20, 0]],
        [[4, 4], [0, 0], [0, 0], [0, 0]],
    ],
}
COUNTRIES: list[dict[str, Any]] = [
    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"a3": "IND", "name": "India"}},
    {"type": "MultiPolygon", "arcs": [[[~0, 2]], [[3]]], "properties": {"a3": "PAK", "name": "Pakistan"}},
    {"type": "Polygon", "arcs": [[~0, 2]], "properties": {"a3": "USA", "name": "United States of America"}},
]


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return what is written of the small atlas, by the name of the file."""
    monkeypatch.setattr(build, "STATIC", tmp_path)
    build.draw(COUNTRIES[:2], build.decode(TOPOLOGY))
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()}


def test_steps_become_longitudes_and_latitudes() -> None:
    assert build.decode(TOPOLOGY)[0] == [(75.0, 25.0), (75.0, 32.0), (75.5, 34.0), (75.0, 38.0)]


def test_who_shares_an_arc_does_not_hang_on_its_direction() -> None:
    found = build.owners(COUNTRIES[:2])
    assert found == {0: pair("IND PAK"), 1: pair("IND"), 2: pair("PAK"), 3: pair("PAK")}


def test_borders_are_drawn_agreed_and_disputed_and_coasts_are_not(written: dict[str, Any]) -> None:
    lines = {
        (line["properties"]["kind"], line["properties"]["name"]): line["geometry"]["coordinates"]
        for line in written["borders.geojson"]["features"]
    }
    assert lines == {
        ("agreed", ""): [[75.0, 25.0], [75.0, 32.0], [75.5, 34.0]],
        ("disputed", CONTROL): [[75.5, 34.0], [75.0, 38.0]],
    }


def test_neighbours_keep_their_common_edge_and_leave_no_gap(written: dict[str, Any]) -> None:
    areas = {area["properties"]["a3"]: area for area in written["countries.geojson"]["features"]}
    india, pakistan = (shapely.geometry.shape(areas[code]["geometry"]) for code in ("IND", "PAK"))
    assert india.intersection(pakistan).area == 0
    assert india.union(pakistan).area == pytest.approx(20 * 13)
    assert areas["PAK"]["properties"] == {"a3": "PAK", "name": "Pakistan"}


def test_a_large_country_has_its_name_well_inside_it(written: dict[str, Any]) -> None:
    labels = {label["a3"]: label for label in written["labels.json"]}
    assert set(labels) == {"IND", "PAK"}
    assert 76 < labels["IND"]["lon"] < 84
    assert 26 < labels["IND"]["lat"] < 37


def test_the_points_inside_countries_are_printed_as_rows_of_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    build.print_centres(COUNTRIES, build.decode(TOPOLOGY), ["USA", "IND"])
    header, india, states = capsys.readouterr().out.splitlines()
    assert header == "country,name,lat,lon"
    assert india.startswith("IND,India,")
    assert states.startswith("USA,United States,")


# --- the flat map's file ---------------------------------------------------------------------------------------------

SHRINK = math.cos(math.radians(flat.PARALLEL))


def test_a_line_is_written_as_a_point_and_steps_and_a_ring_is_closed() -> None:
    east = round(60 * SHRINK * 100)
    assert flat.path_data(shapely.LineString([(60, 20), (60, 21), (60, 20.5)])) == f"M{east}-2000l0-100 0 50"
    ring = shapely.Polygon([(60, 20), (60, 21), (60, 22), (61, 22)])
    assert flat.path_data(ring).endswith("z")
    assert flat.path_data(ring).startswith(f"M{east}-2000l0-100 0-100 ")


def test_what_rounding_leaves_as_a_point_is_left_out() -> None:
    speck = shapely.Polygon([(60, 20), (60.001, 20), (60.001, 20.001)])
    assert flat.path_data(speck) == ""
    assert flat.path_data(shapely.LineString([(60, 20), (60.001, 20)])) == ""
    assert flat.path_data(shapely.GeometryCollection([shapely.Point(60, 20), speck])) == ""


def across(path: str) -> list[int]:
    """Return how far east the points of a path lie, in the file's steps."""
    x, _, *more = map(int, re.findall(r"-?\d+", path))
    return list(accumulate(more[::2], initial=x))


def furthest(path: str) -> int:
    return max(across(path))


def nearest(path: str) -> int:
    return min(across(path))


def test_a_shape_is_cut_into_tiles_that_reach_under_each_other() -> None:
    cut = flat.tiles(shapely.box(60, 10, 75, 14), flat.OVERLAP)
    assert [tile[:4] for tile in cut] == [[58, 5, 68, 15], [68, 5, 78, 15]]
    edge, reach = (round(lon * SHRINK * flat.UNIT) for lon in (68, 68 + flat.OVERLAP))
    assert (furthest(cut[0][4]), nearest(cut[1][4])) == (reach, edge)


def south_of(tile: list[Any]) -> float:
    """Return the latitude at which the path of a tile ends in the south."""
    _, y, *more = map(int, re.findall(r"-?\d+", tile[-1]))
    return -max(accumulate(more[1::2], initial=y)) / flat.UNIT


def test_the_flat_maps_file_holds_land_borders_outlines_and_names() -> None:
    made = flat.draw(COUNTRIES[:2], build.decode(TOPOLOGY))
    coarse, fine = made["levels"]
    assert coarse["pixels"] < fine["pixels"]
    assert set(fine["countries"]) == {"IND", "PAK"}
    assert min(map(south_of, fine["disputed"])) == 34.0
    assert min(map(south_of, fine["agreed"])) == 25.0
    assert {(code, name) for code, name, *_ in made["names"]} == {("IND", "India"), ("PAK", "Pakistan")}
    assert made["names"][0][-1] > made["names"][1][-1]


def test_what_some_hold_to_be_no_state_is_drawn_and_not_named() -> None:
    disputed = [{**COUNTRIES[0], "properties": {"a3": "SOL", "name": "Somaliland"}}]
    assert flat.names(disputed, build.decode(TOPOLOGY)) == []
    assert flat.level(disputed, build.decode(TOPOLOGY), 0.1, 9.0)["countries"]["SOL"]


def test_the_file_is_written_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    atlas = tmp_path / "atlas.json"
    atlas.write_text(
        json.dumps({**TOPOLOGY, "objects": {"countries": {"geometries": COUNTRIES[:2]}}}), encoding="utf-8"
    )
    monkeypatch.setattr(flat, "FILE", tmp_path / "flat.json")
    monkeypatch.setattr("sys.argv", ["flat.py", str(atlas)])
    flat.main()
    assert json.loads((tmp_path / "flat.json").read_text(encoding="utf-8"))["parallel"] == flat.PARALLEL
