"""The headers that every answer carries, which tell a browser what a page of ours may do and who may show it in a frame."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.serving.settings import settings

YEAR = 31_536_000  # seconds
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")

# What each sort of thing on a page may come from, as strict as works; every sort is named.
SOURCES = {
    # For what is fetched ahead alone, the application's script, which some browsers look up here.
    "default-src": "'self'",
    **dict.fromkeys(("frame-src", "manifest-src", "media-src", "object-src"), "'none'"),
    # Each component of ours comes as text over the websocket and is imported as a blob; the map compiles WebAssembly of the
    # front end. No text is evaluated as a script, and none stands in a page (`first_html` leaves the front end's one out).
    "script-src": "'self' blob: 'wasm-unsafe-eval'",
    # The front end writes its styles into the page as it draws, and pages of ours carry their style sheet with them.
    "style-src": "'self' 'unsafe-inline'",
    # Icons and outlines that the front end and style sheets hold in themselves.
    "img-src": "'self' data:",
    # The editor and the tables of the front end hold fonts in themselves.
    "font-src": "'self' data:",
    # The websocket of the same host is meant by 'self' too.
    "connect-src": "'self'",
    "base-uri": "'self'",
    "form-action": "'self'",
}
# What no page of ours uses; copying a link and filling the screen are left.
DENIED = ("camera", "microphone", "geolocation", "payment", "usb", "midi", "accelerometer", "gyroscope", "magnetometer")
# What is only ever a part of a page, by the beginning of its type: what it may do, the page says. A first visit takes a
# hundred of them, and half a kilobyte more for each would be a tenth of all its bytes.
PARTS = ("text/javascript", "application/javascript", "text/css", "font/")
# What the front end asks for beside its pages is for no other site; Streamlit lets one on the reader's own machine ask.
FRONT_END = "/_stcore/"
PAGE = {
    # An address says what its reader looks for: no other site learns it.
    "referrer-policy": "same-origin",
    "permissions-policy": ", ".join(f"{name}=()" for name in DENIED),
}


def policy(frames: str) -> str:
    """Return the Content-Security-Policy of pages that the sites of `frames` may show in a frame."""
    named = {**SOURCES, "frame-ancestors": frames}
    return "; ".join(f"{name} {sources}" for name, sources in named.items())


def headers(scope: Scope, kind: str) -> dict[str, str]:
    """Return the headers of the answer to a request, of a type of content."""
    host = Headers(scope=scope).get("host", "").rpartition(":")[0] or Headers(scope=scope).get("host", "")
    encrypted = scope["scheme"] == "https"
    named = {"x-content-type-options": "nosniff"}
    if encrypted:
        named["strict-transport-security"] = f"max-age={YEAR}"
    if kind.startswith(PARTS):
        return named
    named |= {**PAGE, "content-security-policy": policy(settings().frames)}
    if encrypted or host in LOOPBACK:  # elsewhere browsers complain and ignore it
        named["cross-origin-opener-policy"] = "same-origin"
    return named


class SafeHeaders:
    """ASGI middleware, outside of all others, that puts the headers on every answer; what an answer says itself stands."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the application to serve."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, and its answer back with the headers."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message.setdefault("headers", [])
                answered = MutableHeaders(scope=message)
                for name, value in headers(scope, answered.get("content-type", "")).items():
                    answered.setdefault(name, value)
                if scope["path"].startswith(FRONT_END):
                    for name in [name for name in answered if name.startswith("access-control-")]:
                        del answered[name]
            await send(message)

        await self.app(scope, receive, sent if scope["type"] == "http" else send)
