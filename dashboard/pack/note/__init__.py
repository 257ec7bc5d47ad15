"""A briefing as a Word document of one to three pages: finding, picture, claims against denials, doubts, sources as endnotes."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

from docx.document import Document

from dashboard.exports.package import zipped
from dashboard.pack.briefing import Briefing, Part
from dashboard.pack.held import contested, deals_in
from dashboard.pack.note import parts
from dashboard.pack.note.paper import head_and_foot, paper
from dashboard.pack.note.writer import Writer
from dashboard.tables import dates
from dashboard.tables.load import Tables

CLAIMED, APART = 3, 2  # contested deals of a view that is about them, and of any other
SPOKEN = ("claims", "deal", "map")  # pages that say enough of their deals without a table of them


def note(tables: Tables, briefing: Briefing, today: date) -> bytes:
    """Return the document; the same briefing on the same day gives the same bytes."""
    document, views = paper(), [part.view for part in briefing.parts]
    _describe(document, tables, briefing, today)
    writer = Writer(document, tables)
    writer.paragraph(f"{tables.package.short_title} · Briefing note · {briefing.title}", "Title")
    for part in briefing.parts:
        _part(writer, part)
    claims = contested(tables, briefing)
    shown = claims[: CLAIMED if any(view.page == "claims" for view in views) else APART]
    if any(len(deals_in(tables, view)) for view in views):
        parts.write_claims(writer, shown, claims)
    parts.write_doubts(writer, views, shown)
    parts.write_deals(writer, [view for view in views if view.page not in SPOKEN])
    parts.write_about(writer, briefing, today)
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as made:
        return zipped({name: made.read(name) for name in made.namelist()})


def _part(writer: Writer, part: Part) -> None:
    """Write a view: its finding, the line to take home, what it says next, its first picture, its facts, what is said.

    A deal has two pictures, when and where.
    """
    view = part.view
    writer.paragraph(view.finding, "Heading 1")
    if part.take_home:
        writer.paragraph(part.take_home, "Take home")
    for words in view.lead:
        writer.paragraph(words)
    for picture in view.pictures[: 2 if view.page == "deal" else 1]:
        writer.picture(picture, view)
    parts.write_facts(writer, view)
    if view.statements and not view.claims:
        parts.write_said(writer, view)


def _describe(document: Document, tables: Tables, briefing: Briefing, today: date) -> None:
    """Write what stands on every page, and what the file says of itself."""
    views = [part.view for part in briefing.parts]
    filters = list(dict.fromkeys("; ".join(view.filters) for view in views if view.filters))
    said = f"Filters: {' | '.join(filters)}" if filters else "No filter is set."
    version = f"Version {tables.version}, {dates.format_date(today.isoformat())}"
    head_and_foot(document, (f"{tables.package.short_title} · {briefing.title}", version), [said, views[0].viewpoint])
    about = document.core_properties
    about.title, about.author, about.comments = briefing.title, tables.package.short_title, version
    about.subject, about.last_modified_by = views[0].finding, tables.package.short_title
    about.created = about.modified = datetime(today.year, today.month, today.day)
    about.revision = 1
