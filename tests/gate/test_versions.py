"""From the log of what versions changed any version can be made again to the byte, whatever the tables are."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.gate import standing, versions
from dashboard.gate.differences import Tables, differences
from dashboard.gate.versions import HEADER, Release
from dashboard.tables import files
from dashboard.tables.csvfile import TextTable, parse
from dashboard.tables.form import write
from tests.gate.test_differences import KEYS, cells, tables

DAYS = ["2026-08-31", "2026-09-01", "2026-09-01", "2026-10-05"]
NAMES = ["2026.8.1", "2026.9.2", "2026.9.10", "2026.10.1"]  # as text they are in another order


def logged(states: Sequence[Tables]) -> TextTable:
    """Return the log, read from its file, of versions that are these states, each named by `NAMES`."""
    rows: list[list[str]] = []
    before: tuple[Tables, Release | None] = {}, None
    for state, name, day in zip(states, NAMES, DAYS, strict=False):
        release = Release(name, day, f"Note on {name}", f"words of {name}", list(differences(before[0], state, KEYS)))
        rows += versions.logged(release, before[1])
        before = state, release
    return parse("changes.csv", write(HEADER, rows).encode())


def bare(table: TextTable) -> TextTable:
    """Return a table as it is in a file: no cell begins or ends with a space."""
    return TextTable(table.file, table.header, [[cell.strip() for cell in row] for row in table.rows])


@given(st.lists(tables(), min_size=1, max_size=4), st.randoms())
def test_every_version_is_made_again_to_the_byte(states: list[dict[str, TextTable]], chance: random.Random) -> None:
    states = [{name: bare(table) for name, table in state.items()} for state in states]
    log = logged(states)
    chance.shuffle(log.rows)  # whoever sorts the file in a spreadsheet loses nothing
    every = versions.releases(log, NAMES[-1])
    assert [release.version for release in every] == NAMES[: len(states)]
    for state, name in zip(states, NAMES, strict=False):
        made = versions.as_of(name, every, KEYS)
        assert cells(made) == cells(state)
        assert {key: versions.text(table) for key, table in made.items()} == {
            key: write(table.header, table.rows) for key, table in state.items()
        }


@pytest.fixture
def log() -> TextTable:
    """Return a log of four versions of a table, of which each has one row more."""
    rows = [["a", "1"], ["b", "2"], ["c", "3"], ["d", "4"]]
    return logged([{"gaps": TextTable("gaps", ["id", "found"], rows[:number])} for number in range(1, 5)])


def test_a_version_has_its_day_its_note_and_what_it_changed(log: TextTable) -> None:
    release = versions.releases(log, NAMES[-1])[1]
    assert release[:4] == ("2026.9.2", "2026-09-01", "Note on 2026.9.2", "words of 2026.9.2")
    assert [tuple(one) for one in release.found] == [("gaps", "b", "id", "", "b"), ("gaps", "b", "found", "", "2")]


def test_a_release_that_was_not_finished_is_none(log: TextTable) -> None:
    assert [release.version for release in versions.releases(log, "2026.9.2")] == NAMES[:2]
    assert versions.releases(TextTable("changes.csv", ["version"], [["2026.9.2"]]), "2026.9.2") == []


@pytest.mark.parametrize(
    ("since", "version"),
    [("2026.9.2", "2026.9.2"), ("2026-08-30", ""), ("2026-08-31", "2026.8.1"), ("2026-09-01", "2026.9.10"),
     ("2026-10-04", "2026.9.10"), ("2030-01-01", "2026.10.1"), ("2026.9.3", ""), ("HEAD", ""), ("", "")],
)  # fmt: skip
def test_a_version_is_meant_by_itself_or_by_a_day(since: str, version: str, log: TextTable) -> None:
    assert versions.meant(since, versions.releases(log, NAMES[-1])) == version


def test_what_is_no_version_cannot_be_made(log: TextTable) -> None:
    with pytest.raises(LookupError, match=r"2026\.9\.3 is no version that was released"):
        versions.as_of("2026.9.3", versions.releases(log, NAMES[-1]), KEYS)


def test_every_published_version_can_be_made_again_and_the_last_is_what_the_package_says_it_was() -> None:
    _, dictionary = files.read_texts()
    every = versions.releases(files.read_log(), dictionary.version)
    assert every[-1].version == dictionary.version
    for release in every:
        assert versions.as_of(release.version, every, dictionary.keys)
    last = versions.as_of(dictionary.version, every, dictionary.keys)
    assert {name: files.digest(versions.text(table).encode()) for name, table in last.items()} == {
        name: dictionary.hashes[name] for name in dictionary.tables
    }
    assert standing.log_faults(files.read_log(), dictionary) == []
