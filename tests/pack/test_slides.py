"""The briefing as slides, read back: native charts, shapes and tables with the numbers of the view, words in their places, nothing cut."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from python_calamine import CalamineWorkbook

from dashboard import brief as making
from dashboard import pack, views
from dashboard.charts.map.scene import Scene
from dashboard.charts.timeline.timetable import Timetable
from dashboard.decks import deck as decks
from dashboard.pack.briefing import Briefing, Part, of_deck, of_view
from dashboard.pack.slides import fitting, grid, ground, lanes, master, steps
from dashboard.pack.slides.matter import reach
from dashboard.pack.slides.shapes import EMU, Line
from dashboard.tables.load import Tables
from dashboard.views.view import Bars, Picture, Rows, Series, View

TODAY = date(2026, 11, 27)
ADDRESSES = [
    "/", "/?q=nothing+at+all", "/timeline", "/value", "/value?by=year&domain=naval", "/map", "/claims", "/compare", "/quotes", "/sources",
    "/data", "/search?said=a", "/deal", "/deal?id=alpha-frigates",
]  # fmt: skip
every_address = pytest.mark.parametrize("address", ADDRESSES)
LONG = "Extraordinarily long name of a programme of Çanakkale Savaş Gemileri and Ğıİşöü that goes on and on " * 3
EASTERN = "پاکستان اور ترکی کے دفاعی تعلقات"


def made(tables: Tables, briefing: Briefing) -> Deck:
    """Return a briefing as another program reads it."""
    return Presentation(io.BytesIO(pack.FORMS["pptx"].written(tables, briefing, TODAY)))


@cache
def opened(tables: Tables, address: str) -> tuple[View, Deck]:
    """Return the view of an address and its slides; tests only look at them."""
    view = views.at(tables, address, TODAY)
    return view, made(tables, of_view(view))


def shapes(holder: Any) -> Iterator[Any]:
    """Yield every shape of a slide or a group, those in groups too."""
    for shape in holder.shapes:
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from shapes(shape)


def properties(shape: Any) -> Any:
    """Return what PowerPoint says of a shape: its number, name and text alternative."""
    return shape._element.xpath("./*/p:cNvPr")[0]


def charts(deck: Deck) -> list[Any]:
    """Return the charts of a deck in order."""
    return [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def title(slide: Any) -> str:
    """Return the title of a slide."""
    return slide.shapes.title.text_frame.text


# --- what is on every slide -------------------------------------------------------------------------------------------


@every_address
def test_every_slide_has_a_title_of_its_own_its_source_line_its_day_and_notes(made_up: Tables, address: str) -> None:
    view, deck = opened(made_up, address)
    titles = [title(slide) for slide in deck.slides]
    assert all(titles)
    for slide in deck.slides:
        said = {held.placeholder_format.type: held.text_frame.text for held in slide.placeholders}
        foot = said[PP_PLACEHOLDER.FOOTER]
        assert f"version {made_up.version}. Undisclosed is not zero." in foot
        assert "Boundaries are not endorsed" in foot
        assert reach(view) in foot
        assert said[PP_PLACEHOLDER.DATE] == "27 November 2026"
        assert slide.notes_slide.notes_text_frame.text.strip()
    assert len(set(titles[2:])) == len(titles[2:])


@every_address
def test_nothing_is_a_picture_and_whatever_is_no_words_says_what_it_is_or_is_marked_as_decoration(made_up: Tables, address: str) -> None:  # fmt: skip
    _, deck = opened(made_up, address)
    for slide in deck.slides:
        for shape in shapes(slide):
            assert shape.shape_type != MSO_SHAPE_TYPE.PICTURE
            is_decoration = bool(shape._element.xpath(".//*[local-name()='decorative']"))
            assert (
                shape.is_placeholder or properties(shape).get("descr") or is_decoration
                or (shape.has_text_frame and shape.text_frame.text)
            )  # fmt: skip


def _bytes(tables: Tables, address: str) -> bytes:
    return pack.FORMS["pptx"].written(tables, of_view(views.at(tables, address, TODAY)), TODAY)


@every_address
def test_no_two_shapes_of_a_slide_have_one_number(made_up: Tables, address: str) -> None:
    _, deck = opened(made_up, address)
    for slide in deck.slides:
        numbers = slide.shapes._spTree.xpath(".//p:cNvPr/@id")
        assert len(numbers) == len(set(numbers))


def test_the_same_briefing_gives_the_same_bytes_without_any_picture(made_up: Tables) -> None:
    file = _bytes(made_up, "/value?domain=naval")
    assert file == _bytes(made_up, "/value?domain=naval")
    assert not any(name.startswith("ppt/media") for name in zipfile.ZipFile(io.BytesIO(file)).namelist())


def test_the_slides_are_wide_and_carry_our_theme(made_up: Tables) -> None:
    _, deck = opened(made_up, "/value")
    assert (deck.slide_width, deck.slide_height) == (960 * EMU, 540 * EMU)
    assert [layout.name for layout in deck.slide_layouts] == ["Title Slide", "Title and Content", "Title Only"]
    theme = next(rel.target_part.blob for rel in deck.slide_master.part.rels.values() if rel.reltype.endswith("/theme"))
    hues = list(made_up.dictionary.meaning("deals", "domain", "colour").values())
    assert all(hue[1:].encode() in theme for hue in hues[:6])
    assert theme.count(b'latin typeface="Georgia"') == theme.count(b'latin typeface="Arial"') == 1


# --- charts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/", "/value", "/value?by=year", "/value?domain=naval"])
def test_charts_hold_exactly_the_numbers_of_the_view_and_blanks_where_there_are_none(made_up: Tables, address: str) -> None:  # fmt: skip
    view, deck = opened(made_up, address)
    expected: dict[tuple[str, str], float | None] = {}
    found: dict[tuple[str, str], float | None] = {}
    drawn = [picture.drawn for picture in view.pictures if isinstance(picture.drawn, Bars)]
    assert drawn
    for bars in drawn:
        for series in bars.series:
            expected |= {
                (name, series.label): value for name, value in zip(bars.categories, series.values, strict=True)
            }
    for chart in charts(deck):
        for series in chart.plots[0].series:
            found |= {
                (name, series.name): value for name, value in zip(chart.plots[0].categories, series.values, strict=True)
            }
    assert found == expected


def test_the_sheet_behind_a_chart_says_the_same_and_runs_nothing(made_up: Tables) -> None:
    view = views.at(made_up, "/value", TODAY)
    bars = Bars(("=1+1", "http://a.b", "plain"), (Series("+2", (1.0, None, 0.0), "solid", ("#123456",) * 3),), "deals", horizontal=False)  # fmt: skip
    (chart,) = charts(made(made_up, of_view(with_pictures(view, bars))))
    book = CalamineWorkbook.from_filelike(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    rows = book.get_sheet_by_name("Sheet1").to_python(skip_empty_area=False)
    assert rows == [["", "+2"], ["=1+1", 1.0], ["http://a.b", ""], ["plain", 0.0]]
    with zipfile.ZipFile(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)) as sheet:
        assert b"<f>" not in sheet.read("xl/worksheets/sheet1.xml")


def with_pictures(view: View, *drawn: Any) -> View:
    """Return a view with pictures of what is given, and without tables."""
    pictures = tuple(
        Picture("made", f"Finding {at}.", f"Words {at}.", one, ("A note.",), Markup) for at, one in enumerate(drawn)
    )
    return replace(view, pictures=pictures, tables=(), claims=(), statements=())


def test_many_lying_bars_go_on_on_further_slides_on_one_scale(made_up: Tables) -> None:
    names = tuple(f"{LONG} {at}" for at in range(40))
    values = tuple(None if at % 7 == 0 else float(at) for at in range(40))
    bars = Bars(
        names, (Series("Known", values, "hatched", ("#123456",) * 40),), "deals", horizontal=True, beside=(LONG,) * 40
    )
    deck = made(made_up, of_view(with_pictures(views.at(made_up, "/value", TODAY), bars)))
    drawn = charts(deck)
    assert len(drawn) > 2
    assert [name for chart in drawn for name in chart.plots[0].categories] == list(names)
    assert tuple(value for chart in drawn for value in chart.plots[0].series[0].values) == values
    assert {chart.value_axis.maximum_scale for chart in drawn} == {40}
    check_geometry(deck)


def test_bars_of_all_alike_series_take_one_colour_and_patterns_stay_patterns(made_up: Tables) -> None:
    series = [Series(name, (1.0, 2.0), name, ("#123456", "#654321")) for name in ("solid", "hatched", "outlined")]
    series.append(Series("one", (1.0, None), "dotted", ("#123456", "#123456")))
    bars = Bars(("A", "B"), tuple(series), "deals", horizontal=False)
    (chart,) = charts(made(made_up, of_view(with_pictures(views.at(made_up, "/value", TODAY), bars))))
    solid, hatched, outlined, one = chart.plots[0].series
    assert str(solid.points[1].format.fill.fore_color.rgb) == "654321"
    assert hatched.points[0].format.fill.pattern is not None
    assert outlined._element.xpath("./c:spPr/a:noFill")
    assert str(one.format.fill.fore_color.rgb) == "123456"


def test_a_chart_without_bars_is_no_slide(made_up: Tables) -> None:
    view = with_pictures(views.at(made_up, "/value", TODAY), Bars((), (), "deals", horizontal=True))
    assert not charts(made(made_up, of_view(view)))


SIZES = {
    (PP_PLACEHOLDER.TITLE, 0): master.TITLES[0], (PP_PLACEHOLDER.CENTER_TITLE, 0): master.COVERS[0], (PP_PLACEHOLDER.SUBTITLE, 1): master.WORDS,
    (PP_PLACEHOLDER.BODY, master.KICKER): master.KICKED.size, (PP_PLACEHOLDER.BODY, master.HOME): master.TAKEN.size,
    (PP_PLACEHOLDER.OBJECT, 1): master.WORDS, (PP_PLACEHOLDER.BODY, 1): master.WORDS, (PP_PLACEHOLDER.FOOTER, 11): master.FOOT_SIZE,
}  # fmt: skip


# --- where things stand -----------------------------------------------------------------------------------------------


def box(shape: Any) -> tuple[int, int, int, int]:
    """Return the left, top, right and bottom of a shape."""
    return shape.left, shape.top, shape.left + shape.width, shape.top + shape.height


def is_apart(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    """Say whether two boxes do not overlap by more than half a point."""
    spare = EMU // 2
    return (
        one[2] <= other[0] + spare
        or other[2] <= one[0] + spare
        or one[3] <= other[1] + spare
        or other[3] <= one[1] + spare
    )


def written_box(shape: Any) -> tuple[int, int, int, int]:
    """Return the box of some words, which have room in it by a generous estimate."""
    left, top, right, bottom = box(shape)
    frame = shape.text_frame
    wraps = shape._element.find(f".//{qn('a:bodyPr')}").get("wrap") != "none"
    sizes = [run.font.size.pt for paragraph in frame.paragraphs for run in paragraph.runs if run.font.size]
    own = shape.is_placeholder and SIZES.get((shape.placeholder_format.type, shape.placeholder_format.idx), 0)
    size = max(sizes, default=own or 0)
    if wraps and size:
        face = "serif" if shape.is_placeholder and shape.placeholder_format.idx in (0, master.HOME) else "sans"
        tall = fitting.height(frame.text, (right - left) / EMU, size, face)
        assert tall <= (bottom - top) / EMU + 1, frame.text
    return left, top, right, bottom


def check_geometry(deck: Deck) -> None:
    """Check that nothing leaves its slide, and that no two pieces of writing, charts or tables lie upon each other."""
    wide, tall = 960 * EMU, 540 * EMU
    for number, slide in enumerate(deck.slides, start=1):
        solid = []
        for shape in shapes(slide):
            left, top, right, bottom = box(shape)
            assert 0 <= left <= right <= wide, (number, shape.name)
            assert 0 <= top <= bottom <= tall, (number, shape.name)
            if shape.has_chart or shape.has_table:
                solid.append((shape.name, box(shape)))
            elif shape.has_text_frame and shape.text_frame.text:
                solid.append((shape.text_frame.text, written_box(shape)))
        for at, (name, one) in enumerate(solid):
            for other_name, other in solid[at + 1 :]:
                assert is_apart(one, other), (number, name, other_name)


@every_address
def test_nothing_leaves_its_slide_and_nothing_lies_upon_another(made_up: Tables, address: str) -> None:
    check_geometry(opened(made_up, address)[1])


def test_nor_does_it_with_the_published_tables(tables: Tables) -> None:
    check_geometry(opened(tables, "/timeline")[1])


def test_long_words_and_many_rows_stay_within_their_slides(made_up: Tables) -> None:
    view = views.at(made_up, "/value", TODAY)
    rows = tuple((LONG, None, float(at), EASTERN, "x" * 300) for at in range(12))
    table = Rows("deals_of_mine", LONG, {"a": LONG, "b": "Number", "c": "Other", "d": "Words", "e": "Word"}, rows, 99)
    hard = replace(
        view,
        finding=LONG * 2,
        title=LONG,
        filters=(LONG,) * 3,
        lead=(LONG,) * 9,
        notes=(LONG,) * 9,
        left_out=(LONG,),
        tables=(table,),
    )
    deck = made(made_up, Briefing(LONG * 3, (Part(hard, notes=LONG),)))
    check_geometry(deck)
    seen = [title(slide) for slide in deck.slides]
    assert any("rows 1 to" in one for one in seen) or all(one.endswith("…") for one in seen if one.startswith("Extra"))


# --- tables, words and sources ----------------------------------------------------------------------------------------


def cells(deck: Deck) -> list[list[list[str]]]:
    """Return the tables of a deck, each as rows of words."""
    return [
        [[cell.text for cell in row.cells] for row in shape.table.rows]
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_table
    ]


def test_a_table_that_is_longer_than_a_slide_goes_on_below_the_same_headings_and_loses_no_row(made_up: Tables) -> None:
    _, deck = opened(made_up, "/value")
    view = views.at(made_up, "/value", TODAY)
    deals = next(table for table in view.tables if table.name == "deals")
    parts = [table for table in cells(deck) if table[0][0] == deals.headings["title"]]
    titles = [row[0] for part in parts for row in part[1:]]
    assert titles == [str(row[0]) for row in deals.rows]
    assert len({tuple(part[0]) for part in parts}) == 1
    assert "value_usd_m" not in parts[0][0]


def test_words_of_tables_are_never_smaller_than_ten_points_and_the_unknown_is_a_dash(made_up: Tables) -> None:
    _, deck = opened(made_up, "/value")
    sizes = {int(size) for slide in deck.slides for size in slide.shapes._spTree.xpath(".//a:tc//a:rPr/@sz")}
    assert min(sizes) >= 1000
    table = grid.laid(grid.Table(["A", "B", "C"], [[None, 0.0, 2.25], ["x", 1234.0, 1.0]]), 880, 300)
    assert [[cell.words for cell in row] for row in table.rows] == [
        ["A", "B", "C"],
        ["–", "0", "2.2"],
        ["x", "1,234", "1"],
    ]


def test_the_last_slides_are_the_sources_with_their_grades_and_addresses_as_links(made_up: Tables) -> None:
    view, deck = opened(made_up, "/value")
    slide = deck.slides[-1]
    assert title(slide).startswith("What this rests on")
    (last,) = [shape.table for shape in slide.shapes if shape.has_table]
    labels = made_up.dictionary.choices("sources", "reliability")
    for row in list(last.rows)[1:]:
        grade, _, address = (cell.text for cell in row.cells)
        assert labels[grade[0]] in grade
        links = [run.hyperlink.address for paragraph in row.cells[2].text_frame.paragraphs for run in paragraph.runs]
        assert links == [address] or address == "no public address"
    assert {str(source["url"]) for source in view.sources if source["url"]} >= {
        row.cells[2].text for row in list(last.rows)[1:] if row.cells[2].text != "no public address"
    }


def test_an_empty_view_says_so_and_how_to_see_more(made_up: Tables) -> None:
    _, deck = opened(made_up, "/?q=nothing+at+all")
    words = " ".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    assert "Clear a filter to see more" in words


def test_a_deck_has_a_slide_a_view_with_its_line_to_take_home_and_its_notes(made_up: Tables) -> None:
    slides = [
        (views.at(made_up, "/value", TODAY), "Take this home.", "Say this."),
        (views.at(made_up, "/?q=nothing+at+all", TODAY), "And this.", ""),
    ]
    deck = made(made_up, of_deck("Signal and noise", slides))
    cover, first, second, *_ = deck.slides
    assert title(cover) == "Signal and noise"
    assert "2 views" in " ".join(held.text_frame.text for held in cover.placeholders)
    for slide, line in ((first, "Take this home."), (second, "And this.")):
        assert line in [held.text_frame.text for held in slide.placeholders]
    assert "Say this." in first.notes_slide.notes_text_frame.text
    assert slides[0][0].pictures[0].alt in first.notes_slide.notes_text_frame.text
    check_geometry(deck)


def test_a_slide_of_a_deck_without_a_picture_has_the_table_that_it_names_or_what_is_said(made_up: Tables) -> None:
    talk = decks.Deck("", "Words", (decks.Slide("/sources#grades", "Mind the grades."), decks.Slide("/quotes", "Who said so?"), decks.Slide("/data", "See for yourself.")))  # fmt: skip
    _, grades, said, plain, *_ = made(made_up, making.of_deck(made_up, talk, TODAY)).slides
    view = views.at(made_up, "/sources", TODAY)
    assert title(grades) == view.finding
    assert "Mind the grades." in [held.text_frame.text for held in grades.placeholders]
    (table,) = [shape.table for shape in grades.shapes if shape.has_table]
    named = next(rows for rows in view.tables if rows.name == "grades")
    assert list(table.rows)[1].cells[0].text == str(named.rows[0][0])
    assert "Mind the grades." in grades.notes_slide.notes_text_frame.text
    (table,) = [shape.table for shape in said.shapes if shape.has_table]
    statements = views.at(made_up, "/quotes", TODAY).statements
    shown = len(list(table.rows)) - 1
    assert title(said).endswith(f"(the first {shown} of {len(statements)})")
    for row, one in zip(list(table.rows)[1:], statements, strict=False):
        assert one.row["analyst"] in row.cells[0].text
    assert [shape for shape in plain.shapes if shape.has_table]


def test_eastern_letters_are_marked_as_read_from_the_right() -> None:
    assert Line(EASTERN).is_leftwards
    assert Line(EASTERN).language.startswith("ur")
    assert not Line("Turkey and پاکستان").is_leftwards
    assert not Line("…").is_leftwards


# --- shapes -----------------------------------------------------------------------------------------------------------


def test_the_timeline_has_a_bar_for_each_deal_with_a_date_and_names_it(made_up: Tables) -> None:
    view, deck = opened(made_up, "/timeline")
    table = view.pictures[-1].drawn
    assert isinstance(table, Timetable)
    said = [properties(shape).get("descr") or "" for slide in deck.slides for shape in shapes(slide) if shape.name.startswith("Bar ")]  # fmt: skip
    shown = [row for row in table.rows if "core" in row.bar.parts]
    assert all(any(one.startswith(row.bar.deal["title"]) for one in said) for row in shown)
    assert len(shown) > 3
    assert all(len(list(shapes(slide))) < 400 for slide in deck.slides)


def test_the_map_has_a_line_for_each_flow_in_its_colour_and_dashes_what_is_doubted(made_up: Tables) -> None:
    view, deck = opened(made_up, "/")
    scene = next(picture.drawn for picture in view.pictures if picture.name == "map")
    assert isinstance(scene, Scene)
    lines = [shape for slide in deck.slides for shape in shapes(slide) if shape.name.startswith("Line ")]
    seen = [properties(shape).get("descr") for shape in lines]
    for line in scene.lines:
        (own,) = [shape for shape, said in zip(lines, seen, strict=True) if said and said.startswith(line["title"])]
        assert own._element.xpath(".//a:ln//a:srgbClr/@val") == [line["colour"][1:]]
        assert bool(own._element.xpath(".//a:custDash")) == line["contested"]


def test_the_steps_of_one_deal_have_their_words_below_its_bar(made_up: Tables) -> None:
    _, deck = opened(made_up, "/deal?id=alpha-frigates")
    hung = [shape.text_frame.text for slide in deck.slides for shape in shapes(slide) if shape.name.startswith("Step ")]
    kinds = made_up.dictionary.choices("milestones", "kind")
    given = made_up.milestones[made_up.milestones["deal_id"] == "alpha-frigates"]
    assert hung
    assert {words.partition(",")[0] for words in hung} <= {kinds[kind] for kind in given["kind"]}


def test_the_steps_of_a_deal_name_the_publishers_and_not_the_keys_of_their_sources(made_up: Tables) -> None:
    _, deck = opened(made_up, "/deal?id=alpha-frigates")
    seen = {
        name
        for table in cells(deck)
        if table[0][0] == made_up.dictionary.title("milestones", "date")
        for row in table[1:]
        for name in row[-1].split("; ")
    }
    assert seen
    assert seen <= {*made_up.sources["publisher"]}


@pytest.mark.parametrize("address", ["/", "/timeline"])
def test_another_data_set_is_written_too(elsewhere: Tables, address: str) -> None:
    check_geometry(opened(elsewhere, address)[1])


def test_words_of_steps_that_find_no_room_are_left_out(made_up: Tables) -> None:
    table = views.at(made_up, "/deal?id=alpha-frigates", TODAY).pictures[0].drawn
    assert isinstance(table, Timetable)
    bar = table.rows[0].bar
    many = replace(bar, steps=bar.steps * 30)
    found = [one for one in steps.hung(made_up, many, 930, 0.9, lambda share: 40 + 837 * share, 200) if one.words]
    assert 0 < len(found) < len(many.steps)


def test_a_timetable_without_rows_is_no_slide(made_up: Tables) -> None:
    table = views.at(made_up, "/timeline", TODAY).pictures[-1].drawn
    assert isinstance(table, Timetable)
    assert lanes.pages(made_up, replace(table, parts=[]), master.BODY) == []


def test_what_lies_beyond_the_years_asked_for_is_not_drawn(made_up: Tables) -> None:
    _, deck = opened(made_up, "/timeline?from=2006&to=2009")
    names = [shape.name.partition(" ")[0] for slide in deck.slides for shape in shapes(slide)]
    assert "Today" not in names
    assert "Bar" in names
    check_geometry(deck)


def test_a_table_whose_words_are_wider_than_a_slide_keeps_within_it() -> None:
    table = grid.laid(grid.Table(["x" * 30] * 12, [["y" * 40] * 12]), 880, 300)
    assert sum(table.columns) == pytest.approx(880)
    assert table.size == grid.SIZES[-1]


def test_a_line_in_eastern_letters_is_read_from_the_right(made_up: Tables) -> None:
    deck = made(made_up, of_deck("A talk", [(views.at(made_up, "/value", TODAY), EASTERN, "")]))
    (line,) = [held for held in deck.slides[1].placeholders if held.text_frame.text == EASTERN]
    assert line._element.xpath(".//a:pPr/@rtl") == ["1"]
    assert line._element.xpath(".//a:rPr/@lang") == ["ur-PK"]


def test_land_is_cut_off_at_the_edges_of_the_picture() -> None:
    box = (0.0, 0.0, 10.0, 10.0)
    assert sorted(ground.clipped([(-5, -5), (5, -5), (5, 5), (-5, 5)], box)) == [(0, 0), (0, 5), (5, 0), (5, 5)]
    assert ground.areas([[(20, 20), (30, 20), (30, 30)]], box) == []
    assert ground.runs([[(1, 1), (2, 2), (20, 20), (3, 3), (4, 4), (5, 5)]], box) == [
        [(1, 1), (2, 2)],
        [(3, 3), (4, 4), (5, 5)],
    ]


# --- estimates of room ------------------------------------------------------------------------------------------------


def test_words_are_cut_only_where_they_have_no_room() -> None:
    assert fitting.cut("Short words", 200, 1, 10) == "Short words"
    said = fitting.cut(LONG, 200, 2, 10)
    assert said.endswith("…")
    assert fitting.lines(said, 200, 10) <= 2
    assert fitting.lines(fitting.cut("x" * 500, 100, 3, 10), 100, 10) <= 3
    assert fitting.lines("x" * 500, 100, 10) > 20


# --- another program --------------------------------------------------------------------------------------------------


def office() -> str:
    """Return the LibreOffice that opens slides; "" where there is none, or one without that part."""
    found = shutil.which("soffice")
    return found if found and (Path(found).resolve().parent / "libsdlo.so").is_file() else ""


@pytest.mark.slow
@pytest.mark.skipif(not office(), reason="LibreOffice that opens slides is not on this machine")
def test_libreoffice_opens_the_slides(tables: Tables, tmp_path: Path) -> None:
    (tmp_path / "slides.pptx").write_bytes(_bytes(tables, "/"))
    command = [office(), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "slides.pptx"]  # fmt: skip
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    assert (tmp_path / "slides.pdf").read_bytes().startswith(b"%PDF")
