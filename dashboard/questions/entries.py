"""What a search can find: deals, speakers, statements and more, each with its texts, what it is and how sure we are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pandas as pd

from dashboard.questions.hits import Entry, Hit, Mark, Row
from dashboard.questions.quotes import newest_first
from dashboard.questions.sources import count_uses
from dashboard.tables import dates
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from dashboard.words import format_count, opening, relation


class Kind(NamedTuple):
    """A sort of results: what one is called, what can be found of it, and how a row of it becomes a result.

    `lead` lets what readers look for most come before what fits a little better.
    """

    noun: str
    lead: float
    entries: Callable[[Tables], Iterator[Entry]]
    describe: Callable[[Tables, Row], Hit]


def every(tables: Tables) -> list[Entry]:
    """Return everything that can be found, kind after kind, newest first where it has a date."""
    return [entry for kind in KINDS.values() for entry in kind.entries(tables)]


def describe(tables: Tables, entry: Entry) -> Hit:
    """Return an entry as a result."""
    return KINDS[entry.kind].describe(tables, entry.row)


def _deals(tables: Tables) -> Iterator[Entry]:
    label, places = tables.dictionary.label, dict(zip(tables.places["place_id"], tables.places["name"], strict=True))
    steps = _grouped(records(tables.milestones), "deal_id")
    for row in records(tables.deals.sort_values("begins", ascending=False, na_position="last", kind="stable")):
        labels = [label("deals", name, row[name]) for name in ("domain", "kind", "status")]
        bodies = [row["supplier_org"], row["recipient_org"], places.get(row["place_id"], "")]
        doubt = [f"In doubt: {row['doubt']}"] if row["doubt"] else []
        events = [f"{dates.format_date(step['date'])}: {step['event']}" for step in steps.get(row["deal_id"], ())]
        text = " · ".join([row["summary"], *doubt, *events])
        parties = (*row["supplier"].split(";"), *row["recipient"].split(";"))
        names = " ".join([relation(row, tables.country_names), *bodies, *labels])
        yield Entry("deals", {**row, "text": text}, row["title"], names, text, parties)


def _deal(tables: Tables, row: Row) -> Hit:
    label = tables.dictionary.label
    kinds = [label("deals", name, row[name]) for name in ("domain", "kind")]
    span = dates.format_span(row["start"] or row["announced"], row["end"])
    sure = (
        Mark(label("deals", "status", row["status"], row["family"]), is_doubted=row["is_doubted"]),
        _credibility(tables, row["credibility"]),
        Mark(format_count(row["origins"], "independent origin")),
    )
    what = " · ".join([opening(relation(row, tables.sentence_names)), *kinds, span])
    return Hit(row["title"], what, sure, "deal", {"id": row["deal_id"]}, row["text"])


def _speakers(tables: Tables) -> Iterator[Entry]:
    label, said = tables.dictionary.label, _grouped(records(newest_first(tables.quotes)), "analyst")
    exact = tables.dictionary.having("quotes", "form", "exact")
    for name, rows in said.items():
        direct = sum(row["form"] in exact for row in rows)
        kinds = dict.fromkeys(label("quotes", "speaker_kind", row["speaker_kind"]) for row in rows)
        roles = dict.fromkeys(row["role"] for row in rows)
        lands = {row["country"]: tables.country_name(row["country"]) for row in rows if row["country"]}
        row = {**rows[0], "statements": len(rows), "direct": direct}
        yield Entry("speakers", row, name, " ".join([*roles, *kinds, *lands.values()]), "", tuple(lands))


def _speaker(tables: Tables, row: Row) -> Hit:
    parts = [row["role"], tables.country_name(row["country"]), format_count(row["statements"], "statement")]
    direct = Mark(f"{row['direct'] or 'none'} of {row['statements']} in direct words")
    own = {"analyst": row["analyst"]}
    return Hit(row["analyst"], " · ".join(filter(None, parts)), (direct,), "quotes", own)


def _statements(tables: Tables) -> Iterator[Entry]:
    for row in records(newest_first(tables.quotes)):
        labels = [tables.dictionary.label("quotes", name, row[name]) for name in ("form", "topic", "stance")]
        names = " ".join([row["role"], tables.country_name(row["country"]), *labels])
        yield Entry("statements", row, row["analyst"], names, row["text"], (row["country"],))


def _statement(tables: Tables, row: Row) -> Hit:
    form, topic, stance = (tables.dictionary.label("quotes", name, row[name]) for name in ("form", "topic", "stance"))
    own = {"statement": row["quote_id"]}
    is_exact = row["form"] in tables.dictionary.having("quotes", "form", "exact")
    title, what = f"{row['analyst']}, {dates.format_date(row['date'])}", f"{form} · {row['role']} · {stance} on {topic}"
    return Hit(title, what, (_credibility(tables, row["credibility"]),), "quotes", own, row["text"], is_exact)


def _publications(tables: Tables) -> Iterator[Entry]:
    newest = tables.sources.sort_values("published_earliest", ascending=False, na_position="last", kind="stable")
    for row in records(newest):
        kind, land = tables.dictionary.label("sources", "kind", row["kind"]), tables.country_name(row["country"])
        names = " ".join([row["publisher"], row["origin"], kind, land])
        yield Entry("publications", row, row["title"], names, "", (row["country"],))


def _publication(tables: Tables, row: Row) -> Hit:
    used = sum(count_uses(tables)[row["source_id"]].values())
    when = dates.format_date(row["published"]) if row["published"] else "date of publication not known"
    kind = tables.dictionary.label("sources", "kind", row["kind"])
    parts = [row["publisher"], when, tables.country_name(row["country"]), kind]
    grade = Mark(tables.dictionary.label("sources", "reliability", row["reliability"]), row["reliability"])
    sure = (grade, Mark(f"cited {format_count(used, 'time')}" if used else "not cited"))
    title = f"Described: {row['title'].strip('[]')}" if row["title"].startswith("[") else row["title"]
    return Hit(title, " · ".join(filter(None, parts)), sure, "sources", {"text": row["source_id"]})


def _places(tables: Tables) -> Iterator[Entry]:
    here = tables.deals["place_id"].value_counts()
    for row in records(tables.places):
        row["deals"] = int(here.get(row["place_id"], 0))
        yield Entry("places", row, row["name"], tables.country_name(row["country"]), "", (row["country"],))


def _place(tables: Tables, row: Row) -> Hit:
    known = Mark(f"known to the {tables.dictionary.label('places', 'precision', row['precision']).lower()}")
    what = f"{tables.country_name(row['country'])} · {format_count(row['deals'], 'deal')} here"
    return Hit(row["name"], what, (known,), "map", {"at": row["place_id"]})


def _questions(tables: Tables) -> Iterator[Entry]:
    titles = dict(zip(tables.deals["deal_id"], tables.deals["title"], strict=True))
    for row in records(tables.gaps):
        concerned = [titles[key] for key in row["deal_ids"].split(";") if key]
        names = " ".join([*concerned, tables.dictionary.label("gaps", "domain", row["domain"])])
        yield Entry("questions", row, row["question"], names, row["found"])


def _question(tables: Tables, row: Row) -> Hit:
    first = row["deal_ids"].partition(";")[0]
    what = f"Looked for and not found · {tables.dictionary.label('gaps', 'domain', row['domain'])}"
    page, own = ("deal", {"id": first}) if first else ("data", {"table": "gaps"})
    checked = Mark(f"last checked {dates.format_date(row['last_checked'])}")
    return Hit(row["question"], what, (checked,), page, own, row["found"])


def _columns(tables: Tables) -> Iterator[Entry]:
    for table, columns in tables.dictionary.tables.items():
        for column in columns.values():
            row = {"table": table, "column": column.name}
            names = " ".join([column.name, table, *column.choices.values()])
            yield Entry("columns", row, column.title, names, column.help)


def _column(tables: Tables, row: Row) -> Hit:
    column, cells = tables.dictionary.tables[row["table"]][row["column"]], getattr(tables, row["table"])[row["column"]]
    filled = Mark(f"filled in {int((cells.notna() & (cells.astype(str) != '')).sum()):,} of {len(cells):,} rows")
    what = f"Column {column.name} of {tables.dictionary.path(row['table'])}"
    return Hit(column.title, what, (filled,), "data", {"table": row["table"]}, column.help)


def _credibility(tables: Tables, value: object) -> Mark:
    if pd.isna(value):
        return Mark("opinion, not graded", "none")
    return Mark(tables.dictionary.label("deals", "credibility", value), str(value))


def _grouped(rows: list[dict[Any, Any]], column: str) -> dict[str, list[dict[Any, Any]]]:
    groups: dict[str, list[dict[Any, Any]]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups


KINDS = {
    "deals": Kind("deal", 1.5, _deals, _deal),
    "speakers": Kind("speaker", 1.5, _speakers, _speaker),
    "statements": Kind("statement", 0.0, _statements, _statement),
    "publications": Kind("publication", 0.0, _publications, _publication),
    "places": Kind("place", 1.0, _places, _place),
    "questions": Kind("open question", 0.0, _questions, _question),
    "columns": Kind("column", 0.0, _columns, _column),
}
