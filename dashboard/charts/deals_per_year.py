"""How many deals begin in each year, by domain: the timeline's place where there are too many deals for a row each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.questions.timeline import DOUBTED
from dashboard.style import plotly as theme
from dashboard.style import tokens
from dashboard.words import format_count, listed

HEIGHT = 420
Looks = Mapping[str, Mapping[str, Any]]


def year_bars(counts: pd.DataFrame, labels: dict[str, str], looks: Looks) -> theme.Figure:
    """Draw stacked bars, a trace a column, from the table of `chronology.per_year`.

    `labels` gives the columns' words, `looks` what the dictionary says of each domain, its colour and its glyph. What is alleged or denied lies on top, hatched.
    """
    if counts.empty:
        return theme.empty_figure("No deal in view has a date")
    layout = {
        "template": theme.TEMPLATE,
        "barmode": "stack",
        "height": HEIGHT,
        "bargap": 0.15,
        "uniformtext": {"mode": "hide", "minsize": 8},
        "xaxis": {"tickformat": "d", "showgrid": False},
        "yaxis": {"rangemode": "tozero", "tickformat": ",d", "nticks": 5},
    }
    return {"data": [_bars(counts[name], labels[name], looks) for name in counts], "layout": layout}


def _bars(numbers: pd.Series, label: str, looks: Looks) -> dict[str, Any]:
    """Return the pieces of all bars that one column makes, each with its domain's shape where there is room."""
    name = str(numbers.name)
    look = {"glyph": "", "colour": tokens.NEUTRAL, **looks.get(name, {})}
    shape, hue = look["glyph"], look["colour"]
    hatch = theme.PATTERNS["hatched"] if name == DOUBTED else ""
    return {
        "type": "bar",
        "name": label,
        "x": numbers.index.tolist(),
        "y": numbers.tolist(),
        "text": [shape if number else "" for number in numbers],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "marker": {
            "color": hue,
            "line": {"width": 0.5, "color": tokens.NEUTRAL},
            "pattern": {"shape": hatch, "fillmode": "replace"},
        },
        "hovertemplate": f"{label}, begin in %{{x}}: <b>%{{y:,}}</b><extra></extra>",
    }


def alt(counts: pd.DataFrame, labels: dict[str, str]) -> str:
    """Return the picture in words."""
    if counts.empty:
        return "Bars without any dated deal."
    years, each = counts.index, counts.to_numpy().sum(axis=1)
    parts = zip(counts.columns, counts.to_numpy().sum(axis=0), strict=True)
    named = listed(f"{labels[str(name)]} {number:,}" for name, number in parts)
    return (
        f"Stacked bars of {format_count(int(each.sum()), 'deal')} by the year in which they begin, "
        f"{years[0]} to {years[-1]}: {named}. The most, {each.max():,}, begin in {years[each.argmax()]}."
    )
