from __future__ import annotations

import html
import json
import re
from collections import Counter, defaultdict
from functools import cache, partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.data import Tables
from dashboard.deals import format_usd
from dashboard.pages import map as page
from tests.page import finding, opened, written
from tests.published import TRADE, Row, read

DEALS = read("deals")
PLACES = {row["place_id"]: row for row in read("places")}
NAMES = {row["country"]: row["name"] for row in read("countries")}
DRONES = [row for row in DEALS if row["domain"] == "drones"]


show = cache(partial(opened, "map"))  # shared by the tests, so never worked upon


def deck(test: AppTest) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each layer of the map by the layer's name."""
    (chart,) = test.get("deck_gl_json_chart")
    layers = json.loads(chart.proto.json)["layers"]
    return {layer["id"]: layer["data"] for layer in layers if isinstance(layer["data"], list)}


def lines_of(row: Row) -> list[str]:
    return [f"{a}>{b}:{row['domain']}" for a in row["supplier"].split(";") for b in row["recipient"].split(";")]


def on_lines(rows: list[Row]) -> dict[str, list[Row]]:
    """Return the deals of each line."""
    on = defaultdict(list)
    for row in rows:
        for line in lines_of(row):
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


# --- the picture -------------------------------------------------------------------------------------------------


def test_the_finding_names_the_busiest_direction_of_the_deals_in_view() -> None:
    pairs = Counter((a, b) for row in DEALS for a in row["supplier"].split(";") for b in row["recipient"].split(";"))
    ((supplier, recipient), most), (_, next_most) = pairs.most_common(2)
    assert most > next_most
    assert finding(show()) == (
        f"{most} of {len(DEALS)} deals in view run from {NAMES[supplier]} to {NAMES[recipient]}, "
        f"the busiest of {len(pairs)} directions."
    )


def some_lines(*rows: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["supplier_name", "recipient_name", "deals"])


@pytest.mark.parametrize(
    ("lines", "count", "words"),
    [
        ([], 4, "No deal in view runs between two states."),
        ([("A", "B", 1)], 1, "1 of 1 deal in view runs from A to B, the only direction."),
        ([("A", "B", 2), ("A", "B", 3)], 7, "5 of 7 deals in view run from A to B, the only direction."),
        (
            [("A", "B", 2), ("B", "A", 3)],
            5,
            "3 of 5 deals in view run from B to A, the busiest of 2 directions.",
        ),
        (
            [("A", "B", 2), ("B", "A", 1), ("B", "A", 1), ("A", "C", 1)],
            5,
            "2 of 3 directions are equally busy: 2 of 5 deals in view in each.",
        ),
    ],
)
def test_the_finding_calls_no_direction_the_busiest_where_others_equal_it(
    lines: list[tuple[str, str, int]], count: int, words: str
) -> None:
    assert page.finding(pd.DataFrame({"deal_id": range(count)}), some_lines(*lines)) == words


def test_every_line_and_every_place_that_is_known_is_on_the_map_and_can_be_clicked() -> None:
    layers = deck(show())
    assert sorted(row["flow_id"] for row in layers["flow-grip"]) == sorted(on_lines(DEALS))
    used = {row["place_id"] for row in DEALS} - {""}
    for precision in ("site", "city"):
        expected = {place for place in used if PLACES[place]["precision"] == precision}
        assert {row["place_id"] for row in layers[f"place-{precision}"]} == expected


def test_a_place_known_to_the_country_only_is_no_point_but_listed_in_words() -> None:
    test = show()
    vague = [row for row in DEALS if row["place_id"] and PLACES[row["place_id"]]["precision"] == "country"]
    assert vague
    points = {row.get("place_id") for name, rows in deck(test).items() if name.startswith("place") for row in rows}
    assert not points & {row["place_id"] for row in vague}
    (words,) = re.findall(r'<p class="meta">(\d+ deals? without any place\..*?)</p>', written(test))
    assert words.startswith(f"{len([row for row in DEALS if not row['place_id']])} deals without any place. Known to")
    assert re.findall(r'href="deal\?id=([^"]+)"', words) == [row["deal_id"] for row in vague]
    for row in vague:
        assert f">{html.escape(row['title'])}</a>" in words


def test_where_every_place_is_known_nothing_is_said_of_vague_ones() -> None:
    shown = written(show(domain="space"))
    rows = [row for row in DEALS if row["domain"] == "space"]
    assert all(PLACES[row["place_id"]]["precision"] != "country" for row in rows if row["place_id"])
    assert "Known to the country only" not in shown
    assert f"{len([row for row in rows if not row['place_id']])} deal" in shown


def test_a_long_list_of_vague_places_says_how_many_more_there_are(tables: Tables) -> None:
    vague = tables.deals.assign(place_id="azerbaijan")
    assert PLACES["azerbaijan"]["precision"] == "country"
    words = str(page._nowhere(tables, vague.head(page.NAMED)))
    assert words.count("<a ") == page.NAMED
    assert " more" not in words
    words = str(page._nowhere(tables, vague.head(page.NAMED + 3)))
    assert words.count("<a ") == page.NAMED
    assert "</a> and 3 more</p>" in words


def test_the_boundary_viewpoint_and_the_version_stand_under_the_map(tables: Tables) -> None:
    (line,) = re.findall(r'<p class="source-line">(.*?)</p>', written(show()))
    assert f"version {tables.version}" in line
    assert page.VIEWPOINT in html.unescape(line)


def test_the_map_has_words_that_count_what_is_on_it() -> None:
    (chart,) = show(domain="drones").get("deck_gl_json_chart")
    places = {row["place_id"] for row in DRONES} - {""}
    assert chart.proto.alt.startswith(f"Map with {len(on_lines(DRONES))} lines from supplier to recipient")
    assert f"and {len(places)} places." in chart.proto.alt


def test_the_legend_names_the_domains_on_the_map_and_no_other() -> None:
    (legend,) = re.findall(r'<p class="legend">(.*?)</p>', written(show(domain=("drones", "naval"))))
    assert re.findall(r"</i> (.*?)</span>", legend) == ["Naval", "Drones"]


# --- the width of the lines --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "words"),
    [(None, "they are many"), ("deals", "they are many"), ("value", "their disclosed value is high"), ("<x>", "they are many")],
)  # fmt: skip
def test_the_width_of_the_lines_is_in_the_address_and_an_unknown_one_is_dropped(given: str | None, words: str) -> None:
    test = show(**({"width": given} if given else {}))
    assert test.button_group[0].value == ("value" if given == "value" else "deals")
    assert f"as wide as {words}" in html.unescape(written(test))


def firm_lines() -> list[list[Row]]:
    """Return the deals of each line that is drawn solid: not all of them are alleged or denied."""
    return [rows for rows in on_lines(DEALS).values() if {row["status"] for row in rows} - {"alleged", "denied"}]


def widths(test: AppTest) -> list[float]:
    """Return the widths of the solid lines on the map, thinnest first."""
    return sorted(row["width"] for row in deck(test)["flow"])


def test_by_value_the_lines_without_a_disclosed_value_are_as_thin_as_can_be() -> None:
    drawn, lines = widths(show(width="value")), firm_lines()
    poor = len([rows for rows in lines if not any(row["value_usd_m"] and row["in_totals"] == "yes" for row in rows)])
    assert len(drawn) == len(lines)
    assert 1 < poor < len(drawn)
    assert drawn[0] == drawn[poor - 1] < drawn[poor]


def test_by_number_the_lines_with_the_fewest_deals_are_the_thinnest() -> None:
    drawn, counts = widths(show()), sorted(map(len, firm_lines()))
    fewest = counts.count(counts[0])
    assert drawn[0] == drawn[fewest - 1] < drawn[fewest]
    assert drawn[-1] > drawn[-1 - counts.count(counts[-1])]


def test_choosing_another_width_writes_it_and_the_default_is_not_written() -> None:
    test = opened("map")
    test.button_group[0].set_value("value").run()
    assert test.query_params["width"] in ("value", ["value"])
    test.button_group[0].set_value("deals").run()
    assert "width" not in test.query_params


# --- what was clicked --------------------------------------------------------------------------------------------


def listed(test: AppTest) -> list[str]:
    """Return the deals in the list under the map."""
    return [link_in(row[0])[1]["id"][0] for row in cells(written(test), "The deals behind it")]


def part(test: AppTest) -> str:
    (title,) = re.findall(r'<h2 class="part">(.*?)</h2>', written(test))
    return html.unescape(title)


def test_a_line_in_the_address_lists_its_deals() -> None:
    test = show(at="TUR>PAK:naval")
    expected = [row["deal_id"] for row in DEALS if "TUR>PAK:naval" in lines_of(row)]
    assert listed(test) == expected
    assert part(test) == f"Turkey to Pakistan, Naval: {len(expected)} deals"


def test_a_place_in_the_address_lists_its_deals() -> None:
    test = show(at="karachi-shipyard")
    expected = [row["deal_id"] for row in DEALS if row["place_id"] == "karachi-shipyard"]
    assert listed(test) == expected
    assert part(test) == f"{PLACES['karachi-shipyard']['name']}: {len(expected)} deals"


def test_the_list_keeps_the_filters_in_its_links_and_to_them() -> None:
    test = show(at="TUR>PAK:drones", status="alleged")
    rows = [row for row in DRONES if row["status"] == "alleged" and "TUR>PAK:drones" in lines_of(row)]
    assert listed(test) == [row["deal_id"] for row in rows]
    for row in cells(written(test), "The deals behind it"):
        assert link_in(row[0])[1]["status"] == ["alleged"]


@pytest.mark.parametrize("at", ["nowhere", "TUR>PAK:", "<script>", "PAK>PAK:naval", ""])
def test_what_is_not_on_the_map_is_ignored(at: str) -> None:
    test = show(at=at)
    assert '<h2 class="part">' not in written(test)
    assert "The deals behind it" not in written(test)
    assert "Close this list" not in [button.label for button in test.button]


def test_what_the_filters_take_off_the_map_is_no_longer_listed() -> None:
    assert "The deals behind it" not in written(show(at="TUR>PAK:naval", domain="air"))


def test_closing_the_list_takes_it_out_of_the_address_and_nothing_else() -> None:
    test = opened("map", at="TUR>PAK:naval", domain="naval")
    (close,) = [button for button in test.button if button.label == "Close this list"]
    close.click().run()
    assert dict(test.query_params) in ({"domain": "naval"}, {"domain": ["naval"]})
    assert '<h2 class="part">' not in written(test)


def test_the_list_says_of_each_value_what_it_is_and_gives_a_tie_no_price() -> None:
    lines = on_lines(DEALS)
    seen = Counter()
    for line in ("TUR>PAK:naval", "TUR>PAK:drones", "TUR>PAK:air", "CHN>PAK:air"):
        shown = {link_in(row[0])[1]["id"][0]: row[-1] for row in cells(written(show(at=line)), "The deals behind it")}
        assert set(shown) == {row["deal_id"] for row in lines[line]}
        for row in lines[line]:
            words = shown[row["deal_id"]]
            if row["value_usd_m"]:
                assert words.startswith(f"{format_usd(float(row['value_usd_m']))} (")
                assert ("not in totals" in words) == (row["in_totals"] == "no")
            else:
                assert words == ("no public value" if row["kind"] in TRADE else "")
            seen[words.partition(" ")[0]] += 1
    assert seen["no"] > 0
    assert seen[""] > 0


def test_a_very_long_list_says_that_it_is_cut(tables: Tables) -> None:
    many = pd.concat([tables.deals] * 2)
    assert len(many) > page.LISTED
    text = str(page._deal_table(tables, many))
    assert text.count("<tr>") == page.LISTED + 1
    assert f"The deals behind it; the first {page.LISTED} of {len(many)}" in text


# --- the twin ----------------------------------------------------------------------------------------------------


def test_the_table_says_what_each_line_says_and_leads_to_its_list() -> None:
    test = show(width="value", status=("signed", "alleged", "delivered"))
    lines = on_lines([row for row in DEALS if row["status"] in ("signed", "alleged", "delivered")])
    found = {}
    for first, *rest in cells(written(test), "Lines of the map"):
        path, params = link_in(first)
        assert (path, params["width"], params["status"]) == ("map", ["value"], ["signed", "alleged", "delivered"])
        found[params["at"][0]] = rest
    assert found == {line: told(rows) for line, rows in lines.items()}
    assert "none disclosed" in {rest[1] for rest in found.values()}


def told(rows: list[Row]) -> list[str]:
    """Return the cells of a line that gathers rows of the file."""
    money = [float(row["value_usd_m"]) for row in rows if row["value_usd_m"] and row["in_totals"] == "yes"]
    unpriced = [row for row in rows if row["kind"] in TRADE and not row["value_usd_m"]]
    doubted = [row for row in rows if row["status"] in ("alleged", "denied")]
    usd = format_usd(sum(money)) if money else "none disclosed"
    return [str(len(rows)), usd, str(len(unpriced)), str(len(doubted))]


def test_a_table_of_very_many_lines_says_that_it_is_cut() -> None:
    count = page.ROWS + 5
    lines = pd.DataFrame({
        "flow_id": [f"A>B:{number}" for number in range(count)], "supplier_name": "A", "recipient_name": "B",
        "domain_label": "Air", "deals": 1, "value_usd_m": float("nan"), "undisclosed": 1, "contested": 0,
    })  # fmt: skip
    text = str(page._twin(lines, "deals"))
    assert text.count("<tr>") == page.ROWS + 1
    assert f"Lines of the map; the {page.ROWS} busiest of {count}" in text


# --- nothing in view ---------------------------------------------------------------------------------------------


def test_no_deal_in_view_is_said_and_no_map_is_drawn() -> None:
    test = show(q="no such words anywhere")
    assert finding(test) == "No deal in view runs between two states."
    assert [element.value for element in test.info] == ["No deal fits these filters. Clear a filter to see more."]
    assert not test.get("deck_gl_json_chart")
    assert not test.button_group
