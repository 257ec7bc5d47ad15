"""Real endnotes of a Word document, which its library has no word for: the part that holds them, and references to them."""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from dashboard.pack.note.paper import element, write

MARK = "endnote reference"
# The lines that Word draws above endnotes and above those that go on overleaf: it asks for both, by these numbers.
SEPARATORS = {-1: "separator", 0: "continuationSeparator"}


class Endnotes:
    """The endnotes of a document, numbered from 1 in the order in which they are first cited; a key cited again gets its number again."""

    def __init__(self, document: Document) -> None:
        """Give a document a part for endnotes, with the styles that Word looks for."""
        self.numbers: dict[str, int] = {}
        self._root = OxmlElement("w:endnotes", nsdecls={name: nsmap[name] for name in ("w", "r")})
        package = document.part.package
        name, kind = PackURI("/word/endnotes.xml"), CONTENT_TYPE.WML_ENDNOTES
        self._part = XmlPart(name, kind, self._root, package)
        document.part.relate_to(self._part, RELATIONSHIP_TYPE.ENDNOTES)
        _style(document)
        for number, kind in SEPARATORS.items():
            note = element("w:endnote", self._root, type=kind, id=str(number))
            element(f"w:{kind}", element("w:r", element("w:p", note)))
        _declare(document)

    def cite(self, paragraph: Paragraph, sources: dict[str, tuple[str, str]]) -> None:
        """Put references to sources at the end of a paragraph; each has by its key its words and its address, "" where it has none."""
        for at, (key, (words, address)) in enumerate(sources.items()):
            if at:
                _mark(paragraph).add_text(", ")
            if key in self.numbers:
                self._cite_again(paragraph, self.numbers[key])
            else:
                self.numbers[key] = len(self.numbers) + 1
                self._cite_first(paragraph, self.numbers[key])
                self._note(self.numbers[key], words, address)

    def _cite_first(self, paragraph: Paragraph, number: int) -> None:
        """Put the reference itself, with a bookmark around it that later ones point to."""
        element("w:bookmarkStart", paragraph._p, id=str(number), name=f"_note{number}")
        element("w:endnoteReference", _mark(paragraph)._r, id=str(number))
        element("w:bookmarkEnd", paragraph._p, id=str(number))

    def _cite_again(self, paragraph: Paragraph, number: int) -> None:
        """Put a field that shows the number of a note that is there already, whatever it becomes."""
        field = element("w:fldSimple", paragraph._p, instr=f" NOTEREF _note{number} \\f \\h ")
        run = _mark(paragraph)
        run.add_text(str(number))
        field.append(run._r)

    def _note(self, number: int, words: str, address: str) -> None:
        note = element("w:endnote", self._root, id=str(number))
        paragraph = Paragraph(element("w:p", note), self._part)
        element("w:pStyle", element("w:pPr", paragraph._p), val="endnotetext")
        element("w:endnoteRef", _mark(paragraph)._r)
        write(paragraph, f" {words}")
        if address:
            write(paragraph, " ")
            place = self._part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link = element("w:hyperlink", paragraph._p)
            link.set(qn("r:id"), place)
            text = paragraph.add_run(address)
            element("w:rStyle", text._r.get_or_add_rPr(), val="Hyperlink")
            link.append(text._r)


def _mark(paragraph: Paragraph) -> Run:
    """Append an empty run that stands above the line."""
    run = Run(OxmlElement("w:r"), paragraph)
    element("w:rStyle", run._r.get_or_add_rPr(), val="endnotereference")
    paragraph._p.append(run._r)
    return run


def _style(document: Document) -> None:
    mark = document.styles.add_style(MARK, WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.font.superscript = True
    link = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.font.underline = True


def _declare(document: Document) -> None:
    """Say in the settings which notes are the separators, and that notes are numbered 1, 2, 3."""
    settings = document.settings.element
    said = OxmlElement("w:endnotePr")
    element("w:numFmt", said, val="decimal")
    for number in SEPARATORS:
        element("w:endnote", said, id=str(number))
    settings.find(qn("w:compat")).addprevious(said)
