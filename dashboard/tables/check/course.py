"""Which deals have dates, a status or steps that do not agree."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.tables import dates
from dashboard.tables.check.book import Book, Sheet
from dashboard.tables.check.row_rules import says_why
from dashboard.tables.faults import Fault

DECADES = 20  # years; a step so long before its deal is known belongs to another deal or to another century


def ended(deals: Sheet, still_open: tuple[str, ...]) -> Iterator[Fault]:
    """Yield deals whose end does not fit their start or their status."""
    cells = zip(deals["start"], deals["end"], deals["status"], deals["doubt"], strict=True)
    for row, (start, end, status, doubt) in enumerate(cells):
        if end and status in still_open and deals.is_right(row, "end", "status"):
            remedy = "Blank the end, or give the status that it has since"
            yield deals.fault(row, "end", f"is given although the deal is {status}", remedy)
        elif start and end and deals.is_right(row, "start", "end") and _is_before(end, start):
            yield deals.fault(row, "end", f"is before the start, {start}", "Correct the start or the end")
        if status == "delivered" and not end and not says_why(doubt, "End"):
            remedy = "Give the end, or say in doubt after “End:” why it is blank"
            yield deals.fault(row, "end", "is blank although the deal is delivered", remedy)


def _is_before(one: str, other: str) -> bool:
    return dates.parse(one).latest < dates.parse(other).earliest


def delivered(book: Book, completing: tuple[str, ...]) -> Iterator[Fault]:
    """Yield deals that are said to be delivered and have no step that says so."""
    deals, steps = book["deals"], book["milestones"]
    every = range(len(steps.lines))
    if len(steps.right("deal_id")) < len(every):
        return  # a step whose deal is misspelt may be the one
    kinds, keys = steps["kind"], steps["deal_id"]
    over = {keys[step] for step in every if kinds[step] in completing or not steps.is_right(step, "kind")}
    for row in deals.right("deal_id", "status"):
        if deals["status"][row] == "delivered" and deals["deal_id"][row] not in over:
            problem = f"has no milestone of a kind that completes it: {', '.join(completing)}"
            yield deals.fault(row, "status", problem, "Add the step to milestones.csv, or correct the status")


def long_before(book: Book) -> Iterator[Fault]:
    """Yield steps that lie decades before all dates of their deal."""
    deals, steps = book["deals"], book["milestones"]
    names = ("announced", "start", "end")
    columns = [deals[name] for name in names]
    earliest = {
        key: min(years)
        for key, row in deals.by_key("deal_id", *names).items()
        if (years := [_year(column[row]) for column in columns if column[row]])
    }
    keys, days = steps["deal_id"], steps["date"]
    for step in steps.right("date"):
        if (first := earliest.get(keys[step])) and _year(days[step]) < first - DECADES:
            problem = f"is more than {DECADES} years before {keys[step]} begins, {first}"
            yield steps.fault(step, "date", problem, "Correct the date of the step, or those of the deal")


def _year(day: str) -> int:
    """Return the year of a date that is right."""
    return int(day[:4])
