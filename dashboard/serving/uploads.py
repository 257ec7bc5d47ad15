"""Which files may be sent here: those that a page asks for, and no more of them than the memory has room for."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime

from dashboard.gate.dropped import MOST_FILES, MOST_MB
from dashboard.trial import asking

WAY = re.compile(r"/_stcore/upload_file/[^/]+/[^/]+")
FRAME = 100_000  # bytes that a form adds to its file
PATIENCE = 120  # seconds until a file must be here whole, since its room is held for it meanwhile
DIGITS = 18  # of a length; Python makes no number of some thousands of them
SENT: Counter[str] = Counter()  # bytes that are on their way, by session
OF_ONE, OF_ALL = MOST_FILES * MOST_MB * 10**6, 200 * 10**6  # bytes kept for one session, and for all


def is_one(scope: Scope) -> bool:
    """Say whether a request sends a file."""
    return scope["method"] == "PUT" and WAY.fullmatch(scope["path"]) is not None


def refused(scope: Scope) -> HTTPStatus | None:
    """Return why a file is not taken, as the status of the answer; None where it is."""
    session = scope["path"].split("/")[3]
    length = Headers(scope=scope).get("content-length", "")
    if not asking.asks(session):
        return HTTPStatus.FORBIDDEN
    if not length.isdecimal():
        return HTTPStatus.LENGTH_REQUIRED
    if len(length) > DIGITS:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    own, every = kept(session)
    own, every, size = own + SENT[session], every + SENT.total(), int(length)
    fits = size <= MOST_MB * 2**20 + FRAME and own + size <= OF_ONE and every + size <= OF_ALL
    return None if fits else HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def kept(session: str) -> tuple[int, int]:
    """Return how many bytes of files are kept for a session, and for all."""
    files = runtime.get_instance().uploaded_file_mgr.file_storage  # ty: ignore[missing-attribute]
    sizes = {one: sum(len(file.data) for file in [*own.values()]) for one, own in [*files.items()]}
    return sizes.get(session, 0), sum(sizes.values())


async def take(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Hand on a file that is not refused, and count it as long as it is on its way, so that many at once have no more room than one after the other."""
    session, size = scope["path"].split("/")[3], int(Headers(scope=scope)["content-length"])
    SENT[session] += size
    try:
        async with asyncio.timeout(PATIENCE):
            await app(scope, receive, send)
    except TimeoutError:
        late = PlainTextResponse(
            "This file took too long to come.\n", HTTPStatus.REQUEST_TIMEOUT, {"connection": "close"}
        )
        await late(scope, receive, send)
    finally:
        SENT[session] -= size
        if not SENT[session]:
            del SENT[session]
