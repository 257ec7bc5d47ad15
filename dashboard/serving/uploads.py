"""Which files may be sent here: those that a page asks for, and no more of them than the memory has room for."""

from __future__ import annotations

import re
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import Scope
from streamlit import runtime

from dashboard.gate.dropped import MOST_FILES, MOST_MB
from dashboard.trial import asking

WAY = re.compile(r"/_stcore/upload_file/[^/]+/[^/]+")
FRAME = 100_000  # bytes that a form adds to its file
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
    own, every = kept(session)
    size = int(length)
    fits = size <= MOST_MB * 2**20 + FRAME and own + size <= OF_ONE and every + size <= OF_ALL
    return None if fits else HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def kept(session: str) -> tuple[int, int]:
    """Return how many bytes of files are kept for a session, and for all."""
    files = runtime.get_instance().uploaded_file_mgr.file_storage  # ty: ignore[missing-attribute]
    sizes = {one: sum(len(file.data) for file in [*own.values()]) for one, own in [*files.items()]}
    return sizes.get(session, 0), sum(sizes.values())
