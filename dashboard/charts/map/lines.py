"""How each line between two states is drawn: its course, the look of its family, its words.

Trade is an arc that is faint where it leaves and full where it arrives. A tie is a double line, the same along its whole
length. A measure is a thin line in an ink of its own, barred towards the state it is against. Whatever the family, a
line is dashed, and marked with a question mark, where every deal of it is alleged or denied.
"""

from __future__ import annotations

import math
from itertools import groupby
from operator import itemgetter

from dashboard.charts.map.arcs import bow, bowed, brought_in, outward
from dashboard.style.tokens import AGAINST
from dashboard.tables.check.meaning import FAMILIES
from dashboard.tables.model import Row
from dashboard.tables.package import Currency, Frame
from dashboard.words import format_count, format_money

THINNEST, WIDEST = 1.5, 7.0  # pixels: a line's width
DOUBTED, RAIL, SHAFT, BARS = 1.8, 1.0, 1.5, 9.0  # pixels: a dashed line, each line of a tie, a measure, its bars
APART = 1.4  # how far each line of a tie lies beside its course, in its own widths
DASH, BARRED = [4, 3], [0.2, 1.0]  # of what is doubted, and of a measure's bars: drawn and left out, in widths


def traced(flows: list[Row], palette: dict[str, str], ground: str, frame: Frame, heaviest: float = 0.0) -> list[Row]:
    """Work out how each flow is drawn, by pair, family and domain; `contested` says that each of its deals is.

    The widest line has the most weight of these flows, or `heaviest` where other maps beside have more.
    """
    order = {domain: place for place, domain in enumerate(palette)}
    ends = itemgetter("supplier", "recipient")
    rows = sorted(flows, key=lambda row: (*ends(row), FAMILIES.index(row["family"]), order[row["domain"]]))
    heaviest = max([heaviest, *(row["weight"] for row in rows)])
    pairs = groupby(rows, key=ends)
    ranked = [(rank, row) for _, pair in pairs for rank, row in enumerate(pair)]
    return [one_flow(row, palette, ground, heaviest) | course(row, rank, frame) for rank, row in ranked]


def one_flow(row: Row, palette: dict[str, str], ground: str, heaviest: float) -> Row:
    """Work out how one flow looks: its width, its colours and its words."""
    family, contested = row["family"], row["contested"] >= row["deals"]
    colour = AGAINST if family == "measure" else palette[row["domain"]]
    mark = " ?" if contested else ""
    halo = [round(0.35 * own + 0.65 * bare) for own, bare in zip(rgb(colour), rgb(ground), strict=True)]
    share = (row["weight"] / heaviest) ** 0.5 if heaviest > 0 and row["weight"] > 0 else 0.0
    count = f" {traded(row)}" if family == "trade" else f": {format_count(row['deals'], family)}"
    return {
        "flow_id": row["flow_id"],
        "family": family,
        "contested": contested,
        "against": family == "measure",
        "width": DOUBTED if contested else round(THINNEST + (WIDEST - THINNEST) * share, 2),
        "colour": colour,
        "faint": rgb(colour, 0.25),
        "full": rgb(colour, 0.3 if family == "tie" else 0.95),  # ties are many; trade is read first
        "trace": [*halo[:3], 2],  # invisible, until a selection makes it opaque
        "title": f"{row['title']}{mark}",
        "label": f"{row['domain_label']}{count}{mark}".lstrip(": "),
        "deals": row["deals"],
    }


def traded(row: Row) -> str:
    """Return how many deals a line of trade has; what is only claimed is no deal, and counted apart."""
    firm, claimed = row["deals"] - row["claimed"], f"{row['claimed']} claimed" if row["claimed"] else ""
    return " + ".join(filter(None, [str(firm) if firm else "", claimed]))


def worth(value: float, contested: bool, currency: Currency) -> str:
    """Return the value that a line of trade bears, NaN where none is disclosed; what is contested has its mark."""
    return ("no public value" if math.isnan(value) else format_money(value, currency)) + " ?" * contested


def course(row: Row, rank: int, frame: Frame) -> Row:
    """Find where a flow starts and ends, how far it is bowed, the path it takes, and what lies beyond the map."""
    points = [(row[f"lon_{end}"], row[f"lat_{end}"]) for end in ("from", "to")]
    names = [row["supplier_name"], row["recipient_name"]]
    start, end = brought_in(*points, frame), brought_in(*points[::-1], frame)
    outside = [name for name, at, drawn in zip(names, points, (start, end), strict=True) if at != drawn]
    height = bow(start, end, rank)
    return {
        "start": start,
        "end": end,
        "height": height,
        "path": bowed(start, end, height),
        "note": " ".join([row["note"], *(f"{name} lies beyond the edge of the map." for name in outside)]),
        "start_name": outward(names[0], points[0], frame),
        "end_name": outward(names[1], points[1], frame),
    }


def is_arc(line: Row) -> bool:
    """Say whether a line is an arc, which alone can grow from faint to full but cannot be dashed: firm trade."""
    return line["family"] == "trade" and not line["contested"]


def strokes(line: Row) -> list[Row]:
    """Return the strokes of a line that is no arc; each has path, width, full (its colour), dash and offset.

    `since` is the share of the line after which the stroke begins.
    """
    dash = DASH if line["contested"] else [0, 0]
    stroke = {"path": line["path"], "full": line["full"], "dash": dash, "offset": 0, "since": 0.0}
    if line["family"] == "trade":
        return [{**stroke, "width": line["width"]}]
    if not line["against"]:
        width = round(RAIL + 0.25 * (line["width"] - THINNEST), 2)
        return [{**stroke, "width": width, "offset": side} for side in (-APART, APART)]
    near = line["path"][len(line["path"]) // 2 :]
    return [{**stroke, "width": SHAFT}, {**stroke, "path": near, "since": 0.5, "width": BARS, "dash": BARRED}]


def rgb(colour: str, opacity: float = 1.0) -> list[int]:
    """Turn `#rrggbb` into the four numbers that deck.gl wants."""
    return [*(int(colour[at : at + 2], 16) for at in (1, 3, 5)), round(255 * opacity)]
