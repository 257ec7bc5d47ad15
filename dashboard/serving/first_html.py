"""The first answer of every address of a page: Streamlit's own, with the view's words and pictures in it.

Streamlit answers every address with the same empty frame, which stays empty until its scripts have run. Here what the view
says stands in it from the start, for readers, for search engines and for whoever shows a preview of a link.

No script stands in it: `static/first.js` takes the words away when the application is ready. A policy on content may so
allow scripts of this host alone; Streamlit's one inline script is left out, which made a service for crawlers wait.
"""

from __future__ import annotations

import asyncio
import logging
import re
from datetime import date

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import address, views
from dashboard.kept import STORE
from dashboard.serving import first_deck, first_words, joined
from dashboard.serving.api import given
from dashboard.serving.compressed import FIXED, coding, compress
from dashboard.serving.first_words import NO_VIEW, First
from dashboard.serving.held import Made
from dashboard.serving.logs import shown
from dashboard.serving.unknown import PAGES
from dashboard.tables import load as data
from dashboard.tables.load import DataError

FRAME = b'<div id="root"></div>'
TITLE = b"<title>Streamlit</title>"
# What the frame says of itself, and must not of us: to turn JavaScript on, the icon, and to wait.
NEEDLESS = re.compile(
    rb'\s*<noscript>.*?</noscript>|\s*<link rel="shortcut icon"[^>]*>|\s*<!-- initialize window\.prerenderReady.*?</script>',
    re.DOTALL,
)
SHEET = re.compile(rb'\s*<link rel="stylesheet"[^>]*>')
# The application's script is fetched behind the words, and started by `static/first.js` when they are on screen: a browser that reads
# 1.3 MB of script meanwhile draws them a fifth later.
SCRIPT = re.compile(rb'\s*<script type="module" crossorigin src="([^"]*)"></script>')
LATER = rb'<link id="application" rel="prefetch" href="\1">'
ANSWERS = ("/api/", "/cite/")  # below these no frame is wanted, and what is there may be compressed


def is_page(scope: Scope) -> bool:
    """Say whether a request may be for a page: none has a dot in its name, or is a file of the front end or an answer to programs."""
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or scope["path"].startswith(FIXED):
        return False
    return not f"{scope['path']}/".startswith(ANSWERS) and "." not in scope["path"].rpartition("/")[2]


class FirstHtml:
    """ASGI middleware that puts the words of the view into the frame that Streamlit answers with."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the application that answers."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a page with more than its frame; hand every other answer on."""
        if not is_page(scope):
            await self.app(scope, receive, send)
            return
        plain = [pair for pair in scope["headers"] if pair[0] not in (b"accept-encoding", b"range")]
        await self.app({**scope, "method": "GET", "headers": plain}, receive, _Frame(self, scope, send))

    async def answer(self, scope: Scope, send: Send, start: Message, frame: bytes) -> None:
        """Send the frame with the words of the view in it, or a word that the reader has it already."""
        how = coding(Headers(scope=scope).get("accept-encoding", ""))
        try:
            made = await asyncio.to_thread(self.made, scope, frame, how)
        except Exception:  # the application draws the page all the same
            logging.getLogger(__name__).exception("The first words of %s failed", shown(scope["path"]))
            made, how = Made.of(_whole(frame, None, "")), ""
        # `Unknown` makes 404 of the answer to an address that names no page; a 304 would pass it.
        known = scope["path"].strip("/") in PAGES and made.is_known(scope)
        headers = MutableHeaders(
            raw=[
                pair
                for pair in start["headers"]
                if pair[0] not in (b"last-modified", b"accept-ranges", b"content-length")
            ]
        )
        headers["etag"] = made.tag
        headers.add_vary_header("accept-encoding")
        if how and not known:
            headers["content-encoding"] = how
        if not known:
            headers["content-length"] = str(len(made.body))
        await send({**start, "status": 304 if known else start["status"], "headers": headers.raw})
        await send({"type": "http.response.body", "body": b"" if known or scope["method"] == "HEAD" else made.body})

    def made(self, scope: Scope, frame: bytes, how: str) -> Made:
        """Return the whole answer, compressed as is wanted, made of what the address means and of the tables as they are."""
        page = scope["path"].removeprefix(scope.get("root_path", "")).strip("/")
        today = date.today()
        try:
            tables = data.current()
        except DataError as error:
            return Made.of(_whole(frame, first_words.faulty(error), how))
        request = Request(scope)
        if page not in views.PAGES and page not in NO_VIEW:
            return Made.of(_whole(frame, first_words.unknown(tables, page), how))
        asked = address.read(tables, page, given(request, page), str(request.base_url))
        if page in NO_VIEW:
            return Made.of(_whole(frame, first_deck.shown(tables, asked, today), how))
        key = "first words", tables.stamp, today, page, asked.query, tuple(asked.notes), asked.site, how
        return STORE.of(key, lambda: Made.of(_whole(frame, first_words.said_of(tables, asked, today), how)))


def _whole(frame: bytes, first: First | None, how: str) -> bytes:
    """Return the frame with the words in it, compressed as is wanted."""
    whole = joined.page(NEEDLESS.sub(b"", frame))
    if first:
        # What waits for the style sheet of formulas and for the script is the application, not the words.
        sheets = b"".join(SHEET.findall(whole))
        script = b"".join(SCRIPT.sub(LATER, found[0]) for found in SCRIPT.finditer(whole))
        whole = SCRIPT.sub(b"", SHEET.sub(b"", whole)).replace(TITLE, first.head.encode(), 1)
        whole = whole.replace(FRAME, first.body.encode() + sheets + script + FRAME, 1)
    return compress(whole, how) if how else whole


class _Frame:
    """An answer on its way: one that is the frame of a page is gathered whole and answered anew, any other is handed on."""

    def __init__(self, first: FirstHtml, scope: Scope, send: Send) -> None:
        self.first, self.scope, self.send = first, scope, send
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and Headers(raw=message["headers"]).get(
            "content-type", ""
        ).startswith("text/html"):
            self.start = message
        elif self.start is None:
            if message["type"] == "http.response.body" and self.scope["method"] == "HEAD":
                message = {**message, "body": b""}
            await self.send(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._answer(self.start)

    async def _answer(self, start: Message) -> None:
        if FRAME in self.body:
            await self.first.answer(self.scope, self.send, start, self.body)
            return
        await self.send(start)
        await self.send({"type": "http.response.body", "body": b"" if self.scope["method"] == "HEAD" else self.body})
