"""How the product looks: the style sheet that every page carries, and what figures and maps take from the same table."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from pathlib import Path

from dashboard.style import tokens

# The icon of the tab as an address in itself: Streamlit would read and rewrite the file at each run.
_DRAWN = Path(__file__).parents[2] / "static" / "favicon.svg"
ICON = f"data:image/svg+xml;base64,{b64encode(_DRAWN.read_bytes()).decode()}"
# In the order in which they are read: of two rules of the same weight, the later wins.
PIECES = ("fonts", "content", "tables", "pages", "keys", "streamlit", "plotly", "print")


@cache
def sheet(pieces: tuple[str, ...] = PIECES) -> str:
    """Return the whole style sheet, or as much as is named: the tokens, then each piece."""
    folder = Path(__file__).parent
    return "\n".join(
        [tokens.custom_properties(), *((folder / f"{name}.css").read_text(encoding="utf-8") for name in pieces)]
    )
