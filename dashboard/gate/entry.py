"""What new rows do to the tables: where they stand, what is wrong with them there, and how they get into their file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from dashboard.gate import keys
from dashboard.gate.standing import find_faults
from dashboard.tables import check as checks
from dashboard.tables import csvfile, files, form, tidy
from dashboard.tables.check import wording
from dashboard.tables.columns import Column
from dashboard.tables.csvfile import TextTable
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.faults import Fault
from dashboard.tables.files import DataError

Row = dict[str, str]  # the cells of a row, by their columns
CHECKED = "last_checked"  # the column of the day on which a row was last compared with its sources


DEALS, STEPS, OWNER = "deals", "milestones", "deal_id"  # a deal may bring its steps, without which it may be refused


class New(NamedTuple):
    """A new row; one of deals may bring its steps."""

    row: Row
    steps: list[Row]


class Placed(NamedTuple):
    """Where a new row stands: its file, its line there and its key in words."""

    file: str
    line: int
    key: str


def as_json(new: New) -> str:
    """Return a new row as a file may give it."""
    steps: dict[str, object] = {STEPS: new.steps} if new.steps else {}
    return json.dumps({**new.row, **steps}, ensure_ascii=False)


@dataclass(frozen=True)
class Book:
    """All tables as text, by their names, with what describes them and the vague words that a maintainer confirmed."""

    texts: Mapping[str, TextTable]
    dictionary: Dictionary
    confirmed: TextTable

    @classmethod
    def read(cls, folder: Path) -> Book:
        """Return the tables of a folder; raises DataError with every fault that they have already."""
        texts, dictionary = files.read_texts(folder)
        if faults := find_faults(folder, texts, dictionary):
            raise DataError(faults)
        return cls(texts, dictionary, files.read_confirmed(folder))

    def faults(self) -> list[Fault]:
        """Return all that the check says of the tables."""
        texts = dict(self.texts)
        return [
            *checks.find_faults(texts, self.dictionary),
            *wording.find_unconfirmed(texts, self.dictionary, self.confirmed),
        ]

    def columns(self, table: str) -> dict[str, Column]:
        """Return the columns of a table, by their names."""
        return self.dictionary.tables[table]

    def key(self, table: str) -> str:
        """Return the one column whose cells identify the rows of a table, "" where it takes several columns."""
        key = self.dictionary.key(table)
        return key[0] if len(key) == 1 else ""

    def lines(self, table: str) -> dict[tuple[str, ...], int]:
        """Return the line of each row of a table, by the cells of its key."""
        cells = (self.texts[table].column(name) for name in self.dictionary.key(table))
        return dict(zip(zip(*cells, strict=True), self.texts[table].lines, strict=True))

    def content(self, table: str) -> bytes:
        """Return what the file of a table holds when it is in its form."""
        return form.ordered(self.texts[table], list(self.columns(table).values()), self.dictionary.key(table))

    def added(self, table: str, rows: Iterable[Row]) -> Book:
        """Return the tables with further rows at the end of one of them, the first on the line after the last."""
        old = self.texts[table]
        more = [[row.get(name, "") for name in old.header] for row in rows]
        last = max(old.lines, default=old.top)
        lines = [*old.lines, *range(last + 1, last + 1 + len(more))]
        return replace(self, texts={**self.texts, table: replace(old, rows=[*old.rows, *more], lines=lines)})

    def sorted(self, table: str) -> Book:
        """Return the tables with one in its form, so that its lines are those of the file that will be written."""
        read = csvfile.parse(self.texts[table].file, self.content(table))
        return replace(self, texts={**self.texts, table: read})

    def confirming(self, words: Iterable[tuple[str, ...]]) -> Book:
        """Return the tables with further words confirmed: table, key, column and word of each."""
        rows = [*self.confirmed.rows, *map(list, words)]
        header = self.confirmed.header
        content = form.ordered(replace(self.confirmed, rows=rows), [], header)
        return replace(self, confirmed=csvfile.parse(self.confirmed.file, content))

    def vague(self) -> list[tuple[str, ...]]:
        """Return the vague words that nobody has confirmed, as they would be confirmed."""
        given = set(map(tuple, self.confirmed.rows))
        return [entry for entry, _ in wording.words(self.texts, self.dictionary) if entry not in given]


def completed(book: Book, table: str, given: Iterable[New], today: str) -> list[New]:
    """Return new rows with what need not be asked: a key of their own, and today as the day of the last check.

    What a row has already stays; steps get the key of their deal. `today` is YYYY-MM-DD.
    """
    whole = []
    for new in given:
        row = {name: cell for name, cell in new.row.items() if cell}
        if CHECKED in book.columns(table):
            row.setdefault(CHECKED, today)
        if key := book.key(table):
            there = book.texts[table]
            row.setdefault(key, keys.proposed(table, row, there, there.column(key)))
        book = book.added(table, [row])
        whole.append(New(row, [{**step, OWNER: row[key]} for step in new.steps]))
    return whole


def place(folder: Path, table: str, rows: Iterable[New], confirms: bool = False) -> list[Placed]:
    """Write rows into their files, and return where each stands, in the order of the files.

    The files are read once more, since to answer all questions takes minutes. With `confirms`, vague words in the rows are
    confirmed. Raises DataError with every fault of the tables as they would be, and then nothing is written.
    """
    rows, old = list(rows), Book.read(folder)
    more = {table: [new.row for new in rows]}
    if steps := [step for new in rows for step in new.steps]:
        more[STEPS] = steps
    new = old
    for name, own in more.items():
        new = new.added(name, own).sorted(name)
    if confirms:
        new = new.confirming(new.vague())
    if faults := new.faults():
        raise DataError(faults)
    for name in more:
        tidy.put(folder / new.texts[name].file, new.content(name))
    if new.confirmed.rows != old.confirmed.rows:
        tidy.put(folder / new.confirmed.file, form.ordered(new.confirmed, [], new.confirmed.header))
    return [
        Placed(new.texts[name].file, line, ", ".join(key))
        for name in more
        for key, line in new.lines(name).items()
        if key not in old.lines(name)
    ]
