"""What is drawn on a slide: shapes of PowerPoint's own, measured in points from the slide's left top corner."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup
from pptx.oxml import parse_xml
from pptx.oxml.xmlchemy import BaseOxmlElement

from dashboard.style.tokens import GROUNDS, INKS, LIGHT
from dashboard.templates import render

EMU = 12700  # a point
INK, PAPER = INKS[LIGHT], GROUNDS[LIGHT]
# What fills as the patterns of the data package do; "none" is hollow, "" is solid.
PRESETS = {
    "solid": "", "hatched": "wdUpDiag", "crossed": "openDmnd", "dotted": "dotGrid", "lined": "ltHorz", "outlined": "none",
    "unknown": "ltVert",
}  # fmt: skip
Box = tuple[float, float, float, float]  # left, top, width, height
Point = tuple[float, float]
Curve = tuple[Point, Point, Point]


class Paint(NamedTuple):
    """How a shape is filled: a colour such as `#0072B2`, "" for nothing, a pattern of the data package, how much covers."""

    colour: str = ""
    pattern: str = "solid"
    share: float = 1.0

    @property
    def preset(self) -> str:
        """Return what PowerPoint calls the pattern."""
        return PRESETS.get(self.pattern, PRESETS["hatched"])

    @property
    def ground(self) -> str:
        """Return what is between the lines of a pattern: a paper with a little of the colour."""
        return mixed(self.colour, PAPER, 0.16)


class Pen(NamedTuple):
    """How a shape is edged: `width` in points, `dash` as lengths drawn and left out in widths, `head` an arrow's at its end."""

    colour: str = ""
    width: float = 1.0
    dash: tuple[float, float] | None = None
    head: str = ""
    share: float = 1.0

    @property
    def thick(self) -> int:
        """Return the width in EMU."""
        return round(self.width * EMU)

    @property
    def heavy(self) -> str:
        """Return how large the head is beside the width, so that it is seen on a thin line and does not swell on a thick one."""
        return "lg" if self.width < 2 else "med" if self.width < 4 else "sm"

    @property
    def dashes(self) -> list[tuple[int, int]]:
        """Return the dash as PowerPoint counts it, in thousandths of a per cent of the width."""
        return [(round(self.dash[0] * 100_000), round(self.dash[1] * 100_000))] if self.dash else []


class Line(NamedTuple):
    """A line of words in one script."""

    words: str

    @property
    def is_leftwards(self) -> bool:
        """Say whether the line is read from right to left."""
        first = next((kind for kind in map(unicodedata.bidirectional, self.words) if kind in ("L", "R", "AL")), "L")
        return first != "L"

    @property
    def language(self) -> str:
        """Return the language that words are read aloud in: English, or Urdu where the letters are those of the east."""
        return "ur-PK" if self.is_leftwards else "en-GB"


@dataclass(frozen=True, eq=False, kw_only=True)
class Shape:
    """One shape in its `box`: of PowerPoint's own (`preset`), a free `path`, or words.

    `says` is its text alternative; without one and without words it is decorative. A path is of strokes, each of points
    or of one curve; `is_closed` joins the ends of each. `turned` is in degrees, `size` that of words in points.
    """

    name: str
    box: Box
    says: str = ""
    preset: str = "rect"
    path: tuple[Sequence[Point] | Curve, ...] = ()
    is_curved: bool = False
    is_closed: bool = False
    turned: int = 0
    paint: Paint = field(default=Paint())
    pen: Pen = field(default=Pen())
    words: str = ""
    size: float = 12.0
    bold: bool = False
    italic: bool = False
    serif: bool = False
    ink: str = INK
    align: str = "l"
    anchor: str = "t"
    wraps: bool = True

    @property
    def is_decorative(self) -> bool:
        """Say whether there is nothing to be said of the shape."""
        return not (self.says or self.words)

    @property
    def at(self) -> tuple[int, int, int, int]:
        """Return the box in EMU."""
        return emu(self.box)

    @property
    def sized(self) -> int:
        """Return the size of words in hundredths of a point."""
        return round(self.size * 100)

    @property
    def lines(self) -> list[Line]:
        """Return the words line by line."""
        return [Line(line) for line in self.words.split("\n")]

    @property
    def course(self) -> Markup:
        """Return the path as PowerPoint writes it, from the corner of the box."""
        left, top = self.box[:2]
        made = []
        for stroke in self.path:
            points = [_point(x - left, y - top) for x, y in stroke]
            made.append(f"<a:moveTo>{points[0]}</a:moveTo>")
            if self.is_curved:
                made.append(f"<a:quadBezTo>{points[1]}{points[2]}</a:quadBezTo>")
            else:
                made += [f"<a:lnTo>{point}</a:lnTo>" for point in points[1:]]
            made.append("<a:close/>" * self.is_closed)
        return Markup("").join(map(Markup, made))


@dataclass(frozen=True, eq=False)
class Group:
    """Shapes that are moved together, in the order in which they lie one upon the other; `says` tells what they show."""

    name: str
    says: str
    shapes: Sequence[Shape]

    @property
    def is_decorative(self) -> bool:
        """Say whether there is nothing to be said of the group."""
        return not self.says

    @cached_property
    def box(self) -> Box:
        """Return the box that holds all its shapes."""
        return around([corner for one in self.shapes for corner in corners(one.box)])

    @property
    def at(self) -> tuple[int, int, int, int]:
        """Return the box in EMU."""
        return emu(self.box)


def _point(x: float, y: float) -> str:
    return f'<a:pt x="{round(x * EMU)}" y="{round(y * EMU)}"/>'


def emu(box: Box) -> tuple[int, int, int, int]:
    """Return a box in EMU."""
    left, top, width, height = (round(length * EMU) for length in box)
    return left, top, width, height


def corners(box: Box) -> list[Point]:
    """Return the left top and the right bottom corner of a box."""
    left, top, width, height = box
    return [(left, top), (left + width, top + height)]


def around(points: Sequence[Point]) -> Box:
    """Return the box round points."""
    across, down = zip(*points, strict=True)
    return min(across), min(down), max(across) - min(across), max(down) - min(down)


def mixed(colour: str, ground: str, share: float) -> str:
    """Return a colour laid thinly over a ground."""
    parts = [
        round(share * int(colour[at : at + 2], 16) + (1 - share) * int(ground[at : at + 2], 16)) for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02X}" for part in parts)


def text(name: str, words: str, box: Box, size: float, **looks: object) -> Shape:
    """Return a box of words; `looks` are fields of `Shape`."""
    return replace(Shape(name=name, box=box, words=words, size=size), **looks)


def drawn(group: Group, first: int) -> BaseOxmlElement:
    """Return a group as PowerPoint has it; its shapes are numbered from `first` on."""
    return parse_xml(render("slides/shapes.xml", group=group, first=first))
