"""How the dashboard is served: `uvicorn dashboard.server:app`, the same pages as `streamlit run app.py`, faster.

Streamlit sends its front end uncompressed, 9 MB for a first visit. Here each of its files whose name changes with its
content is compressed once and kept in memory. The tables are read and checked before the first reader comes.
"""

from __future__ import annotations

import gc
import gzip
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.tables.load import DataError

TEXT = ("text/", "application/javascript", "application/json", "application/geo+json", "image/svg")
SMALL = 1_000  # bytes; below this a compressed answer is no faster
OURS = "/app/static/"  # the outlines of the map, which it asks for anew at every change
FIXED = ("/static/", OURS)
HOUR = 3_600  # seconds


class Compressed:
    """ASGI middleware that compresses the front end's own files once and serves them from memory ever after."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the application to serve."""
        self.app = app
        self.kept: dict[str, tuple[list[tuple[bytes, bytes]], bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a fixed file from memory; hand every other request on."""
        fixed = scope["type"] == "http" and scope["method"] == "GET" and scope["path"].startswith(FIXED)
        if not fixed or "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            await self.app(scope, receive, send)
        elif scope["path"] in self.kept:
            headers, body = self.kept[scope["path"]]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": body})
        else:
            plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
            await self.app({**scope, "headers": plain}, receive, _Keeper(scope["path"], self.kept, send))


class _Keeper:
    """Sends one answer on compressed, and keeps it."""

    def __init__(self, path: str, kept: dict[str, tuple[list[tuple[bytes, bytes]], bytes]], send: Send) -> None:
        self.path, self.kept, self.send = path, kept, send
        self.start: Message = {}
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
            return
        self.body += message.get("body", b"")
        if message.get("more_body"):
            return
        headers = MutableHeaders(raw=list(self.start["headers"]))
        if self.path.startswith(OURS) and self.start["status"] == 200:
            headers.setdefault("cache-control", f"public, max-age={HOUR}")
        # An address that names no file is answered with the page itself: not to be kept, and there is no end of them.
        fixed = self.start["status"] == 200 and "max-age" in headers.get("cache-control", "")
        if fixed and headers.get("content-type", "").startswith(TEXT) and len(self.body) > SMALL:
            self.body = gzip.compress(self.body, 9, mtime=0)
            headers["content-encoding"] = "gzip"
            headers["content-length"] = str(len(self.body))
            headers.add_vary_header("accept-encoding")
            self.kept[self.path] = (headers.raw, self.body)
        await self.send({**self.start, "headers": headers.raw})
        await self.send({"type": "http.response.body", "body": self.body})


@asynccontextmanager
async def warm(_: st.App) -> AsyncGenerator[None]:
    """Before the first reader, read code and tables and work out what no filter changes; faults are logged and listed."""
    from dashboard import pages
    from dashboard.charts.timeline import bars
    from dashboard.questions import deals, evidence, flows, ledger, lexicon
    from dashboard.questions import sources as bibliography
    from dashboard.tables import load as data

    asked_of_all = (
        *(bibliography.count_uses, bibliography.rests_on, deals.newest_steps, evidence.one_sided),
        *(flows.flow_deals, flows.ends, ledger.ledger, lexicon.index_of, bars.dated),
    )
    for page in iter_modules(pages.__path__, f"{pages.__name__}."):
        import_module(page.name)
    try:
        tables = data.current()
        for once in asked_of_all:
            once(tables)
    except DataError as error:
        logging.getLogger(__name__).error("The data has %d faults:\n%s", len(error.faults), error)
    gc.freeze()  # what is there for good is never searched for garbage again
    yield


app = st.App(Path(__file__).parent.parent / "app.py", lifespan=warm, middleware=[Middleware(Compressed)])
