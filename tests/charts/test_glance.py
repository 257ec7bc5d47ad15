"""Small pictures: their bars fit, add up to the numbers, and say them in words."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby, pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.glance import years as drawn_years
from dashboard.charts.glance.claims import claim_bars
from dashboard.charts.glance.sheet import NARROW, UNKNOWN, Sheet, key, sample
from dashboard.charts.glance.worth import worth_bars
from dashboard.charts.glance.years import year_bars
from dashboard.questions import money
from dashboard.questions.deals import Totals
from dashboard.questions.timeline import DOUBTED, part_labels, per_year
from dashboard.style.tokens import DARK, GROUNDS, INKS
from dashboard.tables.load import Tables
from tests.made_up import DOLLARS

SVG = "{http://www.w3.org/2000/svg}"
LOOKS = {"air": {"colour": "#3395D4", "glyph": "▲"}, "sea": {"colour": "#0072B2", "glyph": "■"}}
LABELS = {"air": "Air", "sea": "Sea", DOUBTED: "Alleged or denied"}
BASES = {"contract": "Contract", "reported": "Reported"}
PATTERNS = {"contract": "solid", "reported": "hatched"}
SHEET = Sheet("any")
counted = st.lists(st.tuples(*[st.integers(0, 400)] * 3), min_size=1, max_size=120).filter(
    lambda rows: any(map(any, rows))
)


def root(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def bars(svg: str) -> list[dict[str, float]]:
    """Return the bars of a picture, without the samples of its key: per cents across, pixels down."""
    found = [rect.attrib for rect in root(svg).iter(f"{SVG}rect") if rect.get("x", "").endswith("%")]
    return [{name: float(rect[name].rstrip("%")) for name in ("x", "y", "width", "height")} for rect in found]


def words(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in root(svg).iter(f"{SVG}text")]


def is_within(svg: str) -> bool:
    height = float(root(svg).attrib["height"])
    return all(
        bar["x"] >= 0
        and bar["x"] + bar["width"] <= 100.02
        and bar["y"] >= 0
        and bar["y"] + bar["height"] <= height + 0.1
        for bar in bars(svg)
    )


# --- deals by year -----------------------------------------------------------------------------------------------


def table(rows: list[tuple[int, ...]], first: int = 1990) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["air", "sea", DOUBTED], index=range(first, first + len(rows)))


@given(counted)
def test_the_bars_of_the_years_fit_and_are_as_tall_as_their_numbers(rows: list[tuple[int, ...]]) -> None:
    svg = year_bars(table(rows), LABELS, LOOKS, SHEET)
    unit = drawn_years.TALL / max(map(sum, rows))
    assert is_within(svg)
    tall = sum(bar["height"] for bar in bars(svg))
    assert tall == pytest.approx(unit * sum(map(sum, rows)), abs=0.06 * len(bars(svg)))
    assert len(bars(svg)) == sum(number > 0 for row in rows for number in row)
    assert len({bar["x"] for bar in bars(svg)}) == sum(map(any, rows))
    for left, stacked in groupby(bars(svg), key=lambda bar: bar["x"]):
        pieces = [*stacked]
        feet = [drawn_years.TOP + drawn_years.TALL, *(bar["y"] for bar in pieces)]
        assert [bar["y"] + bar["height"] for bar in pieces] == pytest.approx(feet[:-1], abs=0.11), left
    for text in root(svg).iter(f"{SVG}text"):
        assert 0 <= float(text.get("x", "0").rstrip("%")) <= 100


@given(counted)
def test_years_in_words_leave_room_between_each_other(rows: list[tuple[int, ...]]) -> None:
    svg = year_bars(table(rows), LABELS, LOOKS, SHEET)
    at = [
        float(text.attrib["x"].rstrip("%"))
        for text in root(svg).iter(f"{SVG}text")
        if re.fullmatch(r"\d{4}", text.text or "")
    ]
    assert at == sorted(at)
    assert all(right - left > 100 * 20 / NARROW for left, right in pairwise(at))


def test_what_is_alleged_or_denied_lies_on_top_and_is_hatched() -> None:
    svg = year_bars(table([(1, 2, 3)]), LABELS, LOOKS, SHEET)
    air, sea, doubted = bars(svg)
    assert air["y"] > sea["y"] > doubted["y"]
    fills = [rect.attrib["fill"] for rect in root(svg).iter(f"{SVG}rect") if rect.get("x", "").endswith("%")]
    assert fills[:2] == ["#3395D4", "#0072B2"]
    assert re.fullmatch(r"url\(#any-hatched-[0-9A-F]{6}\)", fills[2])
    assert re.findall(r"url\(#(.*?)\)", svg)[0] in re.findall(r'<pattern id="(.*?)"', svg)


def test_a_year_says_its_numbers_and_the_key_names_each_part() -> None:
    svg = year_bars(table([(1, 2, 0), (0, 0, 0), (1, 0, 0)]), LABELS, LOOKS, SHEET)
    titles = [title.text for title in root(svg).iter(f"{SVG}title")]
    assert titles == ["1990: 3 deals. Air 1, Sea 2", "1992: 1 deal. Air 1"]
    assert {"Air", "Sea", "Alleged or denied", "1990", "1991", "1992", "3"} <= set(words(svg))
    assert root(svg).attrib["aria-label"].startswith("Stacked bars of 4 deals by the year in which they begin")


def test_a_tall_piece_carries_the_sign_of_its_domain_and_a_slim_one_does_not() -> None:
    assert words(year_bars(table([(3, 0, 0)]), LABELS, LOOKS, SHEET)).count("▲") == 2, "with that of the key"
    assert words(year_bars(table([(1, 300, 0)]), LABELS, LOOKS, SHEET)).count("▲") == 1
    assert words(year_bars(table([(3, 0, 0)] * 119), LABELS, LOOKS, SHEET)).count("▲") == 1


def test_no_dated_deal_is_said(made_up: Tables) -> None:
    svg = year_bars(per_year(made_up, made_up.deals.iloc[:0]), {}, {}, SHEET)
    assert words(svg) == ["No deal has a date."]


def test_the_made_up_deals_are_counted_once_each(made_up: Tables) -> None:
    counts = per_year(made_up, made_up.deals)
    svg = year_bars(counts, part_labels(made_up), made_up.dictionary.tables["deals"]["domain"].meanings, SHEET)
    said = [
        int(number)
        for title in root(svg).iter(f"{SVG}title")
        for number in re.findall(r": (\d+) deal", title.text or "")
    ]
    assert sum(said) == made_up.deals["begins"].notna().sum()


# --- disclosed value ---------------------------------------------------------------------------------------------


def group(key: str, contract: float, reported: float, unpriced: int, left_out: int = 0) -> money.Group:
    parts = {"contract": (contract, int(contract > 0)), "reported": (reported, int(reported > 0))}
    total, priced = contract + reported, int(contract > 0) + int(reported > 0)
    return money.Group(
        key, key.title(), Totals(total, total, total, priced, unpriced, parts, {"alleged": left_out}, 0, 0.0)
    )


def worth(*groups: money.Group, sheet: Sheet = SHEET) -> str:
    return worth_bars([*groups], BASES, PATTERNS, LOOKS, DOLLARS, sheet)


amounts = st.one_of(st.just(0.0), st.floats(0.5, 1e6))


@given(st.lists(st.tuples(amounts, amounts, st.integers(0, 50)), min_size=1, max_size=8))
def test_the_parts_of_a_bar_add_up_on_one_scale_and_a_stub_stands_for_what_is_unknown(
    rows: list[tuple[float, float, int]],
) -> None:
    groups = [group(f"g{at}", *row) for at, row in enumerate(rows)]
    svg = worth(*groups)
    assert is_within(svg)
    longest = max(one.totals.disclosed for one in groups)
    drawn = [rect for rect in root(svg).iter(f"{SVG}rect") if rect.get("x", "").endswith("%")]
    stubs = [rect for rect in drawn if f"-{UNKNOWN}-" in rect.attrib["fill"]]
    assert len(stubs) == sum(unpriced > 0 for *_, unpriced in rows)
    assert len({rect.attrib["width"] for rect in stubs}) <= 1, "how much is unknown is not known"
    lengths = [float(rect.attrib["width"].rstrip("%")) for rect in drawn if rect not in stubs]
    expected = [part / longest * 94 for contract, reported, _ in rows for part in (contract, reported) if part]
    assert lengths == pytest.approx(expected, abs=0.01)
    for _, parts in groupby(
        [bar for bar, rect in zip(bars(svg), drawn, strict=True) if rect not in stubs], lambda bar: bar["y"]
    ):
        pieces = [*parts]
        ends = [0.0, *(bar["x"] + bar["width"] for bar in pieces)]
        assert [bar["x"] for bar in pieces] == pytest.approx(ends[:-1], abs=0.02)


def test_beside_each_bar_stand_its_sum_and_the_number_undisclosed() -> None:
    svg = worth(group("air", 75, 925, 7), group("sea", 0, 0, 2), group("land", 0, 0, 0, left_out=1))
    assert {"▲ Air $1bn", "+ 7 undisclosed", "■ Sea none disclosed", "2 undisclosed", "Land nothing in totals"} <= set(
        words(svg)
    )
    assert {"contract", "reported", "no public value: unknown, not zero"} <= set(words(svg))
    assert "$0" not in svg
    assert "Air, $1bn, $75m contract, $925m reported, 7 without a public value" in root(svg).attrib["aria-label"]


def test_no_trade_in_view_is_said() -> None:
    assert words(worth()) == ["No trade deal is in view."]


# --- claims against denials --------------------------------------------------------------------------------------


def contested(title: str, asserts: int, denies: int, is_doubted: bool = False) -> dict[str, Any]:
    return {"title": title, "asserts": asserts, "denies": denies, "is_doubted": is_doubted}


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)).filter(any), min_size=1, max_size=4))
def test_claims_go_left_and_denials_right_of_the_middle_on_one_scale(rows: list[tuple[int, int]]) -> None:
    svg = claim_bars([contested("A flight", *row) for row in rows], {}, SHEET)
    assert is_within(svg)
    most = max(map(max, rows))
    expected = [(side, number / most * 28) for row in rows for side, number in enumerate(row) if number]
    found = [(int(bar["x"] >= 49.99), bar["width"]) for bar in bars(svg)]
    assert [side for side, _ in found] == [side for side, _ in expected]
    assert [wide for _, wide in found] == pytest.approx([wide for _, wide in expected], abs=0.01)


def test_each_side_says_its_number_and_a_denial_is_hollow() -> None:
    svg = claim_bars([contested("A flight", 2, 1, is_doubted=True), contested("Another", 1, 0)], {"more": 3}, SHEET)
    assert words(svg) == ["A flight", "2 claim", "1 denies", "Another", "1 claims", "none denies", "3 more"]
    fills = [rect.attrib["fill-opacity"] for rect in root(svg).iter(f"{SVG}rect") if rect.get("x", "").endswith("%")]
    assert fills == [".75", "0", ".75"]
    assert [text.get("font-style") for text in root(svg).iter(f"{SVG}text")][:4:3] == ["italic", None]
    assert "A flight: 2 claim, 1 denies; Another: 1 claims, none denies; 3 more." in root(svg).attrib["aria-label"]


def test_nothing_contested_is_said_in_words_alone() -> None:
    svg = claim_bars([], {}, SHEET)
    assert words(svg) == []
    assert root(svg).attrib["aria-label"].endswith("No deal is contested.")


def test_a_long_title_is_broken_and_never_cut() -> None:
    title = " ".join(["submarine"] * 12)
    lines = words(claim_bars([contested(title, 1, 0)], {}, SHEET))[:-2]
    assert len(lines) > 1
    assert " ".join(lines) == title


# --- the sheet ---------------------------------------------------------------------------------------------------


def test_a_picture_of_a_file_has_its_own_width_ink_ground_and_source() -> None:
    sheet = Sheet("file", width=640, theme=DARK, source="Made-up tables, version 1. " * 6)
    svg = worth(group("air", 1, 1, 1), sheet=sheet)
    assert root(svg).attrib["width"] == "640"
    assert "var(" not in svg
    assert INKS[DARK] in svg
    assert f'<rect width="100%" height="100%" fill="{GROUNDS[DARK]}"/>' in svg
    assert " ".join(words(svg)).count("Made-up tables, version 1.") == 6


def test_on_a_page_a_picture_takes_the_ink_of_the_page_and_all_the_room() -> None:
    svg = worth(group("air", 1, 1, 1))
    assert root(svg).attrib["width"] == "100%"
    assert "var(--ink, " in svg
    assert "version" not in svg


def test_a_thin_line_runs_from_the_lowest_to_the_highest_sum_only_where_sources_differ() -> None:
    plain = group("air", 40, 0, 0)
    ranged = replace(plain, totals=replace(plain.totals, low=10.0, high=80.0))
    assert "sources differ" not in worth(plain)
    svg = worth(plain, ranged)
    assert "sources differ" in svg
    (line,) = [
        one
        for one in root(svg).iter(f"{SVG}line")
        if one.get("x1", "").endswith("%") and one.get("y1") == one.get("y2")
    ]
    left, right = (float(line.attrib[name].removesuffix("%")) for name in ("x1", "x2"))
    assert right == pytest.approx(8 * left, abs=0.05)
    (*_, bar) = [rect for rect in root(svg).iter(f"{SVG}rect") if rect.get("x", "").endswith("%")]
    assert float(bar.attrib["width"].removesuffix("%")) == pytest.approx(right / 2, abs=0.05)


@pytest.mark.parametrize("pattern", ["solid", "hatched", "crossed", "dotted", "lined", "outlined", UNKNOWN])
def test_every_pattern_of_the_dictionary_can_be_drawn(pattern: str) -> None:
    paint = SHEET.paint(pattern, "#0072b2")
    assert 'stroke="#0072b2"' in paint
    assert {"solid": 'fill="#0072b2"', "outlined": 'fill="none"'}.get(pattern, f"url(#any-{pattern}-0072B2)") in paint


def test_the_key_breaks_where_the_narrowest_place_ends() -> None:
    signs = [(sample('fill="none"'), "some words of the key") for _ in range(5)]
    drawn, height = key(SHEET, signs, 0)
    lefts = [float(x) for x in re.findall(r"translate\(([\d.]+) ", drawn)]
    assert lefts.count(0.0) > 1
    assert max(lefts) < NARROW
    assert height > 17
    assert key(SHEET, [], 5) == ("", 5)
