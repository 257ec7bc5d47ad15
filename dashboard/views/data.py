"""What `/data` shows: the rows of one table that are asked for, and the state of all of them."""

from __future__ import annotations

from datetime import date

from dashboard.address import Asked
from dashboard.questions import health, whole
from dashboard.tables import dates
from dashboard.tables.load import Tables
from dashboard.views.common import MOST
from dashboard.views.view import Rows, Shown


def shown(tables: Tables, asked: Asked, _: date) -> Shown:
    """Return the view of a table; the shared filters do not act on it."""
    want = asked.rows
    rows, columns = whole.found(tables, want), tables.dictionary.tables[want.table]
    cells = whole.cells(tables, want.table, rows.head(MOST))
    title = "; ".join([tables.dictionary.resources[want.table]["title"], *whole.in_words(tables, want)])
    named = {name: entry["title"] for name, entry in tables.dictionary.resources.items()}
    tallied = tuple((named[name], count) for name, count in counts(tables).items())
    figures = tuple((one.words, one.count, one.whole or None) for one in health.figures(tables))
    return Shown(
        finding=finding(tables), count=len(rows), whole=len(getattr(tables, want.table)), noun="rows",
        lead=(f"{version_words(tables)}.", license_words(tables)), notes=tuple(whole.unanswered(tables, want)),
        tables=(
            Rows(want.table, title, {name: column.title for name, column in columns.items()}, tuple(map(tuple, cells)), len(rows)),
            Rows("tables", "The tables", {"table": "Table", "rows": "Rows"}, tallied, len(tallied)),
            Rows("health", "The health of the data", {"words": "What", "count": "Rows", "whole": "Of"}, figures, len(figures)),
        ),
    )  # fmt: skip


def finding(tables: Tables) -> str:
    """Return the page's one sentence, computed from the tables."""
    rows = counts(tables)
    open_questions = f"{rows['gaps']:,} questions have" if rows["gaps"] != 1 else "1 question has"
    state = f"are those of version {tables.version}" if tables.is_former else "have no fault"
    return f"{sum(rows.values()):,} rows in {len(rows)} tables {state}. {open_questions} no answer yet."


def counts(tables: Tables) -> dict[str, int]:
    """Return how many rows each table has."""
    return {name: len(getattr(tables, name)) for name in tables.dictionary.tables}


def license_words(tables: Tables) -> str:
    """Return what the tables are about and their licence, as the data package says it."""
    return f"{tables.package.title}. Licence: {', '.join(tables.package.licences)}."


def version_words(tables: Tables) -> str:
    """Return which version this is, and of which day where the data package names one."""
    day = f" of {dates.format_date(tables.package.day)}" if tables.package.day else ""
    return f"Version {tables.version}{day}{', with later edits' if tables.is_edited else ''}"
