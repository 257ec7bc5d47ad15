"""The map's deck: its layers, its widths, what it says of contested flows."""

import json

import pandas as pd
import pytest

from dashboard.charts.course import FRAME, around, bow, bowed, brought_in
from dashboard.charts.world import CompactDeck, deal_map, map_words

PALETTE = {"air": "#56b4e9", "naval": "#0072b2", "drones": "#d55e00"}
POINTS = {
    "TUR": ("Turkey", 39.0, 35.0),
    "PAK": ("Pakistan", 30.0, 69.0),
    "USA": ("United States", 39.0, -98.0),
    "AZE": ("Azerbaijan", 40.4, 47.1),
}


def flow(supplier, recipient, domain, deals=1, contested=0, weight=1.0):
    (sender, lat_from, lon_from), (receiver, lat_to, lon_to) = POINTS[supplier], POINTS[recipient]
    return {
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
        "deals": deals,
        "value_usd_m": float("nan"),
        "undisclosed": deals,
        "contested": contested,
        "weight": weight,
        "note": "No public value.",
        "flow_id": f"{supplier}>{recipient}:{domain}",
    }


@pytest.fixture
def flows():
    return pd.DataFrame(
        [
            flow("TUR", "PAK", "naval", deals=14, weight=14.0),
            flow("TUR", "PAK", "air", deals=10, contested=2, weight=10.0),
            flow("TUR", "PAK", "drones", deals=2, contested=2, weight=2.0),
            flow("USA", "TUR", "air", weight=0.0),
        ]
    )


@pytest.fixture
def places():
    rows = [
        ("karachi-shipyard", "Karachi Shipyard & Engineering Works", "PAK", 24.844, 66.977, "site", 9, "9 deals"),
        ("ankara", "Ankara", "TUR", 39.933, 32.860, "city", 400, "400 deals"),
        ("azerbaijan", "Azerbaijan (place not named)", "AZE", 40.143, 47.577, "country", 2, "2 deals"),
    ]
    return pd.DataFrame(rows, columns=["place_id", "name", "country", "lat", "lon", "precision", "deals", "note"])


def layers(deck):
    return {layer["id"]: layer for layer in json.loads(deck.to_json())["layers"]}


def test_a_map_makers_key_on_the_server_never_reaches_a_reader(flows, places, monkeypatch):
    for name in ("MAPBOX_API_KEY", "MapboxAccessToken", "CARTO_API_KEY", "GOOGLE_MAPS_API_KEY"):
        monkeypatch.setenv(name, "a-key-of-ours")
    deck = deal_map(flows, places, PALETTE)
    assert deck.map_style == "app/static/basemap.json"
    assert "a-key-of-ours" not in f"{deck.to_json()} {vars(deck)}"


def test_every_layer_has_a_name_and_says_whether_it_can_be_picked(flows, places):
    written = json.loads(deal_map(flows, places, PALETTE).to_json())["layers"]
    assert len({layer["id"] for layer in written}) == len(written)
    assert all("pickable" in layer for layer in written)


def test_every_layer_that_can_be_picked_fills_the_tooltip(flows, places):
    for layer in layers(deal_map(flows, places, PALETTE)).values():
        if layer["pickable"]:
            assert all({"title", "note"} <= set(row) for row in layer["data"])


def test_no_line_is_wider_than_seven_pixels(flows, places):
    widths = [row["width"] for row in layers(deal_map(flows, places, PALETTE))["flow"]["data"]]
    assert max(widths) == 7.0
    assert min(widths) >= 1.5


def test_a_flow_of_contested_deals_alone_is_dashed_and_marked(flows, places):
    written = layers(deal_map(flows, places, PALETTE))
    assert len(written["flow-contested"]["data"]) == 1
    assert written["flow-contested"]["getDashArray"] == [4, 3]
    titles = {row["flow_id"]: row["title"] for row in written["flow-grip"]["data"]}
    assert titles["TUR>PAK:drones"] == "Turkey → Pakistan: Drones ?"
    assert titles["TUR>PAK:air"] == "Turkey → Pakistan: Air"
    assert "Drones 2 ?" in [row["label"] for row in written["word"]["data"]]


def test_words_are_ranked_and_rank_above_the_names_of_other_countries(flows, places):
    written = layers(deal_map(flows, places, PALETTE))
    words = written["word"]["data"]
    assert [row["label"] for row in words] == [
        *("Turkey", "Pakistan", "← United States"),
        *("Drones 2 ?", "Naval 14", "Air 10", "Air 1", "Ankara", "Karachi Shipyard & Engineering Works"),
    ]
    ranks = [row["priority"] for row in words]
    assert ranks == sorted(set(ranks), reverse=True)
    assert 1000 > ranks[0] > ranks[-1] > written["word-land"]["getCollisionPriority"]
    for name in ("word", "word-land"):
        assert written[name]["extensions"] == [{"@@type": "CollisionFilterExtension"}]
        assert written[name]["collisionGroup"] == "words"


def test_no_word_ranks_as_low_as_the_name_of_a_country_without_deals_however_many_there_are(flows, places):
    many = pd.concat([places.assign(name=places["name"] + str(at), deals=9) for at in range(60)])
    written = layers(deal_map(flows, many, PALETTE))
    ranks = [row["priority"] for row in written["word"]["data"]]
    assert len(ranks) > 50
    assert min(ranks) > written["word-land"]["getCollisionPriority"]


def test_every_flow_can_be_clicked_and_carries_its_id(flows, places):
    grip = layers(deal_map(flows, places, PALETTE))["flow-grip"]
    assert sorted(row["flow_id"] for row in grip["data"]) == sorted(flows["flow_id"])
    assert grip["pickable"]


def test_the_domains_of_a_pair_are_fanned_in_the_order_of_the_palette(flows, places):
    heights = [row["height"] for row in layers(deal_map(flows, places, PALETTE))["flow"]["data"][:2]]
    assert heights == [bow((35.0, 39.0), (69.0, 30.0), 0), bow((35.0, 39.0), (69.0, 30.0), 1)]
    assert heights[0] < heights[1]


def test_what_lies_beyond_the_map_starts_at_its_edge_and_says_so(flows, places):
    written = layers(deal_map(flows, places, PALETTE))
    [note] = [row["note"] for row in written["flow-grip"]["data"] if row["flow_id"] == "USA>TUR:air"]
    assert note == "No public value. United States lies beyond the edge of the map."
    assert "← United States" in [row["label"] for row in written["word"]["data"]]


def test_a_place_known_only_by_country_is_a_tint_and_never_a_pin(flows, places):
    written = layers(deal_map(flows, places, PALETTE))
    assert [row["place_id"] for row in written["place-site"]["data"]] == ["karachi-shipyard"]
    assert [row["place_id"] for row in written["place-city"]["data"]] == ["ankara"]
    assert "'AZE'" in written["place-country"]["getFillColor"]
    assert written["place-city"]["data"][0]["radius"] <= 10


@pytest.mark.parametrize("empty", ["flows", "places", "both"])
def test_without_rows_the_basemap_remains(flows, places, empty):
    kept_flows = flows if empty == "places" else flows.iloc[:0]
    kept_places = places if empty == "flows" else places.iloc[:0]
    deck = json.loads(deal_map(kept_flows, kept_places, PALETTE).to_json())
    assert deck["mapStyle"] == "app/static/basemap.json"
    assert {"flow", "flow-grip", "flow-contested", "place-site", "word-land"} <= {
        layer["id"] for layer in deck["layers"]
    }


def test_the_base_address_goes_before_every_file(flows, places):
    text = deal_map(flows, places, PALETTE, base_url="/ties/").to_json()
    assert text.count("app/static/") == text.count('"/ties/app/static/') == 3


def test_the_deck_is_written_without_indentation(flows, places):
    deck = deal_map(flows, places, PALETTE)
    assert isinstance(deck, CompactDeck)
    assert "\n" not in deck.to_json()
    assert '": ' not in deck.to_json()


def test_the_deck_names_no_other_host(flows, places):
    assert "//" not in deal_map(flows, places, PALETTE).to_json()


def test_a_point_beyond_the_frame_is_brought_in_and_any_other_left_alone():
    lon, lat = brought_in((-98.0, 39.0), (35.0, 39.0))
    assert FRAME[0] <= lon <= FRAME[0] + 2
    assert lat == 39.0
    assert brought_in((69.0, 30.0), (35.0, 39.0)) == (69.0, 30.0)


def test_a_line_bows_to_the_left_of_its_course():
    path = bowed((30.0, 0.0), (60.0, 0.0), 0.4)
    assert path[0] == (30.0, 0.0)
    assert path[-1] == (60.0, 0.0)
    assert path[16] == pytest.approx((45.0, 6.0), abs=0.1)


def test_the_words_count_what_is_drawn(flows, places):
    words = map_words(flows, places)
    assert "4 lines" in words
    assert "3 places" in words
    assert "Turkey to Pakistan, 26" in words
    assert "4 alleged or denied" in words
    assert map_words(flows.iloc[:0], places.iloc[:0]) == "Map without any deal in view."


@pytest.mark.parametrize(
    "points",
    [
        [(39.0, 35.0), (30.0, 69.0)],
        [(40.4, 47.1), (30.0, 69.0), (24.8, 67.0)],
        [(60.0, 20.0), (-10.0, 20.5)],
        [(23.8, 90.4)],
    ],
)
def test_a_small_map_opens_around_its_points_and_holds_them_all(points):
    latitude, longitude, zoom = around(points)
    seen = 360 / 2**zoom  # degrees across 512 pixels, at the equator
    for lat, lon in points:
        assert abs(lon - longitude) * 512 / seen < 358 / 2 - 40  # pixels: a phone, and the half of a country's name
        assert abs(lat - latitude) < seen / 4  # it is half as high as it is wide
    assert seen > 11


def test_a_small_map_of_far_points_shows_more_than_one_of_near_points():
    assert around([(39.0, 35.0), (30.0, 69.0)])[2] < around([(39.0, 35.0), (38.0, 37.0)])[2]
    assert around([(39.0, 35.0), (39.0, 35.0)]) == around([(39.0, 35.0)])
