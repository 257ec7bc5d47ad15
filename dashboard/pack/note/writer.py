"""The pieces that a note is written of: a paragraph, a picture, a table, a statement, and the endnotes on them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
from docx.document import Document
from docx.shared import Emu, Mm
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from dashboard import citation
from dashboard.charts.png import png
from dashboard.pack.note.endnotes import Endnotes
from dashboard.pack.note.paper import COLUMN, element, rules, write
from dashboard.tables import dates
from dashboard.tables.load import Tables
from dashboard.views.view import Picture, Row, View
from dashboard.words import role_in

TALLEST, PIXELS = 80, 1800  # millimetres; across a picture
BEST = 2  # sources of a fact


class Writer:
    """Writes into a document, of certain tables; sources become its endnotes."""

    def __init__(self, document: Document, tables: Tables) -> None:
        """Begin with a document that has no endnotes."""
        self.document, self.tables, self.endnotes = document, tables, Endnotes(document)

    def paragraph(self, words: str, style: str = "Normal") -> Paragraph:
        """Append a paragraph."""
        paragraph = self.document.add_paragraph(style=style)
        write(paragraph, words)
        return paragraph

    def picture(self, picture: Picture, view: View) -> None:
        """Put a picture as wide as the column, with its words for those who cannot see it, and its finding below it."""
        above = self.document.add_paragraph()
        above.paragraph_format.keep_with_next = True
        shape = above.add_run().add_picture(io.BytesIO(png(picture.svg, PIXELS)), width=Mm(COLUMN))
        if shape.height > Mm(TALLEST):
            shape.width, shape.height = Emu(shape.width * Mm(TALLEST) // shape.height), Mm(TALLEST)
        said = shape._inline.docPr
        said.set("descr", picture.alt)
        said.set("title", picture.finding)
        own = [] if picture.finding == view.finding else [f"{picture.finding.rstrip('.')}."]
        self.paragraph(" ".join([*own, *(words for words in picture.notes if words != view.viewpoint)]), "Caption")

    def table(self, headings: Sequence[str], widths: Sequence[float]) -> Table:
        """Begin a table whose headings stand again on each page that it reaches; `widths` are millimetres."""
        table = self.document.add_table(rows=0, cols=len(headings))
        table.autofit = False
        rules(table._tbl)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        self.row(table, headings, bold=True)
        element("w:tblHeader", table.rows[0]._tr.get_or_add_trPr())
        return table

    def row(self, table: Table, words: Sequence[str], *, bold: bool | None = None) -> Sequence[_Cell]:
        """Append a row that stays on one page."""
        row = table.add_row()
        element("w:cantSplit", row._tr.get_or_add_trPr())
        for cell, column, text in zip(row.cells, table.columns, words, strict=True):
            cell.width = column.width or Mm(COLUMN)
            cell.paragraphs[0].style = "Cell"
            write(cell.paragraphs[0], text, bold=bold)
        return row.cells

    def statement(
        self, row: Row, sources: Iterable[Row], place: Document | _Cell, first: Paragraph | None = None
    ) -> None:
        """Write a statement: direct words in quotation marks and a face of their own, a paraphrase in neither."""
        is_direct = row["form"] in self.tables.dictionary.having("quotes", "form", "exact")
        paragraph = first or place.add_paragraph()
        paragraph.style = "Direct words" if is_direct else "Paraphrase"
        if is_direct:
            write(paragraph, f"“{row['text']}”")
        else:
            write(paragraph, f"{self.tables.dictionary.label('quotes', 'form', row['form'])}: ", bold=True)
            write(paragraph, row["text"])
        who = place.add_paragraph(style="Small")
        country = self.tables.country_name(row["country"])
        role = "" if row["role"] == row["analyst"] else f", {role_in(row['role'], country)}"
        write(who, row["analyst"], bold=True)
        write(who, f"{role}. {dates.format_date(row['date'])}. {self.sure(row['credibility'])}")
        self.cite(who, sources)

    def sure(self, grade: Any) -> str:
        """Return a credibility in words."""
        if pd.isna(grade):
            return "Opinion, not graded."
        return f"Credibility {grade}: {self.tables.dictionary.label('deals', 'credibility', grade).lower()}."

    def cite(self, paragraph: Paragraph, sources: Iterable[Row]) -> None:
        """Put endnotes on the best of the sources behind a fact."""
        best = list(sources)[:BEST]
        self.endnotes.cite(paragraph, {source["source_id"]: (self._words(source), source["url"]) for source in best})

    def _words(self, source: Row) -> str:
        """Return a source as an endnote says it, but for its address: publisher, headline, date and grade."""
        letter, words = source["reliability"], citation.plain({**source, "url": ""})
        if source["url"]:
            words = words.removesuffix(f" {citation.UNADDRESSED.capitalize()}.")
        return f"{words} Grade {letter}, {self.tables.dictionary.label('sources', 'reliability', letter).lower()}."
