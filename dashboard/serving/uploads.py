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
SENT: Counter[tuple[str, str]] = Counter()  # bytes that are on their way, by session and file
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
    held, size = kept(), int(length)
    fits = size <= MOST_MB * 2**20 + FRAME and held[session] + size <= OF_ONE and held.total() + size <= OF_ALL
    return None if fits else HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def kept() -> Counter[str]:
    """Return how many bytes of files are here or on their way, by session; a file that is just being stored is both, and counts once."""
    files = runtime.get_instance().uploaded_file_mgr.file_storage  # ty: ignore[missing-attribute]
    here = {(session, name): len(file.data) for session, own in [*files.items()] for name, file in [*own.items()]}
    found: Counter[str] = Counter()
    for one in {*here, *SENT}:
        found[one[0]] += max(here.get(one, 0), SENT[one])
    return found


async def take(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Hand on a file that is not refused, and count it as long as it is on its way, so that many at once have no more room than one after the other."""
    *_, session, name = scope["path"].split("/")
    one, size = (session, name), int(Headers(scope=scope)["content-length"])
    SENT[one] += size
    try:
        async with asyncio.timeout(PATIENCE):
            await app(scope, receive, send)
    except TimeoutError:
        late = PlainTextResponse(
            "This file took too long to come.\n", HTTPStatus.REQUEST_TIMEOUT, {"connection": "close"}
        )
        await late(scope, receive, send)
    finally:
        SENT[one] -= size
        if not SENT[one]:
            del SENT[one]
