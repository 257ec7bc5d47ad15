"""What an edit changes, in plain sentences: what was added, corrected and withdrawn, and which totals moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from dashboard.gate.differences import Difference, Keys
from dashboard.questions.deals import total
from dashboard.tables.load import Tables
from dashboard.words import format_count, format_money

SHOWN = 60  # letters of a cell


def changed(found: Iterable[Difference], keys: Keys) -> Iterator[str]:
    """Yield a sentence on each row that was added or withdrawn, and on each cell that was corrected."""
    for (table, key), cells in groupby(found, key=lambda one: (one.table, one.key)):
        own = {one.column: one for one in cells}
        first = own.get(keys[table][0])
        if "" in own:
            yield f"{table}: the columns were {own[''].old or 'none'} and are {own[''].new or 'none'}."
        elif first and not first.old:
            yield f"{table}: {key} was added."
        elif first and not first.new:
            yield f"{table}: {key} was withdrawn."
        else:
            yield from (f"{table}: {key}: {_corrected(one)}." for one in own.values())


def _corrected(one: Difference) -> str:
    if not one.old:
        return f"{one.column} is now {_quoted(one.new)}, and was blank"
    return f"{one.column} was {_quoted(one.old)}, and is {_quoted(one.new) if one.new else 'blank'}"


def _quoted(cell: str) -> str:
    return f"“{cell}”" if len(cell) <= SHOWN else f"“{cell[:SHOWN]}…”"


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
