"""The money of deals as HTML: a sum with its parts, how much of it stands, the bars as a table, the ladder of stages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pandas as pd
from markupsafe import Markup

from dashboard import markup
from dashboard.markup import Row
from dashboard.questions import ledger, money
from dashboard.questions.deals import Totals
from dashboard.questions.evidence import format_share
from dashboard.questions.money import Group, Stage, differs
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from dashboard.words import format_count, format_usd, listed

LISTED = 20
Href = Callable[..., str]  # a page and its parameters -> the address of the page


def totals(tables: Tables, totals: Totals, dollars: str = "", claimed: int = 0) -> Markup:
    """Return a sum with all it is made of: its parts by basis, its range, what has no value and what is left out.

    `dollars` says which dollars they are, where these are not those of the time; `claimed` counts the transfers that
    are only claimed, which have no price and are no trade deals.
    """
    words = tables.dictionary.choices("deals", "value_basis")
    parts = markup.join(
        Markup("<li>{}<b>{}</b> {}{}</li>").format(
            markup.sample(tables, "deals", "value_basis", basis),
            format_usd(usd) if count else "none",
            words[basis].lower(),
            f", {format_count(count, 'deal')}" * bool(count),
        )
        for basis, (usd, count) in totals.parts.items()
    )
    unknown = Markup(
        '<li><i class="sample" data-pattern="unknown" aria-hidden="true"></i><b>{:,}</b> trade {} no public value: {}</li>'
    ).format(totals.unpriced, "deals have" if totals.unpriced != 1 else "deal has", "unknown, not zero")
    rest = [money.range_words(totals), money.left_out(tables, totals), _claimed(claimed)]
    summed = Markup("<b>No value</b> is disclosed")
    if totals.priced:
        summed = Markup("<b>{}</b> disclosed{} for {}").format(
            format_usd(totals.disclosed), f", in {dollars}," if dollars else "", format_count(totals.priced, "deal")
        )
    frame = '<section class="totals"><p class="sum">{}</p><ul class="parts">{}{}</ul>{}</section>'
    return Markup(frame).format(
        summed, parts if totals.priced else "", unknown if totals.unpriced else "",
        markup.join(Markup('<p class="meta">{}</p>').format(text) for text in rest if text),
    )  # fmt: skip


def robustness(
    steps: pd.DataFrame, shares: tuple[float, float] | None, here: str = "any", hrefs: Mapping[str, str] | None = None
) -> Markup:
    """Return the same total at each step of evidence, and in a sentence what it rests on.

    `steps` and `shares` are those of `evidence`, of the deals as they are without the reader's own `sure`, which
    is `here`; `hrefs` gives the address of the view at each step.
    """
    whole = steps["usd_m"].max() or 1.0
    item = '<li{}><span class="step">{}</span><b>{}</b><span class="track" aria-hidden="true"><i style="width:{:.1f}%"></i></span>{}</li>'
    items = [
        Markup(item).format(
            Markup(' aria-current="true"') if row["sure"] == here else "",
            markup.link(hrefs[row["sure"]], row["label"]) if hrefs else row["label"],
            format_usd(row["usd_m"]) if row["priced"] else "none", 100 * row["usd_m"] / whole, _fallen(row),
        )
        for _, row in steps.iterrows()
    ]  # fmt: skip
    frame = '<section class="robustness"><h3>How much of it stands</h3><ol>{}</ol>{}</section>'
    return Markup(frame).format(markup.join(items), _rests(*shares) if shares else "")


def _rests(single: float, contract: float) -> Markup:
    parts = (
        (format_share(single), "of the disclosed value rests on a single origin."),
        (format_share(contract), "of it rests on a contract."),
    )
    words = " ".join(f"{share[0].upper()}{share[1:]} {what}" for share, what in parts)
    note = "Origins and credibility are those of the whole deal, not of its figure alone."
    return Markup('<p class="rests">{}</p><p class="meta">{}</p>').format(words, note)


def _fallen(row: Row) -> Markup:
    gone, usd = row["fallen"], format_usd(row["fallen_usd_m"])
    fate = f"{gone:,} fall{'s' * (gone == 1)} away, {usd}" if gone else "none falls away"
    words = format_count(row["priced"], "deal") + (f"; {fate}" if row["sure"] != "any" else "")
    return Markup('<span class="meta">{}</span>').format(words)


def _claimed(count: int) -> str:
    """Return in a sentence that transfers which are only claimed are no trade deals; nothing where there is none."""
    if not count:
        return ""
    rest = (
        "has no price and is not counted as a trade deal."
        if count == 1
        else "have no price and are not counted as trade deals."
    )
    return f"{format_count(count, 'claimed transfer')} {rest}"


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
