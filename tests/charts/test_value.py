from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.charts import value, value_words
from dashboard.questions import deals, money
from dashboard.questions.money import Group
from dashboard.style import plotly as theme
from dashboard.tables.load import Tables
from tests.made_up import DOLLARS, read
from tests.published import TRADE

PATTERNS = {"contract": "solid", "reported": "hatched", "estimate": "dotted"}
COLOURS = {
    "naval": "#123456",
    "air": "#654321",
    "cyber": "#112233",
    "land": "#332211",
    "space": "#445566",
    "drones": "#665544",
}
BASES = {"contract": "Contract", "reported": "Reported", "estimate": "Estimate"}

DEALS = read("deals")
alt = partial(value_words.alt, currency=DOLLARS)
foot_parts, head_parts = (
    partial(value_words.foot_parts, currency=DOLLARS),
    partial(value_words.head_parts, currency=DOLLARS),
)
place, value_bars = partial(value.place, currency=DOLLARS), partial(value.value_bars, currency=DOLLARS)


@pytest.fixture(scope="module")
def by_domain(made_up: Tables) -> list[Group]:
    return money.groups(made_up, made_up.deals, "domain")


def draw(groups: list[Group]) -> go.Figure:
    return go.Figure(value_bars(groups, BASES, PATTERNS, COLOURS))


def trace(figure: go.Figure, name: str) -> dict[str, Any]:
    (found,) = [each for each in figure.to_plotly_json()["data"] if each["name"] == name]
    return found


def group(key: str = "naval", label: str = "Naval", **changes: Any) -> Group:
    silent = deals.Totals(0.0, 0.0, 0.0, 0, 0, dict.fromkeys(BASES, (0.0, 0)), {}, 0, 0.0)
    return Group(key, label, replace(silent, **changes))


def test_the_pieces_of_the_bars_are_the_sums_of_the_rows_by_domain_and_basis(by_domain: list[Group]) -> None:
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for row in DEALS:
        if row["in_totals"] == "yes" and row["value_usd_m"]:
            sums[row["domain"], row["value_basis"]] += float(row["value_usd_m"])
    figure = draw(by_domain)
    for basis, words in BASES.items():
        assert list(trace(figure, words)["x"]) == [pytest.approx(sums[each.key, basis]) for each in by_domain]


def test_bars_are_stacked_in_order_from_the_top_none_over_another(by_domain: list[Group]) -> None:
    figure = draw(by_domain)
    assert figure.layout.barmode == "stack"
    top, bottom = figure.layout.yaxis.range[::-1]
    assert (top, bottom) == (0, figure.layout.height)
    rows = place(by_domain, BASES)
    assert [row.group for row in rows] == by_domain
    assert all(above.bottom <= below.top for above, below in pairwise(rows))
    assert rows[-1].bottom == figure.layout.height


def test_each_basis_has_its_own_pattern_and_each_domain_its_own_hue(by_domain: list[Group]) -> None:
    figure = draw(by_domain)
    patterns = [trace(figure, words)["marker"].get("pattern", {}).get("shape", "") for words in BASES.values()]
    assert patterns == [theme.PATTERNS[PATTERNS[basis]] for basis in BASES]
    assert len(set(patterns)) == len(BASES)
    assert trace(figure, "Without a public value")["marker"]["pattern"]["shape"] not in patterns
    assert list(trace(figure, "Contract")["marker"]["color"]) == [COLOURS[each.key] for each in by_domain]


def test_a_stub_stands_at_every_group_with_a_deal_of_no_public_value_and_nowhere_else(by_domain: list[Group]) -> None:
    counts: dict[str, int] = defaultdict(int)
    for row in DEALS:
        counts[row["domain"]] += row["kind"] in TRADE and not row["value_usd_m"]
    stubs = trace(draw(by_domain), "Without a public value")
    assert list(stubs["customdata"]) == [counts[each.key] for each in by_domain if counts[each.key]]
    assert len(set(stubs["x"])) == 1
    assert min(stubs["x"]) > 0


def test_a_range_is_drawn_only_where_sources_differ(by_domain: list[Group]) -> None:
    lows: dict[str, float] = defaultdict(float)
    highs: dict[str, float] = defaultdict(float)
    for row in DEALS:
        if row["in_totals"] == "yes" and row["value_usd_m"]:
            lows[row["domain"]] += float(row["value_low_usd_m"] or row["value_usd_m"])
            highs[row["domain"]] += float(row["value_high_usd_m"] or row["value_usd_m"])
    differ = [each for each in by_domain if lows[each.key] != highs[each.key]]
    assert 0 < len(differ) < len(by_domain)
    ranges = trace(draw(by_domain), "Where sources differ")
    ends = zip(ranges["x"], ranges["error_x"]["arrayminus"], ranges["error_x"]["array"], strict=True)
    found = [(at - minus, at + plus) for at, minus, plus in ends]
    assert found == [(pytest.approx(lows[each.key]), pytest.approx(highs[each.key])) for each in differ]


def test_a_group_with_nothing_disclosed_still_has_its_row_and_never_reads_zero(by_domain: list[Group]) -> None:
    silent = [each for each in by_domain if not each.totals.priced]
    assert silent
    words = trace(draw(by_domain), "Words")["text"]
    for each in by_domain:
        assert any(f"<b>{each.label}</b>" in line for line in words)
    assert not any("$0" in line for line in words)
    hovers = [note for each in draw(by_domain).data for note in each.hovertext or []]
    assert any(note.endswith(": none") for note in hovers)
    assert not any("$0" in note for note in hovers)
    assert head_parts(group(unpriced=9)) == ["<b>Naval</b>", "+ 9 without a public value"]
    assert head_parts(group()) == ["<b>Naval</b>", "nothing in totals"]


def test_the_words_below_a_bar_say_its_parts_its_range_and_what_is_left_out() -> None:
    parts = {"contract": (0.0, 0), "reported": (1500.0, 2), "estimate": (500.0, 1)}
    full = group(
        disclosed=2000.0, low=1000.0, high=2000.0, priced=3, parts=parts, left_out_priced=1, left_out_usd_m=80.0
    )
    assert foot_parts(full.totals, BASES) == [
        "$1.5bn reported, $500m estimate", "range $1bn to $2bn", "$80m left out of totals",
    ]  # fmt: skip
    single = group(
        disclosed=75.0, low=75.0, high=75.0, priced=1, parts={**parts, "reported": (75.0, 1), "estimate": (0.0, 0)}
    )
    assert foot_parts(single.totals, BASES) == ["basis: reported"]


def test_words_fit_on_a_phone(made_up: Tables) -> None:
    for by in money.BY:
        for row in place(money.groups(made_up, made_up.deals, by), BASES):
            assert all(len(line) <= 60 for line in [*row.head, *row.foot]), row


def test_an_alleged_or_denied_group_is_set_apart() -> None:
    doubted = replace(group("alleged", "Alleged", unpriced=4), is_doubted=True)
    assert head_parts(doubted)[0] == "<i><b>Alleged</b></i>"
    assert head_parts(group("signed", "Signed", unpriced=4))[0] == "<b>Signed</b>"


def test_a_name_cannot_smuggle_in_markup() -> None:
    figure = draw([group("x", '<img src="x">', unpriced=1)])
    assert "&lt;img" in trace(figure, "Words")["text"][0]
    assert all("<img" not in str(each) for each in figure.to_plotly_json()["data"])


def test_no_group_gives_words_instead_of_bars() -> None:
    figure = go.Figure(value_bars([], BASES, PATTERNS, {}))
    assert not figure.data
    assert "No trade deal" in figure.layout.annotations[0].text
    assert alt([], BASES, "Value").startswith("No trade deal is in view")


def test_only_deals_without_a_value_still_give_a_picture() -> None:
    figure = draw([group(unpriced=3)])
    assert list(trace(figure, "Without a public value")["customdata"]) == [3]
    assert figure.layout.xaxis.range[1] > 0


def test_the_text_alternative_carries_the_numbers_of_the_first_groups(by_domain: list[Group]) -> None:
    words = alt(by_domain, BASES, "Disclosed value by domain", most=2)
    assert words.startswith("Horizontal bars: Disclosed value by domain. ")
    assert "Naval, $1.2bn, $1bn contract, $200m reported, range $950m to $1.4bn; Air, $40.5m, " in words
    assert words.endswith(f"{len(by_domain) - 2} more groups are in the table below.")
    assert "more groups" not in alt(by_domain, BASES, "Disclosed value by domain", most=len(by_domain))
    assert "Cyber, nothing disclosed, 1 without a public value" in alt(by_domain, BASES, "Disclosed value by domain")


def test_the_figure_names_our_template_and_has_few_traces(by_domain: list[Group]) -> None:
    figure = draw(by_domain)
    assert figure.layout.template == go.layout.Template(theme.TEMPLATE)
    assert len(figure.data) <= 6
