"""The flows between two states over all domains: one line a direction, with the domains in it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from dashboard.questions.flows import HELD, flow_words
from dashboard.tables.model import Row
from dashboard.tables.package import Currency
from dashboard.words import opening

# Of what is held of each flow, all but what a sum of tables needs for itself.
ADDED = [column for column in HELD if column not in ("priced", "value_usd_m")] + ["weight"]


def whole(row: Row) -> str:
    """Return the id of a flow without its domain."""
    return row["flow_id"].rpartition(":")[0]


def over_domains(flows: Iterable[Row], palette: dict[str, str], currency: Currency) -> list[Row]:
    """Return the lines that flows add up to, most deals first: one row a family and two states, over all domains.

    A row has what one of `flows.flows` has; its `flow_id` is that of the line, `domain` and its label are blank, and its
    `note` names the domains with their deals. `domains` gives the number of deals by domain, in the order of the palette,
    `domain_labels` their words.
    """
    order = [*palette]
    rows = sorted(flows, key=lambda row: (whole(row), order.index(row["domain"])))
    lines = [one(name, [*some], currency) for name, some in groupby(rows, key=whole)]
    return sorted(lines, key=itemgetter("deals"), reverse=True)


def one(name: str, rows: list[Row], currency: Currency) -> Row:
    """Add up the flows of one pair."""
    values = [row["value_usd_m"] for row in rows if not math.isnan(row["value_usd_m"])]
    kinds = dict.fromkeys(kind for row in rows for kind in row["kinds"].split(", "))
    made: Row = {
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
