"""Connections over a real socket: those that ask for nothing are closed, and one that has asked stays."""

from __future__ import annotations

import asyncio
import resource
import runpy
import socket
from types import SimpleNamespace

import pytest
import uvicorn

from dashboard.serving import hurried, logs
from dashboard.serving.hurried import Hurried
from tests.serving.asgi import Site


async def closed(sent: bytes, wait: float) -> bool:
    """Say whether a server has closed a connection, over which this was sent, after some seconds."""
    server = uvicorn.Server(
        uvicorn.Config(Site(content_length="6"), port=0, http=Hurried, lifespan="off", log_config=None)
    )
    serve = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    await asyncio.sleep(wait)
    writer.write(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")
    try:
        ended = b"behind" not in await asyncio.wait_for(reader.read(1_000), 5)
    except ConnectionError:
        ended = True
    writer.close()
    server.should_exit = True
    await serve
    return ended


@pytest.mark.parametrize(
    ("sent", "ends"),
    [(b"", True), (b"GET / HTTP/1.1\r\nhost: a\r\n", True), (b"GET / HTTP/1.1\r\nhost: a\r\n\r\n", False)],
)
def test_a_connection_that_asks_for_nothing_in_time_is_closed(
    sent: bytes, ends: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hurried, "FIRST", 0.1)
    assert asyncio.run(closed(sent, 0.4)) is ends


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
    for name, value in (("HOST", ""), ("PORT", "")):
        monkeypatch.setenv(name, value)
    runpy.run_module("dashboard.serving", run_name="__main__")
    monkeypatch.setenv("HOST", "0.0.0.0")
    monkeypatch.setenv("PORT", "80")
    runpy.run_module("dashboard.serving", run_name="__main__")
    assert [(one["host"], one["port"]) for one in ran] == [("127.0.0.1", 8501), ("0.0.0.0", 80)]
    assert (ran[0]["app"], ran[0]["access_log"], ran[0]["http"]) == (("dashboard.server:app",), False, Hurried)
