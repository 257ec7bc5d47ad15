"""The state of the data folder is seen at a glance, and its files are read as they were at one moment."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from dashboard.tables import disk
from dashboard.tables.disk import contents, fingerprint, rest, stamp


def test_the_fingerprint_changes_with_every_change_of_a_file_and_only_then(made_up_folder: Path) -> None:
    seen = [fingerprint(made_up_folder)]
    assert fingerprint(made_up_folder) == seen[0]
    for change in (
        lambda: (made_up_folder / "gaps.csv").write_text("x", encoding="utf-8"),
        lambda: os.utime(made_up_folder / "places.csv", (1, 1)),
        (made_up_folder / "gaps.csv").unlink,
        (made_up_folder / "datapackage.json").unlink,
        lambda: (made_up_folder / "half.csv").symlink_to("not-there-yet"),
        lambda: shutil.rmtree(made_up_folder),
    ):
        change()
        seen.append(fingerprint(made_up_folder))
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize("is_put_in_place", [True, False], ids=["rsync -t", "cp -p"])
def test_an_edit_that_keeps_size_and_time_of_writing_is_seen(made_up_folder: Path, is_put_in_place: bool) -> None:
    path, other = made_up_folder / "deals.csv", made_up_folder.parent / "deals.csv"
    state, before = path.stat(), fingerprint(made_up_folder)
    other.write_bytes(path.read_bytes()[::-1])
    os.utime(other, ns=(state.st_atime_ns, state.st_mtime_ns))
    if is_put_in_place:
        other.replace(path)
    else:
        shutil.copy2(other, path)
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (state.st_size, state.st_mtime_ns)
    assert fingerprint(made_up_folder) != before


def test_files_rest_until_one_is_written_put_there_or_taken_away(
    made_up_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hour_on = time.time() + 3_600
    monkeypatch.setattr("dashboard.tables.disk.time.time", lambda: hour_on)
    assert 3_500 < rest(made_up_folder) < 3_700
    shutil.rmtree(made_up_folder)
    assert 3_500 < rest(made_up_folder) < 3_700, "a folder that is just replaced is no folder at rest for ever"
    monkeypatch.setattr("dashboard.tables.disk.time.time", lambda: hour_on - 7_200)
    assert rest(made_up_folder) > 3_500, "a clock that is behind"


def test_files_that_change_while_they_are_read_are_read_again(
    made_up_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = disk.content

    def changed_while_read(path: Path) -> bytes | OSError:
        found = read(path)
        if path.name == "places.csv":  # the last but one: those before it have been read
            monkeypatch.setattr(disk, "content", read)
            for name in ("deals.csv", "sources.csv"):
                (made_up_folder / name).write_bytes(b"new")
        return found

    monkeypatch.setattr(disk, "content", changed_while_read)
    found = contents(made_up_folder)
    assert (found["deals.csv"], found["sources.csv"]) == (b"new", b"new")


def test_files_that_change_without_end_cannot_be_read(made_up_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    states = iter(range(1_000))
    monkeypatch.setattr(disk, "fingerprint", lambda _: next(states))
    monkeypatch.setattr(disk, "PAUSE", 0)
    found = contents(made_up_folder)
    assert {type(content) for content in found.values()} == {OSError}
    assert next(states) == 2 * disk.TRIES


def test_a_file_that_cannot_be_opened_says_why_and_holds_nothing(made_up_folder: Path) -> None:
    (made_up_folder / "gaps.csv").unlink()
    (made_up_folder / "gaps.csv").mkdir()
    found = contents(made_up_folder)
    assert isinstance(found["gaps.csv"], disk.UnfitError)
    assert found["gaps.csv"].__traceback__ is None
    assert isinstance(found["deals.csv"], bytes)


def test_the_stamp_is_of_names_and_bytes_alone(made_up_folder: Path) -> None:
    found = contents(made_up_folder)
    first = stamp(found)
    os.utime(made_up_folder / "deals.csv", (1, 1))
    assert stamp(contents(made_up_folder)) == first
    others = [
        found | {"deals.csv": b"x"},
        found | {"deals.csv": OSError("locked")},
        {name: content for name, content in found.items() if name != "deals.csv"},
        found | {"deals.csv": found["gaps.csv"], "gaps.csv": found["deals.csv"]},
    ]
    assert len({first, *map(stamp, others)}) == 5
