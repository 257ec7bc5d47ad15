"""Which rows say of their own certainty what the sources that they cite do not bear out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from dashboard.tables import dates
from dashboard.tables.check.book import Book, cited
from dashboard.tables.faults import Fault

# Grades of sources: of two origins that confirm each other, and of one that needs no other.
GOOD, BEST = ("A", "B"), "A"


def confirmed(book: Book) -> Iterator[Fault]:
    """Yield what is graded as confirmed without the sources for it."""
    origins, grades = book["sources"]["origin"], book["sources"]["reliability"]
    for table in ("deals", "quotes"):
        sheet = book[table]
        rows = [row for row in sheet.right("credibility", "source_ids") if sheet["credibility"][row] == "1"]
        for row, sources in cited(book, table, rows, "origin", "reliability"):
            good = sorted({origins[source] for source in sources if grades[source] in GOOD})
            if len(good) < 2 and BEST not in {grades[source] for source in sources}:
                needs = "takes two independent origins of reliability B or better, or one of A, but its sources have"
                remedy = "Grade it 2 or worse, or add a source of another origin"
                yield sheet.fault(row, "credibility", f"{needs} {f'one, {good[0]}' if good else 'none'}", remedy)


def checked(book: Book) -> Iterator[Fault]:
    """Yield deals that were last checked before a page that they rest on was published."""
    deals, keys, published = book["deals"], book["sources"]["source_id"], book["sources"]["published"]
    last_checked = deals["last_checked"]
    for row, sources in cited(book, "deals", deals.right("last_checked", "source_ids"), "published"):
        # A date whose text does not come after that of a day does not begin after it either; so it is with almost all.
        late = [source for source in sources if published[source] > last_checked[row]]
        days = {source: dates.parse(published[source]).earliest for source in late}
        latest = max(days, key=days.__getitem__, default=None)
        if latest is not None and days[latest] > date.fromisoformat(last_checked[row]):
            problem = f"is before its source {keys[latest]} was published, {published[latest]}"
            yield deals.fault(
                row, "last_checked", problem, "Write the day on which the row was checked with this source"
            )


def publishers(book: Book) -> Iterator[Fault]:
    """Yield the sources whose publisher has another grade or kind in most of its rows."""
    sources = book["sources"]
    names, rows = sources["publisher"], sources.right("publisher", "reliability", "kind")
    for column, word in (("reliability", "grade"), ("kind", "kind")):
        cells = sources[column]
        counts = Counter(zip(map(names.__getitem__, rows), map(cells.__getitem__, rows), strict=True))
        if len({name for name, _ in counts}) == len(counts):
            continue
        usual = {name: cell for (name, cell), _ in reversed(counts.most_common())}
        for row in rows:
            meant = usual[names[row]]
            if cells[row] != meant:
                other = next(row_ for row_ in rows if (names[row_], cells[row_]) == (names[row], meant))
                problem = f"is not the {word} that {names[row]} has on line {sources.lines[other]}, {meant}"
                yield sources.fault(row, column, problem, f"Give a publisher one {word} in all rows")
