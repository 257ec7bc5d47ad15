"""How figures look, as plain `data` and `layout`: the patterns of bars, and the Plotly template that is made from the tokens.

Which colour, shape or pattern an allowed value has, the data package says beside it. Its hues are those of Okabe and
Ito, Color Universal Design (2008), safe for the common kinds of colour vision; none stands alone, each domain has a
shape and each status a pattern too. Ink is left to the page: `plotly.css` gives the
text and lines of every figure the reader's own text colour, so that light and dark need no second figure.
"""

from __future__ import annotations

from typing import Any

from dashboard.style.tokens import CLEAR, FAINT, FIGURE_TEXT, GROUNDS, INKS, LIGHT, NEUTRAL, SANS

# What Plotly draws, in plain values: its `data` and its `layout`, which names a height. Its own classes check every property, in a
# third of the time to draw a page; the tests have them check every kind of figure.
Figure = dict[str, Any]

# The patterns that `dashboard.tables.model.meaning` allows, as Plotly writes them; an outline is no pattern but an empty bar.
PATTERNS = {"solid": "", "hatched": "/", "crossed": "x", "dotted": ".", "lined": "-", "outlined": ""}

TEMPLATE: dict[str, Any] = {
    "layout": {
        "font": {"family": SANS, "size": FIGURE_TEXT["text"], "color": NEUTRAL},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "xaxis": {"gridcolor": FAINT, "zeroline": False, "automargin": True, "fixedrange": True},
        "yaxis": {"gridcolor": FAINT, "zeroline": False, "automargin": True, "fixedrange": True},
        "showlegend": False,
        "hoverlabel": {
            "bgcolor": INKS[LIGHT],
            "bordercolor": INKS[LIGHT],
            "font": {"family": SANS, "size": FIGURE_TEXT["small"], "color": GROUNDS[LIGHT]},
            "align": "left",
        },
        "hovermode": "closest",
        "dragmode": False,
    }
}


def empty_figure(words: str) -> Figure:
    """Return a figure that says in words why there is nothing to draw."""
    note = {
        "text": words,
        "showarrow": False,
        "font": {"size": FIGURE_TEXT["empty"]},
        "x": 0.5,
        "y": 0.5,
        "xref": "paper",
        "yref": "paper",
    }
    layout = {"template": TEMPLATE, "annotations": [note], "xaxis": {"visible": False}, "yaxis": {"visible": False}}
    return {"data": [], "layout": {**layout, "height": 160}}
