"""The timeline as one picture that needs no page: every row, the years, the groups and what the marks mean, for slides and files."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup, escape

from dashboard.charts.glance.sheet import EDGE as AROUND
from dashboard.charts.glance.sheet import LEAD, Sheet, key, sample
from dashboard.charts.map.placing import wrapped
from dashboard.charts.timeline.bars import Bar
from dashboard.charts.timeline.figure import LEFT, MIDDLE, OF, RIGHT, WORDS, notes
from dashboard.charts.timeline.marks import (
    PALE_TALL,
    SIZE,
    TALL,
    bar_shapes,
    fields,
    measure,
    paint,
    percent,
    step_marks,
    style,
    used,
)
from dashboard.charts.timeline.scale import FINER, Scale
from dashboard.charts.timeline.steps import LINE, NONE, TOP, Laid, aside, axis, chosen
from dashboard.charts.timeline.steps import MIDDLE as HUNG
from dashboard.charts.timeline.timetable import APART, READ, ROW, Part, Row, Timetable, begins
from dashboard.style.tokens import GROUNDS, LIGHT, NEUTRAL
from dashboard.tables.load import Tables

DRAWN, ALONE, SHOWN = (
    1000,
    800,
    1280,
)  # pixels: how wide all deals and one alone are drawn, and how wide that is as a file
MOST = 40  # rows, that words are still read on a slide
YEARS = 24  # pixels above the first row
EDGE = 14  # pixels around all
FACES = (
    '.years text,.note{font-size:12.5px}.name{font:600 17px "Source Serif",Georgia,serif}.slanted{font-style:italic}'
)


def rows(table: Timetable) -> int:
    """Return how many rows the picture would have, those of the groups' names among them."""
    return round(sum(part.heights[READ] - APART for part in table.parts) / ROW)


def timeline(tables: Tables, table: Timetable, alt: str, today: date, source: str) -> Markup:
    """Draw a timetable in the ink of the light theme; `source` is the line on where it comes from, `today` is marked."""
    width, tall, now = DRAWN - LEFT - RIGHT, table.heights[READ], table.scale.share(today)
    drawn, y = _rules(table.scale), 0
    drawn += f'<line class="today" x1="{percent(now)}" x2="{percent(now)}" y2="100%"/>' if 0 <= now <= 1 else ""
    for part in table.parts:
        drawn += f'<g transform="translate(0 {y})">{_part(tables, part, width)}</g>'
        y += part.heights[READ]
    below, height = _below(tables, table, today, source, width)
    defined = used(tables, [row.bar for row in table.rows], OF)
    defined += f"<defs>{fields({(row.bar.deal['pattern'], NEUTRAL) for row in table.rows}, OF)}</defs>"
    parts = [(EDGE, YEARS, _years(table.scale)), (EDGE + YEARS, tall, drawn), (EDGE + YEARS + tall, height, below)]
    return _framed(DRAWN, alt, defined, parts)


def _framed(wide: int, alt: str, defined: str, parts: list[tuple[float, float, str]]) -> Markup:
    """Return the whole picture; each of its parts, one below the other, has its top, its height and what is drawn."""
    (top, tall, _), inner = parts[-1], wide - LEFT - RIGHT
    drawn = "".join(
        f'<svg x="{LEFT}" y="{y:g}" width="{inner}" height="{high:.0f}" overflow="visible">{made}</svg>' for y, high, made in parts
    )  # fmt: skip
    whole = round(top + tall + EDGE)
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="times" role="img" aria-label="{escape(alt)}" width="{SHOWN}"'
        f' height="{whole * SHOWN / wide:.0f}" viewBox="0 0 {wide} {whole}"><style>{style(LIGHT)}{FACES}</style>{defined}'
        f'<rect width="100%" height="100%" fill="{GROUNDS[LIGHT]}"/>{drawn}</svg>'
    )


def steps(tables: Tables, one: Laid, source: str) -> Markup:
    """Draw one deal's bar with its steps, and the words of as many as find room below, in the ink of the light theme."""
    width = ALONE - LEFT - RIGHT
    lines = chosen(one.bar, one.places, width)
    words, drawn = "", axis(one.years)
    for said, (share, long), line in zip(one.words, one.places, lines, strict=True):
        if line != NONE:
            y = TOP + LINE * line
            drawn += f'<rect class="lead" x="{percent(share)}" y="{HUNG}" width="1" height="{max(0, y - 11 - HUNG)}"/>'
            words += f'<text x="{share * width + aside(share, long, width):.1f}" y="{y}">{escape(said)}</text>'
    drawn += f'{bar_shapes(one.bar, HUNG, OF)}{step_marks(tables, one.bar, HUNG, OF)}<g class="over">{words}</g>'
    tall = TOP + LINE * (max(lines, default=NONE) + 1)
    below, height = key(_sheet(width), _marks_meant(tables, [one.bar]), 0.0)
    more, height = _written([source], width, height)
    below += more
    parts = [(EDGE, tall, drawn), (EDGE + tall, height, below)]
    return _framed(ALONE, one.alt, used(tables, [one.bar], OF), parts)


def _rules(scale: Scale) -> str:
    """Draw a line for each year that is written, and set the early years apart where they are narrower."""
    made = f'<rect class="shade" width="{percent(scale.part(scale.pivot))}" height="100%"/>' if scale.is_broken else ""
    shares = [percent(scale.part(at)) for at, _ in scale.ticks(FINER)]
    return made + "".join(f'<line class="rule" x1="{share}" x2="{share}" y2="100%"/>' for share in shares)


def _years(scale: Scale) -> str:
    """Write the years above all rows."""
    words = "".join(
        f'<text x="{percent(scale.part(at))}" dx="3" y="17">{word}</text>' for at, word in scale.ticks(FINER)
    )
    return f'<g class="years">{words}</g>'


def _part(tables: Tables, part: Part, width: float) -> str:
    """Draw a group below its name."""
    number = f" {part.count}" if part.count else ""
    name = f'<tspan class="name">{escape(part.name)}</tspan>{number}'
    head = f'<line class="rule" x2="100%" y1="{APART - 3}" y2="{APART - 3}"/><text class="over" y="{APART + 16}">{name}</text>'
    return head + "".join(_deal(tables, row, width) for row in part.rows)


def _deal(tables: Tables, row: Row, width: float) -> str:
    """Draw one deal: its bar with its steps, and the words above it that have room, which end where the picture does."""
    bar, start = row.bar, begins(row.bar)
    words = row.words[row.choice[READ]]
    left = max(0.0, min(start * width, width - measure(words)))
    slant = ' class="slanted"' if bar.deal["pattern"] != "solid" else ""
    return (
        f'<g transform="translate(0 {row.tops[READ]})">{bar_shapes(bar, MIDDLE, OF)}{step_marks(tables, bar, MIDDLE, OF)}'
        f'<g class="over"><text{slant} x="{left:.1f}" y="{WORDS}">{escape(words)}</text></g></g>'
    )


def _below(tables: Tables, table: Timetable, today: date, source: str, width: int) -> tuple[str, float]:
    """Draw what the marks mean and the source line, and return how tall that is."""
    marks = _marks_meant(tables, [row.bar for row in table.rows])
    drawn, y = key(_sheet(width), [*_bars_meant(tables, table), *marks], 6.0)
    said = [*notes(table, today).values(), "→ no end reported", "… end not known", "~ about, ? uncertain"]
    more, y = _written([" · ".join(said), source], width, y)
    return drawn + more, y


def _written(texts: list[str], width: int, y: float) -> tuple[str, float]:
    """Write texts below `y`, each in as many lines as it needs, and return how far down they reach."""
    made = ""
    for words in texts:
        for pieces in wrapped(words.split(), width, SIZE):
            y += LEAD
            made += f'<text class="note" y="{y:.0f}">{escape(" ".join(pieces))}</text>'
    return made, y + 4


def _bars_meant(tables: Tables, table: Timetable) -> list[tuple[str, str]]:
    """Return the signs of the domains in view, and of each status whose bars are no plain ones, with their words."""
    there = {row.bar.deal["domain"]: row.bar.deal for row in table.rows}
    labels = tables.dictionary.choices("deals", "domain")
    signs = [
        (sample(f'fill="{there[name]["colour"]}"'), f"{there[name]['glyph']} {label}") for name, label in labels.items() if name in there
    ]  # fmt: skip
    labels = tables.dictionary.choices("deals", "status")
    patterns = {row.bar.deal["status"]: row.bar.deal["pattern"] for row in table.rows}
    plain = [name for name in labels if patterns.get(name, "solid") != "solid"]
    statuses = [(_bar(paint(patterns[name], NEUTRAL, OF, pale=False), TALL), labels[name].lower()) for name in plain]
    pale = _bar(paint("solid", NEUTRAL, OF, pale=True), PALE_TALL)
    return [*signs, (pale, "may begin or end in here"), *statuses]


def _bar(look: str, tall: float) -> str:
    """Return the sign of the key for a bar."""
    return f'<rect y="{-4 - tall / 2:g}" width="12" height="{tall:g}" {look}/>'


def _sheet(width: int) -> Sheet:
    """Return the sheet on which the key of a picture is drawn that has so much room."""
    return Sheet(OF, width + 2 * AROUND, LIGHT)


def _marks_meant(tables: Tables, drawn: list[Bar]) -> list[tuple[str, str]]:
    """Return the marks of the kinds of milestones in view with their words."""
    kinds = tables.dictionary.tables["milestones"]["kind"].meanings
    there = {step.kind for bar in drawn for step in bar.steps}
    return [
        (f'<use href="#{OF}-{look["shape"]}" x="6" y="-4"/>', look["label"])
        for name, look in kinds.items()
        if name in there
    ]
