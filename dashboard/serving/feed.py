"""The versions of the tables as an Atom feed at `/changes.xml`, so that a reader's own program says when a new one comes."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid5

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard.gate.history import history, of_release
from dashboard.gate.versions import Release
from dashboard.tables import load as data
from dashboard.tables.load import DataError, Tables
from dashboard.templates import render

KIND = "application/atom+xml; charset=utf-8"
MOST, NAMED = 20, 40  # versions in the feed, sentences of one
FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # signs that XML has no way to write


@dataclass(frozen=True)
class Entry:
    """One version in the feed: its name for good, when it came, where a reader sees what it changed, and that in words."""

    version: str
    identity: str
    updated: str
    query: str
    notes: str
    count: int
    words: str


@lru_cache(maxsize=2)
def entries(tables: Tables) -> list[Entry]:
    """Return the last versions, the newest first."""
    every = history(tables)
    former = [every[0], *every[:-1]] if every else []
    return [_entry(tables, *pair) for pair in [*zip(every, former, strict=True)][: -MOST - 1 : -1]]


def _entry(tables: Tables, release: Release, before: Release) -> Entry:
    """Return a version in the feed; its link tells what changed since the one before, of the first since itself."""
    said = of_release(release, tables)
    more = [f"And {len(said) - NAMED:,} more."] if len(said) > NAMED else []
    return Entry(
        release.version, identity(tables, release.version), f"{release.day}T00:00:00Z", urlencode({"since": before.version}),
        release.notes, len(said), "\n".join([*said[:NAMED], *more]) or "Every row was recorded.",
    )  # fmt: skip


def identity(tables: Tables, version: str = "") -> str:
    """Return the name of the feed or of a version in it, which stays the same wherever it is served."""
    return uuid5(NAMESPACE_URL, f"{tables.package.name}/changes/{version}").urn


def written(tables: Tables, at: str) -> bytes:
    """Return the feed; `at` is the address of the dashboard, with a slash at its end."""
    updated = f"{tables.package.day or '1970-01-01'}T00:00:00Z"
    feed = render(
        "changes.xml", tables=tables, at=at, identity=identity(tables), updated=updated, entries=entries(tables)
    )
    return FORBIDDEN.sub(" ", feed).encode()


def answer(request: Request) -> Response:
    """Answer a request for the feed; one who has it already learns that nothing is new."""
    try:
        tables = data.current()
    except DataError:
        return PlainTextResponse("The tables have faults, so there is no feed just now.", 503)
    content = written(tables, str(request.base_url))
    tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    headers = {"etag": f"W/{tag}", "cache-control": "no-cache"}
    if tables.package.day:
        day = datetime.fromisoformat(tables.package.day).replace(tzinfo=UTC)
        headers["last-modified"] = format_datetime(day, usegmt=True)
    if tag in re.split(r",\s*", request.headers.get("if-none-match", "").replace("W/", "")):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=KIND, headers=headers)
