"""Cite this: on every page and at a statement, in every form, made only when it is opened."""

from __future__ import annotations

import json

import pytest

from dashboard import cite_button
from tests.page import cited, press
from tests.pages.test_app import PAGES, opened

pytestmark = pytest.mark.usefixtures("made_up_pages")


@pytest.fixture
def open_folds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let every fold be open, as after a press, and return the labels of those drawn, each once drawn."""
    drawn: list[str] = []

    class Open:
        open = True

        def __enter__(self) -> None:
            return None

        def __exit__(self, *_: object) -> None:
            return None

    def popover(label: str, **_: object) -> Open:
        drawn.append(label)
        return Open()

    monkeypatch.setattr(cite_button.st, "popover", popover)
    return drawn


@pytest.mark.parametrize("page", [page for page in PAGES if page != "present"])
def test_every_page_can_be_cited_in_every_form(page: str) -> None:
    test = press(opened(page, domain="naval", **({"id": "alpha-frigates"} if page == "deal" else {})), "cite")
    assert not test.exception
    codes = cited(test)[:4]
    assert codes[0].startswith("Defence Ties, “")
    assert f"{page}?" in codes[0]
    assert (codes[1][:6], codes[2][:5]) == ("@misc{", "TY  -")
    assert json.loads(codes[3])[0]["title"] in codes[0]


def test_a_statement_is_cited_at_its_own_address(open_folds: list[str]) -> None:
    test = opened("quotes", statement="muster-2015-boats")
    assert "Cite this statement" in open_folds
    assert any(
        "Bora Muster, about March 2015: Welcomed the refit of the boats. (paraphrase)" in words for words in cited(test)
    )


def test_nothing_is_made_before_it_is_asked_for() -> None:
    assert not cited(opened("value"))


def test_what_was_opened_on_one_page_stays_shut_on_the_next() -> None:
    test = opened("value")
    test.session_state["handed-over"] = {"open": "cite timeline"}
    test.run()
    assert not test.exception
    assert not cited(test)
