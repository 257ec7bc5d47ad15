"""How the front end's own files are sent: compressed once, kept in memory, and its fonts in place of Streamlit's.

Streamlit sends its front end uncompressed, 9 MB for a first visit. Here each of its files whose name changes with its
content is compressed once and kept in memory, and its fonts are answered with ours, which hold a tenth of the letters
and icons.
"""

from __future__ import annotations

import asyncio
import gzip
import posixpath
import re
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from weakref import WeakValueDictionary

import pyarrow as pa
import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.serving import joined

TEXT = ("text/", "application/javascript", "application/json", "application/geo+json", "image/svg")
SMALL = 1_000  # bytes; below this a compressed answer is no faster
LARGE = 600_000  # bytes; above this the best compression takes ten seconds
QUICK, GOOD, BEST = 5, 9, 11  # how hard Brotli tries
OURS = "/app/static/"  # the outlines of the map and the fonts
FIXED = ("/static/", OURS)
HOUR, YEAR = 3_600, 31_536_000  # seconds
VERSIONED = re.compile(r"-\d+\.\d+\.\d+\.")  # in the name of a file that never changes
REFUSED = re.compile(r";\s*q\s*=\s*0(\.0*)?\s*$")  # behind a way to compress

# What is kept, by a file's path and how it is compressed: the headers of its answer, and its content.
Kept = dict[tuple[str, str], tuple[MutableHeaders, bytes]]

# Streamlit's faces, each by its file's name up to the version, and our file in `static/fonts/` that is sent in its place.
FACES = {
    "SourceSansVF-Upright": "sans", "SourceSansVF-Italic": "sans-italic", "SourceSerifVariable-Roman": "serif",
    "SourceSerifVariable-Italic": "serif-italic", "SourceCodeVF-Upright": "code", "MaterialSymbols-Rounded": "icons",
}  # fmt: skip


# The faces of titles and of what is slanted are asked for with the page, not when the first such word is drawn, which would be laid out
# twice; Streamlit does so with that of the text.
MEDIA = Path(st.__file__).parent / "static" / "static" / "media"
EARLY = [path.name for face in ("SourceSerifVariable-Roman", "SourceSansVF-Italic") for path in MEDIA.glob(f"{face}.*")]
AHEAD = (
    "link",
    ", ".join(f"<static/media/{name}>; rel=preload; as=font; type=font/woff2; crossorigin" for name in EARLY),
)
# Words are drawn at once in another face while their own is on its way.
SWAPPED = b"{font-family:Source ", b"{font-display:swap;font-family:Source "
NOTHING = PlainTextResponse("There is no such file.\n", HTTPStatus.NOT_FOUND, {"cache-control": "no-cache"})


def in_place_of(path: str) -> str:
    """Return the path of the file that answers a request: of our own font where one of Streamlit's is wanted."""
    face = FACES.get(path.removeprefix("/static/media/").split(".")[0])
    return f"{OURS}fonts/{face}.woff2" if face else path


def taken(accepted: str) -> list[str]:
    """Return the ways to compress that a reader's browser takes, without those that it refuses by `q=0`."""
    return [part.partition(";")[0].strip() for part in accepted.lower().split(",") if not REFUSED.search(part)]


def coding(accepted: str) -> str:
    """Return the best way to compress that a reader's browser takes, or nothing."""
    return next((name for name in ("br", "gzip") if name in taken(accepted)), "")


def compress(body: bytes, how: str, effort: int = QUICK) -> bytes:
    """Return a file compressed with gzip or, as hard as wanted, with Brotli."""
    if how == "gzip":
        return gzip.compress(body, 9, mtime=0)
    return pa.Codec("brotli", compression_level=effort).compress(body, asbytes=True)


def announcing(send: Send) -> Send:
    """Return what sends an answer on: the faces of titles and slanted words named ahead of a page, and `Vary` where it may come compressed."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=[*message.get("headers", [])])
            if headers.get("content-type", "").startswith("text/html"):
                headers.append(*AHEAD)
            # What is compressed says so, but not the same answer without its body: to HEAD, or a 304.
            if "etag" in headers and "accept-encoding" not in ",".join(headers.getlist("vary")).lower():
                headers.add_vary_header("accept-encoding")
            message = {**message, "headers": headers.raw}
        await send(message)

    return sent


class Compressed:
    """ASGI middleware that compresses the front end's own files once and serves them from memory ever after."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the application to serve."""
        self.app = app
        self.kept: Kept = {(f"{joined.FOLDER}{joined.WHOLE}", "br"): (joined.packed(), joined.PACKED)}
        self.turns: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()
        self.at_leisure = ThreadPoolExecutor(max_workers=1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a fixed file from memory; hand every other request on."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or not scope["path"].startswith(FIXED):
            await self.app(_refusing(scope), receive, announcing(send))
            return
        # Another spelling (`//`, `/./`) would name the same file, and there is no end of them.
        if posixpath.normpath(scope["path"]) != scope["path"]:
            await NOTHING(scope, receive, send)
            return
        key = in_place_of(scope["path"]), coding(Headers(scope=scope).get("accept-encoding", ""))
        if key not in self.kept:
            # Who asks for a file at the same time waits until the first has it; a turn that nobody waits for is forgotten.
            turn = self.turns.setdefault(key, asyncio.Lock())
            async with turn:
                first = None if key in self.kept else await self.fetched(scope, receive, *key)
            if first:
                await first(scope, receive, send)
                return
        headers, body = self.kept[key]
        await send({"type": "http.response.start", "status": 200, "headers": headers.raw})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    async def fetched(self, scope: Scope, receive: Receive, path: str, how: str) -> ASGIApp:
        """Return the answer to a request for a file that is not kept; from now on it is where it may be."""
        plain = [pair for pair in scope["headers"] if pair[0] not in (b"accept-encoding", b"range")]
        answer = _Answer()
        asked = {**scope, "method": "GET", "path": path, "raw_path": path.encode(), "headers": plain}
        await self.app(asked, receive, answer)
        headers, is_there = answer.headers, answer.status == HTTPStatus.OK
        kind = headers.get("content-type", "")
        # An address that names no file is answered with the frame of a page.
        if kind.startswith("text/html"):
            return NOTHING
        if path.startswith(OURS) and is_there:
            lasts = f"immutable, max-age={YEAR}" if VERSIONED.search(path) else f"max-age={HOUR}"
            headers.setdefault("cache-control", f"public, {lasts}")
        fixed = is_there and "max-age" in headers.get("cache-control", "")
        if how and fixed and kind.startswith(TEXT) and len(answer.body) > SMALL:
            answer.headers, answer.body = await self.keep(path, how, headers, answer.body)
        return answer.again

    async def keep(self, path: str, how: str, headers: MutableHeaders, plain: bytes) -> tuple[MutableHeaders, bytes]:
        """Keep a file compressed and return it so; a later reader gets it smaller, since the best takes its time."""
        # From memory a file comes whole, and its name or its tag tells whether it is still the same.
        for needless in ("accept-ranges", "last-modified"):
            del headers[needless]
        headers["content-encoding"] = how
        headers.add_vary_header("accept-encoding")

        def hold(effort: int) -> tuple[MutableHeaders, bytes]:
            body = compress(plain.replace(*SWAPPED) if path.endswith(".css") else plain, how, effort)
            self.kept[path, how] = held = MutableHeaders({**headers, "content-length": str(len(body))}), body
            return held

        held = await asyncio.to_thread(hold, QUICK)
        if how == "br":
            self.at_leisure.submit(hold, BEST if len(plain) < LARGE else GOOD)
        return held


def _refusing(scope: Scope) -> Scope:
    """Return a request without the ways to compress that it refuses: Streamlit takes every one that is named for wanted."""
    if scope["type"] != "http":
        return scope
    headers = [
        (name, ", ".join(taken(value.decode("latin-1"))).encode("latin-1") if name == b"accept-encoding" else value)
        for name, value in scope["headers"]
    ]
    return {**scope, "headers": headers}


class _Answer:
    """An answer, gathered whole."""

    def __init__(self) -> None:
        self.status, self.headers, self.body = 0, MutableHeaders(), b""
        self.parts: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], MutableHeaders(raw=list(message["headers"]))
            return
        self.parts.append(message.get("body", b""))
        if not message.get("more_body"):
            self.body = b"".join(self.parts)

    async def again(self, scope: Scope, _: Receive, send: Send) -> None:
        """Give the answer as it came."""
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers.raw})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else self.body})
