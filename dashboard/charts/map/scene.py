"""What a flat map shows, and how: the lines and places, the part of the world they are in, and the look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from dashboard.charts.map import ground
from dashboard.charts.map.arcs import inside
from dashboard.charts.map.lines import traced
from dashboard.charts.map.sums import over_domains
from dashboard.style.tokens import GROUNDS, INKS, LIGHT
from dashboard.tables.model import Row
from dashboard.tables.package import Currency, Frame, Package

FAR = 34.0  # degrees: what a picture shows at least where a line comes from beyond the region


@dataclass(frozen=True)
class Look:
    """How a flat map is shown.

    `width` and `height` are those of the map, in pixels; what stands above and below comes on top. `view` is what it shows
    at least; without one, the data decide. `narrow` is the smallest width at
    which the picture is also shown: words for it are drawn too, and take over by themselves. `theme` is that of a file,
    light or dark; blank on a page, whose own ink it takes. `summed` draws one line a direction over all domains.
    `money` says that lines are as wide as their value, and so are numbered; `heaviest` is the weight of the widest line
    of several maps that stand side by side. `words` is how many lines carry words, which name the domain of each where
    `domains` says so.
    `key`, `title`, `source` and `viewpoint` stand beside the map. `link` gives the address of a line or place by its id.
    """

    width: int = 720
    height: int = 440
    view: Frame | None = None
    narrow: int = 0
    theme: str = ""
    summed: bool = False
    money: bool = False
    heaviest: float = 0.0
    words: int = 12
    domains: bool = True
    key: bool = False
    title: str = ""
    source: str = ""
    viewpoint: bool = False
    link: Callable[[str], str] | None = None


class Scene(NamedTuple):
    """What is drawn: the lines, the places, and the part of the world in which they are seen."""

    lines: list[Row]
    places: list[Row]
    picture: ground.Picture
    currency: Currency


def composed(flows: list[Row], places: list[Row], palette: dict[str, str], package: Package, look: Look) -> Scene:
    """Work out what is drawn and where.

    A line is a row of `flows` with what `lines.traced` says of it; places beyond the picture are left out.
    """
    if look.summed:
        flows, palette = over_domains(flows, palette, package.currency), {"": INKS[LIGHT]}
    picture = chosen(flows, places, package.frame, look)
    lines = traced(flows, palette, GROUNDS[LIGHT], picture.bounds(), look.heaviest)
    held = {row["flow_id"]: row for row in flows}
    seen = [row for row in places if inside((row["lon"], row["lat"]), picture.bounds())]
    return Scene([{**held[line["flow_id"]], **line} for line in lines], seen, picture, package.currency)


def seen(flows: list[Row], frame: Frame) -> Frame:
    """Return the part of the frame that holds the ends of all flows, the whole of it where there are none."""
    ends = [(row[f"lon_{end}"], row[f"lat_{end}"]) for row in flows for end in ("from", "to")]
    return ground.around([end for end in ends if inside(end, frame)] or [frame[:2], frame[2:]])


def chosen(rows: list[Row], spots: list[Row], frame: Frame, look: Look) -> ground.Picture:
    """Choose the part of the world: the view of the look, else what holds all ends and places within the frame."""
    if look.view:
        return ground.fitted([look.view[:2], look.view[2:]], look.width, look.height, 0.0, (0.0, 0.0))
    ends = [(row[f"lon_{end}"], row[f"lat_{end}"]) for row in rows for end in ("from", "to")]
    points = [*ends, *((row["lon"], row["lat"]) for row in spots)]
    nearest = ground.NEAREST if all(inside(end, frame) for end in ends) else FAR
    held = [point for point in points if inside(point, frame)] or [frame[:2], frame[2:]]
    return ground.fitted(held, look.width, look.height, nearest)
