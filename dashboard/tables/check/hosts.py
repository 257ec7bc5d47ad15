"""Which exercises name another than their host first."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.tables.check import outlines
from dashboard.tables.check.book import Book, items
from dashboard.tables.check.row_rules import says_why
from dashboard.tables.faults import Fault


def hosts(book: Book) -> Iterator[Fault]:
    """Yield exercises that were held by a party that is not named first."""
    deals, lands = book["deals"], book["places"]["country"]
    places = book["places"].by_key("place_id", "country", "lat")
    for row in deals.right("kind", "supplier", "recipient"):
        place = deals["place_id"][row]
        if deals["kind"][row] != "exercise" or place not in places:
            continue
        first, *others = [*items(deals["supplier"][row]), *items(deals["recipient"][row])]
        host = lands[places[place]]
        if host != first and host in others and not says_why(deals["doubt"][row], "Host"):
            problem = f"begins with {first}, but {place} is in {outlines.name(host)}"
            remedy = f"Name the host first, {host}, or say in doubt after “Host:” why not"
            yield deals.fault(row, "supplier", problem, remedy)
