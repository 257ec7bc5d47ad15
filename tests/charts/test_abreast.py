"""Several pictures as one: each in its place, none over another, with the words for all below them."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from markupsafe import Markup

from dashboard.charts.abreast import GAP, abreast, columns_of


def picture(name: str, height: int) -> Markup:
    return Markup(f'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="{height}"><title>{name}</title></svg>')


def boxes(drawn: Markup) -> list[tuple[float, ...]]:
    """Return the left and upper side, the width and the height of each picture."""
    return [tuple(float(one.attrib[side]) for side in ("x", "y", "width", "height")) for one in ET.fromstring(drawn) if "x" in one.attrib and "width" in one.attrib]  # fmt: skip


def test_each_row_is_as_high_as_its_highest() -> None:
    drawn = abreast([picture("a", 50), picture("b", 70), picture("c", 60)], 2)
    assert boxes(drawn) == [(0, 0, 100, 50), (100 + GAP, 0, 100, 70), (0, 70 + GAP, 100, 60)]
    root = ET.fromstring(drawn)
    assert (root.get("width"), root.get("height")) == (f"{200 + GAP}", f"{130 + GAP}")
    assert [one.text for one in root.iter("{http://www.w3.org/2000/svg}title")] == ["a", "b", "c"]


def test_words_for_all_stand_below_them_in_lines_that_fit() -> None:
    drawn = ET.fromstring(
        abreast([picture("a", 50)], 3, "Where <b>figures</b> come from, and of which version they are")
    )
    lines = [one for one in drawn if one.tag.endswith("text")]
    assert len(lines) > 1
    assert " ".join(one.text or "" for one in lines) == "Where <b>figures</b> come from, and of which version they are"
    heights = [float(one.attrib["y"]) for one in lines]
    assert heights == sorted(heights)
    assert 50 < heights[0] < heights[-1] < float(drawn.attrib["height"])
    assert drawn.get("width") == "100"


@pytest.mark.parametrize(
    ("count", "place", "columns"),
    [(1, (780, 330), 1), (7, (780, 330), 4), (4, (200, 900), 1), (4, (3000, 100), 4), (4, (200, 200), 2)],
)
def test_pictures_are_put_so_that_they_fill_their_place(count: int, place: tuple[int, int], columns: int) -> None:
    assert columns_of(count, (300, 260), place) == columns
