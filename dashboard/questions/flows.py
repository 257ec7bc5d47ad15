"""Questions of where: what runs between which states in which domain, and at which places it happens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from itertools import combinations, product
from math import fsum, isnan, nan
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd

from dashboard.questions.deals import is_claimed, is_unpriced
from dashboard.questions.sorts import NOUNS, counted, sorts
from dashboard.tables.load import Tables
from dashboard.tables.model import Row, records
from dashboard.tables.package import Currency
from dashboard.words import format_money, opening, relation

# What is added up over the deals of a flow.
HELD = ["deals", "claimed", "value_usd_m", "priced", "undisclosed", "contested"]
SUMS = [name for name in HELD if name != "priced"]
# What stands between the two states in the id of a flow. Ids are in shared links, so they never change. What is not
# here has no direction: its states stand in the order of their codes, with `MUTUAL` between them.
DIRECTED, MUTUAL = {"trade": ">", "measure": "!"}, "-"


@lru_cache(maxsize=2)
def flow_deals(tables: Tables) -> pd.DataFrame:
    """Return one row for each line and each deal on it, whatever the filters.

    Columns: deal_id, kind, family, supplier and recipient (alpha-3; of a measure who takes it and against whom, of a
    tie the two states in the order of their codes), domain, line_id (over all domains, `TUR>PAK`), flow_id (in its
    domain, `TUR>PAK:naval`), and as numbers to be added up `HELD`: deals (1),
    value_usd_m (millions; 0 where the deal is not in totals or has no public value), claimed, priced,
    undisclosed and contested (1 where it is so, else 0). A deal between several states stands in several rows, so sums
    over flows exceed sums over deals.
    """
    deals = tables.deals
    summed = deals["value_usd_m"].where(deals["in_totals"] == "yes")
    held = deals[["deal_id", "kind", "family", "domain"]].assign(
        deals=1,
        claimed=is_claimed(deals).astype(int),
        value_usd_m=summed.fillna(0.0),
        priced=summed.notna().astype(int),
        undisclosed=is_unpriced(deals).astype(int),
        contested=deals["is_doubted"].astype(int),
    )
    sides = zip(deals["deal_id"], deals["family"], deals["supplier"], deals["recipient"], strict=True)
    lines = [(deal_id, *pair) for deal_id, family, *names in sides for pair in pairs(family, *names)]
    rows = held.merge(pd.DataFrame(lines, columns=["deal_id", "supplier", "recipient"]), on="deal_id")
    between = rows["family"].map(DIRECTED).fillna(MUTUAL)
    lines = rows["supplier"] + between + rows["recipient"]
    return rows.assign(line_id=lines, flow_id=lines + ":" + rows["domain"])


def pairs(family: str, supplier: str, recipient: str) -> list[tuple[str, str]]:
    """Return the pairs of states between which a deal of a family runs; each side may name several, joined by `;`.

    Every supplier deals with every recipient; in a tie all states are equals, so each is tied to every other.
    """
    sides = supplier.split(";"), recipient.split(";")
    return [*product(*sides)] if family in DIRECTED else [*combinations(sorted({*sides[0], *sides[1]}), 2)]


def is_joint(deals: pd.DataFrame) -> np.ndarray:
    """Say of each deal whether it is a tie of three or more states, which no line between two of them can show.

    Of `deals`, rows of `tables.deals`, family, supplier and recipient are asked.
    """
    sides = zip(*(deals[name].to_numpy() for name in ("family", "supplier", "recipient")), strict=True)
    joint = [
        family not in DIRECTED and len({*ours.split(";"), *theirs.split(";")}) > 2 for family, ours, theirs in sides
    ]
    return np.array(joint, dtype=bool)


@lru_cache(maxsize=2)
def ends(tables: Tables) -> dict[str, Row]:
    """Return who and where each flow is, by its `flow_id`: the columns of `flows` that no filter changes."""
    known = flow_deals(tables)[["flow_id", "family", "supplier", "recipient", "domain"]]
    found, points = known.drop_duplicates("flow_id").set_index("flow_id"), tables.countries.set_index("country")
    for side, end in (("supplier", "from"), ("recipient", "to")):
        found[f"{side}_name"] = found[side].map(points["name"])
        found[f"lat_{end}"], found[f"lon_{end}"] = found[side].map(points["lat"]), found[side].map(points["lon"])
    found["domain_label"] = found["domain"].map(tables.dictionary.choices("deals", "domain"))
    between = [relation(row, tables.sentence_names) for row in records(found)]
    titles = pd.Series(map(opening, between), found.index, dtype=str) + ", " + found["domain_label"]
    return {row["flow_id"]: row for row in records(found.assign(relation=between, title=titles).reset_index())}


def flows(tables: Tables, deals: pd.DataFrame, width: str) -> list[Row]:
    """Return one row a family, two states and a domain, most deals first, then by `flow_id`, for the map and its table.

    `deals` are rows of `tables.deals`, of which `deal_id` is asked. A row has: flow_id, family, supplier, recipient
    (alpha-3; see `flow_deals`), supplier_name, recipient_name, lat_from, lon_from, lat_to, lon_to, domain,
    domain_label, relation (who deals with whom, in words), title (the same with the domain), deals, claimed (transfers
    that are only claimed), value_usd_m (millions of the deals in totals; NaN where none is disclosed),
    undisclosed (trade deals without a public value), contested (alleged or denied), kinds (labels, in the order of the
    package), weight (what the width shows: `width` is deals or value) and note, the same in words.
    """
    known, held, labels = ends(tables), flow_rows(tables), tables.dictionary.choices("deals", "kind")
    kinds, made = {kind: label.lower() for kind, label in labels.items()}, []
    for flow_id, rows in _grouped(held, deals, lambda row: row["flow_id"]):
        there = {row["kind"] for row in rows}
        flow: Row = known[flow_id] | _added(rows) | {"kinds": ", ".join(kinds[kind] for kind in kinds if kind in there)}
        flow["note"] = flow_words(flow, tables.package.currency)
        value = 0.0 if isnan(flow["value_usd_m"]) else flow["value_usd_m"]
        made.append(flow | {"weight": float(flow["deals"]) if width == "deals" else value})
    return made


def busiest(flows: Iterable[Row], family: str) -> list[tuple[str, int]]:
    """Return who deals with whom, in words, with the number of deals over all domains, most deals first.

    Transfers that are only claimed are not counted. Of `flows`, those of a `family` are looked at.
    """
    counts: Counter[str] = Counter()
    for flow in flows:
        if flow["family"] == family:
            counts[flow["relation"]] += flow["deals"] - flow["claimed"]
    return [(words, count) for words, count in counts.most_common() if count]


def directions(tables: Tables, deals: pd.DataFrame) -> list[Row]:
    """Return the trade of each supplier with each recipient, most deals first, without transfers only claimed.

    `deals` are rows of `tables.deals`, of which `deal_id` is asked. A row has: supplier, recipient (alpha-3), supplier_name, recipient_name, deals, value_usd_m, undisclosed and
    contested, as in `flows`. A deal with several suppliers or recipients is in several rows.
    """
    traded = [row for row in flow_rows(tables) if row["family"] == "trade" and not row["claimed"]]
    names, sides = tables.sentence_names, itemgetter("supplier", "recipient")
    return [
        {"supplier": one, "recipient": other, **_added(rows), "supplier_name": names.get(one), "recipient_name": names.get(other)}
        for (one, other), rows in _grouped(traded, deals, sides)
    ]  # fmt: skip


def run_between(tables: Tables, deal_ids: Collection[str]) -> set[tuple[str, str]]:
    """Return the pairs of states between which any of the deals runs, as in `flow_deals`."""
    there = set(deal_ids)
    return {(row["supplier"], row["recipient"]) for row in flow_rows(tables) if row["deal_id"] in there}


@lru_cache(maxsize=2)
def flow_rows(tables: Tables) -> list[Row]:
    """Return the rows of `flow_deals`: to add up a few in plain Python takes a tenth of the time of a table."""
    return records(flow_deals(tables))


def _grouped(held: list[Row], deals: pd.DataFrame, key: Callable[[Row], Any]) -> list[tuple[Any, list[Row]]]:
    """Return the rows of each key that are of these deals, most deals first, and of as many in the order of the keys."""
    there, found = set(deals["deal_id"]), {}
    for row in held:
        if row["deal_id"] in there:
            found.setdefault(key(row), []).append(row)
    return sorted(sorted(found.items()), key=lambda group: -len(group[1]))


def _added(rows: list[Row]) -> Row:
    """Return how many deals rows of `flow_deals` have, what they add up to and what is not in the sum: `SUMS`."""
    sums = {name: sum(row[name] for row in rows) for name in SUMS}
    is_priced = any(row["priced"] for row in rows)
    return {**sums, "value_usd_m": fsum(row["value_usd_m"] for row in rows) if is_priced else nan}


def flow_words(flow: Row, currency: Currency) -> str:
    """Return what a flow, a row of `flows`, holds in words.

    `3 trade deals; $1bn disclosed.` and `2 ties: exercise, pact.` are examples.
    """
    sort, kinds = flow["family"], "" if flow["family"] == "trade" else f": {flow['kinds']}"
    words = [counted({sort: flow["deals"] - flow["claimed"], "claimed": flow["claimed"]}) + kinds]
    words += [] if isnan(flow["value_usd_m"]) else [f"{format_money(flow['value_usd_m'], currency)} disclosed"]
    words += [f"{flow['undisclosed']} without a public value"] if flow["undisclosed"] else []
    words += [f"{flow['contested']} alleged or denied"] if flow["contested"] else []
    return "; ".join(words) + "."


def sites(tables: Tables, deals: pd.DataFrame) -> list[Row]:
    """Return one row a place where the deals happen: places' columns, deals (their number), note and drawn.

    `deals` are rows of `tables.deals`; `drawn` is how a place as exactly known as this is drawn: dot, ring or area.
    """
    there = Counter(zip(deals["place_id"].to_numpy(), sorts(deals), strict=True))
    known, drawn = (
        tables.dictionary.choices("places", "precision"),
        tables.dictionary.meaning("places", "precision", "drawn"),
    )
    made = []
    for place in _places(tables):
        held = {sort: there[place["place_id"], sort] for sort in NOUNS}
        if count := sum(held.values()):
            note = f"{counted(held)}; known to the {known[place['precision']].lower()}."
            made.append({**place, "deals": count, "note": note, "drawn": drawn[place["precision"]]})
    return made


@lru_cache(maxsize=2)
def _places(tables: Tables) -> list[Row]:
    """Return the rows of places."""
    return records(tables.places)


def deals_at(tables: Tables, deals: pd.DataFrame, picked: str) -> pd.DataFrame:
    """Return the deals of what was picked on the map, by the id of a line, a flow or a place; none where it is not in view."""
    of_flow = _on(tables, picked)["deal_id"]
    return deals[deals["deal_id"].isin(of_flow) | ((deals["place_id"] == picked) & (picked != ""))]


def states_of(tables: Tables, picked: str) -> list[tuple[str, str]]:
    """Return the two states of a line or a flow that was picked on the map, in a list; an empty one of anything else."""
    rows = _on(tables, picked).head(1)
    return list(zip(rows["supplier"], rows["recipient"], strict=True))


def _on(tables: Tables, picked: str) -> pd.DataFrame:
    """Return the rows of `flow_deals` on a line or a flow."""
    rows = flow_deals(tables)
    return rows[(rows["line_id"] == picked) | (rows["flow_id"] == picked)]
