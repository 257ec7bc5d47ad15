"""The button of the briefing pack: its forms, the names of its files, and that nothing is made before one is asked for."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from dashboard import pack, pack_button
from dashboard.pack.briefing import Briefing
from dashboard.tables.load import Tables
from tests.page import opened, press, written


def with_menu(page: str, **params: str) -> AppTest:
    """Return a page whose menu of the briefing pack is open."""
    test = press(opened(page, **params), "pack")
    assert not test.exception
    return test


def forms(test: AppTest) -> list[str]:
    """Return the labels of the buttons of the menu."""
    return [button.proto.label for button in test.get("download_button") if button.proto.label in labels()]


def labels() -> list[str]:
    """Return what the forms are called."""
    return [form.label for form in pack.FORMS.values()]


@pytest.mark.parametrize(
    "page", ["overview", "timeline", "value", "map", "quotes", "claims", "compare", "sources", "deal"]
)
def test_every_page_that_says_what_is_in_view_offers_it(page: str) -> None:
    test = opened(page)
    assert 'data-act="pack"' in written(test)
    assert forms(test) == []


def test_the_menu_offers_every_form_and_makes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def made(*_: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr(pack_button, "_written", made)
    test = with_menu("value", domain="naval")
    assert forms(test) == labels()
    assert all(
        button.proto.deferred_file_id for button in test.get("download_button") if button.proto.label in labels()
    )


def test_a_form_is_made_of_the_address_and_today(made_up: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[date] = []

    def made(today: date) -> Briefing:
        given.append(today)
        return pack_button.briefing.of_view(pack_button.views.at(made_up, "/value", today))

    file = pack_button._written(made_up, pack.FORMS["pptx"], made)
    assert given == [date.today()]
    assert Presentation(io.BytesIO(file)).slides[0].shapes.title.text_frame.text == "Value"


def test_the_name_of_a_file_says_what_and_of_which_version(monkeypatch: pytest.MonkeyPatch, tables: Tables) -> None:
    named: list[str] = []
    monkeypatch.setattr(pack_button.st, "download_button", lambda *given, **_: named.append(given[2]))
    with_menu("value", domain="naval", by="supplier")
    assert [name for name in named if not name.endswith(".csv")] == [
        f"{tables.package.name}-{tables.version}-value-domain-naval-supplier{form.ending}"
        for form in pack.FORMS.values()
    ]
