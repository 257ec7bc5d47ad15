"""How the product looks: the inks, the patterns and the Plotly template.

Which colour, shape or pattern an allowed value has, the data package says beside it. Its hues are those of Okabe and
Ito, Color Universal Design (2008), safe for the common kinds of colour vision; none stands alone, each domain has a
shape and each status a pattern too. Ink is left to the page: `style.css` gives the
text and lines of every figure the reader's own text colour, so that light and dark need no second figure.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

# The patterns that `dashboard.tables.model.meaning` allows, as Plotly writes them; an outline is no pattern but an empty bar.
PATTERNS = {"solid": "", "hatched": "/", "crossed": "x", "dotted": ".", "lined": "-", "outlined": ""}

SANS = '"Source Sans", sans-serif'
SERIF = '"Source Serif", serif'
# A neutral that keeps at least 4.4:1 on the paper and 3.6:1 on the dark ground, for a figure seen outside the page.
INK = "#76726B"
# The ink and the ground of the page in either theme, for the map, which is no part of the page's own style.
INKS = {"light": "#1E1C19", "dark": "#EDE8DD"}
GROUNDS = {"light": "#FAF7F0", "dark": "#15171A"}
# The ink of measures against a state: no domain's, and at least 3:1 on the ground of either theme.
AGAINST = "#A65A48"
FAINT = "rgba(125,122,117,0.28)"

TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": SANS, "size": 14, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "xaxis": {"gridcolor": FAINT, "zeroline": False, "automargin": True, "fixedrange": True},
        "yaxis": {"gridcolor": FAINT, "zeroline": False, "automargin": True, "fixedrange": True},
        "showlegend": False,
        "hoverlabel": {
            "bgcolor": "#1E1C19",
            "bordercolor": "#1E1C19",
            "font": {"family": SANS, "size": 13, "color": "#F7F3EA"},
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
        "font": {"size": 16},
        "x": 0.5,
        "y": 0.5,
        "xref": "paper",
        "yref": "paper",
    }
    layout = {"template": TEMPLATE, "annotations": [note], "xaxis": {"visible": False}, "yaxis": {"visible": False}}
    return PlainFigure({"data": [], "layout": {**layout, "height": 160}})
