"""The disclosed value of each group by what the figures rest on, and beside each bar how many deals have none, as a small picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from dashboard.charts.glance.sheet import LEAD, SIZE, UNKNOWN, Sheet, bar, framed, key, sample
from dashboard.charts.value_words import alt, foot_parts
from dashboard.questions.money import Group, differs
from dashboard.style.tokens import NEUTRAL
from dashboard.tables.package import Currency
from dashboard.words import format_money

LINE, THICK, THICK_IN_FILE, APART = (
    12,
    7,
    13,
    6,
)  # pixels: the foot of the words, a bar below them on a page and in a file, the gaps above and below it together
STUB = 5.0  # per cent: every stub is as long as any other, because what it stands for is not known
Looks = Mapping[str, Mapping[str, Any]]


def worth_bars(
    groups: list[Group], bases: dict[str, str], patterns: dict[str, str], looks: Looks, currency: Currency, sheet: Sheet
) -> Markup:
    """Draw a bar a group of `money.groups`, in the order given, with its sum and the number of its deals without a public value.

    `bases` gives the bases of value their words, in the order in which they follow along a bar, `patterns` how each is
    filled, `looks` the colour and the glyph of a group by its code. A thin line runs from the
    lowest to the highest sum where sources differ. A stub at the end of a bar stands for what is not known.
    """
    account = alt(groups, bases, "Disclosed value", currency)
    if not groups:
        return framed(sheet, account, sheet.words("No trade deal is in view.", 0, SIZE), LEAD)
    longest = max(group.totals.high for group in groups) or 1.0
    room, row = 100 - STUB - 1, LINE + APART + _thick(sheet)
    drawn = ""
    for place, group in enumerate(groups):
        title = "; ".join([group.label, *foot_parts(group.totals, bases, currency)])
        pieces = _bar(group, patterns, looks.get(group.key, {}), room / longest, place * row, sheet)
        drawn += f"<g><title>{escape(title)}</title>{_words(group, looks, currency, place * row, sheet)}{pieces}</g>"
    signs = [(sample(sheet.paint(patterns[basis], NEUTRAL)), words.lower()) for basis, words in bases.items()]
    signs.append((sample(sheet.paint(UNKNOWN, NEUTRAL)), "no public value: unknown, not zero"))
    if any(map(_is_ranged, groups)):
        signs.append((_range(0, 12, -5, sheet, ""), "where sources differ"))
    below, height = key(sheet, signs, len(groups) * row + 4)
    return framed(sheet, account, drawn + below, height + 4)


def _words(group: Group, looks: Looks, currency: Currency, y: float, sheet: Sheet) -> str:
    """Write the name of a group and its sum, and at the other end how many deals have no public value."""
    totals, look = group.totals, looks.get(group.key, {})
    nothing = "none disclosed" if totals.unpriced else "nothing in totals"
    worth = format_money(totals.disclosed, currency) if totals.priced else nothing
    glyph = f'<tspan fill="{look["colour"]}">{escape(look["glyph"])}</tspan> ' if look else ""
    name = f'{glyph}<tspan font-weight="600">{escape(group.label)}</tspan> {escape(worth)}'
    drawn = f'<text y="{y + LINE:.1f}" fill="{sheet.ink}">{name}</text>'
    if totals.unpriced:
        drawn += sheet.words(
            f"{'+ ' * bool(totals.priced)}{totals.unpriced:,} undisclosed", 100, y + LINE, 'text-anchor="end"'
        )
    return drawn


def _thick(sheet: Sheet) -> int:
    """Return how thick a bar is; a file has room for more."""
    return THICK_IN_FILE if sheet.width else THICK


def _is_ranged(group: Group) -> bool:
    """Say whether sources differ on the sum of a group by more than the eye can see."""
    return bool(group.totals.priced) and differs(group.totals)


def _range(left: float, right: float, y: float, sheet: Sheet, unit: str = "%") -> str:
    """Draw a thin line with two ends over a bar; it is seen on a bar as well as beside it."""
    stroke = f'stroke="{sheet.ink}" stroke-width="1.2"'
    drawn = f'<line x1="{left:.2f}{unit}" x2="{right:.2f}{unit}" y1="{y:.1f}" y2="{y:.1f}" {stroke}/>'
    for at in (left, right):
        drawn += f'<line x1="{at:.2f}{unit}" x2="{at:.2f}{unit}" y1="{y - 3:.1f}" y2="{y + 3:.1f}" {stroke}/>'
    return drawn


def _bar(group: Group, patterns: dict[str, str], look: Mapping[str, Any], unit: float, y: float, sheet: Sheet) -> str:
    """Draw the parts of a bar, the line over it from the lowest to the highest sum, and the stub for what is not known."""
    drawn, x, thick = "", 0.0, _thick(sheet)
    for basis, (million, deals) in group.totals.parts.items():
        if deals:
            drawn += bar(
                x, y + LINE + 4, million * unit, thick, sheet.paint(patterns[basis], look.get("colour", NEUTRAL))
            )
            x += million * unit
    if _is_ranged(group):
        drawn += _range(group.totals.low * unit, group.totals.high * unit, y + LINE + 4 + thick / 2, sheet)
        x = max(x, group.totals.high * unit)
    if group.totals.unpriced:
        edge = sheet.paint(UNKNOWN, NEUTRAL) + ' stroke-dasharray="2 2"'
        drawn += bar(x + (0.6 if x else 0.0), y + LINE + 4, STUB, thick, edge)
    return drawn
