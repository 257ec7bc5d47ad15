"""How much may be asked, how fast and how large: what is beyond gets a short answer that costs us little.

The limits are generous, since a whole office may come from one address: 25 requests a second for each after 1,500 at once,
of which a page takes some six, and files of the front end none; 1,000 pages open at a time.
"""

from __future__ import annotations

import asyncio
import math
import re
from collections import Counter
from http import HTTPStatus

from google.protobuf.message import DecodeError
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.serving import messages, uploads
from dashboard.serving.buckets import Bucket, Buckets, client_of
from dashboard.serving.settings import settings

ADDRESS = 8_000  # bytes of a path and its query
BODY = 16_000  # bytes that come with a request; a file that a page asked for may be larger
MESSAGE = 128_000  # bytes of a message over the websocket
AT_ONCE = 60  # seconds' worth of requests that a client may make at once
CHANGES, CHANGES_AT_ONCE = 20, 100  # messages a second of one page, and at once; more have to wait
DRAWN, HEAVY = re.compile(r"/picture/.+\.png"), 15  # what takes a second to answer, and for how many requests it counts
OPEN = 1_000  # pages that one client may have open
UNCOUNTED = {"/_stcore/health", "/health", "/ready"}
UNCOUNTED_BELOW = ("/static/", "/app/static/")  # what is not there has a short answer that nothing is read for
WORDS = {
    HTTPStatus.REQUEST_URI_TOO_LONG: "This address is too long.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "This is more than is taken here.",
    HTTPStatus.LENGTH_REQUIRED: "Say how long this is.",
    HTTPStatus.FORBIDDEN: "No page has asked for this file.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many requests: try again in a moment.",
}


def is_counted(path: str) -> bool:
    """Say whether a request for a path counts: all do but those for files of the front end and whether the server is well."""
    return path not in UNCOUNTED and not path.startswith(UNCOUNTED_BELOW)


def too_much(scope: Scope) -> HTTPStatus | None:
    """Return why a request is more than is taken, as the status of its answer; None where it is not."""
    headers = Headers(scope=scope)
    if len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"]) > ADDRESS:
        return HTTPStatus.REQUEST_URI_TOO_LONG
    if scope["type"] == "http" and uploads.is_one(scope):
        return uploads.refused(scope)
    if "transfer-encoding" in headers:
        return HTTPStatus.LENGTH_REQUIRED
    length = headers.get("content-length", "0")
    is_short = length.isdecimal() and len(length) <= uploads.DIGITS
    return None if is_short and int(length) <= BODY else HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class Limits:
    """ASGI middleware that keeps the limits."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the application to serve."""
        self.app, self.rate = app, settings().rate
        self.asked = Buckets(self.rate, self.rate * AT_ONCE)
        self.open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on; refuse what is too much."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        client, status, wait = client_of((scope.get("client") or ("",))[0]), too_much(scope), 0.0
        if client and self.rate and not status and is_counted(scope["path"]):
            wait = self.asked.take(client, HEAVY if DRAWN.fullmatch(scope["path"]) else 1)
            status = HTTPStatus.TOO_MANY_REQUESTS if wait or self.open[client] >= OPEN else None
        if scope["type"] == "http" and not status and uploads.is_one(scope):
            await uploads.take(self.app, scope, receive, send)
        elif scope["type"] == "http":
            await (refusal(status, wait) if status else self.app)(scope, receive, send)
        elif status:
            await send({"type": "websocket.close", "code": 1008})
        else:
            await self._page(client, scope, receive, send)

    async def _page(self, client: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one open page, and count it as long as it is open."""
        self.open[client] += 1
        try:
            await self.app(scope, unhurried(receive), send)
        finally:
            self.open[client] -= 1
            self.open = +self.open


def refusal(status: HTTPStatus, wait: float = 0) -> Response:
    """Return the answer to what is too much; after `wait` seconds it may be asked again."""
    headers = {"retry-after": str(max(1, math.ceil(wait)))} if status == HTTPStatus.TOO_MANY_REQUESTS else {}
    # The rest of what is sent is not waited for.
    return PlainTextResponse(f"{WORDS[status]}\n", status, {**headers, "connection": "close"})


def unhurried(receive: Receive) -> Receive:
    """Return what takes messages of a page no faster than is allowed, leaves out those that are none of ours, and closes at one that is too large or cannot be read."""
    bucket = Bucket(CHANGES, CHANGES_AT_ONCE)

    async def received() -> Message:
        while (message := await receive())["type"] == "websocket.receive":
            sent = message.get("bytes")
            if sent is None:
                return {"type": "websocket.disconnect", "code": 1003}
            if len(sent) > MESSAGE:
                return {"type": "websocket.disconnect", "code": 1009}
            while wait := bucket.take():
                await asyncio.sleep(wait)
            try:
                if messages.is_taken(sent):
                    return message
            except DecodeError:
                return {"type": "websocket.disconnect", "code": 1003}
        return message

    return received
