"""The words of one deal's steps, hung below its bar as far as they find room."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dashboard.charts.timeline.bars import Bar
from dashboard.charts.timeline.marks import measure
from dashboard.charts.timeline.steps import NONE, aside, chosen
from dashboard.pack.slides.shapes import INK, PAPER, Pen, Shape, mixed, text
from dashboard.tables import dates
from dashboard.tables.load import Tables

SIZE, LINE, TOP = 10.0, 15.0, 12.0  # points: the words, from line to line, from the bar to the first
LEAD = mixed(INK, PAPER, 0.45)


def hung(tables: Tables, bar: Bar, wide: float, point: float, x: Callable[[float], float], y: float) -> Iterator[Shape]:
    """Yield the words of steps with thin lines up to their marks, below a bar at `y`.

    The picture is so many pixels wide, of so many points each; `x` tells where a share of its width lies.
    """
    kinds = tables.dictionary.choices("milestones", "kind")
    seen = [step for step in bar.steps if 0 <= step.middle <= 1]
    words = [f"{kinds[step.kind]}, {dates.format_date(step.date)}" for step in seen]
    places = [(step.middle, measure(said) + 4) for step, said in zip(seen, words, strict=True)]
    lines = chosen(bar, places, wide) if len(seen) == len(bar.steps) else [NONE] * len(seen)
    for said, (share, long), line in zip(words, places, lines, strict=True):
        if line != NONE:
            top = y + TOP + line * LINE
            yield Shape(name="Lead", box=(x(share), y + 4, 0, top - y - 4), preset="line", pen=Pen(LEAD, 0.75))
            left = x(share) + aside(share, long, wide) * point
            yield text("Step", said, (left, top, long * point + 2, SIZE * 1.2), SIZE, wraps=False)
