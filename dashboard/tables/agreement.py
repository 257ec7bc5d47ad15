"""What must agree between dates and states of a row, and between the rows of the tables.

A rule looks only at cells that are right by themselves: a wrong cell is one fault, not several.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date

from dashboard.tables import dates, outlines, plausible
from dashboard.tables.csvfile import Fault, TextTable
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.plausible import Window
from dashboard.tables.rules import says_why

GOOD, BEST = (
    ("A", "B"),
    "A",
)  # grades of sources: of two origins that confirm each other, and of one that needs no other
DECADES = 20  # years; a step so long before its deal is known belongs to another deal or to another century


@dataclass(slots=True)  # not frozen, which takes three times as long to make for a million rows
class Row:
    """A row of a table: its file and line, its cells, where each column is, and the columns of cells with a fault."""

    file: str
    line: int
    cells: list[str]
    places: dict[str, int]
    wrong: Set[str]

    def __getitem__(self, column: str) -> str:
        """Return the cell of a column."""
        return self.cells[self.places[column]]

    def is_right(self, *columns: str) -> bool:
        """Say whether neither the row as a whole nor one of the columns named has a fault."""
        return not self.wrong or self.wrong.isdisjoint(("", *columns))

    def items(self, column: str) -> list[str]:
        """Return the items of a cell that lists several."""
        return [item.strip() for item in self[column].split(";") if item.strip()]

    def fault(self, column: str, problem: str, remedy: str) -> Fault:
        """Return a fault of one of the cells."""
        return Fault(self.file, self.line, column, self[column], problem, remedy)


Book = dict[str, list[Row]]  # by the names of the tables


def disagreements(
    tables: dict[str, TextTable], dictionary: Dictionary, faults: Iterable[Fault], window: Window
) -> list[Fault]:
    """Return the faults that lie between rows, those of single rows being known; tables without a column are left out."""
    wrong: dict[str, dict[int, set[str]]] = {table.file: defaultdict(set) for table in tables.values()}
    for fault in faults:
        if fault.file in wrong:
            wrong[fault.file][fault.line] |= set(fault.column.split(", "))
    book = {
        name: _rows(table, wrong[table.file])
        for name, table in tables.items()
        if dictionary.tables[name].keys() <= set(table.header)
    }
    rules = [rule for needed, rule in RULES if book.keys() >= set(needed)]
    found = [fault for rule in rules for fault in rule(book)]
    found += _ended(book.get("deals", []), dictionary.having("deals", "status", "open"))
    if book.keys() >= {"deals", "milestones"}:
        found += _delivered(book, dictionary.having("milestones", "kind", "completes"))
    return [*found, *_index(book.get("deflator", []), window)]


def _rows(table: TextTable, wrong: Mapping[int, set[str]]) -> list[Row]:
    places, right = {name: at for at, name in enumerate(table.header)}, frozenset[str]()
    return [
        Row(table.file, line, cells, places, wrong.get(line, right))
        for cells, line in zip(table.rows, table.lines, strict=True)
    ]


def _right(rows: Iterable[Row], key: str, *columns: str) -> dict[str, Row]:
    """Return the rows whose key and columns named are right, by their key."""
    return {row[key]: row for row in rows if row.is_right(key, *columns)}


def _cited(book: Book, table: str, column: str, *of_source: str) -> Iterator[tuple[Row, list[Row]]]:
    """Yield each row of a table with its sources, where the column named and those of all its sources are right."""
    sources = _right(book["sources"], "source_id", *of_source)
    for row in book[table]:
        keys = row.items("source_ids")
        if row.is_right(column, "source_ids") and sources.keys() >= set(keys):
            yield row, [sources[key] for key in keys]


def _confirmed(book: Book) -> Iterator[Fault]:
    """Yield what is graded as confirmed without the sources for it."""
    for table in ("deals", "quotes"):
        for row, sources in _cited(book, table, "credibility", "origin", "reliability"):
            good = sorted({source["origin"] for source in sources if source["reliability"] in GOOD})
            if row["credibility"] != "1" or len(good) > 1 or BEST in {source["reliability"] for source in sources}:
                continue
            needs = "takes two independent origins of reliability B or better, or one of A, but its sources have"
            remedy = "Grade it 2 or worse, or add a source of another origin"
            yield row.fault("credibility", f"{needs} {f'one, {good[0]}' if good else 'none'}", remedy)


def _checked(book: Book) -> Iterator[Fault]:
    """Yield deals that were last checked before a page that they rest on was published."""
    for row, sources in _cited(book, "deals", "last_checked", "published"):
        dated = [source for source in sources if source["published"]]
        latest = max(dated, key=lambda source: dates.parse(source["published"]).earliest, default=None)
        if latest and dates.parse(latest["published"]).earliest > date.fromisoformat(row["last_checked"]):
            problem = f"is before its source {latest['source_id']} was published, {latest['published']}"
            yield row.fault("last_checked", problem, "Write the day on which the row was checked with this source")


def _ended(deals: list[Row], still_open: tuple[str, ...]) -> Iterator[Fault]:
    """Yield deals whose end does not fit their start or their status."""
    for row in deals:
        start, end, status = row["start"], row["end"], row["status"]
        if end and row.is_right("end", "status") and status in still_open:
            remedy = "Blank the end, or give the status that it has since"
            yield row.fault("end", f"is given although the deal is {status}", remedy)
        elif start and end and row.is_right("start", "end") and dates.parse(end).latest < dates.parse(start).earliest:
            yield row.fault("end", f"is before the start, {start}", "Correct the start or the end")
        if status == "delivered" and not end and not says_why(row["doubt"], "End"):
            remedy = "Give the end, or say in doubt after “End:” why it is blank"
            yield row.fault("end", "is blank although the deal is delivered", remedy)


def _delivered(book: Book, completing: tuple[str, ...]) -> Iterator[Fault]:
    """Yield deals that are said to be delivered and have no step that says so."""
    if not all(step.is_right("deal_id") for step in book["milestones"]):
        return  # a step whose deal is misspelt may be the one
    over = {step["deal_id"] for step in book["milestones"] if step["kind"] in completing or not step.is_right("kind")}
    for row in book["deals"]:
        if row.is_right("deal_id", "status") and row["status"] == "delivered" and row["deal_id"] not in over:
            problem = f"has no milestone of a kind that completes it: {', '.join(completing)}"
            yield row.fault("status", problem, "Add the step to milestones.csv, or correct the status")


def _long_before(book: Book) -> Iterator[Fault]:
    """Yield steps that lie decades before all dates of their deal."""
    names = ("announced", "start", "end")
    deals = _right(book["deals"], "deal_id", *names)
    for step in book["milestones"]:
        deal = deals.get(step["deal_id"])
        known = [dates.parse(deal[name]).earliest for name in names if deal[name]] if deal else []
        if step.is_right("date") and known and dates.parse(step["date"]).latest.year < min(known).year - DECADES:
            problem = f"is more than {DECADES} years before {step['deal_id']} begins, {min(known).year}"
            yield step.fault("date", problem, "Correct the date of the step, or those of the deal")


def _publishers(book: Book) -> Iterator[Fault]:
    """Yield the sources whose publisher has another grade or kind in most of its rows."""
    rows = defaultdict(list)
    for row in book["sources"]:
        if row.is_right("publisher", "reliability", "kind"):
            rows[row["publisher"]].append(row)
    for publisher, own in rows.items():
        for column, word in (("reliability", "grade"), ("kind", "kind")):
            usual = Counter(row[column] for row in own).most_common(1)[0][0]
            other = next(row for row in own if row[column] == usual)
            for row in own:
                if row[column] != usual:
                    problem = f"is not the {word} that {publisher} has on line {other.line}, {usual}"
                    yield row.fault(column, problem, f"Give a publisher one {word} in all rows")


def _hosts(book: Book) -> Iterator[Fault]:
    """Yield exercises that were held by a party that is not named first."""
    places = _right(book["places"], "place_id", "country", "lat")
    for row in book["deals"]:
        place = places.get(row["place_id"])
        if row["kind"] != "exercise" or not place or not row.is_right("kind", "supplier", "recipient"):
            continue
        first, *others = [*row.items("supplier"), *row.items("recipient")]
        if place["country"] != first and place["country"] in others and not says_why(row["doubt"], "Host"):
            problem = f"begins with {first}, but {row['place_id']} is in {outlines.name(place['country'])}"
            remedy = f"Name the host first, {place['country']}, or say in doubt after “Host:” why not"
            yield row.fault("supplier", problem, remedy)


def _index(years: list[Row], window: Window) -> Iterator[Fault]:
    """Yield years whose price index does not fit those of the years around it, or cannot be known yet."""
    right = {int(row["year"]): row for row in years if row.is_right("year", "cpi_u")}
    index = {year: float(row["cpi_u"]) for year, row in right.items()}
    for year in plausible.misfits(index):
        fitting = plausible.with_point(index, year)
        meant = f"Did the decimal point get lost? {fitting} would fit" if fitting else "Correct it"
        near = [f"{other} ({right[other]['cpi_u']})" for other in (year - 1, year + 1) if other in right]
        beside = f" in {' and '.join(near)}" if near else ""
        yield right[year].fault("cpi_u", f"of {year} does not fit the index{beside or ' of the other years'}", meant)
    for year, row in right.items():
        if year >= window.last.year:
            yield row.fault("year", "is not over, so its average is not known", "Leave the year out until it is")


RULES: list[tuple[tuple[str, ...], Callable[[Book], Iterator[Fault]]]] = [
    (("deals", "quotes", "sources"), _confirmed),
    (("deals", "sources"), _checked),
    (("deals", "milestones"), _long_before),
    (("sources",), _publishers),
    (("deals", "places"), _hosts),
]
