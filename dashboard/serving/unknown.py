"""What is answered to an address that names nothing: to readers the page that says so with the status 404, to programs the same in JSON.

Streamlit answers every address that is none of its own with the front end's page and 200; the front end then finds that there is no such page.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.choices.parameters import OWN
from dashboard.serving.answers import METHODS, problem

PAGES = {"", *OWN}  # every page but the first has choices of its own
FOR_PROGRAMS = ("/api/{rest:path}", "/data/{name}/{rest:path}", "/picture/{rest:path}", "/cite/{rest:path}")


def nothing(_: Request) -> Response:
    """Answer a program that there is nothing at its address."""
    return problem(404, "There is nothing at this address.")


ROUTES = [Route(path, nothing, methods=METHODS) for path in FOR_PROGRAMS]  # after all others


class Unknown:
    """ASGI middleware that gives the front end's page the status 404 where the address names no page."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the application to serve."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on what is asked, and tell the answer's status right."""
        if scope["type"] != "http" or scope["path"].strip("/") in PAGES:
            await self.app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200 and _is_page(message):
                message = {**message, "status": 404}
            await send(message)

        await self.app(scope, receive, sent)


def _is_page(message: Message) -> bool:
    """Say whether an answer is a page, and so the front end's own."""
    return Headers(raw=message.get("headers", [])).get("content-type", "").startswith("text/html")
