"""The buttons that copy the address of what is on screen, and the code of a frame that shows it on another page, at one press."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st

HTML, JS, CSS = (
    Path(__file__).with_name(f"button.{kind}").read_text(encoding="utf-8") for kind in ("html", "js", "css")
)
KEY = "copy-link"


def show(query: str, given: Mapping[str, Sequence[str]]) -> None:
    """Show the buttons; `query` is what the view on screen needs, `given` the parameters that it was read from.

    What the browser alone has changed in the address since then, such as where a map is looked at, is copied as it is.
    """
    button = st.components.v2.component(KEY, html=HTML, js=JS, css=CSS)
    button(
        key=KEY, data={"query": query, "given": {name: list(values) for name, values in given.items()}}, width="content"
    )
