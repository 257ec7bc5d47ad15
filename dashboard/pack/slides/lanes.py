"""The timeline as shapes: the rows of a timetable on as many slides as they need, with the years above and the key below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from dashboard.charts.timeline.bars import Bar, Ends
from dashboard.charts.timeline.figure import LEFT, MIDDLE, RIGHT, WORDS
from dashboard.charts.timeline.marks import PALE, PALE_TALL, TALL, measure, within
from dashboard.charts.timeline.scale import FINER, Scale
from dashboard.charts.timeline.timetable import HEAD, READ, ROW, WIDTHS, Row, Timetable, begins
from dashboard.pack.slides import key
from dashboard.pack.slides.marks import signs, step_mark
from dashboard.pack.slides.shapes import INK, PAPER, Box, Group, Paint, Pen, Shape, mixed, text
from dashboard.pack.slides.steps import hung
from dashboard.style.tokens import ACCENT
from dashboard.tables import dates
from dashboard.tables.load import Tables

DRAWN = WIDTHS[READ] + LEFT + RIGHT  # pixels: how wide the timetable is
SIZE, HEADED, SIGN = 10.0, 12.0, 8.0  # points: words of a deal, of a group, the signs of its ends
YEARS, ABOVE_KEY = 16.0, 4.0  # points: the years above the rows, the gap above the key
RULE = mixed(INK, PAPER, 0.18)


class Strip(NamedTuple):
    """The rows of a group on one slide, each with its top in pixels below that of the first; `top` is that of the group's name."""

    name: str
    top: float
    rows: list[tuple[Row, float]]


@dataclass(frozen=True)
class Lanes:
    """Where a timetable is drawn: its scale, the left of its years, points a pixel, and its width in points."""

    scale: Scale
    left: float
    top: float
    point: float

    @property
    def wide(self) -> float:
        """Return how wide the years are."""
        return WIDTHS[READ] * self.point

    def x(self, share: float) -> float:
        """Return where a share of the width lies."""
        return self.left + share * self.wide

    def y(self, pixels: float) -> float:
        """Return where so many pixels below the first row lie."""
        return self.top + pixels * self.point


def pages(tables: Tables, table: Timetable, box: Box) -> list[list[Strip]]:
    """Return the rows of a timetable for one slide after the other."""
    below = key.height(signs(tables, table), box[2]) + ABOVE_KEY
    return list(_paged(table, (box[3] - YEARS - below) / (box[2] / DRAWN)))


def _paged(table: Timetable, room: float) -> Iterator[list[Strip]]:
    """Yield the rows that have room on each slide, so many pixels; what is parted begins again with its name."""
    page: list[Strip] = []
    end = 0.0
    for part in table.parts:
        shift, held = end, None
        for top in sorted({row.tops[READ] for row in part.rows}):
            if page and shift + top + ROW > room:
                yield page
                page, held = [], None
                shift = HEAD - top if top > min(row.tops[READ] for row in part.rows) else 0.0
            if held is None:
                bare = part.name.removesuffix(", continued")
                is_first = part.count and top == min(row.tops[READ] for row in part.rows)
                held = Strip(
                    f"{bare}  {part.count}" if is_first else f"{bare}, continued",
                    max(shift, 0.0) if is_first else 0.0,
                    [],
                )
                page.append(held)
            held.rows.extend((row, shift + top) for row in part.rows if row.tops[READ] == top)
            end = shift + top + ROW
    if page:
        yield page


def draw(tables: Tables, table: Timetable, strips: list[Strip], box: Box, today: date) -> list[Group]:
    """Return the shapes of one slide: the years, each group, and the key."""
    left, top, wide, _ = box
    point = wide / DRAWN
    lanes = Lanes(table.scale, left + LEFT * point, top + YEARS, point)
    end = max(y for strip in strips for _, y in strip.rows) + ROW
    said, words = signs(tables, table), list[Shape]()
    if len(table.rows) == 1:
        ((row, at),) = strips[0].rows
        words = list(hung(tables, row.bar, WIDTHS[READ], point, lanes.x, lanes.y(at + MIDDLE)))
    low = max([lanes.y(end), *(one.box[1] + one.box[3] for one in words)])
    below = low + ABOVE_KEY
    tall = key.height(said, wide)
    groups = [Group("Years", "", [*_years(lanes, end), *_today(lanes, end, today)])]
    groups += [
        Group("Deals", f"{strip.name}: {len(strip.rows)} deals on this slide", list(_strip(tables, lanes, strip)))
        for strip in strips
    ]
    return [
        *groups,
        Group("Steps", "", words),
        Group("Key", "", key.shapes(said, left, min(below, box[1] + box[3] - tall), wide)),
    ]


def _years(lanes: Lanes, end: float) -> Iterator[Shape]:
    """Yield a line and a word for each year that has room."""
    scale, top, tall = lanes.scale, lanes.y(0), end * lanes.point
    if scale.is_broken:
        yield Shape(
            name="Early years",
            box=(lanes.left, top, lanes.wide * scale.part(scale.pivot), tall),
            paint=Paint(INK, share=0.05),
        )
    ticks = scale.ticks(FINER)
    for (at, word), following in zip(ticks, [*(at for at, _ in ticks[1:]), scale.edges[1]], strict=True):
        x = lanes.x(scale.part(at))
        yield Shape(name="Year", box=(x, top - YEARS, 0, tall + YEARS), preset="line", pen=Pen(RULE, 0.75))
        room = min(lanes.x(scale.part(following)) - x - 4, 60)
        yield text(
            "Year", word, (x + 3, top - YEARS, max(room, 26), 13), SIZE, ink=mixed(INK, PAPER, 0.78), wraps=False
        )


def _today(lanes: Lanes, end: float, today: date) -> Iterator[Shape]:
    """Yield the line of today, where it is in the picture."""
    share = lanes.scale.share(today)
    if 0 <= share <= 1:
        said = f"Today, {dates.format_date(today.isoformat())}"
        yield Shape(
            name="Today",
            says=said,
            box=(lanes.x(share), lanes.y(0), 0, end * lanes.point),
            preset="line",
            pen=Pen(ACCENT, 1.25),
        )


def _strip(tables: Tables, lanes: Lanes, strip: Strip) -> Iterator[Shape]:
    """Yield the shapes of a group: its name, then deal by deal."""
    y = lanes.y(strip.top + 5)
    long = min(measure(strip.name, 17) * lanes.point + 10, lanes.wide)
    yield Shape(
        name="Rule", box=(lanes.left, lanes.y(strip.top + 3), lanes.wide, 0), preset="line", pen=Pen(RULE, 0.75)
    )
    yield text("Group", strip.name, (lanes.left, y, long, 15), HEADED, bold=False, serif=True, wraps=False)
    for row, top in strip.rows:
        yield from _deal(tables, lanes, row, top)


def _deal(tables: Tables, lanes: Lanes, row: Row, top: float) -> Iterator[Shape]:
    """Yield the shapes of one deal: its bar with its ends, its steps, its words."""
    bar, y = row.bar, lanes.y(top + MIDDLE)
    said = f"{bar.deal['title']}, {bar.words.status.lower()}, {bar.words.when}"
    yield from _line(lanes, (bar.known, bar.opening[0]), y, Pen(INK, 1.25, (1.5, 2.5)))
    for name, ends in bar.parts.items():
        if seen := within(ends):
            tall = (TALL if name == "core" else PALE_TALL) * lanes.point
            paint = Paint(bar.deal["colour"], bar.deal["pattern"], 1.0 if name == "core" else PALE)
            place = (lanes.x(seen[0]), y - tall / 2, (seen[1] - seen[0]) * lanes.wide, tall)
            yield Shape(
                name="Bar",
                says=said if name == "core" else "",
                box=place,
                paint=paint,
                pen=Pen(bar.deal["colour"], 0.75),
            )
    yield from _ends(lanes, bar, y)
    yield from _steps(tables, lanes, bar, y)
    words = row.words[row.choice[READ]]
    long = measure(words) * lanes.point + 4
    at = min(lanes.x(begins(bar)), lanes.left + lanes.wide - long + 4)
    plain = bar.deal["pattern"] == "solid"
    box = (max(at, lanes.left), lanes.y(top + WORDS) - SIZE, long, SIZE * 1.2)
    yield text("Deal", words, box, SIZE, italic=not plain, wraps=False)


def _ends(lanes: Lanes, bar: Bar, y: float) -> Iterator[Shape]:
    """Yield the marks beside a bar: of approximate or uncertain dates, of an open end, of one that is not known."""
    if bar.start_mark and 0 <= bar.opening[0] <= 1:
        yield _mark(bar.start_mark, lanes.x(bar.opening[0]) - 14, y, "r")
    if bar.end_mark == "→" and bar.stop <= 1:
        x = lanes.x(max(bar.stop, 0.0))
        yield Shape(name="Open end", box=(x + 4, y, 12, 0), preset="line", pen=Pen(INK, 1.25, head="arrow"))
    elif bar.end_mark and bar.end_mark != "→" and 0 <= bar.stop <= 1:
        yield _mark(bar.end_mark, lanes.x(bar.stop) + 6, y, "l")


def _mark(words: str, x: float, y: float, align: str) -> Shape:
    """Return a sign of an end, which is no taller than a bar and so lies on no words above or below."""
    return text("End", words, (x, y - 3, 9, 6), SIGN, align=align, anchor="ctr", wraps=False)


def _steps(tables: Tables, lanes: Lanes, bar: Bar, y: float) -> Iterator[Shape]:
    """Yield the milestones of a bar, and lines as wide as their dates are not known to the day."""
    kinds = tables.dictionary.tables["milestones"]["kind"].meanings
    for step in bar.steps:
        if 0 <= step.middle <= 1:
            look = kinds[step.kind]
            if len(step.date.rstrip("~?")) < len("2020-01-01"):
                yield from _line(lanes, step.ends, y, Pen(INK, 1.25))
            yield step_mark(
                look["shape"], lanes.x(step.middle), y, f"{look['label']}, {dates.format_date(step.date)}: {step.event}"
            )


def _line(lanes: Lanes, ends: Ends, y: float, pen: Pen) -> Iterator[Shape]:
    """Yield a thin line between two shares of the width, as far as it is in the picture."""
    seen = within(ends)
    if seen and ends[0] < ends[1]:
        yield Shape(
            name="Dates", box=(lanes.x(seen[0]), y, (seen[1] - seen[0]) * lanes.wide, 0), preset="line", pen=pen
        )
