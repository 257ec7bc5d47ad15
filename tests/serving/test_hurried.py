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
