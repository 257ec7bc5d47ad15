"""The marks of a timeline on a slide: how each kind of milestone is drawn, and the key that says what marks and bars mean."""

from __future__ import annotations

from functools import partial

from dashboard.charts.timeline.marks import PALE
from dashboard.charts.timeline.timetable import Timetable
from dashboard.pack.slides.key import Sign
from dashboard.pack.slides.shapes import INK, PAPER, Paint, Pen, Shape
from dashboard.style.tokens import NEUTRAL
from dashboard.tables.load import Tables

# What PowerPoint calls the marks of milestones, and how each is turned.
MARKS = {
    "circle": ("ellipse", 0), "square": ("rect", 0), "diamond": ("diamond", 0), "triangle-right": ("triangle", 90), "star": ("star5", 0),
    "hourglass": ("flowChartCollate", 0), "x": ("mathMultiply", 0),
}  # fmt: skip
MARK = 8.0  # points: how large


def step_mark(shape: str, x: float, y: float, says: str = "") -> Shape:
    """Return the mark of a milestone round a point: filled, or open where its shape is."""
    bare = shape.removesuffix("-open")
    half = MARK / 2
    if bare not in MARKS:
        return Shape(name="Milestone", says=says, box=(x, y - half - 1, 0, MARK + 2), preset="line", pen=Pen(INK, 2))
    preset, turned = MARKS[bare]
    paint, pen = (Paint(PAPER), Pen(INK, 1.25)) if bare != shape else (Paint(INK), Pen(PAPER, 0.75))
    return Shape(
        name="Milestone",
        says=says,
        box=(x - half, y - half, MARK, MARK),
        preset=preset,
        turned=turned,
        paint=paint,
        pen=pen,
    )


def signs(tables: Tables, table: Timetable) -> list[tuple[Sign, str]]:
    """Return the key: the domains, the statuses that are not plain, and the kinds of milestones that there are."""
    seen = [row.bar for row in table.rows]
    domains = {bar.deal["domain"]: bar.deal for bar in seen}
    labels = tables.dictionary.choices("deals", "domain")
    made: list[tuple[Sign, str]] = [
        (partial(_swatch, Paint(domains[name]["colour"])), f"{domains[name]['glyph']} {label}")
        for name, label in labels.items()
        if name in domains
    ]
    patterns = {bar.deal["status"]: bar.deal["pattern"] for bar in seen}
    statuses = tables.dictionary.choices("deals", "status")
    made.append((partial(_swatch, Paint(NEUTRAL, share=PALE)), "may begin or end in here"))
    made += [
        (partial(_swatch, Paint(NEUTRAL, patterns[name])), label.lower())
        for name, label in statuses.items()
        if patterns.get(name, "solid") != "solid"
    ]
    kinds = {step.kind for bar in seen for step in bar.steps}
    meanings = tables.dictionary.tables["milestones"]["kind"].meanings
    return made + [
        (partial(_stepped, look["shape"]), look["label"].lower()) for name, look in meanings.items() if name in kinds
    ]


def _swatch(paint: Paint, x: float, y: float) -> list[Shape]:
    return [Shape(name="Sign", box=(x, y - 3.5, 12, 7), paint=paint, pen=Pen(paint.colour, 0.75))]


def _stepped(shape: str, x: float, y: float) -> list[Shape]:
    return [step_mark(shape, x + 6, y)]
