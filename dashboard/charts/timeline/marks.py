"""The marks of a timeline as SVG: the shape of each kind of step, how a bar is filled, how it ends; and their style."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import escape

from dashboard.charts.map.placing import SPARE, breadth
from dashboard.charts.timeline.bars import Bar, Ends
from dashboard.style.tokens import ACCENT, GROUNDS, INKS, LIGHT
from dashboard.tables import dates
from dashboard.tables.load import Tables

SIZE = 13  # pixels: words
TALL, PALE_TALL = 7.0, 4.6  # pixels: how thick a bar is where a deal certainly goes on, and where it may

# Round the point that each stands at, some 9 pixels wide.
SHAPES = {
    "circle": '<circle r="4.2"/>',
    "square": '<path d="M-3.8-3.8h7.6v7.6h-7.6Z"/>',
    "diamond": '<path d="M0-5.2L5.2 0L0 5.2L-5.2 0Z"/>',
    "triangle-right": '<path d="M-3.6-4.8L5.2 0L-3.6 4.8Z"/>',
    "star": '<path d="M0-5.8L1.5-1.9L5.6-1.8L2.4 .8L3.5 4.8L0 2.5L-3.5 4.8L-2.4 .8L-5.6-1.8L-1.5-1.9Z"/>',
    "hourglass": '<path d="M-4.2-4.6H4.2L-4.2 4.6H4.2Z"/>',
    "x": '<path d="M-4.6-2.6L-2.6-4.6L0-2L2.6-4.6L4.6-2.6L2 0L4.6 2.6L2.6 4.6L0 2L-2.6 4.6L-4.6 2.6L-2 0Z"/>',
    "line": '<path d="M0-6V6"/>',
}
# A field of each pattern, 5 pixels wide, in the colour of the bar.
FIELDS = {
    "hatched": '<path d="M-1 6L6-1M-1 1L1-1M4 6L6 4"/>',
    "crossed": '<path d="M-1 6L6-1M-1 1L1-1M4 6L6 4M-1-1L6 6M4-1L6 1M-1 4L1 6"/>',
    "dotted": '<path stroke-linecap="round" stroke-width="2" d="M2.5 2.5h.01"/>',
    "lined": '<path d="M0 1H5M0 3.5H5"/>',
}
PALE = 0.3  # how much of its colour a bar keeps where a deal may not go on yet, or no longer
ON_THE_PAGE = (f"var(--ink, {INKS[LIGHT]})", f"var(--ground, {GROUNDS[LIGHT]})")
# What `use` draws is out of reach of a rule that names what it stands in, so marks have rules of a single class.
STYLE = """.times{font-family:"Source Sans","Source Sans 3",Arial,sans-serif;font-size:13px}
.times text{fill:INK}.times .over text{stroke:GROUND;stroke-width:3px;stroke-linejoin:round;paint-order:stroke}
.times-solid{fill:INK;stroke:GROUND;stroke-width:2.2;paint-order:stroke}.times-open{fill:GROUND;stroke:INK;stroke-width:1.5}.times-line{fill:none;stroke:INK;stroke-width:2.6}
.times-on{fill:none;stroke:INK;stroke-width:1.4}.times .wide{stroke:INK;stroke-width:1.5}.times .before{stroke:INK;stroke-width:1.5;stroke-dasharray:1.5 2.5;opacity:.75}
.times .bar{stroke-width:1}.times .rule{stroke:INK;stroke-opacity:.16}.times .lead{fill:INK;fill-opacity:.45}
.times .shade{fill:INK;fill-opacity:.05}.times .today{stroke:MARKED;stroke-width:1.5}"""


def style(theme: str = "") -> str:
    """Return the style sheet of a timeline: in the ink of the page, or in that of a theme for a picture in a file."""
    ink, ground = (INKS[theme], GROUNDS[theme]) if theme else ON_THE_PAGE
    marked = ACCENT if theme else f"var(--accent, {ACCENT})"
    return STYLE.replace("INK", ink).replace("GROUND", ground).replace("MARKED", marked)


def shapes(used: Iterable[str], of: str) -> str:
    """Return the definitions of the marks that a picture uses; `of` sets them apart from another picture's."""
    made = []
    for shape in sorted(set(used)):
        bare = shape.removesuffix("-open")
        kind = "line" if bare.startswith("line") else "open" if bare != shape else "solid"
        drawn = SHAPES["line" if kind == "line" else bare]
        made.append(f'<g id="{of}-{shape}" class="times-{kind}">{drawn}</g>')
    return "".join(made)


def fields(used: Iterable[tuple[str, str]], of: str) -> str:
    """Return the definitions of patterned fills, each of a pattern and a colour such as `#0072B2`."""
    return "".join(
        f'<pattern id="{of}-{pattern}-{colour[1:]}" width="5" height="5" patternUnits="userSpaceOnUse" stroke="{colour}">'
        f"{FIELDS[pattern]}</pattern>"
        for pattern, colour in sorted(set(used))
        if pattern in FIELDS
    )


def paint(pattern: str, colour: str, of: str, *, pale: bool) -> str:
    """Return how a bar is filled and edged; what is only proposed or talked about is hollow."""
    if pattern == "outlined":
        return f'fill="none" stroke="{colour}"'
    fill = f"url(#{of}-{pattern}-{colour[1:]})" if pattern in FIELDS else colour
    faint = f' fill-opacity="{PALE}"' if pale else ""
    return f'fill="{fill}"{faint} stroke="{colour}"'


def percent(share: float) -> str:
    """Write a share of the picture's width."""
    return f"{share * 100:.2f}".rstrip("0").rstrip(".") + "%"


def measure(words: str, size: float = SIZE) -> float:
    """Return how wide words are at most on a page, in pixels."""
    return breadth(words, size) / SPARE


def used(tables: Tables, drawn: Iterable[Bar], of: str) -> str:
    """Return the definitions that a picture of bars needs."""
    drawn = [*drawn]
    kinds = tables.dictionary.meaning("milestones", "kind", "shape")
    marks = shapes((kinds[step.kind] for bar in drawn for step in bar.steps), of)
    fills = fields(((bar.deal["pattern"], bar.deal["colour"]) for bar in drawn), of)
    return f'<defs><path id="{of}-on" class="times-on" d="M7 0H18M14.5-3.5L18 0L14.5 3.5"/>{marks}{fills}</defs>'


def bar_shapes(bar: Bar, y: float, of: str) -> str:
    """Draw a bar: thick where the deal certainly goes on, thin and pale where its opening or closing may lie."""
    made = line("before", (bar.known, bar.opening[0]), y)
    for name, ends in bar.parts.items():
        tall = TALL if name == "core" else PALE_TALL
        if left_to := within(ends):
            left, right = left_to
            fill = paint(bar.deal["pattern"], bar.deal["colour"], of, pale=name != "core")
            made += f'<rect class="bar {name}" x="{percent(left)}" width="{percent(right - left)}" y="{y - tall / 2:g}" height="{tall:g}" {fill}/>'
    return made + end_shapes(bar, y, of)


def end_shapes(bar: Bar, y: float, of: str) -> str:
    """Draw the marks beside a bar: of approximate or uncertain dates, of an open end and of one that is not known."""
    made = ""
    if bar.start_mark and within((bar.opening[0], bar.opening[0])):
        made += f'<text class="ends" x="{percent(bar.opening[0])}" dx="-7" y="{y + 4:g}" text-anchor="end">{bar.start_mark}</text>'
    if bar.end_mark == "→" and bar.stop <= 1:  # what is open goes on into a picture that begins later
        return f'{made}<use href="#{of}-on" x="{percent(max(bar.stop, 0.0))}" y="{y:g}"/>'
    if bar.end_mark != "→" and within((bar.stop, bar.stop)):
        made += f'<text class="ends" x="{percent(bar.stop)}" dx="7" y="{y + 4:g}">{bar.end_mark}</text>'
    return made


def step_marks(tables: Tables, bar: Bar, y: float, of: str) -> str:
    """Draw the milestones of a bar, each with its words as a tooltip, and lines as wide as the dates not known to the day."""
    kinds, made = tables.dictionary.tables["milestones"]["kind"].meanings, ""
    for step in bar.steps:
        if not within((step.middle, step.middle)):
            continue
        look = kinds[step.kind]
        words = escape(f"{look['label']}, {dates.format_date(step.date)}\n{step.event}")
        wide = line("wide", step.ends, y) if len(step.date.rstrip("~?")) < len("2020-01-01") else ""
        made += (
            f'{wide}<use href="#{of}-{look["shape"]}" x="{percent(step.middle)}" y="{y:g}"><title>{words}</title></use>'
        )
    return made


def line(kind: str, ends: Ends, y: float) -> str:
    """Draw a thin line from one share of the width to another, as far as it lies in the picture."""
    left_to = within(ends)
    if not left_to or ends[0] >= ends[1]:
        return ""
    return f'<line class="{kind}" x1="{percent(left_to[0])}" x2="{percent(left_to[1])}" y1="{y:g}" y2="{y:g}"/>'


def within(ends: Ends) -> Ends | None:
    """Return the part of a stretch that lies in the picture; None where none does."""
    return None if ends[1] < 0 or ends[0] > 1 else (max(ends[0], 0.0), min(ends[1], 1.0))
