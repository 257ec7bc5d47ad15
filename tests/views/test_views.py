"""What an address shows without a browser, over the made-up tables: the same as its page shows."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import views
from dashboard.choices.parameters import UNFILTERED, parameters
from dashboard.gate.then import Then
from dashboard.tables.load import Tables
from dashboard.views import former
from tests.page import finding, opened, written

TODAY = date(2026, 11, 27)
PAGES = [*views.PAGES]


@pytest.mark.usefixtures("made_up_pages")
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("query", ["", "domain=naval&domain=nothing&sure=origins"])
def test_a_view_says_what_its_page_says(made_up: Tables, page: str, query: str) -> None:
    view = views.at(made_up, f"/{page}?{query}", date.today())
    test = opened(page or "overview", **parse_qs(query))
    shown = html.unescape(written(test) + " ".join(one.value for one in test.markdown))
    assert finding(test) == view.finding
    assert page in UNFILTERED or f"{view.count} of {view.whole}</strong> {view.noun} in view" in shown
    assert all(words in shown for words in view.filters)
    assert all(words in shown for words in view.left_out)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_an_address_says_there_is_a_view_of_it(made_up: Tables, data: st.DataObject) -> None:
    page = data.draw(st.sampled_from(PAGES))
    asked = data.draw(st.dictionaries(st.sampled_from([one.name for one in parameters(page)]), st.text(), max_size=4))
    view = views.view(made_up, views.address.read(made_up, page, {name: [text] for name, text in asked.items()}), TODAY)
    assert view.finding
    assert 0 <= view.count <= view.whole
    assert all(str(picture.svg).startswith("<svg") for picture in view.pictures)
    assert all(len(row) == len(table.headings) for table in view.tables for row in table.rows)


def test_a_view_of_a_former_version_is_of_the_tables_of_then(made_up: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    few = replace(made_up, deals=made_up.deals.head(3), stamp="then")
    asked = replace(views.address.read(made_up, "timeline", {}), values={"v": ("1.0.0",), "then": ("yes",)})
    for tables, rows, words in (
        (few, 1, "1 row of it cannot be read"),
        (few, 0, "as they were in"),
        (None, 0, "1.0.0 cannot be shown: gone"),
    ):
        monkeypatch.setattr(former, "then", lambda *_, tables=tables, rows=rows: Then(tables, rows, "gone"))
        view = views.view(made_up, asked, TODAY)
        assert view.whole == len((tables or made_up).deals)
        assert any(words in said for said in view.left_out)
    assert "cannot be read" not in " ".join(views.at(made_up, "/timeline", TODAY).left_out)


def test_a_view_is_made_once_whoever_asks(made_up: Tables) -> None:
    first, second = (views.at(made_up, f"/value?domain=naval&{more}", TODAY) for more in ("", "domain=nothing"))
    assert first.pictures[0] is second.pictures[0]
    assert second.left_out
    assert not first.left_out
