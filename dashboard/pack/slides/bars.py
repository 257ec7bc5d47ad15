"""Bars as a chart of PowerPoint's own, with its sheet: the numbers of a view, and a blank where there is none."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Any, cast

import xlsxwriter
from pptx.chart.axis import _BaseAxis
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.chart.series import BarSeries
from pptx.dml.color import RGBColor
from pptx.dml.fill import FillFormat
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_PATTERN_TYPE
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Pt

from dashboard.pack.slides.fitting import LEAD, cut, height
from dashboard.pack.slides.page import put
from dashboard.pack.slides.shapes import INK, Box, Group, Paint, Shape, mixed, text
from dashboard.style.tokens import GROUNDS, LIGHT, NEUTRAL
from dashboard.views.view import Bars, Series

LABELS, NAMES = 11.0, 0.29  # points: words of the chart; the part of its width that names of lying bars take
KEY, AXIS = 30.0, 40.0  # points above the bars for the key, below them for the axis
SAYS, SIZE, DEEPEST = 300.0, 10.0, 4  # points: the column that says each bar in words; lines a bar at most
APART = 14.0
THICKEST, YEAR = 34.0, 34.0  # points: a bar, the room of a name below standing bars
CREATED = datetime(2000, 1, 1)  # named, so that the bytes stay the same
ROWS = 2  # lines that the name of a bar takes


def pages(bars: Bars, box: Box) -> list[Bars]:
    """Return a chart in as many pieces as have room in a box, none for one without bars; standing bars are never parted."""
    if not bars.categories:
        return []
    if not bars.horizontal:
        return [bars]
    tallest = max([ROWS * LABELS * LEAD, *(height(said, SAYS, SIZE) for said in words(bars))])
    most = max(1, int((box[3] - KEY - AXIS) // (tallest + 3)))
    parts = -(-len(bars.categories) // most)
    size = -(-len(bars.categories) // parts)
    return [piece(bars, at, at + size) for at in range(0, len(bars.categories), size)]


def piece(bars: Bars, since: int, until: int) -> Bars:
    """Return the bars from one to another."""
    series = tuple(
        one._replace(values=one.values[since:until], colours=one.colours[since:until]) for one in bars.series
    )
    return Bars(bars.categories[since:until], series, bars.unit, bars.horizontal, bars.beside[since:until])


def words(bars: Bars) -> list[str]:
    """Return each bar in words: its parts, and what must be read with it."""
    beside = bars.beside or ("",) * len(bars.categories)
    said = []
    for at, more in enumerate(beside):
        parts = [f"{one.label} {number(one.values[at])}" for one in bars.series if one.values[at] is not None]
        said.append(cut("; ".join([*parts, *filter(None, [more])]) or "no value", SAYS, DEEPEST, SIZE))
    return said


def number(value: float | None) -> str:
    """Return a value in words, without decimals that nobody reads."""
    given = value or 0
    return f"{given:,.0f}" if given == round(given) or abs(given) >= 100 else f"{given:,.1f}"


def longest(bars: Bars) -> float:
    """Return how long the longest of the bars is."""
    return max(
        (sum(filter(None, parts)) for parts in zip(*(one.values for one in bars.series), strict=True)), default=0
    )


def draw(slide: Slide, bars: Bars, box: Box, alt: str, most: float) -> None:
    """Put a chart into a box of a slide; `most` is the longest bar of all its pieces, for one scale."""
    left, top, wide, tall = box
    own = wide - SAYS - APART if bars.horizontal else wide
    kind = XL_CHART_TYPE.BAR_STACKED if bars.horizontal else XL_CHART_TYPE.COLUMN_STACKED
    data = CategoryChartData(number_format="#,##0.##")
    data.categories = bars.categories
    for one in bars.series:
        data.add_series(one.label, one.values)
    # The library calls what it takes and gives by other names than it has.
    frame: Any = slide.shapes.add_chart(kind, *map(Pt, (left, top, own, tall)), cast(Any, data))
    frame.name = "Chart"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    chart = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(sheet(bars))
    look(chart, bars, most, own, tall)
    for series, one in zip(chart.plots[0].series, bars.series, strict=True):
        paint(series, one)
    if bars.horizontal:
        put(slide, said(bars, (left + own + APART, top + KEY, SAYS, tall - KEY - AXIS)))


def sheet(bars: Bars) -> bytes:
    """Return the sheet behind the chart: no cell of it is run, and what is not known stays blank."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": CREATED})
        page = book.add_worksheet("Sheet1")
        page.set_column(0, 0, 30)
        for line, name in enumerate(bars.categories, start=1):
            page.write_string(line, 0, name)
        for at, one in enumerate(bars.series, start=1):
            page.write_string(0, at, one.label)
            for line, value in enumerate(one.values, start=1):
                if value is not None:
                    page.write_number(line, at, value)
    return buffer.getvalue()


def look(chart: Chart, bars: Bars, most: float, wide: float, tall: float) -> None:
    """Give a chart our words, its key above, and its bars the room between key and axis."""
    chart.font.size, chart.font.color.rgb = Pt(LABELS), rgb(INK)
    chart.has_title, chart.has_legend = False, len(bars.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = gap(bars, wide, tall), 100
    axis, names = chart.value_axis, chart.category_axis
    axis.minimum_scale, axis.maximum_scale = 0, most and rounded(most)
    axis.has_title = True
    axis.axis_title.text_frame.text = bars.unit[:1].upper() + bars.unit[1:]
    axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(SIZE)
    axis.axis_title.text_frame.paragraphs[0].runs[0].font.bold = False
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "#,##0", False
    quiet(axis)
    axis.major_gridlines.format.line.color.rgb = rgb(mixed(INK, GROUNDS[LIGHT], 0.16))
    quiet(names)
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if bars.horizontal:
        names.reverse_order = True
        names_low(chart)
    elif len(bars.categories) * YEAR > wide:
        upright(chart)
    inner(chart, NAMES if bars.horizontal else 52 / wide, KEY / tall, 1 - AXIS / tall)


def gap(bars: Bars, wide: float, tall: float) -> int:
    """Return the gap between two bars in per cent of a bar, so that few bars do not swell."""
    band = ((tall - KEY - AXIS) if bars.horizontal else wide) / len(bars.categories)
    return min(500, max(25, round(100 * (band / THICKEST - 1))))


def names_low(chart: Chart) -> None:
    """Keep the numbers of the axis below the bars, where the first bar stands at the top."""
    chart.value_axis._element.find(qn("c:crosses")).set("val", "max")


def upright(chart: Chart) -> None:
    """Turn the names below standing bars upright, so that each of many has room, whatever program draws them."""
    said = chart.category_axis._element.find(f"{qn('c:txPr')}/{qn('a:bodyPr')}")
    said.set("rot", "-5400000")
    said.set("vert", "horz")


def quiet(axis: _BaseAxis) -> None:
    """Draw an axis as a thin line without marks."""
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.color.rgb = rgb(mixed(INK, GROUNDS[LIGHT], 0.3))
    axis.tick_labels.font.size = Pt(SIZE)


def inner(chart: Chart, left: float, top: float, bottom: float) -> None:
    """Say where the bars stand in the frame of the chart, as shares of it, so that words beside them are level with them."""
    area = chart._chartSpace.chart.plotArea
    layout = area.makeelement(qn("c:layout"), {})
    area.insert(0, layout)
    manual = layout.makeelement(qn("c:manualLayout"), {})
    layout.append(manual)
    said = {"layoutTarget": "inner", "xMode": "edge", "yMode": "edge", "x": left, "y": top, "w": 0.99 - left, "h": bottom - top}  # fmt: skip
    for name, value in said.items():
        manual.append(manual.makeelement(qn(f"c:{name}"), {"val": f"{value:.4f}" if name in "xywh" else value}))


def rounded(most: float) -> float:
    """Return the round number at or above the longest bar at which the axis ends."""
    return next(
        step * 10**power
        for power in count(0)
        for step in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8)
        if step * 10**power >= most and step * 10**power % 1 == 0
    )


def paint(series: BarSeries, one: Series) -> None:
    """Fill the bars of a series: with its pattern, in one colour or each in its own."""
    own = set(one.colours)
    fill(series.format.fill, Paint(one.colours[0] if len(own) == 1 else NEUTRAL, one.pattern))
    series.format.line.color.rgb, series.format.line.width = rgb(one.colours[0] if len(own) == 1 else NEUTRAL), Pt(0.75)
    if len(own) > 1:
        for at, (colour, value) in enumerate(zip(one.colours, one.values, strict=True)):
            if value is not None:
                fill(series.points[at].format.fill, Paint(colour, one.pattern))
                series.points[at].format.line.color.rgb = rgb(colour)
                series.points[at].format.line.width = Pt(0.75)


def fill(filled: FillFormat, paint: Paint) -> None:
    """Fill a bar as shapes are filled."""
    if paint.preset == "none":
        filled.background()
    elif paint.preset:
        filled.patterned()
        filled.pattern = MSO_PATTERN_TYPE.from_xml(paint.preset)
        filled.fore_color.rgb, filled.back_color.rgb = rgb(paint.colour), rgb(paint.ground)
    else:
        filled.solid()
        filled.fore_color.rgb = rgb(paint.colour)


def rgb(colour: str) -> RGBColor:
    """Return a colour such as `#0072B2` as the library has it."""
    return RGBColor.from_string(colour[1:])


def said(bars: Bars, box: Box) -> Group:
    """Return the words of each bar, level with it, in a column."""
    left, top, wide, tall = box
    band = tall / len(bars.categories)
    made: Sequence[Shape] = [
        text("Bar in words", line, (left, top + at * band, wide, band), SIZE, anchor="ctr")
        for at, line in enumerate(words(bars))
    ]
    return Group("Bars in words", "", made)
