"""Readers see the files as they are, or as they were before an edit that goes on or has faults; never a mixture."""

from __future__ import annotations

import gc
import logging
import time
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Barrier, Event
from time import sleep

import pytest

from dashboard.tables import live
from dashboard.tables.disk import contents, fingerprint, stamp
from dashboard.tables.faults import Fault
from dashboard.tables.files import DataError
from dashboard.tables.live import AGAIN, KEPT, OLDEST, QUIET, RIPE, Live, Ways


def fault(words: str) -> Fault:
    return Fault("deals.csv", 2, "domain", words, "is not an allowed value", "Allowed: air")


@dataclass
class Files:
    """Files as they are looked at, without a disk: a text that begins with “bad” has so many faults as it has letters."""

    text: str = "one"
    look: str = "seen"
    rest: float = 60.0
    readable: bool = True
    made: list[str] = field(default_factory=list)
    compared: int = 0

    def write(self, text: str, rest: float = 60.0, look: str = "") -> None:
        """Edit them; for how many seconds they have rested since, and how they look now."""
        self.text, self.rest, self.look = text, rest, look or f"{text} and more"

    def content(self) -> str:
        """Return what every byte of them tells."""
        self.compared += 1
        return self.text if self.readable else ""

    def make(self) -> str:
        """Read them."""
        self.made.append(self.text)
        if self.text.startswith("bad"):
            raise DataError([fault(letter) for letter in self.text])
        if self.text == "odd":
            raise ZeroDivisionError
        return self.text

    @property
    def ways(self) -> Ways[str]:
        """Return how they are looked at."""
        return Ways(lambda: self.look, lambda: self.rest, self.content, self.make)


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Files:
    """Return files that grow older only while somebody sleeps."""
    files = Files()

    def grow_older(seconds: float) -> None:
        files.rest += seconds

    monkeypatch.setattr("dashboard.tables.live.time.sleep", grow_older)
    return files


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return a clock that goes on by a hundredth of a second whenever it is looked at."""
    now = [0.0]

    def tick() -> float:
        now[0] += 0.01
        return now[0]

    monkeypatch.setattr("dashboard.tables.live.time.monotonic", tick)
    return now


def test_files_that_rest_are_read_once_and_an_edit_shows_at_the_next_view(files: Files) -> None:
    held = Live[str]()
    assert [held.current(files.ways), held.current(files.ways)] == ["one", "one"]
    assert (files.made, files.compared) == (["one"], 1), "a glance is enough"
    files.write("two", rest=0.01)
    assert held.current(files.ways) == "two"
    assert files.rest >= QUIET, "an edit of several files would have been read half"


def test_young_files_are_compared_byte_by_byte_for_two_changes_at_one_tick_look_alike(files: Files) -> None:
    held = Live[str]()
    files.rest = RIPE / 2
    held.current(files.ways)
    files.write("two", RIPE / 2, look=files.look)
    assert held.current(files.ways) == "two"
    held.current(files.ways)
    assert files.made == ["one", "two"]


def test_readers_keep_the_last_good_state_while_an_edit_with_faults_waits(
    files: Files, caplog: pytest.LogCaptureFixture
) -> None:
    held = Live[str]()
    held.current(files.ways)
    files.write("bad", rest=QUIET)
    assert held.current(files.ways) == "one"
    assert held.waiting is None, "this may be a write that goes on"
    assert not caplog.records
    files.rest = RIPE
    for _ in range(2):
        assert held.current(files.ways) == "one"
    assert held.waiting is not None
    assert (held.waiting.count, held.waiting.faults) == (3, [fault("b"), fault("a"), fault("d")])
    files.write("bad", look="touched")
    held.current(files.ways)
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert record.getMessage().startswith("The data has 3 faults:\ndeals.csv, line 2, column “domain”: “b” is not")
    files.write("badly")
    held.current(files.ways)
    assert [len(caplog.records), held.waiting.count] == [2, 5]
    files.write("two")
    assert (held.current(files.ways), held.waiting) == ("two", None)


def test_what_is_shown_is_of_the_last_moment_at_which_the_files_said_it(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_000.0
    monkeypatch.setattr("dashboard.tables.live.time.time", lambda: now)
    held = Live[str]()
    held.current(files.ways)
    now = 2_000.0
    held.current(files.ways)
    now = 3_000.0
    files.write("bad")
    for _ in range(2):
        held.current(files.ways)
    assert held.waiting is not None
    assert held.waiting.as_of.timestamp() == 2_000
    files.write("worse than bad")
    files.text = "bad and worse"
    held.current(files.ways)
    assert (held.waiting.count, held.waiting.as_of.timestamp()) == (13, 2_000)


def test_a_start_on_half_written_files_waits_for_the_rest(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    files.write("bad", rest=0)
    monkeypatch.setattr("dashboard.tables.live.time.sleep", lambda _: files.write("whole"))
    assert Live[str]().current(files.ways) == "whole"


def test_a_start_on_faults_says_them_and_recovers(files: Files, caplog: pytest.LogCaptureFixture) -> None:
    held = Live[str]()
    files.write("bad", rest=0)
    for _ in range(2):
        with pytest.raises(DataError) as caught:
            held.current(files.ways)
        assert caught.value.count == 3
    assert files.rest >= RIPE
    assert (len(files.made), len(caplog.records)) == (1, 1), "checked and logged once for all readers"
    assert held.waiting is None, "nothing is shown that could wait"
    files.write("whole")
    assert held.current(files.ways) == "whole"


def test_a_start_on_files_that_are_never_whole_says_so_in_the_end(
    files: Files, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.tables.live.time.sleep", lambda seconds: clock.append(clock.pop() + seconds))
    files.write("bad", rest=0)
    with pytest.raises(DataError):
        Live[str]().current(files.ways)
    assert clock[0] < 3 * RIPE


def test_files_that_cannot_be_read_are_read_again_though_they_look_the_same(files: Files) -> None:
    held = Live[str]()
    held.current(files.ways)
    files.write("bad", look="locked")
    files.readable = False
    assert held.current(files.ways) == "one"
    files.text, files.readable = "two", True
    assert held.current(files.ways) == "two"


def test_a_fault_of_ours_keeps_what_is_shown_and_is_logged(files: Files, caplog: pytest.LogCaptureFixture) -> None:
    held = Live[str]()
    held.current(files.ways)
    files.write("odd")
    assert held.current(files.ways) == "one"
    assert held.waiting is not None
    assert held.waiting.count == 1
    assert "ZeroDivisionError" in caplog.text


def test_what_failed_for_a_moment_is_read_again_after_a_while_though_no_byte_has_changed(
    files: Files, clock: list[float]
) -> None:
    held: Live[str] = Live()
    held.current(files.ways)
    files.write("odd")
    made = iter([MemoryError(), "two"])

    def make() -> str:
        said = next(made)
        if isinstance(said, Exception):
            raise said
        return said

    ways = Ways(lambda: files.look, lambda: files.rest, files.content, make)
    assert held.current(ways) == held.current(ways) == "one"  # and not at each view, since a reading takes its time
    assert held.waiting is not None
    clock[0] += AGAIN
    assert held.current(ways) == held.current(ways) == "two"
    assert held.waiting is None


@pytest.mark.parametrize("before", ["one", "whole"], ids=["while something is shown", "at the start"])
def test_what_changed_while_it_was_read_is_read_again_before_anybody_sees_it(files: Files, before: str) -> None:
    held = Live[str]()
    if before == "one":
        held.current(files.ways)

    def make() -> str:
        made = files.make()
        files.write("whole")
        return made

    files.write("half")
    ways = Ways(lambda: files.look, lambda: files.rest, files.content, make)
    assert held.current(ways) == before
    assert held.current(files.ways) == "whole"
    assert "half" in files.made


def test_while_changes_never_end_what_is_shown_is_only_so_old(
    files: Files, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.tables.live.time.sleep", lambda _: None)
    held = Live[str]()
    held.current(files.ways)
    since, seen = clock[0], "one"
    for number in range(1_000):
        files.write(f"edit {number}", rest=0)
        shown = held.current(files.ways)
        if shown != seen:
            assert shown == f"edit {number}"
            assert OLDEST <= clock[0] - since < OLDEST + 0.2
            since, seen = clock[0], shown
    assert 3 < len(files.made) < 30
    files.write("last")
    assert held.current(files.ways) == "last"


def test_few_faults_are_held_and_nothing_of_what_was_read(files: Files) -> None:
    class Rows:
        """What a reading of many rows fills the memory with."""

    seen: list[weakref.ref[Rows]] = []

    def make() -> str:
        rows = Rows()
        seen.append(weakref.ref(rows))
        raise DataError([fault(str(number)) for number in range(KEPT + 50)])

    held = Live[str]()
    with pytest.raises(DataError) as caught:
        held.current(Ways(lambda: "look", lambda: 60.0, lambda: "text", make))
    assert (len(caught.value.faults), caught.value.count) == (KEPT, KEPT + 50)
    gc.collect()
    assert seen[0]() is None


def test_memory_is_given_back_where_the_system_has_a_way_to(monkeypatch: pytest.MonkeyPatch) -> None:
    live.give_back()
    monkeypatch.setattr("dashboard.tables.live.ctypes.CDLL", lambda _: object())
    live.give_back()


def test_readers_who_come_together_wait_for_one_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, go_on, files = Event(), Event(), Files()

    def make() -> str:
        reading.set()
        assert go_on.wait(30)
        return files.make()

    looks: list[None] = []
    held = Live[str]()
    ways = Ways(lambda: looks.append(None) or files.look, files.ways.rest, files.content, make)
    with ThreadPoolExecutor(4) as readers:
        waiting = [readers.submit(held.current, ways)]
        assert reading.wait(30)
        arrive = time.monotonic
        arrived = Barrier(4)

        def arriving() -> float:
            now = arrive()
            if not go_on.is_set():
                arrived.wait(30)
            return now

        monkeypatch.setattr("dashboard.tables.live.time.monotonic", arriving)
        waiting += [readers.submit(held.current, ways) for _ in range(3)]
        arrived.wait(30)
        go_on.set()
    assert [reader.result() for reader in waiting] == ["one"] * 4
    assert files.made == ["one"]
    # Two of who came first, and one for all who came in the meantime: of those, whoever is next looks for the others.
    assert len(looks) == 3


def test_nobody_waits_for_a_long_reading_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, go_on, files = Event(), Event(), Files()
    held = Live[str]()
    held.current(files.ways)
    files.write("very many rows")
    monkeypatch.setattr(live, "LONGEST", 0.01)

    def make() -> str:
        reading.set()
        assert go_on.wait(30)
        return files.make()

    with ThreadPoolExecutor(1) as another:
        slow = another.submit(held.current, Ways(lambda: files.look, lambda: files.rest, files.content, make))
        try:
            assert reading.wait(30)
            assert held.current(files.ways) == "one"
        finally:
            go_on.set()
    assert slow.result() == "very many rows"


# --- on disk -----------------------------------------------------------------------------------------------------


def both(folder: Path) -> Callable[[], tuple[str, ...]]:
    """Return what reads two files that always say the same, but for half an edit; nothing in them is a fault."""

    def make() -> tuple[str, ...]:
        found = contents(folder)
        said = tuple(found[name] for name in ("one.csv", "two.csv"))
        if not all(isinstance(part, bytes) and part.endswith(b".") for part in said):
            raise DataError([fault("half")])
        return tuple(str(part) for part in said)

    return make


def replaced(path: Path, text: str) -> None:
    """Write a file as editors do, beside its place and then into it."""
    path.with_suffix(".new").write_text(text, encoding="utf-8")
    path.with_suffix(".new").replace(path)


def cut_short(path: Path, text: str) -> None:
    """Write a file in two halves."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write(text[:9])
        stream.flush()
        sleep(0.004)
        stream.write(text[9:])


def gone_for_a_while(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    sleep(0.004)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("write", [replaced, cut_short, gone_for_a_while])
def test_several_readers_during_edits_see_the_old_or_the_new(
    tmp_path: Path, write: Callable[[Path, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "OLDEST", 600)
    editing, start, done, seen = Event(), Barrier(4), Event(), []

    def edit(number: int) -> None:
        editing.set()
        for name in ("one.csv", "two.csv"):
            write(tmp_path / name, f"edit number {number}.")
            sleep(0.004)
        editing.clear()

    def looked() -> str:
        return fingerprint(tmp_path)

    edit(0)
    # On a busy machine the time between two files is as long as it likes, so who edits says when an edit is over.
    ways = Ways(looked, lambda: 0.0 if editing.is_set() else 60.0, lambda: stamp(contents(tmp_path)), both(tmp_path))
    held = Live[tuple[str, ...]]()
    monkeypatch.setattr(live, "QUIET", 0.01)

    def look() -> None:
        start.wait(60)
        while not done.is_set():
            seen.append(held.current(ways))
            sleep(0.001)

    with ThreadPoolExecutor(3) as readers:
        looking = [readers.submit(look) for _ in range(3)]
        start.wait(60)
        try:
            for number in range(1, 12):
                edit(number)
                while f"b'edit number {number}.'" not in dict(seen):  # each edit shows, without anybody's doing
                    assert not any(reader.done() for reader in looking)
                    sleep(0.001)
        finally:
            done.set()
    for reader in looking:
        reader.result()
    assert all(one == two for one, two in seen)
    assert held.waiting is None
