"""A briefing as one HTML file that needs no network: its pictures, tables, claims, statements and sources, and how to check them."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from dashboard.exports.plain import as_csv
from dashboard.pack.briefing import Briefing, Part
from dashboard.pack.held import resting
from dashboard.questions import rows as rows_in_view
from dashboard.questions.spreadsheet import shielded
from dashboard.style import sheet
from dashboard.style.ink import in_either_theme
from dashboard.tables.folding import fold
from dashboard.tables.load import Tables
from dashboard.templates import format_number, render
from dashboard.views.view import Cell, Picture, Rows, View

HERE = Path(__file__).parent
FONTS = HERE.parent.parent / "static" / "fonts"
PIECES = ("content", "tables", "pages", "keys", "print")  # of the style of the pages
FACES = {"Source Sans": "sans", "Source Serif": "serif"}
LONG = 100  # letters of a cell that needs room
AS_WORDS = {"value_usd_m", "origins"}  # what the rows of deals say in words as well
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Shown(NamedTuple):
    """A cell as the file shows it: its words, where sorting puts it (None: last), and the address it leads to, "" for none."""

    words: str
    place: int | None
    is_number: bool
    href: str

    @property
    def is_long(self) -> bool:
        """Say whether the cell needs room."""
        return len(self.words) > LONG


class Heading(NamedTuple):
    """The heading of a column, and whether figures stand below it."""

    words: str
    is_number: bool


class Table(NamedTuple):
    """A table as the file shows it; `anchor` is the id of the same table as CSV text."""

    anchor: str
    title: str
    headings: list[Heading]
    rows: list[list[Shown]]
    count: int


class Embedded(NamedTuple):
    """A table as CSV text in the file, with the name it is saved under and its SHA-256."""

    anchor: str
    file: str
    text: str
    sum: str


class Drawn(NamedTuple):
    """A view of the file: what it shows, a presenter's line, its pictures with their SVG, and its tables.

    `above` are tables of it whose rows stand in a view before: the id of each and its title.
    """

    view: View
    take_home: str
    pictures: list[tuple[Picture, Markup]]
    tables: list[Table]
    above: list[tuple[str, str]]


def webpage(tables: Tables, briefing: Briefing, today: date) -> bytes:
    """Return the file; the same briefing on the same day gives the same bytes."""
    held = [list(part.view.tables) for part in briefing.parts]
    held[-1] += resting(tables, briefing)
    first: dict[Any, str] = {}
    parts, embedded = [], []
    for number, (part, some) in enumerate(zip(briefing.parts, held, strict=True), start=1):
        named = [(f"table-{number}-{at}", rows) for at, rows in enumerate(some)]
        own = [(anchor, rows) for anchor, rows in named if first.setdefault(_same_rows(rows), anchor) == anchor]
        above = [(first[_same_rows(rows)], rows.title) for anchor, rows in named if first[_same_rows(rows)] != anchor]
        parts.append(_drawn(tables, part, own, above))
        embedded += [_embedded(tables, *one) for one in own]
    script = (HERE / "page.js").read_text(encoding="utf-8")
    whole = {tables.dictionary.path(name): _sum(as_csv(tables, name)) for name in tables.dictionary.tables}
    return render(
        "pack/page.html", tables=tables, to=None, title=briefing.title, day=today.isoformat(), parts=parts,
        embedded=embedded, whole=whole, sheet=_sheet(), script=script,
        script_sum=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    ).encode()  # fmt: skip


def _same_rows(rows: Rows) -> Any:
    """Return what two tables share that hold the same rows, in whatever order."""
    return rows.name, frozenset(rows.keys) if rows.keys and rows.name in rows_in_view.TABLES else rows.rows


def _drawn(tables: Tables, part: Part, own: list[tuple[str, Rows]], above: list[tuple[str, str]]) -> Drawn:
    pictures = [(picture, in_either_theme(picture.svg)) for picture in part.view.pictures]
    return Drawn(part.view, part.take_home, pictures, [_table(tables, *one) for one in own], above)


@cache
def _sheet() -> str:
    """Return the style of the file: the tokens, faces within it, what it shares with the pages, and its own."""
    faces = [
        f'@font-face {{ font-family: "{face}"; font-weight: 200 900; src: url(data:font/woff2;base64,{_in_base64(name)}) format("woff2"); }}'
        for face, name in FACES.items()
    ]
    return "\n".join([*faces, sheet(PIECES), (HERE / "page.css").read_text(encoding="utf-8")])


def _in_base64(face: str) -> str:
    return base64.b64encode((FONTS / f"{face}.woff2").read_bytes()).decode()


def _table(tables: Tables, anchor: str, rows: Rows) -> Table:
    """Return a table as it is shown: without the numbers that its words say too."""
    names = list(rows.headings)
    shown = [at for at, name in enumerate(names) if not (rows.name in rows_in_view.TABLES and name in AS_WORDS)]
    columns = [[row[at] for row in rows.rows] for at in shown]
    numbers = [
        names[at] != "year" and any(isinstance(cell, int | float) for cell in column)
        for at, column in zip(shown, columns, strict=True)
    ]
    placed = [_places(column) for column in columns]
    if rows.keys and rows.name in rows_in_view.TABLES:
        placed = _own_places(tables, rows, [names[at] for at in shown])
    hrefs = _addresses(tables, rows)
    cells = [
        [
            Shown(_words(column[line], names[shown[at]]), places[line], is_number, hrefs[line] if not at else "")
            for at, (column, places, is_number) in enumerate(zip(columns, placed, numbers, strict=True))
        ]
        for line in range(len(rows.rows))
    ]
    headings = [Heading(rows.headings[names[at]], is_number) for at, is_number in zip(shown, numbers, strict=True)]
    return Table(anchor, rows.title, headings, cells, rows.count)


def _words(cell: Cell, column: str) -> str:
    """Return what a cell of a column shows; a blank is not known or none, never zero."""
    if cell is None:
        return ""
    if column == "year" and not isinstance(cell, str):
        return f"{cell:.0f}"
    return cell if isinstance(cell, str) else format_number(int(cell) if cell == int(cell) else round(cell, 3))


def _places(column: Sequence[Cell]) -> list[int | None]:
    """Return where sorting puts each cell of a column: numbers by their size, words by their letters, blanks nowhere."""
    keys: list[Any] = [fold(cell) or None if isinstance(cell, str) else cell for cell in column]
    numbers = sorted({key for key in keys if isinstance(key, int | float)})
    order = {key: at for at, key in enumerate([*numbers, *sorted({key for key in keys if isinstance(key, str)})])}
    return [order.get(key) for key in keys]


def _own_places(tables: Tables, rows: Rows, names: list[str]) -> list[list[int | None]]:
    """Return the same for rows of our tables, whose dates go by their days and grades from the best."""
    noun = rows_in_view.TABLES[rows.name]
    frame = getattr(tables, noun).set_index(tables.dictionary.key(noun)[0], drop=False).loc[list(rows.keys)]
    said = rows_in_view.cells(tables, rows.name, frame)
    keys = rows_in_view.keys(tables, rows.name, frame, said)
    return [[None if place < 0 else place for place in rows_in_view.places(keys[name])] for name in names]


def _addresses(tables: Tables, rows: Rows) -> list[str]:
    """Return where each row of sources is published, "" where that is not known; nowhere for other rows."""
    if rows.name != "sources":
        return [""] * len(rows.rows)
    urls = dict(zip(tables.sources["source_id"], tables.sources["url"], strict=True))
    return [urls[key] for key in rows.keys]


def _embedded(tables: Tables, anchor: str, rows: Rows) -> Embedded:
    text = as_text(rows)
    file = f"{tables.package.name}-{tables.version}-{anchor.removeprefix('table-')}-{rows.name}.csv"
    return Embedded(anchor, file, text, _sum(text.encode()))


def as_text(rows: Rows) -> str:
    """Return a table as CSV text whose cells no spreadsheet runs, and which a browser gives back to the byte."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(rows.headings.values())
    writer.writerows(_safe(row) for row in rows.rows)
    return buffer.getvalue()


def _safe(row: Sequence[Cell]) -> Iterator[Cell]:
    for cell in row:
        yield shielded(CONTROL.sub(" ", cell)) if isinstance(cell, str) else cell


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
