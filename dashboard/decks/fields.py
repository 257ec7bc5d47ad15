"""The fields that a line to take home may hold in braces: each a figure or a few words, computed from what its slide shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard.address import Asked
from dashboard.decks.seen import Problem
from dashboard.questions import deals, evidence, flows, ledger, money, quotes, sorts, timeline
from dashboard.questions import sources as bibliography
from dashboard.questions.deals import Totals
from dashboard.questions.evidence import format_share
from dashboard.questions.money import Group
from dashboard.tables.likeness import nearest
from dashboard.tables.load import Tables
from dashboard.tables.model import Row
from dashboard.views.view import View
from dashboard.words import format_money

FIELD = re.compile(r"\{([^{}]*)\}")
NO_VALUE = "has no value in what the slide shows"


@dataclass(frozen=True)
class Scope:
    """What the fields of a slide are computed from: the tables, what its address asks for, and its view."""

    tables: Tables
    asked: Asked
    view: View

    @cached_property
    def deals(self) -> pd.DataFrame:
        """Return the rows of `tables.deals` in view: those that the filters keep, or the one deal that the address names."""
        found, named = deals.select(self.tables, self.asked.selection), self.asked.values.get("id")
        every = self.tables.deals
        return every[every["deal_id"].isin(named)] if named else found

    @cached_property
    def said(self) -> pd.DataFrame:
        """Return the statements in view, rows of `tables.quotes`: those that the page's own choices keep, or those on the deals in view."""
        if "id" in self.asked.values:
            return evidence.positions(self.tables, self.asked.one("id"))
        choice = quotes.Choice(**{name: self.asked.several(name) for name in quotes.COLUMNS}, said=self.asked.one("said"))  # fmt: skip
        return quotes.select_quotes(self.tables, self.asked.selection, choice)

    @cached_property
    def sources(self) -> pd.DataFrame:
        """Return the publications in view, rows of `tables.sources`: those that the page's own choices keep, or that the deals in view rest on."""
        choice = bibliography.Choice(**{name: self.asked.several(name) for name in ("press", "grade", "language", "source")}, text=self.asked.one("text"))  # fmt: skip
        if "id" in self.asked.values:
            pairs = bibliography.rests_on(self.tables)
            ids = pairs.loc[pairs["deal_id"].isin(self.deals["deal_id"]), "source_id"]
            return self.tables.sources[self.tables.sources["source_id"].isin(ids)]
        return bibliography.select_sources(self.tables, self.asked.selection, choice)

    @cached_property
    def totals(self) -> Totals:
        """Return what the deals in view add up to."""
        return deals.total(self.deals, list(self.tables.dictionary.choices("deals", "value_basis")))

    @cached_property
    def shares(self) -> tuple[float, float] | None:
        """Return which share of the disclosed total rests on a single origin, and which on a contract figure."""
        return evidence.shares(self.deals)

    @cached_property
    def sure(self) -> tuple[float, int]:
        """Return what of the disclosed total stands at the most evidence that a reader can ask for, and how many deals make it."""
        last = evidence.robustness(self.deals)[-1]
        return last.usd_m, last.priced

    @cached_property
    def contested(self) -> pd.DataFrame:
        """Return the contested deals in view, rows of the ledger."""
        return ledger.contested(self.tables, self.deals)

    @cached_property
    def years(self) -> pd.Series:
        """Return how many deals in view begin in each year, none left out."""
        return timeline.per_year(self.tables, self.deals).sum(axis=1)

    @cached_property
    def ways(self) -> list[Row]:
        """Return the trade of each supplier with each recipient, most deals first."""
        return flows.directions(self.tables, self.deals)

    @cached_property
    def leader(self) -> Group | None:
        """Return the group with the largest sum, by what the page groups values by; None where nothing is disclosed."""
        by = self.asked.one("by") if self.view.page == "value" else "domain"
        named = [group for group in money.groups(self.tables, self.deals, by) if group.key != money.FOLDED]
        return max(named, key=lambda group: group.totals.disclosed) if self.totals.disclosed else None

    def money(self, million: float) -> str:
        """Return an amount in words; "" where nothing is disclosed, since that is not zero."""
        return format_money(million, self.tables.package.currency) if self.totals.priced else ""


def _of(rows: pd.DataFrame, column: str, value: str) -> int:
    return int((rows[column] == value).sum())


def _share(part: float) -> str:
    return format_share(part)


# Each field: what it says, and how it is worked out of a scope; "" where there is no such thing in view.
Field = tuple[str, Callable[[Scope], int | str]]
FIELDS: dict[str, Field] = {
    "count": ("the rows in view: deals, or statements or sources on their pages", lambda of: of.view.count),
    "whole": ("all rows of that sort in the tables", lambda of: of.view.whole),
    "finding": ("the computed headline of the view", lambda of: of.view.finding.removesuffix(".")),
    "deals": ("the deals in view, of all families", lambda of: len(of.deals)),
    "trade": ("the trade deals in view", lambda of: sorts.tally(of.deals)["trade"]),
    "claimed": ("the transfers in view that are only claimed", lambda of: sorts.tally(of.deals)["claimed"]),
    "ties": ("the ties in view: pacts, exercises, visits", lambda of: sorts.tally(of.deals)["tie"]),
    "measures": ("the measures in view: embargoes and restrictions", lambda of: sorts.tally(of.deals)["measure"]),
    "disclosed_total": ("the sum of all public values that may be added up", lambda of: of.money(of.totals.disclosed)),
    "lowest_total": ("the same with the lowest figure of each deal", lambda of: of.money(of.totals.low)),
    "highest_total": ("the same with the highest figure of each deal", lambda of: of.money(of.totals.high)),
    "priced": ("the deals that make that sum", lambda of: of.totals.priced),
    "unpriced": ("the trade deals without a public value", lambda of: of.totals.unpriced),
    "contract_share": ("the share of the sum that is a contract figure", lambda of: _share(of.shares[1]) if of.shares else ""),
    "one_origin_share": ("the share of the sum that rests on one origin", lambda of: _share(of.shares[0]) if of.shares else ""),
    "sure_total": ("what of the sum stands with two independent origins and credibility 1 or 2", lambda of: of.money(of.sure[0])),
    "sure_priced": ("the deals that make what stands", lambda of: of.sure[1]),
    "one_origin": ("the deals in view that are known from one origin alone", lambda of: int((of.deals["origins"] <= 1).sum())),
    "credible": ("the deals in view with credibility 1 or 2", lambda of: int((of.deals["credibility"] <= 2).sum())),
    "top_group": ("the group with the largest sum", lambda of: of.leader.label if of.leader else ""),
    "top_total": ("the sum of that group", lambda of: of.money(of.leader.totals.disclosed) if of.leader else ""),
    "top_share": ("its share of the sum", lambda of: _share(of.leader.totals.disclosed / of.totals.disclosed) if of.leader else ""),
    "first_year": ("the year in which the first deal in view began", lambda of: str(of.years.index[0]) if len(of.years) else ""),
    "busiest_year": ("the first of the years in which most deals began", lambda of: str(of.years.idxmax()) if len(of.years) else ""),
    "busiest_year_deals": ("how many deals began in that year", lambda of: int(of.years.max()) if len(of.years) else ""),
    "busiest_way": ("from whom to whom most trade deals run", lambda of: "{supplier_name} to {recipient_name}".format_map(of.ways[0]) if of.ways else ""),
    "busiest_way_deals": ("how many they are", lambda of: of.ways[0]["deals"] if of.ways else ""),
    "contested": ("the contested deals in view", lambda of: len(of.contested)),
    "both_sides": ("those of them that are both claimed and denied", lambda of: _of(of.contested, "group", "both")),
    "unheard": ("those of them that no named speaker claims or denies", lambda of: _of(of.contested, "group", "reported")),
    "claims": ("the statements that claim a contested deal in view", lambda of: int(of.contested["asserts"].sum())),
    "denials": ("the statements that deny one", lambda of: int(of.contested["denies"].sum())),
    "statements": ("the statements in view", lambda of: len(of.said)),
    "speakers": ("who made them", lambda of: of.said["analyst"].nunique()),
    "direct": ("those in the speaker’s own words", lambda of: quotes.count_exact(of.tables, of.said)),
    "sources": ("the publications in view", lambda of: len(of.sources)),
    "good_share": ("the share of them that is graded A or B", lambda of: _share(bibliography.share_good(of.sources))),
    "version": ("the version of the tables", lambda of: of.tables.version),
    "day": ("the day of that version", lambda of: of.tables.package.day),
}  # fmt: skip


def filled(scope: Scope, text: str) -> tuple[str, list[Problem]]:
    """Return a text with its fields filled in, and a problem for each that is unknown or has no value here; these stay as they are."""
    problems: list[Problem] = []

    def value(found: re.Match[str]) -> str:
        name = found[1].strip()
        if name not in FIELDS:
            problems.append(Problem(found[0], "is no field", nearest(name, [*FIELDS])))
            return found[0]
        made = FIELDS[name][1](scope)
        if made == "":
            problems.append(Problem(found[0], NO_VALUE, "Take it out, or choose another view"))
        return f"{made:,}" if isinstance(made, int) else made or found[0]

    whole = FIELD.sub(value, text)
    if any(brace in FIELD.sub("", text) for brace in "{}"):
        problems.append(Problem(text, "has a brace that opens or closes nothing", "Braces hold the name of a field, as in {count}"))  # fmt: skip
    return whole, problems
