"""What the map does beside being looked at, which Streamlit's own chart does not give: zoom buttons, the wheel, years to play.

Both pieces write the reader's choice into the address in place of what was there, so that a year played through or a
map moved about leaves one step in the browser's history.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent
MANNERS = "map-manners"
HTML, JS, CSS = (
    {name: (HERE / f"{name}.{kind}").read_text(encoding="utf-8") for name in ("manners", "years")}
    for kind in ("html", "js", "css")
)
PIECES = {
    name: st.components.v2.component(f"map-{name}", html=HTML[name], js=JS[name], css=CSS[name])
    for name in ("manners", "years")
}


def manners(ground: str, looked_at: str, explored: bool) -> None:
    """Give the map its buttons, and show the one to explore, where it is `explored`, when its ground is drawn.

    Where that one is looked at is kept in the address. A reader who reaches for it sets `explored` of this component. `ground` is
    the theme it is drawn for, light or dark; another one asks for it anew. `looked_at` is latitude, longitude and zoom, blank for the whole region.
    """
    PIECES["manners"](
        key=MANNERS, data={"ground": ground, "view": looked_at, "explored": explored}, default={"explored": False},
        on_theme_change=lambda: None, on_explored_change=lambda: None,
    )  # fmt: skip


def years(span: tuple[int, ...], asof: str) -> None:
    """Show the control for the year as of which the map is seen, from the first to the last of a span; blank is today."""
    PIECES["years"](key="map-years", data={"first": span[0], "last": span[-1], "asof": asof})
