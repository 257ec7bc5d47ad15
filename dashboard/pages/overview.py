"""The front page: totals with their parts, what is new, what is contested, who said so."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard import dates, deals, evidence, filters, flows, ledger, markup, quotes
from dashboard.data import Tables
from dashboard.deals import Selection, Totals, format_count, format_usd
from dashboard.pages import grades_explained, heading, nothing, source_line
from dashboard.tables import records

STEPS, VOICES, PAIRS = 8, 3, 6
USED = ["deal_id", "kind", "status", "in_totals", "has_price", *deals.MONEY, "origins", "credibility"]


def render(tables: Tables, selection: Selection) -> None:
    """Draw the overview of the deals in view."""
    count, words, parts = build(tables, tables.stamp, selection, filters.href(""))
    heading("Overview", words)
    grades_explained(tables, filters.in_view(tables, selection, shown=count))
    if not count:
        return nothing()
    for part in parts:
        st.html(part)
    source_line(tables)
    return None


@st.cache_resource(max_entries=256, show_spinner=False)
def build(_tables: Tables, stamp: str, selection: Selection, address: str) -> tuple[int, str, list[Markup]]:
    """Return how many deals are in view, the finding and the page; the filters in `address` are in its links too."""
    tables, view = _tables, deals.select(_tables, selection)[USED]
    totals = deals.total(view, list(tables.dictionary.choices("deals", "value_basis")))
    if view.empty:
        return 0, finding(view, totals), []
    unsure = view if selection.sure == "any" else deals.select(tables, replace(selection, sure="any"))
    hrefs = {step: filters.href("", sure=step) for step in deals.SURE}
    strip = markup.robustness(evidence.robustness(unsure), evidence.shares(unsure), selection.sure, hrefs)
    worth = markup.totals(tables, totals) + strip + _more("value", "Value by domain")
    far = _statuses(tables, view) + _more("timeline", "Every deal on the timeline") + _pairs(tables, view)
    parts = [
        _sections([("What it is worth", worth), ("How far along", far)]),
        _sections([("Latest steps", _steps(tables, view)), ("Contested", _contested(tables, view))]),
        _sections([("In direct words", _voices(tables, selection))]),
    ]
    return len(view), finding(view, totals), parts


def finding(view: pd.DataFrame, totals: Totals) -> str:
    """Return the front page's one sentence, computed from the deals in view."""
    trade = int(deals.is_trade(view).sum())
    if not trade:
        return "No trade deal is in view."
    if not totals.priced:
        return f"No value that may be added up is public for the {format_count(trade, 'trade deal')} in view."
    contract = totals.parts.get("contract", (0.0, 0))[1] or "none"
    others = {"no public value": totals.unpriced, "a value that may not be added up": totals.left_out_priced}
    rest = [f"{count:,} {'has' if count == 1 else 'have'} {what}" for what, count in others.items() if count]
    return (
        f"{format_usd(totals.disclosed)} is public for {totals.priced:,} of {format_count(trade, 'trade deal')}, "
        f"{contract} of them from a contract{'; ' * bool(rest)}{', '.join(rest)}."
    )


def _sections(parts: list[tuple[str, Markup]]) -> Markup:
    """Return sections side by side where there is room."""
    section = Markup("<section><h2>{}</h2>{}</section>")
    return Markup('<div class="sections">{}</div>').format(markup.join(section.format(*part) for part in parts))


def _more(page: str, words: str, **own: str) -> Markup:
    return Markup('<p class="more">{} →</p>').format(markup.link(filters.href(page, **own), words))


def _statuses(tables: Tables, view: pd.DataFrame) -> Markup:
    """Return the number of deals at each status as rows of words, a bar and a number, each leading to those deals."""
    counts = deals.count_by(view, "status", tables.dictionary.choices("deals", "status"))
    most, patterns = counts["deals"].max(), tables.dictionary.meaning("deals", "status", "pattern")
    row = Markup(
        '<tr><td>{}</td><td class="bar"><i data-pattern="{}" style="width:{}%"></i></td><td class="number">{}</td></tr>'
    )
    rows = markup.join(
        row.format(markup.link(filters.href("timeline", status=value), markup.status(tables, value)), patterns[value], round(100 * count / most), count)
        for value, _, count in counts.itertuples(index=False)
        if count
    )  # fmt: skip
    return Markup('<table class="bars"><caption>Deals by status</caption><tbody>{}</tbody></table>').format(rows)


def _pairs(tables: Tables, view: pd.DataFrame) -> Markup:
    """Return the busiest directions of trade in view, each leading to the value of the deals between the two."""
    made = flows.directions(tables, view)
    if made.empty:
        return Markup("")
    doubted = Markup("{}<small>{:,} alleged or denied</small>")
    rows = []
    for row in records(made.head(PAIRS)):
        href = filters.href("value", by="recipient", country=[row["supplier"], row["recipient"]])
        name = markup.link(href, f"{row['supplier_name']} to {row['recipient_name']}")
        usd = "none" if pd.isna(row["value_usd_m"]) else format_usd(row["value_usd_m"])
        name = doubted.format(name, row["contested"]) if row["contested"] else name
        rows.append([name, f"{row['deals']:,}", usd, f"{row['undisclosed']:,}"])
    caption = "Trade from supplier to recipient; a deal between several states is in several rows"
    caption += f"; the {PAIRS} busiest of {len(made):,}" if len(made) > PAIRS else ""
    headings = ["Direction", "Trade deals", "Disclosed", "No public value"]
    table = Markup('<div class="pairs">{}</div>').format(markup.table(headings, rows, caption, numbers=3))
    return Markup("<h2>Who supplies whom</h2>{}{}").format(table, _more("map", "Every direction on the map"))


def _steps(tables: Tables, view: pd.DataFrame) -> Markup:
    """Return the latest dated steps of the deals in view."""
    row = Markup('<li><span class="when">{}</span><div><b>{}</b><br>{} <span class="step">{}</span></div></li>')
    steps = deals.latest_steps(tables, view, STEPS)
    kinds = tables.dictionary.choices("milestones", "kind")
    items = markup.join(
        row.format(dates.format_date(step["date"]), markup.link(filters.href("deal", id=step["deal_id"]), step["title"]),
                   step["event"], kinds[step["kind"]])
        for step in records(steps)
    )  # fmt: skip
    return Markup('<ul class="steps">{}</ul>').format(items) if len(steps) else Markup("<p>No dated step is known.</p>")


def _contested(tables: Tables, view: pd.DataFrame) -> Markup:
    """Return the contested deals in view, each leading to its entry in the ledger, and what is said of it in numbers."""
    held = ledger.contested(tables, view)
    if held.empty:
        return Markup("<p>Nothing in view is alleged, denied, or both claimed and denied.</p>")
    row = Markup('<li><span>{}</span><div><b>{}</b><br><span class="meta">{}</span></div></li>')
    items = markup.join(
        row.format(markup.status(tables, deal["status"], deal["family"]),
                   markup.link(filters.href("claims", id=deal["deal_id"]), deal["title"]), _sides(deal))
        for deal in records(held.head(STEPS))
    )  # fmt: skip
    more = "Claims beside denials" if len(held) <= STEPS else f"All {len(held):,}, claims beside denials"
    return Markup('<ul class="steps contested">{}</ul>{}').format(items, _more("claims", more))


def _sides(deal: markup.Row) -> str:
    """Return how many statements are on each side of a contested deal."""
    verbs = {"asserts": "assert", "denies": "deny", "comments": "comment"}
    words = [f"{deal[one]:,} {one if deal[one] == 1 else many}" for one, many in verbs.items() if deal[one]]
    return f"Statements: {', '.join(words)}" if words else "No statement for or against it, only pages"


def _voices(tables: Tables, selection: Selection) -> Markup:
    """Return a few direct quotations, the latest of each speaker first."""
    said = quotes.select_quotes(
        tables, selection, quotes.Choice(form=tables.dictionary.having("quotes", "form", "exact"))
    )
    if said.empty:
        return Markup("<p>No direct words are in view.</p>") + _more("quotes", "All statements")
    latest = said[["analyst", "date_latest"]].sort_values("date_latest", ascending=False, kind="stable")
    turn = latest.groupby("analyst").cumcount()
    chosen = said.loc[turn.sort_values(kind="stable").index[:VOICES]]
    cited = evidence.cited_each(tables, chosen["source_ids"])
    cards = markup.join(
        markup.statement(
            tables, row,
            rests_on=markup.folded_sources(tables, sources),
            speaker=markup.link(filters.href("quotes", analyst=row["analyst"]), row["analyst"]),
        )
        for row, sources in zip(records(chosen), cited, strict=True)
    )  # fmt: skip
    return Markup('<div class="voices">{}</div>').format(cards) + _more("quotes", "All statements")
