"""The site shows the tables as they are now: faults are listed while they last, and a change is seen at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import controls
from dashboard import in_view as above
from dashboard.pages import fault_list, overview
from dashboard.tables import live
from dashboard.tables import load as data
from dashboard.tables.live import Live
from tests.page import filters, pages_linked, written
from tests.pages.test_app import opened as opened_at
from tests.pages.test_controls import APP, in_view, opened


@pytest.fixture(autouse=True)
def plain_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview, "render", lambda tables, _: above.line(tables, controls.asked(tables, "")))


@pytest.fixture
def spoilt(made_up_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the made-up tables that the app reads instead of the published ones, from its start on.

    Every edit of it is taken to be whole at once.
    """
    for name in ("load", "fingerprint", "contents"):
        read = getattr(data, name)
        monkeypatch.setattr(data, name, lambda *_, read=read: read(made_up_folder))
    monkeypatch.setattr(data, "rest", lambda: 60.0)
    monkeypatch.setattr(data, "HELD", Live())
    return made_up_folder


@pytest.fixture
def loads(spoilt: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows with each reading of the files."""
    load, loads = data.load, []
    monkeypatch.setattr(data, "load", lambda: loads.append(1) or load())
    return loads


def test_tables_with_faults_give_a_page_that_lists_them_and_come_back_once_mended(spoilt: Path) -> None:
    whole, gaps = (spoilt / "deals.csv").read_bytes(), (spoilt / "gaps.csv").read_bytes()
    wrong = whole.replace(b",naval,", b",sea < shore,", 1)
    (spoilt / "deals.csv").write_bytes(wrong)
    (spoilt / "gaps.csv").unlink()
    test = opened_at("value", domain="naval")
    shown = written(test)
    assert "The data has 2 faults, so nothing is shown until they are mended." in shown
    line = wrong[: wrong.index(b"sea < shore")].count(b"\n") + 1
    for cell in (
        "deals.csv",
        line,
        "domain",
        "sea &lt; shore",
        "is not an allowed value",
        "gaps.csv",
        "whole file",
    ):
        assert f">{cell}</td>" in shown
    assert "sea < shore" not in shown
    assert not filters(test)
    assert len(pages_linked(test)) > 5, "a reader has a way on"
    (spoilt / "deals.csv").write_bytes(whole)
    (spoilt / "gaps.csv").write_bytes(gaps)
    test.run()
    assert not test.exception
    assert '<p class="kicker">Value' in written(test), "the address asked for"
    assert filters(test)["domain"]["chosen"] == ["naval"]


def test_the_list_of_faults_looks_by_itself_whether_they_are_mended(
    spoilt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gaps, heading = (spoilt / "gaps.csv").read_bytes(), fault_list.heading
    (spoilt / "gaps.csv").write_bytes(b"")

    def mended_while_shown(*words: str) -> None:
        heading(*words)
        (spoilt / "gaps.csv").write_bytes(gaps)

    monkeypatch.setattr(fault_list, "heading", mended_while_shown)
    assert in_view(opened())


def test_other_faults_than_those_listed_are_listed_too(spoilt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heading = fault_list.heading
    (spoilt / "gaps.csv").unlink()

    def worse_while_shown(*words: str) -> None:
        heading(*words)
        (spoilt / "places.csv").unlink(missing_ok=True)

    monkeypatch.setattr(fault_list, "heading", worse_while_shown)
    test = opened()
    assert "The data has 2 faults" in written(test)
    assert ">places.csv</td>" in written(test)


def test_an_address_that_names_no_page_lists_the_faults_too(spoilt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (spoilt / "gaps.csv").unlink()
    monkeypatch.setattr(type(st.context), "url", property(lambda _: "http://host/vlaue"))
    assert "The data has 1 fault," in written(opened_at("vlaue"))


def test_while_an_edit_with_faults_waits_readers_see_the_former_data_and_a_line_that_says_so(spoilt: Path) -> None:
    test = opened(status="signed")
    before, whole = in_view(test), (spoilt / "deals.csv").read_bytes()
    assert "An edit with" not in written(test)
    assert "An edit waits" not in written(opened_at("data"))
    (spoilt / "deals.csv").write_bytes(
        whole.replace(b",naval,", b",sea < shore,", 1).replace(b",stalled,", b",signed,")
    )
    test.run()
    assert in_view(test) == before
    assert re.search(
        r'<a href="data\?status=signed" target="_self">An edit with 1 fault waits</a>\. '
        r"You see the data as of \d+ \w+ \d{4}, \d\d:\d\d UTC\.",
        written(test),
    )
    listed = written(opened_at("data"))
    assert "An edit waits: 1 fault</h2>" in listed
    assert ">sea &lt; shore</td>" in listed
    (spoilt / "deals.csv").write_bytes(whole)
    assert "An edit with" not in written(test.run())


def test_tables_with_faults_are_checked_once_for_all_readers(spoilt: Path, loads: list[int]) -> None:
    (spoilt / "gaps.csv").write_bytes(b"")
    for _ in range(2):
        assert "The data has 1 fault, so nothing is shown until it is mended." in written(opened())
    assert len(loads) == 1


def test_of_very_many_faults_the_first_are_listed(spoilt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "KEPT", 3)
    sources = (spoilt / "sources.csv").read_text(encoding="utf-8")
    (spoilt / "sources.csv").write_text(sources.replace(",en\n", ",eng\n"), encoding="utf-8")
    count = sources.count(",en\n")
    test = opened()
    assert f"The data has {count:,} faults" in written(test)
    assert written(test).count("is not an allowed value") == 3 < count
    assert f"<p>The first 3 of {count:,} are listed" in written(test)


def test_a_description_that_cannot_be_read_is_a_fault_like_any_other(spoilt: Path) -> None:
    (spoilt / "datapackage.json").write_text("{", encoding="utf-8")
    assert ">datapackage.json</td>" in written(opened())


def test_changed_tables_are_read_again_and_unchanged_ones_are_not(spoilt: Path, loads: list[int]) -> None:
    before = in_view(opened(status="signed"))
    opened(domain="air")
    assert len(loads) == 1
    path = spoilt / "deals.csv"
    path.write_bytes(path.read_bytes().replace(b",stalled,", b",signed,", 1))
    assert in_view(opened(status="signed")) == before + 1
    assert len(loads) == 2


def test_a_page_that_fails_shows_a_sentence_and_no_stack_trace(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret path /home/somebody")

    monkeypatch.setattr(overview, "render", fail)
    test = AppTest.from_file(APP, default_timeout=60).run()
    assert not test.exception
    assert [element.value for element in test.error] == [
        "This page could not be drawn. The fault has been recorded; the other pages still work."
    ]
    everything = written(test) + "".join(element.value for element in test.markdown)
    assert "secret path" not in everything
    assert "Traceback" not in everything
    assert "secret path" in caplog.text
    assert pages_linked(test)
