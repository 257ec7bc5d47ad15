from __future__ import annotations

import calendar
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import combinations, pairwise, product
from typing import Any
from xml.etree import ElementTree as ET

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts import deals_per_year
from dashboard.charts.timeline.bars import Bar
from dashboard.charts.timeline.figure import alt, notes, timeline, years
from dashboard.charts.timeline.lanes import GAP, box
from dashboard.charts.timeline.marks import measure
from dashboard.charts.timeline.scale import scale
from dashboard.charts.timeline.strip import strip
from dashboard.charts.timeline.timetable import ROW, SHEET, THUMB, WIDTHS, Timetable, _piece, timetable
from dashboard.questions import timeline as chronology
from dashboard.style import tokens
from dashboard.tables.load import Tables
from tests.made_up import read

TODAY = date(2026, 11, 22)
PHONE = 342  # pixels of the picture on a phone 390 pixels wide
SVG = "{http://www.w3.org/2000/svg}"


def bounds(text: str) -> tuple[date, date]:
    """Return the first day of an EDTF date and the day after its last, by our own count."""
    parts = [int(part) for part in text.rstrip("~?").split("-")]
    first = date(*[*parts, 1, 1][:3])
    days = {1: 366 if calendar.isleap(first.year) else 365, 2: calendar.monthrange(first.year, first.month)[1], 3: 1}
    return first, first + timedelta(days=days[len(parts)])


def trace(figure: go.Figure, name: str) -> Any:
    return next(trace for trace in figure.data if trace.name == name)


@cache
def dated() -> set[str]:
    stepped = {row["deal_id"] for row in read("milestones")}
    return {
        row["deal_id"]
        for row in read("deals")
        if row["announced"] or row["start"] or row["end"] or row["deal_id"] in stepped
    }


def test_the_largest_pair_of_countries_comes_first_and_the_many_last(made_up: Tables) -> None:
    _, order = chronology.group(made_up, made_up.deals, "pair")
    sides = [frozenset([*row["supplier"].split(";"), *row["recipient"].split(";")]) for row in read("deals")]
    most = Counter(pair for pair in sides if len(pair) == 2).most_common(1)[0][0]
    assert order[0] == " and ".join(sorted(made_up.country_name(code) for code in most))
    assert order[-1] == chronology.SEVERAL


def test_the_words_for_the_picture_are_counted(made_up: Tables) -> None:
    doubted = sum(row["status"] in ("alleged", "denied") for row in read("deals") if row["deal_id"] in dated())
    words = alt(made_up, made_up.deals, "domain")
    assert f"{len(dated())} deals" in words
    assert f"{len(read('milestones'))} milestones" in words
    assert f"{doubted} alleged or denied" in words


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
    figure = go.Figure(deals_per_year.year_bars(counts, labels, looks(made_up)))
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
    figure = go.Figure(deals_per_year.year_bars(chronology.per_year(made_up, made_up.deals), labels, looks(made_up)))
    shapes = {bar.name: bar.marker.pattern.shape for bar in figure.data}
    assert [name for name, shape in shapes.items() if shape] == [labels[chronology.DOUBTED]]
    assert labels[chronology.DOUBTED] == "Alleged or denied"


def test_no_deals_give_no_bars_by_year(made_up: Tables) -> None:
    counts = chronology.per_year(made_up, made_up.deals[:0])
    figure = go.Figure(deals_per_year.year_bars(counts, chronology.part_labels(made_up), looks(made_up)))
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


@pytest.fixture(scope="module")
def whole(made_up: Tables) -> Timetable:
    return timetable(made_up, made_up.deals, "domain", TODAY)


@pytest.fixture(scope="module")
def picture(made_up: Tables, whole: Timetable) -> ET.Element:
    return drawn(made_up, whole)


def drawn(tables: Tables, table: Timetable, page: str = "deal") -> ET.Element:
    return ET.fromstring(timeline(tables, table, "in words", TODAY, page))


def deals(picture: ET.Element) -> dict[str, ET.Element]:
    """Return the link of each deal in the picture, by the deal's id."""
    return {link.attrib["href"].split("id=")[1]: link for link in picture.iter(f"{SVG}a")}


def bars(table: Timetable) -> dict[str, Bar]:
    return {row.bar.deal["deal_id"]: row.bar for row in table.rows}


def test_every_deal_with_a_date_is_drawn_once_and_no_other_is(whole: Timetable, picture: ET.Element) -> None:
    assert sorted(row.bar.deal["deal_id"] for row in whole.rows) == sorted(dated()) == sorted(deals(picture))
    assert len(list(picture.iter(f"{SVG}a"))) == len(dated()) < len(read("deals"))


@pytest.mark.parametrize("every", [False, True])
@pytest.mark.parametrize("by", ["domain", "pair", "status"])
def test_no_two_bars_lie_over_each_other_at_any_width_words_included(made_up: Tables, by: str, every: bool) -> None:
    table = timetable(made_up, made_up.deals, by, TODAY, every=every)
    for part, (width, least) in product(table.parts, WIDTHS.items()):
        for one, other in combinations(part.rows, 2):
            if abs(one.tops[width] - other.tops[width]) >= ROW:
                continue
            assert one.tops[width] == other.tops[width]
            boxes = [box(_piece(row.bar, row.words[row.choice[width]]), least) for row in (one, other)]
            assert boxes[0][1] + GAP <= boxes[1][0] + 1e-6 or boxes[1][1] + GAP <= boxes[0][0] + 1e-6
        assert max(row.tops[width] for row in part.rows) + ROW <= part.heights[width]


@pytest.mark.parametrize("every", [False, True])
def test_a_group_taller_than_a_page_of_paper_is_parted_between_its_rows(made_up: Tables, every: bool) -> None:
    one = made_up.deals[made_up.deals["deal_id"].isin(dated())].head(1)
    many = pd.concat(
        [one.assign(deal_id=f"deal-{at}", title="Alike " * 9) for at in range(SHEET + 6)], ignore_index=True
    )
    table = timetable(replace(made_up, deals=many, stamp="many"), many, "domain", TODAY, every=every)
    assert [(part.name.endswith(", continued"), part.count) for part in table.parts] == [(False, SHEET + 6), (True, 0)]
    assert len(table.rows) == SHEET + 6
    assert max(part.heights["paper"] for part in table.parts) <= SHEET * ROW
    picture = drawn(made_up, table)
    assert len(list(picture.iter(f"{SVG}a"))) == SHEET + 6
    headings = [text for head in picture.iter(f"{SVG}g") if head.attrib["class"] == "head" for text in head.itertext()]
    assert headings == [table.parts[0].name, f" {SHEET + 6}", table.parts[1].name]


def test_each_part_is_a_picture_of_its_own_with_the_years_above_it_for_paper(
    picture: ET.Element, whole: Timetable
) -> None:
    pages = [[svg.attrib["class"] for svg in part] for part in picture]
    assert pages == [["times years", "times lanes"]] * len(whole.parts)
    assert len(whole.parts) > 1


def test_shared_rows_are_fewer_and_with_one_each_and_on_a_phone_every_deal_has_its_own(
    made_up: Tables, whole: Timetable
) -> None:
    each = timetable(made_up, made_up.deals, "domain", TODAY, every=True)
    assert whole.heights["vast"] < each.heights["vast"]
    for table, width in ((each, "vast"), (each, "small"), (whole, "phone")):
        for part in table.parts:
            tops = sorted(row.tops[width] for row in part.rows)
            assert all(below - above >= (THUMB if width == "phone" else ROW) for above, below in pairwise(tops))


def test_titles_are_reached_in_the_order_of_reading(picture: ET.Element, whole: Timetable) -> None:
    order = [(at, row.tops["wide"], row.bar.opening[0]) for at, part in enumerate(whole.parts) for row in part.rows]
    assert order == sorted(order)
    assert list(deals(picture)) == [row.bar.deal["deal_id"] for row in whole.rows]


@pytest.mark.parametrize("by", ["domain", "pair", "status"])
def test_each_group_has_a_heading_with_its_number_of_deals(made_up: Tables, by: str) -> None:
    table = timetable(made_up, made_up.deals, by, TODAY)
    counts: Counter[str] = Counter()
    for row in read("deals"):
        if row["deal_id"] in dated():
            sides = set(row["supplier"].split(";")) | set(row["recipient"].split(";"))
            names = sorted(made_up.country_name(code) for code in sides)
            label = made_up.dictionary.label("deals", by, row[by]) if by != "pair" else " and ".join(names)
            counts[label if len(sides) < 3 or by != "pair" else chronology.SEVERAL] += 1
    assert {part.name.split(" ", 1)[1] if by == "domain" else part.name: part.count for part in table.parts} == counts
    assert {part.name: len(part.rows) for part in table.parts} == {part.name: part.count for part in table.parts}


def test_a_bar_is_as_uncertain_as_its_dates(whole: Timetable) -> None:
    span, checked = 365.2425 / (1 / (whole.scale.edges[1] - whole.scale.edges[0])), 0
    for row in read("deals"):
        text = row["start"] or row["announced"]
        if row["deal_id"] not in bars(whole) or not text or bounds(text)[0].year < whole.scale.pivot:
            continue
        bar, (first, after) = bars(whole)[row["deal_id"]], bounds(text)
        wide = (bar.opening[1] - bar.opening[0]) * span
        assert wide == pytest.approx((after - first).days if (after - first).days > 1 else 0, abs=0.01)
        if row["start"] and row["end"]:
            start, end = bounds(row["start"]), bounds(row["end"])
            solid = start[0] if start[1] - start[0] == timedelta(1) else start[1]
            until = end[1] if end[1] - end[0] == timedelta(1) else end[0]
            assert (bar.core[1] - bar.core[0]) * span == pytest.approx((until - solid).days, abs=0.01)
        checked += 1
    assert checked > 3


def test_a_deal_known_only_by_one_year_has_no_solid_part(whole: Timetable) -> None:
    assert set(bars(whole)["echo-jammer"].parts) == {"opening"}


def test_uncertain_parts_are_thinner_and_paler_than_solid_ones(picture: ET.Element) -> None:
    found = {"core": set(), "opening": set(), "closing": set()}
    for part in picture.iter(f"{SVG}rect"):
        name = part.attrib["class"].removeprefix("bar ")
        if name in found and part.attrib["fill"] != "none":
            found[name].add((float(part.attrib["height"]), float(part.attrib.get("fill-opacity", 1))))
    assert found["opening"] == found["closing"]
    assert max(found["opening"]) < min(found["core"])


def test_alleged_and_denied_deals_are_hatched_and_labelled_and_talks_are_hollow(
    made_up: Tables, picture: ET.Element
) -> None:
    patterns, seen = made_up.dictionary.meaning("deals", "status", "pattern"), set()
    for row in read("deals"):
        if row["deal_id"] not in dated():
            continue
        link, pattern = deals(picture)[row["deal_id"]], patterns[row["status"]]
        label = made_up.dictionary.label(
            "deals", "status", row["status"], made_up.dictionary.meaning("deals", "kind", "family")[row["kind"]]
        )
        for part in link.iter(f"{SVG}rect"):
            if part.attrib["class"].startswith("bar "):
                seen.add(pattern)
                fill = part.attrib["fill"]
                assert (
                    fill == "none"
                    if pattern == "outlined"
                    else fill.startswith(f"url(#deal-{pattern}-") == (pattern != "solid")
                )
        texts = [text for text in link.iter(f"{SVG}text") if text.attrib["class"].startswith("t")]
        assert texts
        for text in texts:
            assert (f"·\u00a0{label.lower()}" in (text.text or "")) == (pattern != "solid")
            assert ("slanted" in text.attrib["class"]) == (pattern != "solid")
    assert {"hatched", "outlined", "solid"} <= seen


def test_each_milestone_is_a_mark_of_its_kind_with_a_line_as_wide_as_its_date(
    made_up: Tables, picture: ET.Element
) -> None:
    shapes = made_up.dictionary.meaning("milestones", "kind", "shape")
    for deal_id, link in deals(picture).items():
        rows = [row for row in read("milestones") if row["deal_id"] == deal_id]
        marks = [use.attrib["href"].removeprefix("#deal-") for use in link.iter(f"{SVG}use")]
        assert sorted(mark for mark in marks if mark != "on") == sorted(shapes[row["kind"]] for row in rows)
        wide = [line for line in link.iter(f"{SVG}line") if line.attrib["class"] == "wide"]
        assert len(wide) == sum(len(row["date"].rstrip("~?")) < 10 for row in rows)
    assert {use.attrib["href"][1:] for use in picture.iter(f"{SVG}use")} <= {
        part.attrib["id"] for part in picture.iter() if "id" in part.attrib
    }


def test_an_end_is_open_not_known_or_as_exact_as_it_is_known(whole: Timetable) -> None:
    going = ("proposed", "negotiating", "signed", "in-progress", "ongoing", "stalled")
    states = {row["deal_id"]: row for row in read("deals")}
    for deal_id, bar in bars(whole).items():
        row = states[deal_id]
        known = row["end"][-1] if row["end"][-1:] in ("~", "?") else ""
        assert bar.end_mark == (known if row["end"] else "→" if row["status"] in going else "…")


def test_the_tooltip_says_what_a_reader_needs(made_up: Tables, picture: ET.Element) -> None:
    priced = made_up.dictionary.having("deals", "kind", "priced")
    for row in read("deals"):
        if row["deal_id"] not in dated():
            continue
        said = deals(picture)[row["deal_id"]].findtext(f"{SVG}title", "")
        assert said.startswith(f"{row['title']}\n")
        assert all(made_up.country_name(code) in said for code in f"{row['supplier']};{row['recipient']}".split(";"))
        assert f"redibility {row['credibility']} (" in said
        assert "independent origin" in said
        assert all(text[:4] in said for text in (row["start"], row["end"], row["announced"]))
        assert ("No public value" in said) == (row["value_usd_m"] == "" and row["kind"] in priced)


def test_words_are_whole_where_there_is_room_and_a_status_is_never_cut(made_up: Tables) -> None:
    long = made_up.deals.assign(title=lambda rows: rows["title"] + " with a name that goes on and on")
    table, cut = timetable(replace(made_up, deals=long, stamp="long"), long, "domain", TODAY), 0
    assert 1 in {row.choice["phone"] for row in table.rows}
    assert 0 in {row.choice["vast"] for row in table.rows}
    for row in table.rows:
        assert row.words[0].startswith(row.bar.deal["title"])
        for shorter in row.words[1:]:
            cut += 1
            assert "…" in shorter
            assert measure(shorter) < measure(row.words[0])
            assert shorter.partition(" ·")[2] == row.words[0].partition(" ·")[2]
    assert cut


def test_titles_from_the_table_cannot_put_markup_into_the_picture(made_up: Tables) -> None:
    hostile = "<a href='https://x.example'>A & B</a>"
    tables = replace(made_up, deals=made_up.deals.head(1).assign(title=hostile), stamp="hostile")
    picture = drawn(tables, timetable(tables, tables.deals, "status", TODAY))
    assert [link.findtext(f"{SVG}title", "").split("\n")[0] for link in picture.iter(f"{SVG}a")] == [hostile]


def test_links_keep_the_filters_of_the_page(made_up: Tables, whole: Timetable) -> None:
    links = [link.attrib["href"] for link in drawn(made_up, whole, "deal?domain=naval").iter(f"{SVG}a")]
    assert all(link.startswith("deal?domain=naval&id=") for link in links)


def test_today_is_marked_where_it_is_and_named(made_up: Tables, whole: Timetable, picture: ET.Element) -> None:
    lines = [line for line in picture.iter(f"{SVG}line") if line.attrib["class"] == "today"]
    assert [line.attrib["x1"] for line in lines] == [f"{whole.scale.share(TODAY) * 100:.2f}%"] * len(whole.parts)
    assert notes(whole, TODAY)["today"] == "today, 22 November 2026"


def test_a_picture_of_some_years_says_where_it_is_cut_off(made_up: Tables) -> None:
    table = timetable(made_up, made_up.deals, "domain", TODAY, 2015, 2020)
    assert notes(table, TODAY) == {"cut": "cut off before 2015 and after 2020"}
    picture = drawn(made_up, table)
    assert not [line for line in picture.iter(f"{SVG}line") if line.attrib["class"] == "today"]
    for part in picture.iter():
        places = [
            float(part.attrib[name][:-1])
            for name in ("x", "x1", "x2", "width")
            if part.attrib.get(name, "").endswith("%")
        ]
        assert all(0 <= place <= 100 for place in places)


def test_what_may_still_go_on_shows_it_in_a_picture_that_begins_after_its_last_date(made_up: Tables) -> None:
    table = timetable(made_up, made_up.deals, "domain", TODAY, 2026)
    early = [row.bar for row in table.rows if row.bar.stop < 0]
    assert {bar.deal["is_open"] for bar in early} == {True, False}
    found = deals(drawn(made_up, table))
    for bar in early:
        arrows = [use.attrib["x"] for use in found[bar.deal["deal_id"]].iter(f"{SVG}use")]
        assert arrows == (["0%"] if bar.deal["is_open"] else [])


def test_few_early_deals_get_narrow_years_and_the_picture_says_so(made_up: Tables) -> None:
    late = made_up.deals[made_up.deals["begins"] >= pd.Timestamp(2018, 1, 1)]
    early = made_up.deals[made_up.deals["begins"] < pd.Timestamp(2005, 1, 1)].head(1)
    table = timetable(made_up, pd.concat([early, late]), "domain", TODAY)
    assert table.scale.part(table.scale.pivot) == pytest.approx(0.2, abs=0.01)
    assert notes(table, TODAY)["narrow"] == f"years narrower before {table.scale.pivot:.0f}"
    cut = timetable(made_up, pd.concat([early, late]), "domain", TODAY, early["begins"].dt.year.item() + 1)
    assert notes(cut, TODAY) == {
        "cut": f"cut off before {cut.scale.first:.0f}",
        "narrow": f"years narrower before {cut.scale.pivot:.0f}",
        "today": "today, 22 November 2026",
    }


def test_years_are_written_closer_where_there_is_room(whole: Timetable) -> None:
    texts = [text.attrib["class"] for text in ET.fromstring(years(whole.scale)).iter(f"{SVG}text")]
    assert set(texts) == {"coarse", "finer"}


def test_without_a_date_the_words_say_so(made_up: Tables) -> None:
    assert alt(made_up, made_up.deals[:0], "domain") == "Timeline without any dated deal."


def test_the_strip_has_the_number_of_each_year_and_what_is_in_doubt_hatched(made_up: Tables) -> None:
    counts = chronology.per_year(made_up, made_up.deals)
    found = ET.fromstring(strip(counts))
    said = [group.findtext(f"{SVG}title", "") for group in found.iter(f"{SVG}g")]
    sums = counts.sum(axis=1)
    expected = dict(zip(sums[sums > 0].index.tolist(), sums[sums > 0].tolist(), strict=True))
    assert {int(words[:4]): int(words.split()[1]) for words in said} == expected
    hatched = [part for part in found.iter(f"{SVG}rect") if part.attrib["fill"].startswith("url(#strip-hatched")]
    assert len(hatched) == sum(" in doubt" in words for words in said) > 0
    assert hatched[0].attrib["fill"].endswith(f"{tokens.NEUTRAL[1:]})")
    firm = strip(counts.drop(columns=chronology.DOUBTED))
    assert "in doubt" not in firm
    written = [text.text for text in found.iter(f"{SVG}text")]
    assert {"2010", "2020"} <= set(written)
