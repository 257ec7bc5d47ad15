"""The strip of all years on which a reader brushes or picks the years to look at: `from` and `to` in the address."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from dashboard import controls
from dashboard.questions.deals import Selection

HTML, JS, CSS = (Path(__file__).with_name(f"span.{kind}").read_text(encoding="utf-8") for kind in ("html", "js", "css"))
KEY = "year-span"
STRIP = st.components.v2.component(KEY, html=HTML, js=JS, css=CSS)


def show(strip: Markup, first: int, last: int, selection: Selection) -> None:
    """Show a strip that has a part for each year from the first to the last, and the years now chosen on it."""
    data = {"strip": str(strip), "first": first, "last": last, "since": selection.since, "until": selection.until}
    STRIP(key=KEY, data=data, on_span_change=partial(controls.keep_years, KEY, first, last))
