"""Questions about time: when deals open and close, in which groups they are shown, and the words for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from dashboard.questions.deals import is_unpriced
from dashboard.tables import dates
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from dashboard.words import format_count, format_money, opening, relation

DATES = ("announced", "start", "end")
DOUBTED = "doubted"
SEVERAL = "Three countries or more"
COLUMNS = [
    *("supplier", "recipient", "family", "status", "announced", "start", "end", "begins", "is_open"),
    *("value_usd_m", "value_low_usd_m", "value_high_usd_m", "value_basis", "in_totals", "credibility", "origins"),
]  # what the words are made from
Row = Mapping[str, Any]


class Described(NamedTuple):
    """A deal in words; `value` is "" where it is no trade and so has no price."""

    parties: str
    when: str
    status: str
    value: str
    evidence: str


def spans(tables: Tables) -> pd.DataFrame:
    """Return when deals open and close, as far as it is known: one row a deal with any date, in the order of `tables.deals`.

    Columns: deal_id; opens, the EDTF text of `start`, else `announced`, else the first milestone or end, with
    opens_earliest and opens_latest; closes, of `end`, else the last date known of it, with closes_earliest and
    closes_latest. What was announced after its own end opens as it closes. Days are datetime64, both included.
    """
    bounds = ["date", "date_earliest", "date_latest"]
    deals, steps = tables.deals, tables.milestones[["deal_id", *bounds]]
    columns = {name: ["deal_id", name, f"{name}_earliest", f"{name}_latest"] for name in DATES}
    own = {name: deals.loc[deals[name] != "", columns[name]].set_axis(steps.columns, axis=1) for name in DATES}
    known = pd.concat([*own.values(), steps])
    first = known.sort_values(["date_earliest", "date_latest"], kind="stable")
    last = known.sort_values(["date_latest", "date_earliest"], ascending=False, kind="stable")
    closes = pd.concat([own["end"], last]).drop_duplicates("deal_id").set_index("deal_id")
    opens = pd.concat([own["start"], own["announced"], first]).drop_duplicates("deal_id").set_index("deal_id")
    opens = opens.where(opens["date_earliest"] <= closes["date_latest"].reindex(opens.index), closes)
    named = [
        side.rename(columns=lambda column, to=to: column.replace("date", to))
        for side, to in ((opens, "opens"), (closes, "closes"))
    ]
    return deals[["deal_id"]].merge(named[0].join(named[1]).reset_index(), on="deal_id")


def group(tables: Tables, deals: pd.DataFrame, by: str) -> tuple[list[str], list[str]]:
    """Return the name of each deal's group, and the groups' names in the order of showing; `by` is domain, status or pair.

    A pair is two countries whichever of them supplies, the pair with most deals first; deals between three
    countries or more are one group, the last.
    """
    if by != "pair":
        labels = tables.dictionary.choices("deals", by)
        names = [labels[value] for value in deals[by].to_numpy()]
        return names, [label for label in labels.values() if label in names]
    sides = zip(deals["supplier"], deals["recipient"], strict=True)
    pairs = [_pair({*ours.split(";"), *theirs.split(";")}, tables.country_names) for ours, theirs in sides]
    counts = Counter(pairs)
    return pairs, sorted(counts, key=lambda name: (name == SEVERAL, -counts[name], name))


def _pair(codes: set[str], names: dict[str, str]) -> str:
    """Return the name of a pair of countries."""
    return SEVERAL if len(codes) > 2 else " and ".join(sorted(names.get(code, code) for code in codes))


def years(deals: pd.DataFrame) -> range:
    """Return the years from the first to the last in which one of the deals begins; none where no date is known."""
    begins = deals["begins"].to_numpy()
    known = dates.years_of(begins[~np.isnat(begins)])
    return range(int(known.min()), int(known.max()) + 1) if len(known) else range(0)


def per_year(tables: Tables, deals: pd.DataFrame) -> pd.DataFrame:
    """Return how many deals begin in each year: one row a year, none left out, one column a domain in view.

    A deal begins with the first date known of it; one without any date is in no year. Alleged and denied deals of
    all domains are counted apart, in the last column, `DOUBTED`.
    """
    parts = np.where(deals["is_doubted"].to_numpy(dtype=bool), DOUBTED, deals["domain"].to_numpy())
    begins = deals["begins"].to_numpy()
    known = ~np.isnat(begins)
    counts = Counter(zip(dates.years_of(begins[known]).tolist(), parts[known], strict=True))
    there = {part for _, part in counts}
    columns = [name for name in (*tables.dictionary.choices("deals", "domain"), DOUBTED) if name in there]
    span = years(deals)
    return pd.DataFrame([[counts[year, name] for name in columns] for year in span], index=span, columns=columns)


def part_labels(tables: Tables) -> dict[str, str]:
    """Return the words for each column of `per_year`."""
    doubts = " or ".join(
        tables.dictionary.label("deals", "status", status).lower()
        for status in tables.dictionary.having("deals", "status", "doubted")
    )
    return {**tables.dictionary.choices("deals", "domain"), DOUBTED: doubts.capitalize()}


def described(tables: Tables, deals: pd.DataFrame) -> list[Described]:
    """Return deals, rows of `tables.deals`, in words, one each, in their order; each is put into words once."""
    held, ids = _held(tables), deals["deal_id"].tolist()
    if any(missing := [deal_id not in held for deal_id in ids]):
        new = deals[missing]
        held.update(zip(new["deal_id"], _described(tables, new), strict=True))
    return [held[deal_id] for deal_id in ids]


@lru_cache(maxsize=2)
def _held(tables: Tables) -> dict[str, Described]:
    """Return the deals that are in words already, by their id."""
    return {}


def _described(tables: Tables, deals: pd.DataFrame) -> list[Described]:
    label, names = partial(tables.dictionary.label, "deals", "status"), tables.sentence_names
    return [
        Described(
            opening(relation(deal, names)),
            when(deal),
            label(deal["status"], deal["family"]),
            value(tables, deal),
            evidence(tables, deal),
        )
        for deal in records(deals[COLUMNS].assign(unpriced=is_unpriced(deals)))
    ]


def when(deal: Row) -> str:
    """Return the dates of a deal in words, and what its blanks mean: `since June 2015, no end reported`."""
    start, end, announced = deal["start"], deal["end"], deal["announced"]
    if pd.isna(deal["begins"]):
        return dates.format_span("", "")
    parts = [f"announced {dates.format_date(announced)}"] if announced and announced != start else []
    if start and end:
        parts.insert(0, dates.format_span(start, end))
    elif end:
        parts.insert(0, f"start not known, ended {dates.format_date(end)}")
    elif start:
        parts.insert(0, f"{'since' if deal['is_open'] else 'from'} {dates.format_date(start)}, {_end(deal)}")
    else:
        parts += [_end(deal)] if parts else ["dated by its milestones only", _end(deal)]
    return ", ".join(parts)


def _end(deal: Row) -> str:
    """Return what a blank end means."""
    return "no end reported" if deal["is_open"] else "end not known"


def value(tables: Tables, deal: Row) -> str:
    """Return what a deal is worth in words, with the basis; "" where it is no trade and so has no price.

    The row has the columns of `tables.deals` and `unpriced`, whether it is trade without a public value.
    """
    currency = tables.package.currency
    million, low, high = (deal[f"value_{which}usd_m"] for which in ("", "low_", "high_"))
    if pd.isna(million):
        return "no public value" if deal["unpriced"] else ""
    notes = [tables.dictionary.label("deals", "value_basis", deal["value_basis"]).lower()]
    if low < high:
        notes.append(f"sources say {format_money(low, currency)} to {format_money(high, currency)}")
    if deal["in_totals"] == "no":
        notes.append("not in totals")
    return f"{format_money(million, currency)} ({', '.join(notes)})"


def evidence(tables: Tables, deal: Row) -> str:
    """Return how sure a deal is in words: its credibility and its number of independent origins."""
    origins, grade = format_count(deal["origins"], "independent origin"), deal["credibility"]
    if pd.isna(grade):
        return f"not graded, {origins}"
    return f"credibility {grade} ({tables.dictionary.label('deals', 'credibility', grade).lower()}), {origins}"
