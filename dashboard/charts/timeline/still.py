"""The timeline as one picture that needs no page: every row, the years, the groups and what the marks mean, for slides and files."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup, escape

from dashboard.charts.glance.sheet import LEAD, Sheet, key, sample
from dashboard.charts.map.placing import wrapped
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
from dashboard.charts.timeline.timetable import APART, READ, ROW, Part, Row, Timetable, begins
from dashboard.style.tokens import GROUNDS, LIGHT, NEUTRAL
from dashboard.tables.load import Tables

DRAWN, SHOWN = 1000, 1280  # pixels: how wide it is drawn, and how wide it is as a file
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
    whole = EDGE + YEARS + tall + height + EDGE
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="times" role="img" aria-label="{escape(alt)}" width="{SHOWN}"'
        f' height="{whole * SHOWN / DRAWN:.0f}" viewBox="0 0 {DRAWN} {whole:.0f}"><style>{style(LIGHT)}{FACES}</style>'
        f"{used(tables, [row.bar for row in table.rows], OF)}<defs>{fields({(row.bar.deal['pattern'], NEUTRAL) for row in table.rows}, OF)}</defs>"
        f'<rect width="100%" height="100%" fill="{GROUNDS[LIGHT]}"/><svg x="{LEFT}" y="{EDGE}" width="{width}" height="{YEARS}" overflow="visible">{_years(table.scale)}</svg>'
        f'<svg x="{LEFT}" y="{EDGE + YEARS}" width="{width}" height="{tall}" overflow="visible">{drawn}</svg>'
        f'<svg x="{LEFT}" y="{EDGE + YEARS + tall}" width="{width}" height="{height:.0f}" overflow="visible">{below}</svg></svg>'
    )


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
    sheet = Sheet(OF, width, LIGHT)
    drawn, y = key(sheet, [*_bars_meant(tables, table), *_marks_meant(tables, table)], 6.0)
    said = [*notes(table, today).values(), "→ no end reported", "… end not known", "~ about, ? uncertain"]
    for words in (" · ".join(said), source):
        for pieces in wrapped(words.split(), width, SIZE):
            y += LEAD
            drawn += f'<text class="note" y="{y:.0f}">{escape(" ".join(pieces))}</text>'
    return drawn, y + 4


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


def _marks_meant(tables: Tables, table: Timetable) -> list[tuple[str, str]]:
    """Return the marks of the kinds of milestones in view with their words."""
    kinds = tables.dictionary.tables["milestones"]["kind"].meanings
    there = {step.kind for row in table.rows for step in row.bar.steps}
    return [
        (f'<use href="#{OF}-{look["shape"]}" x="6" y="-4"/>', look["label"])
        for name, look in kinds.items()
        if name in there
    ]
