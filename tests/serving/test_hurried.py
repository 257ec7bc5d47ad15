"""Connections over a real socket: those that ask for nothing are closed, and one that has asked stays."""

from __future__ import annotations

import asyncio
import ctypes
import resource
import runpy
import socket
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from types import SimpleNamespace
from typing import Any

import pytest
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.utils import ClientDisconnected

from dashboard.serving import hurried, logs
from dashboard.serving.hurried import Hurried, HurriedPage
from tests.serving.asgi import Site

HEAD = b"GET / HTTP/1.1\r\nhost: a\r\n"
WHOLE = HEAD + b"\r\n"
BODY = b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 50\r\n\r\n"
UPGRADE = (
    HEAD
    + b"connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)


@asynccontextmanager
async def serving(site: ASGIApp) -> AsyncGenerator[uvicorn.Server]:
    """Serve an application as ours is served."""
    config = uvicorn.Config(site, port=0, http=Hurried, ws=HurriedPage, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    serve = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield server
    server.should_exit = True
    await serve


async def line_to(server: uvicorn.Server) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Open a connection to a server."""
    return await asyncio.open_connection("127.0.0.1", server.servers[0].sockets[0].getsockname()[1])


async def until(true: Callable[[], bool]) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.01)


async def closed(*sent: bytes, wait: float) -> bool:
    """Say whether a server has closed a connection, over which this was sent piece by piece, with a wait after each."""
    async with serving(Site(content_length="6")) as server:
        reader, writer = await line_to(server)
        with suppress(ConnectionError):
            for piece in sent:
                writer.write(piece)
                await asyncio.sleep(wait)
            writer.write(WHOLE)
            await writer.drain()
        asked = sum(piece.count(b"GET") + piece.count(b"POST") for piece in sent if piece.startswith((WHOLE, BODY)))
        try:
            ended = b"behind" * (asked + 1) not in (await asyncio.wait_for(read_all(reader, asked + 1), 5))
        except ConnectionError:
            ended = True
        writer.close()
    return ended


async def read_all(reader: asyncio.StreamReader, answers: int) -> bytes:
    """Return the words of so many answers, or of those that came before the line was cut."""
    words, got = b"", b""
    while words.count(b"behind") < answers and (piece := await reader.read(1_000)):
        got += piece
        words = b"behind" * got.count(b"behind")
    return words


@pytest.mark.parametrize(
    ("sent", "ends"),
    [
        ([b""], True),
        ([HEAD], True),
        ([WHOLE], False),
        ([WHOLE, b"G", b"E"], True),  # a second request that never comes
        ([WHOLE, b"G", WHOLE[1:]], False),
        ([BODY, b"x", b"x"], True),  # what comes with a request, byte by byte
        ([BODY, b"x" * 20, b"x" * 30], False),
    ],
)
def test_a_connection_whose_request_does_not_come_in_time_is_closed(
    sent: list[bytes], ends: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hurried, "FIRST", 0.3)
    monkeypatch.setattr(hurried, "TAKEN", 300)
    monkeypatch.setattr(hurried, "LEAST", 15)
    assert asyncio.run(closed(*sent, wait=0.2 if not ends else 0.4)) is ends


class Pages:
    """Pages that take every message and keep it; `slow` ones answer without end, until they cannot any more."""

    def __init__(self, slow: bool = False) -> None:
        """Begin with none."""
        self.got: list[Any] = []
        self.slow = slow

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Be one page."""
        assert scope["type"] == "websocket"
        await receive()
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] == "websocket.receive":
            self.got.append(message)
            with suppress(ClientDisconnected):
                while self.slow:
                    await send({"type": "websocket.send", "bytes": b"a"})
                    await asyncio.sleep(0.01)
        self.got.append("gone")


def frame(payload: bytes, opcode: int = 2, last: bool = True) -> bytes:
    """Return a piece of a websocket as a browser sends it."""
    return bytes([128 * last | opcode, 128 | len(payload), 0, 0, 0, 0]) + payload


async def end_of(sent: bytes, slow: bool = False) -> tuple[Pages, bool]:
    """Send something over a page's websocket; return the pages and whether the server ended the connection."""
    pages = Pages(slow)
    async with serving(pages) as server:
        reader, writer = await line_to(server)
        writer.write(UPGRADE)
        assert b"101" in await reader.readuntil(b"\r\n\r\n")
        with suppress(ConnectionError):
            writer.write(sent)
            await writer.drain()
            writer.write(frame(b"the end"))
            await writer.drain()
        await until(lambda: "gone" in pages.got or any(one.get("bytes") == b"the end" for one in pages.got) or slow)
        ended = "gone" in pages.got
        if slow:
            await until(lambda: bool(pages.got))
            writer.transport.abort()
            await until(lambda: "gone" in pages.got)
        writer.close()
    return pages, ended


@pytest.mark.parametrize(
    "sent",
    [
        frame(b"") * (hurried.FRAMES_AT_ONCE + 50),
        frame(b"", opcode=9) * (hurried.FRAMES_AT_ONCE + 50),
        frame(b"a", last=False) + frame(b"", opcode=0, last=False) * (hurried.PARTS + 50) + frame(b"", opcode=0),
        frame(b"") * (hurried.WAITING * 3),
    ],
    ids=["messages", "pings", "pieces", "waiting"],
)
def test_a_page_that_sends_more_pieces_than_any_of_ours_is_closed(sent: bytes) -> None:
    assert asyncio.run(end_of(sent))[1]


def test_a_page_may_send_a_large_message_in_pieces_and_some_pings() -> None:
    parts = [frame(b"a" * 100, opcode=0 if at else 2, last=at == 60) for at in range(61)]
    pages, ended = asyncio.run(end_of(b"".join(parts) + frame(b"", opcode=9) * 50))
    assert not ended
    assert [len(one["bytes"]) for one in pages.got[:2]] == [6_100, 7]


def test_messages_of_a_page_that_has_gone_are_worked_on_no_more() -> None:
    pages, _ = asyncio.run(end_of(frame(b"a") * 150, slow=True))
    assert len(pages.got) == 2, "the one that was started, and the end"


def test_a_page_that_goes_before_it_is_looked_at_has_started_all_the_same() -> None:
    queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    config = uvicorn.Config(Site(), log_config=None)
    config.load()
    state = SimpleNamespace(connections=set(), tasks=set(), total_requests=0, default_headers=[])
    page = HurriedPage(config, state, {}, asyncio.new_event_loop())  # ty: ignore[invalid-argument-type]
    page.queue, page.transport = queue, SimpleNamespace(close=lambda: None)  # ty: ignore[invalid-assignment]
    state.connections.add(page)
    for kind in ("connect", "receive"):
        queue.put_nowait({"type": f"websocket.{kind}"})
    page.connection_lost(None)
    page.loop.close()
    assert [queue.get_nowait()["type"] for _ in range(queue.qsize())] == ["websocket.connect", "websocket.disconnect"]


@pytest.mark.parametrize(
    "more", [b"content-length: 5\r\n", b"transfer-encoding: chunked\r\n", b"x: " + b"a" * 9_000 + b"\r\n"]
)
def test_a_beginning_of_a_page_that_the_library_refuses_gets_an_answer_and_an_end(more: bytes) -> None:
    async def answer() -> bytes:
        async with serving(Pages()) as server:
            reader, writer = await line_to(server)
            writer.write(UPGRADE[:-2] + more + b"\r\n")
            got = await asyncio.wait_for(reader.read(), 5)
            writer.close()
        return got

    assert asyncio.run(answer()).startswith(b"HTTP/1.1 400 ")


def test_one_client_has_so_many_connections_and_this_machine_any_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hurried, "EACH", 2)
    monkeypatch.setattr(hurried, "OPEN", Counter())

    async def there(known: str) -> int:
        """Return how many of four connections stay."""
        monkeypatch.setattr(hurried, "client_of", lambda _: known)
        async with serving(Site(content_length="6")) as server:
            lines = [await line_to(server) for _ in range(4)]
            await until(lambda: len(server.server_state.connections) == (4 if not known else 2))
            left = len(server.server_state.connections)
            for _, writer in lines:
                writer.close()
            await until(lambda: not server.server_state.connections)
        return left

    assert (asyncio.run(there("203.0.113.5")), asyncio.run(there(""))) == (2, 4)
    assert hurried.OPEN == {}, "those that are closed count no more"
    assert hurried.peer(None) == ""


def test_what_is_not_taken_in_time_ends_the_connection_where_the_kernel_can() -> None:
    options: list[tuple[int, int, int]] = []
    loop = SimpleNamespace(call_later=lambda *_: None)
    for family, wanted in ((socket.AF_INET, 1), (socket.AF_UNIX, 1)):
        connection = SimpleNamespace(
            family=family, setsockopt=lambda *option: options.append(option), getpeername=lambda: "", getsockname=lambda: ""
        )  # fmt: skip
        transport = SimpleNamespace(get_extra_info=lambda name, known=connection: known if name == "socket" else None)
        config = uvicorn.Config(Site(), log_config=None)
        config.load()
        state = SimpleNamespace(connections=set(), tasks=set(), total_requests=0, default_headers=[])
        Hurried(config, state, {}, loop).connection_made(transport)  # ty: ignore[invalid-argument-type]
        assert options == [(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, hurried.TAKEN)] * wanted


async def taken_byte_by_byte() -> int:
    """Take a large answer a byte at a time until the line is cut; return how many came."""
    site = Site("x" * 8_000_000, content_length="8000000")
    server = uvicorn.Server(uvicorn.Config(site, port=0, http=Hurried, lifespan="off", log_config=None))
    serve = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        line.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(line, ("127.0.0.1", server.servers[0].sockets[0].getsockname()[1]))
        await loop.sock_sendall(line, b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
        found = piece = len(await loop.sock_recv(line, 1))
        while piece and server.server_state.connections:  # what came before could be taken for long
            piece = len(await loop.sock_recv(line, 1))
            found += piece
            await asyncio.sleep(0.01)
    server.should_exit = True
    await serve
    return found


def test_who_takes_a_large_answer_byte_by_byte_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hurried, "TAKEN", 300)
    monkeypatch.setattr(hurried, "TIMEOUT", None)  # the kernel's own patience is another one
    assert 0 < asyncio.run(taken_byte_by_byte()) < 100_000


def test_who_takes_it_slowly_but_surely_is_only_looked_at() -> None:
    left, said, looks = [0], [], []
    loop = SimpleNamespace(
        call_later=lambda *later: looks.append(later) or SimpleNamespace(cancel=lambda: said.append("no more looks"))
    )
    transport = SimpleNamespace(
        get_extra_info=lambda _: None, get_write_buffer_size=lambda: left[0], abort=lambda: said.append("cut off")
    )
    config = uvicorn.Config(Site(), log_config=None)
    config.load()
    state = SimpleNamespace(connections=set(), tasks=set(), total_requests=0, default_headers=[])
    one = Hurried(config, state, {}, loop)  # ty: ignore[invalid-argument-type]
    one.connection_made(transport)  # ty: ignore[invalid-argument-type]
    left[0] = 100_000
    one.pause_writing()
    for left[0] in (90_000, 60_000):
        delay, look, before = looks[-1]
        assert delay == 60
        look(before)
    assert said == []
    one.resume_writing()
    assert said == ["no more looks"]
    one.pause_writing()
    left[0] -= 9_999
    looks[-1][1](looks[-1][2])
    assert said == ["no more looks", "cut off"]


def test_the_server_is_run_on_this_machine_alone_unless_set_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[dict] = []
    monkeypatch.setattr(uvicorn, "run", lambda *app, **how: ran.append({"app": app, **how}))
    monkeypatch.setattr(resource, "setrlimit", lambda *_: None)
    monkeypatch.setattr(logs, "set_up", lambda: None)
    heaps: list[tuple[int, int]] = []
    library = SimpleNamespace(mallopt=lambda *setting: heaps.append(setting))
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library)
    for name, value in (("HOST", ""), ("PORT", "")):
        monkeypatch.setenv(name, value)
    runpy.run_module("dashboard.serving", run_name="__main__")
    assert heaps == [(-8, 2)]
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())  # another library of C
    monkeypatch.setenv("HOST", "0.0.0.0")
    monkeypatch.setenv("PORT", "80")
    runpy.run_module("dashboard.serving", run_name="__main__")
    assert [(one["host"], one["port"]) for one in ran] == [("127.0.0.1", 8501), ("0.0.0.0", 80)]
    assert (ran[0]["app"], ran[0]["access_log"], ran[0]["http"], ran[0]["ws"]) == (
        ("dashboard.server:app",),
        False,
        Hurried,
        HurriedPage,
    )
