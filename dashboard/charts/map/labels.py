"""The words on the map: what may be written where, and what gives way to what."""

from __future__ import annotations

from collections import Counter
from operator import itemgetter

from dashboard.charts.map.arcs import Point
from dashboard.style.tokens import MAP_TEXT
from dashboard.tables.model import Row
from dashboard.tables.package import Frame

# How many flows carry their name, and measures as many more; how many deals give a place its name.
LABELLED, BUSY = 12, 4
# Ranks of words: of the most important, how much less each next one has, and of the other countries' names. deck.gl
# allows 1,000, and moves each layer by 3.
FIRST, STEP, LAND = 500, 5, -1


def words(lines: list[Row], spots: list[Row], frame: Frame) -> list[Row]:
    """Return what may be written on the map, the most important first: countries, flows, busy places.

    `lines` are flows as `lines.traced` gives them, `spots` places as `world.sized` does. A word has label, point
    (longitude, latitude), size and offset in pixels, anchor, on_line, whether it stands on a line, and priority, its rank.
    The browser leaves out what would run into a more important word at the zoom at hand.
    """
    ends = {row[f"{end}_name"]: row[end] for row in lines for end in ("start", "end")}
    deals: Counter[str] = Counter()
    for row in lines:
        deals.update({row["start_name"]: row["deals"], row["end_name"]: row["deals"]})
    ranked = sorted(lines, key=itemgetter("contested", "width"), reverse=True)
    named = ranked[:LABELLED] + [row for row in ranked[LABELLED:] if row["against"]][:LABELLED]
    busy = [row for row in spots if row["deals"] >= BUSY and row["drawn"] != "area"]
    found = [
        *(word(name, ends[name], MAP_TEXT["state"], 15, frame) for name, _ in deals.most_common()),
        *(
            word(row["label"], row["path"][len(row["path"]) // 2], MAP_TEXT["line"], 0, frame) | {"on_line": True}
            for row in named
        ),
        *(word(short(row["name"]), (row["lon"], row["lat"]), MAP_TEXT["place"], -14, frame) for row in busy),
    ]
    ranks = range(FIRST, LAND, -STEP)  # words beyond the last are the least important, and left out
    return [{**row, "priority": rank} for row, rank in zip(found, ranks, strict=False)]


def short(name: str) -> str:
    """Return the name of a place without what only explains it."""
    return name.split(",")[0].split(" (")[0]


def word(label: str, point: Point, size: int, below: int, frame: Frame) -> Row:
    """Describe a word beside a point: what it says, its size, how many pixels below; inward at the edges."""
    anchor = "start" if point[0] < frame.west + 2 else "end" if point[0] > frame.east - 2 else "middle"
    return {"label": label, "point": point, "size": size, "offset": [0, below], "anchor": anchor, "on_line": False}
