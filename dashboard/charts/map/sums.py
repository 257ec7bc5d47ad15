"""The flows between two states over all domains: one line a direction, with the domains in it."""

from __future__ import annotations

import math
from itertools import groupby
from typing import Any

import pandas as pd

from dashboard.charts.map.labels import Row
from dashboard.questions.flows import HELD, flow_words
from dashboard.tables.model import records
from dashboard.tables.package import Currency
from dashboard.words import opening

# Of what is held of each flow, all but what a sum of tables needs for itself.
ADDED = [column for column in HELD if column not in ("priced", "value_usd_m")] + ["weight"]


def whole(row: Row) -> str:
    """Return the id of a flow without its domain."""
    return row["flow_id"].rpartition(":")[0]


def over_domains(flows: pd.DataFrame, palette: dict[str, str], currency: Currency) -> pd.DataFrame:
    """Return the lines that flows add up to, most deals first: the columns of `flows.flows`, domains and domain_labels.

    `flow_id` is that of the line; `note` names the domains with their deals.
    """
    rows = summed(records(flows), palette, currency)
    made = pd.DataFrame(rows, columns=[*flows.columns, "domains", "domain_labels"])
    return made.sort_values("deals", ascending=False, kind="stable", ignore_index=True)


def summed(flows: list[Row], palette: dict[str, str], currency: Currency) -> list[Row]:
    """Return one row a family and two states, as `flows.flows` has them, over all domains.

    `domains` gives the number of deals by domain, in the order of the palette; `domain` and its label are blank.
    """
    order = [*palette]
    rows = sorted(flows, key=lambda row: (whole(row), order.index(row["domain"])))
    return [one(name, [*some], currency) for name, some in groupby(rows, key=whole)]


def one(name: str, rows: list[Row], currency: Currency) -> Row:
    """Add up the flows of one pair."""
    values = [row["value_usd_m"] for row in rows if not math.isnan(row["value_usd_m"])]
    kinds = dict.fromkeys(kind for row in rows for kind in row["kinds"].split(", "))
    made: dict[str, Any] = {
        **rows[0],
        **{column: sum(row[column] for row in rows) for column in ADDED},
        "value_usd_m": sum(values) if values else math.nan,
        "kinds": ", ".join(kinds),
        "flow_id": name,
        "domain": "",
        "domain_label": "",
        "domains": {row["domain"]: row["deals"] for row in rows},
        "domain_labels": {row["domain"]: row["domain_label"] for row in rows},
        "title": opening(rows[0]["relation"]),
    }
    parts = ", ".join(f"{row['domain_label']} {row['deals']}" for row in rows)
    return {**made, "note": f"{flow_words(made, currency)} {parts}."}
