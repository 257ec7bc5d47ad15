"""The master of our slides: a wide sheet in our colours and fonts, and the three layouts that slides are made on.

It is python-pptx's own with our theme and our placeholders. Titles, words, notes and numbers stay placeholders of their kinds, so that
outlines, screen readers and other themes find them.
"""

from __future__ import annotations

from typing import NamedTuple

from pptx import Presentation
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout, SlideMaster
from pptx.util import Pt

from dashboard.pack.slides.shapes import INK, PAPER, Box, Group, Paint, Shape, drawn, emu, mixed
from dashboard.style.tokens import LIGHT, NEUTRAL, THEMES
from dashboard.templates import render

SIZE = (960.0, 540.0)  # points: 16 to 9
SERIF, SANS, EASTERN = "Georgia", "Arial", "Arial"  # on every machine; all have Turkish letters, the last has Urdu ones
LEFT, WIDE = 40.0, 880.0
BODY: Box = (LEFT, 122, WIDE, 356)
LOWER: Box = (LEFT, 160, WIDE, 318)  # what is left of the body below a line to take home
TITLES = (26.0, 22.0, 19.0, 16.0)  # the sizes of a title; the first in which it has room
COVERS = (40.0, 32.0, 26.0, 22.0)
WORDS = 15.0
MUTED = mixed(INK, PAPER, 0.78)
FOOT_SIZE = 9.0
KICKER, HOME, BODIED = 13, 14, 1  # the numbers of the placeholders of the kicker, the line to take home, the words
FEET = ("ftr", "dt", "sldNum")


class Placeholder(NamedTuple):
    """One placeholder: its kind and number as PowerPoint has them, its place, how its words look, what it asks for."""

    kind: str
    number: int
    name: str
    box: Box
    size: float
    prompt: str = ""
    ink: str = "tx1"
    face: str = "mn"
    align: str = "l"
    anchor: str = "t"
    italic: bool = False
    apart: int = 0

    @property
    def at(self) -> tuple[int, int, int, int]:
        """Return its place in EMU."""
        return emu(self.box)

    @property
    def field(self) -> bool:
        """Say whether PowerPoint fills it with the number of the slide."""
        return self.kind == "sldNum"


FOOTER = Placeholder("ftr", 11, "Footer", (LEFT, 487, 730, 36), FOOT_SIZE, "Filters, source, viewpoint", "tx2")
DAY = Placeholder("dt", 10, "Date", (LEFT + 740, 487, 140, 13), FOOT_SIZE, "Day", "tx2", align="r")
NUMBER = Placeholder("sldNum", 12, "Slide number", (LEFT + 740, 505, 140, 13), FOOT_SIZE, "", "tx2", align="r")
TITLE = Placeholder("title", 0, "Title", (LEFT, 38, WIDE, 74), TITLES[0], "Finding", face="mj")
TAKEN = Placeholder("body", HOME, "Take home", (LEFT, 115, WIDE, 38), 15.0, "Take home", "hlink", "mj", italic=True)
KICKED = Placeholder("body", KICKER, "Kicker", (LEFT, 20, WIDE, 15), 11.0, "View", "hlink")
MATTER = Placeholder("body", BODIED, "Words", BODY, WORDS, "Words", apart=600)
COVER = Placeholder("ctrTitle", 0, "Title", (LEFT, 120, WIDE, 150), COVERS[0], "Title", face="mj", anchor="b")
UNDER = Placeholder("subTitle", 1, "Subtitle", (LEFT, 286, WIDE, 180), WORDS, "Subtitle", apart=600)
LAYOUTS = {
    0: (COVER, UNDER, FOOTER, DAY, NUMBER),
    1: (TITLE, KICKED, TAKEN, MATTER, FOOTER, DAY, NUMBER),
    5: (TITLE, KICKED, TAKEN, FOOTER, DAY, NUMBER),
}


class Layouts(NamedTuple):
    """The layouts of our master: the first slide, one with words, one for a picture or a table."""

    cover: SlideLayout
    words: SlideLayout
    picture: SlideLayout


def blank(name: str, hues: list[str]) -> tuple[Deck, Layouts]:
    """Return a deck without slides on our master; `hues` are the colours that its theme offers first."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = (Pt(side) for side in SIZE)
    kept = Layouts(*(deck.slide_layouts[at] for at in LAYOUTS))
    for layout in [layout for layout in deck.slide_layouts if layout not in kept]:
        deck.slide_layouts.remove(layout)
    _theme(deck.slide_master, name, hues)
    _fill(deck.slide_master, (TITLE, MATTER, DAY, FOOTER, NUMBER))
    for layout, placeholders in zip(kept, LAYOUTS.values(), strict=True):
        _fill(layout, placeholders)
    stroke = Shape(name="Stroke", box=(LEFT, 0, 56, 5), paint=Paint(THEMES[LIGHT]["primaryColor"]))
    deck.slide_master.shapes._spTree.append(drawn(Group("Ornament", "", [stroke]), 90))
    return deck, kept


def _theme(master: SlideMaster, name: str, hues: list[str]) -> None:
    """Put our colours and fonts into the theme of the master."""
    own = THEMES[LIGHT]
    accents = {f"accent{at}": hue for at, hue in enumerate([*hues, *[NEUTRAL] * 6][:6], start=1)}
    colours = {
        "dk1": INK, "lt1": PAPER, "dk2": MUTED, "lt2": own["secondaryBackgroundColor"], **accents,
        "hlink": own["linkColor"], "folHlink": own["linkColor"],
    }  # fmt: skip
    part = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme"))
    theme, fonts = parse_xml(part.blob), {"major": SERIF, "minor": SANS}
    ours = parse_xml(render("slides/scheme.xml", name=name, colours=colours, fonts=fonts, cs=EASTERN))
    theme.set("name", name)
    for old, new in zip(list(theme[0])[:2], list(ours), strict=True):
        theme[0].replace(old, new)
    part.blob = serialize_part_xml(theme)


def _fill(sheet: SlideMaster | SlideLayout, placeholders: tuple[Placeholder, ...]) -> None:
    """Put our placeholders in the place of those of a master or layout."""
    tree = sheet.shapes._spTree
    for shape in list(sheet.shapes):
        tree.remove(shape._element)
    made = [one._replace(number=0) if isinstance(sheet, SlideMaster) else one for one in placeholders]
    for one in list(parse_xml(render("slides/placeholders.xml", placeholders=made))):
        tree.append(one)
