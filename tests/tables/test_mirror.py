"""Tables at an address: copied whole or not at all, followed, and never written anywhere else."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import typer

from dashboard.commands import shared
from dashboard.tables import disk, load, mirror

DESCRIPTION = json.dumps({"resources": [{"path": "deals.csv"}, {"path": "quotes.csv"}]}).encode()
FILES = {
    "datapackage.json": DESCRIPTION,
    "deals.csv": b"deal_id\na\n",
    "quotes.csv": b"quote_id\n",
    "decks/first.toml": b"title = 'First'\n",
}


def reading(files: dict[str, bytes]) -> mirror.Read:
    def read(name: str) -> bytes:
        if name not in files:
            raise FileNotFoundError(name)
        return files[name]

    return read


def decks(names: list[str]) -> mirror.Listed:
    return lambda folder: names if folder == "decks" else []


def test_a_copy_holds_what_the_original_holds_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "milestones.csv").write_bytes(b"of a former version\n")
    assert mirror.follow(tmp_path, reading(FILES), decks(["first.toml"]))
    assert mirror.held(tmp_path) == FILES


def test_what_changes_is_put_in_its_place_and_the_rest_is_left_as_it_is(tmp_path: Path) -> None:
    mirror.follow(tmp_path, reading(FILES), decks(["first.toml"]))
    untouched = (tmp_path / "quotes.csv").stat().st_ino
    changed = {**FILES, "deals.csv": b"deal_id\nb\n"}
    del changed["decks/first.toml"]
    assert mirror.write(tmp_path, changed) == ["deals.csv", "decks/first.toml"]
    assert mirror.held(tmp_path) == changed
    assert (tmp_path / "quotes.csv").stat().st_ino == untouched


@pytest.mark.parametrize("error", [OSError("no route"), TimeoutError(), KeyError("resources"), ValueError("no JSON")])
def test_what_cannot_be_reached_leaves_the_last_copy_and_is_recorded(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    def read(name: str) -> bytes:
        raise error

    mirror.follow(tmp_path, reading(FILES), decks([]))
    before = mirror.held(tmp_path)
    assert not mirror.follow(tmp_path, read, decks([]))
    assert mirror.held(tmp_path) == before
    assert "could not be fetched" in caplog.text


def test_files_of_two_states_are_never_mixed(tmp_path: Path) -> None:
    calls = iter(range(1000))

    def read(name: str) -> bytes:
        return DESCRIPTION if name == "datapackage.json" else str(next(calls)).encode()

    assert not mirror.follow(tmp_path, read, decks([]))
    assert mirror.held(tmp_path) == {}


def test_a_change_counts_once_two_readings_agree() -> None:
    states = iter([b"half", b"whole", b"whole"])

    def read(name: str) -> bytes:
        if name == "quotes.csv":
            return next(states)
        return reading(FILES)(name)

    assert mirror.fetch(read, decks([]), {})["quotes.csv"] == b"whole"


@pytest.mark.parametrize(
    "path", ["../deals.csv", "/etc/passwd", "https://elsewhere.example/deals.csv", ".hidden.csv", "a/b.csv", "deals.py"]
)
def test_a_description_names_no_file_elsewhere(tmp_path: Path, path: str) -> None:
    hostile = {**FILES, "datapackage.json": json.dumps({"resources": [{"path": path}]}).encode(), path: b"x"}
    assert not mirror.follow(tmp_path / "copy", reading(hostile), decks([]))
    assert list(tmp_path.rglob("*")) == []


def test_decks_with_odd_names_are_left_out(tmp_path: Path) -> None:
    mirror.follow(tmp_path, reading(FILES), decks(["../first.toml", "first.toml", "first.exe"]))
    assert mirror.held(tmp_path) == FILES


# --- a real server -----------------------------------------------------------------------------------------------


class Quiet(SimpleHTTPRequestHandler):
    """A web server of files that says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def served(folder: Path) -> Iterator[tuple[str, Path]]:
    """Return the address of a copy of the published tables on a server of this machine, and where the copy lies."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", folder
    server.shutdown()
    thread.join()
    server.server_close()


def test_tables_are_read_from_a_web_address_and_followed(served: tuple[str, Path], tmp_path: Path) -> None:
    address, original = served
    copy = tmp_path / "copy"
    copy.mkdir()
    read, listed = mirror.reader(address + "/")
    assert mirror.follow(copy, read, listed)
    assert load.load(copy).stamp == load.load(original).stamp
    text = (original / "deals.csv").read_bytes()
    (original / "deals.csv").write_bytes(text + b"\n")
    assert mirror.follow(copy, read, listed)
    assert (copy / "deals.csv").read_bytes() == text + b"\n"


def test_a_file_beyond_every_size_is_not_taken(
    served: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mirror, "LARGEST", 100)
    read, listed = mirror.reader(served[0])
    assert not mirror.follow(tmp_path, read, listed)


def test_other_kinds_of_addresses_are_read_too(folder: Path, tmp_path: Path) -> None:
    (folder / "decks").mkdir(exist_ok=True)
    (folder / "decks" / "mine.toml").write_bytes(b"title = 'Mine'\n")
    read, listed = mirror.reader(f"file://{folder}")
    assert mirror.follow(tmp_path / "copy", read, listed)
    assert (tmp_path / "copy" / "decks" / "mine.toml").is_file()


class Patience:
    """Lets time pass at once, and ends the third wait."""

    def __init__(self) -> None:
        """Have waited for nothing yet."""
        self.waited: list[float] = []

    def wait(self, seconds: float) -> bool:
        """Say whether it is time to stop."""
        self.waited.append(seconds)
        return len(self.waited) == 3


@pytest.fixture
def begin(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Path], list[float]]:
    """Begin to follow an address, look twice more, and return the seconds that were waited in between."""
    patience = Patience()
    monkeypatch.setattr(mirror, "STOP", patience)

    def follow_thrice(address: str, folder: Path) -> list[float]:
        mirror.begin(address, folder, 7.0)
        for thread in threading.enumerate():
            if thread.name == "mirror":
                thread.join()
        return patience.waited

    return follow_thrice


def test_an_address_is_looked_at_again_and_again(
    folder: Path, tmp_path: Path, begin: Callable[[str, Path], list[float]]
) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    assert begin(f"file://{folder}", copy) == [7.0, 7.0, 7.0]
    assert load.load(copy).stamp == load.load(folder).stamp


@pytest.mark.parametrize("address", ["nonsense://deals", "s3://bucket/tables"])
def test_an_address_that_nothing_here_can_read_is_recorded(
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    address: str,
    begin: Callable[[str, Path], list[float]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    assert begin(address, tmp_path) == []
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_the_first_look_begins_the_copy(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, Path, float]] = []
    monkeypatch.setattr(load, "ADDRESS", "https://ties.example/data")
    monkeypatch.setattr(load, "FOLDER", tmp_path)
    monkeypatch.setattr(mirror, "begin", lambda *given: asked.append(given))
    assert load._look() == disk.fingerprint()
    assert asked == [("https://ties.example/data", tmp_path, load.REFRESH)]


def test_a_setting_that_is_an_address_is_no_folder_for_commands(folder: Path) -> None:
    setting = {**os.environ, "DEFENCE_TIES_DATA": f"file://{folder}"}
    command = [sys.executable, "-m", "dashboard", "check"]
    done = subprocess.run(command, env=setting, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "names an address" in done.stderr


def test_commands_name_a_folder_where_the_setting_is_an_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "ADDRESS", "https://ties.example/data")
    assert shared.place_of(tmp_path) == tmp_path
    with pytest.raises(typer.BadParameter, match="names an address"):
        shared.place_of(None)


def test_what_cannot_be_written_is_said_in_the_log_and_tried_again(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, listed = mirror.reader(f"file://{folder}")
    copy = tmp_path / "copy"
    copy.mkdir()
    with monkeypatch.context() as full:
        full.setattr(Path, "write_bytes", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        assert mirror.follow(copy, read, listed) is False
    assert "No space left on device" in caplog.text
    assert mirror.held(copy) == {}
    assert mirror.follow(copy, read, listed) is True
    assert mirror.held(copy) == mirror.fetch(read, listed, {})


def test_what_lists_nothing_has_no_decks(tmp_path: Path) -> None:
    assert mirror.reader(f"file://{tmp_path}")[1]("decks") == []
