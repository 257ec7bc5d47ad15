"""What `/value` shows: disclosed value by group, how much of it stands, and the money at each stage of a deal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from dashboard.address import Asked
from dashboard.charts.glance.sheet import Sheet
from dashboard.charts.glance.worth import worth_bars
from dashboard.charts.value_words import alt
from dashboard.questions import deals, evidence, findings, money, scope, stages
from dashboard.questions.deals import Selection, Totals
from dashboard.questions.money import Group
from dashboard.questions.stages import Stage
from dashboard.style.tokens import LIGHT
from dashboard.tables.load import Tables
from dashboard.views.common import WIDE, resting, sourced, taken
from dashboard.views.glances import worth_drawn
from dashboard.views.view import Picture, Rows, Shown
from dashboard.words import format_count, format_money, listed, plural

USED = [
    *("deal_id", "title", "doubt", "status", "is_doubted", "family", "has_price", "domain", "supplier", "recipient", "year", "in_totals"),
    *(*deals.MONEY, "origins", "credibility"),
]  # fmt: skip


@dataclass(frozen=True, eq=False)
class Sums:
    """The `count` deals in view as money: in that of the time or of one year, with `notes` on how these came to be.

    `every` deal is among them whatever its evidence, `inside` are those that are as sure as the reader asks; both
    without those that cannot be expressed in it.
    """

    count: int
    every: pd.DataFrame
    inside: pd.DataFrame
    stated_in: str
    notes: list[str]


def shown(tables: Tables, asked: Asked, _: date) -> Shown:
    """Return the view of the disclosed value of the deals in view."""
    by, selection = asked.one("by"), asked.selection
    found = sums(tables, selection, asked.one("money"))
    groups, totals = money.groups(tables, found.inside, by), deals.total(found.inside, bases(tables))
    view, ladder = deals.select(tables, selection), stages.stages(tables, found.inside)
    finding = findings.on_value(tables, by, groups, totals, found.stated_in)
    pictures = [picture(tables, by, groups, finding, found.stated_in)] if groups else []
    return Shown(
        finding=finding, count=found.count, whole=len(tables.deals),
        lead=tuple(lead(tables, found, totals)) if found.count else (),
        notes=(*found.notes, *money.notes(tables, totals), *filter(None, [between_note(tables, selection, by)])),
        pictures=tuple(pictures),
        tables=(sums_table(tables, by, groups, totals, found.stated_in), ladder_table(tables, ladder, found.stated_in), sure_table(tables, found), taken(tables, "deals", view, "value")),
        sources=resting(tables, view),
    )  # fmt: skip


def lead(tables: Tables, found: Sums, totals: Totals) -> list[str]:
    """Return what the deals in view add up to and how much of it stands, in sentences."""
    parts, stated = evidence.shares(found.every), f", in {found.stated_in}," if found.stated_in else ""
    worth = f"{format_money(totals.disclosed, tables.package.currency)} is disclosed{stated} for {format_count(totals.priced, 'deal')}."
    have = plural(totals.unpriced, "has", "have")
    unknown = f"{format_count(totals.unpriced, 'trade deal')} {have} no public value: unknown, not zero."
    said = [worth if totals.priced else "No value is disclosed.", unknown if totals.unpriced else ""]
    if parts:
        said += [f"{evidence.format_share(parts[0]).capitalize()} of the disclosed value rests on a single origin."]
        said += [f"{evidence.format_share(parts[1]).capitalize()} of it rests on a contract."]
    return [*filter(None, [*said, scope.share_words(tables, found.inside)])]


def bases(tables: Tables) -> list[str]:
    """Return what a value may rest on, in the order of the dictionary."""
    return list(tables.dictionary.choices("deals", "value_basis"))


def label(tables: Tables, by: str) -> str:
    """Return what a grouping is called."""
    return "Year" if by == "year" else tables.dictionary.title("deals", by)


def heading(tables: Tables, by: str, stated_in: str) -> str:
    """Return what the bars are called."""
    return f"Disclosed value by {label(tables, by).lower()}" + (f", in {stated_in}" if stated_in else "")


def picture(tables: Tables, by: str, groups: list[Group], finding: str, stated_in: str) -> Picture:
    """Return the bars of disclosed value."""
    words, currency = tables.dictionary.choices("deals", "value_basis"), tables.package.currency
    looks = tables.dictionary.tables["deals"]["domain"].meanings if by == "domain" else {}
    patterns = tables.dictionary.meaning("deals", "value_basis", "pattern")
    source = f"{sourced(tables)} {f'In {stated_in}.' if stated_in else ''}".strip()
    sheet = Sheet("value", WIDE, LIGHT, source)
    notes = ["Where sources differ, a thin line runs from the lowest to the highest sum.",
             "A ruled stub stands for deals without a public value: how much is not known, which is not zero."]  # fmt: skip
    return Picture(
        "value", finding, alt(groups, words, heading(tables, by, stated_in), currency),
        worth_drawn(tables, groups, looks), tuple(notes), lambda: worth_bars(groups, words, patterns, looks, currency, sheet),
        lambda shape: worth_bars(groups, words, patterns, looks, currency, sheet._replace(width=shape.width, source="")),
        lambda: worth_bars(groups, words, patterns, looks, currency, Sheet("value")),
    )  # fmt: skip


def sums_table(tables: Tables, by: str, groups: list[Group], totals: Totals, stated_in: str) -> Rows:
    """Return the same numbers as a table, the last row that of all."""
    unit = f"millions of {stated_in or tables.package.currency.name}"
    words = tables.dictionary.choices("deals", "value_basis")
    headings = {
        "group": label(tables, by), "disclosed": f"Disclosed, {unit}", **{basis: f"{name}, {unit}" for basis, name in words.items()},
        "low": f"Lowest sum, {unit}", "high": f"Highest sum, {unit}", "priced": "Deals with a value", "unpriced": "Without a public value",
        "left_out": "Left out of totals", "reasons": "Why they are left out",
    }  # fmt: skip
    every = [*((group.label, group.totals) for group in groups), ("All", totals)]
    rows = [
        (
            name, each.disclosed if each.priced else None, *(usd if count else None for usd, count in each.parts.values()),
            *((each.low, each.high) if each.priced else (None, None)), each.priced, each.unpriced,
            sum(each.left_out.values()), money.reasons(tables, each),
        )
        for name, each in every
    ]  # fmt: skip
    return Rows(
        "sums", heading(tables, by, stated_in), headings, tuple(rows), len(rows), tuple(group.key for group in groups)
    )


def ladder_table(tables: Tables, ladder: list[Stage], stated_in: str) -> Rows:
    """Return the money at each stage, from an idea to delivery."""
    unit = f"millions of {stated_in or tables.package.currency.name}"
    headings = {
        "stage": "Stage", "trade": "Trade deals", "usd_m": f"In totals, {unit}", "apart_usd_m": f"Not in totals, {unit}",
        "unpriced": "Without a public value", "claimed": "Claimed transfers", "other": "Ties and measures",
    }  # fmt: skip
    rows = [
        (stage.label, stage.trade, stage.usd_m if stage.priced else None, stage.apart_usd_m if stage.apart_priced else None,
         stage.unpriced, stage.claimed, stage.other)
        for stage in ladder
    ]  # fmt: skip
    return Rows(
        "stages", stage_finding(tables, ladder), headings, tuple(rows), len(rows), tuple(one.status for one in ladder)
    )


def sure_table(tables: Tables, found: Sums) -> Rows:
    """Return how much of the sum stands where more evidence is asked for."""
    steps = evidence.robustness(found.every)
    unit = f"millions of {found.stated_in or tables.package.currency.name}"
    headings = {"sure": "Evidence", "usd_m": f"Disclosed, {unit}", "priced": "Deals with a value", "fallen": "Deals that fall away", "fallen_usd_m": f"Falls away, {unit}"}  # fmt: skip
    rows = [
        (step.label, step.usd_m if step.priced else None, step.priced, step.fallen, step.fallen_usd_m if step.fallen else None)
        for step in steps
    ]  # fmt: skip
    return Rows("sure", "How much of it stands", headings, tuple(rows), len(rows), tuple(deals.SURE))


def sums(tables: Tables, selection: Selection, unit: str) -> Sums:
    """Return the deals in view in the money that the reader asks for, nominal or constant."""
    every = deals.select(tables, replace(selection, sure="any"))[USED]
    inside = every if selection.sure == "any" else deals.select(tables, selection)[USED]
    if unit != "constant":
        return Sums(len(inside), every, inside, "", [nominal_note(tables)])
    constant = money.deflate(every, tables.deflator)
    chosen = constant if inside is every else money.deflate(inside, tables.deflator)
    stated_in, notes = f"{tables.package.currency.name} of {constant.base}", constant_notes(tables, chosen)
    return Sums(len(inside), constant.deals, chosen.deals, stated_in, notes)


def stage_finding(tables: Tables, stages: list[Stage]) -> str:
    """Return in a sentence how much of the money in totals stands at which stage."""
    currency, priced = tables.package.currency, [stage for stage in reversed(stages) if stage.priced]
    held = [f"{format_money(stage.usd_m, currency)} is {stage.label.lower()}" for stage in priced]
    return f"Of the disclosed total, {listed(held)}" if held else "No stage has a value in totals"


def nominal_note(tables: Tables) -> str:
    """Return which money the values are in, as the dictionary says it."""
    column = tables.dictionary.tables["deals"]["value_usd_m"]
    return f"{column.title}: {column.help}"


def constant_notes(tables: Tables, constant: money.Constant) -> list[str]:
    """Return what constant money is, and how many deals could not be expressed in them."""
    index = tables.dictionary.tables["deflator"]["cpi_u"]
    left = []
    if constant.undated:
        of = f"{constant.undated_priced or 'none'} of them with a public value"
        left.append(f"{left_out(constant.undated)} without a year, {of}.")
    if constant.unindexed:
        left.append(f"{left_out(constant.unindexed)} of years that the index does not cover, each with a value.")
    return [
        f"All values are in {tables.package.currency.name} of {constant.base}, the latest full year of the index. "
        f"Index ({index.title}): {index.help} "
        "The year of a value is that of signature (start, else announcement), as in UK defence export statistics.",
        *left,
    ]


def left_out(count: int) -> str:
    """Return the beginning of a sentence on deals that are left out of the view."""
    return f"Left out of this view: {format_count(count, 'deal')}"


def between_note(tables: Tables, selection: Selection, by: str) -> str:
    """Return from whom to whom the money of two countries goes, where the bars are by supplier or recipient; else ""."""
    if by not in money.SIDES or len(selection.country) != 2:
        return ""
    one, other = map(tables.in_sentence, selection.country)
    here, there = ("recipient", "supplier") if by == "recipient" else ("supplier", "recipient")
    return (
        f"Every deal in view has both {one} and {other} as parties. Where {other} alone is the {here}, "
        f"{one} is a {there}. Where {one} alone is the {here}, {other} is a {there}."
    )
