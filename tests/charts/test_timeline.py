from __future__ import annotations

import calendar
import html
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts import deals_per_year
from dashboard.charts.timeline.figure import alt, timeline
from dashboard.charts.timeline.scale import scale
from dashboard.questions import timeline as chronology
from dashboard.style import plotly as theme
from dashboard.style import tokens
from dashboard.tables.load import Tables
from tests.made_up import read

TODAY = date(2026, 11, 22)
LETTER_WIDTH = 5.6  # pixels, at most, of the mean letter of a title
PHONE = 342  # pixels of the picture on a phone 390 pixels wide


def bounds(text: str) -> tuple[date, date]:
    """Return the first day of an EDTF date and the day after its last, by our own count."""
    parts = [int(part) for part in text.rstrip("~?").split("-")]
    first = date(*[*parts, 1, 1][:3])
    days = {1: 366 if calendar.isleap(first.year) else 365, 2: calendar.monthrange(first.year, first.month)[1], 3: 1}
    return first, first + timedelta(days=days[len(parts)])


def trace(figure: go.Figure, name: str) -> Any:
    return next(trace for trace in figure.data if trace.name == name)


def pieces(figure: go.Figure, part: str) -> dict[str, tuple[float, float]]:
    """Return where a part of each bar begins and how wide it is."""
    bars = trace(figure, "bars")
    return {
        deal_id: (base, width)
        for (deal_id, which), base, width in zip(bars.customdata, bars.base, bars.x, strict=True)
        if which == part
    }


def narrow(figure: go.Figure) -> int:
    """Return the year before which the picture says that years are drawn narrower; 0 where it says of none."""
    words = next((note.text for note in figure.layout.annotations if "narrow" in note.text), "0")
    return next(int(word) for word in words.split() if word.isdigit())


@pytest.fixture(scope="module")
def whole(made_up: Tables) -> go.Figure:
    return timeline(made_up, made_up.deals, "domain", TODAY)


@cache
def dated() -> set[str]:
    stepped = {row["deal_id"] for row in read("milestones")}
    return {
        row["deal_id"]
        for row in read("deals")
        if row["announced"] or row["start"] or row["end"] or row["deal_id"] in stepped
    }


def test_every_deal_with_a_date_has_one_row_and_no_other_has(whole: go.Figure) -> None:
    rows = [deal_id for (deal_id,) in trace(whole, "deals").customdata]
    assert sorted(rows) == sorted(dated())
    assert len(rows) < len(read("deals")), "the tables hold deals without any date, or this test shows nothing"


def test_the_picture_is_made_of_few_traces(whole: go.Figure) -> None:
    kinds = {row["kind"] for row in read("milestones")}
    assert len(whole.data) <= 10 + len(kinds)


def test_every_milestone_of_the_table_is_drawn_as_a_mark_of_its_kind(whole: go.Figure, made_up: Tables) -> None:
    labels = made_up.dictionary.choices("milestones", "kind")
    drawn = {name: len(trace(whole, label).x) for name, label in labels.items()}
    assert drawn == Counter(row["kind"] for row in read("milestones"))


def test_each_kind_of_milestone_has_a_shape_of_its_own(whole: go.Figure, made_up: Tables) -> None:
    marks = [trace(whole, label).marker for label in made_up.dictionary.choices("milestones", "kind").values()]
    assert len({(mark.symbol, mark.color) for mark in marks}) == len(marks)


def test_solid_and_open_marks_stand_on_two_layers_above_all_else(whole: go.Figure) -> None:
    marks = [mark for mark in whole.data if mark.type == "scatter" and mark.mode == "markers"]
    solid, hollow = tokens.INKS["light"], tokens.GROUNDS["light"]
    assert {(mark.zorder, mark.marker.color) for mark in marks} == {(1, solid), (2, hollow)}
    assert [part.name for part in whole.data if part.zorder and part not in marks] == ["widths"]


def test_deals_stand_by_group_and_then_by_their_opening(whole: go.Figure, made_up: Tables) -> None:
    deals = {row["deal_id"]: row for row in read("deals")}
    order = list(made_up.dictionary.choices("deals", "domain"))
    bars = trace(whole, "deals")
    rows = [deals[deal_id] for _, (deal_id,) in sorted(zip(bars.y, bars.customdata, strict=True))]
    domains = [row["domain"] for row in rows]
    assert domains == sorted(domains, key=order.index)
    for one, other in pairwise(rows):
        if one["domain"] == other["domain"] and one["start"] and other["start"]:
            assert bounds(one["start"])[0] <= bounds(other["start"])[0]


@pytest.mark.parametrize("by", ["domain", "pair", "status"])
def test_each_group_has_a_heading_with_its_number_of_deals(made_up: Tables, by: str) -> None:
    headings = trace(timeline(made_up, made_up.deals, by, TODAY), "headings")
    counts: Counter[str] = Counter()
    for row in read("deals"):
        if row["deal_id"] in dated():
            sides = set(row["supplier"].split(";")) | set(row["recipient"].split(";"))
            names = sorted(made_up.country_name(code) for code in sides)
            label = made_up.dictionary.label("deals", by, row[by]) if by != "pair" else " and ".join(names)
            counts[label if len(sides) < 3 or by != "pair" else chronology.SEVERAL] += 1
    found = {}
    for text in headings.text:
        name, count = text.removeprefix("<b>").split("</b>")
        found[name.split(" ", 1)[1] if by == "domain" else name] = int(count)
    assert found == counts
    assert list(headings.y) == sorted(headings.y)


def test_the_largest_pair_of_countries_comes_first_and_the_many_last(made_up: Tables) -> None:
    _, order = chronology.group(made_up, made_up.deals, "pair")
    sides = [frozenset([*row["supplier"].split(";"), *row["recipient"].split(";")]) for row in read("deals")]
    most = Counter(pair for pair in sides if len(pair) == 2).most_common(1)[0][0]
    assert order[0] == " and ".join(sorted(made_up.country_name(code) for code in most))
    assert order[-1] == chronology.SEVERAL


def test_an_uncertain_opening_is_as_wide_as_its_date(whole: go.Figure) -> None:
    drawn, checked = pieces(whole, "opening"), 0
    for row in read("deals"):
        text = row["start"] or row["announced"]
        if not text or row["deal_id"] not in drawn or bounds(text)[0].year < narrow(whole):
            continue
        first, after = bounds(text)
        base, width = drawn[row["deal_id"]]
        assert width * 365.2425 == pytest.approx((after - first).days), row["deal_id"]
        assert base == pytest.approx(1970 + (first - date(1970, 1, 1)).days / 365.2425)
        checked += 1
    assert checked > 3


def test_a_date_known_to_the_day_gives_no_uncertain_opening(whole: go.Figure) -> None:
    exact = {row["deal_id"] for row in read("deals") if len(row["start"].rstrip("~?")) == 10}
    assert exact
    assert not exact & set(pieces(whole, "opening"))


def test_the_solid_part_runs_from_the_latest_start_to_the_earliest_end(whole: go.Figure) -> None:
    drawn, checked = pieces(whole, "core"), 0
    for row in read("deals"):
        if row["start"] and row["end"] and row["deal_id"] in drawn and bounds(row["start"])[0].year >= narrow(whole):
            (start, after_start), (end, after_end) = bounds(row["start"]), bounds(row["end"])
            solid = start if after_start - start == timedelta(1) else after_start
            until = after_end if after_end - end == timedelta(1) else end
            assert drawn[row["deal_id"]][1] * 365.2425 == pytest.approx((until - solid).days), row["deal_id"]
            checked += 1
    assert checked > 1


def test_a_deal_known_only_by_one_year_has_no_solid_part(whole: go.Figure) -> None:
    stepped = {row["deal_id"] for row in read("milestones") if len(row["date"].rstrip("~?")) > 4}
    vague = {
        row["deal_id"]
        for row in read("deals")
        if len((row["start"] or row["announced"]).rstrip("~?")) == 4 and not row["end"]
    } - stepped
    assert "echo-jammer" in vague
    assert vague <= set(pieces(whole, "opening"))
    assert not vague & set(pieces(whole, "core"))


def test_uncertain_parts_are_thinner_and_paler_than_solid_ones(whole: go.Figure) -> None:
    bars = trace(whole, "bars")
    looks = {part: set() for part in ("core", "opening", "closing")}
    for (_, part), width, colour in zip(bars.customdata, bars.width, bars.marker.color, strict=True):
        if colour != tokens.CLEAR:
            looks[part].add((width, len(colour)))
    assert looks["opening"] == looks["closing"]
    assert max(width for width, _ in looks["opening"]) < min(width for width, _ in looks["core"])
    assert not {length for _, length in looks["opening"]} & {length for _, length in looks["core"]}


def test_a_milestone_known_only_by_month_or_year_has_a_line_as_wide_as_its_date(whole: go.Figure) -> None:
    widths = trace(whole, "widths").x
    wide = [bounds(row["date"]) for row in read("milestones") if len(row["date"].rstrip("~?")) < 10]
    assert len(widths) == 3 * len(wide)
    recent = sum((after - first).days for first, after in wide if first.year >= narrow(whole))
    drawn = sum(
        end - start for start, end in zip(widths[::3], widths[1::3], strict=True) if start >= narrow(whole) - 0.01
    )
    assert drawn * 365.2425 == pytest.approx(recent)


def test_alleged_and_denied_deals_are_hatched_and_labelled_and_plain_ones_are_not(
    whole: go.Figure, made_up: Tables
) -> None:
    patterns = made_up.dictionary.meaning("deals", "status", "pattern")
    status = {row["deal_id"]: row["status"] for row in read("deals")}
    bars, titles = trace(whole, "bars"), trace(whole, "titles")
    for (deal_id, _), shape in zip(bars.customdata, bars.marker.pattern.shape, strict=True):
        assert shape == theme.PATTERNS[patterns[status[deal_id]]]
    assert bars.marker.pattern.fillmode == "replace", "hatched bars are hollow between the hatches"
    for (deal_id,), text in zip(trace(whole, "deals").customdata, titles.text, strict=True):
        doubted = status[deal_id] in ("alleged", "denied")
        assert (status[deal_id] in text and text.startswith("<i>")) or not doubted
        assert ("alleged</a>" in text or "denied</a>" in text) == doubted


def test_every_title_is_whole_fits_a_phone_and_links_to_its_deal(whole: go.Figure, made_up: Tables) -> None:
    names = {row["deal_id"]: row["title"] for row in read("deals")}
    left, right = whole.layout.xaxis.range
    titles = trace(whole, "titles")
    shares = {"middle right": 0.0, "middle center": 0.5, "middle left": 1.0}
    for (deal_id,), text, x, side in zip(
        trace(whole, "deals").customdata, titles.text, titles.x, titles.textposition, strict=True
    ):
        assert f"deal?id={deal_id}" in text
        lines = [
            html.unescape(line.split(">")[-2].removesuffix("</a")) for line in text.removesuffix("</i>").split("<br>")
        ]
        plain = " ".join(lines).split(" ·")[0]
        assert plain == names[deal_id]
        width = max(map(len, lines)) * LETTER_WIDTH
        begin = (x - left) / (right - left) * PHONE - shares[side] * width
        assert begin >= -6, text
        assert begin + width <= PHONE + 16, text


def test_titles_and_bars_of_different_deals_do_not_share_a_place(whole: go.Figure) -> None:
    rows = trace(whole, "deals")
    edges = sorted((y - width / 2, y + width / 2) for y, width in zip(rows.y, rows.width, strict=True))
    assert all(upper[1] <= lower[0] for upper, lower in pairwise(edges))
    headings = trace(whole, "headings").y
    assert not [y for y in headings for top, bottom in edges if top < y < bottom]


def test_open_deals_reach_today_and_others_say_that_their_end_is_not_known(whole: go.Figure, made_up: Tables) -> None:
    marks = dict(
        zip([deal_id for (deal_id,) in trace(whole, "deals").customdata], trace(whole, "end marks").text, strict=True)
    )
    states = {row["deal_id"]: row for row in read("deals")}
    going = ("proposed", "negotiating", "signed", "in-progress", "ongoing", "stalled")
    for deal_id, mark in marks.items():
        row = states[deal_id]
        if row["end"]:
            assert mark.strip("\u00a0") == (row["end"][-1] if row["end"][-1] in "~?" else "")
        else:
            assert mark.strip("\u00a0") == ("→" if row["status"] in going else "…")
    today = next(shape for shape in whole.layout.shapes if shape.name == "today")
    ends = list(trace(whole, "open").x[1::3])
    assert ends
    assert set(ends) == {today.x0}


def test_today_is_marked_where_it_is_and_named(made_up: Tables) -> None:
    figure = timeline(made_up, made_up.deals, "domain", date(2027, 3, 1))
    line = next(shape for shape in figure.layout.shapes if shape.name == "today")
    assert line.x0 == line.x1 == pytest.approx(1970 + (date(2027, 3, 1) - date(1970, 1, 1)).days / 365.2425)
    assert any("1 March 2027" in note.text for note in figure.layout.annotations)


def test_a_picture_that_ends_before_today_does_not_mark_it(made_up: Tables) -> None:
    figure = timeline(made_up, made_up.deals, "domain", TODAY, (2015, 2020))
    assert not [shape for shape in figure.layout.shapes if shape.name == "today"]
    assert figure.layout.xaxis.range == pytest.approx((2015, 2021), abs=0.01)
    assert {note.text for note in figure.layout.annotations} == {"Cut off before 2015", "Cut off after 2020"}


def test_hover_says_what_a_reader_needs(whole: go.Figure, made_up: Tables) -> None:
    texts = dict(
        zip([deal_id for (deal_id,) in trace(whole, "deals").customdata], trace(whole, "deals").hovertext, strict=True)
    )
    priced = made_up.dictionary.having("deals", "kind", "priced")
    for row in read("deals"):
        if row["deal_id"] not in texts:
            continue
        said = html.unescape(texts[row["deal_id"]]).replace("<br>", " ")
        assert f"<b>{row['title']}</b>" in said
        assert all(made_up.country_name(code) in said for code in f"{row['supplier']};{row['recipient']}".split(";"))
        family = made_up.dictionary.meaning("deals", "kind", "family")[row["kind"]]
        assert made_up.dictionary.label("deals", "status", row["status"], family) in said
        assert f"redibility {row['credibility']} (" in said
        assert "independent origin" in said
        assert all(text[:4] in said for text in (row["start"], row["end"], row["announced"]))
        valued = row["value_usd_m"] != ""
        assert ("$" in said) == valued
        assert ("No public value" in said) == (not valued and row["kind"] in priced)


def test_titles_from_the_table_cannot_put_markup_into_the_picture(made_up: Tables) -> None:
    tables = replace(made_up, deals=made_up.deals.head(1).assign(title="<a href='https://x.example'>A & B</a>"))
    figure = timeline(tables, tables.deals, "status", TODAY)
    for text in (*trace(figure, "titles").text, *trace(figure, "deals").hovertext):
        assert "<a href='https" not in text
        assert "&lt;a" in text


@pytest.mark.parametrize("among", ["no deal", "deals without a date"])
def test_nothing_with_a_date_gives_a_picture_that_says_so(made_up: Tables, among: str) -> None:
    deals = made_up.deals[:0] if among == "no deal" else made_up.deals[~made_up.deals["deal_id"].isin(dated())]
    figure = timeline(made_up, deals, "domain", TODAY)
    assert not figure.data
    assert "date" in figure.layout.annotations[0].text
    assert "without" in alt(made_up, deals, "domain")


def test_one_deal_alone_is_drawn(made_up: Tables) -> None:
    figure = timeline(made_up, made_up.deals[made_up.deals["deal_id"].isin(dated())].head(1), "pair", TODAY)
    assert len(trace(figure, "deals").y) == 1


def test_the_words_for_the_picture_are_counted(made_up: Tables) -> None:
    doubted = sum(row["status"] in ("alleged", "denied") for row in read("deals") if row["deal_id"] in dated())
    words = alt(made_up, made_up.deals, "domain")
    assert f"{len(dated())} deals" in words
    assert f"{len(read('milestones'))} milestones" in words
    assert f"{doubted} alleged or denied" in words


def test_few_early_deals_get_narrow_years_and_the_picture_says_so(made_up: Tables) -> None:
    late = made_up.deals[made_up.deals["begins"] >= pd.Timestamp(2018, 1, 1)]
    early = made_up.deals[made_up.deals["begins"] < pd.Timestamp(2005, 1, 1)].head(1)
    figure = timeline(made_up, pd.concat([early, late]), "domain", TODAY)
    left, right = figure.layout.xaxis.range
    assert narrow(figure) > early["begins"].dt.year.item()
    assert (narrow(figure) - left) / (right - left) == pytest.approx(0.2, abs=0.01)


def test_what_is_only_talked_about_is_hollow_and_says_so(whole: go.Figure) -> None:
    talked = {row["deal_id"] for row in read("deals") if row["status"] in ("proposed", "negotiating")}
    bars = trace(whole, "bars")
    hollow = {
        deal_id for (deal_id, _), fill in zip(bars.customdata, bars.marker.color, strict=True) if fill == tokens.CLEAR
    }
    assert hollow == talked & {deal_id for (deal_id,) in trace(whole, "deals").customdata} != set()
    titles = dict(zip([key for (key,) in trace(whole, "deals").customdata], trace(whole, "titles").text, strict=True))
    assert all("negotiating" in titles[deal_id] or "proposed" in titles[deal_id] for deal_id in hollow)


def test_a_deal_that_ends_on_the_first_day_of_a_year_is_drawn_to_the_end_of_that_day(whole: go.Figure) -> None:
    base, width = pieces(whole, "core")["alpha-frigates"]
    assert base + width == pytest.approx(1970 + (date(2012, 1, 2) - date(1970, 1, 1)).days / 365.2425)


@pytest.mark.parametrize(
    ("deal_id", "words"),
    [
        ("alpha-frigates", "Turkey to Pakistan"),
        ("juliett-embargo", "India against Turkey"),
        ("lima-pact", "Pakistan and Turkey"),
    ],
)
def test_hover_says_who_deals_with_whom(whole: go.Figure, deal_id: str, words: str) -> None:
    deals = trace(whole, "deals")
    texts = dict(zip([key for (key,) in deals.customdata], deals.hovertext, strict=True))
    assert words in texts[deal_id]


def test_years_are_even_where_no_early_stretch_is_empty() -> None:
    begins = pd.Series(pd.date_range("2018-01-01", "2026-01-01", freq="YS"))
    years = scale(begins, date(2018, 1, 1), date(2026, 12, 31))
    assert not years.is_broken
    assert years.at(date(2020, 1, 1)) - years.at(date(2019, 1, 1)) == pytest.approx(365 / 365.2425)


@pytest.mark.parametrize("first", [date(1981, 1, 1), date(2015, 1, 1), date(2025, 1, 1)])
def test_written_years_never_touch_on_a_phone(made_up: Tables, first: date) -> None:
    begins = made_up.deals["begins"].dropna()
    years = scale(begins, first, TODAY)
    left, right = years.edges
    places = [(x - left) / (right - left) * PHONE for x, _ in years.ticks()]
    assert len(places) >= 3
    assert min(after - before for before, after in pairwise(places)) >= 26


def looks(tables: Tables) -> dict[str, dict[str, Any]]:
    return tables.dictionary.tables["deals"]["domain"].meanings


def test_many_deals_are_counted_by_the_year_in_which_they_begin(made_up: Tables) -> None:
    firsts: dict[str, list[date]] = {row["deal_id"]: [] for row in read("deals")}
    for row in read("deals"):
        firsts[row["deal_id"]] += [bounds(row[name])[0] for name in ("announced", "start", "end") if row[name]]
    for row in read("milestones"):
        firsts[row["deal_id"]].append(bounds(row["date"])[0])
    expected: Counter[tuple[str, int]] = Counter()
    for row in read("deals"):
        if firsts[row["deal_id"]]:
            part = chronology.DOUBTED if row["status"] in ("alleged", "denied") else row["domain"]
            expected[part, min(firsts[row["deal_id"]]).year] += 1
    counts, labels = chronology.per_year(made_up, made_up.deals), chronology.part_labels(made_up)
    figure = deals_per_year.year_bars(counts, labels, looks(made_up))
    found = {
        (part, year): number
        for part in counts
        for year, number in zip(trace(figure, labels[part]).x, trace(figure, labels[part]).y, strict=True)
        if number
    }
    assert found == expected
    assert figure.layout.barmode == "stack"
    years = {year for _, year in expected}
    assert list(counts.index) == list(range(min(years), max(years) + 1))


def test_doubted_deals_are_hatched_among_the_bars_by_year(made_up: Tables) -> None:
    labels = chronology.part_labels(made_up)
    figure = deals_per_year.year_bars(chronology.per_year(made_up, made_up.deals), labels, looks(made_up))
    shapes = {bar.name: bar.marker.pattern.shape for bar in figure.data}
    assert [name for name, shape in shapes.items() if shape] == [labels[chronology.DOUBTED]]
    assert labels[chronology.DOUBTED] == "Alleged or denied"


def test_no_deals_give_no_bars_by_year(made_up: Tables) -> None:
    counts = chronology.per_year(made_up, made_up.deals[:0])
    figure = deals_per_year.year_bars(counts, chronology.part_labels(made_up), looks(made_up))
    assert not figure.data
    assert "without" in deals_per_year.alt(counts, {})


@pytest.mark.parametrize(
    ("start", "end", "announced", "is_open", "words"),
    [
        ("2016-06-22", "", "2016-06-22", True, "since 22 June 2016, no end reported"),
        ("2004~", "", "2014-12~", False, "from about 2004, end not known, announced about December 2014"),
        ("2006~", "2008~", "", False, "about 2006 to about 2008"),
        ("", "2024-02~", "", False, "start not known, ended about February 2024"),
        ("", "", "2025", True, "announced 2025, no end reported"),
        ("", "", "", False, "dated by its milestones only, end not known"),
    ],
)
def test_dates_in_words_say_what_a_blank_means(start: str, end: str, announced: str, is_open: bool, words: str) -> None:
    row = {"start": start, "end": end, "announced": announced, "is_open": is_open, "begins": pd.Timestamp(2004, 1, 1)}
    assert chronology.when(row) == words


def test_a_deal_without_any_date_says_so() -> None:
    row = {"start": "", "end": "", "announced": "", "is_open": False, "begins": pd.NaT}
    assert chronology.when(row) == "dates not known"


def test_values_in_words_name_their_basis_and_are_never_zero(made_up: Tables) -> None:
    row = {
        "value_low_usd_m": float("nan"),
        "value_high_usd_m": float("nan"),
        "value_basis": "reported",
        "in_totals": "yes",
    }
    assert chronology.value(made_up, {**row, "value_usd_m": 350.0, "unpriced": False}) == "$350m (reported)"
    ranged = {**row, "value_usd_m": 1500.0, "value_low_usd_m": 1000.0, "value_high_usd_m": 1500.0, "unpriced": False}
    assert chronology.value(made_up, ranged) == "$1.5bn (reported, sources say $1bn to $1.5bn)"
    assert chronology.value(made_up, {**ranged, "in_totals": "no"}).endswith("not in totals)")
    assert chronology.value(made_up, {**row, "value_usd_m": float("nan"), "unpriced": True}) == "no public value"
    assert chronology.value(made_up, {**row, "value_usd_m": float("nan"), "unpriced": False}) == ""


def test_evidence_in_words_has_the_grade_and_the_origins(made_up: Tables) -> None:
    label = made_up.dictionary.label("deals", "credibility", 2).lower()
    assert (
        chronology.evidence(made_up, {"origins": 1, "credibility": 2})
        == f"credibility 2 ({label}), 1 independent origin"
    )
    assert chronology.evidence(made_up, {"origins": 3, "credibility": pd.NA}) == "not graded, 3 independent origins"
