"""Slides that a presenter collects: views added from any page and put in order, kept by the browser alone.

They are shown at an address that holds the whole deck, and leave as a file in the form of `data/decks/`; the server keeps nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

HERE = Path(__file__).parent
ADD, EDIT, FILE = "add-slide", "my-slides", "file"


def add(page: str, query: str, given: Mapping[str, Sequence[str]], name: str) -> None:
    """Show the button that adds the view on screen to the slides.

    `query` is what the view needs, `given` the parameters that it was read from, as for the button that copies its link;
    `name` is what the view is called among the slides.
    """
    held = {key: list(values) for key, values in given.items()}
    _component("add", ADD)(key=ADD, data={"page": page, "query": query, "given": held, "name": name}, width="content")


def edit(opened: Mapping[str, Any] | None, longest: int) -> None:
    """Show the slides of this browser, to put in order, present, download or begin from a file.

    `opened` is what the browser takes over from the file that was just opened: title, slides and faults. A line may have
    so many letters. The file's name and, after a line break, its text are this component's `FILE`.
    """
    _component("edit", EDIT)(key=EDIT, data={"longest": longest, "opened": opened}, on_file_change=lambda: None)


def _component(name: str, key: str) -> st.components.v2.types.ComponentRenderer:
    html, js, css = _texts(name)
    return st.components.v2.component(key, html=html, js=js, css=css)


@cache
def _texts(name: str) -> tuple[str, str, str]:
    """Return the HTML, the script and the style of a component."""
    html, *scripts, css = (
        (HERE / file).read_text(encoding="utf-8") for file in (f"{name}.html", "basket.js", f"{name}.js", f"{name}.css")
    )
    return html, "".join(scripts), css
