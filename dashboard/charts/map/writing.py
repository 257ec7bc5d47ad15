"""What is written on the flat map: states, numbers on lines, places and other countries, each where it finds room."""

from __future__ import annotations

from collections import Counter
from operator import itemgetter

from markupsafe import escape

from dashboard.charts.map import ground, pen
from dashboard.charts.map.arcs import Point
from dashboard.charts.map.labels import short
from dashboard.charts.map.lines import worth
from dashboard.charts.map.placing import Placed, Word, breadth, covered, crowd, placed, room, round_about
from dashboard.charts.map.scene import Look, Scene
from dashboard.tables.model import Row
from dashboard.tables.package import Currency

SHARES = [0.5, 0.43, 0.57, 0.36, 0.64, 0.29, 0.71]  # of a line's way: where its number may stand
STEPS = 24  # points of a line that are counted where it is covered
# Pixels: the size of words; and where the picture is shown as small as its look allows.
# At the least size at which its wide words are shown, 0.92 of its own, they are 13 pixels or more.
SIZES = {"end": 15.2, "count": 14.2, "place": 14.2, "land": 14.2}
NARROW = {"end": 13.5, "count": 13.0, "place": 13.0, "land": 13.0}
KINDS = ("land", "place", "count", "end")  # the order in which they are drawn
FEW, BUSY = 6, 4  # so many places may all be named; of more, those with so many deals
STACK, THICK = (12.0, 34.0), 5.0  # pixels: the length of a line's mark of domains, least and most, and its height


def written(scene: Scene, look: Look, palette: dict[str, str], *, narrow: bool) -> str:
    """Write the words of the map, or those for where it is shown narrow; what is less important gives way."""
    scale = look.width / look.narrow if narrow else 1.0
    sizes = {kind: size * scale for kind, size in (NARROW if narrow else SIZES).items()}
    found = arranged(scene, look, sizes, scale, (look.words + 1) // 2 if narrow else look.words)
    drawn = {
        kind: [one(word, scene.lines, palette, scale) for word in found if word.word.kind == kind] for kind in KINDS
    }
    return "".join(
        f'<g class="{kind}-names" font-size="{sizes[kind]:.1f}">{"".join(words)}</g>'
        for kind, words in drawn.items()
        if words
    )


def arranged(scene: Scene, look: Look, sizes: dict[str, float], scale: float, most: int) -> list[Placed]:
    """Find places for the words, the most important first: states of the lines, numbers, places, other countries."""
    picture = scene.picture
    courses = [pen.curve(line, picture) for line in scene.lines]
    crowded = crowd([pen.along(course, step / STEPS) for step in range(STEPS + 1)] for course in courses)
    marks = [picture.at((row["lon"], row["lat"])) for row in scene.places if row["drawn"] != "area"]
    words = [
        *end_words(scene, sizes["end"]),
        *count_words(scene, courses, sizes["count"], look, scale)[:most],
        *place_words(scene, sizes["place"]),
        *land_words(scene, sizes["land"], crowded),
    ]
    taken = [(x - 4, y - 4, x + 4, y + 4) for x, y in marks]
    return placed(words, picture.width, picture.height, crowded, taken)


def end_words(scene: Scene, size: float) -> list[Word]:
    """Return the names of the states between which lines run, those with most deals first."""
    at = {line[f"{end}_name"]: line[end] for line in scene.lines for end in ("start", "end")}
    held: Counter[str] = Counter()
    for line in scene.lines:
        held.update({line["start_name"]: line["deals"], line["end_name"]: line["deals"]})
    spots = {name: round_about(scene.picture.at(at[name]), name, size, 5) for name in at}
    wide = scene.picture.width
    return [Word(name, size, "end", drawn_in(spots[name], name, size, wide)) for name, _ in held.most_common()]


def drawn_in(spots: list[Point], name: str, size: float, wide: float) -> list[Point]:
    """Move the middles of a name inwards, so that it does not run over the sides of the picture."""
    half = breadth(name, size) / 2 + 3
    return [(min(max(x, half), wide - half), y) for x, y in spots]


def count_words(scene: Scene, courses: list[pen.Curve], size: float, look: Look, scale: float) -> list[Word]:
    """Return what lines carry, the widest first: a number, over the mark of their domains where those are summed."""
    words, lines = [], scene.lines
    is_alone = look.domains and not look.summed and all(line["deals"] == 1 for line in lines)
    mark = (THICK + 1) * scale if look.summed else 0.0
    for at in sorted(range(len(lines)), key=lambda at: -lines[at]["weight"]):
        middles = [pen.along(courses[at], share) for share in SHARES]
        spots = [(x, y - mark / 2) for x, y in middles]
        least = stack_length(lines[at]) * scale if mark else 0.0
        words.append(
            Word(number(lines[at], look, scene.currency, is_alone=is_alone), size, "count", spots, mark, least, at)
        )
    return words


def number(line: Row, look: Look, currency: Currency, *, is_alone: bool) -> str:
    """Return the words that stand on a line: no number where every line has one deal alone."""
    domain, mark = line["domain_label"], " ?" if line["contested"] else ""
    if is_alone:
        return domain + (f", {line['family']}" if line["family"] != "trade" else "") + mark
    domain = domain if look.domains else ""
    if look.money and line["family"] == "trade":
        return f"{domain} {worth(line['value_usd_m'], line['contested'], currency)}".strip()
    return line["label"] if look.domains else line["label"].removeprefix(line["domain_label"]).lstrip(": ")


def stack_length(line: Row) -> float:
    """Return how long the mark of a line's domains is, in pixels."""
    return min(STACK[0] + line["deals"], STACK[1])


def radius(place: Row) -> float:
    """Return how large a place is drawn, in pixels."""
    return min(2.6 + 0.9 * place["deals"] ** 0.5, 7.0)


def place_words(scene: Scene, size: float) -> list[Word]:
    """Return the names of places: of all where they are few, else of the busy ones."""
    pointed = [row for row in scene.places if row["drawn"] != "area"]
    rows = [row for row in pointed if len(pointed) <= FEW or row["deals"] >= BUSY]
    ranked = sorted(rows, key=itemgetter("deals"), reverse=True)
    named = [(short(row["name"]), scene.picture.at((row["lon"], row["lat"])), radius(row) + 3) for row in ranked]
    return [Word(name, size, "place", round_about(point, name, size, away)) for name, point, away in named]


def land_words(scene: Scene, size: float, crowded: Counter[tuple[int, int]]) -> list[Word]:
    """Return the names of the other countries in view that hold their name and lie aside from the lines."""
    ends = {line[side] for line in scene.lines for side in ("supplier", "recipient")}
    words = [
        Word(name, size, "land", [point])
        for code, name, point, side in ground.names(scene.picture)
        if code not in ends and breadth(name, size) < 1.15 * side
    ]
    return [word for word in words if not covered(room(word, word.spots[0]), crowded)]


def one(found: Placed, lines: list[Row], palette: dict[str, str], scale: float) -> str:
    """Write a word that found its place; on a line it has a plate, and the mark of domains where it has one."""
    word, (x, y) = found.word, found.middle
    text = f'<text x="{x:.1f}" y="{y + 0.35 * word.size:.1f}">{escape(word.text)}</text>'
    if word.kind != "count":
        return text
    left, top, right, bottom = found.box
    plate = f'<rect class="plate" x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{bottom - top:.1f}" rx="3"/>'
    return plate + text + (stack(lines[word.of], palette, x, y + 0.55 * word.size, scale) if word.mark else "")


def stack(line: Row, palette: dict[str, str], x: float, y: float, scale: float) -> str:
    """Draw the mark of a line's domains: a bar, divided by the number of deals."""
    long, made = stack_length(line) * scale, ""
    left = x - long / 2
    for domain, deals in line["domains"].items():
        wide = long * deals / line["deals"]
        made += f'<rect x="{left:.1f}" y="{y:.1f}" width="{max(wide - 0.7, 0.8):.1f}" height="{THICK * scale:.1f}" fill="{palette[domain]}"/>'
        left += wide
    return made
