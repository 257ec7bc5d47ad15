"""The site shows the tables as they are now: faults are listed while they last, and a change is seen at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import controls
from dashboard.pages import fault_list, overview
from dashboard.tables import load as data
from tests.page import written
from tests.pages.test_controls import APP, in_view, opened


@pytest.fixture(autouse=True)
def plain_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview, "render", lambda tables, _: controls.in_view(tables, controls.asked(tables, "")))


@pytest.fixture
def spoilt(made_up_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the made-up tables that the app reads instead of the published ones."""
    (made_up_folder / "deals.csv").touch()  # a copy has the times of its original, and would be taken for it
    load, fingerprint = data.load, data.fingerprint
    monkeypatch.setattr(data, "load", lambda: load(made_up_folder))
    monkeypatch.setattr(data, "fingerprint", lambda *_: fingerprint(made_up_folder))
    return made_up_folder


@pytest.fixture
def loads(spoilt: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows with each reading of the files."""
    load, loads = data.load, []
    monkeypatch.setattr(data, "load", lambda: loads.append(1) or load())
    return loads


def test_the_key_of_what_is_cached_is_the_state_of_the_files() -> None:
    assert data.current().stamp == data.fingerprint()


def test_tables_with_faults_give_a_page_that_lists_them_and_come_back_once_mended(spoilt: Path) -> None:
    whole, gaps = (spoilt / "deals.csv").read_bytes(), (spoilt / "gaps.csv").read_bytes()
    wrong = whole.replace(b",naval,", b",sea < shore,", 1)
    (spoilt / "deals.csv").write_bytes(wrong)
    (spoilt / "gaps.csv").unlink()
    test = opened(domain="naval")
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
    assert not test.multiselect
    (spoilt / "deals.csv").write_bytes(whole)
    (spoilt / "gaps.csv").write_bytes(gaps)
    test.run()
    assert not test.exception
    assert in_view(test)


def test_tables_with_faults_are_checked_once_for_all_readers(spoilt: Path, loads: list[int]) -> None:
    (spoilt / "gaps.csv").write_bytes(b"")
    for _ in range(2):
        assert "The data has 1 fault, so" in written(opened())
    assert len(loads) == 1


def test_of_very_many_faults_the_first_are_listed(spoilt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fault_list, "SHOWN", 3)
    sources = (spoilt / "sources.csv").read_text(encoding="utf-8")
    (spoilt / "sources.csv").write_text(sources.replace(",en\n", ",eng\n"), encoding="utf-8")
    count = sources.count(",en\n")
    test = opened()
    assert f"The data has {count:,} faults" in written(test)
    assert written(test).count("is not an allowed value") == 3 < count
    assert [element.value for element in test.markdown][-1].startswith(f"The first 3 of {count:,}")


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
    assert test.get("page_link")
