"""Where deals run and happen, worked out again from the files row by row."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

import pandas as pd
import pytest

from dashboard import flows
from dashboard.data import Tables
from dashboard.deals import Selection, select
from tests.made_up import Row, read
from tests.published import TRADE

DEALS = read("deals")
PLACES = {row["place_id"]: row for row in read("places")}
COUNTRIES = {row["country"]: row for row in read("countries")}
DOUBTED = ("alleged", "denied")


class Flow(NamedTuple):
    """What the file says of one supplier, recipient and domain."""

    deals: int
    value: float | None
    undisclosed: int
    contested: int


def lines_of(row: Row) -> list[tuple[str, str, str]]:
    """Return the lines on which a deal stands: every supplier with every recipient."""
    pairs = [(a, b) for a in row["supplier"].split(";") for b in row["recipient"].split(";")]
    return [(a, b, row["domain"]) for a, b in pairs]


def worked_out(rows: Iterable[Row]) -> dict[tuple[str, str, str], Flow]:
    """Return the flows that rows of the file make."""
    on = defaultdict(list)
    for row in rows:
        for line in lines_of(row):
            on[line].append(row)
    return {line: summed(some) for line, some in on.items()}


def summed(rows: list[Row]) -> Flow:
    money = [float(row["value_usd_m"]) for row in rows if row["value_usd_m"] and row["in_totals"] == "yes"]
    return Flow(
        deals=len(rows),
        value=round(sum(money), 6) if money else None,
        undisclosed=len([row for row in rows if row["kind"] in TRADE and not row["value_usd_m"]]),
        contested=len([row for row in rows if row["status"] in DOUBTED]),
    )


def seen(made: pd.DataFrame) -> dict[tuple[str, str, str], Flow]:
    """Return the flows of the table under test in the same form."""
    return {
        (row["supplier"], row["recipient"], row["domain"]): Flow(
            row["deals"],
            None if math.isnan(row["value_usd_m"]) else round(row["value_usd_m"], 6),
            row["undisclosed"],
            row["contested"],
        )
        for row in made.to_dict("records")
    }


SELECTIONS = {
    "every deal": (Selection(), lambda row: True),
    "one domain": (Selection(domain=("drones",)), lambda row: row["domain"] == "drones"),
    "doubted alone": (Selection(status=DOUBTED), lambda row: row["status"] in DOUBTED),
    "deals without a price": (Selection(kind=("pact", "visit")), lambda row: row["kind"] in ("pact", "visit")),
}


@pytest.mark.parametrize(("selection", "holds"), SELECTIONS.values(), ids=SELECTIONS.keys())
def test_each_supplier_recipient_and_domain_is_one_flow_with_what_the_file_says_of_it(
    selection: Selection, holds: Callable[[Row], bool], made_up: Tables
) -> None:
    made = flows.flows(made_up, select(made_up, selection), "deals")
    expected = worked_out(row for row in DEALS if holds(row))
    assert len(expected) > 1
    assert len(made) == len(expected)
    assert seen(made) == expected


def test_what_may_not_be_added_up_is_in_no_flows_sum(made_up: Tables) -> None:
    left_out = [row for row in DEALS if row["in_totals"] == "no" and row["value_usd_m"]]
    alone = [row for row in left_out if all(worked_out(DEALS)[line].value is None for line in lines_of(row))]
    assert alone, "no flow holds nothing but figures that are left out"
    made = flows.flows(made_up, made_up.deals, "deals").set_index("flow_id")
    for a, b, domain in (line for row in alone for line in lines_of(row)):
        assert math.isnan(made.loc[f"{a}>{b}:{domain}", "value_usd_m"])
        assert "disclosed" not in made.loc[f"{a}>{b}:{domain}", "note"]


def test_a_deal_of_several_states_stands_whole_on_each_of_its_lines(made_up: Tables) -> None:
    several = [row for row in DEALS if len(lines_of(row)) > 1]
    assert several
    rows = flows.flow_deals(made_up)
    found = rows.groupby("deal_id")["flow_id"].agg(set).to_dict()
    assert found == {row["deal_id"]: {f"{a}>{b}:{domain}" for a, b, domain in lines_of(row)} for row in DEALS}
    assert len(rows) == sum(len(lines_of(row)) for row in DEALS) > len(DEALS)
    assert int(flows.flows(made_up, made_up.deals, "deals")["deals"].sum()) == len(rows)


def test_the_flow_with_most_deals_comes_first_and_equals_in_the_order_of_their_names(made_up: Tables) -> None:
    made = flows.flows(made_up, made_up.deals, "deals")
    order = [(-count, flow_id) for flow_id, count in zip(made["flow_id"], made["deals"], strict=True)]
    assert order == sorted(order)
    assert list(made.index) == list(range(len(made)))


def test_a_line_is_as_wide_as_its_deals_or_as_what_is_disclosed_and_nothing_disclosed_has_no_width(
    made_up: Tables,
) -> None:
    expected = worked_out(DEALS)
    for width in ("deals", "value"):
        made = flows.flows(made_up, made_up.deals, width)
        weights = dict(zip(seen(made), made["weight"], strict=True))
        for line, flow in expected.items():
            assert weights[line] == pytest.approx(flow.deals if width == "deals" else flow.value or 0)
    assert any(flow.value is None for flow in expected.values())


def test_a_line_ends_where_the_file_of_countries_has_them(made_up: Tables) -> None:
    for row in flows.flows(made_up, made_up.deals, "deals").to_dict("records"):
        for side, end in (("supplier", "from"), ("recipient", "to")):
            country = COUNTRIES[row[side]]
            assert row[f"{side}_name"] == country["name"]
            assert (row[f"lat_{end}"], row[f"lon_{end}"]) == (float(country["lat"]), float(country["lon"]))
        assert row["domain_label"] == made_up.dictionary.label("deals", "domain", row["domain"])


def test_no_deal_makes_no_flow_but_all_columns(made_up: Tables) -> None:
    made = flows.flows(made_up, made_up.deals.iloc[:0], "value")
    assert made.empty
    assert list(made.columns) == list(flows.flows(made_up, made_up.deals, "value").columns)
    assert flows.sites(made_up, made_up.deals.iloc[:0]).empty


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ((1, math.nan, 0, 0), "1 deal."),
        ((1, math.nan, 1, 0), "1 deal, 1 without a public value."),
        ((3, 0.5, 0, 0), "3 deals, $0.5m disclosed."),
        ((12, 1500.0, 4, 2), "12 deals, $1.5bn disclosed, 4 without a public value, 2 alleged or denied."),
    ],
)
def test_the_words_of_a_flow_leave_out_what_there_is_none_of(held: tuple[int, float, int, int], words: str) -> None:
    assert flows.flow_words(*held) == words


def test_every_note_says_in_words_what_its_flow_holds(made_up: Tables) -> None:
    made = flows.flows(made_up, made_up.deals, "deals")
    for note, flow in zip(made["note"], seen(made).values(), strict=True):
        assert note.startswith(f"{flow.deals} deal")
        assert (f"{flow.undisclosed} without a public value" in note) == bool(flow.undisclosed)
        assert (f"{flow.contested} alleged or denied" in note) == bool(flow.contested)
        assert (" disclosed" in note) == (flow.value is not None)


# --- directions --------------------------------------------------------------------------------------------------


def test_a_direction_gathers_the_trade_of_all_domains_and_nothing_else(made_up: Tables) -> None:
    on = defaultdict(list)
    for row in DEALS:
        for a, b, _ in lines_of(row) if row["kind"] in TRADE else []:
            on[a, b].append(row)
    expected = {pair: summed(rows) for pair, rows in on.items()}
    assert any(len({row["domain"] for row in rows}) > 1 for rows in on.values())
    assert any(flow.value is None for flow in expected.values())
    made = flows.directions(made_up, made_up.deals)
    assert {(a, b): flow for (a, b, _), flow in seen(made.assign(domain="")).items()} == expected
    assert list(made["deals"]) == sorted(made["deals"], reverse=True)
    assert list(made["supplier_name"]) == [COUNTRIES[code]["name"] for code in made["supplier"]]
    assert list(made["recipient_name"]) == [COUNTRIES[code]["name"] for code in made["recipient"]]


def test_where_nothing_is_traded_there_is_no_direction(made_up: Tables) -> None:
    ties = made_up.deals[~made_up.deals["kind"].isin(TRADE)]
    assert len(ties) > 0
    assert flows.directions(made_up, ties).empty
    assert flows.directions(made_up, made_up.deals.iloc[:0]).empty


# --- places ------------------------------------------------------------------------------------------------------


def test_a_site_counts_the_deals_in_view_that_happen_there(made_up: Tables) -> None:
    for view in (made_up.deals, select(made_up, Selection(domain=("naval",)))):
        ids = set(view["deal_id"])
        expected = Counter(row["place_id"] for row in DEALS if row["place_id"] and row["deal_id"] in ids)
        found = flows.sites(made_up, view)
        assert dict(zip(found["place_id"], found["deals"], strict=True)) == expected


def test_a_site_says_how_well_its_place_is_known(made_up: Tables) -> None:
    found = flows.sites(made_up, made_up.deals)
    assert set(found["precision"]) == {"site", "city", "country"}
    for row in found.to_dict("records"):
        count = f"{row['deals']} deal{'s' * (row['deals'] != 1)}"
        assert row["note"] == f"{count}; known to the {PLACES[row['place_id']]['precision']}."


# --- what was picked ---------------------------------------------------------------------------------------------


def test_a_flow_leads_to_its_deals(made_up: Tables) -> None:
    for line in [*worked_out(DEALS)][::4]:
        found = flows.deals_at(made_up, made_up.deals, "{}>{}:{}".format(*line))
        assert list(found["deal_id"]) == [row["deal_id"] for row in DEALS if line in lines_of(row)]


def test_a_place_leads_to_the_deals_there(made_up: Tables) -> None:
    for place_id in sorted({row["place_id"] for row in DEALS} - {""})[::4]:
        found = flows.deals_at(made_up, made_up.deals, place_id)
        assert list(found["deal_id"]) == [row["deal_id"] for row in DEALS if row["place_id"] == place_id]


@pytest.mark.parametrize("picked", ["", "nowhere", "TUR>PAK", "TUR>PAK:", "PAK>PAK:naval", "<b>"])
def test_what_is_not_on_the_map_leads_to_no_deal(picked: str, made_up: Tables) -> None:
    assert flows.deals_at(made_up, made_up.deals, picked).empty


def test_what_is_not_in_view_leads_to_no_deal(made_up: Tables) -> None:
    view = select(made_up, Selection(domain=("air",)))
    assert flows.deals_at(made_up, view, "TUR>PAK:naval").empty
    assert not flows.deals_at(made_up, made_up.deals, "TUR>PAK:naval").empty
    assert list(flows.deals_at(made_up, made_up.deals, "alpha-yard")["deal_id"]) == ["alpha-frigates"]
    assert flows.deals_at(made_up, view, "alpha-yard").empty
