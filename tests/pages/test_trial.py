"""Try your edit, in the whole app: a session sees its own edit on every page, and no other session does."""

from __future__ import annotations

import html
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard import trial
from tests.gate.test_trial import as_csv, edited, put, rows_of
from tests.page import written
from tests.pages.test_app import PAGES, opened
from tests.workbooks import xlsx

pytestmark = pytest.mark.usefixtures("made_up_pages")
BANNER = "You see your own edit, nothing is published."
KEY = "leave-trial"


def dropped(*files: tuple[str, bytes], test: AppTest | None = None) -> AppTest:
    """Return the page on the data after files were dropped there."""
    test = test or opened("data")
    test.file_uploader[0].set_value([(name, content, "application/octet-stream") for name, content in files]).run()
    assert not test.exception
    assert not test.error
    return test


def at(test: AppTest, page: str, **params: str) -> AppTest:
    """Return another page of the same session."""
    test._page_hash = calc_hash(page)
    test.query_params.clear()
    for name, value in params.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    assert not test.error
    return test


def renamed() -> tuple[str, bytes]:
    return "deals.csv", as_csv(edited("deals", put(2, "title", "Alpha frigates, renamed")))


def test_the_limits_are_said_where_files_are_dropped() -> None:
    words = written(opened("data"))
    assert '<section id="try"' in words
    assert '<a href="#try">Try your edit</a>' in words
    assert "At most 10 files of 5 MB, and 20,000 rows a table." in words


def test_an_edit_without_faults_is_on_every_page_of_its_session_and_of_no_other() -> None:
    test = dropped(renamed())
    words = html.unescape(written(test))
    key = rows_of("deals")[1][0]
    assert BANNER in words
    assert "No fault. 1 change" in words
    assert f'<a href="deal?id={key}" target="_self">Alpha frigates, renamed</a>' in words
    assert '<a href="." target="_self">Overview</a> · <a href="timeline"' in words
    for page in PAGES:
        assert BANNER in written(at(test, page)), page
        assert KEY in [button.key for button in test.button]
    assert "Alpha frigates, renamed" in written(at(test, "deal", id=key))
    assert "+unpublished" in written(test)
    other = written(opened("deal", id=key))
    assert "renamed" not in other
    assert BANNER not in other


def test_whoever_leaves_sees_the_published_tables_again() -> None:
    test = at(dropped(renamed()), "quotes")
    assert BANNER in written(test)
    test.button(key=KEY).click().run()
    assert BANNER not in written(test)
    words = written(at(test, "data"))
    assert "<h3>No fault" not in words
    assert not test.file_uploader[0].value


def test_faults_are_listed_and_the_pages_stay_as_published() -> None:
    rows = edited("deals", put(3, "domain", "navel"))
    test = dropped(("<b>.xlsx", xlsx({"deals": rows, "Notes": [["x"]]})))
    words = written(test)
    assert "1 fault, so nothing is shown with your edit yet" in words
    assert "<td>&lt;b&gt;.xlsx, sheet deals</td>" in words
    assert "<b>.xlsx" not in words
    assert "those of a table: &lt;b&gt;.xlsx, sheet Notes." in words
    assert BANNER not in words
    assert BANNER not in written(at(test, "timeline"))


def test_what_changes_nothing_and_no_total_says_so() -> None:
    test = dropped(("deals.csv", as_csv(rows_of("deals"))))
    assert "No fault, and no cell changes" in written(test)
    assert BANNER not in written(test)
    words = written(dropped(renamed(), test=test))
    assert "<h3>Totals that move</h3><p>None.</p>" in words


def test_a_long_list_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "SHOWN", 1)
    rows = edited("deals", put(2, "domain", "navel"))
    put(3, "domain", "navel")(rows)
    assert "The first 1 of 2 faults." in written(dropped(("deals.csv", as_csv(rows))))
    quotes = edited("quotes", put(2, "role", "Another"))
    put(3, "role", "Another")(quotes)
    words = written(dropped(("quotes.csv", as_csv(quotes))))
    assert "The first 1 of 2 changes." in words
    assert words.count(">Statement of ") == 1


def test_more_files_than_the_limit_are_counted_and_not_kept() -> None:
    test = dropped(*[renamed()] * 12)
    assert "are too many: 12 were dropped" in written(test)
    kept: Any = test.session_state["tried"]
    assert [bool(upload.content) for upload in kept] == [True] * 10 + [False] * 2


def test_what_nobody_foresaw_is_a_fault_and_the_log_has_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(trial, "tried", fails)
    words = written(dropped(renamed()))
    assert "cannot be tried, and we did not foresee why" in words
    assert "ZeroDivisionError" not in words
    assert "ZeroDivisionError" in caplog.text
