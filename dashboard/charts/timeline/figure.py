"""The timeline as SVG: bars as wide as their dates allow in rows that they share, each a link, with its steps as marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pandas as pd
from markupsafe import Markup, escape

from dashboard.charts.timeline.marks import bar_shapes, measure, percent, step_marks, style, used
from dashboard.charts.timeline.scale import FINER, Scale
from dashboard.charts.timeline.timetable import APART, CUTS, READ, ROW, THUMB, WIDTHS, Part, Row, Timetable, begins
from dashboard.questions import timeline as chronology
from dashboard.tables import dates
from dashboard.tables.load import Tables
from dashboard.tables.model import is_in
from dashboard.words import format_count, listed

MOST = 200  # deals that get a bar each
OF = "deal"
LEFT, RIGHT = 10, 22  # pixels that stay free at the sides, for marks at the ends
WORDS, MIDDLE = 10, 16  # pixels from the top of a row: the line its words stand on, the middle of its bar
FRAME = f"display:block;overflow:visible;width:calc(100% - {LEFT + RIGHT}px);margin-inline:{LEFT}px {RIGHT}px"


def timeline(tables: Tables, table: Timetable, alt: str, today: date, page: str = "deal") -> Markup:
    """Draw the parts of a timetable, each as an SVG of its own; each title is a link to `page` with the deal's id, in the order of reading.

    The picture fills the width of its frame, which must be a container of inline size. `today` is marked. On paper each
    part has the years above it, since it may stand on a page of its own.
    """
    address = f"{page}{'&' if '?' in page else '?'}id="
    now = table.scale.share(today)
    drawn = "".join(_rules(table.scale))
    drawn += f'<line class="today" x1="{percent(now)}" x2="{percent(now)}" y2="100%"/>' if 0 <= now <= 1 else ""
    once = f"<style>{style()}{_sheet()}</style>{used(tables, [row.bar for row in table.rows], OF)}"
    made = [
        f'<div class="lanes-part">{years(table.scale)}<svg xmlns="http://www.w3.org/2000/svg" class="times lanes" style="{_by_width(part.heights)}">'
        f"{'' if at else once}{drawn}{_head(part)}{''.join(_deal(tables, row, address) for row in part.rows)}</svg></div>"
        for at, part in enumerate(table.parts)
    ]
    return Markup(f'<div role="group" aria-label="{escape(alt)}">{"".join(made)}</div>')


def years(scale: Scale) -> Markup:
    """Draw the years above a timeline, which has the style of them; where it is narrow, fewer are written."""
    coarse = {at for at, _ in scale.ticks()}
    made = "".join(
        f'<text class="{"coarse" if at in coarse else "finer"}" x="{percent(scale.part(at))}" dx="3" y="17">{word}</text>'
        for at, word in scale.ticks(FINER)
    )
    return Markup(f'<svg xmlns="http://www.w3.org/2000/svg" class="times years" aria-hidden="true">{made}</svg>')


def notes(table: Timetable, today: date) -> dict[str, str]:
    """Return what the key says of the years, by what shows it: where they are cut off, where they are narrower, today."""
    scale, now, said = table.scale, table.scale.share(today), {}
    cut = [f"before {scale.first:.0f}"] * any(row.bar.known < -0.001 for row in table.rows)
    cut += [f"after {int(scale.last - 0.01)}"] * (now > 1)
    if cut:
        said["cut"] = f"cut off {listed(cut)}"
    if scale.is_broken:
        said["narrow"] = f"years narrower before {scale.pivot:.0f}"
    if 0 <= now <= 1:
        said["today"] = f"today, {dates.format_date(today.isoformat())}"
    return said


def alt(tables: Tables, deals: pd.DataFrame, by: str) -> str:
    """Return the timeline in words, for whoever does not see it."""
    dated = deals[deals["begins"].notna()]
    if dated.empty:
        return "Timeline without any dated deal."
    names, order = chronology.group(tables, dated, by)
    counts, steps = Counter(names), is_in(tables.milestones, "deal_id", dated["deal_id"].to_numpy())
    parts = [
        f"Timeline of {format_count(len(dated), 'deal')} from {dated['begins'].min().year} on, a bar each",
        "grouped as " + listed(f"{name} ({counts[name]})" for name in order),
        f"{format_count(int(steps.sum()), 'milestone')} marked by kind",
        f"{int(dated['is_open'].sum())} with no end reported",
        f"{int(dated['is_doubted'].sum())} alleged or denied, hatched",
    ]
    return "; ".join(parts) + ". The table below has the same deals."


def _by_width(tops: dict[str, int]) -> str:
    """Return pixels for each width as custom properties."""
    return ";".join(f"--{width}:{top}px" for width, top in tops.items())


def _rules(scale: Scale) -> Iterator[str]:
    """Draw a line for each year that is written, and set the early years apart where they are narrower."""
    if scale.is_broken:
        yield f'<rect class="shade" width="{percent(scale.part(scale.pivot))}" height="100%"/>'
    for at, _ in scale.ticks(FINER):
        share = percent(scale.part(at))
        yield f'<line class="rule" x1="{share}" x2="{share}" y2="100%"/>'


def _head(part: Part) -> str:
    """Write a group's name and how many deals it has, below a line."""
    number = f" {part.count}" if part.count else ""
    return (
        f'<g class="head" transform="translate(0 {APART})" role="heading" aria-level="2"><line class="rule" x2="100%" y1="-3" y2="-3"/>'
        f'<text y="16"><tspan class="name">{escape(part.name)}</tspan>{number}</text></g>'
    )


def _deal(tables: Tables, row: Row, address: str) -> str:
    """Draw one deal as a link, with all that is said of it as its tooltip."""
    deal, said, start = row.bar.deal, row.bar.words, begins(row.bar)
    about = "\n".join([deal["title"], *(part[0].upper() + part[1:] for part in said if part)])
    choice = "".join(f" {width}{which}" for width, which in row.choice.items() if which)
    slant = " slanted" if deal["pattern"] != "solid" else ""
    words = "".join(
        f'<text class="t{at}{slant}" x="{percent(start)}" y="{WORDS}" style="--long:{measure(text):.0f}px">{escape(text)}</text>'
        for at, text in enumerate(row.words)
    )
    stop, name = min(max(row.bar.stop, start), 1.0), f"{deal['title']}, {said.status.lower()}, {said.when}"
    return (
        f'<a class="deal{choice}" href="{escape(address + deal["deal_id"])}" aria-label="{escape(name)}"'
        f' style="--at:{start:.4f};{_by_width(row.tops)}"><title>{escape(about)}</title>'
        f'<rect class="grip" x="{percent(start)}" width="{percent(stop - start)}"/>'
        f'{bar_shapes(row.bar, MIDDLE, OF)}{step_marks(tables, row.bar, MIDDLE, OF)}<g class="over">{words}</g></a>'
    )


def _sheet() -> str:
    """Return the style sheet that gives each row its place and its words for the width that the picture has."""
    shift = f"calc((1 - var(--at))*(100cqi - {LEFT + RIGHT}px) - var(--long))"
    shorter = range(1, len(CUTS) + 1)
    made = f""".years{{{FRAME};height:24px}}.lanes{{{FRAME};height:var(--{READ})}}.lanes .deal{{transform:translateY(var(--{READ}))}}
.lanes .over text{{transform:translateX(min(0px,{shift}))}}.lanes :is({",".join(f".t{at}" for at in shorter)}){{display:none}}.lanes .slanted{{font-style:italic}}
.lanes .head text{{font-size:14px}}.lanes .name{{font:600 17px "Source Serif",Georgia,serif}}.lanes .grip{{height:{ROW}px;fill-opacity:0}}
.lanes a:hover text{{text-decoration:underline}}.lanes a:focus-visible{{outline:2px solid var(--accent);outline-offset:1px}}"""
    ends = [*list(WIDTHS.values())[1:], 0]
    for (name, least), end in zip(WIDTHS.items(), ends, strict=True):
        low = f"(min-width:{least + LEFT + RIGHT}px)" if name != "phone" else ""
        high = f"(max-width:{end + LEFT + RIGHT - 0.02}px)" if end else ""
        thumb = f".lanes .grip{{y:{(ROW - THUMB) // 2}px;height:{THUMB}px}}" if name == "phone" else ""
        made += f"""
@container {" and ".join(filter(None, [low, high]))}{{.lanes{{height:var(--{name})}}.lanes .deal{{transform:translateY(var(--{name}))}}
.lanes :is({",".join(f".{name}{at}" for at in shorter)}) .t0{{display:none}}.lanes :is({",".join(f".{name}{at} .t{at}" for at in shorter)}){{display:inline}}{thumb}}}"""
    return f"{made}\n@container (max-width:{WIDTHS['middle'] + LEFT + RIGHT - 0.02}px){{.years .finer{{display:none}}}}"
