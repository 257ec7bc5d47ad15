"""What the front page shows: the two subject states first, the network apart, what is new, what is contested, who said so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from datetime import date
from operator import itemgetter

import pandas as pd

from dashboard.address import Asked
from dashboard.questions import deals, flows, ledger, quotes, scope
from dashboard.questions.deals import Selection
from dashboard.questions.scope import Tally
from dashboard.tables import dates
from dashboard.tables.load import Tables
from dashboard.views.common import claims, filed, resting, statements, taken
from dashboard.views.glances import glances
from dashboard.views.view import Rows, Shown

STEPS, CONTESTED, VOICES, PAIRS = 5, 5, 3, 6
NOTHING = "No deal is in view."


def shown(tables: Tables, asked: Asked, _: date) -> Shown:
    """Return the view of all deals in view at a glance."""
    selection = asked.selection
    view = deals.select(tables, selection)
    if view.empty:
        return Shown(finding=NOTHING, count=0, whole=len(tables.deals), tables=(taken(tables, "deals", view),))
    found = scope.tallies(tables, view)
    finding, *others = sentences(tables, selection, found)
    return Shown(
        finding=finding, count=len(view), whole=len(tables.deals), lead=tuple(others), pictures=tuple(filed(tables, one) for one in glances(tables, view)),
        tables=(scopes_table(tables, found), statuses_table(tables, view), steps_table(tables, selection, view), pairs_table(tables, view), taken(tables, "deals", view)),
        statements=statements(tables, voices(tables, selection)),
        claims=claims(tables, ledger.contested(tables, view).head(CONTESTED)), sources=resting(tables, view),
    )  # fmt: skip


def sentences(tables: Tables, selection: Selection, found: dict[str, Tally]) -> list[str]:
    """Return what there is in words, the first scope of deals first; `found` is as `scope.tallies` gives it."""
    where = "on record" if selection == Selection() else "in view"
    return scope.sentences(tables, found, where)


def scopes_table(tables: Tables, found: dict[str, Tally]) -> Rows:
    """Return what the deals of each scope are and add up to: between the subject states, shared, around them."""
    unit = f"millions of {tables.package.currency.name}"
    names = scope.headings(tables, found)
    headings = {
        "scope": "Scope", "deals": "Deals", "trade": "Trade deals", "claimed": "Claimed transfers", "disclosed": f"Disclosed, {unit}",
        "low": f"Lowest sum, {unit}", "high": f"Highest sum, {unit}", "priced": "Deals with a value", "unpriced": "Without a public value",
    }  # fmt: skip
    rows = []
    for name, words in names.items():
        tally, sums = found[name], found[name].totals
        money = (sums.disclosed, sums.low, sums.high) if sums.priced else (None, None, None)
        rows.append((words, tally.deals, tally.trade, tally.claimed, *money, sums.priced, sums.unpriced))
    return Rows("scopes", "Between the two, and around them", headings, tuple(rows), len(rows), tuple(names))


def statuses_table(tables: Tables, view: pd.DataFrame) -> Rows:
    """Return how many deals have each status."""
    labels, title = tables.dictionary.choices("deals", "status"), tables.dictionary.title("deals", "status")
    there = {status: count for status, count in deals.count_by(view, "status", labels).items() if count}
    rows = tuple((labels[status], count) for status, count in there.items())
    return Rows(
        "statuses", "How far along they are", {"status": title, "deals": "Deals"}, rows, len(rows), tuple(there)
    )


def steps_table(tables: Tables, selection: Selection, view: pd.DataFrame) -> Rows:
    """Return what is new: the latest milestones of the deals in view."""
    steps = deals.latest_steps(tables, view, STEPS, selection.since, selection.until)
    title = tables.dictionary.title
    headings = {"date": title("milestones", "date"), "title": title("deals", "title"), "kind": title("milestones", "kind"), "event": title("milestones", "event")}  # fmt: skip
    rows = [
        (
            dates.format_date(step["date"]),
            step["title"],
            tables.dictionary.label("milestones", "kind", step["kind"]),
            step["event"],
        )
        for step in steps
    ]
    return Rows("steps", "What is new", headings, tuple(rows), len(rows), tuple(step["deal_id"] for step in steps))


def pairs_table(tables: Tables, view: pd.DataFrame) -> Rows:
    """Return the busiest directions of trade in view."""
    made = flows.directions(tables, view)
    unit = f"millions of {tables.package.currency.name}"
    headings = {"supplier": "Supplier", "recipient": "Recipient", "deals": "Deals", "value": f"Disclosed, {unit}", "undisclosed": "Without a public value"}  # fmt: skip
    rows = [
        (row["supplier_name"], row["recipient_name"], row["deals"], None if pd.isna(row["value_usd_m"]) else row["value_usd_m"], row["undisclosed"])
        for row in made[:PAIRS]
    ]  # fmt: skip
    return Rows("directions", "The busiest directions of trade", headings, tuple(rows), len(made))


def voices(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Return a few direct quotations, the latest of each speaker first."""
    exact = quotes.Choice(form=tables.dictionary.having("quotes", "form", "exact"))
    said = quotes.choose(quotes.select_quotes(tables, selection), exact)  # of those that the page has already
    latest = said["date_latest"].sort_values(ascending=False, kind="stable").index
    heard: Counter[str] = Counter()
    turns: list[tuple[int, Hashable]] = []
    for key, analyst in said["analyst"].loc[latest].items():
        turns.append((heard[analyst], key))
        heard[analyst] += 1
    return said.loc[[key for _, key in sorted(turns, key=itemgetter(0))[:VOICES]]]
