"""The small picture of one deal's steps: every milestone is on it, and its words never lie over each other."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.timeline.lanes import GAP
from dashboard.charts.timeline.steps import MOST, NONE, WIDTHS, aside, hung, steps
from dashboard.style.tokens import INKS
from dashboard.tables.load import Tables
from tests.made_up import read

TODAY = date(2026, 11, 22)
SVG = "{http://www.w3.org/2000/svg}"
PLACES = st.lists(st.tuples(st.floats(0, 1), st.floats(30, 240)), max_size=20).map(sorted)


def drawn(tables: Tables, deal_id: str) -> ET.Element:
    return ET.fromstring(steps(tables, deal_id, TODAY))


def marks(picture: ET.Element) -> list[str]:
    """Return the words of each mark in the picture."""
    return [
        element.findtext(f"{SVG}title", "")
        for element in picture.iter(f"{SVG}use")
        if "-on" not in element.attrib["href"][-3:]
    ]


def test_every_milestone_of_a_deal_is_a_mark_of_its_kind_with_its_words(made_up: Tables) -> None:
    shapes = made_up.dictionary.meaning("milestones", "kind", "shape")
    for deal_id in {row["deal_id"] for row in read("milestones")}:
        picture, rows = drawn(made_up, deal_id), [row for row in read("milestones") if row["deal_id"] == deal_id]
        assert sorted(words.split("\n")[1] for words in marks(picture)) == sorted(row["event"] for row in rows)
        used = [element.attrib["href"] for element in picture.iter(f"{SVG}use")]
        assert sorted(href for href in used if href != "#step-on") == sorted(
            f"#step-{shapes[row['kind']]}" for row in rows
        )
        defined = {element.attrib["id"] for element in picture.iter() if "id" in element.attrib}
        assert {href[1:] for href in used} <= defined


def test_a_deal_without_any_date_has_no_picture(made_up: Tables) -> None:
    (nowhere, *_) = made_up.deals.loc[made_up.deals["begins"].isna(), "deal_id"]
    assert steps(made_up, nowhere, TODAY) == ""


def test_a_deal_that_may_go_on_reaches_this_year_and_one_that_is_over_its_own_last_one(made_up: Tables) -> None:
    dated = made_up.deals[made_up.deals["begins"].notna()]
    for row in dated.itertuples():
        words = drawn(made_up, row.deal_id).attrib["aria-label"]
        (last,) = re.findall(r"to (\d{4}):", words)
        assert (last == "2026") or not row.is_open
    assert any("to 2012:" in drawn(made_up, deal_id).attrib["aria-label"] for deal_id in dated["deal_id"])


def test_words_for_whoever_does_not_see_it_name_status_dates_and_steps(made_up: Tables) -> None:
    row = max(read("deals"), key=lambda row: sum(step["deal_id"] == row["deal_id"] for step in read("milestones")))
    words = drawn(made_up, row["deal_id"]).attrib["aria-label"]
    count = sum(step["deal_id"] == row["deal_id"] for step in read("milestones"))
    assert f"{count} dated step" in words
    assert made_up.dictionary.label("deals", "status", row["status"], "trade").lower() in words
    assert (
        "no dated step"
        in drawn(
            made_up,
            next(
                iter(
                    {row["deal_id"] for row in read("deals") if row["start"]}
                    - {row["deal_id"] for row in read("milestones")}
                )
            ),
        ).attrib["aria-label"]
    )


def test_what_is_in_doubt_is_hatched_and_what_is_talked_about_hollow(made_up: Tables) -> None:
    patterns = made_up.dictionary.meaning("deals", "status", "pattern")
    seen = set()
    for row in read("deals"):
        picture = steps(made_up, row["deal_id"], TODAY)
        bars = re.findall(r'class="bar [a-z]+"[^>]*fill="([^"]*)"', picture)
        pattern = patterns[row["status"]]
        for fill in bars:
            seen.add(pattern)
            if pattern == "outlined":
                assert fill == "none"
            else:
                assert fill.startswith(f"url(#step-{pattern}-") == (pattern != "solid")
    assert {"hatched", "outlined", "solid"} <= seen


def test_words_of_the_tables_cannot_put_markup_into_the_picture(made_up: Tables) -> None:
    one = made_up.milestones.head(1).assign(event="<script>a & b</script>")
    tables = replace(made_up, milestones=one, stamp="one hostile step")
    picture = steps(tables, one["deal_id"].iloc[0], TODAY)
    assert "<script" not in picture
    assert marks(ET.fromstring(picture))[0].endswith("<script>a & b</script>")


def test_the_picture_takes_the_ink_of_the_page(made_up: Tables) -> None:
    assert f"var(--ink, {INKS['light']})" in steps(made_up, read("milestones")[0]["deal_id"], TODAY)


@given(PLACES, st.sampled_from([300.0, 480.0, 900.0]))
def test_words_that_hang_never_touch_and_no_lead_cuts_through_others(
    places: list[tuple[float, float]], width: float
) -> None:
    lines = hung(places, width)
    boxes = [
        (at * width + aside(at, long, width), at * width, long, line)
        for (at, long), line in zip(places, lines, strict=True)
        if line != NONE
    ]
    assert all(line < MOST and left >= -1e-6 and left + long <= width + 1e-6 for left, _, long, line in boxes)
    for left, lead, long, line in boxes:
        for other, its_lead, its_long, its_line in boxes:
            if (left, lead, long, line) == (other, its_lead, its_long, its_line):
                continue
            if line == its_line:
                assert left + long + GAP <= other + 1e-6 or other + its_long + GAP <= left + 1e-6
            if its_line > line:
                assert not left < its_lead < left + long


def test_words_hang_in_one_line_where_they_find_room_and_the_many_are_thinned() -> None:
    assert hung([(0.0, 100.0), (0.3, 100.0), (0.6, 100.0)], 480) == [0, 0, 0]
    assert hung([(0.0, 100.0), (0.1, 100.0), (0.2, 100.0)], 480) == [2, 1, 0]
    assert hung([(at / 100, 100.0) for at in range(9)], 480).count(NONE) == 9 - MOST


@pytest.mark.parametrize("name", WIDTHS)
def test_of_very_many_steps_the_first_of_each_kind_in_turn_and_the_last_are_named(made_up: Tables, name: str) -> None:
    deal_id = read("milestones")[0]["deal_id"]
    rows = [
        made_up.milestones.head(1).assign(
            kind=kind, date=f"2015-{month:02}", date_earliest=f"2015-{month:02}-01", date_latest=f"2015-{month:02}-28"
        )
        for month, kind in enumerate(["agreed", *["built"] * 10, "delivered"], start=1)
    ]
    many = pd.concat(rows).assign(
        date_earliest=lambda rows: pd.to_datetime(rows["date_earliest"]),
        date_latest=lambda rows: pd.to_datetime(rows["date_latest"]),
    )
    tables = replace(made_up, milestones=many.reset_index(drop=True), stamp="many steps")
    picture = steps(tables, deal_id, TODAY)
    shown = [
        words
        for hidden, words in re.findall(r'<text class="word([^"]*)"[^>]*>([^<]*)</text>', picture)
        if name not in hidden
    ]
    assert [words.split(",")[0] for words in shown] == ["Agreed", "Built", "Delivered"]
    assert len(marks(ET.fromstring(picture))) == 12
