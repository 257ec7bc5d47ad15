"""How the front end's own files are sent: compressed once, kept in memory, and its fonts in place of Streamlit's.

Streamlit sends its front end uncompressed, 9 MB for a first visit. Here each of its files whose name changes with its
content is compressed once and kept in memory, and its fonts are answered with ours, which hold a tenth of the letters
and icons.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
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

# What is kept, by a file's path and how it is compressed: the headers of its answer, and its content. What keeps it.
Kept = dict[tuple[str, str], tuple[MutableHeaders, bytes]]
Keep = Callable[[str, str, MutableHeaders, bytes], bytes]

# Streamlit's faces, each by its file's name up to the version, and our file in `static/fonts/` that is sent in its place.
FACES = {
    "SourceSansVF-Upright": "sans", "SourceSansVF-Italic": "sans-italic", "SourceSerifVariable-Roman": "serif",
    "SourceSerifVariable-Italic": "serif-italic", "SourceCodeVF-Upright": "code", "MaterialSymbols-Rounded": "icons",
}  # fmt: skip


# The face of the titles is asked for with the page, not when the first title is drawn; Streamlit does so with that of the text.
(TITLES,) = (Path(st.__file__).parent / "static" / "static" / "media").glob("SourceSerifVariable-Roman.*")
AHEAD = (b"link", f"<static/media/{TITLES.name}>; rel=preload; as=font; type=font/woff2; crossorigin".encode())
# Words are drawn at once in another face while their own is on its way.
SWAPPED = b"{font-family:Source ", b"{font-display:swap;font-family:Source "


def in_place_of(path: str) -> str:
    """Return the path of the file that answers a request: of our own font where one of Streamlit's is wanted."""
    face = FACES.get(path.removeprefix("/static/media/").split(".")[0])
    return f"{OURS}fonts/{face}.woff2" if face else path


def coding(accepted: str) -> str:
    """Return the best way to compress that a reader's browser takes, or nothing."""
    taken = {part.split(";")[0].strip() for part in accepted.split(",")}
    return next((name for name in ("br", "gzip") if name in taken), "")


def compress(body: bytes, how: str, effort: int = QUICK) -> bytes:
    """Return a file compressed with gzip or, as hard as wanted, with Brotli."""
    if how == "gzip":
        return gzip.compress(body, 9, mtime=0)
    return pa.Codec("brotli", compression_level=effort).compress(body, asbytes=True)


def announcing(send: Send) -> Send:
    """Return what sends an answer on, with the face of the titles named ahead of a page."""

    async def sent(message: Message) -> None:
        kind = Headers(raw=message.get("headers", [])).get("content-type", "")
        if message["type"] == "http.response.start" and kind.startswith("text/html"):
            message = {**message, "headers": [*message["headers"], AHEAD]}
        await send(message)

    return sent


class Compressed:
    """ASGI middleware that compresses the front end's own files once and serves them from memory ever after."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the application to serve."""
        self.app = app
        self.kept: Kept = {(f"{joined.FOLDER}{joined.WHOLE}", "br"): (joined.packed(), joined.PACKED)}
        self.at_leisure = ThreadPoolExecutor(max_workers=1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a fixed file from memory; hand every other request on."""
        fixed = scope["type"] == "http" and scope["method"] == "GET" and scope["path"].startswith(FIXED)
        if not fixed:
            await self.app(scope, receive, announcing(send))
            return
        path, how = in_place_of(scope["path"]), coding(Headers(scope=scope).get("accept-encoding", ""))
        if (path, how) not in self.kept:
            plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
            asked = {**scope, "path": path, "raw_path": path.encode(), "headers": plain}
            await self.app(asked, receive, _Answer(send, path, how, self.keep))
            return
        headers, body = self.kept[path, how]
        await send({"type": "http.response.start", "status": 200, "headers": headers.raw})
        await send({"type": "http.response.body", "body": body})

    def keep(self, path: str, how: str, headers: MutableHeaders, plain: bytes) -> bytes:
        """Keep a file compressed and return it so; the next reader gets it smaller, since the best takes its time."""
        # From memory a file comes whole, and its name or its tag tells whether it is still the same.
        for needless in ("accept-ranges", "last-modified"):
            del headers[needless]
        headers["content-encoding"] = how
        headers.add_vary_header("accept-encoding")

        def hold(effort: int) -> bytes:
            body = compress(plain.replace(*SWAPPED) if path.endswith(".css") else plain, how, effort)
            self.kept[path, how] = MutableHeaders({**headers, "content-length": str(len(body))}), body
            return body

        body = hold(QUICK)
        if how == "br":
            self.at_leisure.submit(hold, BEST if len(plain) < LARGE else GOOD)
        return body


class _Answer:
    """One answer on its way to the reader, gathered whole; what may be kept is handed to `keep`."""

    def __init__(self, send: Send, path: str, how: str, keep: Keep) -> None:
        self.send, self.path, self.how, self.keep = send, path, how, keep
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
            lasts = f"immutable, max-age={YEAR}" if VERSIONED.search(self.path) else f"max-age={HOUR}"
            headers.setdefault("cache-control", f"public, {lasts}")
        # An address that names no file is answered with the page itself: not to be kept, and there is no end of them.
        fixed = self.start["status"] == 200 and "max-age" in headers.get("cache-control", "")
        if self.how and fixed and headers.get("content-type", "").startswith(TEXT) and len(self.body) > SMALL:
            self.body = self.keep(self.path, self.how, headers, self.body)
            headers["content-length"] = str(len(self.body))
        await self.send({**self.start, "headers": headers.raw})
        await self.send({"type": "http.response.body", "body": self.body})
