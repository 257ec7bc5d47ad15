"""A request to an ASGI application and its answer, without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass
class Answer:
    """What came back: the status (0 where nothing did), the headers and the whole body; `closed` is the code of a closed websocket."""

    status: int = 0
    headers: Headers = field(default_factory=lambda: Headers({}))
    body: bytes = b""
    closed: int | None = None

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode()


def scope(path: str, headers: Mapping[str, str] | None = None, **more: Any) -> Scope:
    """Return the scope of a request, with a host unless one is given."""
    path, _, query = path.partition("?")
    named = {"host": "testserver", **(headers or {})}
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in named.items()]
    plain = {"type": "http", "method": "GET", "scheme": "http", "root_path": "", "client": ("203.0.113.7", 50_000)}
    return {
        **plain,
        "path": path,
        "query_string": query.encode("latin-1"),
        "headers": raw,
        "server": ("192.0.2.1", 80),
        **more,
    }


def ask(app: ASGIApp, asked: Scope, *given: Message) -> Answer:
    """Return what an application answers to a request; `given` is what it receives after that."""
    answer, left = Answer(), list(given)

    async def receive() -> Message:
        return left.pop(0) if left else {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status, answer.headers = message["status"], Headers(raw=list(message.get("headers", [])))
        elif message["type"] == "http.response.body":
            answer.body += message.get("body", b"")
        elif message["type"] == "websocket.close":
            answer.closed = message.get("code")

    asyncio.run(_run(app, asked, receive, send))
    return answer


async def _run(app: ASGIApp, asked: Scope, receive: Receive, send: Send) -> None:
    await app(asked, receive, send)


class Site:
    """An application behind a middleware: it answers everything with the same words and notes what it was asked."""

    def __init__(self, words: str = "behind", **headers: str) -> None:
        """Take the words of every answer, and its headers."""
        self.words, self.asked = words, []
        self.headers = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        self.asked.append(scope)
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": self.headers})
            await send({"type": "http.response.body", "body": self.words.encode()})
        elif scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
