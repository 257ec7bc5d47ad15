"""What is written on the slides of a briefing besides its pictures: sentences, tables, claims, sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from dashboard.citation import UNDATED
from dashboard.pack import held
from dashboard.pack.briefing import Briefing, Part, is_of_one
from dashboard.pack.slides.grid import Table
from dashboard.questions import rows as wanted
from dashboard.questions.ledger import Side
from dashboard.tables import dates
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from dashboard.views.view import Claim, Rows, Statement, View
from dashboard.words import format_count, listed

MOST, SOURCES = 60, 36  # rows of a table, sources


def about(tables: Tables, briefing: Briefing, today: date) -> list[str]:
    """Return what the first slide says: the finding, what is in view, of which version and day, from which address."""
    view = briefing.parts[0].view
    alone = len(briefing.parts) == 1
    said = [view.title, view.finding, reach(view)] if alone else [counted(briefing)]
    first = [line for line in dict.fromkeys(said) if line != briefing.title]
    version = f"{tables.package.title}. Version {tables.version}, seen on {dates.format_date(today.isoformat())}."
    where = f"This view: /{view.page}{'?' * bool(view.query)}{view.query}" if alone else ""
    return [*filter(None, [*first, *view.left_out * alone, version, where])]


def reach(view: View) -> str:
    """Return how much is in view and by which filters, in words; of one deal, which no filter touches, what it is called."""
    if is_of_one(view):
        return view.finding
    return " · ".join([view.counted, *(view.filters or ("no filter set",))])


def counted(briefing: Briefing) -> str:
    """Return how many views a deck has."""
    return format_count(len(briefing.parts), "view")


def sentences(view: View) -> list[str]:
    """Return what a view says below its finding: what comes next, what must be read with the figures, what was left out."""
    said = [*view.lead, *view.notes, *view.left_out]
    return said or [
        f"{view.counted} in view." if view.count else "Nothing fits these filters. Clear a filter to see more."
    ]


def tables(tables: Tables, view: View) -> Iterator[tuple[str, Table]]:
    """Yield the tables of a view with their titles: its own, its statements and its claims where no table has them."""
    for given in view.tables:
        if given.rows and given.name != "sources":
            yield _titled(given), _plain(tables, given)
    if view.claims:
        yield (
            f"{format_count(len(view.claims), 'contested deal')}: who claims, who denies",
            _claims(tables, view.claims),
        )
    if view.statements and not any(given.name == "statements" for given in view.tables):
        yield f"{format_count(len(view.statements), 'statement')}: who said what", _statements(tables, view.statements)


def instead(tables: Tables, part: Part) -> tuple[str, Table] | None:
    """Return what a slide without a picture shows, with its title: the table of its own, or what is said; None for neither."""
    if part.rows:
        return _titled(part.rows), _plain(tables, part.rows)
    said = part.view.statements
    return (f"{format_count(len(said), 'statement')}: who said what", _statements(tables, said)) if said else None


def _titled(given: Rows) -> str:
    """Return the title of a table, which says where it is only the first rows of a longer one."""
    shown = min(len(given.rows), MOST)
    return given.title if shown == given.count else f"{given.title}: the first {shown:,} of {given.count:,}"


def _plain(tables: Tables, given: Rows) -> Table:
    """Return a table without the numbers that its words say already, and without columns that say nothing."""
    names = list(given.headings)
    if given.name in wanted.TABLES:
        names = [name for name in wanted.headings(tables, given.name) if name in given.headings]
    places = {name: at for at, name in enumerate(given.headings)}
    kept = given.rows[:MOST]
    names = [name for name in names if any(row[places[name]] not in ("", None) for row in kept)]
    cells = [[row[places[name]] for name in names] for row in kept]
    if "source_ids" in names:
        at, publishers = names.index("source_ids"), tables.sources.set_index("source_id")["publisher"]
        for row in cells:
            row[at] = "; ".join(dict.fromkeys(publishers[key] for key in str(row[at] or "").split(";") if key))
    return Table([given.headings[name] for name in names], cells)


def _claims(tables: Tables, claims: tuple[Claim, ...]) -> Table:
    """Return contested deals with who stands on which side, side by side."""
    made = []
    for claim in claims:
        sides = {side.name: side for side in claim.entry.sides}
        status = tables.dictionary.label("deals", "status", claim.row["status"])
        made.append([claim.row["title"], f"{status}. {claim.group}", _side(sides["asserts"]), _side(sides["denies"])])
    return Table(["Deal", "How it stands", "Who claims it", "Who denies it"], made)


def _side(side: Side) -> str:
    """Return who speaks for a side; where nobody does, which publications carry it."""
    speakers = [f"{row['analyst']}, {dates.format_date(row['date'])}" for row, _ in side.statements]
    carried = [f"reported by {listed(dict.fromkeys(row['publisher'] for row in side.sources))}"] if side.sources else []
    origins = [format_count(side.origins, "independent origin")] if side.origins else []
    return "; ".join([*speakers, *carried, *origins]) or "nobody on record"


def _statements(tables: Tables, statements: tuple[Statement, ...]) -> Table:
    """Return statements with who said them and where: direct words in quotation marks, paraphrase marked as such."""
    exact = set(tables.dictionary.having("quotes", "form", "exact"))
    made, links = [], []
    for row, sources, _ in statements:
        is_exact = row["form"] in exact
        form = tables.dictionary.label("quotes", "form", row["form"])
        said = f"“{row['text']}”" if is_exact else row["text"]
        made.append([f"{row['analyst']}, {dates.format_date(row['date'])}", form, said, _where(sources)])
        links.append(next((source["url"] for source in sources if source["url"]), ""))
    return Table(["Who and when", "Form", "What was said", "Where"], made, links)


def _where(sources: list[dict[str, Any]]) -> str:
    return "; ".join(f"{source['publisher']} ({source['reliability']})" for source in sources) or "no source"


def sources(tables: Tables, briefing: Briefing) -> tuple[str, Table]:
    """Return the sources that all views rest on, the best first, with their grades and addresses."""
    every = held.sources(tables, briefing)
    labels = tables.dictionary.choices("sources", "reliability")
    kept = records(every.head(SOURCES))
    made = [
        [f"{row['reliability']}  {labels[row['reliability']]}", _cited(row), row["url"] or "no public address"]
        for row in kept
    ]
    title = f"What this rests on: {format_count(len(every), 'source')}"
    title += (
        f", of which the {len(kept):,} best graded are listed" if len(kept) < len(every) else ", the best graded first"
    )
    return title, Table(["Grade", "Publisher, title, date", "Address"], made, [str(row["url"]) for row in kept])


def _cited(row: Mapping[str, Any]) -> str:
    when = dates.format_date(row["published"]) if row["published"] else UNDATED
    return f"{row['publisher']}, {row['title']}, {when}"
