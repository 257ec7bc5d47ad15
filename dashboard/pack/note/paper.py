"""The paper that a Word document is written on: A4, its faces and colours, its head and foot, and words in any script."""

from __future__ import annotations

import re
from typing import cast

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from dashboard.style.tokens import ACCENT, INKS, LIGHT, NEUTRAL

WIDTH, HEIGHT, MARGIN = 210, 297, 20  # millimetres
COLUMN = WIDTH - 2 * MARGIN
LANGUAGE = ("en-GB", "ur-PK")  # of Latin letters, and of those that run from right to left
# Faces that every Word has; ours would have to be installed.
SANS, SERIF, ARABIC = "Calibri", "Georgia", "Arial"
# By the name of a style: its face, its size and the space above and below in points, and its colour.
LOOKS = {
    "Normal": (SANS, 10, 0, 4, INKS[LIGHT]),
    "Title": (SERIF, 13, 0, 4, NEUTRAL),
    "Heading 1": (SERIF, 17, 0, 6, INKS[LIGHT]),
    "Heading 2": (SERIF, 12.5, 10, 3, INKS[LIGHT]),
    "Heading 3": (SERIF, 11, 8, 2, INKS[LIGHT]),
    "Caption": (SANS, 8.5, 2, 8, NEUTRAL),
    "List Bullet": (SANS, 10, 0, 3, INKS[LIGHT]),
    "Header": (SANS, 8, 0, 0, NEUTRAL),
    "Footer": (SANS, 7.5, 0, 0, NEUTRAL),
}
OWN = {  # styles that an empty document lacks
    "Take home": (SERIF, 13, 4, 8, INKS[LIGHT]),
    "Direct words": (SERIF, 9.5, 2, 1, INKS[LIGHT]),
    "Paraphrase": (SANS, 9.5, 2, 1, INKS[LIGHT]),
    "Cell": (SANS, 9, 1.5, 1.5, INKS[LIGHT]),
    "Small": (SANS, 8.5, 0, 3, NEUTRAL),
    "endnote text": (SANS, 8, 0, 1.5, INKS[LIGHT]),
}
BUILT_IN = ("endnote text",)  # which of them are Word's by name
EDGES = {
    "Take home": ("single", "24", ACCENT),
    "Direct words": ("single", "18", ACCENT),
    "Paraphrase": ("dotted", "12", NEUTRAL),
}
FROM_RIGHT = re.compile(r"([֐-ࣿﭐ-﻿]+(?:[\s\W\d]*[֐-ࣿﭐ-﻿]+)*)")
UNWRITABLE = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def paper() -> Document:
    """Return an empty document of A4 pages in our faces and colours, in English."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(WIDTH), Mm(HEIGHT)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin, section.bottom_margin = Mm(22), Mm(24)
    section.header_distance = section.footer_distance = Mm(10)
    for name in OWN:
        added = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name in BUILT_IN)
        added.base_style = document.styles["Normal"]
    for name, look in {**LOOKS, **OWN}.items():
        _dress(cast("ParagraphStyle", document.styles[name]), *look)
    for name, edge in EDGES.items():
        _edge(cast("ParagraphStyle", document.styles[name]), *edge)
    _speak(document)
    _number(section)
    return document


def _dress(style: ParagraphStyle, face: str, size: float, above: float, below: float, colour: str) -> None:
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()  # a theme's face would win over one that is named
    for script, name in {"ascii": face, "hAnsi": face, "eastAsia": face, "cs": ARABIC}.items():
        fonts.set(qn(f"w:{script}"), name)
    style.font.size, style.font.color.rgb = Pt(size), RGBColor.from_string(colour.lstrip("#"))
    style.font.bold, style.font.italic = str(style.name).startswith("Heading"), False
    for brought in style.element.rPr.findall(qn("w:szCs")):
        style.element.rPr.remove(brought)
    style.element.rPr.find(qn("w:sz")).addnext(
        element("w:szCs", style.element.rPr, val=str(round(size * 2)))
    )  # from right to left
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
    style.paragraph_format.line_spacing = 1.1
    for name in ("w:pBdr", "w:tabs"):  # those that Word brings
        for brought in style.element.get_or_add_pPr().findall(qn(name)):
            brought.getparent().remove(brought)


def _edge(style: ParagraphStyle, line: str, size: str, colour: str) -> None:
    """Draw a line beside what is said: solid beside direct words, dotted beside a paraphrase."""
    style.paragraph_format.left_indent = Mm(4)
    edges = OxmlElement("w:pBdr")
    element("w:left", edges, val=line, sz=size, space="8", color=colour.lstrip("#"))
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(edges, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _speak(document: Document) -> None:
    """Say in which languages the document is."""
    said = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    said.set(qn("w:val"), LANGUAGE[0])
    said.set(qn("w:bidi"), LANGUAGE[1])
    document.core_properties.language = LANGUAGE[0]


def _number(section: Section) -> None:
    """Let endnotes be numbered 1, 2, 3; Word takes this of the settings and others take it of the section."""
    said = OxmlElement("w:endnotePr")
    element("w:numFmt", said, val="decimal")
    section._sectPr.insert_element_before(said, "w:type", "w:pgSz")


def element(name: str, parent: BaseOxmlElement, /, **attributes: str) -> BaseOxmlElement:
    """Append an element of WordprocessingML with attributes of the same to another, and return it."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    parent.append(made)
    return made


def write(paragraph: Paragraph, text: str, *, bold: bool | None = None, italic: bool | None = None) -> None:
    """Append words to a paragraph; those that run from right to left are marked as such, for Word asks for that."""
    for at, piece in enumerate(FROM_RIGHT.split(UNWRITABLE.sub(" ", text))):
        if not piece:
            continue
        run = paragraph.add_run(piece)
        run.bold, run.italic = bold, italic
        if at % 2:
            run.font.rtl = True


def head_and_foot(document: Document, head: tuple[str, str], foot: list[str]) -> None:
    """Write a line at the top of each page, with words at either end, and at its foot some lines and the number of the page."""
    section = document.sections[0]
    above = section.header.paragraphs[0]
    _tab(above)
    write(above, "\t".join(head))
    lines = [section.footer.paragraphs[0], *(section.footer.add_paragraph(style="Footer") for _ in foot[1:])]
    for line, words in zip(lines, foot, strict=True):
        _tab(line)
        write(line, words)
    write(lines[-1], "\tPage ")
    _field(lines[-1], "PAGE")
    write(lines[-1], " of ")
    _field(lines[-1], "NUMPAGES")


def _tab(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(COLUMN), WD_TAB_ALIGNMENT.RIGHT)


def _field(paragraph: Paragraph, instruction: str) -> None:
    """Append a field, which Word works out: the number of the page, and of pages."""
    field = element("w:fldSimple", paragraph._p, instr=instruction)
    run = paragraph.add_run("1")
    field.append(run._r)


def rules(table: BaseOxmlElement) -> None:
    """Draw a thin line above, below and between the rows of a table."""
    lines = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        element(f"w:{side}", lines, val="single", sz="4", space="0", color=NEUTRAL.lstrip("#"))
    table.tblPr.insert_element_before(lines, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
