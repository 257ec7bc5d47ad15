"""The frame of the timeline: its size, today's line, the rules below the groups' names, and the words above it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from dashboard.charts.timeline.timetable import Timetable
from dashboard.style import plotly as theme
from dashboard.style import tokens
from dashboard.tables import dates

TOP, FOOT, SIDE = 30, 10, 14  # pixels around the rows
UNDERLINE = 49  # pixels from a group's first bar up to the line below its name
Trace = dict[str, Any]


def layout(table: Timetable, today: date) -> Trace:
    """Return the layout: pixels downwards, years sideways, today's line, and the early years set apart."""
    left, right = table.scale.edges
    now, tall = table.scale.at(today), {"y0": 0, "y1": table.height, "layer": "below"}
    shapes = [_rule(y - UNDERLINE) for _, y, _ in table.heads]
    if table.scale.is_broken:
        shade = {"fillcolor": tokens.SHADE, "line": {"width": 0}}
        shapes.append({"type": "rect", "x0": left, "x1": table.scale.pivot, **tall, **shade})
    if left <= now <= right:
        line = {"color": tokens.ACCENT, "width": 1.5}
        shapes.append({"type": "line", "name": "today", "x0": now, "x1": now, **tall, "line": line})
    return {
        "template": theme.TEMPLATE, "height": table.height + TOP + FOOT, "barmode": "overlay", "hoverdistance": 8,
        "margin": {"l": 2, "r": SIDE, "t": TOP, "b": FOOT, "pad": 0}, "shapes": shapes,
        "annotations": list(_notes(table, now, today)),
        "xaxis": {"range": [left, right], "tickvals": [x for x, _ in table.scale.ticks()], "showticklabels": False},
        "yaxis": {"range": [table.height, 0], "visible": False},
    }  # fmt: skip


def _notes(table: Timetable, now: float, today: date) -> Iterator[Trace]:
    """Yield the words above the picture: where years are cut off or drawn narrower, and which day today is."""
    left, right = table.scale.edges
    parts = [f"cut off before {table.scale.first:.0f}"] if any(row.known < left - 0.01 for row in table.rows) else []
    if table.scale.is_broken:
        parts.append(f"{'narrow until' if parts else 'years narrower before'} {table.scale.pivot:.0f}")
    if parts:
        yield _note(left, "left", "; ".join(parts).capitalize())
    if left <= now <= right:
        side = "right" if now > (left + right) / 2 else "left"
        yield _note(now, side, f"Today, {dates.format_date(today.isoformat())}")
    else:
        yield _note(right, "right", f"Cut off after {int(right - 0.01)}")


def _rule(y: float) -> Trace:
    """Return the line below a group's name."""
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": y,
        "y1": y,
        "line": {"color": tokens.FAINT, "width": 1},
    }


def _note(x: float, side: str, words: str) -> Trace:
    """Return words above the picture."""
    return {"x": x, "y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": side, "text": words, "showarrow": False,
            "font": {"size": tokens.FIGURE_TEXT["label"]}}  # fmt: skip
