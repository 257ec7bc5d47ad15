"""The briefing as a Word document: read back it says what the view says, with real headings, endnotes and table headings."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Emu, Mm

from dashboard import views
from dashboard.citation import UNADDRESSED
from dashboard.pack.briefing import of_deck, of_view
from dashboard.pack.held import contested
from dashboard.pack.note import note, writer
from dashboard.pack.note.paper import FROM_RIGHT, paper, write
from dashboard.questions.evidence import cited_each
from dashboard.tables.load import Tables
from dashboard.views.view import View
from tests.exports.test_exports import unzipped

TODAY = date(2026, 3, 1)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


# One white dot: to draw each picture takes a process of its own.
DOT = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 1, 8, 2, 0, 0, 0)) + _chunk(b"IDAT", zlib.compress(b"\0" + b"\xff" * 6)) + _chunk(b"IEND", b"")  # fmt: skip


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> list[int]:
    """Let pictures be dots, and return how wide each was asked for."""
    asked: list[int] = []
    if "really" not in request.node.name:
        monkeypatch.setattr(writer, "png", lambda _, width: asked.append(width) or DOT)
    return asked


def written(tables: Tables, address: str) -> bytes:
    return note(tables, of_view(views.at(tables, address, TODAY)), TODAY)


def opened(made: bytes) -> Document:
    return docx.Document(io.BytesIO(made))


def paragraphs(document: Document) -> list[str]:
    """Return every paragraph without its references to notes, also those in tables, in their order."""
    return ["".join(words(one)) for one in document.element.body.iter(qn("w:p"))]


def words(paragraph: Any) -> Iterator[str]:
    """Yield the words of a paragraph, without references."""
    for run in paragraph.findall(qn("w:r")):
        style = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
        if style is None or style.get(qn("w:val")) != "endnotereference":
            yield from (text.text or "" for text in run.iter(qn("w:t")))


def endnotes(made: bytes) -> dict[int, str]:
    """Return the endnotes of a document by their numbers, without the lines above them."""
    root = ET.fromstring(unzipped(made)["word/endnotes.xml"])
    return {
        int(one.attrib[qn("w:id")]): "".join(text.text or "" for text in one.iter(qn("w:t"))).strip()
        for one in root
        if qn("w:type") not in one.attrib
    }


def view_of(tables: Tables, address: str) -> View:
    return views.at(tables, address, TODAY)


def test_the_note_says_what_the_view_says_under_real_headings(made_up: Tables) -> None:
    view, document = (
        view_of(made_up, "/value?domain=naval,cheese"),
        opened(written(made_up, "/value?domain=naval,cheese")),
    )
    heads = {one.text: str(one.style.name) for one in document.paragraphs if one.style is not None}
    assert heads[view.finding] == "Heading 1"
    assert heads["Claims against denials"] == heads["What is not sure, and why"] == "Heading 2"
    for words in (*view.lead, *view.notes, *view.left_out):
        assert words in paragraphs(document)
    assert view.left_out


def test_every_page_says_what_of_which_version_when_and_by_which_filters(made_up: Tables) -> None:
    view, document = view_of(made_up, "/value?domain=naval"), opened(written(made_up, "/value?domain=naval"))
    (section,) = document.sections
    assert [round(Emu(side or 0).mm) for side in (section.page_width, section.page_height)] == [210, 297]
    head, foot = section.header.paragraphs[0].text, [one.text for one in section.footer.paragraphs]
    assert made_up.version in head
    assert "1 March 2026" in head
    assert made_up.package.short_title in head
    assert foot[0] == f"Filters: {'; '.join(view.filters)}"
    assert foot[1].startswith(view.viewpoint)
    fields = [one.get(qn("w:instr")) for one in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert "No filter is set." in opened(written(made_up, "/value")).sections[0].footer.paragraphs[0].text
    assert document.core_properties.language == "en-GB"
    assert document.core_properties.title == view.title


def test_a_picture_has_its_words_and_fits_the_column(made_up: Tables, drawn: list[int]) -> None:
    view, document = view_of(made_up, "/value"), opened(written(made_up, "/value"))
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == view.pictures[0].alt
    assert shape.width <= Mm(170)
    assert shape.height <= Mm(writer.TALLEST)
    assert drawn == [writer.PIXELS]
    texts = paragraphs(document)
    assert " ".join(view.pictures[0].notes) in texts
    assert view.viewpoint not in texts


def test_a_deal_has_its_facts_its_last_steps_and_two_pictures(made_up: Tables) -> None:
    made = written(made_up, "/deal?id=alpha-frigates")
    view, document = view_of(made_up, "/deal?id=alpha-frigates"), opened(made)
    assert len(document.inline_shapes) == len(view.pictures) == 2
    texts = paragraphs(document)
    for rows in view.tables:
        if rows.name in ("facts", "steps"):
            assert {str(row[1 if rows.name == "facts" else 2]) for row in rows.rows} <= {*texts}
    assert "Last checked" in texts


def test_many_steps_are_cut_to_the_last_and_a_deal_without_any_has_none(made_up: Tables) -> None:
    view = view_of(made_up, "/deal?id=alpha-frigates")
    (steps,) = [rows for rows in view.tables if rows.name == "steps"]
    many = replace(steps, rows=tuple((*row[:2], f"{at} of many", row[3]) for at, row in enumerate(steps.rows[:1] * 12)))
    others = tuple(rows for rows in view.tables if rows.name != "steps")
    texts = paragraphs(opened(note(made_up, of_view(replace(view, tables=(*others, many))), TODAY)))
    assert [words for words in texts if words.endswith("of many")] == [f"{at} of many" for at in range(4, 12)]
    assert any(words.startswith("The last 8 of") for words in texts)
    none = replace(view, tables=(*others, replace(steps, rows=())))
    assert "Event" not in paragraphs(opened(note(made_up, of_view(none), TODAY)))


def test_claims_stand_beside_denials_with_their_notes(made_up: Tables) -> None:
    made = written(made_up, "/claims")
    document, claims = opened(made), contested(made_up, of_view(view_of(made_up, "/claims")))
    tables = [one for one in document.tables if one.rows[0].cells[0].text == "Claimed"]
    assert len(tables) == 3 < len(claims)
    for table, claim in zip(tables, claims, strict=False):
        sides = {side.name: side for side in claim.entry.sides}
        for name, cell in zip(("asserts", "denies"), table.rows[1].cells, strict=True):
            for row, _ in sides[name].statements[:2]:
                assert row["text"] in cell.text
            assert sides[name].statements or cell.text.startswith("No ")
    assert any(f"{len(claims) - 3} more contested deals in view." in words for words in paragraphs(document))
    assert "The ledger gives no verdict." in " ".join(paragraphs(document))


def test_a_side_with_many_statements_says_how_many_more(made_up: Tables) -> None:
    view = view_of(made_up, "/claims")
    claim = next(one for one in view.claims if any(side.statements for side in one.entry.sides))
    sides = tuple(replace(side, statements=side.statements * 5) for side in claim.entry.sides)
    more = claim._replace(entry=replace(claim.entry, sides=sides))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dashboard.pack.note.contested", lambda *_: (more,))
        texts = paragraphs(opened(note(made_up, of_view(view), TODAY)))
    assert any(words.startswith("and ") and words.endswith(" more") for words in texts)


def test_direct_words_and_a_paraphrase_never_look_alike(made_up: Tables) -> None:
    view, document = view_of(made_up, "/quotes"), opened(written(made_up, "/quotes"))
    exact = made_up.dictionary.having("quotes", "form", "exact")
    styles = {one.text: str(one.style.name) for one in document.paragraphs if one.style is not None}
    label = made_up.dictionary.label
    for said in view.statements[:8]:
        row = said.row
        words = f"“{row['text']}”" if row["form"] in exact else f"{label('quotes', 'form', row['form'])}: {row['text']}"
        assert styles[words] == ("Direct words" if row["form"] in exact else "Paraphrase")
    assert {"Direct words", "Paraphrase"} <= {*styles.values()}
    assert f"and {view.count - 8} more in the view" in styles
    assert "Claims against denials" not in styles


def test_sources_are_real_endnotes_with_grade_and_address(made_up: Tables) -> None:
    made = written(made_up, "/value?domain=naval")
    found, parts = endnotes(made), unzipped(made)
    assert [*found] == [*range(1, len(found) + 1)]
    body = ET.fromstring(parts["word/document.xml"])
    cited = [int(one.attrib[qn("w:id")]) for one in body.iter(qn("w:endnoteReference"))]
    assert cited == [*found]  # each once, in the order of reading
    deal = made_up.deals.set_index("deal_id").loc["alpha-frigates"]
    best = cited_each(made_up, [deal["source_ids"]])[0][0]
    (words,) = [words for words in found.values() if best["title"] in words]
    assert f"Grade {best['reliability']}, " in words
    assert words.endswith(best["url"])
    assert best["url"] in parts["word/_rels/endnotes.xml.rels"].decode()
    settings = ET.fromstring(parts["word/settings.xml"])
    assert [one.attrib[qn("w:id")] for one in settings.iter(qn("w:endnote"))] == ["-1", "0"]


def test_a_source_cited_again_has_its_number_again_and_one_without_address_says_so(made_up: Tables) -> None:
    document = paper()
    notes = writer.Writer(document, made_up)
    sources = {row["source_id"]: row for row in made_up.sources.to_dict("records")}
    (nowhere,) = [row for row in sources.values() if not row["url"]][:1]
    first, again = (document.add_paragraph() for _ in range(2))
    notes.cite(first, [sources["alpha-gazette-2010"], nowhere])
    notes.cite(again, [nowhere])
    buffer = io.BytesIO()
    document.save(buffer)
    found = endnotes(buffer.getvalue())
    assert len(found) == 2
    assert UNADDRESSED.capitalize() in found[2]
    assert UNADDRESSED.capitalize() not in found[1]
    (field,) = again._p.iter(qn("w:fldSimple"))
    assert field.get(qn("w:instr")) == " NOTEREF _note2 \\f \\h "
    assert "".join(text.text for text in field.iter(qn("w:t"))) == "2"
    assert [one.get(qn("w:name")) for one in first._p.iter(qn("w:bookmarkStart"))] == ["_note1", "_note2"]


def test_headings_of_tables_stand_on_each_page_and_rows_stay_whole(made_up: Tables) -> None:
    document = opened(written(made_up, "/value"))
    assert document.tables
    for table in document.tables:
        assert table.rows[0]._tr.get_or_add_trPr().find(qn("w:tblHeader")) is not None
        assert all(row._tr.get_or_add_trPr().find(qn("w:cantSplit")) is not None for row in table.rows)
    assert any("the first 3" in words for words in paragraphs(document))


def test_what_nobody_contests_and_nobody_doubts_is_said(made_up: Tables) -> None:
    view = view_of(made_up, "/value?q=alpha")
    sure = replace(view, notes=(), left_out=())
    texts = paragraphs(opened(note(made_up, of_view(sure), TODAY)))
    assert "No deal in view is alleged or denied, and none is both claimed and denied." in texts
    assert "The tables name no doubt about what is in view." in texts


def test_an_empty_view_is_a_page_with_its_finding(made_up: Tables) -> None:
    document = opened(written(made_up, "/?q=nosuchwords"))
    assert view_of(made_up, "/?q=nosuchwords").finding in paragraphs(document)
    assert not document.tables
    assert not document.inline_shapes


def test_a_deck_has_each_of_its_findings_and_lines(made_up: Tables) -> None:
    slides = [(view_of(made_up, address), line, "") for address, line in (("/", "Mind the gap."), ("/timeline", ""))]
    document = opened(note(made_up, of_deck("Two views", slides), TODAY))
    heads = [one.text for one in document.paragraphs if one.style is not None and one.style.name == "Heading 1"]
    assert heads == [view.finding for view, _, _ in slides]
    assert [one.text for one in document.paragraphs if one.style is not None and one.style.name == "Take home"] == [
        "Mind the gap."
    ]


def test_words_from_right_to_left_are_marked_and_signs_that_xml_lacks_are_left_out() -> None:
    document = paper()
    paragraph = document.add_paragraph()
    write(paragraph, "Aaj News, “فضائی مشق میں شرکت، جے ایف 17 طیاروں”, Erdoğan\x00\ud800", bold=True)
    runs = [(run.text, bool(run.font.rtl)) for run in paragraph.runs]
    assert runs == [("Aaj News, “", False), ("فضائی مشق میں شرکت، جے ایف 17 طیاروں", True), ("”, Erdoğan  ", False)]
    assert all(run.bold for run in paragraph.runs)
    assert not FROM_RIGHT.search("Şükrü İğde: 12 (ok)")


def test_the_same_briefing_gives_the_same_bytes(made_up: Tables) -> None:
    assert written(made_up, "/value") == written(made_up, "/value")


def test_the_picture_is_really_drawn_and_every_part_is_well_formed(made_up: Tables, tmp_path: Path) -> None:
    made = tmp_path / "note.docx"
    made.write_bytes(written(made_up, "/value"))
    with zipfile.ZipFile(made) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(parts.read(name))
        (picture,) = [parts.read(name) for name in parts.namelist() if name.startswith("word/media/")]
    assert struct.unpack(">I", picture[16:20]) == (writer.PIXELS,)


def office() -> str:
    """Return the LibreOffice that opens notes; "" where there is none, or one without that part."""
    found = shutil.which("soffice")
    return found if found and (Path(found).resolve().parent / "libswlo.so").is_file() else ""


@pytest.mark.skipif(not office(), reason="LibreOffice that opens notes is not on this machine")
def test_libreoffice_opens_the_note(made_up: Tables, tmp_path: Path) -> None:
    made = tmp_path / "note.docx"
    made.write_bytes(written(made_up, "/value"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office(), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(made)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    assert (tmp_path / "note.pdf").read_bytes().startswith(b"%PDF")
