from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import controls
from dashboard.address import Links
from dashboard.charts.timeline import figure as timeline
from dashboard.pages import timeline as page
from dashboard.questions.deals import Selection
from dashboard.tables.load import Tables
from tests.made_up import read
from tests.page import charts, drawn, filters, in_view, opened, written

TODAY = date(2026, 11, 22)


def undated() -> list[dict[str, str]]:
    stepped = {row["deal_id"] for row in read("milestones")}
    rows = (row for row in read("deals") if not (row["announced"] or row["start"] or row["end"]))
    return [row for row in rows if row["deal_id"] not in stepped]


def grown(made_up: Tables, times: int) -> Tables:
    """Return tables with every deal so many times over, each under a key of its own."""
    names = ("deals", "milestones", "parties")
    copies = {
        name: pd.concat(
            [
                getattr(made_up, name).assign(deal_id=lambda rows, at=at: rows["deal_id"] + f"-{at}")
                for at in range(times)
            ],
            ignore_index=True,
        )
        for name in names
    }
    return replace(made_up, **copies, stamp=f"{times} times")


pytestmark = pytest.mark.usefixtures("made_up_pages")


@pytest.fixture(autouse=True)
def fresh() -> None:
    page.build.clear()


def test_the_page_draws_and_counts_the_deals_in_view() -> None:
    test = opened("timeline")
    whole = len(read("deals"))
    assert in_view(test) == f"{whole} of {whole} deals"
    assert f"{whole - len(undated())} deals since" in written(test)


@pytest.mark.parametrize("group", ["domain", "pair", "status"])
def test_each_grouping_has_an_address(group: str) -> None:
    shown = filters(opened("timeline", group=group))["group"]
    assert (shown["chosen"] or [shown["blank"]]) == [group]


def pieces(test: AppTest) -> dict[str, Any]:
    """Return what is sent to the strip of years and to the drawing, which are components."""
    sent = [json.loads(element.proto.json) for element in test.get("bidi_component") if element.proto.json]
    found = {"strip": [data for data in sent if isinstance(data, dict) and "strip" in data]}
    found["drawing"] = [svg for svg in drawn(test) if 'class="timeline"' in svg]
    return {name: data[0] for name, data in found.items() if data}


def test_titles_lead_to_deals_and_keep_the_filters() -> None:
    drawing = pieces(opened("timeline", domain="naval"))["drawing"]
    assert 'href="deal?domain=naval&amp;id=alpha-frigates"' in drawing
    picture = drawing[drawing.index('<div class="timeline">') : drawing.index('<p class="source-line">')]
    assert ET.fromstring(picture).tag == "div"  # each that is opened is closed


def test_the_strip_has_all_years_whatever_years_are_chosen() -> None:
    every, some = (pieces(opened("timeline", **own))["strip"] for own in ({}, {"from": "2015", "to": "2020"}))
    assert every["strip"] == some["strip"]
    assert (every["since"], every["until"], some["since"], some["until"]) == (None, None, 2015, 2020)
    assert every["first"] == some["first"] < 2015
    assert every["last"] == date.today().year


@pytest.mark.parametrize(
    ("span", "asked"),
    [
        ([2012, 2018], {"from": ["2012"], "to": ["2018"]}),
        ([1990, 2018], {"to": ["2018"]}),
        ([2012, 2026], {"from": ["2012"]}),
        ([1990, 2026], {}),
    ],
)
def test_years_chosen_on_the_strip_go_into_the_address_and_all_of_them_out(
    span: list[int], asked: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = {"from": ["2001"], "to": ["2002"]}
    monkeypatch.setattr(controls.st, "session_state", {"year-span": {"span": span}})
    monkeypatch.setattr(controls, "write", lambda name, values: address.update({name: values}))
    controls.keep_years("year-span", 1990, 2026)
    assert {name: values for name, values in address.items() if values} == asked


def test_rows_are_shared_unless_the_address_asks_for_one_each() -> None:
    shared, each = (pieces(opened("timeline", **own))["drawing"] for own in ({}, {"rows": "all"}))
    tall = [int(re.findall(r'aria-label="Timeline.*?--wide:(\d+)px', drawing)[0]) for drawing in (shared, each)]
    assert tall[0] < tall[1]


def test_an_unknown_grouping_gives_the_usual_one() -> None:
    shown = filters(opened("timeline", group="weather"))["group"]
    assert (shown["chosen"], shown["blank"]) == ([], "domain")


def test_deals_without_any_date_are_listed_in_words_with_their_links() -> None:
    words = written(opened("timeline"))
    assert undated(), "the tables hold deals without any date, or this test shows nothing"
    listed = words[words.index('class="undated"') :]
    for row in undated():
        assert f"?id={row['deal_id']}" in listed.split("</section>")[0]


def test_no_list_of_undated_deals_where_there_is_none() -> None:
    assert 'class="undated"' not in written(opened("timeline", domain="naval"))


def test_nothing_in_view_says_so_and_draws_no_picture() -> None:
    test = opened("timeline", q="no deal has these words")
    assert "No deal fits these filters" in test.info[0].value
    assert "drawing" not in pieces(test)


def test_deals_of_which_none_has_a_date_are_not_drawn() -> None:
    test = opened("timeline", q=undated()[0]["title"])
    assert "there is nothing to draw" in written(test)
    assert pieces(test) == {}


def test_the_picture_has_words_for_whoever_does_not_see_it() -> None:
    label = re.findall(r'role="group" aria-label="([^"]*)"', pieces(opened("timeline", domain="naval"))["drawing"])[0]
    assert "Timeline of" in label
    assert "milestones" in label


def began(years: list[int], still: int) -> pd.DataFrame:
    days = [pd.Timestamp(year, 6, 1) for year in years]
    return pd.DataFrame({"begins": [*days, pd.NaT], "is_open": [*(at < still for at in range(len(days))), False]})


@pytest.mark.parametrize(
    ("years", "still", "asked", "words"),
    [
        ([], 0, (None, None), "No deal in view has a date."),
        ([2020], 0, (None, None), "1 deal, first dated 2020."),
        ([2020], 1, (None, None), "1 deal, first dated 2020; 1 has no reported end."),
        ([2019, 2020], 1, (None, None), "2 deals since 2019; no two began in the same year; 1 has no reported end."),
        ([2019, 2019, 2021], 0, (None, None), "3 deals since 2019; more began in 2019 than in any other year, 2."),
        ([2019, 2019, 2021, 2021], 2, (None, None), "4 deals since 2019; more began in 2019 and 2021 than in any other year, 2 in each; 2 have no reported end."),
        ([2019, 2019], 0, (None, None), "2 deals since 2019; all began in 2019."),
        ([2011, 2011, 2012, 2012, 2013, 2013, 2014, 2014], 0, (None, None), "8 deals since 2011; never more than 2 began in a year."),
        ([2016, 2020, 2021, 2021], 3, (2020, None), "4 deals active since 2020; more began in 2021 than in any other year of that time, 2; 3 have no reported end."),
        ([2016, 2017], 2, (2020, None), "2 deals active since 2020; none began in that time; 2 have no reported end."),
        ([2016, 2017, 2019, 2019], 0, (2019, 2019), "4 deals active in 2019; 2 began in 2019, the rest earlier."),
        ([2016, 2016, 2020, 2021], 0, (2020, None), "4 deals active since 2020; no two began in the same year of that time."),
        ([2016, 2017], 0, (None, 2018), "2 deals active up to 2018; no two began in the same year."),
        ([2016, 2017], 0, (2016, 2017), "2 deals active from 2016 to 2017; no two began in the same year."),
        ([2016, 2017], 0, (2017, 2017), "2 deals active in 2017; one began in 2017."),
    ],
)  # fmt: skip
def test_the_finding_is_a_true_sentence_of_the_years_asked_for(
    years: list[int], still: int, asked: tuple[int | None, int | None], words: str
) -> None:
    assert page.finding(began(years, still), *asked) == words


def test_the_finding_counts_the_deals_in_view(made_up: Tables) -> None:
    view = page.build(made_up, Selection(domain=("naval",), since=2010), "domain", False, TODAY, Links())
    assert (
        view.finding == "4 deals active since 2010; no two began in the same year of that time; 3 have no reported end."
    )


def test_two_hundred_deals_get_a_row_each_and_more_are_counted_by_year(made_up: Tables) -> None:
    many = grown(made_up, 13)
    most = replace(many, deals=many.deals.head(timeline.MOST), stamp="as many as get a row")
    assert page.build(most, Selection(), "domain", False, TODAY, Links()).by_year is None
    view = page.build(many, Selection(), "domain", False, TODAY, Links())
    assert view.by_year is not None
    assert view.count == 13 * len(read("deals"))
    figure = json.loads(view.by_year.chart.figure)["data"]
    assert sum(sum(bar["y"]) for bar in figure) == 13 * (len(read("deals")) - len(undated()))


def test_too_many_deals_tell_the_reader_to_narrow_the_filters(made_up: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    many = grown(made_up, 12)
    monkeypatch.setattr("dashboard.tables.load.current", lambda: many)
    test = opened("timeline")
    words = written(test)
    assert "Narrow the filters to 200 deals or fewer" in words
    ((_, beside),) = charts(test)
    assert "Stacked bars" in beside["alt"]


def test_a_long_list_of_undated_deals_is_cut_and_says_so(made_up: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = pd.concat([made_up.deals[made_up.deals["begins"].isna()].head(1)] * 7)
    monkeypatch.setattr(page, "LISTED", 2)
    words = page.undated(made_up, rows, Links())
    assert "7 deals without any date" in words
    assert "The first 2 are listed" in words
    assert words.count("<li>") == 2
    assert "listed" not in page.undated(made_up, rows.head(2), Links())


def test_the_key_names_every_kind_of_milestone_and_pattern_in_view(made_up: Tables) -> None:
    words = page.key(made_up, made_up.deals, {"today": "today, as it is"})
    counts = Counter(row["kind"] for row in read("milestones"))
    for kind, label in made_up.dictionary.choices("milestones", "kind").items():
        assert f"</i>{label} <span>{counts[kind]:,}</span>" in words
    assert 'data-end="today" aria-hidden="true"></i>today, as it is</li>' in words
    drawn = {part.split('"')[0] for part in words.split('class="sample" data-pattern="')[1:]}
    assert drawn == {"hatched", "crossed", "outlined", "dotted", "lined"}


def test_the_key_leaves_out_what_is_not_in_view(made_up: Tables) -> None:
    deals = made_up.deals[made_up.deals["status"] == "delivered"]
    assert "data-pattern" not in page.key(made_up, deals, {})


def test_every_shape_of_a_milestone_in_the_key_has_a_style(made_up: Tables) -> None:
    style = "".join(
        path.read_text(encoding="utf-8") for path in (Path(page.__file__).parents[1] / "style").glob("*.css")
    )
    shapes = {
        part.split('"')[0]
        for part in page.key(made_up, made_up.deals, {"today": "today, as it is"}).split('data-shape="')[1:]
    }
    plain = {"square"}  # the mark is a square before any style
    assert all(f'.mark[data-shape="{shape}"]' in style for shape in shapes - plain)


def test_the_years_in_a_table_add_up_to_the_deals(made_up: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    many = grown(made_up, 12)
    monkeypatch.setattr("dashboard.tables.load.current", lambda: many)
    words = written(opened("timeline"))
    (head, body) = re.findall(r"<caption>Deals by the year.*?<thead>(.*?)</thead><tbody>(.*?)</tbody>", words)[0]
    assert head.endswith('">Alleged or denied</th><th scope="col" class="number">All</th></tr>')
    rows = [[int(cell) for cell in re.findall(r"<td.*?>(\d+)</td>", row)] for row in body.split("</tr>") if row]
    years = [year for year, *_ in rows]
    assert years == [*range(min(years), max(years) + 1)]
    assert all(sum(counts) == whole for _, *counts, whole in rows)
    assert sum(whole for *_, whole in rows) == 12 * (len(read("deals")) - len(undated()))
