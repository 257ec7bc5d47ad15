"""The pictures of every view as files: `/picture/PAGE.png` previews a link, `/picture/PAGE/NAME.png` and `.svg` are to take away.

The parameters are those of the page's own address, and `size` beside them: that of the picture itself, or of a slide.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import wraps
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard import address, views
from dashboard.address import Asked
from dashboard.charts.plate import CARD, OWN, PHONE, SIZES, SLIDE, measured, plate
from dashboard.charts.png import png
from dashboard.choices.parameters import UNFILTERED
from dashboard.kept import STORE
from dashboard.serving.answers import AGAIN, METHODS, Endpoint, fresh, problem, reading
from dashboard.serving.api import NAMES, given
from dashboard.serving.buckets import client_of
from dashboard.tables.load import Tables
from dashboard.views import former, together
from dashboard.views.common import sourced
from dashboard.views.view import FIRST, FRONT, Picture, Shape, View

KINDS = {"png": "image/png", "svg": "image/svg+xml"}
SHARP = 2  # pixels of a file for each of a picture in its own size
PREVIEWS = {"": "map"}  # which picture stands for a page with several; of any other the first
# Of a picture on a plate of a fixed size, so that its words are large, and of one for a phone.
FITTED = {SLIDE: Shape(780, 330), CARD: Shape(780, 330), PHONE: Shape(350, 300)}
LONGEST = 120  # letters of the name of a file
# A large picture takes seconds. In threads of their own those who wait for one keep nobody from any other answer.
ROOM, MOST, OF_ONE = ThreadPoolExecutor(2, "picture"), 20, 12  # pictures waited for at a time by all, and by one client
WAITING: list[Request] = []


class Wanted(NamedTuple):
    """A picture as it is asked for: of which page, under which name ("" for its preview), in which form and size."""

    page: str
    name: str
    kind: str
    size: str


def asking(request: Request) -> str:
    """Return by what the client of a request is known, "" for this machine, which may stand for many."""
    return client_of(request.client.host) if request.client else ""


def apart(endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint that answers in the threads of pictures; who comes when too many wait there, or too many of the same client, is to come again."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        client = asking(request)
        own = sum(asking(one) == client for one in WAITING) if client else 0
        if len(WAITING) >= MOST or own >= OF_ONE:
            return problem(503, "Many pictures are being drawn: try again in a moment.", {"retry-after": AGAIN})
        WAITING.append(request)
        try:
            return await asyncio.get_running_loop().run_in_executor(ROOM, endpoint, request)
        finally:
            WAITING.remove(request)

    return answer


@apart
@reading
def preview(request: Request, tables: Tables) -> Response:
    """Answer with the picture that stands for a page where somebody shares its link."""
    return _answer(request, tables, "", "png", CARD)


@apart
@reading
def one(request: Request, tables: Tables) -> Response:
    """Answer with one picture of a page, under its name and in one of its forms."""
    name, _, kind = request.path_params["file"].rpartition(".")
    return _answer(request, tables, name or " ", kind, request.query_params.get("size", OWN))


ROUTES = [
    Route("/picture/{page}.png", preview, methods=METHODS),
    Route("/picture/{page}/{file}", one, methods=METHODS),
]


def _answer(request: Request, tables: Tables, name: str, kind: str, size: str) -> Response:
    page = NAMES.get(request.path_params["page"])
    if page is None or kind not in KINDS or size not in SIZES:
        return problem(404, "There is no such picture.", pages=list(NAMES), forms=list(KINDS), sizes=list(SIZES))
    asked = address.read(tables, page, given(request, page))
    view, then = views.view(tables, asked, date.today()), former.found(tables, asked)
    tables = (then and then.tables) or tables
    picture = chosen(tables, view, name)
    if name and picture is None:
        return problem(404, "There is no such picture.", pictures=[one.name for one in view.pictures])
    wanted = Wanted(page, picture.name if name and picture else "", kind, size)
    key = "picture", tables.stamp, view.day, view.query, wanted
    return fresh(
        request, tables, KINDS[kind], lambda: STORE.of(key, lambda: drawn(tables, view, picture, wanted)),
        name=filed(tables, asked, wanted) if name else "", daily=True,
    )  # fmt: skip


def chosen(tables: Tables, view: View, name: str) -> Picture | None:
    """Return the picture of a name, or that which stands for the page; None where there is none."""
    named = together.named(tables, view, name or PREVIEWS.get(view.page, FIRST))
    return named or (None if name else together.named(tables, view, FIRST))


def drawn(tables: Tables, view: View, picture: Picture | None, wanted: Wanted) -> bytes:
    """Return a picture on its plate in the form asked for; its title is what it shows, that of a preview what the page does."""
    title = picture.finding if picture and wanted.name else view.finding
    said = " · ".join([f"In view: {view.counted}", *view.filters]) if view.page not in UNFILTERED else ""
    source, size = " ".join([sourced(tables), *(picture.notes if picture else ())]), SIZES[wanted.size]
    if picture and picture.fitted and (shape := FITTED.get(wanted.size)):
        made = plate(picture.fitted(shape), title, " ".join([source, said]).strip(), "", size)
    else:
        made = plate(picture.svg if picture else "", title, said, source, size)
    sharp = SHARP if wanted.size == OWN else 1
    return png(made, int(measured(made).width) * sharp) if wanted.kind == "png" else made.encode()


def filed(tables: Tables, asked: Asked, wanted: Wanted) -> str:
    """Return the name of a file: whose, of which page, which picture, by which filters and of which version."""
    said = [wanted.page or FRONT, wanted.name, *(value for values in asked.values.values() for value in values)]
    words = re.sub(r"[^a-z0-9]+", "-", "-".join(dict.fromkeys(said)).lower())
    return f"{tables.package.name}-{words[:LONGEST].strip('-')}-{tables.version}.{wanted.kind}"
