"""The bars of disclosed value: one a group, split by what the figures rest on, with all that is not disclosed."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

from dashboard.charts.value_words import foot_parts, head_parts
from dashboard.questions.money import Group, differs
from dashboard.style import plotly as theme
from dashboard.style import tokens
from dashboard.tables.package import Currency
from dashboard.words import format_count, format_money

# Heights and gaps in pixels: the y axis counts pixels, so that a row is as high as its words need.
HEAD, BAR, SLIM, FOOT, GAP = 21, 20, 11, 17, 16
WIDE, NARROW = 50, 58  # letters that fit on a phone, above a bar and below it
STUB = 0.04  # of the longest bar: every stub is as long as any other, because what it stands for is not known
UNKNOWN_PATTERN = "|"
SOLIDITY = {"/": 0.5, ".": 0.22}
TINT = "2E"  # how much of its colour the ground of a pattern keeps


@dataclass(frozen=True)
class Row:
    """Where a group stands in the picture: lines of words above and below its bar, and pixels from the top."""

    group: Group
    head: list[str]
    foot: list[str]
    top: int

    @property
    def bar(self) -> int:
        """Return the bottom of the words above the bar."""
        return self.top + HEAD * len(self.head)

    @property
    def thick(self) -> int:
        """Return how thick the bar is: slim where there is a stub only, nothing where not even that."""
        return BAR if self.group.totals.priced else SLIM if self.group.totals.unpriced else 0

    @property
    def middle(self) -> float:
        """Return the middle of the bar."""
        return self.bar + self.thick / 2

    @property
    def bottom(self) -> int:
        """Return where the next row begins."""
        return self.bar + self.thick + FOOT * len(self.foot) + GAP


def value_bars(
    groups: list[Group], bases: dict[str, str], patterns: dict[str, str], colours: dict[str, str], currency: Currency
) -> theme.Figure:
    """Draw the groups as horizontal bars, in the order given.

    `bases` gives the bases of value their words, in the order in which they follow along a bar, and `patterns`
    how each is filled; `colours` gives a group its colour, by its code. A thin line over a bar runs from the lowest to the highest public figure,
    only where sources differ; a hollow stub at its end says that deals without a public value come on top.
    """
    if not groups:
        return theme.empty_figure("No trade deal is in view.")
    longest = max(group.totals.high for group in groups) or 1.0
    rows = place(groups, bases, currency)
    hues = [colours.get(group.key, tokens.NEUTRAL) for group in groups]
    data = [_part(rows, hues, basis, words, patterns[basis], currency) for basis, words in bases.items()]
    data += [_stubs(rows, longest * STUB), _ranges(rows, currency), _words(rows)]
    height = rows[-1].bottom
    hidden = {"visible": False, "automargin": False}
    layout = {
        "template": theme.TEMPLATE, "barmode": "stack", "height": height, "margin": dict.fromkeys("lrtb", 0),
        "xaxis": {**hidden, "range": [0, longest * (1 + 1.5 * STUB)]}, "yaxis": {**hidden, "range": [height, 0]},
    }  # fmt: skip
    return {"data": data, "layout": layout}


def place(groups: list[Group], bases: dict[str, str], currency: Currency) -> list[Row]:
    """Return the rows of the picture, each below the one before."""
    rows: list[Row] = []
    for group in groups:
        top = rows[-1].bottom if rows else 0
        rows.append(
            Row(
                group,
                _wrap(head_parts(group, currency), WIDE + len("<b></b>"), "  "),
                _wrap(foot_parts(group.totals, bases, currency), NARROW, "; "),
                top,
            )
        )
    return rows


def _wrap(parts: list[str], most: int, between: str) -> list[str]:
    """Join parts into lines of at most so many letters, where a part alone has no more."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1] + between + part) <= most:
            lines[-1] += between + part
        else:
            lines.append(part)
    return lines


def _part(rows: list[Row], hues: list[str], basis: str, words: str, pattern: str, currency: Currency) -> dict[str, Any]:
    """Return the pieces of all bars that rest on one basis: solid for a contract, ever lighter for the others."""
    shape = theme.PATTERNS[pattern]
    fill = {
        "shape": shape,
        "fillmode": "replace",
        "bgcolor": [f"{hue}{TINT}" for hue in hues],
        "size": 7,
        "solidity": SOLIDITY.get(shape, 0.45),
    }
    notes = []
    for row in rows:
        usd, count = row.group.totals.parts[basis]
        worth = f"{format_money(usd, currency)}, {format_count(count, 'deal')}" if count else "none"  # and never zero
        notes.append(f"<b>{escape(row.group.label)}</b><br>{words}: {worth}")
    return {
        "type": "bar", "orientation": "h", "name": words, "y": [row.middle for row in rows],
        "width": [row.thick for row in rows],
        "x": [row.group.totals.parts[basis][0] for row in rows], "hovertext": notes, "hoverinfo": "text",
        "marker": {"color": hues, "line": {"color": hues, "width": 1}, "pattern": fill if shape else {}},
    }  # fmt: skip


def _stubs(rows: list[Row], length: float) -> dict[str, Any]:
    shown = [row for row in rows if row.group.totals.unpriced]
    note = "{:,} trade deal{} without a public value:<br>how much is not known, which is not zero"
    counts = [row.group.totals.unpriced for row in shown]
    return {
        "type": "bar", "orientation": "h", "name": "Without a public value", "y": [row.middle for row in shown],
        "x": [length] * len(shown), "width": [row.thick for row in shown], "customdata": counts, "hoverinfo": "text",
        "hovertext": [note.format(count, "s" * (count != 1)) for count in counts],
        "marker": {
            "color": tokens.NEUTRAL, "line": {"color": tokens.NEUTRAL, "width": 1},
            "pattern": {"shape": UNKNOWN_PATTERN, "fillmode": "replace", "bgcolor": tokens.CLEAR, "size": 5, "solidity": 0.15},
        },
    }  # fmt: skip


def _ranges(rows: list[Row], currency: Currency) -> dict[str, Any]:
    """Return a line for each group whose sources differ, from the lowest to the highest sum."""
    shown = [row for row in rows if differs(row.group.totals)]
    totals = [row.group.totals for row in shown]
    bars = {
        "type": "data", "symmetric": False, "color": tokens.NEUTRAL, "thickness": 2, "width": 6,
        "array": [each.high - each.disclosed for each in totals],
        "arrayminus": [each.disclosed - each.low for each in totals],
    }  # fmt: skip
    notes = [
        f"Sources range from {format_money(each.low, currency)} to {format_money(each.high, currency)}"
        for each in totals
    ]
    return {
        "type": "scatter", "name": "Where sources differ", "mode": "markers", "x": [each.disclosed for each in totals],
        "y": [row.middle for row in shown], "error_x": bars, "marker": {"size": 1, "color": tokens.NEUTRAL},
        "hovertext": notes, "hoverinfo": "text",
    }  # fmt: skip


def _words(rows: list[Row]) -> dict[str, Any]:
    """Return every line of words of the picture, above and below the bars."""
    lines: list[tuple[float, str, float]] = []
    for row in rows:
        lines += [(row.top + HEAD * (at + 0.5), text, tokens.FIGURE_TEXT["head"]) for at, text in enumerate(row.head)]
        lines += [
            (row.bar + row.thick + FOOT * (at + 0.55), text, tokens.FIGURE_TEXT["small"])
            for at, text in enumerate(row.foot)
        ]
    y, text, size = zip(*lines, strict=True)
    return {
        "type": "scatter", "name": "Words", "mode": "text", "x": [0] * len(y), "y": list(y), "text": list(text),
        "textposition": "middle right", "textfont": {"size": list(size)}, "hoverinfo": "skip", "cliponaxis": False,
    }  # fmt: skip
