"""One slide: its title, what stands above and below every slide, its notes, and what is put on it."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import NamedTuple

from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide, SlideLayout
from pptx.text.text import TextFrame
from pptx.util import Pt

from dashboard.pack.slides import master
from dashboard.pack.slides.fitting import LEAD, cut, height
from dashboard.pack.slides.master import BODIED, FEET, FOOTER, HOME, KICKED, KICKER, TAKEN
from dashboard.pack.slides.shapes import Group, Line, drawn


class Frame(NamedTuple):
    """What every slide of a view says besides its matter: `filters` in words, `source` with the version, `viewpoint`, `day`."""

    filters: str
    source: str
    viewpoint: str
    day: str


class Head(NamedTuple):
    """What is written above the matter of a slide: the `kicker` names the view, the `title` is a finding, `taken` a line to take home."""

    kicker: str
    title: str
    taken: str = ""


def added(deck: Deck, layout: SlideLayout, head: Head, frame: Frame, notes: str) -> Slide:
    """Add a slide with its head, its foot and its notes, and return it."""
    slide = deck.slides.add_slide(layout)
    kicker = cut(head.kicker, KICKED.box[2], 1, KICKED.size)
    taken = cut(head.taken, TAKEN.box[2], 2, TAKEN.size, "serif")
    for held in list(slide.placeholders):
        number = held.placeholder_format.idx
        words = {KICKER: kicker, HOME: taken}.get(number)
        if number == 0:
            title(held.text_frame, head.title)
        elif words:
            write(held.text_frame, [words])
        elif number != BODIED:
            held._element.getparent().remove(held._element)
    foot(slide, layout, frame)
    write(slide.notes_slide.notes_text_frame, [line for line in notes.split("\n") if line])
    return slide


def title(frame: TextFrame, words: str) -> None:
    """Write the title in the largest size in which it has room."""
    _, _, wide, tall = master.TITLE.box
    size = next((size for size in master.TITLES if height(words, wide, size, "serif") <= tall), master.TITLES[-1])
    write(frame, [cut(words, wide, int(tall / size / LEAD), size, "serif")], size if size != master.TITLES[0] else None)


def foot(slide: Slide, layout: SlideLayout, frame: Frame) -> None:
    """Write what is below every slide: filters, source, viewpoint, day and number."""
    _, _, wide, _ = FOOTER.box
    first = cut(frame.filters, wide, 1, FOOTER.size)
    rest = cut(" ".join(filter(None, [frame.source, frame.viewpoint])), wide, 2, FOOTER.size)
    said = {"ftr": [*filter(None, [first, rest])], "dt": [frame.day]}
    for held in layout.placeholders:
        kind = held._element.find(f".//{qn('p:ph')}").get("type")
        if kind in FEET:
            own = deepcopy(held._element)
            own.spPr.clear()
            own.find(f".//{qn('p:cNvPr')}").set("id", str(next_id(slide)))
            own.find(f".//{qn('a:lstStyle')}").clear()
            slide.shapes._spTree.append(own)
            if kind in said:
                write(slide.placeholders[held.placeholder_format.idx].text_frame, said[kind])


def write(frame: TextFrame, paragraphs: Sequence[str], size: float | None = None) -> None:
    """Write paragraphs in the look of their place, each marked with its language and from which side it is read."""
    frame.clear()
    for at, words in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if not at else frame.add_paragraph()
        run, line = paragraph.add_run(), Line(words)
        run.text = words
        run._r.get_or_add_rPr().set("lang", line.language)
        if line.is_leftwards:
            paragraph._p.get_or_add_pPr().set("rtl", "1")
        if size:
            run.font.size = Pt(size)


def next_id(slide: Slide) -> int:
    """Return a number that no shape of the slide has, nor any after it."""
    return max(map(int, slide.shapes._spTree.xpath(".//p:cNvPr/@id"))) + 1


def put(slide: Slide, group: Group) -> None:
    """Put shapes on a slide as a group; nothing where there are none."""
    if group.shapes:
        slide.shapes._spTree.append(drawn(group, next_id(slide)))
