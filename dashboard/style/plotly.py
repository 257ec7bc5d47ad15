"""How figures look: the patterns of bars, and the Plotly template that is made from the tokens.

Which colour, shape or pattern an allowed value has, the data package says beside it. Its hues are those of Okabe and
Ito, Color Universal Design (2008), safe for the common kinds of colour vision; none stands alone, each domain has a
shape and each status a pattern too. Ink is left to the page: `plotly.css` gives the
text and lines of every figure the reader's own text colour, so that light and dark need no second figure.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from dashboard.style.tokens import CLEAR, FAINT, FIGURE_TEXT, GROUNDS, INKS, LIGHT, NEUTRAL, SANS

# The patterns that `dashboard.tables.model.meaning` allows, as Plotly writes them; an outline is no pattern but an empty bar.
PATTERNS = {"solid": "", "hatched": "/", "crossed": "x", "dotted": ".", "lined": "-", "outlined": ""}

TEMPLATE = go.layout.Template(
    layout={
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
)


class PlainFigure(go.Figure):
    """A figure made of plain `data` and `layout`, which is never changed and so sent as it came.

    Plotly's check of every property and its copies would take a third of the time to draw a page, and tell a reader
    nothing; the tests have it check every kind of figure.
    """

    def __init__(self, plain: dict[str, Any]) -> None:
        """Take the figure's `data` and `layout`."""
        super().__init__(plain, _validate=False)
        self._plain = plain

    def to_dict(self) -> dict[str, Any]:
        """Return what the figure was made of."""
        return self._plain


def empty_figure(words: str) -> PlainFigure:
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
    return PlainFigure({"data": [], "layout": {**layout, "height": 160}})
