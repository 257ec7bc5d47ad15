"""The flat map as shapes: land and borders, a line for each flow in its colour, places, words where they find room, and a key beside."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from dashboard.charts.map import pen as courses
from dashboard.charts.map.captions import domains_of
from dashboard.charts.map.flat import depth
from dashboard.charts.map.labels import Row
from dashboard.charts.map.lines import DOUBTED, is_arc, strokes
from dashboard.charts.map.pen import Curve
from dashboard.charts.map.scene import Look, Scene
from dashboard.charts.map.writing import SIZES, THICK, arranged, radius, stack_length
from dashboard.pack.slides import ground, key
from dashboard.pack.slides.key import Sign
from dashboard.pack.slides.shapes import INK, PAPER, Box, Group, Paint, Pen, Point, Shape, around, text
from dashboard.style.tokens import AGAINST

BESIDE, APART = 190.0, 20.0  # points: the key beside the map at least, the gap between
SMALLER = 0.94  # than on a page: letters here are wider
LEAST = 10.0  # points: no word is smaller
SIGN = 34.0  # points: a sign of the key with the gap after it
FAMILIES = {"trade": "supplier to recipient", "tie": "tie", "measure": "measure against a state"}


def draw(scene: Scene, palette: dict[str, str], alt: str, box: Box) -> list[Group]:
    """Return the shapes of a map in a box; `palette` gives domains their colours, `alt` is the map in words."""
    left, top, wide, tall = box
    point = min((wide - BESIDE - APART) / scene.picture.width, tall / scene.picture.height)
    frame = (left, top, scene.picture.width * point, scene.picture.height * point)
    tinted = {row["country"] for row in scene.places if row["drawn"] == "area"}
    lines = [shape for line in sorted(scene.lines, key=depth) for shape in flow(line, scene, frame)]
    beside = frame[0] + frame[2] + APART
    room = left + wide - beside
    return [
        Group("Map", alt, ground.drawn(scene.picture, tinted, frame)),
        Group("Lines and places", alt, [*lines, *places(scene, frame)]),
        Group("Words", "", list(words(scene, palette, frame))),
        Group("Key", "", key.shapes(signs(scene, palette), beside, top + 8, room, SIGN)),
    ]


def at(spot: Point, scene: Scene, frame: Box) -> Point:
    """Return where a point of the picture stands on the slide."""
    point = frame[2] / scene.picture.width
    return frame[0] + spot[0] * point, frame[1] + spot[1] * point


def bent(course: Curve, scene: Scene, frame: Box) -> tuple[Curve, Box]:
    """Return a curve on the slide and the box that holds it."""
    start, aside, end = (at(spot, scene, frame) for spot in course)
    moved = start, aside, end
    return moved, around([courses.along(moved, step / 24) for step in range(25)])


def flow(line: Row, scene: Scene, frame: Box) -> Iterator[Shape]:
    """Yield the strokes of a line: firm trade with a full head, doubted trade dashed with an open one, a tie double, a measure barred."""
    point, course = frame[2] / scene.picture.width, courses.curve(line, scene.picture)
    says = f"{line['title']}: {line['note']}"
    is_firm = is_arc(line)
    made = [{"width": line["width"], "dash": [0, 0], "offset": 0, "since": 0.0}] if is_firm else strokes(line)
    head = "triangle" if is_firm else "arrow" if line["family"] == "trade" else ""
    for place, row in enumerate(made):
        aside = row["offset"] * row["width"]
        part = courses.part(course, row["since"], 1.0) if row["since"] else course
        curve, box = bent(courses.beside(part, aside, aside), scene, frame)
        dash = (row["dash"][0], row["dash"][1]) if any(row["dash"]) else None
        pen = Pen(
            line["colour"], max(row["width"] * point, 0.75), dash, head, 0.45 if line["family"] == "tie" else 0.95
        )
        yield Shape(name="Line", says="" if place else says, box=box, path=(curve,), is_curved=True, pen=pen)


def places(scene: Scene, frame: Box) -> Iterator[Shape]:
    """Yield each place as exactly as it is known: a dot, or a ring where only the town is known."""
    point = frame[2] / scene.picture.width
    for row in scene.places:
        if row["drawn"] != "area":
            (x, y), half = at(scene.picture.at((row["lon"], row["lat"])), scene, frame), radius(row) * point
            paint, pen = (
                (Paint(INK), Pen(PAPER, 0.75)) if row["drawn"] == "dot" else (Paint(PAPER, share=0.5), Pen(INK, 1.25))
            )
            says = f"{row['name']}: {row['note']}"
            yield Shape(
                name="Place",
                says=says,
                box=(x - half, y - half, 2 * half, 2 * half),
                preset="ellipse",
                paint=paint,
                pen=pen,
            )


def words(scene: Scene, palette: dict[str, str], frame: Box) -> Iterator[Shape]:
    """Yield the words that find room: states, what lines carry, places, other countries."""
    point = frame[2] / scene.picture.width
    is_summed = any("domains" in line for line in scene.lines)
    look = Look(width=round(scene.picture.width), height=round(scene.picture.height), summed=is_summed)
    sizes = {kind: max(size, LEAST / SMALLER / point) for kind, size in SIZES.items()}
    for found in arranged(scene, look, sizes, 1.0, look.words):
        left, top, right, bottom = found.box
        (x, y), size = at((left, top), scene, frame), found.word.size * point * SMALLER
        tall = (bottom - top - found.word.mark) * point
        paint = Paint(PAPER, share=0.82) if found.word.kind == "count" else Paint()
        box = (x, y, (right - left) * point, tall)
        yield text(
            "Word",
            found.word.text,
            box,
            size,
            align="ctr",
            anchor="ctr",
            paint=paint,
            wraps=False,
        )
        if found.word.mark:
            middle = at(found.middle, scene, frame)[0]
            yield from stack(scene.lines[found.word.of], palette, (middle, y + tall), point)


def stack(line: Row, palette: dict[str, str], spot: Point, point: float) -> Iterator[Shape]:
    """Yield the mark of a line's domains: a bar, divided by the number of deals."""
    long = stack_length(line) * point
    x = spot[0] - long / 2
    for domain, deals in line["domains"].items():
        wide = long * deals / line["deals"]
        yield Shape(name="Domain", box=(x, spot[1], max(wide - 0.5, 0.6), THICK * point), paint=Paint(palette[domain]))
        x += wide


def signs(scene: Scene, palette: dict[str, str]) -> list[tuple[Sign, str]]:
    """Return the key: the families of lines in view, doubt, and the domains by their colours."""
    families = {line["family"] for line in scene.lines}
    made: list[tuple[Sign, str]] = [
        (partial(_line, family), words) for family, words in FAMILIES.items() if family in families
    ]
    made += (
        [(partial(_line, "doubted"), "every deal alleged or denied")]
        if any(line["contested"] for line in scene.lines)
        else []
    )
    labels = {code: label for line in scene.lines for code, label in domains_of(line).items()}
    return made + [(partial(_swatch, colour), labels[code]) for code, colour in palette.items() if code in labels]


def _line(family: str, x: float, y: float) -> list[Shape]:
    """Draw the sign of a family, or of what is doubted."""
    pens = {
        "trade": [(0.0, 0.0, Pen(INK, 2, head="triangle"))],
        "tie": [(-1.5, 0.0, Pen(INK, 1, share=0.45)), (1.5, 0.0, Pen(INK, 1, share=0.45))],
        "measure": [(0.0, 0.0, Pen(AGAINST, 1.25)), (0.0, 14.0, Pen(AGAINST, 7.5, (0.2, 1.0)))],
        "doubted": [(0.0, 0.0, Pen(INK, DOUBTED, (4, 3), "arrow"))],
    }
    return [
        Shape(name="Sign", box=(x + since, y + down, 28 - since, 0), preset="line", pen=pen)
        for down, since, pen in pens[family]
    ]


def _swatch(colour: str, x: float, y: float) -> list[Shape]:
    return [Shape(name="Sign", box=(x + 16, y - 4, 12, 8), paint=Paint(colour))]
