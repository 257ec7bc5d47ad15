"""Slides that a presenter collects: views added from any page and put in order, kept by the browser alone.

They are shown at an address that holds the whole deck, and leave as a file in the form of `data/decks/`; the server keeps nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

HERE = Path(__file__).parent
EDIT, FILE = "my-slides", "file"
HTML, BASKET, SCRIPT, CSS = (
    (HERE / name).read_text(encoding="utf-8") for name in ("edit.html", "basket.js", "edit.js", "edit.css")
)
SLIDES = st.components.v2.component(EDIT, html=HTML, js=BASKET + SCRIPT, css=CSS)


def edit(opened: Mapping[str, Any] | None, longest: int) -> None:
    """Show the slides of this browser, to put in order, present, download or begin from a file.

    `opened` is what the browser takes over from the file that was just opened: title, slides and faults. A line may have
    so many letters. The file's name and, after a line break, its text are this component's `FILE`.
    """
    SLIDES(key=EDIT, data={"longest": longest, "opened": opened}, on_file_change=lambda: None)
