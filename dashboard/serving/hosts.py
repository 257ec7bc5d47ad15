"""For which names the server answers, and from pages of which sites it takes a websocket.

A page elsewhere whose name its owner lets point to this machine would be read here as ours; a name that is not ours gets no
answer. Streamlit's `server.allowedHosts` lists the names; where it is empty, those of this machine are meant.
"""

from __future__ import annotations

import os
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config
from streamlit.web.server.server_util import is_allowed_origin
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
REFUSED = "This server does not answer to that name. Whoever runs it names it in server.allowedHosts.\n"


def name_of(host: str) -> str:
    """Return the name in a `Host`, without the port and the brackets of an address; "" where it is none."""
    try:
        parts = urlsplit(f"//{host}")
        return (
            (parts.hostname or "").rstrip(".") if parts.netloc == host and "@" not in host and parts.port != 0 else ""
        )
    except ValueError:
        return ""


def answers_to(scope: Scope) -> bool:
    """Say whether a request names us: as the settings do, else as this machine, as HOST or as the address it came in at."""
    given = Headers(scope=scope).getlist("host")
    if len(given) != 1:
        return False
    here = scope.get("server") or ("",)
    # Prometheus asks each replica by its address, which is no name that somebody could let point here.
    if config.get_option("server.allowedHosts") and not (scope["path"] == "/metrics" and name_of(given[0]) == here[0]):
        return is_host_allowed(given[0])
    return name_of(given[0]) in LOOPBACK | {os.environ.get("HOST", "").lower(), here[0]} - {""}


def is_ours(scope: Scope) -> bool:
    """Say whether a websocket comes from a page of this site or of one that `server.corsAllowedOrigins` names, or from no page."""
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    try:
        return origin is None or urlsplit(origin).netloc == headers.get("host") or is_allowed_origin(origin)
    except ValueError:  # no address at all
        return False


class Hosts:
    """ASGI middleware that answers nothing asked under another name, and takes no websocket of another site's page."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the application to serve."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on what is meant for us."""
        if scope["type"] == "lifespan" or (answers_to(scope) and (scope["type"] == "http" or is_ours(scope))):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse(REFUSED, HTTPStatus.BAD_REQUEST)(scope, receive, send)
