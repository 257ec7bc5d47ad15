"""An address that names no page: which pages are near, and what is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.address import Links
from dashboard.pages.missing import OFFERED, near, sought
from dashboard.templates import render

TITLES = {"": "Overview", "timeline": "Timeline", "value": "Value", "map": "Map", "claims": "Claims", "deal": "Deal"}


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("vlaue", "value"), ("VALUE", "value"), ("value.html", "value"), ("claim", "claims"), ("time-line", "timeline"),
        ("overview", ""), ("maps", "map"), ("dael", "deal"),
    ],
)  # fmt: skip
def test_the_page_that_was_meant_comes_first(asked: str, first: str) -> None:
    assert near(asked, TITLES)[0] == first


def test_of_a_name_like_no_page_none_is_near_and_all_are_pointed_to() -> None:
    assert near("wp-login.php", TITLES) == []
    page = render("missing.html", near=[], titles=TITLES, words="wp login", to=Links())
    assert "Did you mean" not in page
    assert "no page has a name like it" in page
    assert 'href="search?said=wp+login"' in page
    assert "search everything" not in render("missing.html", near=[], titles=TITLES, words="", to=Links())


def test_the_parts_of_a_name_are_searched_as_words() -> None:
    assert sought("naval-Deals") == "naval deals"


def test_several_near_pages_are_joined_in_words() -> None:
    page = render("missing.html", near=["map", "deal", "value"], titles=TITLES, words="", to=Links())
    assert ">Map</a>, <a" in page
    assert ">Deal</a> or <a" in page


@given(st.text(max_size=200))
def test_whatever_the_address_few_are_offered_and_each_is_a_page(asked: str) -> None:
    found = near(asked, TITLES)
    assert len(found) <= OFFERED
    assert set(found) <= set(TITLES)
