"""The timeline: a row a deal, a bar as wide as its dates allow, its milestones as marks by kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from markupsafe import escape

from dashboard import chronology, dates, theme
from dashboard.charts.timeframe import layout
from dashboard.charts.timescale import DAY
from dashboard.charts.timetable import LIFT, ROW, Timetable, timetable
from dashboard.data import Tables
from dashboard.deals import DOUBTED, format_count

MOST = 200  # deals that get a row each
CORE, PALE = 10, 6  # pixels: how thick a bar is where a deal certainly goes on, and where it may
LINE = 46  # letters in a line of a hover text
INK, PAPER = "#1E1C19", "#FAF7F0"
GAP = "\u00a0\u00a0"  # beside a milestone at the end of a bar
Trace = dict[str, Any]
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
        _grips(tables, rows),
        _line("before", rows.loc[rows["known"] < rows["a"], ["known", "a", "y"]], "dot"),
        _line("open", rows.loc[rows["stop"] < rows["reach"], ["stop", "reach", "y"]], "solid"),
        _bars(rows),
        *_milestones(tables, table),
        _titles(rows, f"{page}{'&' if '?' in page else '?'}id="),
        *_end_marks(rows),
        *_headings(table),
    ]
    return go.Figure({"data": data, "layout": layout(table, today)})


def alt(tables: Tables, deals: pd.DataFrame, by: str) -> str:
    """Return the timeline in words, for whoever does not see it."""
    dated = deals[deals["begins"].notna()]
    if dated.empty:
        return "Timeline without any dated deal."
    names, order = chronology.group(tables, dated, by)
    counts = names.value_counts()
    parts = [
        f"Timeline of {format_count(len(dated), 'deal')} from {dated['begins'].dt.year.min()} on, a bar each",
        "grouped as " + chronology.listed(f"{name} ({counts[name]})" for name in order),
        f"{format_count(int(tables.milestones['deal_id'].isin(dated['deal_id']).sum()), 'milestone')} marked by kind",
        f"{int(dated['is_open'].sum())} with no end reported",
        f"{int(dated['status'].isin(DOUBTED).sum())} alleged or denied, hatched",
    ]
    return "; ".join(parts) + ". The table below has the same deals."


def _grips(tables: Tables, rows: pd.DataFrame) -> Trace:
    """Return what the pointer finds: an unseen bar behind each deal's row, title included."""
    hover = [
        "<br>".join([f"<b>{_lines(title)}</b>", *(_lines(part[0].upper() + part[1:]) for part in said if part)])
        for title, said in zip(rows["title"], chronology.told(tables, rows), strict=True)
    ]
    return {
        "type": "bar", "orientation": "h", "name": "deals", "base": rows["grip"].tolist(),
        "x": (rows["grip_end"] - rows["grip"]).tolist(), "y": (rows["y"] - 8 - (rows["tall"] - ROW) / 2).tolist(), "width": rows["tall"].tolist(),
        "marker": {"color": "rgba(0,0,0,0)", "line": {"width": 0}}, "customdata": rows[["deal_id"]].to_numpy().tolist(),
        "hovertext": hover, "hovertemplate": "%{hovertext}<extra></extra>",
    }  # fmt: skip


def _lines(words: str, most: int = LINE) -> str:
    """Return words from the tables as lines of a hover text, safe to show."""
    return "<br>".join(str(escape(line)) for line in wrap(words, most, break_on_hyphens=False))


def _line(name: str, ends: pd.DataFrame, dash: str) -> Trace:
    """Return thin lines from the first column to the second, at the height of the third."""
    rows = list(ends.itertuples(index=False, name=None))
    return {
        "type": "scatter", "mode": "lines", "name": name, "hoverinfo": "skip",
        "x": [x for start, end, _ in rows for x in (start, end, None)],
        "y": [y for *_, at in rows for y in (at, at, None)],
        "line": {"color": theme.INK, "width": 1.5, "dash": dash},
    }  # fmt: skip


def _bars(rows: pd.DataFrame) -> Trace:
    """Return the bars: thick where a deal certainly goes on, thin and pale where its opening or closing may lie."""
    pieces = pd.concat(
        [_piece(rows, part, start, end) for part, start, end in (
            ("core", rows["solid"], rows["until"]),
            ("opening", rows["a"], rows["b"].where(rows["opens_earliest"] < rows["opens_latest"], rows["a"])),
            ("closing", rows["c"].combine(rows["solid"], max), rows["d"].where(rows["closes_earliest"] < rows["closes_latest"], rows["c"])),
        )]
    )  # fmt: skip
    hue = pieces["domain"].map(theme.DOMAIN_COLOURS)
    core = pieces["part"] == "core"
    return {
        "type": "bar", "orientation": "h", "name": "bars", "hoverinfo": "skip", "base": pieces["from"].tolist(),
        "x": (pieces["to"] - pieces["from"]).tolist(), "y": pieces["y"].tolist(),
        "width": core.map({True: CORE, False: PALE}).tolist(), "customdata": pieces[["deal_id", "part"]].to_numpy().tolist(),
        "marker": {
            "color": hue.where(core, hue + "40").tolist(), "line": {"color": hue.tolist(), "width": 1},
            "pattern": {"shape": pieces["status"].map(theme.STATUS_PATTERNS).fillna("").tolist(), "fillmode": "replace", "size": 5},
        },
    }  # fmt: skip


def _piece(rows: pd.DataFrame, part: str, start: pd.Series, end: pd.Series) -> pd.DataFrame:
    """Return one part of the bars, where there is one."""
    return rows[["deal_id", "domain", "status", "y"]].assign(part=part, **{"from": start, "to": end})[end > start]


def _milestones(tables: Tables, table: Timetable) -> Iterator[Trace]:
    """Yield the marks of each kind, and lines as wide as the dates that are not known to the day."""
    steps = tables.milestones.drop(columns="source_ids").merge(table.rows[["deal_id", "y", "title"]], on="deal_id")
    steps["from"], steps["to"] = table.scale.at(steps["date_earliest"]), table.scale.at(steps["date_latest"] + DAY)
    wide = steps.loc[steps["date_earliest"] < steps["date_latest"], ["from", "to", "y"]]
    yield {**_line("widths", wide, "solid"), "line": {"color": INK, "width": 1.5}}
    found = dict(list(steps.groupby("kind")))
    for kind, label in tables.dictionary.choices("milestones", "kind").items():
        if kind in found:
            yield _marks(kind, label, found[kind])


def _marks(kind: str, label: str, steps: pd.DataFrame) -> Trace:
    """Return the milestones of one kind, a solid or an open shape in the two colours that the style sheet turns for the dark."""
    shape = theme.MILESTONE_SHAPES[kind]
    is_line = shape.startswith("line")
    fill, line = (PAPER, INK) if is_line or shape.endswith("-open") else (INK, PAPER)
    hover = [
        f"<b>{escape(label)}</b>, {escape(dates.format_date(when))}<br>{_lines(event)}<br><i>{_lines(title)}</i>"
        for when, event, title in zip(steps["date"], steps["event"], steps["title"], strict=True)
    ]
    return {
        "type": "scatter", "mode": "markers", "name": label,
        "x": ((steps["from"] + steps["to"]) / 2).tolist(), "y": steps["y"].tolist(),
        "marker": {"symbol": shape.removesuffix("-open"), "size": 10, "opacity": 1, "color": fill,
                   "line": {"color": line, "width": 2.5 if is_line else 1.2}},
        "customdata": [[deal_id, kind] for deal_id in steps["deal_id"]],
        "hovertext": hover, "hovertemplate": "%{hovertext}<extra></extra>",
    }  # fmt: skip


def _titles(rows: pd.DataFrame, address: str) -> Trace:
    """Return each deal's title above its bar as a link; what is not plain, such as an allegation, stands in italics."""
    words = [
        "<br>".join(f'<a href="{escape(address + deal_id)}" target="_self">{escape(line)}</a>' for line in lines)
        for deal_id, lines in zip(rows["deal_id"], rows["label"], strict=True)
    ]
    slanted = rows["status"].isin(theme.STATUS_PATTERNS)
    words = [f"<i>{text}</i>" if slant else text for text, slant in zip(words, slanted, strict=True)]
    side = ("middle " + rows["label_side"]).tolist()
    return _text("titles", rows["label_x"], rows["y"] - LIFT - (rows["tall"] - ROW) / 2, words, side, 12.5)


def _end_marks(rows: pd.DataFrame) -> Iterator[Trace]:
    """Yield the marks beside the bars: approximate or uncertain dates, open and unknown ends."""
    opens, closes = (rows[side].str.extract("([~?])$", expand=False).fillna("") for side in ("opens", "closes"))
    begun = rows[opens != ""]
    starts = (opens[begun.index] + GAP).tolist()
    yield _text("start marks", begun["a"], begun["y"], starts, "middle left", 13)
    ends = closes.where(rows["end"] != "", "…").mask(rows["is_open"], "→")
    ends = ends.where(rows["reach"] > rows["stop"], GAP + ends)
    yield _text("end marks", rows["reach"], rows["y"] - 1, ends.tolist(), "middle right", 13)


def _headings(table: Timetable) -> Iterator[Trace]:
    """Yield the groups' names, and the years below each, so that they are at hand wherever the reader is."""
    heads, ticks = table.heads, table.scale.ticks()
    left = pd.Series(table.scale.edges[0], index=heads.index)
    words = [f"<b>{escape(name)}</b>  {count}" for name, count in zip(heads["words"], heads["deals"], strict=True)]
    yield {**_text("headings", left, heads["y"] - 62, words, "middle right", 18)}
    y = [at - 38 for at in heads["y"] for _ in ticks]
    yield _text(
        "years", [x for x, _ in ticks] * len(heads), y, [year for _, year in ticks] * len(heads), "middle right", 11.5
    )


def _text(name: str, x: Any, y: Any, words: list[str], side: str | list[str], size: float) -> Trace:
    """Return words at positions."""
    font = {"size": size, "family": theme.SERIF if name == "headings" else theme.SANS}
    return {
        "type": "scatter", "mode": "text", "name": name, "x": list(x), "y": list(y), "text": words,
        "textposition": side, "textfont": font, "hoverinfo": "skip", "cliponaxis": False,
    }  # fmt: skip
