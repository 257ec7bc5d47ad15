"""The map page on the made-up tables: its words, its key, its table, and the lists behind lines and places."""

from __future__ import annotations

import html
import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.address import Links
from dashboard.charts.map import account
from dashboard.charts.map.sums import over_domains
from dashboard.pages import map as page
from dashboard.questions import flows
from dashboard.tables import load as data
from dashboard.tables.load import Tables
from tests.made_up import Row, format_usd, read
from tests.page import choose, filters, finding, opened, written
from tests.questions.test_flows import CLAIMED, DEALS, DOUBTED, MEASURES, TIES, lines_of

pytestmark = pytest.mark.usefixtures("made_up_pages")
ROWS = '<span class="on-screen">Press a heading to sort'  # how the caption of the rows in view begins
PLACES = {row["place_id"]: row for row in read("places")}
MUTUAL = [row for row in DEALS if row["kind"] in TIES]
AGAINST_A_STATE = [row for row in DEALS if row["kind"] in MEASURES]
TRADE = [row for row in DEALS if row not in MUTUAL and row not in AGAINST_A_STATE]
SHOWN = {"trade": TRADE, "ties": MUTUAL, "measures": AGAINST_A_STATE}

show = cache(partial(opened, "map"))  # shared by the tests, so never worked upon
explored = partial(show, view="33,50,3")  # an address that leads into the map to explore


def deck(test: AppTest) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each layer of the map by the layer's name."""
    (chart,) = test.get("deck_gl_json_chart")
    layers = json.loads(chart.proto.json)["layers"]
    return {layer["id"]: layer["data"] for layer in layers if isinstance(layer["data"], list)}


def on_lines(rows: list[Row]) -> dict[str, list[Row]]:
    """Return the deals of each line."""
    on = defaultdict(list)
    for row in rows:
        for line in lines_of(row):
            on[line].append(row)
    return on


def labels() -> Mapping[str, str]:
    """Return the words for each domain."""
    return data.load().dictionary.choices("deals", "domain")


def is_joint(row: Row) -> bool:
    """Say whether a tie is of three or more states."""
    return row in MUTUAL and len({*row["supplier"].split(";"), *row["recipient"].split(";")}) > 2


def drawn(rows: list[Row]) -> dict[str, list[Row]]:
    """Return the deals of each line that is drawn, over all domains, without ties of three or more states."""
    on = defaultdict(list)
    for row in rows:
        if not is_joint(row):
            for line in dict.fromkeys(line.partition(":")[0] for line in lines_of(row)):
                on[line].append(row)
    return on


def cells(text: str, caption: str) -> list[list[str]]:
    """Return the rows of the table whose caption begins so: markup of the first cell, words of the others."""
    (body,) = re.findall(rf"<caption>{caption}.*?<tbody>(.*?)</tbody>", text, re.DOTALL)
    rows = [re.findall(r"<td.*?>(.*?)</td>", row, re.DOTALL) for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)]
    return [[first, *(html.unescape(re.sub(r"<[^>]+>", " ", cell)).strip() for cell in rest)] for first, *rest in rows]


def link_in(cell: str) -> tuple[str, dict[str, list[str]]]:
    """Return the page and the parameters of the one link in a cell."""
    (href,) = re.findall(r'<a href="([^"]+)"', cell)
    parts = urlsplit(html.unescape(href))
    return parts.path, parse_qs(parts.query)


def lead(test: AppTest) -> str:
    """Return the line under the finding; "" where there is none."""
    return html.unescape("".join(re.findall(r'<p class="lead">(.*?)</p>', written(test))))


# --- the finding -------------------------------------------------------------------------------------------------


def test_the_finding_speaks_of_trade_and_the_line_under_it_counts_all_else_apart() -> None:
    chosen = ("naval", "air", "cyber", "multi")
    traded = [row for row in TRADE if row["domain"] in chosen and row["kind"] not in CLAIMED]
    pairs = Counter(line.partition(":")[0] for row in traded for line in lines_of(row))
    ((pair, most), (_, next_most)) = pairs.most_common(2)
    assert (pair, most > next_most) == ("TUR>PAK", True)
    test = show(domain=chosen)
    assert finding(test) == (
        f"{most} of {len(traded)} trade deals in view run from Turkey to Pakistan, more than in any other direction."
    )
    claimed = len([row for row in TRADE if row["domain"] in chosen and row["kind"] in CLAIMED])
    assert lead(test) == (
        f"Counted apart: {len(MUTUAL)} ties, {len(AGAINST_A_STATE)} measures and {claimed} claimed transfer. "
        "1 of the ties is of three or more states: it is no line on the map, and named below."
    )


@pytest.mark.parametrize(
    ("kind", "pairs", "count", "words"),
    [
        ("trade", [], 0, "No trade deal is on the map."),
        ("trade", [("A to B", 1)], 1, "The one trade deal in view runs from A to B."),
        ("trade", [("A to B", 7)], 7, "All 7 trade deals in view run from A to B."),
        ("trade", [("B to A", 3), ("A to B", 2)], 5, "3 of 5 trade deals in view run from B to A, more than in any other direction."),
        ("trade", [("A to B", 2), ("B to A", 2), ("A to C", 1)], 5, "5 trade deals in view, never more than 2 in the same direction."),
        ("trade", [("A to B", 1), ("A to C", 1)], 1, "1 trade deal in view, never more than 1 in the same direction."),
        ("tie", [("A and B", 1)], 1, "The one tie in view is between A and B."),
        ("tie", [("A and B", 3), ("A and C", 1)], 4, "3 of 4 ties in view are between A and B, more than between any other two states."),
        ("tie", [("A and B", 1), ("A and C", 1)], 2, "2 ties in view, never more than 1 between the same two states."),
        ("measure", [("A against B", 2)], 2, "All 2 measures in view are by A against B."),
        ("measure", [("A against B", 1), ("C against B", 1)], 2, "2 measures in view, never more than 1 by the same state against another."),
    ],
)  # fmt: skip
def test_the_finding_is_right_for_none_one_many_and_equals(
    kind: str, pairs: list[tuple[str, int]], count: int, words: str
) -> None:
    assert account._lead(kind, count, pairs, dict(pairs)) == words


def test_ties_with_further_states_are_said_apart_from_those_that_the_line_shows(made_up: Tables) -> None:
    words = account._lead("tie", 5, [("A and B", 3), ("A and C", 1)], {"A and B": 2})
    assert words.endswith("more than between any other two states; its line shows the 2 of these two alone.")
    assert "line" not in account._lead("tie", 5, [("A and B", 3), ("A and C", 1)], {})


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (("exercise", "pact", "embargo"), "ties in view"),
        (("embargo",), "The one measure in view is by India against Turkey."),
        (("transfer-claim",), "No trade deal is on the map."),
        (("sale", "pact"), "trade deals in view"),
    ],
)
def test_the_first_family_that_there_is_leads(kinds: tuple[str, ...], words: str, made_up: Tables) -> None:
    found = made_up.deals[made_up.deals["kind"].isin(kinds)]
    palette = made_up.dictionary.meaning("deals", "domain", "colour")
    lines = over_domains(flows.flows(made_up, found, "deals"), palette, made_up.package.currency)
    said = account.finding(found, lines, lines)
    assert words in said
    assert account.finding(found, lines, lines, "1999") == f"As of 1999, {said[0].lower()}{said[1:]}"


def test_where_nothing_stands_apart_nothing_is_said_of_it() -> None:
    assert lead(show(kind="sale")) == ""


# --- the picture -------------------------------------------------------------------------------------------------


def test_every_line_and_every_place_that_is_known_is_on_the_map_and_can_be_clicked() -> None:
    layers = deck(explored())
    assert sorted(row["flow_id"] for row in layers["flow-grip"]) == sorted(drawn(DEALS))
    used = {row["place_id"] for row in DEALS} - {""}
    for precision, look in (("site", "dot"), ("city", "ring")):
        expected = {place for place in used if PLACES[place]["precision"] == precision}
        assert {row["place_id"] for row in layers[f"place-{look}"]} == expected


def test_the_map_is_a_picture_whose_lines_and_places_are_links_until_the_address_leads_into_it() -> None:
    test = show(places="all")
    used = {row["place_id"] for row in DEALS} - {""}
    points = {place for place in used if PLACES[place]["precision"] in ("site", "city")}
    (picture,) = re.findall(r'<svg[^>]* class="flat".*</svg>', written(test), re.DOTALL)
    links = [parse_qs(urlsplit(html.unescape(href)).query) for href in re.findall(r'<a href="([^"]+)"', picture)]
    assert sorted(link["at"][0] for link in links) == sorted([*drawn(DEALS), *points])
    assert not test.get("deck_gl_json_chart")
    assert explored(places="all").get("deck_gl_json_chart")


def test_only_firm_trade_is_drawn_as_a_supply() -> None:
    firm = [rows for rows in drawn(TRADE).values() if {row["status"] for row in rows} - set(DOUBTED)]
    assert len(deck(explored())["flow"]) == len(firm)
    assert deck(explored(kind=MEASURES))["flow"] == []
    assert deck(explored(kind=TIES))["flow"] == []


@pytest.mark.parametrize("chosen", SHOWN)
def test_the_reader_may_see_one_family_alone_and_reads_what_is_not_drawn(chosen: str) -> None:
    test = explored(show=chosen)
    assert sorted(row["flow_id"] for row in deck(test)["flow-grip"]) == sorted(drawn(SHOWN[chosen]))
    (words,) = re.findall(r"Not drawn, as you chose: (.*?)\.", lead(test))
    nouns = {"trade": "trade deals", "ties": f"{len(MUTUAL)} ties", "measures": f"{len(AGAINST_A_STATE)} measures"}
    assert {name for name, noun in nouns.items() if noun in words} == SHOWN.keys() - {chosen}


def test_without_a_choice_or_with_one_that_is_not_known_all_is_drawn() -> None:
    for test in (explored(), explored(show="<x>"), explored(show=tuple(SHOWN))):
        assert len(deck(test)["flow-grip"]) == len(drawn(DEALS))
        assert "Not drawn" not in lead(test)


def test_choosing_what_to_see_is_written_into_the_address() -> None:
    test = opened("map", width="value")
    choose(test, "show", "ties").run()
    assert test.query_params["show"] in ("ties", ["ties"])
    assert test.query_params["width"] in ("value", ["value"])
    choose(test, "show").run()
    assert "show" not in test.query_params


def test_a_place_known_to_the_country_only_is_no_point_but_listed_in_words() -> None:
    test = explored()
    vague = [row for row in DEALS if row["place_id"] and PLACES[row["place_id"]]["precision"] == "country"]
    assert vague
    points = {row.get("place_id") for name, rows in deck(test).items() if name.startswith("place") for row in rows}
    assert not points & {row["place_id"] for row in vague}
    (words,) = re.findall(r'<p class="meta">(\d+ deals? ha(?:s|ve) no place\..*?)</p>', written(test))
    assert words.startswith(f"{len([row for row in DEALS if not row['place_id']])} deals have no place. Known too")
    assert re.findall(r'href="deal\?id=([^"]+)"', words) == [row["deal_id"] for row in vague]
    for row in vague:
        assert f">{html.escape(row['title'])}</a>" in words


def test_where_every_place_is_known_nothing_is_said_of_vague_ones() -> None:
    shown = written(show(domain="space"))
    rows = [row for row in DEALS if row["domain"] == "space"]
    assert "too vaguely" not in shown
    assert f"{len([row for row in rows if not row['place_id']])} deals have no place." in shown
    assert "1 deal has no place." in written(show(q=rows[0]["title"]))


def test_where_every_deal_has_a_place_that_is_known_nothing_is_said_of_places() -> None:
    kept = next(row for row in DEALS if row["place_id"] and PLACES[row["place_id"]]["precision"] != "country")
    shown = written(show(q=kept["title"]))
    assert "no place" not in shown
    assert "too vaguely" not in shown


def test_a_long_list_of_vague_places_says_how_many_more_there_are(made_up: Tables) -> None:
    vague = pd.concat([made_up.deals[~flows.is_joint(made_up.deals)].assign(place_id="azerbaijan")] * 3)
    words = page.below(made_up, vague.head(page.NAMED), [], page.Way(), Links())
    assert words.count("<a ") == page.NAMED
    assert " more" not in words
    words = page.below(made_up, vague.head(page.NAMED + 3), [], page.Way(), Links())
    assert words.count("<a ") == page.NAMED
    assert "</a> and 3 more" in words


def test_the_boundary_viewpoint_and_the_version_stand_under_the_map(made_up: Tables) -> None:
    (line,) = re.findall(r'<p class="source-line">(.*?)</p>', written(show()))
    assert f"version {made_up.version}" in line
    assert page.VIEWPOINT in html.unescape(line)


def test_the_map_has_words_that_count_what_is_on_it() -> None:
    (chart,) = explored(domain="naval").get("deck_gl_json_chart")
    assert chart.proto.alt.startswith(
        "Map with 1 line of trade from supplier to recipient, 1 line of ties between equals and 3 places."
    )


# --- the key -----------------------------------------------------------------------------------------------------


def samples(test: AppTest) -> list[str]:
    return re.findall(r'<i data-sample="([^"]+)"', written(test))


def test_the_key_explains_what_is_on_the_map_and_nothing_else() -> None:
    assert samples(show()) == [
        *("line-trade", "line-tie", "line-measure", "line-doubted", "place-area"),
        *["domain"] * len({row["domain"] for row in DEALS}),
        *("place-dot", "place-ring"),  # in the sentence on zooming in
    ]
    assert [name for name in samples(show(places="all")) if name != "domain"][-3:] == [
        "place-dot",
        "place-ring",
        "place-area",
    ]
    assert "on zooming in:" not in written(show(places="all"))
    assert samples(show(kind="embargo")) == ["line-measure", "domain"]
    assert samples(show(kind="pact"))[0] == "line-tie"


def test_the_key_of_one_map_a_domain_explains_neither_places_nor_bars() -> None:
    assert samples(show(maps="domains")) == ["line-trade", "line-tie", "line-measure", "line-doubted"]
    assert "on the same scale in every map" in written(show(maps="domains"))
    assert "Tie (pact): mutual" in written(show(kind="pact"))
    assert "Measure (embargo, restriction): one state against another" in written(show(kind=MEASURES))


# --- ties of three or more states --------------------------------------------------------------------------------


def test_a_tie_of_three_states_is_no_line_between_two_but_named_in_words() -> None:
    joint = [row for row in MUTUAL if is_joint(row)]
    assert joint
    (words,) = re.findall(r'<p class="meta">Not drawn as (?:a line|lines), (.*?)</p>', written(show()))
    assert words.startswith(f"{len(joint)} tie{'s' * (len(joint) > 1)} of three or more states: ")
    assert set(re.findall(r'href="deal\?id=([^"]+)"', words)) == {row["deal_id"] for row in joint}
    assert "of three or more states" not in written(show(show="trade"))


# --- as of a year ------------------------------------------------------------------------------------------------


def test_as_of_a_year_only_what_had_started_by_then_is_drawn_and_the_sentence_follows(made_up: Tables) -> None:
    begins = made_up.deals["begins"]
    middle = f"{begins.dt.year.median():.0f}"
    test = show(asof=middle)
    early = made_up.deals.loc[begins < f"{int(middle) + 1}-01-01", "deal_id"]
    assert 0 < len(early) < len(DEALS)
    assert sorted(listed(test)) == sorted(early)
    assert finding(test).startswith(f"As of {middle}, ")
    assert f"Not shown as of {middle}: " in lead(test)
    assert "began later" not in lead(show(asof="2999"))
    assert "Status and value are those known today." in lead(show(asof="2999"))


def test_a_year_that_is_none_is_said_to_be_none_and_all_is_drawn() -> None:
    test = show(asof="soon")
    assert len(listed(test)) == len(DEALS)
    assert "As of" not in finding(test)


# --- one map a domain --------------------------------------------------------------------------------------------


def test_one_map_a_domain_shows_each_domain_in_view_with_its_number_of_deals() -> None:
    text = written(show(maps="domains", domain=("naval", "air")))
    for domain in ("naval", "air"):
        count = len([row for row in DEALS if row["domain"] == domain])
        assert f"{labels()[domain]}: {count} deals" in text
    assert "Cyber: " not in text
    assert not explored(maps="domains").get("deck_gl_json_chart")


# --- the width of the lines --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "words"),
    [(None, "more deals it holds"), ("deals", "more deals it holds"), ("value", "more value it discloses"), ("<x>", "more deals it holds")],
)  # fmt: skip
def test_the_width_of_the_lines_is_in_the_address_and_an_unknown_one_is_dropped(given: str | None, words: str) -> None:
    test = show(**({"width": given} if given else {}))
    assert filters(test)["width"]["chosen"] == (["value"] if given == "value" else [])
    assert f"A line is wider the {words}" in html.unescape(written(test))


def firm_lines() -> list[list[Row]]:
    """Return the deals of each line that is drawn as a supply: not all of them are alleged or denied."""
    return [rows for rows in drawn(TRADE).values() if {row["status"] for row in rows} - set(DOUBTED)]


def widths(test: AppTest) -> list[float]:
    """Return the widths of the arcs on the map, thinnest first."""
    return sorted(row["width"] for row in deck(test)["flow"])


def test_by_value_the_lines_without_a_disclosed_value_are_as_thin_as_can_be() -> None:
    drawn, lines = widths(explored(width="value")), firm_lines()
    poor = len([rows for rows in lines if not any(row["value_usd_m"] and row["in_totals"] == "yes" for row in rows)])
    assert len(drawn) == len(lines)
    assert 0 < poor < len(drawn)
    assert drawn[0] == drawn[poor - 1] < drawn[poor]


def test_by_number_the_lines_with_the_fewest_deals_are_the_thinnest() -> None:
    drawn, counts = widths(explored()), sorted(map(len, firm_lines()))
    fewest = counts.count(counts[0])
    assert drawn[0] == drawn[fewest - 1] < drawn[fewest]


def test_choosing_another_width_writes_it_and_the_default_is_not_written() -> None:
    test = opened("map", show="trade")
    choose(test, "width", "value").run()
    assert test.query_params["width"] in ("value", ["value"])
    choose(test, "width").run()
    assert "width" not in test.query_params
    assert test.query_params["show"] in ("trade", ["trade"])


# --- what was clicked --------------------------------------------------------------------------------------------


def listed(test: AppTest) -> list[str]:
    """Return the deals in the rows under the map."""
    return [link_in(row[0])[1]["id"][0] for row in cells(written(test), ROWS)]


def part(test: AppTest) -> str:
    (title,) = re.findall(r'<h2 class="part" id="rows-in-view">(.*?)</h2>', written(test))
    return html.unescape(title)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("TUR>PAK:naval", "Turkey to Pakistan, Naval: 2 trade deals"),
        ("TUR>PAK:land", "Turkey to Pakistan, Land: 1 claimed transfer"),
        ("PAK-TUR:naval", "Pakistan and Turkey, Naval: 2 ties"),
        ("IND!TUR:multi", "India against Turkey, Multi-domain: 1 measure"),
    ],
)
def test_a_line_in_the_address_lists_its_deals(line: str, title: str) -> None:
    test = show(at=line)
    assert "compare?a=" in written(test), "the relation of the line can be compared with another"
    assert sorted(listed(test)) == sorted(row["deal_id"] for row in DEALS if line in lines_of(row))
    assert part(test) == title


def test_a_place_in_the_address_lists_its_deals() -> None:
    test = show(at="testville")
    assert "compare?" not in written(test)
    assert sorted(listed(test)) == sorted(row["deal_id"] for row in DEALS if row["place_id"] == "testville")
    assert part(test) == f"{PLACES['testville']['name']}: 1 trade deal and 1 claimed transfer"


def test_the_list_says_of_each_deal_who_deals_with_whom() -> None:
    between = {
        "TUR>PAK:air": "Turkey and Ukraine to Azerbaijan and Pakistan",
        "AZE-PAK:naval": "Turkey, Azerbaijan and Pakistan",
        "TUR!CHN:cyber": "Turkey against China",
    }
    for line, words in between.items():
        assert [row[2] for row in cells(written(show(at=line)), ROWS)] == [words]


def test_the_list_keeps_the_filters_in_its_links_and_to_them() -> None:
    test = show(at="TUR>PAK:naval", status="delivered")
    assert listed(test) == ["alpha-frigates"]
    for row in cells(written(test), ROWS):
        assert link_in(row[0])[1]["status"] == ["delivered"]


@pytest.mark.parametrize("at", ["nowhere", "TUR>", "<script>", "PAK>PAK:naval", "TUR-PAK-x:naval", ""])
def test_what_is_not_on_the_map_is_ignored(at: str) -> None:
    test = show(at=at)
    assert part(test) == f"{len(DEALS)} deals in view"
    assert len(listed(test)) == len(DEALS)
    assert "Show all deals" not in [button.label for button in test.button]


@pytest.mark.parametrize("hiding", [{"domain": "air"}, {"show": "ties"}])
def test_what_is_taken_off_the_map_is_no_longer_listed(hiding: dict[str, str]) -> None:
    assert "alpha-frigates" in listed(show(at="TUR>PAK:naval"))
    assert part(show(at="TUR>PAK:naval", **hiding)).endswith(" in view")
    assert "alpha-frigates" not in listed(show(at="TUR>PAK:naval", **hiding))


def test_the_list_of_a_place_holds_only_what_is_drawn(made_up: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    one_place = replace(made_up, deals=made_up.deals.assign(place_id="testville"), stamp="all at one place")
    monkeypatch.setattr(data, "load", lambda: one_place)
    monkeypatch.setattr(data, "fingerprint", lambda: one_place.stamp)
    assert listed(opened("map", at="testville", show="measures")) == [row["deal_id"] for row in AGAINST_A_STATE]


def test_closing_the_list_takes_it_out_of_the_address_and_nothing_else() -> None:
    test = opened("map", at="TUR>PAK:naval", domain="naval")
    (close,) = [button for button in test.button if button.label == "Show all deals"]
    close.click().run()
    assert dict(test.query_params) in ({"domain": "naval"}, {"domain": ["naval"]})
    assert part(test).endswith(" in view")


def test_the_list_says_of_each_value_what_it_is_and_gives_a_tie_no_price() -> None:
    seen = Counter()
    for line in ("TUR>PAK:naval", "CHN>PAK:cyber", "CHN>PAK:drones", "PAK-TUR:naval", "IND!TUR:multi", "TUR>PAK:land"):
        shown = {link_in(row[0])[1]["id"][0]: row[5] for row in cells(written(show(at=line)), ROWS)}
        for row in on_lines(DEALS)[line]:
            words = shown[row["deal_id"]]
            if row["value_usd_m"]:
                assert words.startswith(f"{format_usd(float(row['value_usd_m']))} (")
                assert ("not in totals" in words) == (row["in_totals"] == "no")
            else:
                assert words == ("no public value" if row in TRADE and row["kind"] not in CLAIMED else "")
            seen[words.partition(" ")[0]] += 1
    assert seen["no"] > 0
    assert seen[""] > 0


# --- the same as a table -----------------------------------------------------------------------------------------


def test_the_table_says_what_each_line_says_and_leads_to_its_list() -> None:
    test = show(width="value", show=("trade", "ties"), status=("signed", "alleged", "delivered", "ongoing"))
    rows = [row for row in TRADE + MUTUAL if row["status"] in ("signed", "alleged", "delivered", "ongoing")]
    found = {}
    for first, *rest in cells(written(test), "Lines of the map"):
        path, params = link_in(first)
        assert (path, params["width"], params["show"]) == ("map", ["value"], ["trade", "ties"])
        assert params["status"] == ["signed", "alleged", "delivered", "ongoing"]
        found[params["at"][0]] = rest
    assert found == {line: expected(on) for line, on in drawn(rows).items()}
    assert "none disclosed" in {rest[3] for rest in found.values()}


def test_the_table_names_measures_as_such_and_gives_them_no_value() -> None:
    ((first, *rest),) = cells(written(show(kind="embargo")), "Lines of the map")
    assert ">India against Turkey</a>" in first
    assert rest == ["Measure", "Multi-domain 1", "1", "", "", "0"]


def expected(rows: list[Row]) -> list[str]:
    """Return the cells of a line that gathers rows of the file."""
    doubted = str(len([row for row in rows if row["status"] in DOUBTED]))
    counts = Counter(row["domain"] for row in rows)
    parts = ", ".join(f"{label} {counts[domain]}" for domain, label in labels().items() if domain in counts)
    if rows[0] in MUTUAL:
        return ["Tie", parts, str(len(rows)), "", "", doubted]
    money = [float(row["value_usd_m"]) for row in rows if row["value_usd_m"] and row["in_totals"] == "yes"]
    unpriced = [row for row in rows if row["kind"] not in CLAIMED and not row["value_usd_m"]]
    usd = format_usd(sum(money)) if money else "none disclosed"
    return ["Trade", parts, str(len(rows)), usd, str(len(unpriced)), doubted]


def test_a_table_of_very_many_lines_says_that_it_is_cut(made_up: Tables) -> None:
    count = page.ROWS + 5
    line = {
        "family": "trade", "title": "A to B", "domains": {"air": 1}, "domain_labels": {"air": "Air"},
        "deals": 1, "value_usd_m": float("nan"), "undisclosed": 1, "contested": 0,
    }  # fmt: skip
    lines = [{"flow_id": f"A>B:{number}", **line} for number in range(count)]
    text = page.below(made_up, made_up.deals, lines, page.Way(), Links())
    assert text.count("<tr>") == page.ROWS + 1
    assert f"Lines of the map; the {page.ROWS} busiest of {count}" in text


# --- nothing in view ---------------------------------------------------------------------------------------------


def test_no_deal_in_view_is_said_and_no_map_is_drawn() -> None:
    test = explored(q="no such words anywhere")
    assert [element.value for element in test.info] == ["No deal fits these filters. Clear a filter to see more."]
    assert not test.get("deck_gl_json_chart")
    assert "show" not in filters(test)


def test_where_what_is_in_view_is_not_to_be_drawn_the_map_is_bare_and_says_so() -> None:
    test = explored(kind="embargo", show="ties")
    assert deck(test)["flow-grip"] == []
    assert lead(test) == "Not drawn, as you chose: 1 measure."
