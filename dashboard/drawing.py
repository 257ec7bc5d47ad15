"""HTML of ours as a part of a page, with SVGs in it or long: put there as it is."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.templates import render

# `st.html` removes every SVG, and searches what is long for scripts: a table of 500 rows for 60 ms at each change. A
# script that is put in so does not run, and all words in it are escaped already. A text would be read and written again
# on its way, to tell whether it is another one; bytes are sent as they are.
INLINE = """
export default function ({ data, parentElement }) {
  parentElement.querySelector(".drawn").innerHTML = new TextDecoder().decode(data);
}
"""

FRAME = str(render("drawing.html"))
# Drawings, and what is HTML above all; a name tells them apart.
FRAMES = {
    kind: st.components.v2.component(kind, js=INLINE, html=FRAME, isolate_styles=False) for kind in ("drawing", "rows")
}


def drawing(drawn: Markup, key: str, kind: str = "drawing") -> None:
    """Show an SVG, or HTML of a `kind`, as a part of the page: it takes the page's ink in either theme and prints."""
    FRAMES[kind](data=drawn.encode(), key=key)
