"""Which of our deals a row of another house's register is, and what the two say differently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import fuzz, process

from dashboard.gate.entry import Row
from dashboard.gate.mapping import YEAR
from dashboard.gate.register import SIDES, Item
from dashboard.tables import dates
from dashboard.tables.columns import Column
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.folding import words_of

SAME = 75  # of 100: from here on a row is taken for a deal of ours
ALIKE = 75  # of 100: words less alike than that have nothing in common but letters
WEIGHTS = {"parties": 35, "designation": 45, "years": 20}
ELSEWHERE = 0.9  # what a word of theirs counts that stands in our summary or among the bodies, not in our title
APART = 5  # years after which two dates are no longer near each other
DATES = ("start", "announced", "end")


class Deal:
    """One of our deals as rows of a register are compared with it."""

    def __init__(self, cells: Row) -> None:
        """Take the cells of its row, by their columns."""
        self.cells = cells
        self.sides = tuple(frozenset(cells[side].split(";")) for side in SIDES)

    @cached_property
    def titled(self) -> list[str]:
        """Return the folded words of its title."""
        return words_of(self.cells["title"])

    @cached_property
    def described(self) -> list[str]:
        """Return the folded words of its title, its summary and its bodies."""
        return words_of(" ".join(self.cells[name] for name in ("title", "summary", "supplier_org", "recipient_org")))

    @cached_property
    def years(self) -> range:
        """Return the years in which something of it is known to have taken place."""
        return _years(self.cells[name] for name in DATES)


class Match(NamedTuple):
    """A row of a register, the deal of ours that is most like it (None where no word is alike), and how like, of 100."""

    item: Item
    deal: Deal | None
    likeness: int

    @property
    def is_same(self) -> bool:
        """Say whether the row is taken for the deal."""
        return self.likeness >= SAME


class Difference(NamedTuple):
    """A column in which a row and our deal differ: what ours says ("" for a blank), and theirs."""

    column: str
    ours: str
    theirs: str


def deals(rows: Iterable[Row], dictionary: Dictionary) -> list[Deal]:
    """Return our deals of the trade family, with which rows of a trade register can be compared."""
    trade = set(dictionary.having("deals", "kind", "family", "trade"))
    return [Deal(row) for row in rows if row["kind"] in trade]


def matched(items: Iterable[Item], ours: Sequence[Deal]) -> list[Match]:
    """Return each row with the deal that is most like it; several rows may be parts of one deal."""
    return [_nearest(item, ours) for item in items]


def _nearest(item: Item, ours: Sequence[Deal]) -> Match:
    words = words_of(item.cells["title"])
    years = _years(item.cells.get(name, "") for name in (*DATES, YEAR))
    sides = [set(item.cells[side].split(";")) for side in SIDES]
    best = Match(item, None, 0)
    for deal in ours:
        parties = sum(bool(one & other) for one, other in zip(sides, deal.sides, strict=True)) / len(SIDES)
        if parties and (designation := _common(words, deal)):
            shares = {"parties": parties, "designation": designation, "years": _near(years, deal.years)}
            likeness = round(sum(WEIGHTS[name] * share for name, share in shares.items()))
            best = max(best, Match(item, deal, likeness), key=lambda match: match.likeness)
    return best


def _common(words: Sequence[str], deal: Deal) -> float:
    """Return how much of a designation is found among our words, from 0 to 1; longer words count more."""
    return max(_found(words, deal.titled), ELSEWHERE * _found(words, deal.described))


def _found(words: Sequence[str], among: Sequence[str]) -> float:
    closest = [process.extractOne(word, among, scorer=fuzz.ratio, score_cutoff=ALIKE) for word in words]
    found = sum(len(word) * close[1] for word, close in zip(words, closest, strict=True) if close)
    return found / (100 * sum(map(len, words))) if words else 0


def _years(cells: Iterable[str]) -> range:
    """Return the years from the first to the last of some dates; none where all are blank."""
    known = [dates.parse(cell) for cell in cells if cell]
    if not known:
        return range(0)
    return range(min(day.earliest for day in known).year, max(day.latest for day in known).year + 1)


def _near(one: range, other: range) -> float:
    """Return how near two spans of years are: 1 where they share one, 0 from some years apart, half where one is not known."""
    if not one or not other:
        return 0.5
    gap = max(one.start - other.stop, other.start - one.stop) + 1
    return max(0.0, 1 - max(gap, 0) / APART)


def differences(match: Match, columns: Mapping[str, Column]) -> Iterator[Difference]:
    """Yield the columns in which a row and the deal it is taken for differ, those that ours leaves blank too.

    What theirs leaves blank is no difference, nor is a date that may be ours, or a value within our range. Titles and
    units are words of each house, and are not compared.
    """
    if match.deal is None:
        return
    for name, theirs in match.item.cells.items():
        if name in columns and theirs and name not in ("title", "unit"):
            ours = match.deal.cells[name]
            if not ours or not _agree(columns[name].is_date, name, theirs, match.deal.cells):
                yield Difference(name, ours, theirs)


def _agree(is_date: bool, name: str, theirs: str, cells: Mapping[str, str]) -> bool:
    """Say whether a cell of theirs says what our row says."""
    ours = cells[name]
    if is_date:
        one, other = dates.parse(ours), dates.parse(theirs)
        return _overlap((one.earliest, one.latest), (other.earliest, other.latest))
    if name == "value_usd_m":
        low, high = (float(cells[f"value_{end}_usd_m"] or ours) for end in ("low", "high"))
        return low <= float(theirs) <= high
    return set(ours.split(";")) == set(theirs.split(";"))


def _overlap(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
