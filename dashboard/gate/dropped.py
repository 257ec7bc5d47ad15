"""Which table each file is that a maintainer drops, by its name or its headings; and what is not read at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import PurePath
from typing import NamedTuple

from dashboard.tables import csvfile, workbook
from dashboard.tables.csvfile import TextTable
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.faults import Fault
from dashboard.tables.files import CONFIRMED
from dashboard.tables.workbook import Sheet
from dashboard.tables.workbook.cells import table_of
from dashboard.tables.workbook.parcel import Refused

MOST_FILES, MOST_MB, MOST_ROWS = 10, 5, 20_000  # rows of a table
CONFIRMED_WORDS = PurePath(CONFIRMED).stem
# What a browser or a file manager adds to the name of a copy.
COPY = re.compile(r"(?:[ _-]*(?:\([0-9]+\)|copy|kopya|kopie))+$")


class Upload(NamedTuple):
    """A file as it was dropped."""

    name: str
    content: bytes


class Dropped(NamedTuple):
    """What was dropped: tables as text by their names, what keeps a file from being read, and what was passed over."""

    texts: dict[str, TextTable]
    faults: list[Fault]
    passed: list[str]


class Piece(NamedTuple):
    """A file or a sheet that may be a table: what it is called, its file to a maintainer, its first rows, and what reads it."""

    called: str
    file: str
    heads: list[str]
    read: Callable[[str], TextTable]


def read(uploads: Sequence[Upload], published: dict[str, TextTable], dictionary: Dictionary) -> Dropped:
    """Return what was dropped; nothing is unpacked or read that is more than the limits."""
    if len(uploads) > MOST_FILES:
        remedy = f"Drop {MOST_FILES} at most"
        return Dropped({}, [Fault("Files", 0, "", "", f"are too many: {len(uploads)} were dropped", remedy)], [])
    found = Dropped({}, [], [])
    for upload in uploads:
        try:
            for piece in _pieces(upload, published, dictionary):
                _take(piece, found, dictionary, is_sheet=piece.file != upload.name)
        except Refused as refused:
            found.faults.append(Fault(upload.name, 0, "", "", refused.problem, refused.remedy))
    return found


def _pieces(upload: Upload, published: dict[str, TextTable], dictionary: Dictionary) -> Iterator[Piece]:
    """Yield what may be a table; raises Refused where a file cannot be read."""
    name, content = upload
    if len(content) > MOST_MB * 10**6:
        problem = f"has {len(content) / 1e6:,.1f} MB, and {MOST_MB} are taken at most"
        raise Refused(problem, "Drop only the tables that you have changed")
    if not workbook.is_workbook(content):
        table = csvfile.parse(name, content)
        yield Piece(PurePath(name).stem, name, table.header, lambda _: table)
        return
    program, sheets = workbook.read(content)
    for sheet in sheets:
        heads = next((texts for row in sheet.rows if any(texts := [text.strip() for _, text in row])), [])
        file = f"{name}, sheet {sheet.name}"
        yield Piece(sheet.name, file, heads, partial(_of_sheet, file, sheet, program, published, dictionary))


def _of_sheet(
    file: str, sheet: Sheet, program: str, published: dict[str, TextTable], dictionary: Dictionary, name: str
) -> TextTable:
    return table_of(file, sheet, dictionary.tables[name], dictionary.key(name), program, published[name])


def _take(piece: Piece, found: Dropped, dictionary: Dictionary, *, is_sheet: bool) -> None:
    """Put a piece among the tables, or say why it is not there."""
    name = meant(piece.called, piece.heads, dictionary)
    if not name and is_sheet:
        found.passed.append(piece.file)
    elif not name:
        problem = "is not known as a table, by its name or by its headings"
        remedy = f"Call it {', '.join(dictionary.files.values())} or {CONFIRMED}"
        found.faults.append(Fault(piece.file, 0, "", "", problem, remedy))
    elif name in found.texts:
        problem = f"is a second file of the table {name}, beside {found.texts[name].file}"
        found.faults.append(Fault(piece.file, 0, "", "", problem, "Drop one of them"))
    elif len((table := piece.read(name)).rows) > MOST_ROWS:
        problem = f"has {len(table.rows):,} rows, and {MOST_ROWS:,} are taken at most"
        found.faults.append(Fault(piece.file, 0, "", "", problem, "Check it with “python -m dashboard check”"))
    else:
        found.texts[name] = table


def meant(called: str, heads: Sequence[str], dictionary: Dictionary) -> str:
    """Return the table that a name or, where it says nothing, headings stand for; "" where neither does."""
    bare = COPY.sub("", called.strip().casefold())
    if bare == CONFIRMED_WORDS:
        return bare
    for name, file in dictionary.files.items():
        if bare in (name, PurePath(file).stem, dictionary.resources[name]["title"].casefold()):
            return name
    given = {head.casefold() for head in heads}
    shares = {name: len(given & columns.keys()) / len(columns) for name, columns in dictionary.tables.items()}
    likely = max(shares, key=lambda name: shares[name])
    return likely if shares[likely] > 1 / 2 else ""
