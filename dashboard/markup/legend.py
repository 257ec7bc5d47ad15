"""How to read the map: what is on it and how that is drawn, each with a sample that looks like the map."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from dashboard import markup
from dashboard.style.plotly import AGAINST
from dashboard.tables.load import Tables

LINES = {
    "trade": "Trade: from supplier to recipient, faint where it leaves",
    "tie": "Tie ({}): mutual, without direction",
    "measure": "Measure ({}): one state against another, with bars towards the one it is against",
}
WIDE = {"deals": "A line is wider the more deals it holds", "value": "A line is wider the more value it discloses"}


def legend(tables: Tables, lines: pd.DataFrame, places: pd.DataFrame, width: str) -> Markup:
    """Return how to read the map of `lines` and `places`, rows of `flows`; only what is on it is explained."""
    families = [(family, words) for family, words in LINES.items() if family in set(lines["family"])]
    items = [_item(f"line-{family}", words.format(_kinds(tables, lines, family))) for family, words in families]
    if (lines["contested"] >= lines["deals"]).any():
        items.append(_item("line-doubted", "Dashed, with a question mark: all of it alleged or denied"))
    known = tables.dictionary.tables["places"]["precision"].meanings
    items += [
        _item(f"place-{meaning['drawn']}", f"Place known to the {meaning['label'].lower()}")
        for value, meaning in known.items()
        if value in set(places["precision"])
    ]
    coloured = set(lines.loc[lines["family"] != "measure", "domain"])
    domains = (
        markup.domain(tables, domain) for domain in tables.dictionary.choices("deals", "domain") if domain in coloured
    )
    frame = '<p class="legend">{}</p><ul class="map-key" style="--against:{}">{}</ul><p class="meta">{}</p>'
    notes = (
        f"{WIDE[width]}. A deal between several states is on several lines, so lines do not add up. "
        "Click a line or a place to list its deals."
    )
    return Markup(frame).format(markup.join(domains, " "), AGAINST, markup.join(items), notes)


def _item(sample: str, words: str) -> Markup:
    return Markup('<li><i data-sample="{}" aria-hidden="true"></i> {}</li>').format(sample, words)


def _kinds(tables: Tables, lines: pd.DataFrame, family: str) -> str:
    """Return the kinds of a family's deals on the map, in the order of the package."""
    there = {kind for kinds in lines.loc[lines["family"] == family, "kinds"] for kind in kinds.split(", ")}
    labels = [label.lower() for label in tables.dictionary.choices("deals", "kind").values()]
    return ", ".join(label for label in labels if label in there)
