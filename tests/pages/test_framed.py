"""A view in a frame on another page: it alone, with what it is of, and the way to the whole."""

from __future__ import annotations

import html

import pytest

from dashboard import controls
from tests.page import pages_linked, written
from tests.pages.test_app import PAGES, opened

pytestmark = pytest.mark.usefixtures("made_up_pages")


@pytest.fixture(autouse=True)
def in_a_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every page be asked for as a frame asks for it; Streamlit tells no AppTest of that parameter."""
    monkeypatch.setattr(controls, "is_framed", lambda: True)


@pytest.mark.parametrize("page", [page for page in PAGES if page != "present"])
def test_a_page_in_a_frame_has_neither_pages_nor_filters_and_says_what_it_is_of(page: str) -> None:
    test = opened(page, domain="naval", id="alpha-frigates")
    words = html.unescape(written(test))
    assert not test.sidebar.children
    assert not pages_linked(test)
    assert not test.button
    assert "<h1>" in words
    assert "tables, version " in words
    assert "?sure=any&domain=naval&" in words
    assert 'target="_blank" rel="noopener">Open in Defence Ties</a>' in words
    assert "embed=true" not in words
    assert "Copy link" not in words
    assert 'id="rows-in-view"' not in words


def test_what_is_chosen_is_said_where_no_control_says_it() -> None:
    words = html.unescape(written(opened("quotes", domain="naval", topic="naval", said="boats", page="1")))
    assert "Domain: Naval · Topic: Naval · Words said: “boats”" in words
