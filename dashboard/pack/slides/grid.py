"""Tables of PowerPoint's own, on as many slides as their rows ask for: words are never smaller than they are on the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.slide import Slide

from dashboard.pack.slides.fitting import LEAD, cut, height, width
from dashboard.pack.slides.page import next_id
from dashboard.pack.slides.shapes import EMU, INK, PAPER, Line, Point, emu, mixed
from dashboard.templates import render

SIZES = (
    14.0,
    12.0,
    11.0,
    10.0,
)  # points: the words of tables, as large as one slide has room for; never smaller than the last
BESIDE, ABOVE = 5.0, 2.5  # points that stay free in a cell
WIDEST, WORD, DEEPEST = 330.0, 150.0, 6  # points that a column asks for at most, and for one word; lines of a cell
UNKNOWN = "–"
Value = str | float | None


class Table(NamedTuple):
    """What a table says: its headings, its rows, and by row and column the addresses that cells lead to."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Value]]
    links: Sequence[str] = ()  # of the last column, a row each; "" for none


class Cell(NamedTuple):
    """One cell: its words, whether they are a number, and the number of the link that it is."""

    words: str
    is_number: bool = False
    link: str = ""

    @property
    def lines(self) -> list[Line]:
        """Return the words line by line."""
        return [Line(line) for line in self.words.split("\n")]


class Row(NamedTuple):
    """A row with its height in EMU."""

    cells: list[Cell]
    tall: int


@dataclass(frozen=True)
class Drawn:
    """A table on one slide, as PowerPoint has it: lengths are in EMU, `sized` is the size of words in hundredths of a point."""

    says: str
    widths: list[int]
    rows: list[Row]
    at: tuple[int, int, int, int]
    sized: int
    beside: int = round(BESIDE * EMU)
    above: int = round(ABOVE * EMU)
    rule: str = mixed(INK, PAPER, 0.22)


class Laid(NamedTuple):
    """A table laid out for a slide: the size of its words, the width of each column, its rows with their heights, the headings first."""

    size: float
    columns: list[float]
    rows: list[list[Cell]]
    heights: list[float]
    links: Sequence[str]

    def pages(self, tall: float) -> list[tuple[int, int]]:
        """Return from which row to which each slide of a height has room, all about equally full; rows are counted from 1."""
        room = tall - self.heights[0]
        fewest, most = split(self.heights[1:], room), max(self.heights[1:], default=0.0)
        evener = (split(self.heights[1:], max(room * share, most)) for share in (0.5, 0.6, 0.7, 0.8, 0.9))
        return next((even for even in evener if len(even) == len(fewest)), fewest)


def laid(table: Table, wide: float, tall: float) -> Laid:
    """Return a table with words as large as one slide has room for, or as small as they may be."""
    heads = [Cell(words) for words in table.headings]
    rows = [[cell(value) for value in row] for row in table.rows]
    for at, column in enumerate(zip(*rows, strict=True)):
        heads[at] = heads[at]._replace(is_number=all(one.is_number for one in column))
    made = [_laid([heads, *rows], table.links, wide, size) for size in SIZES]
    return next(
        (one for one in made if sum(one.heights) <= tall and sum(one.columns) <= wide + 1 and not _breaks(one)),
        made[-1],
    )


def _laid(rows: list[list[Cell]], links: Sequence[str], wide: float, size: float) -> Laid:
    columns = widths(rows, wide, size)
    kept = [[fitted(one, long, size) for one, long in zip(row, columns, strict=True)] for row in rows]
    heights = [row_height(row, columns, size, "sans" if at else "bold") for at, row in enumerate(kept)]
    return Laid(size, columns, kept, heights, links)


def _breaks(one: Laid) -> bool:
    """Say whether a word of the headings is broken."""
    return any(
        _word(head.words, one.size) > long - 2 * BESIDE for head, long in zip(one.rows[0], one.columns, strict=True)
    )


def split(heights: Sequence[float], room: float) -> list[tuple[int, int]]:
    """Return rows of some heights slide by slide, each as full as its room allows; rows are counted from 1."""
    made, since, used = [], 1, 0.0
    for at, tall in enumerate(heights, start=1):
        if at > since and used + tall > room:
            made.append((since, at))
            since, used = at, 0.0
        used += tall
    return [*made, (since, len(heights) + 1)]


def draw(slide: Slide, table: Laid, part: tuple[int, int], corner: Point, says: str) -> None:
    """Put the rows from one to another at a corner of a slide, below their headings."""
    places = [0, *range(*part)]
    rows = [Row(_linked(slide, table, at), round(table.heights[at] * EMU)) for at in places]
    tall = sum(table.heights[at] for at in places)
    columns = [round(wide * EMU) for wide in table.columns]
    drawn = Drawn(says, columns, rows, emu((*corner, sum(table.columns), tall)), round(table.size * 100))
    slide.shapes._spTree.append(parse_xml(render("slides/table.xml", table=drawn, number=next_id(slide))))


def _linked(slide: Slide, table: Laid, at: int) -> list[Cell]:
    """Return the cells of a row, the last of them as the link that it is."""
    cells = table.rows[at]
    if not at or not table.links or not table.links[at - 1]:
        return cells
    link = slide.part.relate_to(table.links[at - 1], RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    return [*cells[:-1], cells[-1]._replace(link=link)]


def cell(value: Value) -> Cell:
    """Return a value as a cell: what is not known is a dash, never a zero."""
    if value is None:
        return Cell(UNKNOWN, is_number=True)
    if isinstance(value, str):
        return Cell(value)
    return Cell(f"{value:,.0f}" if value == round(value) else f"{value:,.1f}", is_number=True)


def fitted(one: Cell, wide: float, size: float) -> Cell:
    """Return a cell, cut where it takes more lines than a row may have."""
    return one._replace(words=cut(one.words, wide - 2 * BESIDE, DEEPEST, size))


def row_height(cells: Sequence[Cell], columns: Sequence[float], size: float, face: str) -> float:
    """Return how tall a row is at most, in points."""
    tallest = max(height(one.words, wide - 2 * BESIDE, size, face) for one, wide in zip(cells, columns, strict=True))
    return max(tallest, size * LEAD) + 2 * ABOVE


def widths(rows: list[list[Cell]], room: float, size: float) -> list[float]:
    """Return the width of each column: as wide as its words ask for, the longest ones wrapped where there is no room for all."""
    free, columns = 2 * BESIDE + 1, list(zip(*rows, strict=True))
    least = [max(min(_word(one.words, size), WORD * size / SIZES[-1]) for one in column) + free for column in columns]
    asked = [
        max(low, min(max(width(one.words, size, "bold") for one in column[1:] or column) + free, WIDEST))
        for low, column in zip(least, columns, strict=True)
    ]
    if sum(least) >= room:
        return [wide * room / sum(least) for wide in least]
    if sum(asked) <= room:
        return [wide * room / sum(asked) for wide in asked] if sum(asked) > 0.6 * room else asked
    share = (room - sum(least)) / (sum(asked) - sum(least))
    return [low + (wide - low) * share for low, wide in zip(least, asked, strict=True)]


def _word(words: str, size: float) -> float:
    """Return how wide the longest word is."""
    return max((width(word, size, "bold") for word in words.split()), default=0.0)
