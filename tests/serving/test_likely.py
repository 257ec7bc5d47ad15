"""What is prepared while nobody waits is what readers then find, and it gives way."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from dashboard import address, controls, filters
from dashboard.kept import STORE
from dashboard.pages import overview
from dashboard.questions import comparable
from dashboard.serving import likely
from dashboard.tables import load as data
from dashboard.tables.faults import Fault
from dashboard.tables.load import DataError, Tables
from tests.page import opened

SITE = "https://deals.example/"
# The address as it was read, the heading, and lines above and below the view: made for each reader's first run in less than a millisecond.
SMALL = {"_read", "_drawn", "_heading", "sources_of", "_bar", "_below", "_beside"}


def kept_now() -> set[tuple[Any, ...]]:
    return set(STORE._made)


@pytest.mark.usefixtures("made_up_pages", "pages_anew")
@pytest.mark.parametrize(
    "given",
    [{}, {"domain": ["naval"]}, {"sure": ["both"]}, {"status": ["planned"]}],
    ids=["whole", "one-domain", "sure", "status"],
)
@pytest.mark.parametrize("page", likely.PAGES)
def test_a_reader_finds_everything_prepared(made_up: Tables, page: str, given: dict[str, list[str]]) -> None:
    filters.shared(made_up)  # as before the first reader
    before = kept_now()
    likely.prepare(made_up, page, given, "")
    prepared = kept_now()
    assert prepared > before
    opened(page or "overview", **{name: values[0] for name, values in given.items()})
    assert {maker.__name__ for maker, *_ in kept_now() - prepared} <= SMALL, "the reader's run made nothing else"


def test_the_likely_addresses_are_pages_whole_and_then_with_one_value_of_a_short_list(made_up: Tables) -> None:
    found = list(likely.likely(made_up))
    domains = list(made_up.dictionary.choices("deals", "domain"))
    on_map = [given for page, given in found if page == "map"]
    assert on_map[: 1 + len(domains)] == [{}, *({"domain": [one]} for one in domains)]
    assert [given for page, given in found if page == "quotes"] == on_map
    assert found[0] == ("", {})
    assert {name for given in on_map for name in given} == set(likely.FILTERS)
    assert {"sure": ["any"]} not in on_map, "the default is the whole page"
    for page, given in found:
        assert address.read(made_up, page, given).values == {name: tuple(values) for name, values in given.items()}


def test_a_page_that_cannot_be_prepared_is_named_in_the_log_alone(
    made_up: Tables, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> None:
        raise ValueError("unforeseen")

    monkeypatch.setattr(overview, "prepare", fail)
    with caplog.at_level(logging.ERROR):
        likely.prepare(made_up, "", {}, SITE)
    assert "The page overview could not be prepared" in caplog.text


@pytest.mark.usefixtures("pages_anew")
def test_where_there_is_nothing_to_show_that_is_prepared_without_a_fault(
    made_up: Tables, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(comparable, "pair", lambda *_: ("", ""))
    with caplog.at_level(logging.ERROR):
        for page in likely.PAGES:
            likely.prepare(made_up, page, {"q": ["no such words anywhere"]}, SITE)
    assert caplog.text == ""


class Clock:
    """A clock that a piece of work moves on by a second, and a way to rest that only notes how long."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, most_rests: int = 10_000) -> None:
        """Take the place of the real ones; after the most rests it is time to stop."""
        self.now, self.rests, self.most, self.made = 0.0, [], most_rests, []
        monkeypatch.setattr(likely.time, "monotonic", lambda: self.now)
        monkeypatch.setattr(likely.asyncio, "sleep", self.sleep)
        monkeypatch.setattr(likely, "prepare", self.prepare)

    def prepare(self, tables: Tables, page: str, given: dict[str, list[str]], site: str) -> None:
        """Work for a second."""
        self.made.append((tables, page, given, site))
        self.now += 1

    async def sleep(self, seconds: float) -> None:
        """Note a rest."""
        self.rests.append(seconds)
        if len(self.rests) > self.most:
            raise asyncio.CancelledError


def test_each_address_is_followed_by_a_rest_and_all_have_an_end(
    made_up: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    monkeypatch.setattr(likely, "LONGEST", 1_000)
    asyncio.run(likely.prepare_all(made_up, SITE))
    assert [made[1:] for made in clock.made] == [(*one, SITE) for one in likely.likely(made_up)]
    assert clock.rests == [likely.REST] * len(clock.made)
    monkeypatch.setattr(likely, "LONGEST", 3)
    clock.made.clear()
    asyncio.run(likely.prepare_all(made_up, SITE))
    assert len(clock.made) == 4, "no longer than so many seconds of work"


def watched(monkeypatch: pytest.MonkeyPatch, states: list[Any], site: list[str]) -> list[Any]:
    """Return what is prepared while the tables are in these states one after the other, each looked at twice."""
    clock, looks = Clock(monkeypatch), [state for state in states for _ in range(2)]

    def current() -> Tables:
        if not looks:
            raise asyncio.CancelledError
        state = looks.pop(0)
        if isinstance(state, DataError):
            raise state
        return state

    made = []

    async def prepare_all(tables: Tables, of: str) -> None:
        made.append((tables, of))

    monkeypatch.setattr(likely, "prepare_all", prepare_all)
    monkeypatch.setattr(data, "current", current)
    monkeypatch.setattr(controls, "LATEST", site)
    if not site:
        clock.most = 5
    with suppress(asyncio.CancelledError):
        asyncio.run(likely.prepare_ahead())
    return made


def test_it_is_done_once_for_tables_and_anew_for_others_and_faults_are_for_others_to_tell(
    made_up: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    anew = replace(made_up, stamp="anew")
    faults = DataError([Fault("deals.csv", 2, "", "", "is wrong", "Mend it")], 1)
    found = watched(monkeypatch, [made_up, faults, made_up, anew], [SITE])
    assert found == [(made_up, SITE), (anew, SITE)]


def test_nothing_is_prepared_before_the_first_reader_tells_the_site(
    made_up: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert watched(monkeypatch, [made_up], []) == []
