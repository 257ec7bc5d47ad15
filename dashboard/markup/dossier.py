"""What is known of one deal, as HTML: its facts in words, whose press it rests on, what was not found.

What is not public is said in words; nothing here is ever shown as zero.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from markupsafe import Markup

from dashboard import markup
from dashboard.questions import dossier, evidence, ledger
from dashboard.tables import dates
from dashboard.tables.load import Tables
from dashboard.words import SIDES, format_count, format_usd, listed

UNPRICED = "No public value was found. It is unknown, not zero."


def lead(tables: Tables, deal: pd.Series) -> Markup:
    """Return the marks under a deal's title: status, domain, kind and how credible it is."""
    kind = Markup('<span class="kind">{}</span>').format(tables.dictionary.label("deals", "kind", deal["kind"]))
    marks = [markup.status(tables, deal["status"], deal["family"]), markup.domain(tables, deal["domain"]), kind]
    return Markup('<p class="marks lead">{} {}</p>').format(
        markup.join(marks, " "), markup.credibility(tables, deal["credibility"])
    )


def facts(tables: Tables, deal: pd.Series) -> Markup:
    """Return the facts of a deal as a list of terms: parties, value, totals, dates, quantity, place, evidence."""
    title = tables.dictionary.title
    rows: list[tuple[str, Markup | str]] = [
        *_parties(tables, deal),
        (title("deals", "value_usd_m"), _strong(value(tables, deal))),
        (title("deals", "in_totals"), totals(tables, deal)),
        (title("deals", "quantity"), quantity(deal)),
        *((title("deals", name), _when(deal, name)) for name in ("announced", "start", "end")),
        (title("deals", "place_id"), place(tables, deal)),
        ("Evidence", _evidence(tables, deal)),
        (title("deals", "in_article"), tables.dictionary.label("deals", "in_article", deal["in_article"])),
        (title("deals", "last_checked"), dates.format_date(deal["last_checked"])),
    ]
    items = (Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(*row) for row in rows)
    return Markup('<dl class="facts">{}</dl>').format(markup.join(items))


def _strong(words: tuple[str, str]) -> Markup:
    return Markup('<b class="figure">{}</b> {}').format(*words) if words[0] else Markup("{}").format(words[1])


def _parties(tables: Tables, deal: pd.Series) -> Iterable[tuple[str, Markup]]:
    """Yield the two sides with their bodies; only where something is supplied is a side called supplier."""
    columns = ("supplier", "recipient")
    words = SIDES.get(deal["family"]) or [tables.dictionary.title("deals", side) for side in columns]
    for word, side in zip(words, columns, strict=True):
        names = listed(map(tables.country_name, deal[side].split(";")))
        bodies = deal[f"{side}_org"] or "body not named"
        yield word, Markup('<b>{}</b><br><span class="meta">{}</span>').format(names, bodies)


def value(tables: Tables, deal: pd.Series) -> tuple[str, str]:
    """Return a deal's figure, "" where there is none, and what it is: its range and basis, or why there is none."""
    label = tables.dictionary.label
    if pd.isna(deal["value_usd_m"]):
        kind = label("deals", "kind", deal["kind"]).lower()
        return "", UNPRICED if deal[
            "has_price"
        ] else f"No price applies: the kind is {kind}, which is not counted as a trade deal."
    low, high = deal["value_low_usd_m"], deal["value_high_usd_m"]
    bounds = [] if pd.isna(low) else [f"lowest public figure {format_usd(low)}"]
    bounds += [] if pd.isna(high) else [f"highest {format_usd(high)}"]
    basis = f"{tables.dictionary.title('deals', 'value_basis').lower()}: {label('deals', 'value_basis', deal['value_basis']).lower()}"
    return format_usd(deal["value_usd_m"]), "; ".join([*bounds, basis, "dollars of the time"])


def totals(tables: Tables, deal: pd.Series) -> str:
    """Return whether a deal is in totals, and if it is not, why."""
    if deal["in_totals"] == "no":
        return f"No: {ledger.reason_left_out(deal['doubt'])}"
    return "Yes" if pd.notna(deal["value_usd_m"]) else "Yes. It has no public value, so it adds nothing to a sum."


def quantity(deal: pd.Series) -> str:
    """Return how many of what; a number that is not public is said to be so."""
    unit = deal["unit"]
    if pd.isna(deal["quantity"]):
        return f"Number not public ({unit})" if unit else "None given"
    number = f"{deal['quantity']:,}"
    return f"{number} × {unit}" if unit else number


def _when(deal: pd.Series, name: str) -> str:
    if deal[name]:
        return dates.format_date(deal[name])
    return "Open or not known" if name == "end" else "Date not known"


def place(tables: Tables, deal: pd.Series) -> Markup | str:
    """Return a deal's place and how precisely it is known, in words."""
    rows = tables.places[tables.places["place_id"] == deal["place_id"]]
    if rows.empty:
        return "No place applies or is known"
    row = rows.iloc[0]
    precision = tables.dictionary.label("places", "precision", row["precision"]).lower()
    country = tables.country_name(row["country"])
    name = row["name"] if row["name"] == country else f"{row['name']}, {country}"
    return Markup('{}<br><span class="meta">Known to the level of the {}</span>').format(name, precision)


def _evidence(tables: Tables, deal: pd.Series) -> Markup:
    count = len(deal["source_ids"].split(";"))
    words = f"{format_count(count, 'source')}, {format_count(int(deal['origins']), 'independent origin')}"
    return Markup("{}<br>{}").format(markup.credibility(tables, deal["credibility"]), words)


def press(tables: Tables, deal: pd.Series, sources: pd.DataFrame) -> Markup:
    """Return whose press a deal rests on, with a plain mark where all of it sits on one side of the relation."""
    row = Markup('<li{}><b class="number">{}</b> <span>{}{}</span></li>')
    rows = (
        row.format("" if count else Markup(' class="none"'), count, name, f" ({', '.join(parts)})" if parts else "")
        for name, count, parts in dossier.presses(tables, sources)
    )
    only = evidence.one_sided(tables).get(deal["deal_id"], [])
    mark = Markup(
        '<p class="one-sided"><b aria-hidden="true">◐</b> One side only: every source is of {}, {} to it.</p>'
    )
    names = listed(map(tables.country_name, only))
    mark = mark.format(names, "a party" if len(only) == 1 else "parties") if only else ""
    return Markup('<ul class="presses">{}</ul>{}').format(markup.join(rows), mark)


def gaps(rows: pd.DataFrame) -> Markup:
    """Return what was looked for and not found: the question, what was found instead, the day it was last looked for."""
    item = Markup('<li><b>{}</b><br>{} <span class="meta">Looked for on {}.</span></li>')
    items = (
        item.format(row["question"], row["found"], dates.format_date(row["last_checked"])) for _, row in rows.iterrows()
    )
    return Markup('<ul class="gaps">{}</ul>').format(markup.join(items))


def deal_links(tables: Tables, rows: Iterable[tuple[str, pd.Series]]) -> Markup:
    """Return deals as a list of links, with their status and when they began; each row is an address and a deal."""
    item = Markup('<li>{} {} <span class="meta">{}</span></li>')
    items = (
        item.format(
            markup.link(address, deal["title"]), markup.status(tables, deal["status"], deal["family"]),
            dates.format_date(deal["start"] or deal["announced"]),
        )
        for address, deal in rows
    )  # fmt: skip
    return Markup('<ul class="deal-links">{}</ul>').format(markup.join(items))


def section(title: str, body: Markup, note: str = "") -> Markup:
    """Return a part of the page under its heading; nothing where there is nothing to say."""
    if not body:
        return Markup("")
    words = Markup('<p class="meta">{}</p>').format(note) if note else ""
    return Markup('<section class="part"><h2>{}</h2>{}{}</section>').format(title, words, body)
