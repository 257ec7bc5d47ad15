"""Pictures that need no page: each has its size, its colours and its words in itself, and is the same whoever draws it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date

import pytest

from dashboard import views
from dashboard.charts.timeline import still
from dashboard.charts.timeline.timetable import Timetable
from dashboard.tables.load import Tables
from dashboard.views.view import Bars, Picture

TODAY = date(2026, 11, 27)
SVG = "{http://www.w3.org/2000/svg}"
ADDRESSES = [
    *("/", "/timeline", "/timeline?group=pair&rows=all", "/value", "/value?by=supplier&money=constant", "/map", "/map?maps=domains&width=value"),
    *("/claims", "/timeline?domain=naval&from=2018"),
]  # fmt: skip


def pictures(tables: Tables, address: str) -> list[Picture]:
    deal = tables.deals.loc[tables.deals["begins"].notna(), "deal_id"].iloc[0]
    return list(views.at(tables, address.replace("DEAL", deal), TODAY).pictures)


@pytest.mark.parametrize("address", [*ADDRESSES, "/deal?id=DEAL"])
def test_a_picture_stands_alone(made_up: Tables, address: str) -> None:
    drawn = pictures(made_up, address)
    assert drawn
    for picture in drawn:
        root = ET.fromstring(picture.svg)
        width, height = float(root.attrib["width"]), float(root.attrib["height"])
        left, top, wide, tall = map(float, root.attrib["viewBox"].split())
        assert (left, top) == (0, 0)
        assert width / height == pytest.approx(wide / tall, rel=0.01)
        assert not any(word in picture.svg for word in ("var(", "currentColor", "@container", "calc(", "<a ", "<image"))
        words = " ".join(root.itertext())
        assert made_up.version in words
        assert "Undisclosed is not zero." in words
        assert picture.alt
        assert picture.finding


def test_what_a_map_rests_on_travels_with_it(made_up: Tables) -> None:
    (picture,) = pictures(made_up, "/map")
    assert "Boundaries are not endorsed." in " ".join(ET.fromstring(picture.svg).itertext())
    assert any("not endorsed" in note for note in picture.notes)


def test_hostile_words_stay_words_in_every_picture(made_up: Tables) -> None:
    evil = '</text><image href="//evil"/>&"\'>'
    spoilt = replace(made_up, deals=made_up.deals.assign(title=evil + made_up.deals["title"]), stamp="spoilt")
    for address in ("/timeline?group=pair", "/claims", "/deal?id=DEAL"):
        for picture in pictures(spoilt, address):
            assert not list(ET.fromstring(picture.svg).iter(f"{SVG}image"))


def test_the_timeline_has_every_deal_of_its_timetable_and_the_words_end_where_it_does(made_up: Tables) -> None:
    (picture,) = pictures(made_up, "/timeline?group=status")
    assert isinstance(picture.drawn, Timetable)
    said = [text.text or "" for text in ET.fromstring(picture.svg).iter(f"{SVG}text")]
    for row in picture.drawn.rows:
        assert any(said_of in row.words for said_of in said)
    inner = still.DRAWN - still.LEFT - still.RIGHT
    for text in ET.fromstring(picture.svg).iter(f"{SVG}text"):
        if text.text in {words for row in picture.drawn.rows for words in row.words}:
            assert float(text.attrib["x"]) + still.measure(str(text.text)) <= inner + 1


def test_where_rows_are_too_many_the_picture_counts_years(made_up: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(still, "MOST", 3)
    picture, whole = views.at(made_up, "/timeline?group=status&sure=any&rows=all", date(2026, 11, 26)).pictures
    assert whole.name == "timeline"
    assert picture.name == "years"
    assert isinstance(picture.drawn, Bars)
    dated = int(made_up.deals["begins"].notna().sum())
    assert sum(number or 0 for one in picture.drawn.series for number in one.values) == dated
    assert "too many" in picture.notes[0]


def test_where_deals_are_too_many_the_picture_counts_years(made_up: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views.timeline.figure, "MOST", 3)
    (picture,) = views.at(made_up, "/timeline?group=pair", date(2026, 11, 25)).pictures
    assert picture.name == "years"
    assert "deals are too many" in picture.notes[0]


def test_nothing_in_view_has_no_picture(made_up: Tables) -> None:
    for page in ("", "timeline", "map", "claims", "value"):
        assert views.at(made_up, f"/{page}?q=xyzzyx", TODAY).pictures == ()
