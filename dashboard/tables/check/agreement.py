"""What must agree between dates and states of a row, and between the rows of the tables.

A rule looks only at cells that are right by themselves: a wrong cell is one fault, not several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from dashboard.tables.check import course, hosts, price_index, sourcing
from dashboard.tables.check.book import Book, book_of
from dashboard.tables.check.window import Window
from dashboard.tables.csvfile import TextTable
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.faults import Fault

RULES: list[tuple[tuple[str, ...], Callable[[Book], Iterator[Fault]]]] = [
    (("deals", "quotes", "sources"), sourcing.confirmed),
    (("deals", "sources"), sourcing.checked),
    (("sources",), sourcing.publishers),
    (("deals", "milestones"), course.long_before),
    (("deals", "places"), hosts.hosts),
]


def disagreements(
    tables: dict[str, TextTable], dictionary: Dictionary, faults: Iterable[Fault], window: Window
) -> list[Fault]:
    """Return the faults that lie between rows, those of single rows being known; tables without a column are left out."""
    book = book_of(tables, dictionary, faults)
    found = [fault for needed, rule in RULES if book.keys() >= set(needed) for fault in rule(book)]
    if "deals" in book:
        found += course.ended(book["deals"], dictionary.having("deals", "status", "open"))
    if book.keys() >= {"deals", "milestones"}:
        found += course.delivered(book, dictionary.having("milestones", "kind", "completes"))
    if "deflator" in book:
        found += price_index.disagreements(book["deflator"], window)
    return found
