"""One deal's steps in time: its bar, a mark for each milestone, and the words of as many as find room below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup, escape

from dashboard.charts.timeline.bars import Bar, bars, shown, years_of_one
from dashboard.charts.timeline.lanes import GAP
from dashboard.charts.timeline.marks import bar_shapes, measure, percent, step_marks, style, used
from dashboard.charts.timeline.scale import Scale
from dashboard.tables import dates
from dashboard.tables.load import Tables
from dashboard.words import format_count, listed

OF = "step"
WIDTHS = {"wide": 480, "narrow": 300}  # pixels: the least width of each arrangement of the words
BESIDE = 30  # pixels that stay free at the sides, for marks at the ends
MIDDLE, TOP, LINE = 34, 60, 18  # pixels from the top: the bar, the first line of words; from line to line
MOST, EDGE = 5, 3  # lines of words, and those of them that words to the left of their step may take
Place = tuple[float, float]  # where a step stands, as a share of the width, and how wide its words are, in pixels
NONE = -1  # the line of words that find no room


class Hung(NamedTuple):
    """Words below a step, in pixels: where they begin, where the step stands, how wide they are."""

    left: float
    lead: float
    long: float


class Laid(NamedTuple):
    """One deal's bar on its years; the words of each of its steps, where they stand and how wide they are; and all of it in words."""

    bar: Bar
    years: Scale
    words: list[str]
    places: list[Place]
    alt: str


SHEET = f""".steps{{display:block;overflow:visible;width:calc(100% - {BESIDE}px);margin-inline:8px {BESIDE - 8}px;height:var(--wide)}}
.steps .word{{transform:translate(var(--wide-x),var(--wide))}}
.steps .lead{{height:var(--wide);width:1px}}.steps .not-wide{{display:none}}
@container (max-width:{WIDTHS["wide"] + BESIDE - 0.02}px){{.steps,.steps .lead{{height:var(--narrow)}}
.steps .word{{transform:translate(var(--narrow-x),var(--narrow))}}
.steps .not-wide{{display:inline}}.steps .not-narrow{{display:none}}}}"""


def steps(tables: Tables, deal_id: str, today: date) -> Markup:
    """Return one deal's bar and milestones as SVG, each with its words as a tooltip; nothing for a deal without any date.

    It fills the width of its column, 300 pixels or more, and is as tall as its words ask for. An open deal reaches to `today`.
    """
    found = laid(tables, deal_id, today)
    if not found:
        return Markup("")
    bar, years, words, places, said = found
    lines = {name: chosen(bar, places, width) for name, width in WIDTHS.items()}
    heights = ";".join(f"--{name}:{TOP - 8 + LINE * (max(rows, default=NONE) + 1)}px" for name, rows in lines.items())
    drawn = f"{axis(years)}{leads(places, lines)}{bar_shapes(bar, MIDDLE, OF)}{step_marks(tables, bar, MIDDLE, OF)}"
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="times steps" role="img" aria-label="{escape(said)}" style="{heights}">'
        f'<style>{style()}{SHEET}</style>{used(tables, [bar], OF)}{drawn}<g class="over">{written(words, places, lines)}</g></svg>'
    )


def laid(tables: Tables, deal_id: str, today: date) -> Laid | None:
    """Return what is drawn of one deal's steps; None for a deal without any date."""
    found = shown(tables, tables.deals[tables.deals["deal_id"] == deal_id])
    if found.empty:
        return None
    years = years_of_one(found, tables.milestones[tables.milestones["deal_id"] == deal_id], today)
    (bar,) = bars(tables, found, years)
    words = [
        f"{tables.dictionary.label('milestones', 'kind', step.kind)}, {dates.format_date(step.date)}"
        for step in bar.steps
    ]
    places = [(step.middle, measure(said)) for step, said in zip(bar.steps, words, strict=True)]
    return Laid(bar, years, words, places, alt(tables, bar, years))


def chosen(bar: Bar, places: Sequence[Place], width: float) -> list[int]:
    """Return the line in which the words of each step hang: of all if they find room, else of the first of each kind in turn, and of the last."""
    lines, kinds = hung(places, width), [step.kind for step in bar.steps]
    if NONE not in lines:
        return lines
    turns = [at for at, kind in enumerate(kinds) if at + 1 == len(kinds) or kind not in kinds[at - 1 : at]]
    found = iter(hung([places[at] for at in turns], width))
    return [next(found) if at in turns else NONE for at in range(len(places))]


def hung(places: Sequence[Place], width: float) -> list[int]:
    """Return the line in which the words of each step hang below the bar, counted from 0, `NONE` where none has room.

    `places` are in the order of time. None touch, and no lead down to words cuts through others.
    """
    boxes = [Hung(share * width + aside(share, long, width), share * width, long) for share, long in places]
    lines = [NONE] * len(places)
    at_edge = [at for at, box in enumerate(boxes) if box.left < box.lead]
    # Words to the left of their step hang the lower the later it is, words to its right the lower the earlier it is.
    for at in [*at_edge, *(at for at in reversed(range(len(places))) if at not in at_edge)]:
        most = EDGE if at in at_edge else MOST
        lines[at] = next((line for line in range(most) if _is_free(boxes, lines, at, line)), NONE)
    return lines


def aside(share: float, long: float, width: float) -> float:
    """Return how far left of their step words begin, in pixels, as a number below zero: so that they stay in the picture."""
    at = share * width
    return 0.0 if at + long <= width else -long if at >= long else width - long - at


def _is_free(boxes: Sequence[Hung], lines: Sequence[int], at: int, line: int) -> bool:
    """Say whether the words of a step may hang in a line beside those that hang already."""
    left, lead, long = boxes[at]
    for (other, its_lead, its_long), its_line in zip(boxes, lines, strict=True):
        overlaps = left < other + its_long + GAP and other < left + long + GAP
        crossed = its_line > line and left < its_lead < left + long
        crosses = NONE < its_line < line and other < lead < other + its_long
        if (its_line == line and overlaps) or crossed or crosses:
            return False
    return True


def axis(years: Scale) -> str:
    """Draw the years above the bar."""
    left, right = years.edges
    made = f'<line class="rule" x1="0" x2="100%" y1="{MIDDLE}" y2="{MIDDLE}"/>'
    for at, word in years.ticks():
        share = percent((at - left) / (right - left))
        made += f'<line class="rule" x1="{share}" x2="{share}" y1="4" y2="{MIDDLE + 10}"/><text x="{share}" dx="3" y="13">{word}</text>'
    return made


def _hidden(lines: dict[str, list[int]], at: int) -> str:
    """Return the classes of the arrangements in which the words of a step find no room."""
    return "".join(f" not-{name}" for name, rows in lines.items() if rows[at] == NONE)


def leads(places: Sequence[Place], lines: dict[str, list[int]]) -> str:
    """Draw the thin lines from steps down to their words."""
    made = ""
    for at, (share, _) in enumerate(places):
        tall = ";".join(f"--{name}:{max(0, TOP - 11 + LINE * rows[at] - MIDDLE)}px" for name, rows in lines.items())
        made += f'<rect class="lead{_hidden(lines, at)}" x="{percent(share)}" y="{MIDDLE}" style="{tall}"/>'
    return made


def written(words: Sequence[str], places: Sequence[Place], lines: dict[str, list[int]]) -> str:
    """Write the words of the steps, each in its line."""
    made = ""
    for at, (said, (share, long)) in enumerate(zip(words, places, strict=True)):
        put = ";".join(
            f"--{name}:{TOP + LINE * rows[at]}px;--{name}-x:{aside(share, long, WIDTHS[name]):.0f}px"
            for name, rows in lines.items()
        )
        made += f'<text class="word{_hidden(lines, at)}" x="{percent(share)}" style="{put}">{escape(said)}</text>'
    return made


def alt(tables: Tables, bar: Bar, years: Scale) -> str:
    """Return the picture in words, for whoever does not see it."""
    kinds = tables.dictionary.choices("milestones", "kind")
    said = [f"{kinds[step.kind].lower()} {dates.format_date(step.date)}" for step in bar.steps]
    counted = f"{format_count(len(said), 'dated step')}: {listed(said)}" if said else "no dated step"
    return f"Steps in time, {round(years.first)} to {int(years.last - 0.01)}: {bar.words.when}; {bar.words.status.lower()}; {counted}."
