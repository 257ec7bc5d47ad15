"""The front page: the two subject states first, the network apart, what is new, what is contested, who said so."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard import controls, markup
from dashboard.address import Links
from dashboard.markup import value as value_markup
from dashboard.pages import grades_explained, heading, nothing, source_line
from dashboard.questions import deals, evidence, flows, ledger, quotes, scope
from dashboard.questions.deals import Selection
from dashboard.questions.scope import Tally
from dashboard.tables import dates
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from dashboard.words import format_usd

STEPS, VOICES, PAIRS = 8, 3, 6
USED = [
    *("deal_id", "kind", "family", "status", "is_doubted", "in_totals", "has_price", "origins", "credibility"),
    *deals.MONEY,
]


def render(tables: Tables, selection: Selection) -> None:
    """Draw the overview of the deals in view."""
    here = controls.asked(tables, "")
    count, words, parts = build(tables, tables.stamp, selection, here.links)
    heading("Overview", words[0])
    grades_explained(tables, controls.in_view(tables, here, shown=count))
    if not count:
        return nothing()
    if words[1:]:
        st.html(Markup('<p class="lead">{}</p>').format(" ".join(words[1:])))
    for part in parts:
        st.html(part)
    source_line(tables)
    return None


@st.cache_resource(max_entries=256, show_spinner=False)
def build(_tables: Tables, stamp: str, selection: Selection, to: Links) -> tuple[int, list[str], list[Markup]]:
    """Return how many deals are in view, what is said of each scope of them, and the page, whose links `to` makes."""
    tables, view = _tables, deals.select(_tables, selection)[USED]
    if view.empty:
        return 0, ["No deal is in view."], []
    found = scope.tallies(tables, view)
    far = _statuses(tables, view, to) + _more(to, "timeline", "Every deal on the timeline")
    parts = [
        _sections(_scopes(tables, selection, found, to)) + _more(to, "value", "Value of all deals in view"),
        _sections([("How far along", far), *_pairs(tables, view, to)]),
        _sections([("Latest steps", _steps(tables, view, to)), ("Contested", _contested(tables, view, to))]),
        _sections([("In direct words", _voices(tables, selection, to))]),
    ]
    where = "on record" if selection == Selection() else "in view"
    return len(view), scope.sentences(tables, found, where), parts


def _scopes(tables: Tables, selection: Selection, found: dict[str, Tally], to: Links) -> list[tuple[str, Markup]]:
    """Return what the deals in view add up to and how much of it stands: the two subject states first, the network apart.

    What the two share with further states follows what is between them, under a heading of its own.
    """
    unsure = deals.select(tables, replace(selection, sure="any"))
    of = scope.scopes(tables).loc[unsure.index]
    pair = scope.subject_names(tables)
    alone = not (found[scope.BETWEEN].deals or found[scope.SHARED].deals)
    headings = {
        scope.BETWEEN: f"Between {pair}",
        scope.SHARED: f"{pair} with further states",
        scope.AROUND: f"The network around {pair if alone else 'them'}",
    }
    parts = {
        name: _worth(tables, selection, name, tally, unsure[of == name], to)
        for name, tally in found.items()
        if tally.deals
    }
    if scope.BETWEEN in parts and scope.SHARED in parts:
        shared = Markup("<h3>{}</h3>{}").format("With further states", parts.pop(scope.SHARED))
        parts[scope.BETWEEN] += shared
    return [(headings[name], body) for name, body in parts.items()]


def _worth(tables: Tables, selection: Selection, name: str, tally: Tally, unsure: pd.DataFrame, to: Links) -> Markup:
    """Return what the deals of one scope are worth; `unsure` are those of it whatever their evidence."""
    if name == scope.SHARED and not tally.totals.priced:
        return Markup("<p>{} {}</p>").format(scope.described(tally), scope.money_words(tally))
    words = Markup('<p class="meta">{}</p>').format(scope.described(tally))
    if tally.trade or tally.claimed:
        words += value_markup.totals(tables, tally.totals, claimed=tally.claimed)
    if shares := evidence.shares(unsure):
        hrefs = {step: to("", sure=step) for step in deals.SURE}
        words += value_markup.robustness(evidence.robustness(unsure), shares, selection.sure, hrefs)
    if name != scope.BETWEEN or not tally.trade:
        return words
    return words + _more(
        to, "value", "Value of all deals with both as parties", country=list(tables.dictionary.subject)
    )


def _sections(parts: list[tuple[str, Markup]]) -> Markup:
    """Return sections side by side where there is room."""
    section = Markup("<section><h2>{}</h2>{}</section>")
    return Markup('<div class="sections">{}</div>').format(markup.join(section.format(*part) for part in parts))


def _more(to: Links, page: str, words: str, **own: list[str]) -> Markup:
    return Markup('<p class="more">{} →</p>').format(markup.link(to(page, **own), words))


def _statuses(tables: Tables, view: pd.DataFrame, to: Links) -> Markup:
    """Return the number of deals at each status as rows of words, a bar and a number, each leading to those deals."""
    counts = deals.count_by(view, "status", tables.dictionary.choices("deals", "status"))
    most, patterns = counts["deals"].max(), tables.dictionary.meaning("deals", "status", "pattern")
    row = Markup(
        '<tr><td>{}</td><td class="bar"><i data-pattern="{}" style="width:{}%"></i></td><td class="number">{}</td></tr>'
    )
    rows = markup.join(
        row.format(markup.link(to("timeline", status=value), markup.status(tables, value)), patterns[value], round(100 * count / most), count)
        for value, _, count in counts.itertuples(index=False)
        if count
    )  # fmt: skip
    return Markup('<table class="bars"><caption>Deals by status</caption><tbody>{}</tbody></table>').format(rows)


def _pairs(tables: Tables, view: pd.DataFrame, to: Links) -> list[tuple[str, Markup]]:
    """Return the section on the busiest directions of trade in view, each leading to the value of the deals between the two.

    There is no such section where nothing is traded.
    """
    made = flows.directions(tables, view)
    if made.empty:
        return []
    doubted = Markup("{}<small>{:,} alleged or denied</small>")
    rows = []
    for row in records(made.head(PAIRS)):
        href = to("value", by="recipient", country=[row["supplier"], row["recipient"]])
        name = markup.link(href, f"{row['supplier_name']} to {row['recipient_name']}")
        usd = "none" if pd.isna(row["value_usd_m"]) else format_usd(row["value_usd_m"])
        name = doubted.format(name, row["contested"]) if row["contested"] else name
        rows.append([name, f"{row['deals']:,}", usd, f"{row['undisclosed']:,}"])
    caption = "Trade from supplier to recipient. A deal between several states is in several rows."
    caption += f" These are the {PAIRS} busiest of {len(made):,} directions." if len(made) > PAIRS else ""
    headings = ["Direction", "Trade deals", "Disclosed", "No public value"]
    table = Markup('<div class="pairs">{}</div>').format(markup.table(headings, rows, caption, numbers=3))
    return [("Who supplies whom", table + _more(to, "map", "Every direction on the map"))]


def _steps(tables: Tables, view: pd.DataFrame, to: Links) -> Markup:
    """Return the latest dated steps of the deals in view."""
    row = Markup('<li><span class="when">{}</span><div><b>{}</b><br>{} <span class="step">{}</span></div></li>')
    steps = deals.latest_steps(tables, view, STEPS)
    kinds = tables.dictionary.choices("milestones", "kind")
    items = markup.join(
        row.format(dates.format_date(step["date"]), markup.link(to("deal", id=step["deal_id"]), step["title"]),
                   step["event"], kinds[step["kind"]])
        for step in records(steps)
    )  # fmt: skip
    return Markup('<ul class="steps">{}</ul>').format(items) if len(steps) else Markup("<p>No dated step is known.</p>")


def _contested(tables: Tables, view: pd.DataFrame, to: Links) -> Markup:
    """Return the contested deals in view, group by group, each leading to its entry in the ledger."""
    held = ledger.contested(tables, view)
    if held.empty:
        return Markup("<p>No deal in view is alleged, denied, or both claimed and denied.</p>")
    part = Markup('<h3>{} <span class="meta">{:,}</span></h3><ul class="steps contested">{}</ul>')
    counts, shown = ledger.count_groups(held), held.head(STEPS)
    parts = markup.join(
        part.format(
            ledger.GROUPS[str(name)], counts[str(name)], markup.join(_entry(tables, row, to) for row in records(rows))
        )
        for name, rows in shown.groupby("group", sort=False)
    )
    more = "Claims beside denials" if len(held) <= STEPS else f"All {len(held):,}, claims beside denials"
    return parts + _more(to, "claims", more)


def _entry(tables: Tables, deal: markup.Row, to: Links) -> Markup:
    """Return a contested deal as an item of a list, with what is said of it in numbers."""
    row = Markup('<li><span>{}</span><div><b>{}</b><br><span class="meta">{}</span></div></li>')
    link = markup.link(to("claims", id=deal["deal_id"]), deal["title"])
    return row.format(markup.status(tables, deal["status"], deal["family"]), link, _sides(deal))


def _sides(deal: markup.Row) -> str:
    """Return how many statements are on each side of a contested deal."""
    verbs = {"asserts": ("claims", "claim"), "denies": ("denies", "deny"), "comments": ("comments", "comment")}
    words = [f"{deal[side]:,} {verbs[side][deal[side] != 1]}" for side in verbs if deal[side]]
    return f"Statements: {', '.join(words)}" if words else "No statement"


def _voices(tables: Tables, selection: Selection, to: Links) -> Markup:
    """Return a few direct quotations, the latest of each speaker first."""
    said = quotes.select_quotes(
        tables, selection, quotes.Choice(form=tables.dictionary.having("quotes", "form", "exact"))
    )
    if said.empty:
        return Markup("<p>No direct words are in view.</p>") + _more(to, "quotes", "All statements")
    latest = said[["analyst", "date_latest"]].sort_values("date_latest", ascending=False, kind="stable")
    turn = latest.groupby("analyst").cumcount()
    chosen = said.loc[turn.sort_values(kind="stable").index[:VOICES]]
    cited = evidence.cited_each(tables, chosen["source_ids"])
    cards = markup.join(
        markup.statement(
            tables, row,
            rests_on=markup.folded_sources(tables, sources),
            speaker=markup.link(to("quotes", analyst=row["analyst"]), row["analyst"]),
        )
        for row, sources in zip(records(chosen), cited, strict=True)
    )  # fmt: skip
    return Markup('<div class="voices">{}</div>').format(cards) + _more(to, "quotes", "All statements")
