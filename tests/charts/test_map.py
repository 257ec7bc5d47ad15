"""The map's deck: its layers, the look of each family of lines, its widths, what it says of contested flows."""

import json

import pytest

from dashboard.charts.map import deck as charts
from dashboard.charts.map.account import map_words
from dashboard.charts.map.arcs import bowed, brought_in
from dashboard.charts.map.deck import CompactDeck
from dashboard.charts.map.labels import LABELLED
from dashboard.charts.map.lines import AGAINST, APART, DASH, rgb, traded
from dashboard.charts.map.sums import over_domains
from dashboard.style import tokens
from tests.made_up import DOLLARS, FRAME

PALETTE = {"air": "#56b4e9", "naval": "#0072b2", "drones": "#d55e00"}
POINTS = {
    "TUR": ("Turkey", 39.0, 35.0),
    "PAK": ("Pakistan", 30.0, 69.0),
    "USA": ("United States", 39.0, -98.0),
    "AZE": ("Azerbaijan", 40.4, 47.1),
}
BETWEEN = {"trade": (">", "to"), "tie": ("-", "and"), "measure": ("!", "against")}


def flow(supplier, recipient, domain, deals=1, contested=0, weight=1.0, family="trade"):
    (sender, lat_from, lon_from), (receiver, lat_to, lon_to) = POINTS[supplier], POINTS[recipient]
    sign, word = BETWEEN[family]
    return {
        "family": family,
        "supplier": supplier,
        "recipient": recipient,
        "supplier_name": sender,
        "recipient_name": receiver,
        "lat_from": lat_from,
        "lon_from": lon_from,
        "lat_to": lat_to,
        "lon_to": lon_to,
        "domain": domain,
        "domain_label": domain.title(),
        "relation": f"{sender} {word} {receiver}",
        "title": f"{sender} {word} {receiver}, {domain.title()}",
        "deals": deals,
        "claimed": 0,
        "value_usd_m": float("nan"),
        "undisclosed": deals,
        "contested": contested,
        "kinds": "sale",
        "weight": weight,
        "note": "No public value.",
        "flow_id": f"{supplier}{sign}{recipient}:{domain}",
    }


@pytest.fixture
def flows():
    return [
        flow("TUR", "PAK", "naval", deals=14, weight=14.0),
        flow("TUR", "PAK", "air", deals=10, contested=2, weight=10.0),
        flow("TUR", "PAK", "drones", deals=2, contested=2, weight=2.0),
        flow("USA", "TUR", "air", weight=0.0),
    ]


@pytest.fixture
def others():
    """Return lines that are no trade."""
    return [
        flow("PAK", "TUR", "naval", deals=8, weight=8.0, family="tie"),
        flow("PAK", "TUR", "air", contested=1, family="tie"),
        flow("USA", "TUR", "naval", deals=2, family="measure"),
    ]


@pytest.fixture
def places():
    rows = [
        ("karachi-shipyard", "Karachi Shipyard & Engineering Works", "PAK", 24.844, 66.977, "dot", 9, "9 deals"),
        ("ankara", "Ankara", "TUR", 39.933, 32.860, "ring", 400, "400 deals"),
        ("azerbaijan", "Azerbaijan (place not named)", "AZE", 40.143, 47.577, "area", 2, "2 deals"),
    ]
    return [
        dict(zip(["place_id", "name", "country", "lat", "lon", "drawn", "deals", "note"], row, strict=True))
        for row in rows
    ]


def deal_map(flows, places, **options):
    """Draw flows as the page does: over all domains."""
    return charts.deal_map(over_domains(flows, PALETTE, DOLLARS), places, FRAME, **options)


def layers(deck):
    return {layer["id"]: layer for layer in json.loads(deck.to_json())["layers"]}


def test_a_map_makers_key_on_the_server_never_reaches_a_reader(flows, places, monkeypatch):
    for name in ("MAPBOX_API_KEY", "MapboxAccessToken", "CARTO_API_KEY", "GOOGLE_MAPS_API_KEY"):
        monkeypatch.setenv(name, "a-key-of-ours")
    deck = deal_map(flows, places)
    assert deck.map_style == "app/static/basemap.json"
    assert "a-key-of-ours" not in f"{deck.to_json()} {vars(deck)}"


def test_every_layer_has_a_name_and_says_whether_it_can_be_picked(flows, places):
    written = json.loads(deal_map(flows, places).to_json())["layers"]
    assert len({layer["id"] for layer in written}) == len(written)
    assert all("pickable" in layer for layer in written)


def test_every_layer_that_can_be_picked_fills_the_tooltip(flows, places):
    for layer in layers(deal_map(flows, places)).values():
        if layer["pickable"]:
            assert all({"title", "note"} <= set(row) for row in layer["data"])


def test_no_line_is_wider_than_seven_pixels(flows, places):
    widths = [row["width"] for row in layers(deal_map(flows, places))["flow"]["data"]]
    assert max(widths) == 7.0
    assert min(widths) >= 1.5


def test_no_stroke_is_too_thin_to_be_seen(flows, others, places):
    """A line of 0.2 pixels is there for the code alone; what is contested must be as plain to see as the rest."""
    doubted = [flow("TUR", "AZE", "air", contested=1), flow("AZE", "PAK", "air", contested=1, family="measure")]
    strokes = layers(deal_map([*flows, *others, *doubted], places))["flow-stroke"]
    contested = [row["width"] for row in strokes["data"] if row["dash"] == DASH and not row["offset"]]
    assert strokes["widthUnits"] == "pixels"
    assert min(row["width"] for row in strokes["data"]) >= 1
    assert contested
    assert min(contested) >= 1.5


def test_a_direction_of_contested_deals_alone_is_dashed_and_marked(flows, places):
    doubted = flow("PAK", "AZE", "drones", deals=2, contested=2, weight=2.0)
    written = layers(deal_map([*flows, doubted], places))
    assert [row["dash"] for row in written["flow-stroke"]["data"]] == [DASH]
    assert written["flow-stroke"]["getDashArray"] == "@@=dash"
    assert len(written["flow"]["data"]) == 2
    titles = {row["flow_id"]: row["title"] for row in written["flow-grip"]["data"]}
    assert titles == {
        "TUR>PAK": "Turkey to Pakistan",
        "USA>TUR": "United States to Turkey",
        "PAK>AZE": "Pakistan to Azerbaijan ?",
    }
    assert "2 ?" in [row["label"] for row in written["word-line"]["data"]]


# --- one line a direction ----------------------------------------------------------------------------------------


def test_a_direction_is_one_line_in_ink_whatever_its_domains_as_wide_as_all_of_them(flows, places):
    arcs = layers(deal_map(flows, places, ink="#102030"))["flow"]["data"]
    assert len(arcs) == 2
    assert {tuple(row["full"][:3]) for row in arcs} == {(16, 32, 48)}
    assert max(row["width"] for row in arcs) == 7.0
    [note] = [
        row["note"] for row in layers(deal_map(flows, places))["flow-grip"]["data"] if row["flow_id"] == "TUR>PAK"
    ]
    assert note == "26 trade deals; 26 without a public value; 4 alleged or denied. Air 10, Naval 14, Drones 2."


def test_lines_in_opposite_directions_lie_on_either_side(places):
    there_and_back = [flow("TUR", "PAK", "air"), flow("PAK", "TUR", "air")]
    one, other = (row["path"] for row in layers(deal_map(there_and_back, places))["flow-grip"]["data"])
    assert one[0] == other[-1]
    assert one[16] != other[16]


def test_the_lines_come_with_the_most_deals_first_and_of_nothing_there_is_none(flows):
    made = over_domains(flows, PALETTE, DOLLARS)
    assert [row["deals"] for row in made] == [26, 1]
    assert made[0]["domains"] == {"air": 10, "naval": 14, "drones": 2}
    assert over_domains([], PALETTE, DOLLARS) == []


def test_a_number_stands_on_the_middle_of_its_line_on_a_plate(flows, places):
    written = layers(deal_map(flows, places))
    middles = {tuple(row["path"][16]) for row in written["flow-grip"]["data"]}
    assert {tuple(row["point"]) for row in written["word-line"]["data"]} == middles
    assert {tuple(row["offset"]) for row in written["word-line"]["data"]} == {(0, 0)}
    assert written["word-line"]["getBackgroundColor"][3] > 200
    assert written["word"]["getBackgroundColor"][3] == 1


@pytest.mark.parametrize(("value", "words"), [(1500.0, "$1.5bn"), (float("nan"), "no public value")])
def test_where_the_width_is_the_value_a_line_of_trade_bears_it(value, words, others, places):
    priced = [{**flow("TUR", "AZE", "air"), "value_usd_m": value}, *others]
    labels = [row["label"] for row in layers(deal_map(priced, places, money=DOLLARS))["word-line"]["data"]]
    assert sorted(labels) == sorted([words, "9 ties", "2 measures"])


# --- what is no trade --------------------------------------------------------------------------------------------


def drawn(rows):
    """Return the strokes of flows, and whether any of them is drawn as an arc, as trade is."""
    written = layers(deal_map(rows, []))
    return written["flow-stroke"]["data"], bool(written["flow"]["data"]), written


def test_a_tie_is_a_double_line_the_same_along_its_length_and_fainter_than_trade(others):
    strokes, has_arc, written = drawn(others[:1])
    assert not has_arc
    assert [row["offset"] for row in strokes] == [-APART, APART]
    assert strokes[0]["path"] == strokes[1]["path"]
    assert {row["full"][3] < 128 for row in strokes} == {True}
    assert {tuple(row["dash"]) for row in strokes} == {(0, 0)}
    assert written["flow-stroke"]["getOffset"] == "@@=offset"
    assert [row["label"] for row in written["word-line"]["data"]] == ["8 ties"]


def test_a_measure_is_barred_towards_the_state_it_is_against_in_an_ink_of_no_domain(others):
    (shaft, bars), has_arc, written = drawn(others[2:])
    assert not has_arc
    assert {tuple(row["full"][:3]) for row in (shaft, bars)} == {tuple(rgb(AGAINST)[:3])}
    assert AGAINST.lower() not in PALETTE.values()
    assert bars["width"] > 3 * shaft["width"]
    assert bars["path"][-1] == shaft["path"][-1] == [35.0, 39.0]  # Turkey
    assert bars["path"][0] == shaft["path"][len(shaft["path"]) // 2]
    assert [row["label"] for row in written["word-line"]["data"]] == ["2 measures"]
    assert written["flow-grip"]["data"][0]["title"] == "United States against Turkey"


@pytest.mark.parametrize("family", ["tie", "measure"])
def test_what_is_alleged_or_denied_is_dashed_in_every_family(family):
    strokes, _, written = drawn([flow("TUR", "PAK", "air", contested=1, family=family)])
    assert DASH in [row["dash"] for row in strokes]
    assert [0, 0] not in [row["dash"] for row in strokes]
    assert written["flow-grip"]["data"][0]["title"].endswith(" ?")
    assert [row["label"] for row in written["word-line"]["data"]] == [f"1 {family} ?"]


def test_the_lines_of_a_pair_lie_apart_whatever_their_family(others):
    backwards = [flow("PAK", "TUR", "naval"), flow("PAK", "TUR", "naval", family="measure")]
    _, _, written = drawn([*others, *backwards])
    paths = [json.dumps(row["path"]) for row in written["flow-grip"]["data"]]
    assert len(set(paths)) == len(paths) == 4


def test_every_measure_has_a_word_however_many_wider_lines_there_are(others):
    many = [flow("TUR", "PAK", "air", weight=9.0) | {"flow_id": f"{at}>PAK:air"} for at in range(LABELLED)]
    _, _, written = drawn([*many, *others[2:]])
    assert "2 measures" in [row["label"] for row in written["word-line"]["data"]]


def test_the_ink_of_measures_stands_out_on_both_grounds():
    def light(colour):
        parts = [part / 255 for part in rgb(colour)[:3]]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for ground in tokens.GROUNDS.values():
        low, high = sorted((light(AGAINST), light(ground)))
        assert (high + 0.05) / (low + 0.05) >= 3


# --- words, places, edges ----------------------------------------------------------------------------------------


def test_words_are_ranked_and_rank_above_the_names_of_other_countries(flows, places):
    written = layers(deal_map(flows, places))
    words = sorted(written["word"]["data"] + written["word-line"]["data"], key=lambda row: -row["priority"])
    assert [row["label"] for row in words] == [
        *("Turkey", "Pakistan", "← United States"),
        *("26", "1", "Ankara", "Karachi Shipyard & Engineering Works"),
    ]
    ranks = [row["priority"] for row in words]
    assert ranks == sorted(set(ranks), reverse=True)
    assert 1000 > ranks[0] > ranks[-1] > written["word-land"]["getCollisionPriority"]
    for name in ("word", "word-line", "word-land"):
        assert written[name]["extensions"] == [{"@@type": "CollisionFilterExtension"}]
        assert written[name]["collisionGroup"] == "words"


def test_every_word_can_be_read_on_a_projector(flows, places):
    written = layers(deal_map(flows, places))
    assert min(row["size"] for name in ("word", "word-line") for row in written[name]["data"]) >= 13
    assert written["word-land"]["getSize"].endswith(": 13")


def test_places_that_appear_on_zooming_in_are_measured_on_the_ground_and_bear_no_name(flows, places):
    near, always = (layers(deal_map(flows, places, near=near)) for near in (True, False))
    for name in ("place-dot", "place-ring"):
        assert near[name]["data"] == always[name]["data"]
        assert (near[name]["radiusUnits"], always[name]["radiusUnits"]) == ("meters", "pixels")
        far = max(row["radius"] for row in near[name]["data"]) * near[name]["radiusScale"] / 10_000
        assert far < 1, "a place is a speck where a pixel is ten kilometres wide, as in the whole region"
        assert near[name]["radiusMaxPixels"] == 10
    assert not {"Ankara"} & {row["label"] for row in near["word"]["data"]}


def test_no_word_ranks_as_low_as_the_name_of_a_country_without_deals_however_many_there_are(flows, places):
    many = [{**place, "name": place["name"] + str(at), "deals": 9} for at in range(60) for place in places]
    written = layers(deal_map(flows, many))
    ranks = [row["priority"] for row in written["word"]["data"]]
    assert len(ranks) > 50
    assert min(ranks) > written["word-land"]["getCollisionPriority"]


def test_every_flow_can_be_clicked_and_carries_its_id(flows, places):
    grip = layers(deal_map(flows, places))["flow-grip"]
    assert sorted(row["flow_id"] for row in grip["data"]) == ["TUR>PAK", "USA>TUR"]
    assert grip["pickable"]


def test_what_lies_beyond_the_map_starts_at_its_edge_and_says_so(flows, places):
    written = layers(deal_map(flows, places))
    [note] = [row["note"] for row in written["flow-grip"]["data"] if row["flow_id"] == "USA>TUR"]
    assert note == "1 trade deal; 1 without a public value. Air 1. United States lies beyond the edge of the map."
    assert "← United States" in [row["label"] for row in written["word"]["data"]]


def test_a_place_known_as_an_area_is_a_tint_and_never_a_pin(flows, places):
    written = layers(deal_map(flows, places))
    assert [row["place_id"] for row in written["place-dot"]["data"]] == ["karachi-shipyard"]
    assert [row["place_id"] for row in written["place-ring"]["data"]] == ["ankara"]
    assert "'AZE'" in written["place-area"]["getFillColor"]
    assert written["place-ring"]["data"][0]["radius"] <= 10


@pytest.mark.parametrize("empty", ["flows", "places", "both"])
def test_without_rows_the_basemap_remains(flows, places, empty):
    kept_flows = flows if empty == "places" else []
    kept_places = places if empty == "flows" else []
    deck = json.loads(deal_map(kept_flows, kept_places).to_json())
    assert deck["mapStyle"] == "app/static/basemap.json"
    assert {"flow", "flow-grip", "flow-stroke", "place-dot", "word-land"} <= {layer["id"] for layer in deck["layers"]}


def test_the_base_address_goes_before_every_file(flows, places):
    text = deal_map(flows, places, base_url="/ties/").to_json()
    assert text.count("app/static/") == text.count('"/ties/app/static/') == 3


def test_the_deck_is_written_without_indentation(flows, places):
    deck = deal_map(flows, places)
    assert isinstance(deck, CompactDeck)
    assert "\n" not in deck.to_json()
    assert '": ' not in deck.to_json()


def test_the_deck_names_no_other_host(flows, places):
    assert "//" not in deal_map(flows, places).to_json()


def test_a_point_beyond_the_frame_is_brought_in_and_any_other_left_alone():
    lon, lat = brought_in((-98.0, 39.0), (35.0, 39.0), FRAME)
    assert FRAME[0] <= lon <= FRAME[0] + 2
    assert lat == 39.0
    assert brought_in((69.0, 30.0), (35.0, 39.0), FRAME) == (69.0, 30.0)


def test_a_line_bows_to_the_left_of_its_course():
    path = bowed((30.0, 0.0), (60.0, 0.0), 0.4)
    assert path[0] == (30.0, 0.0)
    assert path[-1] == (60.0, 0.0)
    assert path[16] == pytest.approx((45.0, 6.0), abs=0.1)


def test_the_words_count_what_is_drawn(flows, others, places):
    assert map_words([*flows, *others], places) == (
        "Map with 4 lines of trade from supplier to recipient, 2 lines of ties between equals, "
        "1 line of measures against a state and 3 places. "
        "Most trade from supplier to recipient: Turkey to Pakistan, 26; United States to Turkey, 1. "
        "Most ties between equals: Pakistan and Turkey, 9. "
        "Most measures against a state: United States against Turkey, 2. "
        "Counted over the lines, 5 alleged or denied."
    )
    assert map_words(flows[3:], places[:1]) == (
        "Map with 1 line of trade from supplier to recipient and 1 place. "
        "Most trade from supplier to recipient: United States to Turkey, 1."
    )
    assert map_words([], places) == "Map with 3 places."
    assert map_words([], []) == "Map without any deal in view."


@pytest.mark.parametrize(("deals", "claimed", "words"), [(39, 4, "35 + 4 claimed"), (2, 2, "2 claimed"), (3, 0, "3")])
def test_what_is_only_claimed_is_counted_apart_on_a_line(deals: int, claimed: int, words: str) -> None:
    assert traded({"deals": deals, "claimed": claimed}) == words
