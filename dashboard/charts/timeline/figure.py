"""The timeline: a row a deal, a bar as wide as its dates allow, its milestones as marks by kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from markupsafe import escape

from dashboard.charts.timeline.frame import layout
from dashboard.charts.timeline.timetable import ROW, Row, Timetable, timetable
from dashboard.questions import timeline as chronology
from dashboard.style import plotly as theme
from dashboard.style import tokens
from dashboard.tables import dates
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from dashboard.words import format_count, listed

MOST = 200  # deals that get a row each
CORE, PALE = 10, 6  # pixels: how thick a bar is where a deal certainly goes on, and where it may
LINE = 46  # letters in a line of a hover text
INK, PAPER = tokens.INKS[tokens.LIGHT], tokens.GROUNDS[tokens.LIGHT]
SOLID, OPEN = 1, 2  # layers of marks above all else, solid and open: `plotly.css` gives each the reader's ink and paper
LIFT, UP = 14, 8  # pixels from a bar up to its title, and to the middle of its row
TINT = "40"  # what makes a colour pale
VAGUE = "~?"  # the marks of an approximate and of an uncertain date
MARKED = ["deal_id", "kind", "date", "date_earliest", "date_latest", "event"]  # what the picture needs of a milestone
GAP = "\u00a0\u00a0"  # beside a milestone at the end of a bar
Trace = dict[str, Any]
Step = tuple[float, Row, str, str]  # a milestone: position, deal, date, words
Years = tuple[int | None, int | None]


def timeline(
    tables: Tables, deals: pd.DataFrame, by: str, today: date, years: Years = (None, None), page: str = "deal"
) -> go.Figure:
    """Draw deals, rows of `tables.deals`, grouped by domain, pair or status; those without any date are left out.

    `today` is marked; `years` are the first and last the reader looks at, and the picture ends there. Every mark that
    can be clicked has a deal_id as the first item of its `customdata`; each title is a link to `page` with that id.
    """
    if deals["begins"].isna().all():
        return theme.empty_figure("No deal in view has a date")
    table = timetable(tables, deals, by, today, *years)
    rows = table.rows
    data = [
        _grips(rows),
        _line("before", [(row.known, row.opening[0], row.y) for row in rows if row.known < row.opening[0]], "dot"),
        _line("open", [(row.stop, row.reach, row.y) for row in rows if row.stop < row.reach], "solid"),
        _bars(rows),
        *_milestones(tables, table),
        _titles(rows, f"{page}{'&' if '?' in page else '?'}id="),
        *_end_marks(rows),
        *_headings(table),
    ]
    return theme.PlainFigure({"data": data, "layout": layout(table, today)})


def alt(tables: Tables, deals: pd.DataFrame, by: str) -> str:
    """Return the timeline in words, for whoever does not see it."""
    dated = deals[deals["begins"].notna()]
    if dated.empty:
        return "Timeline without any dated deal."
    names, order = chronology.group(tables, dated, by)
    counts = names.value_counts()
    parts = [
        f"Timeline of {format_count(len(dated), 'deal')} from {dated['begins'].dt.year.min()} on, a bar each",
        "grouped as " + listed(f"{name} ({counts[name]})" for name in order),
        f"{format_count(int(tables.milestones['deal_id'].isin(dated['deal_id']).sum()), 'milestone')} marked by kind",
        f"{int(dated['is_open'].sum())} with no end reported",
        f"{int(dated['is_doubted'].sum())} alleged or denied, hatched",
    ]
    return "; ".join(parts) + ". The table below has the same deals."


def _grips(rows: list[Row]) -> Trace:
    """Return what the pointer finds: an unseen bar behind each deal's row, title included."""
    hover = [
        "<br>".join([f"<b>{_lines(row.deal['title'])}</b>", *(_lines(part[0].upper() + part[1:]) for part in row.words if part)])
        for row in rows
    ]  # fmt: skip
    return {
        "type": "bar", "orientation": "h", "name": "deals", "base": [row.grip[0] for row in rows],
        "x": [row.grip[1] - row.grip[0] for row in rows], "width": [row.tall for row in rows],
        "y": [row.y + ROW / 2 - row.tall / 2 - UP for row in rows],
        "marker": {"color": tokens.CLEAR, "line": {"width": 0}},
        "customdata": [[row.deal["deal_id"]] for row in rows],
        "hovertext": hover, "hovertemplate": "%{hovertext}<extra></extra>",
    }  # fmt: skip


@lru_cache(maxsize=10_000)
def _lines(words: str) -> str:
    """Return words from the tables as lines of a hover text, safe to show."""
    lines = [words] if len(words) <= LINE else wrap(words, LINE, break_on_hyphens=False)
    return "<br>".join(str(escape(line)) for line in lines)


def _line(name: str, ends: Sequence[tuple[float, float, float]], dash: str) -> Trace:
    """Return thin lines, each from one position to another at a height."""
    return {
        "type": "scatter", "mode": "lines", "name": name, "hoverinfo": "skip",
        "x": [x for start, end, _ in ends for x in (start, end, None)],
        "y": [y for *_, at in ends for y in (at, at, None)],
        "line": {"color": tokens.NEUTRAL, "width": 1.5, "dash": dash},
    }  # fmt: skip


def _bars(rows: list[Row]) -> Trace:
    """Return the bars: thick where a deal certainly goes on, thin and pale where its opening or closing may lie."""
    parts = [(row, "core", CORE, "", row.core) for row in rows]
    parts += [(row, "opening", PALE, TINT, row.opening) for row in rows]
    parts += [(row, "closing", PALE, TINT, row.closing) for row in rows]
    parts = [part for part in parts if part[-1][0] < part[-1][1]]
    hues = [row.deal["colour"] for row, *_ in parts]
    return {
        "type": "bar", "orientation": "h", "name": "bars", "hoverinfo": "skip",
        "base": [ends[0] for *_, ends in parts], "x": [ends[1] - ends[0] for *_, ends in parts],
        "y": [row.y for row, *_ in parts], "width": [thick for _, _, thick, _, _ in parts],
        "customdata": [[row.deal["deal_id"], name] for row, name, *_ in parts],
        "marker": {
            "color": [_fill(row, hue + tint) for (row, _, _, tint, _), hue in zip(parts, hues, strict=True)],
            "line": {"color": hues, "width": 1},
            "pattern": {"shape": [theme.PATTERNS[row.deal["pattern"]] for row, *_ in parts],
                        "fillmode": "replace", "size": 5},
        },
    }  # fmt: skip


def _fill(row: Row, colour: str) -> str:
    """Return what a bar is filled with: nothing where a deal is only proposed or talked about."""
    return tokens.CLEAR if row.deal["pattern"] == "outlined" else colour


def _milestones(tables: Tables, table: Timetable) -> Iterator[Trace]:
    """Yield the marks of each kind, and lines as wide as the dates that are not known to the day."""
    rows = {row.deal["deal_id"]: row for row in table.rows}
    found: dict[str, list[Step]] = {kind: [] for kind in tables.dictionary.choices("milestones", "kind")}
    wide = []
    for step in records(tables.milestones[MARKED][tables.milestones["deal_id"].isin(rows)]):
        row, earliest, latest = rows[step["deal_id"]], step["date_earliest"], step["date_latest"]
        start, end = table.scale.at(earliest), table.scale.at(latest, after=True)
        found[step["kind"]].append(((start + end) / 2, row, step["date"], step["event"]))
        if earliest < latest:
            wide.append((start, end, row.y))
    yield {**_line("widths", wide, "solid"), "zorder": SOLID, "line": {"color": INK, "width": 1.5}}
    shapes = tables.dictionary.meaning("milestones", "kind", "shape")
    for kind, label in tables.dictionary.choices("milestones", "kind").items():
        if found[kind]:
            yield _marks(kind, shapes[kind], label, found[kind])


def _marks(kind: str, shape: str, label: str, steps: list[Step]) -> Trace:
    """Return the milestones of one kind, solid or open, on the layer by which the style sheet knows them."""
    is_line = shape.startswith("line")
    is_open = is_line or shape.endswith("-open")
    fill, line, layer = (PAPER, INK, OPEN) if is_open else (INK, PAPER, SOLID)
    hover = [
        f"<b>{escape(label)}</b>, {dates.format_date(when)}<br>{_lines(event)}<br><i>{_lines(row.deal['title'])}</i>"
        for _, row, when, event in steps
    ]
    return {
        "type": "scatter", "mode": "markers", "name": label, "zorder": layer,
        "x": [at for at, *_ in steps], "y": [row.y for _, row, *_ in steps],
        "marker": {"symbol": shape.removesuffix("-open"), "size": 10, "opacity": 1, "color": fill,
                   "line": {"color": line, "width": 2.5 if is_line else 1.2}},
        "customdata": [[row.deal["deal_id"], kind] for _, row, *_ in steps],
        "hovertext": hover, "hovertemplate": "%{hovertext}<extra></extra>",
    }  # fmt: skip


def _titles(rows: list[Row], address: str) -> Trace:
    """Return each deal's title above its bar as a link; what is not plain, such as an allegation, stands in italics."""
    words = []
    for row in rows:
        href = escape(address + row.deal["deal_id"])
        text = "<br>".join(f'<a href="{href}" target="_self">{escape(line)}</a>' for line in row.label)
        words.append(f"<i>{text}</i>" if row.deal["pattern"] != "solid" else text)
    y = [row.y - LIFT - (row.tall - ROW) / 2 for row in rows]
    return _text("titles", [row.label_x for row in rows], y, words, [f"middle {row.side}" for row in rows], "label")


def _end_marks(rows: list[Row]) -> Iterator[Trace]:
    """Yield the marks beside the bars: approximate or uncertain dates, open and unknown ends."""
    vague = [row for row in rows if row.deal["opens"][-1] in VAGUE]
    starts = [row.deal["opens"][-1] + GAP for row in vague]
    yield _text(
        "start marks", [row.opening[0] for row in vague], [row.y for row in vague], starts, "middle left", "small"
    )
    ends = [_end_mark(row.deal) if row.reach > row.stop else GAP + _end_mark(row.deal) for row in rows]
    yield _text("end marks", [row.reach for row in rows], [row.y - 1 for row in rows], ends, "middle right", "small")


def _end_mark(deal: dict[str, Any]) -> str:
    """Return the mark of how a deal ends: open, not known, not known exactly, or plainly."""
    if deal["is_open"]:
        return "→"
    if not deal["end"]:
        return "…"
    return deal["end"][-1] if deal["end"][-1] in VAGUE else ""


def _headings(table: Timetable) -> Iterator[Trace]:
    """Yield the groups' names, and the years below each, so that they are at hand wherever the reader is."""
    words = [f"<b>{escape(name)}</b>  {count}" for name, _, count in table.heads]
    left, tops = [table.scale.edges[0]] * len(words), [y for _, y, _ in table.heads]
    yield _text("headings", left, [y - 62 for y in tops], words, "middle right", "group")
    years = [(x, y - 38, year) for y in tops for x, year in table.scale.ticks()]
    yield _text(
        "years", [x for x, *_ in years], [y for _, y, _ in years], [year for *_, year in years], "middle right", "tick"
    )


def _text(name: str, x: list[float], y: list[float], words: list[str], side: str | list[str], size: str) -> Trace:
    """Return words at positions, in a size that the tokens name."""
    font = {"size": tokens.FIGURE_TEXT[size], "family": tokens.SERIF if name == "headings" else tokens.SANS}
    return {
        "type": "scatter", "mode": "text", "name": name, "x": x, "y": y, "text": words,
        "textposition": side, "textfont": font, "hoverinfo": "skip", "cliponaxis": False,
    }  # fmt: skip
