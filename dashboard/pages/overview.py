"""The front page: the two subject states first, the network apart, what is new, what is contested, who said so."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations, groupby
from operator import itemgetter
from typing import Any, NamedTuple
from urllib.parse import urlencode

import numpy as np
import pandas as pd
from markupsafe import Markup

from dashboard import controls, in_view
from dashboard.address import Asked, Links
from dashboard.charts.glance.sheet import Sheet
from dashboard.charts.map.account import VIEWPOINT
from dashboard.kept import kept
from dashboard.pages import deals_drawn, deals_in_view, drawing, heading, nothing
from dashboard.questions import deals, evidence, flows, ledger, money, quotes, scope, timeline
from dashboard.questions.deals import Selection, Totals
from dashboard.questions.scope import Tally
from dashboard.tables.load import Tables
from dashboard.tables.model import is_in, records
from dashboard.templates import render as template
from dashboard.views.common import sourced
from dashboard.views.glances import glances
from dashboard.views.overview import CONTESTED, NOTHING, PAIRS, STEPS, sentences, voices
from dashboard.views.view import FRONT
from dashboard.words import listed, opening

YEARS, COUNTRIES = 3, 3  # of the answers that are ready: the latest years, and the countries that speak most
USED = [
    *(
        "deal_id",
        "kind",
        "family",
        "domain",
        "status",
        "is_doubted",
        "in_totals",
        "has_price",
        "origins",
        "credibility",
    ),
    *("begins", "place_id", *deals.MONEY),
]


class Worth(NamedTuple):
    """What the deals of one scope are and add up to, and how much of the sum stands.

    One with `words` in place of money `is_bare`. `notes` are on the range of the sum and on what is left out of it,
    `pair` the two states whose deals have a page of values to follow to, where there are any, `domains` those of the deals.
    """

    words: str
    is_bare: bool
    has_price: bool
    totals: Totals
    notes: list[str]
    claimed: int
    steps: list[evidence.Step]
    shares: tuple[float, float] | None
    pair: list[str]
    domains: set[str]


def render(tables: Tables, selection: Selection) -> None:
    """Draw the overview of the deals in view."""
    here = controls.asked(tables, "")
    count, finding, body = build(tables, selection, here.links)
    heading("Overview", finding)
    in_view.line(tables, here, shown=count, grades=True)
    if not count:
        return nothing()
    drawing(body, key="overview")
    deals_in_view(tables, here)
    return None


def prepare(tables: Tables, here: Asked) -> None:
    """Work out what an address shows, for whoever asks for it next."""
    build(tables, here.selection, here.links)
    deals_drawn(tables, here.selection, here.links, "")


@kept
def build(tables: Tables, selection: Selection, to: Links) -> tuple[int, str, Markup]:
    """Return how many deals are in view, what is said of the first scope of them, and the page, whose links `to` makes."""
    view = deals.select(tables, selection)[USED]
    if view.empty:
        return 0, NOTHING, Markup("")
    found = scope.tallies(tables, view)
    finding, *others = sentences(tables, selection, found)
    body = template(
        "overview/body.html", tables=tables, to=to, lead=" ".join(others), source=f"{sourced(tables)} {VIEWPOINT}",
        pictures=[(to(one.page), one.finding, one.draw(Sheet(one.name)), f"picture/{FRONT}/{one.name}") for one in glances(tables, view)],
        query=urlencode(to.params(), doseq=True),
        sure=selection.sure, hrefs={step: to("", sure=step) for step in deals.SURE},
        scopes=_scopes(tables, selection, found), at_status=_at_status(tables, view),
        ready=_ready(tables, selection, view, to),
        steps=deals.latest_steps(tables, view, STEPS, selection.since, selection.until), said=_voices(tables, selection),
        **_directions(tables, view), **_contested(tables, view),
    )  # fmt: skip
    return len(view), finding, body


def _ready(
    tables: Tables, selection: Selection, view: pd.DataFrame, to: Links
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what many come to ask, each with the words and the addresses of its answers; what has none is left out.

    They are what one subject state delivered to the other, the latest years one by one, and what speakers of two
    countries say side by side, of the countries with the most statements in view.
    """
    one, other = tables.package.subject
    stages = tables.dictionary.meaning("deals", "status", "stage")
    last = [status for status, stage in stages.items() if stage and stage == max(filter(None, stages.values()))]
    goods = view["deal_id"].to_numpy()[is_in(view, "status", last) & is_in(view, "family", ("trade",))]
    ways = sorted({(one, other), (other, one)} & flows.run_between(tables, goods), key=(one, other).__ne__)
    years = [str(year) for year in timeline.years(view)[: -YEARS - 1 : -1]]
    counts = Counter(quotes.select_quotes(tables, selection)["country"].to_numpy())
    heard = [country for country, _ in counts.most_common(COUNTRIES)]
    answers = {
        "Delivered": [
            (
                f"{opening(tables.in_sentence(a))} to {tables.in_sentence(b)}",
                to("timeline", supplier=a, recipient=b, status=last),
            )
            for a, b in ways
        ],
        "One year alone": [(year, to("", **{"from": year, "to": year})) for year in years],
        "Statements side by side": [
            (opening(listed(map(tables.in_sentence, pair))), to("quotes", nation=pair))
            for pair in combinations(heard, 2)
        ],
    }
    return [(words, links) for words, links in answers.items() if links]


def _scopes(tables: Tables, selection: Selection, found: dict[str, Tally]) -> list[tuple[str, Worth, Worth | None]]:
    """Return what the deals in view add up to and how much of it stands: the two subject states first, the network apart.

    Each scope has a heading. What the two share with further states follows what is between them, as its third part.
    """
    unsure = deals.select(tables, replace(selection, sure="any"))
    of = scope.scopes(tables, unsure)
    headings = scope.headings(tables, found)
    parts = {name: _worth(tables, name, tally, unsure, of == name) for name, tally in found.items() if tally.deals}
    further = parts.pop(scope.SHARED) if scope.BETWEEN in parts and scope.SHARED in parts else None
    return [(headings[name], part, further if name == scope.BETWEEN else None) for name, part in parts.items()]


def _worth(tables: Tables, name: str, tally: Tally, unsure: pd.DataFrame, among: np.ndarray) -> Worth:
    """Return what the deals of one scope are worth; `among` the `unsure` deals are those of it, whatever their evidence."""
    bare = name == scope.SHARED and not tally.totals.priced
    return Worth(
        words=f"{scope.described(tally)} {scope.money_words(tables, tally) if bare else ''}".strip(),
        is_bare=bare,
        has_price=bool(tally.trade or tally.claimed),
        totals=tally.totals,
        notes=money.notes(tables, tally.totals),
        claimed=tally.claimed,
        steps=evidence.robustness(unsure, among),
        shares=evidence.shares(unsure, among),
        pair=list(tables.package.subject) if name == scope.BETWEEN and tally.trade else [],
        domains=set(unsure["domain"].to_numpy()[among]),
    )


def _at_status(tables: Tables, view: pd.DataFrame) -> list[dict[str, Any]]:
    """Return each status that a deal in view has, with the number of those deals and the look and width of its bar."""
    counts = deals.count_by(view, "status", tables.dictionary.choices("deals", "status"))
    most, patterns = max(counts.values()), tables.dictionary.meaning("deals", "status", "pattern")
    return [
        {"status": value, "pattern": patterns[value], "width": round(100 * count / most), "deals": count}
        for value, count in counts.items()
        if count
    ]


def _directions(tables: Tables, view: pd.DataFrame) -> dict[str, Any]:
    """Return the busiest directions of trade in view, and how many there are in all."""
    made = flows.directions(tables, view)
    return {"directions": made[:PAIRS], "directions_count": len(made)}


def _contested(tables: Tables, view: pd.DataFrame) -> dict[str, Any]:
    """Return the first contested deals in view, group by group, and how many there are in all."""
    held = ledger.contested(tables, view)
    counts, shown = ledger.count_groups(held), records(held.head(CONTESTED))
    groups = [(ledger.GROUPS[name], counts[name], [*rows]) for name, rows in groupby(shown, itemgetter("group"))]
    return {"groups": groups, "contested_count": len(held), "contested_cut": len(held) > len(shown)}


def _voices(tables: Tables, selection: Selection) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Return a few direct quotations with their sources."""
    return evidence.with_sources(tables, voices(tables, selection))
