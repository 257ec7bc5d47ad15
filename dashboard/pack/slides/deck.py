"""A briefing slide by slide: what comes first, what each picture, table and list becomes, what it rests on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime

from pptx.presentation import Presentation as Deck

from dashboard.charts.timeline.timetable import Timetable
from dashboard.exports.package import zipped
from dashboard.pack.briefing import Briefing, Part
from dashboard.pack.slides import bars, grid, lanes, matter, world
from dashboard.pack.slides.fitting import cut, height
from dashboard.pack.slides.master import BODIED, BODY, COVER, COVERS, LOWER, UNDER, WORDS, Layouts, blank
from dashboard.pack.slides.page import Frame, Head, added, put, write
from dashboard.pack.slides.shapes import Box
from dashboard.tables import dates
from dashboard.tables.load import Tables
from dashboard.views.common import sourced
from dashboard.views.view import Bars, Picture, View
from dashboard.words import unless_said

MOST = 255  # letters of a property of a file
BEGINNING = 7  # rows of a table on a slide of a deck, as many as a room reads
LESS = (WORDS, 13.0, 12.0)  # the sizes of words in a list; the first in which it has room


def written(tables: Tables, briefing: Briefing, today: date) -> bytes:
    """Return a briefing as a PowerPoint file; the same briefing on the same day gives the same bytes."""
    palette = tables.dictionary.meaning("deals", "domain", "colour")
    deck, layouts = blank(tables.package.short_title, list(palette.values()))
    writer = Writer(tables, briefing, today, deck, layouts, palette)
    writer.cover()
    for part in briefing.parts:
        writer.part(part)
    writer.sources()
    _named(deck, tables, briefing, today)
    return _saved(deck)


class Writer:
    """Writes the slides of one briefing, one after the other."""

    def __init__(
        self, tables: Tables, briefing: Briefing, today: date, deck: Deck, layouts: Layouts, palette: dict[str, str]
    ) -> None:
        """Begin with a deck that has no slide yet."""
        self.tables, self.briefing, self.today = tables, briefing, today
        self.deck, self.layouts, self.palette = deck, layouts, palette
        self.alone = len(briefing.parts) == 1

    def frame(self, view: View, words: str = "") -> Frame:
        """Return what is below every slide of a view."""
        chosen = words or matter.reach(view)
        return Frame(chosen, sourced(self.tables), view.viewpoint, dates.format_date(self.today.isoformat()))

    def cover(self) -> None:
        """Write the first slide: what it is about, what is in it, of which version and day."""
        view, package = self.briefing.parts[0].view, self.tables.package
        said = matter.about(self.tables, self.briefing, self.today)
        frame = self.frame(view, "" if self.alone else matter.counted(self.briefing))
        slide = added(self.deck, self.layouts.cover, Head("", ""), frame, "\n".join([package.title, *said]))
        size = next(
            (size for size in COVERS if height(self.briefing.title, COVER.box[2], size, "serif") <= COVER.box[3]),
            COVERS[-1],
        )
        write(slide.placeholders[0].text_frame, [cut(self.briefing.title, COVER.box[2], 5, size, "serif")], size)
        kept = [cut(line, UNDER.box[2], 2, WORDS) for line in said]
        write(slide.placeholders[1].text_frame, kept)

    def part(self, part: Part) -> None:
        """Write the slides of a view: of one that stands alone all that it shows."""
        if not self.alone:
            self.one(part)
            return
        self.words(part)
        for picture in part.view.pictures:
            self.picture(part, picture)
        for title, table in matter.tables(self.tables, part.view):
            self.table(part, title, table)

    def one(self, part: Part) -> None:
        """Write a view of a deck, as the room sees it: its picture, or a table, or what is said, else its words."""
        if part.view.pictures:
            self.picture(part, part.view.pictures[0])
        elif found := matter.instead(self.tables, part):
            self.beginning(part, *found)
        else:
            self.words(part)

    def words(self, part: Part) -> None:
        """Write what a view says in sentences, on as many slides as it asks for."""
        for at, (size, lines) in enumerate(_listed(matter.sentences(part.view), LOWER if part.take_home else BODY)):
            title = part.view.finding if not at else f"{part.view.title}: more to read with these figures"
            slide = added(
                self.deck, self.layouts.words, self.head(part, title), self.frame(part.view), self.notes(part)
            )
            held = slide.placeholders[BODIED]
            if part.take_home:
                held.left, held.top, held.width, held.height = (round(length * 12700) for length in LOWER)
            write(held.text_frame, lines, size if size != WORDS else None)

    def head(self, part: Part, title: str, more: str = "") -> Head:
        """Return what is above the matter of a slide; `more` tells its title from that of the slide before."""
        named = f"{title} ({more})" if more else title
        said = unless_said(part.take_home, title)
        return Head(f"{part.view.title} · {matter.reach(part.view)}", named, said)

    def notes(self, part: Part, *more: str) -> str:
        """Return what a presenter reads beside a slide: own notes, then the picture in words and what must be known."""
        view = part.view
        seen = f"In view: {matter.reach(view)}."
        return "\n".join(filter(None, [part.take_home, part.notes, *(more or view.lead), seen, *view.left_out]))

    def picture(self, part: Part, picture: Picture) -> None:
        """Write a picture on as many slides as it asks for."""
        box = LOWER if part.take_home else BODY
        drawn = list(self.drawn(picture, box))
        for at, put_on in enumerate(drawn, start=1):
            more = f"{at} of {len(drawn)}" if len(drawn) > 1 else ""
            notes = self.notes(part, picture.alt, *picture.notes)
            slide = added(
                self.deck, self.layouts.picture, self.head(part, picture.finding, more), self.frame(part.view), notes
            )
            put_on(slide)

    def drawn(self, picture: Picture, box: Box) -> Iterator:
        """Yield what puts each part of a picture on a slide."""
        given = picture.drawn
        if isinstance(given, Bars):
            most = bars.longest(given)
            for piece in bars.pages(given, box):
                yield lambda slide, piece=piece: bars.draw(slide, piece, box, picture.alt, most)
        elif isinstance(given, Timetable):
            for strips in lanes.pages(self.tables, given, box):
                groups = lanes.draw(self.tables, given, strips, box, self.today)
                yield lambda slide, groups=groups: [put(slide, group) for group in groups]
        else:
            groups = world.draw(given, self.palette, picture.alt, box)
            yield lambda slide: [put(slide, group) for group in groups]

    def table(self, part: Part, title: str, table: grid.Table) -> None:
        """Write a table on as many slides as it asks for."""
        laid = grid.laid(table, *BODY[2:])
        pages = laid.pages(BODY[3])
        for since, until in pages:
            more = f"rows {since:,} to {until - 1:,} of {len(table.rows):,}" if len(pages) > 1 else ""
            head = self.head(part, title, more)._replace(taken="")
            slide = added(self.deck, self.layouts.picture, head, self.frame(part.view), self.notes(part, title))
            grid.draw(slide, laid, (since, until), BODY[:2], f"{title}. {more}".strip())

    def beginning(self, part: Part, title: str, table: grid.Table) -> None:
        """Write as much of a table as one slide has room for, below what its view shows and the line to take home."""
        box = LOWER if part.take_home else BODY
        laid = grid.laid(table._replace(rows=table.rows[:BEGINNING], links=table.links[:BEGINNING]), *box[2:])
        since, until = laid.pages(box[3])[0]
        cut_off = f"the first {until - since:,} of {len(table.rows):,}" if until - since < len(table.rows) else ""
        notes = self.notes(part, title, *matter.sentences(part.view))
        head = self.head(part, part.view.finding, cut_off)
        slide = added(self.deck, self.layouts.picture, head, self.frame(part.view), notes)
        grid.draw(slide, laid, (since, until), box[:2], f"{title}. {cut_off}".strip())

    def sources(self) -> None:
        """Write what the briefing rests on: sources with their grades and addresses."""
        title, table = matter.sources(self.tables, self.briefing)
        if table.rows:
            self.table(Part(self.briefing.parts[0].view), title, table)


def _listed(sentences: list[str], box: Box) -> Iterator[tuple[float, list[str]]]:
    """Yield paragraphs with their size for one slide after the other."""
    apart = 6.0

    def tall(lines: list[str], size: float) -> float:
        return sum(height(line, box[2], size) + apart for line in lines)

    size = next((size for size in LESS if tall(sentences, size) <= box[3]), LESS[1])
    page: list[str] = []
    for line in sentences:
        if page and tall([*page, line], size) > box[3]:
            yield size, page
            page = []
        page.append(line)
    yield size, page


def _named(deck: Deck, tables: Tables, briefing: Briefing, today: date) -> None:
    """Say in the properties of the file what it is, of which version and day."""
    said, made = deck.core_properties, datetime.combine(today, datetime.min.time())
    said.title, said.subject, said.author = (
        briefing.title[:MOST],
        tables.package.title[:MOST],
        tables.package.short_title[:MOST],
    )
    said.keywords, said.comments, said.language = f"version {tables.version}", sourced(tables)[:MOST], "en-GB"
    said.created = said.modified = made
    said.last_modified_by, said.revision = tables.package.short_title, 1


def _saved(deck: Deck) -> bytes:
    """Return the bytes of a deck, the same whenever they are made."""
    buffer = io.BytesIO()
    deck.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})
