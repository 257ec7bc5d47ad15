"""The parts of a note, one after the other: facts, what is said, claims against denials, doubts, deals, and what it was made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from docx.shared import Mm
from docx.table import _Cell

from dashboard.pack.briefing import Briefing
from dashboard.pack.note.paper import COLUMN, write
from dashboard.pack.note.writer import Writer
from dashboard.questions import evidence, ledger
from dashboard.questions.ledger import Side
from dashboard.tables import dates
from dashboard.templates import words_of
from dashboard.views.view import Claim, View
from dashboard.words import format_count

# As much as three pages hold; the other forms of the pack hold all of it.
SAID, QUOTED, FEWER = 2, 8, 4  # statements on a side, in a list, in a list beside much else
LISTED, STEPS = 3, 8  # deals, dated steps
SIDES = ("asserts", "denies")
WIDTHS = {"title": 50, "dates": 40, "status": 24, "value": 32, "sure": 24}  # millimetres: the columns of the deals


def write_facts(writer: Writer, view: View) -> None:
    """Write what is known of a deal, and its last dated steps with their sources, where the view is of one."""
    tables = {rows.name: rows for rows in view.tables}
    if view.page != "deal" or "facts" not in tables:
        return
    facts = writer.table(list(tables["facts"].headings.values()), (40, COLUMN - 40))
    for row in tables["facts"].rows:
        writer.row(facts, [str(cell) for cell in row])
    steps = tables["steps"]
    if not steps.rows:
        return
    writer.paragraph(steps.title if len(steps.rows) <= STEPS else f"The last {STEPS} of {steps.title}", "Heading 2")
    names = list(steps.headings)
    date_at, event_at, sources_at = (names.index(name) for name in ("date", "event", "source_ids"))
    table = writer.table([steps.headings["date"], steps.headings["event"]], (40, COLUMN - 40))
    for row in steps.rows[-STEPS:]:
        cells = writer.row(table, [str(row[date_at]), str(row[event_at])])
        writer.cite(cells[1].paragraphs[0], evidence.cited_each(writer.tables, [str(row[sources_at])])[0])


def write_said(writer: Writer, view: View) -> None:
    """Write the first statements of a view: more where it is one of statements."""
    is_own = view.noun == "statements"
    shown, count = view.statements[: QUOTED if is_own else FEWER], view.count if is_own else len(view.statements)
    writer.paragraph("What is said", "Heading 2")
    for said in shown:
        writer.statement(said.row, said.sources, writer.document)
    if count > len(shown):
        writer.paragraph(f"and {count - len(shown)} more in the view", "Small")


def write_claims(writer: Writer, shown: Sequence[Claim], every: Sequence[Claim]) -> None:
    """Write the contested deals that are shown, of every one in view, with what is claimed beside what is denied."""
    writer.paragraph("Claims against denials", "Heading 2")
    if not every:
        writer.paragraph("No deal in view is alleged or denied, and none is both claimed and denied.")
        return
    writer.paragraph(words_of("ledger.html", "no_verdict"))
    for claim in shown:
        status = writer.tables.dictionary.label("deals", "status", claim.row["status"], claim.row["family"])
        write(writer.paragraph(claim.row["title"], "Heading 3"), f"  {status}. {claim.group}.", bold=False, italic=True)
        table = writer.table(["Claimed", "Denied"], (COLUMN / 2, COLUMN / 2))
        sides = {side.name: side for side in claim.entry.sides}
        for name, cell in zip(SIDES, writer.row(table, ["", ""]), strict=True):
            _write_side(writer, sides[name], cell)
    rest = (
        [f"{format_count(len(every) - len(shown), 'more contested deal')} in view."] if len(every) > len(shown) else []
    )
    others = sum(len(side.statements) for claim in every for side in claim.entry.sides if side.name not in SIDES)
    rest += [
        f"{format_count(others, 'statement')} on contested deals in view {'takes' if others == 1 else 'take'} neither side."
    ] * bool(others)
    writer.paragraph(" ".join(rest), "Small")


def _write_side(writer: Writer, side: Side, cell: _Cell) -> None:
    """Write the statements of a side, or who carries it where nobody named speaks for it."""
    first = cell.paragraphs[0]
    if not side.statements:
        first.style = "Cell"
        write(
            first, words_of("ledger.html", "nobody")[side.name].replace(" These pages report it:", " Pages report it.")
        )
        writer.cite(first, side.sources)
    for at, (row, sources) in enumerate(side.statements[:SAID]):
        writer.statement(row, sources, cell, None if at else first)
    if len(side.statements) > SAID:
        write(cell.add_paragraph(style="Small"), f"and {len(side.statements) - SAID} more")


def write_doubts(writer: Writer, views: Sequence[View], claims: Sequence[Claim]) -> None:
    """Write what is not sure, and why: what the views say of it, and on what the sources of contested deals differ."""
    notes = dict.fromkeys(words for view in views for words in (*view.notes, *view.left_out))
    doubts = writer.tables.deals.set_index("deal_id")["doubt"]
    points = {claim.row["title"]: ledger.differences(doubts[claim.row["deal_id"]]) for claim in claims}
    said = {title: found for title, found in points.items() if found}
    writer.paragraph("What is not sure, and why", "Heading 2")
    for words in notes:
        writer.paragraph(words, "List Bullet")
    for title, differences in said.items():
        paragraph = writer.paragraph("", "List Bullet")
        write(paragraph, f"{title}: ", bold=True)
        write(paragraph, " ".join(f"{name}: {words}" if name else words for name, words in differences))
    if not notes and not said:
        writer.paragraph("The tables name no doubt about what is in view.")


def write_deals(writer: Writer, views: Sequence[View]) -> None:
    """Write the first deals of the first view that lists any, each with its sources."""
    found = next((rows for view in views for rows in view.tables if rows.name == "deals" and rows.rows), None)
    if not found:
        return
    more = f": the first {LISTED}" if len(found.rows) > LISTED else ""
    writer.paragraph(f"{found.title}{more}", "Heading 2")
    table = writer.table([found.headings[name] for name in WIDTHS], tuple(WIDTHS.values()))
    places = [list(found.headings).index(name) for name in WIDTHS]
    sources = writer.tables.deals.set_index("deal_id")["source_ids"]
    for key, row in list(zip(found.keys, found.rows, strict=True))[:LISTED]:
        cells = writer.row(table, [str(row[place]) for place in places])
        writer.cite(cells[0].paragraphs[0], evidence.cited_each(writer.tables, [sources[key]])[0])


def write_about(writer: Writer, briefing: Briefing, today: date) -> None:
    """Write what the note was made of, and how its grades are read."""
    paragraph = writer.paragraph("", "Small")
    paragraph.paragraph_format.space_before = Mm(4)
    asked = ", ".join(f"/{part.view.page}{'?' * bool(part.view.query)}{part.view.query}" for part in briefing.parts)
    for words in (
        f"Made on {dates.format_date(today.isoformat())} from {asked}, version {writer.tables.version} of the tables. ",
        f"Licence: {', '.join(writer.tables.package.licences)}. Undisclosed is never zero. ",
        "Sources are graded from A, the most reliable, to F; facts from 1, confirmed, to 6 (NATO Admiralty code). ",
        "The notes name the best sources of each fact.",
    ):
        write(paragraph, words)
