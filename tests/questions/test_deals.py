from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.questions.deals import (
    SURE,
    Selection,
    count_by,
    is_sure,
    is_trade,
    is_unpriced,
    latest_steps,
    select,
    total,
)
from dashboard.tables.load import Tables
from dashboard.words import format_count, listed
from tests.made_up import Row, format_usd, read
from tests.published import TRADE, parties

DEALS, MILESTONES = read("deals"), read("milestones")
BASES = ["contract", "reported", "estimate"]
ORIGIN = {row["source_id"]: row["origin"] for row in read("sources")}
COUNTRIES = sorted({code for row in DEALS for side in ("supplier", "recipient") for code in row[side].split(";")})
WORDS = sorted({word for row in DEALS for word in re.findall(r"\w{3,}", row["title"])})


def some(column: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted({row[column] for row in DEALS})), max_size=4).map(tuple)


years = st.none() | st.integers(1975, 2035)
selections = st.builds(
    Selection,
    domain=some("domain"),
    status=some("status"),
    kind=some("kind"),
    country=st.lists(st.sampled_from(COUNTRIES), max_size=2).map(tuple),
    since=years,
    until=years,
    sure=st.sampled_from(list(SURE)),
    q=st.sampled_from(["", *WORDS]) | st.text(max_size=6),
)
parts = st.lists(st.booleans(), min_size=len(DEALS), max_size=len(DEALS))


def origins(row: Row) -> int:
    return len({ORIGIN[key] for key in row["source_ids"].split(";")})


def value(row: Row, column: str = "value_usd_m") -> float:
    return float(row[column] or row["value_usd_m"])


def days(row: Row) -> list[str]:
    """Return every date written down for a deal, its milestones' included."""
    steps = [step["date"] for step in MILESTONES if step["deal_id"] == row["deal_id"]]
    return [text for text in (row["announced"], row["start"], row["end"], *steps) if text]


# --- which deals are in view -------------------------------------------------------------------------------------


def test_the_empty_selection_is_every_deal_in_the_order_of_the_file(made_up: Tables) -> None:
    assert list(select(made_up, Selection())["deal_id"]) == [row["deal_id"] for row in DEALS]


@pytest.mark.parametrize("column", ["domain", "status", "kind"])
def test_any_of_several_values_will_do(column: str, made_up: Tables) -> None:
    values = sorted({row[column] for row in DEALS})
    for chosen in [(values[0],), tuple(values[:3]), tuple(values)]:
        expected = [row["deal_id"] for row in DEALS if row[column] in chosen]
        assert list(select(made_up, replace(Selection(), **{column: chosen}))["deal_id"]) == expected


@pytest.mark.parametrize(
    "country", [("TUR",), ("PAK", "TUR"), ("AZE", "PAK", "TUR"), ("CHN", "IND"), ("IND", "PAK"), ("XXX",)]
)
def test_every_chosen_country_is_a_party(country: tuple[str, ...], made_up: Tables) -> None:
    expected = [row["deal_id"] for row in DEALS if set(country) <= set(parties(row))]
    assert list(select(made_up, Selection(country=country))["deal_id"]) == expected


@pytest.mark.parametrize(
    ("sure", "least", "worst"), [("any", 1, 6), ("origins", 2, 6), ("credible", 1, 2), ("both", 2, 2)]
)
def test_the_evidence_asked_for_is_there(sure: str, least: int, worst: int, made_up: Tables) -> None:
    expected = [row["deal_id"] for row in DEALS if origins(row) >= least and int(row["credibility"]) <= worst]
    assert list(select(made_up, Selection(sure=sure))["deal_id"]) == expected
    assert list(made_up.deals.loc[is_sure(made_up.deals, sure), "deal_id"]) == expected


@pytest.mark.parametrize("year", [2002, 2004, 2011, 2012, 2013, 2020, 2025])
def test_years_keep_what_is_known_to_touch_them_or_may_still_go_on(year: int, made_up: Tables) -> None:
    over = ("delivered", "cancelled", "alleged", "denied")
    since, until = [], []
    for row in DEALS:
        known = [int(text[:4]) for text in days(row)]
        last = int(row["end"][:4]) if row["end"] else max(known, default=0)
        if known and (last >= year or (not row["end"] and row["status"] not in over)):
            since.append(row["deal_id"])
        if known and min(known) <= year:
            until.append(row["deal_id"])
    assert list(select(made_up, Selection(since=year))["deal_id"]) == since
    assert list(select(made_up, Selection(until=year))["deal_id"]) == until
    both = select(made_up, Selection(since=year, until=year))["deal_id"]
    assert list(both) == [deal for deal in since if deal in until]


def test_a_deal_without_any_date_is_within_no_years(made_up: Tables) -> None:
    undated = {row["deal_id"] for row in DEALS if not days(row)}
    assert undated == {"golf-course", "sierra-satellite"}
    assert not undated & set(select(made_up, Selection(since=1))["deal_id"])
    assert not undated & set(select(made_up, Selection(until=9998))["deal_id"])


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("frigate", ["alpha-frigates"]),
        ("FRIGATE", ["alpha-frigates"]),
        ("upgrade pakistan", ["bravo-upgrade"]),  # a word of the title, a country
        ("pakistan upgrade", ["bravo-upgrade"]),
        ("beta engines", ["alpha-frigates"]),  # a body of the supplier's side
        ("flotilla", ["hotel-exercise"]),  # a body of the recipient's side
        ("friendship", ["lima-pact"]),  # a word of the summary
        ("delta ukraine", ["delta-engine"]),
        ("frigate ukraine", []),
        ("fri.ate", []),
    ],
)
def test_every_word_of_a_search_is_found_in_any_order_and_case_and_taken_literally(
    q: str, found: list[str], made_up: Tables
) -> None:
    assert list(select(made_up, Selection(q=q))["deal_id"]) == found


@given(selections)
def test_selecting_only_narrows_and_keeps_rows_and_order(made_up: Tables, selection: Selection) -> None:
    kept = select(made_up, selection)
    assert kept.index.is_monotonic_increasing
    assert kept.equals(made_up.deals.loc[kept.index])
    assert kept.equals(select(made_up, selection))


@given(selections, st.sampled_from(COUNTRIES), st.sampled_from(WORDS), st.integers(1, 20))
def test_every_further_wish_narrows(made_up: Tables, selection: Selection, country: str, word: str, years: int) -> None:
    kept = set(select(made_up, selection)["deal_id"])
    further = [
        replace(selection, country=(*selection.country, country)),
        replace(selection, q=f"{selection.q} {word}"),
        replace(selection, since=(selection.since or 1980) + years),
        replace(selection, until=(selection.until or 2030) - years),
        replace(selection, sure="both"),
    ]
    if selection.sure == "any":
        further += [replace(selection, sure="origins"), replace(selection, sure="credible")]
    for name in ("domain", "status", "kind"):
        further += [replace(selection, **{name: getattr(selection, name)[:1]})] if getattr(selection, name) else []
    for narrower in further:
        assert set(select(made_up, narrower)["deal_id"]) <= kept


@given(selections)
def test_the_strictest_evidence_is_what_both_others_keep(made_up: Tables, selection: Selection) -> None:
    kept = {sure: set(select(made_up, replace(selection, sure=sure))["deal_id"]) for sure in SURE}
    assert kept["both"] == kept["origins"] & kept["credible"]
    assert kept["origins"] | kept["credible"] <= kept["any"]


# --- what they add up to -----------------------------------------------------------------------------------------


def test_every_total_equals_a_sum_over_the_file(made_up: Tables) -> None:
    totals = total(made_up.deals, BASES)
    counted = [row for row in DEALS if row["in_totals"] == "yes" and row["value_usd_m"]]
    out = [row for row in DEALS if row["in_totals"] == "no"]
    assert totals.disclosed == pytest.approx(sum(map(value, counted)))
    assert totals.low == pytest.approx(sum(value(row, "value_low_usd_m") for row in counted))
    assert totals.high == pytest.approx(sum(value(row, "value_high_usd_m") for row in counted))
    assert totals.priced == len(counted)
    assert totals.unpriced == len([row for row in DEALS if row["kind"] in TRADE and not row["value_usd_m"]])
    for basis in BASES:
        of = [value(row) for row in counted if row["value_basis"] == basis]
        assert totals.parts[basis] == (pytest.approx(sum(of)), len(of))
    assert totals.left_out == Counter(row["status"] for row in out)
    assert totals.left_out_priced == len([row for row in out if row["value_usd_m"]])
    assert totals.left_out_usd_m == pytest.approx(sum(value(row) for row in out if row["value_usd_m"]))
    # 1000 of a contract, 200 and 0.02 reported, 40.5 estimated; left out are 300, 90 and 75.
    assert (totals.disclosed, totals.priced) == (pytest.approx(1240.52), 4)
    assert (totals.low, totals.high) == (pytest.approx(990.52), pytest.approx(1460.02))
    assert (totals.left_out_usd_m, totals.left_out_priced) == (465, 3)
    assert totals.unpriced == 2


@given(parts)
def test_totals_of_any_deals_equal_a_sum_over_their_rows_and_account_for_each(
    made_up: Tables, chosen: list[bool]
) -> None:
    deals, picked = made_up.deals[chosen], [row for row, is_in in zip(DEALS, chosen, strict=True) if is_in]
    totals = total(deals, BASES)
    counted = [row for row in picked if row["in_totals"] == "yes" and row["value_usd_m"]]
    unpriced = [row for row in picked if row["in_totals"] == "yes" and not row["value_usd_m"]]
    assert totals.disclosed == pytest.approx(sum(map(value, counted)))
    assert totals.low <= totals.disclosed <= totals.high
    assert totals.priced + len(unpriced) + sum(totals.left_out.values()) == len(picked)
    assert int(is_unpriced(deals).sum()) == totals.unpriced
    assert sum(money for money, _ in totals.parts.values()) == pytest.approx(totals.disclosed)
    assert sum(count for _, count in totals.parts.values()) == totals.priced


@given(parts)
def test_the_totals_of_two_halves_add_up_to_those_of_the_whole(made_up: Tables, chosen: list[bool]) -> None:
    whole = total(made_up.deals, BASES)
    halves = [total(made_up.deals[chosen], BASES), total(made_up.deals[[not is_in for is_in in chosen]], BASES)]
    for name in ("disclosed", "low", "high", "priced", "unpriced", "left_out_priced", "left_out_usd_m"):
        assert sum(getattr(half, name) for half in halves) == pytest.approx(getattr(whole, name))
    assert Counter(halves[0].left_out) + Counter(halves[1].left_out) == whole.left_out


def test_what_is_left_out_has_the_same_order_whatever_the_order_of_the_deals(made_up: Tables) -> None:
    orders = [list(total(deals, BASES).left_out) for deals in (made_up.deals, made_up.deals[::-1])]
    assert len(orders[0]) > 2
    assert orders[0] == orders[1]


def test_no_deals_add_up_to_nothing(made_up: Tables) -> None:
    totals = total(made_up.deals.iloc[:0], BASES)
    assert (totals.disclosed, totals.low, totals.high, totals.priced, totals.unpriced) == (0, 0, 0, 0, 0)
    assert (totals.left_out, totals.left_out_priced, totals.left_out_usd_m) == ({}, 0, 0)
    assert totals.parts == dict.fromkeys(BASES, (0, 0))


def test_what_has_no_public_value_is_never_counted_as_zero(made_up: Tables) -> None:
    deals = made_up.deals[is_unpriced(made_up.deals)]
    totals = total(deals, BASES)
    assert (totals.priced, totals.unpriced) == (0, len(deals))
    assert set(deals["kind"]) <= set(TRADE)


@pytest.mark.parametrize("column", ["domain", "status", "kind", "value_basis"])
def test_counts_follow_the_dictionary_and_leave_no_deal_out(column: str, made_up: Tables) -> None:
    choices = made_up.dictionary.choices("deals", column)
    expected = Counter(row[column] for row in DEALS if row[column])
    counts = [(name, expected[name]) for name in choices]
    assert list(count_by(made_up.deals, column, choices).items()) == counts


def test_the_latest_steps_are_the_latest_of_the_deals_in_view(made_up: Tables) -> None:
    view = select(made_up, Selection(country=("AZE",)))
    steps = latest_steps(made_up, view, 5)
    titles = {row["deal_id"]: row["title"] for row in DEALS if "AZE" in parties(row)}
    dated = sorted(
        (row for row in made_up.milestones.to_dict("records") if row["deal_id"] in titles),
        key=lambda row: (row["date_latest"], row["date_earliest"]),
        reverse=True,
    )
    assert [step["event"] for step in steps] == [row["event"] for row in dated[:5]]
    assert [step["title"] for step in steps] == [titles[step["deal_id"]] for step in steps]
    assert latest_steps(made_up, view.iloc[:0], 5) == []


# --- words -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("million", "words"),
    [
        (0, "$0m"), (0.04, "$40,000"), (0.1, "$0.1m"), (20, "$20m"), (350, "$350m"), (999.94, "$999.9m"), (999.96, "$1bn"),
        (1000, "$1bn"), (1500, "$1.5bn"), (11_212, "$11.21bn"), (1_234_567, "$1,234.57bn"), (75.25, "$75.2m"),
    ],
)  # fmt: skip
def test_money_in_words(million: float, words: str) -> None:
    assert format_usd(million) == words


@settings(max_examples=200)
@given(st.floats(1e-6, 1e7))
def test_money_in_words_is_the_amount_to_the_digits_shown(million: float) -> None:
    words = format_usd(million)
    match = re.fullmatch(r"\$([\d,]+(?:\.\d+)?)(bn|m|)", words)
    assert match
    shown = float(match[1].replace(",", ""))
    scale, digits = {"bn": (1000, 0.01), "m": (1, 0.1), "": (1e-6, 1)}[match[2]]
    assert abs(shown * scale - million) <= digits * scale / 2 * (1 + 1e-6)
    assert shown > 0
    assert not (match[2] == "m" and shown >= 1000)


def test_counts_in_words() -> None:
    assert [format_count(count, "deal") for count in (0, 1, 2, 12_345)] == [
        "0 deals",
        "1 deal",
        "2 deals",
        "12,345 deals",
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_words_are_listed_as_in_a_sentence(words: list[str], expected: str) -> None:
    assert listed(words) == listed(iter(words)) == expected


def test_what_has_a_price_is_trade_whatever_its_kind(made_up: Tables) -> None:
    pact = made_up.deals[made_up.deals["kind"] == "pact"]
    assert not is_trade(pact).any()
    assert is_trade(pact.assign(value_usd_m=5.0)).all()
