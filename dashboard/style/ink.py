"""A picture of the light theme in the ink and on the ground of what it stands on, in either theme."""

from __future__ import annotations

import re

from markupsafe import Markup

from dashboard.style.tokens import GROUNDS, INKS, LIGHT

THEMED = {INKS[LIGHT].lower(): "ink", GROUNDS[LIGHT].lower(): "ground"}
COLOUR = re.compile(rf"(?:{'|'.join(THEMED)})\b(?!\))", re.IGNORECASE)  # but where it is a fallback already


def in_either_theme(svg: Markup) -> Markup:
    """Return a picture whose ink and ground are those of what is around it, light or dark."""
    return Markup(COLOUR.sub(lambda found: f"var(--{THEMED[found[0].lower()]},{found[0]})", svg))
