"""What runs between which states and happens where, on the made-up tables."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations
from typing import Any, NamedTuple

import pytest

from dashboard.questions import flows
from dashboard.questions.deals import Selection, select
from dashboard.tables.load import Tables
from tests.made_up import Row, read

DEALS = read("deals")
COUNTRIES = {row["country"]: row for row in read("countries")}
DOUBTED = ("alleged", "denied")
TIES = ("exercise", "pact", "visit", "statement")
MEASURES = ("embargo", "restriction")
CLAIMED = ("transfer-claim", "covert-programme")


class Flow(NamedTuple):
    """What the file says of one line."""

    deals: int
    claimed: int
    value: float | None
    undisclosed: int
    contested: int


def lines_of(row: Row) -> list[str]:
    """Return the ids of the lines on which a deal stands."""
    suppliers, recipients = row["supplier"].split(";"), row["recipient"].split(";")
    if row["kind"] in TIES:
        return [f"{a}-{b}:{row['domain']}" for a, b in combinations(sorted(suppliers + recipients), 2)]
    sign = "!" if row["kind"] in MEASURES else ">"
    return [f"{a}{sign}{b}:{row['domain']}" for a in suppliers for b in recipients]


def worked_out(rows: Iterable[Row]) -> dict[str, Flow]:
    """Return the flows that rows of the file make."""
    on = defaultdict(list)
    for row in rows:
        for line in lines_of(row):
            on[line].append(row)
    return {line: summed(some) for line, some in on.items()}


def summed(rows: list[Row]) -> Flow:
    money = [float(row["value_usd_m"]) for row in rows if row["value_usd_m"] and row["in_totals"] == "yes"]
    priced = [row for row in rows if row["kind"] not in (*TIES, *MEASURES, *CLAIMED)]
    return Flow(
        deals=len(rows),
        claimed=len([row for row in rows if row["kind"] in CLAIMED]),
        value=round(sum(money), 6) if money else None,
        undisclosed=len([row for row in priced if not row["value_usd_m"]]),
        contested=len([row for row in rows if row["status"] in DOUBTED]),
    )


def seen(made: list[dict[str, Any]]) -> dict[str, Flow]:
    """Return the flows under test in the same form."""
    return {
        row["flow_id"]: Flow(
            row["deals"],
            row["claimed"],
            None if math.isnan(row["value_usd_m"]) else round(row["value_usd_m"], 6),
            row["undisclosed"],
            row["contested"],
        )
        for row in made
    }


def by_id(made: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return flows by their id."""
    return {line["flow_id"]: line for line in made}


SELECTIONS: dict[str, tuple[Selection, Callable[[Row], bool]]] = {
    "every deal": (Selection(), lambda row: True),
    "one domain": (Selection(domain=("naval",)), lambda row: row["domain"] == "naval"),
    "doubted alone": (Selection(status=DOUBTED), lambda row: row["status"] in DOUBTED),
    "ties alone": (Selection(kind=TIES), lambda row: row["kind"] in TIES),
    "measures alone": (Selection(kind=MEASURES), lambda row: row["kind"] in MEASURES),
}


@pytest.mark.parametrize(("selection", "holds"), SELECTIONS.values(), ids=SELECTIONS.keys())
def test_each_family_pair_and_domain_is_one_flow_with_what_the_file_says_of_it(
    selection: Selection, holds: Callable[[Row], bool], made_up: Tables
) -> None:
    made = flows.flows(made_up, select(made_up, selection), "deals")
    expected = worked_out(row for row in DEALS if holds(row))
    assert len(expected) > 1
    assert len(made) == len(expected)
    assert seen(made) == expected


def test_the_ids_of_lines_tell_trade_ties_and_measures_apart_and_never_change(made_up: Tables) -> None:
    made = by_id(flows.flows(made_up, made_up.deals, "deals"))
    titles = {
        "TUR>PAK:naval": ("trade", "Turkey to Pakistan, Naval"),
        "PAK-TUR:naval": ("tie", "Pakistan and Turkey, Naval"),
        "IND!TUR:multi": ("measure", "India against Turkey, Multi-domain"),
    }
    for flow_id, said in titles.items():
        assert (made[flow_id]["family"], made[flow_id]["title"]) == said


def test_who_is_named_first_in_a_tie_makes_no_difference(made_up: Tables) -> None:
    turned = flows.pairs("tie", "TUR;AZE", "PAK")
    assert turned == flows.pairs("tie", "PAK", "AZE;TUR") == [("AZE", "PAK"), ("AZE", "TUR"), ("PAK", "TUR")]
    assert flows.pairs("trade", "TUR", "PAK") != flows.pairs("trade", "PAK", "TUR")
    assert flows.pairs("measure", "IND", "TUR;PAK") == [("IND", "TUR"), ("IND", "PAK")]


def test_what_may_not_be_added_up_is_in_no_flows_sum(made_up: Tables) -> None:
    left_out = [row for row in DEALS if row["in_totals"] == "no" and row["value_usd_m"]]
    alone = [row for row in left_out if all(worked_out(DEALS)[line].value is None for line in lines_of(row))]
    assert alone, "no flow holds nothing but figures that are left out"
    made = by_id(flows.flows(made_up, made_up.deals, "deals"))
    for line in (line for row in alone for line in lines_of(row)):
        assert math.isnan(made[line]["value_usd_m"])
        assert "disclosed" not in made[line]["note"]


def test_a_deal_of_several_states_stands_whole_on_each_of_its_lines(made_up: Tables) -> None:
    rows = flows.flow_deals(made_up)
    found = rows.groupby("deal_id")["flow_id"].agg(set).to_dict()
    assert found == {row["deal_id"]: set(lines_of(row)) for row in DEALS}
    assert len(rows) == sum(len(lines_of(row)) for row in DEALS) > len(DEALS)
    assert sum(line["deals"] for line in flows.flows(made_up, made_up.deals, "deals")) == len(rows)


def test_the_flow_with_most_deals_comes_first_and_equals_in_the_order_of_their_ids(made_up: Tables) -> None:
    made = flows.flows(made_up, made_up.deals, "deals")
    order = [(-line["deals"], line["flow_id"]) for line in made]
    assert order == sorted(order)


@pytest.mark.parametrize("width", ["deals", "value"])
def test_a_line_is_as_wide_as_its_deals_or_as_what_is_disclosed(width: str, made_up: Tables) -> None:
    made = flows.flows(made_up, made_up.deals, width)
    weights = {line["flow_id"]: line["weight"] for line in made}
    wide = {line: flow.deals if width == "deals" else flow.value or 0 for line, flow in worked_out(DEALS).items()}
    assert weights == pytest.approx(wide)
    assert len(set(weights.values())) > 1


def test_a_line_ends_where_the_file_of_countries_has_them(made_up: Tables) -> None:
    for row in flows.flows(made_up, made_up.deals, "deals"):
        for side, end in (("supplier", "from"), ("recipient", "to")):
            country = COUNTRIES[row[side]]
            assert row[f"{side}_name"] == country["name"]
            assert (row[f"lat_{end}"], row[f"lon_{end}"]) == (float(country["lat"]), float(country["lon"]))
        assert row["title"] == f"{row['relation']}, {row['domain_label']}"


def test_no_deal_makes_no_flow_and_no_place(made_up: Tables) -> None:
    assert flows.flows(made_up, made_up.deals.iloc[:0], "value") == []
    assert flows.sites(made_up, made_up.deals.iloc[:0]) == []


TRADE = {"family": "trade", "claimed": 0, "value_usd_m": math.nan, "undisclosed": 0, "contested": 0, "kinds": "sale"}


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ({"deals": 1}, "1 trade deal."),
        ({"deals": 1, "undisclosed": 1}, "1 trade deal; 1 without a public value."),
        ({"deals": 3, "value_usd_m": 0.5}, "3 trade deals; $0.5m disclosed."),
        ({"deals": 2, "claimed": 2, "contested": 2}, "2 claimed transfers; 2 alleged or denied."),
        ({"deals": 3, "claimed": 1, "contested": 1}, "2 trade deals and 1 claimed transfer; 1 alleged or denied."),
        ({"family": "tie", "deals": 2, "kinds": "exercise, pact"}, "2 ties: exercise, pact."),
        ({"family": "measure", "deals": 1, "kinds": "embargo"}, "1 measure: embargo."),
    ],
)
def test_the_words_of_a_flow_leave_out_what_there_is_none_of(
    made_up: Tables, held: dict[str, object], words: str
) -> None:
    assert flows.flow_words({**TRADE, **held}, made_up.package.currency) == words


def test_every_note_says_in_words_what_its_flow_holds(made_up: Tables) -> None:
    made = by_id(flows.flows(made_up, made_up.deals, "deals"))
    assert made["PAK-TUR:naval"]["note"] == "2 ties: exercise, statement."
    assert made["IND!TUR:multi"]["note"] == "1 measure: embargo."
    assert made["TUR>PAK:land"]["note"] == "1 claimed transfer; 1 alleged or denied."
    assert made["TUR>PAK:naval"]["note"] == "2 trade deals; $1.2bn disclosed."


def test_the_busiest_come_first_over_all_domains_and_claims_are_not_counted(made_up: Tables) -> None:
    made = flows.flows(made_up, made_up.deals, "deals")
    trade = flows.busiest(made, "trade")
    counts = Counter()
    for row in DEALS:
        for line in lines_of(row) if row["kind"] not in (*TIES, *MEASURES, *CLAIMED) else []:
            counts[line.partition(":")[0]] += 1
    assert [count for _, count in trade] == sorted(counts.values(), reverse=True)
    assert dict(trade)["Turkey to Pakistan"] == counts["TUR>PAK"]
    assert flows.busiest(made, "tie")[0][0] == "Pakistan and Turkey"


# --- directions --------------------------------------------------------------------------------------------------


def test_a_direction_gathers_the_trade_of_all_domains_and_nothing_else(made_up: Tables) -> None:
    on = defaultdict(list)
    for row in DEALS:
        for line in lines_of(row) if row["kind"] not in (*TIES, *MEASURES, *CLAIMED) else []:
            on[line.partition(":")[0]].append(row)
    expected = {pair: summed(rows) for pair, rows in on.items()}
    assert any(len({row["domain"] for row in rows}) > 1 for rows in on.values())
    made = flows.directions(made_up, made_up.deals)
    assert seen([{**row, "flow_id": f"{row['supplier']}>{row['recipient']}"} for row in made]) == expected
    assert [row["deals"] for row in made] == sorted((row["deals"] for row in made), reverse=True)
    for side in ("supplier", "recipient"):
        assert [row[f"{side}_name"] for row in made] == [COUNTRIES[row[side]]["name"] for row in made]


def test_where_nothing_is_traded_there_is_no_direction(made_up: Tables) -> None:
    apart = made_up.deals[made_up.deals["kind"].isin((*TIES, *MEASURES, *CLAIMED))]
    assert len(apart) > 0
    assert flows.directions(made_up, apart) == []
    assert flows.directions(made_up, made_up.deals.iloc[:0]) == []


# --- places ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("selection", [Selection(), Selection(domain=("land",))])
def test_a_site_counts_the_deals_in_view_that_happen_there(selection: Selection, made_up: Tables) -> None:
    view = select(made_up, selection)
    ids = set(view["deal_id"])
    expected = Counter(row["place_id"] for row in DEALS if row["place_id"] and row["deal_id"] in ids)
    found = flows.sites(made_up, view)
    assert {place["place_id"]: place["deals"] for place in found} == expected


def test_a_site_says_what_happens_there_how_well_it_is_known_and_how_it_is_drawn(made_up: Tables) -> None:
    found = flows.sites(made_up, made_up.deals)
    assert {place["place_id"]: place["note"] for place in found} == {
        "alpha-yard": "1 trade deal; known to the site.",
        "azerbaijan": "1 tie; known to the country.",
        "exampleville": "1 tie; known to the city.",
        "testville": "1 trade deal and 1 claimed transfer; known to the city.",
    }
    drawn = {"alpha-yard": "dot", "azerbaijan": "area", "exampleville": "ring", "testville": "ring"}
    assert {place["place_id"]: place["drawn"] for place in found} == drawn


# --- what was picked ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", sorted(worked_out(DEALS)))
def test_a_flow_leads_to_its_deals(line: str, made_up: Tables) -> None:
    found = flows.deals_at(made_up, made_up.deals, line)
    assert list(found["deal_id"]) == [row["deal_id"] for row in DEALS if line in lines_of(row)]


@pytest.mark.parametrize("line", sorted({line.partition(":")[0] for line in worked_out(DEALS)}))
def test_a_line_leads_to_its_deals_of_all_domains(line: str, made_up: Tables) -> None:
    found = flows.deals_at(made_up, made_up.deals, line)
    on = [row["deal_id"] for row in DEALS if line in [flow.partition(":")[0] for flow in lines_of(row)]]
    assert list(found["deal_id"]) == on


@pytest.mark.parametrize("place_id", sorted({row["place_id"] for row in DEALS} - {""}))
def test_a_place_leads_to_the_deals_there(place_id: str, made_up: Tables) -> None:
    found = flows.deals_at(made_up, made_up.deals, place_id)
    assert list(found["deal_id"]) == [row["deal_id"] for row in DEALS if row["place_id"] == place_id]


@pytest.mark.parametrize(
    "picked", ["", "nowhere", "TUR>", "TUR>PAK:", "TUR-PAK:naval", "TUR>IND", "TUR>IND:naval", "<b>"]
)
def test_what_is_not_on_the_map_leads_to_no_deal(picked: str, made_up: Tables) -> None:
    assert flows.deals_at(made_up, made_up.deals, picked).empty


@pytest.mark.parametrize("picked", ["TUR>PAK:naval", "TUR!CHN", "PAK-TUR:naval", "IND!TUR:multi", "alpha-yard"])
def test_what_is_not_in_view_leads_to_no_deal(picked: str, made_up: Tables) -> None:
    assert flows.deals_at(made_up, select(made_up, Selection(domain=("air",))), picked).empty
    assert not flows.deals_at(made_up, made_up.deals, picked).empty


@pytest.mark.parametrize(
    ("picked", "states"),
    [
        ("TUR>PAK", [("TUR", "PAK")]),
        ("TUR>PAK:naval", [("TUR", "PAK")]),
        ("IND!TUR:multi", [("IND", "TUR")]),
        ("testville", []),
    ],
)
def test_a_line_names_its_two_states_and_a_place_none(
    picked: str, states: list[tuple[str, str]], made_up: Tables
) -> None:
    assert flows.states_of(made_up, picked) == states
