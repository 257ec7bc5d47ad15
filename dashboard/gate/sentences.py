"""What an edit changes, in plain sentences: what was added, corrected and withdrawn, and which totals moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, takewhile
from pathlib import Path

from dashboard.gate.differences import Difference, Keys, differences
from dashboard.questions.deals import total
from dashboard.tables import files
from dashboard.tables.files import DataError
from dashboard.tables.load import Tables, load
from dashboard.words import format_count, format_money

SHOWN = 60  # letters of a cell


def compared(before: Path, after: Path) -> list[str]:
    """Return all sentences on what differs between the tables of two folders, none where nothing does.

    Raises DataError where those of today have faults or the former ones cannot be read: a row may be meant that is not
    understood.
    """
    now, keys = load(after), files.read_texts(after)[1].keys
    sentences = [*changed(differences(files.read_texts(before)[0], files.read_texts(after)[0], keys), keys)]
    try:
        return [*sentences, *(moved(load(before), now) if sentences else ())]
    except DataError:
        return [*sentences, "The former tables do not keep today's rules, so their totals are not compared."]


def changed(found: Iterable[Difference], keys: Keys) -> Iterator[str]:
    """Yield a sentence on each column or row that was added or withdrawn, and on each cell that was corrected.

    Takes differences that are together by their tables and rows; of what is new or gone not each cell is named.
    """
    for table, every in groupby(found, key=lambda one: one.table):
        other: set[str] = set()  # columns that only one of the states has
        for key, cells in groupby(every, key=lambda one: one.key):
            own = {one.column: one for one in cells}
            if "" in own:
                other, said = _columns(own[""])
                yield from (f"{table}: {words}." for words in said)
            else:
                yield from (f"{table}: {key}{words}." for words in _of_row(own, keys[table][0], other))


def _columns(one: Difference) -> tuple[set[str], list[str]]:
    """Return the columns that only one of two states has, and what is said of the columns."""
    was, now = (list(filter(None, names.split(","))) for names in (one.old, one.new))
    if not was or not now:
        return set(), [f"the table {'is new' if now else 'is gone'}"]
    said = [f"the column {name} is new" for name in now if name not in was]
    said += [f"the column {name} is gone" for name in was if name not in now]
    return set(was) ^ set(now), said or ["the columns are in another order"]


def _of_row(own: dict[str, Difference], first: str, other: set[str]) -> Iterator[str]:
    """Yield what is said of one row, of which these cells differ; `first` begins its key."""
    if first in own and not own[first].old:
        yield " was added"
    elif first in own and not own[first].new:
        yield " was withdrawn"
    else:
        yield from (f": {_corrected(one)}" for one in own.values() if one.column not in other)


def _corrected(one: Difference) -> str:
    old, new = excerpts(one.old, one.new)
    if not one.old:
        return f"{one.column} is now {new}, and was blank"
    return f"{one.column} was {old}, and is {new if one.new else 'blank'}"


def excerpts(old: str, new: str) -> tuple[str, str]:
    """Return two texts in quotation marks, of long ones the part in which they begin to differ."""
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    return _quoted(old, start), _quoted(new, start)


def _quoted(cell: str, start: int) -> str:
    """Return a cell in quotation marks, of a long one the part in which it begins to differ."""
    begin = max(0, min(start - SHOWN // 3, len(cell) - SHOWN))
    return f"“{'…' * (begin > 0)}{cell[begin : begin + SHOWN]}{'…' * (begin + SHOWN < len(cell))}”"


def moved(old: Tables, new: Tables) -> Iterator[str]:
    """Yield a sentence on each total that is another than it was: of all deals, then of each domain."""
    for name, was, now in _sums(old, new):
        if was != now:
            yield f"{name} went from {was} to {now}."


def _sums(old: Tables, new: Tables) -> Iterator[tuple[str, str, str]]:
    domains = {"": "all deals", **new.dictionary.choices("deals", "domain")}
    for domain, label in domains.items():
        pair = [_in_words(tables, domain) for tables in (old, new)]
        for name in pair[0]:
            yield f"{name} of {label if not domain else f'the domain {label}'}", pair[0][name], pair[1][name]


def _in_words(tables: Tables, domain: str) -> dict[str, str]:
    """Return the totals of a domain in words, of all deals for ""."""
    deals = tables.deals[tables.deals["domain"] == domain] if domain else tables.deals
    sums = total(deals, list(tables.dictionary.choices("deals", "value_basis")))
    money = tables.package.currency
    return {
        "The disclosed value": format_money(sums.disclosed, money) if sums.priced else "none",
        "The number": format_count(len(deals), "deal"),
        "The trade without a public value": format_count(sums.unpriced, "deal"),
    }
