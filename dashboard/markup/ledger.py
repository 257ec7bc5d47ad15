"""An entry of the claim ledger as HTML: who claims, who denies, who comments, side by side, and no verdict.

Shared by the ledger and by the page of a contested deal. Word and shape set the sides apart, never colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from dashboard import markup
from dashboard.markup import Row
from dashboard.questions import dossier, evidence, ledger
from dashboard.questions.ledger import Entry, Side
from dashboard.tables import dates
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from dashboard.words import format_count, relation

HEADS = {"asserts": ("●", "Claims"), "denies": ("○", "Denies"), "comments": ("–", "Qualifies or comments")}
NOBODY = {
    "asserts": "No named speaker claims it. These pages report it:",
    "denies": "No denial was found.",
}
NO_VERDICT = "The ledger gives no verdict. It shows who says what, where it was published and how it is graded."
# What the groups of the ledger mean.
GROUP_NOTES = {
    "both": "Named speakers stand on both sides.",
    "claimed": "Named speakers claim it. No denial was found.",
    "denied": "Named speakers deny it. No named speaker claims it.",
    "reported": "Pages report it. No named speaker claims it or denies it.",
}


def account(tables: Tables, entry: Entry) -> Markup:
    """Return what an entry of the ledger says: the positions, and on what the sources differ. No link in it is of ours."""
    return positions(tables, entry, rank=4) + _differences(tables, entry.deal)


def group(name: str, entries: Sequence[Markup]) -> Markup:
    """Return entries of one group of the ledger under its heading; `name` is a key of `ledger.GROUPS`."""
    frame = Markup('<section class="group"><h2 class="part">{}</h2><p class="meta">{}</p>{}</section>')
    return frame.format(ledger.GROUPS[name], GROUP_NOTES[name], markup.join(entries))


def entry(tables: Tables, deal: pd.Series, account: Markup, deal_page: str, own_page: str) -> Markup:
    """Return a whole entry of the ledger; `deal_page` and `own_page` are the addresses of its deal and of itself."""
    head = Markup('<h3>{}</h3><p class="marks">{} {} <span>{}</span></p><p class="summary">{}</p>').format(
        markup.link(deal_page, deal["title"]), markup.status(tables, deal["status"], deal["family"]),
        markup.domain(tables, deal["domain"]), relation(deal, tables.country_names), deal["summary"],
    )  # fmt: skip
    links = markup.join(
        [markup.link(deal_page, "All that is known of it"), markup.link(own_page, "Link to this entry")], " · "
    )
    frame = Markup('<article class="entry" id="entry-{}">{}{}<p class="more">{}</p></article>')
    return frame.format(deal["deal_id"], head, account, links)


def contents(tables: Tables, deals: pd.DataFrame) -> Markup:
    """Return the list of entries on the page, by group: each deal with its status and its statements on each side.

    `deals` are rows as `ledger.contested` gives them.
    """
    legend = ", ".join(f"{shape} {word.lower()}" for shape, word in HEADS.values())
    part = Markup("<p>{}</p><ol>{}</ol>")
    parts = (
        part.format(ledger.GROUPS[str(name)], markup.join(_listed(tables, deal) for deal in records(rows)))
        for name, rows in deals.groupby("group", sort=False)
    )
    frame = Markup('<nav class="contents" aria-label="Entries"><p class="meta">Statements: {}</p>{}</nav>')
    return frame.format(legend, markup.join(parts))


def _listed(tables: Tables, deal: Row) -> Markup:
    item = Markup('<li><a href="#entry-{}">{}</a> {} <span class="tally">{}</span></li>')
    status = markup.status(tables, deal["status"], deal["family"])
    return item.format(deal["deal_id"], deal["title"], status, _tally(deal))


def _tally(deal: Row) -> Markup:
    count = Markup('<span><span aria-hidden="true">{}</span> {} <span class="unseen">{}</span></span>')
    counts = [count.format(shape, deal[name], word.lower()) for name, (shape, word) in HEADS.items() if deal[name]]
    return markup.join(counts, " ") or Markup("<span>no statement</span>")


def positions(tables: Tables, entry: Entry, rank: int = 3) -> Markup:
    """Return the positions on a deal: their order in time, then a column for each side, with headings of that rank."""
    shown = [side for side in entry.sides if side.name in NOBODY or len(side.statements)]
    columns = markup.join(_side(tables, side, rank) for side in shown)
    shared = (
        Markup('<p class="meta">{} on both sides: the same reporting carries the claim and the denial.</p>').format(
            format_count(entry.shared, "origin") + (" stand" if entry.shared > 1 else " stands")
        )
        if entry.shared
        else ""
    )
    return Markup('{}<div class="sides">{}</div>{}').format(_order(entry.positions), columns, shared)


def _order(said: pd.DataFrame) -> Markup:
    """Return the dates of all positions in a row, each with the shape of its side."""
    if len(said) < 2:
        return Markup("")
    item = Markup('<li><span aria-hidden="true">{}</span> {} <span class="meta">{}</span></li>')
    items = [
        item.format(HEADS[row["side"]][0], dates.format_date(row["date"]), HEADS[row["side"]][1].lower())
        for row in records(said)
    ]
    return Markup('<ol class="order" aria-label="Positions in order of date">{}</ol>').format(markup.join(items))


def _side(tables: Tables, side: Side, rank: int) -> Markup:
    """Return one side: its shape and word, what stands on it, and its statements or the pages that carry it."""
    shape, word = HEADS[side.name]
    origins = format_count(side.origins, "independent origin")
    if len(side.statements):
        count = f"{format_count(len(side.statements), 'statement')}, {origins}"
        body = statements(tables, side.statements)
    else:
        count = f"{format_count(len(side.sources), 'page')}, {origins}" if len(side.sources) else ""
        body = Markup("<p>{}</p>{}").format(NOBODY[side.name], references(tables, records(side.sources)))
    frame = '<section class="side" data-side="{0}"><h{1}><span aria-hidden="true">{2}</span> {3}</h{1}><p class="meta">{4}</p>{5}</section>'
    return Markup(frame).format(side.name, rank, shape, word, count, body)


def references(tables: Tables, sources: Sequence[Row]) -> Markup:
    """Return sources as short lines: publisher as a link to the page, country, date, grade and whose text it carries."""
    items = markup.join(_reference(tables, row) for row in sources)
    return Markup('<ul class="references">{}</ul>').format(items) if sources else Markup("")


def statements(tables: Tables, said: pd.DataFrame) -> Markup:
    """Return statements as cards, each with its sources as short lines."""
    pages = evidence.cited_each(tables, said["source_ids"])
    return markup.join(
        markup.statement(tables, row, rests_on=references(tables, sources))
        for row, sources in zip(records(said), pages, strict=True)
    )


def _reference(tables: Tables, row: Row) -> Markup:
    carried = f"text of {row['origin']}" if row["origin"] not in row["publisher"] else ""
    facts = [
        tables.country_name(row["country"]) if row["country"] else "",
        dates.format_date(row["published"]),
        carried,
    ]
    meta = ", ".join(filter(None, facts))
    line = Markup('<li>{} <span class="meta">{}</span> {}</li>')
    return line.format(page_link(row), meta, markup.reliability(tables, row["reliability"]))


def page_link(row: Row) -> Markup:
    """Return a source's publisher as a link to its page; its headline shows when pointed at."""
    if not row["url"]:
        return Markup('<span title="{}">{}</span> <em>(no public address)</em>').format(row["title"], row["publisher"])
    frame = Markup('<a href="{}" title="{}" target="_blank" rel="noopener noreferrer">{}</a>')
    return frame.format(row["url"], row["title"], row["publisher"])


def _differences(tables: Tables, deal: pd.Series) -> Markup:
    """Return on what the sources differ, and the dated steps as they were reported."""
    parts = [
        ("What the sources differ on", doubt(deal["doubt"], without=ledger.LEFT_OUT)),
        ("What was reported, by date", steps(tables, dossier.steps(tables, deal["deal_id"]))),
    ]
    sections = (Markup("<section><h4>{}</h4>{}</section>").format(head, body) for head, body in parts if body)
    return Markup('<div class="differences">{}</div>').format(markup.join(sections))


def doubt(text: str, without: str = "") -> Markup:
    """Return what the sources disagree on, a paragraph a point; the point named `without` is left to another place."""
    named = Markup("<p><b>{}:</b> {}</p>")
    plain = Markup("<p>{}</p>")
    return markup.join(
        named.format(name, words) if name else plain.format(words)
        for name, words in ledger.points(text)
        if not without or name != without
    )


def steps(tables: Tables, rows: pd.DataFrame) -> Markup:
    """Return milestones as a list: when, what kind of step, what happened, and the pages that say so."""
    if rows.empty:
        return Markup("")
    item = Markup(
        '<li><span class="when">{}</span><div><span class="step">{}</span> {} <span class="meta cited">{}</span></div></li>'
    )
    pages = evidence.cited_each(tables, rows["source_ids"])
    items = (
        item.format(
            dates.format_date(row["date"]), tables.dictionary.label("milestones", "kind", row["kind"]), row["event"],
            markup.join((_graded(tables, source) for source in sources), " "),
        )
        for row, sources in zip(records(rows), pages, strict=True)
    )  # fmt: skip
    return Markup('<ol class="steps">{}</ol>').format(markup.join(items))


def _graded(tables: Tables, row: Row) -> Markup:
    """Return a source as its publisher and the letter of its grade, the words of which a screen reader gets."""
    words = tables.dictionary.label("sources", "reliability", row["reliability"])
    grade = Markup('<abbr class="grade" data-grade="{0}" title="Source reliability {0}: {1}">{0}</abbr>')
    return Markup('<span class="pair">{} {}</span>').format(page_link(row), grade.format(row["reliability"], words))
