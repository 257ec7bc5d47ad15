"""Readers over real sockets: those who come are served in each way to start, and no slow or lost one holds up the others."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests import made_up as files
from tests.serving.test_running import ROOT, free_port, wait_for

PATIENCE = 240  # seconds; nothing is timed here, a busy machine is only slow
NARROW = 4_096  # bytes that a slow reader takes at once
# As production is started, but for the patience with who takes nothing or asks by halves: 3 s in place of 60 and 20.
SERVING = "import runpy; from dashboard.serving import hurried; hurried.TAKEN, hurried.FIRST = 3_000, 3; runpy.run_module('dashboard.serving', run_name='__main__')"


@contextmanager
def started(folder: Path, *command: str) -> Generator[tuple[int, int]]:
    """Start a dashboard over the made-up tables, and give its port and the id of its process."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV_")}
    environment |= {"PORT": str(port), "HOST": "", "STREAMLIT_SERVER_PORT": str(port), "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
                    "STREAMLIT_SERVER_HEADLESS": "true", "DEFENCE_TIES_DATA": str(files.copy(folder / "data")), "DEFENCE_TIES_KEPT_MB": "3"}  # fmt: skip
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            wait_for(port, "/_stcore/health", process)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait(timeout=60)


@contextmanager
def reader(port: int, narrow: bool = False) -> Generator[ClientConnection]:
    """Open a page; a narrow one takes only a little before somebody asks for more."""
    line = socket.socket()
    if narrow:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, NARROW)
    line.connect(("127.0.0.1", port))
    with connect(
        f"ws://127.0.0.1:{port}/_stcore/stream", sock=line, subprotocols=["streamlit"], origin=f"http://127.0.0.1:{port}",  # ty: ignore[invalid-argument-type]
        max_size=None, max_queue=1, open_timeout=PATIENCE, ping_interval=None, close_timeout=1,
    ) as page:  # fmt: skip
        try:
            yield page
        finally:
            cut(page)


def cut(page: ClientConnection) -> None:
    """Let a reader vanish: no word of it comes any more, not even that it has gone."""
    with suppress(OSError):
        page.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    page.socket.close()


def ask(page: ClientConnection, name: str, query: str = "") -> None:
    """Ask for a view."""
    run = BackMsg()
    run.rerun_script.page_name, run.rerun_script.query_string = name, query
    page.send(run.SerializeToString())


def shown(page: ClientConnection) -> str:
    """Take a view to its end and return its text; a fault on it, or an end before its end, fails."""
    text = b""
    while True:
        message = page.recv(timeout=PATIENCE)
        assert isinstance(message, bytes)
        sent = ForwardMsg.FromString(message)
        assert not sent.delta.new_element.HasField("exception"), sent.delta.new_element.exception.message
        text += message
        if sent.WhichOneof("type") == "script_finished":
            assert sent.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
            return text.decode(errors="replace")


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, what
        time.sleep(0.2)


def number(port: int, name: str) -> float:
    """Return a number that the server says of itself."""
    with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=PATIENCE) as answer:
        (found,) = re.findall(rf"^dashboard_{name} (\S+)$", answer.read().decode(), re.MULTILINE)
    return float(found)


def readers(port: int) -> float:
    """Return how many pages the server says are open."""
    return number(port, "readers")


async def answers(port: int, paths: Iterable[str], at_once: int) -> list[bytes]:
    """Return the first lines of the answers to requests, so many of them at a time."""
    room = asyncio.Semaphore(at_once)

    async def one(path: str) -> bytes:
        async with room:
            lines, line = await asyncio.open_connection("127.0.0.1", port)
            line.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            async with asyncio.timeout(PATIENCE):
                whole = await lines.read()
            line.close()
        return whole.partition(b"\r\n")[0]

    return await asyncio.gather(*map(one, paths))


def megabytes(pid: int) -> float:
    """Return the memory of a process."""
    return int(re.findall(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[0]) / 1_000


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    """Return the port and the process of a server with little patience."""
    with started(tmp_path_factory.mktemp("served"), "-c", SERVING) as found:
        yield found


@pytest.mark.parametrize(
    "command", [("-m", "dashboard.serving"), ("-m", "streamlit", "run", "app.py")], ids=["serving", "streamlit run"]
)
def test_each_way_to_start_shows_pages_to_a_reader(command: tuple[str, ...], tmp_path: Path) -> None:
    with started(tmp_path, *command) as (port, _), reader(port) as page:
        with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=PATIENCE) as answer:
            assert answer.read() == b"ok"
        for name, title in (("", "Overview"), ("value", "Value"), ("no-such-page", "")):
            ask(page, name, "domain=naval")
            assert title in shown(page)


def test_who_stops_taking_what_was_asked_for_holds_nobody_up_and_is_dropped(server: tuple[int, int]) -> None:
    port, pid = server
    with reader(port) as other, reader(port, narrow=True) as slow:
        ask(other, "timeline")
        shown(other)
        before = megabytes(pid)
        for number in range(100):
            with suppress(ConnectionClosed):  # it may be dropped before the last
                ask(slow, "timeline", f"from={1990 + number % 30}")
        for number in range(5):
            ask(other, "value", f"to={2000 + number}")
            assert "Value" in shown(other)
        assert megabytes(pid) - before < 100
        wait_until(lambda: readers(port) == 1, "the slow reader is still there")
        ask(other, "")
        assert "Overview" in shown(other)


def test_who_takes_an_answer_byte_by_byte_holds_nobody_up(server: tuple[int, int]) -> None:
    port, _ = server
    with urlopen(f"http://127.0.0.1:{port}/", timeout=PATIENCE) as answer:
        (script,) = re.findall(r'href="\./([^"]+/whole\.js)"', answer.read().decode())
    with socket.socket() as slow, reader(port) as other:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, NARROW)
        slow.connect(("127.0.0.1", port))
        slow.settimeout(PATIENCE)
        slow.sendall(f"GET /{script} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() * 20)
        taken = slow.recv(1)
        for number in range(3):
            ask(other, "value", f"from={1990 + number}")
            assert "Value" in shown(other)
            with urlopen(f"http://127.0.0.1:{port}/api/value?from={1990 + number}", timeout=PATIENCE) as answer:
                assert answer.status == 200
            taken += slow.recv(1)
        assert taken == b"HTTP"


def test_readers_that_vanish_leave_nothing_behind(server: tuple[int, int]) -> None:
    port, _ = server
    with ExitStack() as open_pages:
        pages = [open_pages.enter_context(reader(port)) for _ in range(20)]
        for page in pages:
            ask(page, "value", "domain=naval")
        assert readers(port) == 20
        for page in pages[::2]:
            shown(page)
        for page in pages:  # some with an answer on its way
            cut(page)
        wait_until(lambda: readers(port) == 0, "some are still there")


def test_five_hundred_requests_at_once_all_get_their_answer(server: tuple[int, int]) -> None:
    port, _ = server
    paths = [f"/api/value?from={1950 + at % 70}&to={2030 - at // 70}" for at in range(500)]
    assert set(asyncio.run(answers(port, paths, 500))) == {b"HTTP/1.1 200 OK"}


def test_two_thousand_searches_leave_no_more_in_memory_than_there_is_room_for(server: tuple[int, int]) -> None:
    port, pid = server
    asyncio.run(answers(port, [f"/search?said=word{at}" for at in range(200)], 20))
    before = megabytes(pid)
    found = asyncio.run(answers(port, [f"/search?said=word{at}" for at in range(2_000)], 20))
    assert set(found) == {b"HTTP/1.1 200 OK"}
    assert number(port, "kept") < 2_000
    assert 0 < number(port, "kept_bytes") <= number(port, "kept_most_bytes") == 3_000_000
    assert megabytes(pid) - before < 60


def test_a_hundred_requests_that_stay_half_sent_hold_nobody_up_and_are_closed(server: tuple[int, int]) -> None:
    port, _ = server
    with ExitStack() as lines, reader(port) as other:
        halves = [lines.enter_context(socket.create_connection(("127.0.0.1", port), PATIENCE)) for _ in range(100)]
        for at, line in enumerate(halves):
            line.sendall(b"GET /value HTTP/1.1\r\nHost: local" if at % 2 else b"")
        ask(other, "value", "domain=naval")
        assert "Value" in shown(other)
        assert {line.recv(100) for line in halves} == {b""}
