"""The timeline in words: what its marks mean, the deals it cannot place, and the same deals as a table."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from markupsafe import Markup

from dashboard import markup
from dashboard.questions.timeline import DOUBTED, described, part_labels
from dashboard.tables.load import Tables
from dashboard.words import format_count

Link = Callable[[str], str]  # from a deal_id to the address of its page
ENDS = {
    "core": "known to go on",
    "pale": "may begin or end anywhere in here",
    "before": "steps before the start",
    "open": "→ no end reported",
    "unknown": "… last date known, end not known",
    "about": "~ about this date, ? uncertain date",
}


def key(tables: Tables, deals: pd.DataFrame) -> Markup:
    """Return what the marks and bars of the timeline mean, with the number of milestones of each kind in view."""
    kinds = tables.milestones.loc[tables.milestones["deal_id"].isin(deals["deal_id"]), "kind"].value_counts()
    labels, shapes = (
        tables.dictionary.choices("milestones", "kind"),
        tables.dictionary.meaning("milestones", "kind", "shape"),
    )
    marks = [
        Markup('<li><i class="mark" data-shape="{}" aria-hidden="true"></i>{} <span>{:,}</span></li>').format(
            shapes[kind], label, int(kinds[kind])
        )
        for kind, label in labels.items()
        if kind in kinds
    ]
    patterns = tables.dictionary.meaning("deals", "status", "pattern")
    states = [
        Markup("<li>{} {}</li>").format(markup.sample(tables, "deals", "status", status), label)
        for status, label in tables.dictionary.choices("deals", "status").items()
        if patterns[status] != "solid" and status in set(deals["status"])
    ]
    ends = [
        Markup('<li><i class="sample" data-end="{}" aria-hidden="true"></i> {}</li>').format(end, words)
        for end, words in ENDS.items()
    ]
    title = tables.dictionary.title
    parts = [("Bars", ends), (title("deals", "status"), states), ("Milestones", marks)]
    lists = [
        Markup("<section><h3>{}</h3><ul>{}</ul></section>").format(name, markup.join(items))
        for name, items in parts
        if items
    ]
    frame = '<div class="timeline-key"><h2 class="unseen">What the marks mean</h2>{}</div>'
    return Markup(frame).format(markup.join(lists))


def parts(tables: Tables, counts: pd.DataFrame) -> Markup:
    """Return the parts of the bars by year with their marks and numbers, as they lie from the bottom up."""
    doubted = Markup('<span class="domain"><i class="sample" data-pattern="hatched" aria-hidden="true"></i>{}</span>')
    named = {
        **{name: markup.domain(tables, name) for name in tables.dictionary.choices("deals", "domain")},
        DOUBTED: doubted.format(part_labels(tables)[DOUBTED]),
    }
    items = [Markup("{} {}").format(named[str(name)], f"{number:,}") for name, number in counts.sum().items()]
    return Markup('<p class="timeline-parts">{}</p>').format(markup.join(items, " · "))


def undated(tables: Tables, deals: pd.DataFrame, count: int, link: Link) -> Markup:
    """Return deals without any date as a list in words; `count` is how many there are, where not all are given."""
    item = Markup('<li>{} <span class="meta">{}</span> {}</li>')
    items = [
        item.format(
            markup.link(link(deal_id), title),
            ", ".join(filter(None, (said.parties, said.value))),
            markup.status(tables, status, family),
        )
        for deal_id, title, status, family, said in zip(
            deals["deal_id"], deals["title"], deals["status"], deals["family"], described(tables, deals), strict=True
        )
    ]
    why = f"No source gives a date, so the picture has no place for {'it' if count == 1 else 'them'}."
    why += f" The first {len(deals)} are listed." if len(deals) < count else ""
    frame = (
        '<section class="undated"><h2 class="part">{} without any date</h2><p class="note">{}</p><ul>{}</ul></section>'
    )
    return Markup(frame).format(format_count(count, "deal"), why, markup.join(items))


def table_of_deals(tables: Tables, deals: pd.DataFrame, link: Link) -> Markup:
    """Return the deals given as a plain table, each with a link to its own page."""
    title = tables.dictionary.title
    headings = [
        title("deals", "title"),
        title("deals", "domain"),
        "Parties",
        "Dates",
        title("deals", "status"),
        "Value",
        "Evidence",
    ]
    words = described(tables, deals)
    rows = (
        [markup.link(link(deal_id), name), markup.domain(tables, domain), said.parties, said.when,
         markup.status(tables, status, family), said.value, said.evidence]
        for deal_id, name, domain, status, family, said in zip(
            deals["deal_id"], deals["title"], deals["domain"], deals["status"], deals["family"], words, strict=True)
    )  # fmt: skip
    return markup.table(headings, rows, "The deals of the timeline, in the order of their first date")


def table_of_years(counts: pd.DataFrame, labels: dict[str, str]) -> Markup:
    """Return how many deals begin in each year as a plain table, from the table of `chronology.per_year`."""
    rows = (
        [str(year), *(f"{number:,}" for number in row), f"{row.sum():,}"]
        for year, row in zip(counts.index, counts.to_numpy(), strict=True)
    )
    headings = ["Year", *(labels[domain] for domain in counts), "All"]
    return markup.table(headings, rows, "Deals by the year in which they begin", numbers=len(headings) - 1)
