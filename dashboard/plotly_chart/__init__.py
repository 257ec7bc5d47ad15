"""A chart that Plotly draws in the page: one frame takes one figure after the other, and nothing is mounted anew.

Streamlit's own brings all of Plotly, 1.4 MB on the wire, and draws each figure twice. Ours fetches what bars and points need,
once for the whole visit, as a file of this site (`static/plotly/README.md`). A figure is written as JSON once, for all readers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from dashboard.drawing import FRAME
from dashboard.style.plotly import Figure

LIBRARY = "app/static/plotly/plotly-basic-4.1.1.min.js"
KEY = "plotly-chart"
SCRIPT = Path(__file__).with_name("chart.js").read_text(encoding="utf-8")
PICTURE = st.components.v2.component(KEY, js=SCRIPT, html=FRAME, isolate_styles=False)


@dataclass(frozen=True, eq=False)
class Chart:
    """A figure as the browser takes it: as JSON, with the same in words; shared by every reader, so never changed."""

    figure: bytes
    alt: str


def chart(figure: Figure, alt: str) -> Chart:
    """Return a figure made ready to be shown, with its text alternative."""
    return Chart(json.dumps(figure, separators=(",", ":")).encode(), alt)


def show(chart: Chart, key: str, still: str) -> None:
    """Show a chart; `still` is the address of the same as a picture, which is shown where Plotly cannot be fetched."""
    beside = json.dumps({"alt": chart.alt, "still": still, "library": LIBRARY}).encode()
    # Put together as bytes, which are sent as they are: to write the figure again for each reader would take longer than all else.
    PICTURE(data=b"[%b,%b]" % (chart.figure, beside), key=key)
