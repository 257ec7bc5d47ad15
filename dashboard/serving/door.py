"""What meets readers at the door where sign-in is set up: nothing passes it before they have signed in but the way to do so.

Whoever asks for a page in a browser gets one that says how to sign in, everyone else a plain refusal. After sign-in a
reader comes to the address first asked for, which a cookie holds meanwhile.
"""

from __future__ import annotations

from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.user_info import generate_login_redirect_url

from dashboard.serving import sign_in
from dashboard.serving.settings import settings
from dashboard.serving.sign_in import Standing
from dashboard.style.tokens import custom_properties
from dashboard.templates import render

# Of these no answer holds anything of the data: the way in and out, whether the server is well, and the front end's
# own files, fonts and outlines of the map.
OPEN = {"/sign-in", "/auth/login", "/auth/logout", "/oauth2callback", "/health", "/ready", "/_stcore/health"}
OPEN_BELOW = ("/static/", "/app/static/")
BACK = "came_for"  # the cookie with the address that a reader first asked for
LONGEST, PATIENCE = 2_000, 600  # characters of that address; seconds until it is forgotten


def is_open(path: str) -> bool:
    """Say whether a path may be asked for by whoever has not signed in; `/metrics` with a token of its own keeps its own door."""
    return path in OPEN or path.startswith(OPEN_BELOW) or (path == "/metrics" and bool(settings().metrics_token))


def wanted(address: str) -> str:
    """Return an address of ours to go to after sign-in; the front page in place of one that leads elsewhere."""
    plain = address.isascii() and address.isprintable() and "\\" not in address
    return address if plain and address.startswith("/") and address[1:2] != "/" and len(address) <= LONGEST else "/"


async def begin(request: Request) -> Response:
    """Send a reader on to the service where to sign in, the first one where the address names none of ours."""
    names = sign_in.providers()
    if not sign_in.is_on() or sign_in.fault():
        return RedirectResponse(f"{request.scope['root_path']}/")
    named = request.query_params.get("with", "")
    answer = RedirectResponse(generate_login_redirect_url(named if named in names else names[0]))
    back = wanted(request.query_params.get("to", ""))
    answer.set_cookie(BACK, back, PATIENCE, secure=request.scope["scheme"] == "https", httponly=True, samesite="lax")
    return answer


class Door:
    """ASGI middleware that lets nobody pass who may not read."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the application to keep."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on what may be answered; refuse all else."""
        if scope["type"] == "lifespan" or not sign_in.is_on():
            await self.app(scope, receive, send)
        elif scope["type"] == "http" and is_open(scope["path"]):
            await self.app(scope, receive, _going_back(scope, send) if scope["path"] == "/oauth2callback" else send)
        elif sign_in.may_read(scope):
            await self.app(scope, receive, _for_one(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await refusal(scope)(scope, receive, send)


def refusal(scope: Scope) -> Response:
    """Return the answer to a reader who may not read: how to sign in, or that this person is on no list."""
    claims = sign_in.reader(scope)
    refused = sign_in.standing(claims) is Standing.REFUSED
    status, headers = (403 if refused else 401), {"cache-control": "no-store", "vary": "accept, cookie"}
    if not refused:
        headers["www-authenticate"] = "OpenID"
    if "text/html" not in Headers(scope=scope).get("accept", ""):
        return PlainTextResponse("Sign in first.\n" if not refused else "You may not read this.\n", status, headers)
    query = scope["query_string"].decode("latin-1")
    page = render(
        "sign_in/page.html", email=claims.get("email", "") if refused else "", refused=refused, root=scope["root_path"],
        providers=sign_in.providers(), to=wanted(quote(scope["path"]) + (f"?{query}" if query else "")), tokens=custom_properties(),
    )  # fmt: skip
    return HTMLResponse(page, status, headers)


def _for_one(send: Send) -> Send:
    """Return what sends an answer on so that no cache on the way keeps it for others."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["cache-control"] = headers.get("cache-control", "private").replace("public", "private")
            headers.add_vary_header("cookie")
        await send(message)

    return sent


def _going_back(scope: Scope, send: Send) -> Send:
    """Return what sends a reader who has just signed in to the address first asked for."""
    back = wanted(HTTPConnection(scope).cookies.get(BACK, ""))
    forget = Response()
    forget.delete_cookie(BACK, secure=scope["scheme"] == "https", httponly=True, samesite="lax")

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if any(cookie.startswith(f"{sign_in.USER}=") for cookie in headers.getlist("set-cookie")):
                headers["location"] = f"{scope['root_path']}{back}"
                headers.append("set-cookie", forget.headers["set-cookie"])
        await send(message)

    return sent
