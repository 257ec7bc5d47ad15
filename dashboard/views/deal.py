"""What `/deal` shows: everything known of one deal, who says so, what is in doubt and what was not found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd

from dashboard.address import Asked
from dashboard.charts.map.account import VIEWPOINT, map_words
from dashboard.charts.map.flat import flat_map
from dashboard.charts.map.scene import Look, composed
from dashboard.charts.timeline import still
from dashboard.charts.timeline.steps import laid, steps
from dashboard.charts.timeline.timetable import timetable
from dashboard.questions import dossier, evidence, flows, ledger
from dashboard.questions.deals import select
from dashboard.questions.facts import facts
from dashboard.style.tokens import LIGHT
from dashboard.tables import dates
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from dashboard.views.common import cited, claims, sourced, statements, taken
from dashboard.views.glances import fitted
from dashboard.views.view import Picture, Rows, Shown
from dashboard.words import format_count, opening, relation

LATEST = 12
NAMED = 80  # letters of a key that is not known
UNNAMED = "No deal is named in this address."
# On a page: one word on one of the lines, for all of them are in one domain.
ON_PAGE = Look(width=540, height=310, narrow=340, words=1)
FILED = Look(width=720, height=400, words=1, theme=LIGHT, key=True, viewpoint=True)


def shown(tables: Tables, asked: Asked, today: date) -> Shown:
    """Return the view of the deal that the address names, or of those that are near where there is none."""
    view = select(tables, asked.selection)
    found = tables.deals[tables.deals["deal_id"] == asked.one("id")]
    if len(found):
        return _of_one(tables, view, found, today)
    wanted = asked.lost.get("id", ("",))[0][:NAMED]
    near = dossier.near(tables, wanted)
    title, others = (
        ("Nearest in name", near) if len(near) else ("The latest deals in view", dossier.latest(view, LATEST))
    )
    return Shown(
        finding=unknown(wanted) if wanted else UNNAMED, count=len(view), whole=len(tables.deals), tables=(taken(tables, "deals", others, title=title),)
    )  # fmt: skip


def unknown(wanted: str) -> str:
    """Return that there is no such deal."""
    return f"There is no deal “{wanted}”."


def _of_one(tables: Tables, view: pd.DataFrame, one: pd.DataFrame, today: date) -> Shown:
    """Return the view of a deal, the one row of `tables.deals`."""
    deal, said = one.iloc[0], one_sided(tables, one.iloc[0]["deal_id"])
    label = tables.dictionary.label
    status = label("deals", "status", deal["status"], deal["family"])
    marks = [status, label("deals", "domain", deal["domain"]), label("deals", "kind", deal["kind"])]
    held = ledger.contested(tables, one)
    positions = ledger.sides_first(evidence.positions(tables, deal["deal_id"]))
    return Shown(
        title=f"Deal · {opening(relation(deal, tables.sentence_names))}", finding=deal["title"], count=len(view), whole=len(tables.deals),
        lead=(f"{' · '.join(marks)}.", deal["summary"]), notes=tuple(filter(None, [said, *(doubtful(point) for point in ledger.differences(deal["doubt"]))])),
        pictures=tuple(_pictures(tables, one, today)),
        tables=(facts_table(tables, deal), steps_table(tables, deal["deal_id"]), press_table(tables, deal), gaps_table(tables, deal["deal_id"]),
                taken(tables, "deals", dossier.related(tables, deal), title="Same parties, same domain")),
        statements=statements(tables, positions), claims=claims(tables, held), sources=cited(tables, [deal["source_ids"]]),
    )  # fmt: skip


def doubtful(point: tuple[str, str]) -> str:
    """Return a point on which the sources differ, as one text."""
    name, words = point
    return f"In doubt: {f'{name}: ' if name else ''}{words}"


def one_sided(tables: Tables, deal_id: str) -> str:
    """Return that every source is of the parties to a deal, where it is so; else ""."""
    only = list(map(tables.country_name, evidence.one_sided(tables).get(deal_id, [])))
    parties = "a party" if len(only) == 1 else "parties"
    return f"One side only: every source is of {' and '.join(only)}, {parties} to it." if only else ""


def _pictures(tables: Tables, one: pd.DataFrame, today: date) -> list[Picture]:
    """Return the steps of a deal in time, where any date is known, and the deal on a map."""
    title, deal_id = one["title"].iloc[0], one["deal_id"].iloc[0]
    palette, look = tables.dictionary.meaning("deals", "domain", "colour"), replace(FILED, source=sourced(tables))
    lines, places = flows.flows(tables, one, "deals"), flows.sites(tables, one)
    made = [
        Picture("map", f"{title}: {opening(relation(one.iloc[0], tables.sentence_names))}", map_words(lines, places), composed(lines, places, palette, tables.package, look),
                (VIEWPOINT,), lambda: flat_map(lines, places, palette, tables.package, look),
                lambda shape: flat_map(lines, places, palette, tables.package, fitted(look, *shape)),
                lambda: flat_map(lines, places, palette, tables.package, ON_PAGE)),
    ]  # fmt: skip
    if drawn := laid(tables, deal_id, today):
        table, source = timetable(tables, one, "domain", today), sourced(tables)
        finding = f"{title}: {format_count(len(drawn.words), 'dated step')}"
        made.insert(
            0,
            Picture(
                "timeline",
                finding,
                drawn.alt,
                table,
                (),
                lambda: still.steps(tables, drawn, source),
                on_page=lambda: steps(tables, deal_id, today),
            ),
        )
    return made


def facts_table(tables: Tables, deal: pd.Series) -> Rows:
    """Return the facts of a deal in words."""
    found = facts(tables, deal)
    rows = tuple((fact.term, fact.said) for fact in found)
    return Rows("facts", "Facts", {"term": "Fact", "words": "What is known"}, rows, len(rows), tuple(fact.name for fact in found))  # fmt: skip


def steps_table(tables: Tables, deal_id: str) -> Rows:
    """Return the dated steps of a deal, oldest first, with the keys of their sources."""
    steps, title = records(dossier.steps(tables, deal_id)), tables.dictionary.title
    names = ("date", "kind", "event", "source_ids")
    kind = tables.dictionary.choices("milestones", "kind")
    rows = tuple((dates.format_date(row["date"]), kind[row["kind"]], row["event"], row["source_ids"]) for row in steps)
    headings = {name: title("milestones", name) for name in names}
    return Rows("steps", format_count(len(rows), "dated step"), headings, rows, len(rows))


def press_table(tables: Tables, deal: pd.Series) -> Rows:
    """Return whose press the sources of a deal are."""
    found = dossier.presses(tables, evidence.cited(tables, [deal["source_ids"]]))
    rows = tuple((f"{name} ({', '.join(others)})" if others else name, count) for name, count, others in found)
    return Rows("press", "Whose press it is", {"press": "Press", "sources": "Sources"}, rows, len(rows))


def gaps_table(tables: Tables, deal_id: str) -> Rows:
    """Return what was looked for and not found."""
    gaps, title = records(dossier.gaps(tables, deal_id)), tables.dictionary.title
    rows = tuple((row["question"], row["found"], dates.format_date(row["last_checked"])) for row in gaps)
    headings = {name: title("gaps", name) for name in ("question", "found", "last_checked")}
    return Rows("gaps", "Looked for and not found", headings, rows, len(rows))
