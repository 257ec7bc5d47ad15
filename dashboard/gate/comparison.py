"""What is found when another house's register is laid beside our deals, and the sentences that say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from dashboard.gate import mapping, matching, register
from dashboard.gate.entry import Book
from dashboard.gate.matching import Difference, Match
from dashboard.gate.register import SIDES, Item, Reading


class Comparison(NamedTuple):
    """Our tables, what was read of a register, and of each of its rows our deal that is most like it."""

    book: Book
    reading: Reading
    matches: list[Match]

    @property
    def candidates(self) -> list[Item]:
        """Return the rows that are none of our deals."""
        return [match.item for match in self.matches if not match.is_same]


def compare(path: Path, folder: Path, said: Path | None = None) -> Comparison:
    """Return what a register at a path has beside the deals in a folder; `said` is its mapping file, None for a known one.

    Raises DataError where the tables have faults, or the register or the mapping cannot be read as a whole.
    """
    book = Book.read(folder)
    countries, deals = book.texts["countries"], book.texts["deals"]
    states = dict(zip(countries.column("country"), countries.column("name"), strict=True))
    registers = [mapping.read(said, book.dictionary, states)] if said else mapping.known(book.dictionary)
    reading = register.read(path, registers, book.columns("deals"), states)
    rows = (dict(zip(deals.header, row, strict=True)) for row in deals.rows)
    return Comparison(book, reading, matching.matched(reading.items, matching.deals(rows, book.dictionary)))


def sentences(file: str, found: Comparison) -> Iterator[str]:
    """Yield what was read, then agreements, differences and candidates, each a line, and what was left out."""
    reading, columns = found.reading, found.book.columns("deals")
    rows = _rows(len(reading.items))
    page = f", read as {reading.page}" if reading.page else ""
    yield f"{file}: {reading.register.name}, headings on line {reading.top}, {rows} about our states{page}."
    same = [(match, list(matching.differences(match, columns))) for match in found.matches if match.is_same]
    agreed = [_same(match) for match, differing in same if not differing]
    differ = [f"{_same(match)}: {_words(differing)}" for match, differing in same if differing]
    new = [_candidate(match) for match in found.matches if not match.is_same]
    for heading, lines in (("Agreements", agreed), ("Differences", differ), ("Candidates", new)):
        yield f"{heading}: {len(lines):,}"
        yield from (f"  {line}" for line in lines)
    if reading.left_out:
        left = _rows(reading.left_out.total())
        yield f"Left out: {left} about states that are not in countries.csv ({', '.join(sorted(reading.left_out))})."


def _rows(number: int) -> str:
    """Return a number of rows in words; what the pages say them with brings pandas, which takes a second."""
    return f"{number:,} row{'s' * (number != 1)}"


def _named(match: Match) -> str:
    cells = match.item.cells
    supplier, recipient = (cells[side].replace(";", " and ") for side in SIDES)
    year = next((f", {cells[name][:4]}" for name in ("start", "announced", "year", "end") if cells.get(name)), "")
    return f"line {match.item.line}, “{cells['title']}”, {supplier} to {recipient}{year}"


def _same(match: Match) -> str:
    return f"{_named(match)} is {_nearest(match)}"


def _candidate(match: Match) -> str:
    return _named(match) + (f"; most like {_nearest(match)}" if match.deal else "; none of ours is like it")


def _nearest(match: Match) -> str:
    return f"{match.deal.cells['deal_id']} ({match.likeness} of 100)" if match.deal else ""


def _words(differing: Iterable[Difference]) -> str:
    """Return in words what each side says of the columns that differ."""
    return "; ".join(f"{one.column} is {one.ours or 'blank'} here and {one.theirs} there" for one in differing)
