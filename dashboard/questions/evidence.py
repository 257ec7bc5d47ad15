"""Questions of how sure we are: independent origins, contested deals, whose press it is, how old the last news is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from dashboard.questions.deals import SURE, as_sure
from dashboard.tables.load import Tables
from dashboard.tables.model import records

# The sides of a claim: a stance asserts that a thing happened, denies it, or qualifies and comments.
COLUMNS = ("asserts", "denies", "comments")
SILENT = 5  # years without news after which a status may be out of date


@lru_cache(maxsize=2)
def sides(tables: Tables) -> pd.DataFrame:
    """Return how many statements are on each side of each deal: the columns `COLUMNS`, a row a deal, by its `deal_id`.

    Worked out once for all tables, since no filter on deals changes it.
    """
    said = tables.spoken.merge(tables.quotes[["quote_id", "stance"]], on="quote_id")
    counts = pd.crosstab(said["deal_id"], said["stance"].map(tables.dictionary.meaning("quotes", "stance", "side")))
    return counts.reindex(index=tables.deals["deal_id"], columns=list(COLUMNS), fill_value=0)


def contested_ids(tables: Tables, deals: pd.DataFrame) -> set[str]:
    """Return which of the deals are contested: alleged or denied, or with statements that both claim and deny them."""
    said = sides(tables).loc[deals["deal_id"]]
    both = ((said["asserts"] > 0) & (said["denies"] > 0)).to_numpy()
    return set(deals.loc[both | tables.deals["is_doubted"].loc[deals.index], "deal_id"])


def cited(tables: Tables, source_ids: Iterable[str]) -> pd.DataFrame:
    """Return the rows of `tables.sources` that cells of `;`-joined keys name, each once, best reliability first."""
    wanted = {key for cell in source_ids for key in cell.split(";") if key}
    return tables.sources.iloc[[row for _, row in sorted(map(tables.source_places.__getitem__, wanted))]]


def cited_each(tables: Tables, source_ids: Iterable[str]) -> list[list[dict[str, Any]]]:
    """Return for each cell of `;`-joined keys its sources, best reliability first, as rows of `tables.sources`."""
    cells = list(source_ids)
    rows: list[Any] = records(cited(tables, cells))
    return [[row for row in rows if row["source_id"] in keys] for keys in (cell.split(";") for cell in cells)]


def with_sources(tables: Tables, rows: pd.DataFrame) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Return statements or milestones one by one, each with its sources, best reliability first."""
    return list(zip(records(rows), cited_each(tables, rows["source_ids"]), strict=True))


def positions(tables: Tables, deal_id: str) -> pd.DataFrame:
    """Return the statements on a deal, oldest first: quotes' columns and `side`: asserts, denies or comments.

    Statements without a date come last.
    """
    ids = tables.spoken.loc[tables.spoken["deal_id"] == deal_id, "quote_id"]
    said = tables.quotes[tables.quotes["quote_id"].isin(ids)]
    said = said.assign(side=said["stance"].map(tables.dictionary.meaning("quotes", "stance", "side")))
    return said.sort_values(["date_earliest", "date_latest"], na_position="last", kind="stable")


class Step(NamedTuple):
    """The disclosed total at a step of evidence, a key of `SURE` with its label.

    `usd_m` is the sum of the values in totals, in millions, and `priced` how many deals make it; `fallen` are those that
    count without the step and no longer with it, and `fallen_usd_m` their sum.
    """

    sure: str
    label: str
    usd_m: float
    priced: int
    fallen: int
    fallen_usd_m: float


def robustness(deals: pd.DataFrame, among: np.ndarray | bool = True) -> list[Step]:
    """Return the disclosed total of deals, or of those `among` them, at each step of evidence: one a key of `SURE`."""
    money = _summed(deals, among)
    value, steps = money["value_usd_m"], []
    for sure, label in SURE.items():
        keep = as_sure(money["origins"], money["credibility"], sure)
        kept, lost = value[keep], value[~keep]
        steps.append(Step(sure, label, float(kept.sum()), len(kept), len(lost), float(lost.sum())))
    return steps


def shares(deals: pd.DataFrame, among: np.ndarray | bool = True) -> tuple[float, float] | None:
    """Return which share of the disclosed total rests on a single origin, and which on a contract figure; 0 to 1.

    It is the total of deals, or of those `among` them; None where nothing is disclosed.
    """
    money = _summed(deals, among)
    value = money["value_usd_m"]
    whole = value.sum()
    if not whole:
        return None
    single, contract = money["origins"] <= 1, money["value_basis"] == "contract"
    return float(value[single].sum() / whole), float(value[contract].sum() / whole)


def _summed(deals: pd.DataFrame, among: np.ndarray | bool) -> dict[str, np.ndarray]:
    """Return the columns that these questions need, of those deals that make a total."""
    counted = (deals["in_totals"].to_numpy() == "yes") & ~np.isnan(deals["value_usd_m"].to_numpy()) & among
    held = {name: deals[name].to_numpy()[counted] for name in ("value_usd_m", "value_basis", "origins")}
    grades = deals["credibility"].to_numpy(float, na_value=np.nan)[counted]
    return {**held, "credibility": grades}


def format_share(part: float) -> str:
    """Return a share of 0 to 1 in words, as a percentage that hides neither a trace nor a remainder."""
    if part < 0.01:
        return "less than 1%" if part else "none"
    return "more than 99%" if 0.99 < part < 1 else f"{part:.0%}"


@lru_cache(maxsize=2)
def one_sided(tables: Tables) -> dict[str, list[str]]:
    """Return which deals are known from one side's press alone: by `deal_id`, the countries of that press.

    The sides are those of the relation, supplier and recipient. A publisher whose seat is not known may be
    anybody's, so a deal that cites one is not among them. Worked out once for all tables.
    """
    cited = tables.citations[tables.citations["table"] == "deals"]
    press = cited.merge(tables.sources[["source_id", "country"]], on="source_id").rename(columns={"id": "deal_id"})
    press = press[["deal_id", "country"]].drop_duplicates()
    sides = press.merge(tables.parties, on=["deal_id", "country"]).groupby(["deal_id", "side"])["country"].agg(list)
    countries = press["deal_id"].value_counts()
    return {deal_id: sorted(own) for (deal_id, _), own in sides.items() if len(own) == countries[deal_id]}


@lru_cache(maxsize=2)
def not_heard_of_since(tables: Tables) -> pd.DataFrame:
    """Return the deals that may still go on, but of which nothing is known from the last `SILENT` years, oldest first.

    Columns: those of deals, and `last`: the last day of its dates, of its milestones' and of its sources' publication.
    The years are counted back from the day on which a deal was last checked. A deal without any date is left out.
    """
    deals, cited = tables.deals, tables.citations[tables.citations["table"].isin(("deals", "milestones"))]
    published = cited.merge(tables.sources[["source_id", "published_latest"]], on="source_id")
    ids = deals["deal_id"]
    days = [deals[f"{name}_latest"] for name in ("announced", "start", "end")]
    days.append(ids.map(tables.milestones.groupby("deal_id")["date_latest"].max()))
    days.append(ids.map(published.groupby("id")["published_latest"].max()))
    dated = deals.assign(last=pd.concat(days, axis=1).max(axis=1))
    before = pd.to_datetime(deals["last_checked"]).max() - pd.DateOffset(years=SILENT)
    open_ = deals["status"].isin(tables.dictionary.having("deals", "status", "open"))
    return dated[open_ & (dated["last"] <= before)].sort_values(["last", "title"], kind="stable")
