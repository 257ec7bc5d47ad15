"""What the versions changed, said since a version or a day: the right version, its sentences, and the totals that moved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.gate import history as telling
from dashboard.gate import versions
from dashboard.gate.differences import differences
from dashboard.gate.history import Account, account, history, of_release
from dashboard.gate.versions import HEADER, Release
from dashboard.tables import files
from dashboard.tables.csvfile import TextTable, parse
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.form import write
from dashboard.tables.load import Tables


def corrected(tables: Tables, column: str, cell: str) -> dict[str, TextTable]:
    """Return the texts of tables in which one cell of the first deal is another."""
    deals = tables.texts["deals"]
    row = [cell if heading == column else own for heading, own in zip(deals.header, deals.rows[0], strict=True)]
    return {**tables.texts, "deals": replace(deals, rows=[row, *deals.rows[1:]])}


def as_version(tables: Tables, version: str) -> Tables:
    """Return tables of another version."""
    dictionary = Dictionary({**tables.dictionary.descriptor, "version": version})
    return replace(tables, version=version, dictionary=dictionary)


@pytest.fixture
def logged(made_up: Tables, monkeypatch: pytest.MonkeyPatch) -> Tables:
    """Return tables of version 2026.3.2 with a log: in 2026.3.1 the value was another, in 2026.2.1 the title and the value."""
    first = corrected(replace(made_up, texts=corrected(made_up, "value_usd_m", "900")), "title", "Frigate Aleph")
    states = [first, corrected(made_up, "value_usd_m", "900"), made_up.texts]
    rows, before, texts = [], None, {}
    for state, name, day in zip(
        states, ("2026.2.1", "2026.3.1", "2026.3.2"), ("2026-02-03", "2026-03-04", "2026-03-05"), strict=True
    ):
        release = Release(name, day, f"Note on {name}", "", list(differences(texts, state, made_up.dictionary.keys)))
        rows += versions.logged(release, before)
        before, texts = release, state
    log = parse("changes.csv", write(HEADER, rows).encode())
    monkeypatch.setattr(files, "read_log", lambda: log)
    return as_version(made_up, "2026.3.2")


def since(tables: Tables, asked: str) -> Account:
    """Return what is said since a version or a day."""
    found = account(tables, asked)
    assert found
    return found


def test_without_a_version_it_is_what_the_last_one_changed(logged: Tables) -> None:
    found = since(logged, "")
    assert (found.since.version, found.is_meant, found.count) == ("2026.3.1", True, 1)
    assert found.parts == {"deals": ["deals: alpha-frigates: value_usd_m was “900”, and is “1000”."]}
    assert found.totals[0].startswith("The disclosed value of all deals went from ")
    assert len(found.totals) == 2


@pytest.mark.parametrize("asked", ["2026.2.1", "2026-02-03", "2026-03-03"])
def test_since_a_version_and_since_a_day_on_which_it_was_the_newest_are_the_same(logged: Tables, asked: str) -> None:
    found = since(logged, asked)
    assert (found.since.version, found.is_meant) == ("2026.2.1", True)
    assert found.parts["deals"][0] == "deals: alpha-frigates: title was “Frigate Aleph”, and is “Frigate Alpha”."
    assert found.count == 2


@pytest.mark.parametrize("asked", ["2025-12-31", "9.9.9"])
def test_what_is_not_recorded_begins_at_the_first_version_and_says_so(logged: Tables, asked: str) -> None:
    assert (since(logged, asked).since.version, since(logged, asked).is_meant) == ("2026.2.1", False)


@pytest.mark.parametrize("asked", ["2026.3.2", "2026-03-05", "2099-01-01"])
def test_since_the_version_of_now_nothing_changed(logged: Tables, asked: str) -> None:
    found = since(logged, asked)
    assert (found.count, found.parts, found.totals) == (0, {}, [])


def test_an_edit_after_the_release_is_said_too(logged: Tables) -> None:
    edited = replace(logged, texts=corrected(logged, "title", "Frigate Omega"))
    assert since(edited, "2026.3.2").parts == {
        "deals": ["deals: alpha-frigates: title was “Frigate Alpha”, and is “Frigate Omega”."]
    }


def test_former_tables_that_would_be_refused_today_have_no_totals(
    logged: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling.checks, "find_faults", lambda *_: ["a fault"])
    assert since(logged, "").totals == [
        "The former tables do not keep today's rules, so their totals are not compared."
    ]


def test_of_a_release_its_own_changes_are_said_and_of_the_first_none(logged: Tables) -> None:
    first, second, _ = history(logged)
    assert of_release(first, logged) == []
    assert of_release(second, logged) == ["deals: alpha-frigates: title was “Frigate Aleph”, and is “Frigate Alpha”."]


def test_one_version_alone_is_said_since_itself(logged: Tables) -> None:
    first = as_version(logged, "2026.2.1")
    assert since(first, "").since.version == "2026.2.1"


def test_without_a_log_nothing_is_said(made_up: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "read_log", lambda: TextTable("changes.csv"))
    assert account(replace(made_up), "2026-01-01") is None


def test_of_the_published_tables_every_version_can_be_named(tables: Tables) -> None:
    for release in history(tables):
        assert since(tables, release.version).since == release
