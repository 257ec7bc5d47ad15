"""Where a point may lie, by the outlines of the basemap."""

import pytest

from dashboard.tables.check import outlines, whereabouts

# The state, the latitude and longitude, and whether the point may lie there.
POINTS = {
    "inland": ("TUR", 39.9, 32.9, True),
    "in another state": ("IRN", 39.9, 32.9, False),
    "across the border by a few kilometres": ("PAK", 31.60, 74.60, True),
    "across the border by some thirty": ("PAK", 31.634, 74.872, False),
    "a port that the plain coastline leaves in the water": ("TUR", 41.0082, 28.9784, True),
    "an atoll that the basemap leaves out": ("MDV", 5.8183, 73.4694, True),
    "a ship between two states, said to be of one": ("TUR", 35.6, 30.0, True),
    "a ship between two states, said to be of the other": ("CYP", 34.9, 31.9, True),
    "the middle of the ocean": ("IND", -5.0, 80.0, False),
    "a part that the basemap draws apart": ("CYP", 35.25, 33.6, True),
    "a part that the basemap draws apart, said to be of whoever holds it": ("TUR", 35.25, 33.6, True),
    "a part that the basemap draws apart, said to be of a third state": ("GRC", 35.25, 33.6, False),
    "beyond the edge that cuts through the state": ("RUS", 66.0, 60.0, True),
    "beyond an edge that does not": ("RUS", 0.0, 5.0, False),
    "beyond the eastern edge": ("CHN", 45.0, 130.0, True),
    "beyond the western edge": ("DEU", 52.0, 8.0, True),
    "beyond the southern edge": ("MOZ", -18.0, 35.0, True),
    "a state that is not shown": ("GBR", 51.5, -0.1, True),
}


@pytest.mark.parametrize("name", POINTS)
def test_where_a_point_may_lie(name: str) -> None:
    country, lat, lon, may = POINTS[name]
    assert whereabouts.may_lie_in(country, lat, lon) is may


def test_the_distance_to_an_outline_is_in_degrees_and_shrinks_with_the_parallels() -> None:
    north, west = outlines.distance("TUR", 44.0, 33.0), outlines.distance("TUR", 38.4, 24.0)
    assert north == pytest.approx(2.0, abs=0.2)
    assert west == pytest.approx((26.2 - 24.0) * 0.78, abs=0.2)


def test_the_state_at_a_point_is_named() -> None:
    assert outlines.name(outlines.state_at(33.7, 73.0)) == "Pakistan"
    assert outlines.state_at(15.0, 65.0) == ""
    assert outlines.name("GBR") == "GBR"
