"""The flat map as SVG: what is drawn where, which borders are dashed, and that its words are readable and apart."""

from __future__ import annotations

import gzip
import math
import random
import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from dashboard.charts.map import flat, ground, pen, scene, writing
from dashboard.charts.map.account import VIEWPOINT, map_words
from dashboard.charts.map.lines import AGAINST
from dashboard.charts.map.placing import Box, Word, breadth, crowd, placed, wrapped
from dashboard.charts.map.scene import FAR, Look, Scene
from dashboard.charts.map.sums import over_domains
from dashboard.questions import flows as question
from dashboard.style.tokens import GROUNDS, INKS
from dashboard.tables.load import Tables
from dashboard.tables.model import Row
from dashboard.tables.package import Frame, Package
from tests.charts.test_map import PALETTE, flow
from tests.made_up import DOLLARS, FRAME
from tests.test_basemap import AGREED, DISPUTED

SVG = "{http://www.w3.org/2000/svg}"
ACCOUNT = re.compile(r'aria-label="[^"]*"|<desc>.*?</desc>')
NEAR = 0.2  # degrees
LARGEST = 60_000  # bytes, compressed as it is sent
REGION = Frame(42.0, 20.0, 98.0, 40.0)  # what is seen when known borders are looked for
PLACES = ["place_id", "name", "country", "lat", "lon", "drawn", "deals", "note"]

PACKAGE = Package("set", "A set", "Set", ("PAK", "TUR"), (), "", DOLLARS, FRAME, ())

Point = tuple[float, float]


def flat_map(flows: list[Row], places: list[Row], palette: dict[str, str], look: Look | None = None) -> str:
    return flat.flat_map(flows, places, palette, PACKAGE, look)


def composed(flows: list[Row], places: list[Row], palette: dict[str, str], look: Look) -> Scene:
    return scene.composed(flows, places, palette, PACKAGE, look)


@pytest.fixture
def flows() -> list[Row]:
    """Return lines of every family, firm and doubted, one from beyond the map."""
    return [
        flow("TUR", "PAK", "naval", deals=14, weight=14.0),
        flow("TUR", "PAK", "air", deals=10, contested=2, weight=10.0),
        flow("TUR", "AZE", "drones", deals=2, contested=2, weight=2.0),
        flow("PAK", "TUR", "air", weight=1.0),
        flow("USA", "TUR", "air", weight=0.0),
        flow("PAK", "TUR", "naval", deals=8, weight=8.0, family="tie"),
        flow("USA", "PAK", "naval", deals=2, family="measure"),
    ]


@pytest.fixture
def places() -> list[Row]:
    rows = [
        ("yard", "Karachi Shipyard, East Wharf", "PAK", 24.844, 66.977, "dot", 9, "9 deals"),
        ("ankara", "Ankara", "TUR", 39.933, 32.860, "ring", 400, "400 deals"),
        ("somewhere", "Azerbaijan (place not named)", "AZE", 40.143, 47.577, "area", 2, "2 deals"),
        ("washington", "Washington", "USA", 38.9, -77.0, "ring", 1, "1 deal"),
    ]
    return [dict(zip(PLACES, row, strict=True)) for row in rows]


@pytest.fixture
def nothing(flows: list[Row], places: list[Row]) -> tuple[list[Row], list[Row]]:
    return [], []


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def classed(root: ET.Element, name: str) -> list[ET.Element]:
    """Return the elements that have a class."""
    return [element for element in root.iter() if name in element.get("class", "").split()]


def texts(root: ET.Element, name: str) -> list[str]:
    """Return the words in the groups that have a class."""
    return [text.text or "" for group in classed(root, name) for text in group.iter(f"{SVG}text")]


def titles(root: ET.Element, name: str) -> list[str]:
    return [element.findtext(f"{SVG}title", "") for element in classed(root, name)]


# --- the ground ------------------------------------------------------------------------------------------------------


def strokes(path: str) -> Iterator[list[tuple[int, int]]]:
    """Read path data back: each line of it as points in the file's steps."""
    for line in re.findall(r"M([^M]*)", path):
        x, y, *steps = map(int, re.findall(r"-?\d+", line))
        points = [(x, y)]
        for right, down in zip(steps[::2], steps[1::2], strict=True):
            points.append((points[-1][0] + right, points[-1][1] + down))
        yield points


def borders(svg: str, kind: str) -> list[list[Point]]:
    """Read the borders of a kind back, in degrees of longitude and latitude."""
    [path] = classed(parsed(svg), kind)
    unit, shrink = ground.basemap()["unit"], ground.shrink()
    return [[(x / unit / shrink, -y / unit) for x, y in line] for line in strokes(path.get("d", ""))]


def apart(point: Point, start: Point, end: Point) -> float:
    (x, y), (x0, y0), (x1, y1) = point, start, end
    length = (x1 - x0) ** 2 + (y1 - y0) ** 2
    along = max(0.0, min(1.0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length)) if length else 0.0
    return math.dist(point, (x0 + along * (x1 - x0), y0 + along * (y1 - y0)))


def distance(svg: str, place: Point, kind: str) -> float:
    lat, lon = place
    return min(apart((lon, lat), *step) for line in borders(svg, kind) for step in pairwise(line))


@pytest.fixture(scope="module", params=[REGION, None], ids=["near", "far"])
def bare(request: pytest.FixtureRequest) -> str:
    """Return a map of nothing but the ground, at either level of detail."""
    return flat_map(*empty(), PALETTE, Look(width=720, height=630, view=request.param))


def test_the_two_levels_of_detail_are_both_looked_at() -> None:
    near, far = (
        ground.fitted([*ends], 720, 630, 0, (0, 0)).scale for ends in (((42, 20), (98, 40)), ((17, -12), (124, 58)))
    )
    assert far < ground.basemap()["levels"][0]["pixels"] < near


@pytest.mark.parametrize("place", DISPUTED.values(), ids=DISPUTED)
def test_known_points_of_disputed_lines_lie_on_dashed_lines_alone(bare: str, place: Point) -> None:
    assert distance(bare, place, "disputed") < NEAR
    assert distance(bare, place, "agreed") > 0.15


@pytest.mark.parametrize("place", AGREED.values(), ids=AGREED)
def test_known_points_of_agreed_borders_lie_on_solid_lines_alone(bare: str, place: Point) -> None:
    assert distance(bare, place, "agreed") < NEAR
    assert distance(bare, place, "disputed") > 0.15


def test_disputed_lines_are_dashed_and_agreed_ones_are_not(bare: str) -> None:
    [agreed], [disputed] = classed(parsed(bare), "agreed"), classed(parsed(bare), "disputed")
    assert disputed.get("stroke-dasharray")
    assert not agreed.get("stroke-dasharray")


def test_a_picture_carries_only_the_tiles_it_shows(bare: str) -> None:
    near = flat_map(*empty(), PALETTE, Look(view=Frame(60.0, 20.0, 80.0, 30.0)))
    assert len(near) < len(bare)
    lons = [lon for line in borders(near, "agreed") for lon, _ in line]
    assert 45 < min(lons) < 65
    assert 75 < max(lons) < 95


def empty() -> tuple[list[Row], list[Row]]:
    return [], []


def test_the_middle_of_a_degree_is_as_wide_as_tall_at_thirty_degrees_north() -> None:
    picture = ground.fitted([(50.0, 25.0), (70.0, 35.0)], 600, 400)
    (x0, y0), (x1, y1) = picture.at((60.0, 30.0)), picture.at((61.0, 29.0))
    assert (x1 - x0) / (y1 - y0) == pytest.approx(math.cos(math.radians(30)))


@pytest.mark.parametrize(
    "points",
    [
        [(35.0, 39.0), (69.0, 30.0)],
        [(47.1, 40.4), (69.0, 30.0), (67.0, 24.8)],
        [(20.0, 57.0), (20.5, -10.0)],
        [(90.4, 23.8)],
        [(17.1, -11.9), (123.9, 57.9)],
    ],
)
@pytest.mark.parametrize("size", [(600, 320), (360, 480)])
def test_a_picture_holds_all_its_points(points: list[Point], size: tuple[int, int]) -> None:
    picture = ground.fitted(points, *size)
    for x, y in map(picture.at, points):
        assert 0.01 * size[0] < x < 0.99 * size[0]
        assert 0.01 * size[1] < y < 0.99 * size[1]
    west, south, east, north = picture.bounds()
    assert (east - west) * ground.shrink() >= ground.NEAREST / 2
    assert north - south >= ground.NEAREST / 2


def test_a_picture_leaves_room_for_words_beside_its_points() -> None:
    picture = ground.fitted([(35.0, 39.0), (69.0, 30.0)], 600, 320)
    assert picture.at((35.0, 39.0))[0] >= 0.99 * ground.ROOM[0] * 600
    assert picture.at((69.0, 30.0))[0] <= (1 - 0.99 * ground.ROOM[0]) * 600


def test_a_picture_shows_nothing_beyond_the_basemap_where_its_shape_allows() -> None:
    west, south, east, north = ground.fitted([(18.0, 50.0), (18.0, 57.0)], 500, 500).bounds()
    left, low, right, high = ground.basemap()["frame"]
    assert left <= west < east <= right
    assert low <= south < north <= high


def test_without_a_point_in_the_region_all_of_it_is_shown() -> None:
    west, south, east, north = composed(*empty(), PALETTE, Look()).picture.bounds()
    assert west <= FRAME[0]
    assert east >= FRAME[2]
    assert south <= FRAME[1] + 1
    assert north >= FRAME[3] - 1


# --- lines and places ------------------------------------------------------------------------------------------------


def test_every_line_is_drawn_once_and_says_what_it_is(flows: list[Row], places: list[Row]) -> None:
    said = titles(parsed(flat_map(flows, places, PALETTE)), "line")
    wanted = [f"{flow['title']}{' ?' * (flow['deals'] == flow['contested'])}: " for flow in flows]
    assert len(said) == len(flows)
    assert all(any(words.startswith(line) for words in said) for line in wanted)


def look_of(flows: list[Row], title: str) -> ET.Element:
    root = parsed(flat_map(flows, empty()[1], PALETTE))
    return next(line for line in classed(root, "line") if line.findtext(f"{SVG}title", "").startswith(title))


def test_firm_trade_is_one_arrow_in_the_colour_of_its_domain(flows: list[Row]) -> None:
    line = look_of(flows, "Turkey to Pakistan, Naval")
    assert [path.get("class") for path in line.iter(f"{SVG}path")] == ["full"]
    assert line.get("fill") == PALETTE["naval"]


def test_doubted_trade_is_dashed_and_has_an_open_head(flows: list[Row]) -> None:
    line, barbs = look_of(flows, "Turkey to Azerbaijan, Drones ?").iter(f"{SVG}path")
    assert line.get("stroke-dasharray")
    assert line.get("class") == barbs.get("class") == "thin"
    assert not barbs.get("stroke-dasharray")


def test_a_tie_is_a_double_line_and_no_arrow(flows: list[Row]) -> None:
    left, right = look_of(flows, "Pakistan and Turkey").iter(f"{SVG}path")
    assert left.get("class") == right.get("class") == "thin"
    assert left.get("d") != right.get("d")
    assert not left.get("stroke-dasharray")


def test_a_measure_is_barred_and_in_no_domains_colour(flows: list[Row]) -> None:
    line = look_of(flows, "United States against Pakistan")
    shaft, bars = line.iter(f"{SVG}path")
    assert line.get("stroke") == AGAINST
    assert float(bars.get("stroke-width", "")) > 3 * float(shaft.get("stroke-width", ""))
    assert bars.get("stroke-dasharray")


def numbers(path: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?[\d.]+", path)]


def test_an_arrow_points_at_the_recipient_and_grows_on_its_way() -> None:
    course = ((0.0, 0.0), (50.0, 0.0), (100.0, 0.0))
    found = numbers(pen.arrow(course, 6.0).split('d="')[1])
    points = list(zip(found[::2], found[1::2], strict=True))
    assert max(points)[0] == 100.0
    at_the_start = [y for x, y in points if x == 0.0]
    at_the_head = [abs(y) for x, y in points if 80 < x < 100]
    assert max(at_the_start) - min(at_the_start) == pytest.approx(pen.TAIL * 6.0, abs=0.11)
    assert max(at_the_head) > 6.0


def test_there_and_back_are_two_lines_each_to_the_left_of_its_way() -> None:
    rows = [flow("TUR", "PAK", "air"), flow("PAK", "TUR", "air")]
    shown = composed(rows, empty()[1], PALETTE, Look())
    aside = {line["flow_id"]: pen.curve(line, shown.picture)[1][1] for line in shown.lines}
    middle = sum(shown.picture.at(end)[1] for end in ((35.0, 39.0), (69.0, 30.0))) / 2
    assert aside["TUR>PAK:air"] < middle < aside["PAK>TUR:air"]  # eastwards in the north, which is up


def test_more_deals_make_a_wider_line(flows: list[Row]) -> None:
    lines = {line["title"]: line["width"] for line in composed(flows, empty()[1], PALETTE, Look()).lines}
    assert lines["Turkey to Pakistan, Naval"] > lines["Turkey to Pakistan, Air"] > lines["Pakistan to Turkey, Air"]


def test_a_line_from_beyond_starts_at_the_edge_and_names_who_is_there(flows: list[Row]) -> None:
    root = parsed(flat_map(flows, empty()[1], PALETTE))
    assert "← United States" in texts(root, "end-names")
    assert any("United States lies beyond the edge of the map." in words for words in titles(root, "line"))
    shown = composed(flows, empty()[1], PALETTE, Look())
    for line in shown.lines:
        for x, y in pen.curve(line, shown.picture):
            assert -1 < x < shown.picture.width + 1
            assert -1 < y < shown.picture.height + 1


def test_a_line_from_beyond_has_a_way_to_come() -> None:
    shown = composed([flow("USA", "TUR", "air")], empty()[1], PALETTE, Look())
    west, _, east, _ = shown.picture.bounds()
    assert (east - west) * ground.shrink() > FAR > ground.NEAREST


def test_a_line_between_states_beyond_leaves_the_whole_region_in_view() -> None:
    root = parsed(flat_map([flow("USA", "USA", "air")], empty()[1], PALETTE))
    assert len(classed(root, "line")) == 1


def test_places_are_dots_rings_and_tints_and_those_beyond_are_left_out(flows: list[Row], places: list[Row]) -> None:
    root = parsed(flat_map(flows, places, PALETTE))
    assert titles(root, "dot") == ["Karachi Shipyard, East Wharf: 9 deals"]
    assert titles(root, "ring") == ["Ankara: 400 deals"]
    [tint] = classed(root, "tint")
    assert tint.get("d") == ground.basemap()["levels"][1]["countries"]["AZE"]
    assert set(texts(root, "place-names")) == {"Karachi Shipyard", "Ankara"}


def test_of_many_places_the_busy_alone_are_named(flows: list[Row]) -> None:
    rows = [(f"p{n}", f"Place {n}", "PAK", 26.0 + n, 64.0 + n, "dot", n, "") for n in range(1, 8)]
    root = parsed(flat_map([], [dict(zip(PLACES, row, strict=True)) for row in rows], PALETTE))
    assert set(texts(root, "place-names")) == {"Place 4", "Place 5", "Place 6", "Place 7"}


def test_a_busier_place_is_drawn_larger_up_to_a_limit() -> None:
    small, large, largest = (writing.radius({"deals": deals}) for deals in (1, 9, 4000))
    assert small < large < largest < 8


# --- one line a direction --------------------------------------------------------------------------------------------


def test_summed_lines_hold_all_domains_of_a_direction(flows: list[Row]) -> None:
    rows = {row["flow_id"]: row for row in over_domains(flows, PALETTE, DOLLARS)}
    assert len(rows) == 6
    both = rows["TUR>PAK"]
    assert (both["deals"], both["contested"], both["weight"], both["undisclosed"]) == (24, 2, 24.0, 24)
    assert both["domains"] == {"air": 10, "naval": 14}
    assert both["note"] == "24 trade deals; 24 without a public value; 2 alleged or denied. Air 10, Naval 14."
    assert math.isnan(both["value_usd_m"])


def test_a_sum_takes_the_values_that_are_public_and_each_kind_once() -> None:
    one, other = flow("TUR", "PAK", "air", family="tie"), flow("TUR", "PAK", "naval", family="tie")
    one |= {"value_usd_m": 40.0, "kinds": "exercise, pact"}
    other |= {"value_usd_m": 60.0, "kinds": "pact, visit"}
    third = flow("TUR", "PAK", "drones", family="tie")
    [row] = over_domains([one, other, third], PALETTE, DOLLARS)
    assert row["value_usd_m"] == 100.0
    assert row["kinds"] == "exercise, pact, visit, sale"


def test_a_summed_line_carries_its_number_over_a_bar_of_its_domains(flows: list[Row]) -> None:
    root = parsed(flat_map(flows, empty()[1], PALETTE, Look(summed=True)))
    assert "24" in texts(root, "count-names")
    assert "8 ties" in texts(root, "count-names")
    [group] = classed(root, "count-names")
    wide = {bar.get("fill"): float(bar.get("width", "")) for bar in group.iter(f"{SVG}rect") if bar.get("fill")}
    assert set(wide) == set(PALETTE.values())
    assert len(classed(root, "ink")) == 5  # all but the measure, which has an ink of its own


def test_lines_as_wide_as_their_value_carry_it() -> None:
    rows = [
        flow("TUR", "PAK", "air") | {"value_usd_m": 1500.0, "weight": 1500.0, "deals": 3},
        flow("PAK", "AZE", "air", deals=2, contested=2),
    ]
    root = parsed(flat_map(rows, empty()[1], PALETTE, Look(money=True)))
    assert texts(root, "count-names") == ["Air $1.5bn", "Air no public value ?"]


@pytest.mark.parametrize(("family", "words"), [("trade", "Air"), ("tie", "Air, tie"), ("measure", "Air, measure")])
def test_a_deal_alone_carries_its_domain_and_no_number(family: str, words: str) -> None:
    root = parsed(flat_map([flow("PAK", "TUR", "air", family=family)], empty()[1], PALETTE))
    assert texts(root, "count-names") == [words]


def test_only_the_widest_lines_carry_words(flows: list[Row]) -> None:
    root = parsed(flat_map(flows, empty()[1], PALETTE, Look(words=1)))
    assert texts(root, "count-names") == ["Naval 14"]


def test_where_the_picture_is_narrow_half_as_many_lines_carry_words(flows: list[Row]) -> None:
    root = parsed(flat_map(flows, empty()[1], PALETTE, Look(720, 440, narrow=700, words=2)))
    assert texts(root, "count-names") == ["Naval 14", "Air 10", "Naval 14"]


# --- words -----------------------------------------------------------------------------------------------------------


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def boxes(root: ET.Element, name: str) -> dict[str, Box]:
    """Return the boxes of the words of a set, as they are drawn."""
    found = {}
    [over] = [group for group in classed(root, "over") if name in group.get("class", "")]
    for group in over:
        size = float(group.get("font-size", ""))
        for text in group.iter(f"{SVG}text"):
            x, y, half = float(text.get("x", "")), float(text.get("y", "")), breadth(text.text or "", size) / 2
            found[f"{len(found)} {text.text}"] = (x - half, y - 0.75 * size, x + half, y + 0.2 * size)
    return found


@pytest.mark.parametrize(
    "look", [Look(narrow=360), Look(640, 400, narrow=340, summed=True), Look(540, 310, narrow=340)]
)
@pytest.mark.parametrize("which", ["wide", "narrow"])
def test_no_word_runs_into_another_or_out_of_the_picture(
    flows: list[Row], places: list[Row], look: Look, which: str
) -> None:
    found = boxes(parsed(flat_map(flows, places, PALETTE, look)), which)
    assert len(found) > 6
    assert [(one, other) for one, other in combinations(found, 2) if overlap(found[one], found[other])] == []
    for left, top, right, bottom in found.values():
        assert 0 <= left < right <= look.width
        assert 0 <= top < bottom <= look.height


def test_the_published_tables_fit_and_no_word_runs_into_another(tables: Tables) -> None:
    lines, sites = question.flows(tables, tables.deals, "deals"), question.sites(tables, tables.deals)
    palette = tables.dictionary.meaning("deals", "domain", "colour")
    for look in (Look(1040, 620, words=30, key=True), Look(640, 400, narrow=340, summed=True, key=True)):
        svg = flat_map(lines, sites, palette, look)
        assert len(gzip.compress(svg.encode())) < LARGEST
        for which in ["wide", "narrow"] if look.narrow else ["wide"]:
            found = boxes(parsed(svg), which)
            assert [pair for pair in combinations(found, 2) if overlap(found[pair[0]], found[pair[1]])] == []


def test_words_are_large_enough_where_the_picture_is_narrowest(flows: list[Row], places: list[Row]) -> None:
    look = Look(640, 400, narrow=340)
    root = parsed(flat_map(flows, places, PALETTE, look))
    for group in classed(root, "narrow")[0]:
        assert float(group.get("font-size", "")) * look.narrow / look.width >= 11 - 0.1
    for group in classed(root, "wide")[0]:
        assert float(group.get("font-size", "")) * 0.92 >= 11


def test_a_word_takes_the_spot_that_covers_fewest_lines_and_the_less_important_gives_way() -> None:
    spots = [(50.0, 50.0), (50.0, 80.0)]
    crowded = crowd([[(50.0, 50.0)]])
    first, second, third = (Word(name, 12, "end", spots) for name in ("First", "Second", "Third"))
    found = placed([first, second, third], 200, 200, crowded)
    assert [(one.word.text, one.middle) for one in found] == [("First", (50.0, 80.0)), ("Second", (50.0, 50.0))]


def test_a_word_keeps_off_what_is_taken_and_inside_the_picture() -> None:
    word = Word("Word", 12, "end", [(5.0, 50.0), (50.0, 50.0), (120.0, 50.0)])
    [found] = placed([word], 200, 200, crowd([]), [(40, 40, 60, 60)])
    assert found.middle == (120.0, 50.0)


def test_letters_have_their_own_width() -> None:
    assert breadth("W", 10) > breadth("i", 10)
    assert breadth("ü", 10) == breadth("u", 10)
    assert breadth("漢", 10) > breadth("→", 10) > 0
    assert breadth("u\u0308", 10) == breadth("u", 10)


def test_lines_of_words_are_broken_where_they_would_be_too_wide() -> None:
    assert wrapped(["one", "two", "three"], breadth("one two ", 10) + 1, 10) == [["one", "two"], ["three"]]
    assert wrapped(["wide"], 1, 10) == [["wide"]]


# --- the whole picture -----------------------------------------------------------------------------------------------


def test_the_picture_has_words_for_those_who_cannot_see_it(flows: list[Row], places: list[Row]) -> None:
    root = parsed(flat_map(flows, places, PALETTE))
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Map"
    assert root.findtext(f"{SVG}desc") == map_words(flows, places)
    assert map_words(flows, places) in root.get("aria-label", "")


def test_nothing_in_view_is_a_map_of_the_region_that_says_so(nothing: tuple[list[Row], list[Row]]) -> None:
    root = parsed(flat_map(*nothing, PALETTE, Look(narrow=340, key=True, summed=True)))
    assert root.findtext(f"{SVG}desc") == "Map without any deal in view."
    assert classed(root, "line") == []
    assert "India" in texts(root, "wide")


HOSTILE = '</title><script>alert("1")</script>&\'"><img src=x onerror=alert(1)>'


def test_hostile_words_stay_words(flows: list[Row], places: list[Row]) -> None:
    said = ("title", "note", "relation", "supplier_name", "recipient_name", "domain_label")
    flows = [{**flow, **dict.fromkeys(said, HOSTILE)} for flow in flows]
    places = [{**place, "name": HOSTILE, "note": HOSTILE} for place in places]
    for is_summed in (False, True):
        look = Look(title=HOSTILE, source=HOSTILE, key=True, summed=is_summed, link=lambda name: HOSTILE + name)
        root = parsed(flat_map(flows, places, PALETTE, look))
        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
            "svg", "title", "desc", "style", "g", "path", "text", "rect", "circle", "a",
        }  # fmt: skip
        assert root.findtext(f"{SVG}title") == HOSTILE


def test_the_same_tables_make_the_same_picture(flows: list[Row], places: list[Row]) -> None:
    look = Look(narrow=340, summed=True, key=True)
    first, again, mixed = (
        flat_map(rows, places, PALETTE, look) for rows in (flows, [*flows], random.Random(7).sample(flows, len(flows)))
    )
    assert first == again
    # Which of those with equally many deals are named in the words depends on the order of the rows, and nothing else does.
    assert ACCOUNT.sub("", mixed) == ACCOUNT.sub("", first)


def test_on_a_page_the_picture_takes_the_ink_of_the_page_and_in_a_file_it_has_its_own(
    flows: list[Row], places: list[Row]
) -> None:
    assert "var(--ink" in flat_map(flows, places, PALETTE)
    for theme in ("light", "dark"):
        alone = flat_map(flows, places, PALETTE, Look(theme=theme, summed=True))
        assert "var(" not in alone
        assert INKS[theme] in alone
        assert classed(parsed(alone), "paper")
        assert f".paper,.flat .plate{{fill:{GROUNDS[theme]}}}" in alone


def test_what_travels_with_an_export_stands_in_the_picture(flows: list[Row], places: list[Row]) -> None:
    long = "Turkey is the largest supplier of Pakistan in this view, and this headline is longer than one line"
    bare, whole = (
        parsed(flat_map(flows, places, PALETTE, look))
        for look in (Look(width=500), Look(width=500, title=long, source="Version 7.", viewpoint=True))
    )
    assert " ".join(texts(whole, "heading")) == long
    assert len(texts(whole, "heading")) > 1
    assert " ".join(texts(whole, "caption")) == f"Version 7. {VIEWPOINT}"
    assert texts(bare, "caption") == []
    assert int(whole.get("height", "")) > int(bare.get("height", "")) == 440


def test_the_key_names_what_is_drawn_and_nothing_else(flows: list[Row]) -> None:
    def key(rows: list[Row], **more: Any) -> list[str]:
        return texts(parsed(flat_map(rows, empty()[1], PALETTE, Look(key=True, **more))), "caption")

    signs = ["supplier to recipient", "tie", "measure against a state", "every deal alleged or denied"]
    assert key(flows, summed=True) == [*signs, "Air", "Naval", "Drones"]
    assert key(flows[:1]) == ["supplier to recipient", "Naval"]
    assert key(flows[-1:]) == ["measure against a state"]


def test_lines_and_places_are_links_where_the_look_has_links(flows: list[Row], places: list[Row]) -> None:
    root = parsed(flat_map(flows, places, PALETTE, Look(link="map?at={}&show=all".format)))
    leads = {link.get("href"): link.get("aria-label") for link in root.iter(f"{SVG}a")}
    assert root.get("role") == "group"
    assert leads["map?at=TUR>PAK:naval&show=all"] == "Turkey to Pakistan, Naval"
    assert leads["map?at=ankara&show=all"] == "Ankara"
    assert len(leads) == len(flows) + 2
    assert len(classed(root, "grip")) == len(flows)
