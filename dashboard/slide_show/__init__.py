"""The run of slides as it is presented: all slides are sent at once, so that a move needs neither the server nor a wait.

A second window shows the same slides with notes, a clock and the next one; both follow each other through the browser.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from markupsafe import Markup

HERE = Path(__file__).parent
KEY = "slide-show"
HTML, JS, CSS = ((HERE / f"show.{kind}").read_text(encoding="utf-8") for kind in ("html", "js", "css"))
SHOW = st.components.v2.component(KEY, html=HTML, js=JS, css=CSS, isolate_styles=False)


def show(slides: Markup, name: str, at: int, every: int, is_speaker: bool) -> None:
    """Show slides over the whole window, in place of everything else on the page.

    `name` tells this run of slides from others in the same browser, `at` is the number of the slide that is shown first,
    and after `every` so many seconds the next one comes by itself; 0 for never.
    """
    SHOW(key=KEY, data={"html": str(slides), "name": name, "at": at, "every": every, "speaker": is_speaker})
