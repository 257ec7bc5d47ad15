"""The money of deals as HTML: the numbers of its bars as a table, the ladder of stages, what is left out and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd
from markupsafe import Markup

from dashboard import ledger, markup, money
from dashboard.data import Tables
from dashboard.deals import Totals, format_count, format_usd, listed
from dashboard.money import Group, Stage, differs
from dashboard.tables import records

LISTED = 20
Href = Callable[..., str]  # a page and its parameters -> the address of the page


def table_of_values(
    tables: Tables, groups: list[Group], totals: Totals, by: str, label: str, caption: str, href: Href
) -> Markup:
    """Return the numbers of the bars as a table, with their sum as its last row."""
    bases = tables.dictionary.choices("deals", "value_basis")
    headings = [label, "Disclosed", *bases.values(), "Range where sources differ", "Deals with a value",
                "Without a public value", "Left out of totals"]  # fmt: skip
    rows = [_cells(tables, row_name(by, group, href), group.totals) for group in groups]
    rows.append(_cells(tables, Markup("<b>All</b>"), totals))
    return markup.table(headings, rows, caption, numbers=len(headings) - 1)


def row_name(by: str, group: Group, href: Href) -> Markup | str:
    """Return a group's name; where the address can hold it, as a link to its deals."""
    if by in ("domain", "status") and group.key != money.FOLDED:
        return markup.link(href("timeline", **{by: group.key}), group.label)
    return group.label


def _cells(tables: Tables, name: Markup | str, totals: Totals) -> list[Markup | str]:
    parts = [format_usd(usd) if count else "none" for usd, count in totals.parts.values()]
    spread = f"{format_usd(totals.low)} to {format_usd(totals.high)}" if differs(totals) else "none"
    out: Markup | str = "none"
    if totals.left_out:
        out = Markup("{:,}<small>{}</small>").format(sum(totals.left_out.values()), money.reasons(tables, totals))
    disclosed = format_usd(totals.disclosed) if totals.priced else "none"
    return [name, disclosed, *parts, spread, f"{totals.priced:,}", f"{totals.unpriced:,}", out]


def stage_ladder(stages: list[Stage], dollars: str) -> Markup:
    """Return the stages from idea to delivery as a ladder, and the statuses that stand apart from it below."""
    on = [stage for stage in stages if stage.on_ladder]
    off = [stage for stage in stages if not stage.on_ladder]
    frame = (
        '<section class="stages"><h2 class="part">{}</h2><p class="meta">{}</p><ol>{}</ol>'
        "<h3>Apart from the ladder</h3><ul>{}</ul></section>"
    )
    note = "A memorandum is not a delivery. Each deal stands at the last stage seen in its sources."
    note += f" Money is in {dollars}." if dollars else ""
    return Markup(frame).format(stage_finding(stages), note, *(markup.join(map(_stage, some)) for some in (on, off)))


def stage_finding(stages: list[Stage]) -> str:
    """Return in a sentence how much of the money in totals stands at which stage."""
    held = [f"{format_usd(stage.usd_m)} is {stage.label.lower()}" for stage in reversed(stages) if stage.priced]
    return f"Of the disclosed total, {listed(held)}" if held else "No stage has a value in totals"


def _stage(stage: Stage) -> Markup:
    sums = [f"{format_usd(stage.usd_m)} in totals ({format_count(stage.priced, 'deal')})"] if stage.priced else []
    apart = f"{format_usd(stage.apart_usd_m)} not in totals ({format_count(stage.apart_priced, 'deal')})"
    sums += [apart] if stage.apart_priced else []
    lines = [f"{stage.unpriced:,} without a public value"] if stage.unpriced else []
    lines += [format_count(stage.claimed, "claimed transfer")] if stage.claimed else []
    lines += ["1 tie or measure" if stage.other == 1 else f"{stage.other:,} ties and measures"] if stage.other else []
    frame = '<li{}><span class="name">{}</span><b>{:,}</b> <span>trade deal{}</span>{}{}</li>'
    money_lines = markup.join(
        Markup('<span class="{}">{}</span>').format("apart" if text is apart else "sum", text) for text in sums
    )
    rest = markup.join(Markup('<span class="meta">{}</span>').format(text) for text in lines)
    return Markup(frame).format(
        Markup(" data-doubted") if stage.is_doubted else "",
        stage.label,
        stage.trade,
        "s" * (stage.trade != 1),
        money_lines,
        rest,
    )


def left_out_table(tables: Tables, apart: pd.DataFrame, count: int, dollars: str, href: Href) -> Markup:
    """Return deals that have a public figure which is not in totals, with the reasons: the largest of so many."""
    title = tables.dictionary.title
    value = title("deals", "value_usd_m") + (f", {dollars}" if dollars else "")
    headings = [title("deals", "title"), title("deals", "status"), "Why it is left out", value]
    caption = "Public figures that are not in totals, and why"
    if count > len(apart):
        caption += f": the {len(apart)} largest of {count:,}"
    table = markup.table(headings, _left_out_rows(tables, apart, href), caption, numbers=1)
    return Markup('<h2 class="part">Left out of totals</h2>{}').format(table)


def _left_out_rows(tables: Tables, apart: pd.DataFrame, href: Href) -> Iterator[list[Markup | str]]:
    for row in records(apart):
        link = markup.link(href("deal", id=row["deal_id"]), row["title"])
        reason = ledger.reason_left_out(row["doubt"])
        yield [link, markup.status(tables, row["status"], row["family"]), reason, format_usd(row["value_usd_m"])]


def index_sources(tables: Tables, rows: pd.DataFrame) -> Markup:
    """Return the sources of the price index, folded into one line."""
    frame = '<details class="rests-on"><summary class="meta">The index was read from {}</summary>{}</details>'
    return Markup(frame).format(format_count(len(rows), "page"), markup.sources(tables, rows, anchors=False))
