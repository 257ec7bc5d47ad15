"""How what is read beside the pages is answered: for any other site to read, sent again only when it is new, and of which version."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from email.utils import format_datetime, parsedate_to_datetime
from functools import wraps
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from dashboard.serving.code import CODE
from dashboard.tables import load as data
from dashboard.tables.load import DataError, Tables

JSON_KIND = "application/json"
METHODS = ["GET", "HEAD", "OPTIONS"]
AGAIN = "10"  # seconds until it is worth asking again for tables that have faults
OPEN = {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": ", ".join(METHODS),
    "access-control-allow-headers": "If-None-Match, If-Modified-Since",
    "access-control-expose-headers": "Data-Version, ETag, Last-Modified",
    "cross-origin-resource-policy": "cross-origin",
}
# Signs that would be markup, or end a line, where somebody puts the answer into a page or a script.
UNSAFE = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
Endpoint = Callable[[Request], Response]


def reading(asked: Callable[[Request, Tables], Response]) -> Endpoint:
    """Return an endpoint that answers from the tables; while there are none that are good it says so."""

    @wraps(asked)
    def endpoint(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={**OPEN, "access-control-max-age": "86400"})
        try:
            tables = data.current()
        except DataError:
            return problem(503, "The tables have faults, so there is nothing to read just now.", {"retry-after": AGAIN})
        return asked(request, tables)

    return endpoint


def problem(status: int, words: str, headers: dict[str, str] | None = None, **more: Any) -> Response:
    """Return an answer that says what is wrong, with what helps to mend it."""
    return Response(as_json({"problem": words, **more}), status, {**OPEN, **(headers or {})}, JSON_KIND)


def fresh(
    request: Request, tables: Tables, kind: str, written: Callable[[], bytes], *, name: str = "", daily: bool = False
) -> Response:
    """Return what is written, or that it is what the reader has already, in which case it is not written.

    `name` is that of a file to save; what is `daily` also changes with the day.
    """
    # Weak, since the same tag stands for what is compressed and what is not.
    tag, changed = f'W/"{tables.stamp}-{CODE.stamp}{f"-{date.today()}" if daily else ""}"', changed_at(daily)
    headers = {**OPEN, "etag": tag, "last-modified": format_datetime(changed, usegmt=True), "cache-control": "no-cache", "data-version": tables.version}  # fmt: skip
    if name:
        headers["content-disposition"] = f'attachment; filename="{name}"'
    if is_known(request, tag, changed):
        return Response(status_code=304, headers=headers)
    answer = Response(written(), headers=headers, media_type=kind)
    if request.method == "HEAD":
        answer.body = b""  # and the length stays that of the whole
    return answer


def changed_at(daily: bool) -> datetime:
    """Return when an answer last changed: with the tables or the code that makes it, at the latest with the day."""
    changed = datetime.fromtimestamp(int(max(data.changed(), CODE.changed)), UTC)
    return max(changed, datetime.combine(date.today(), time.min, UTC)) if daily else changed


def is_known(request: Request, tag: str, changed: datetime) -> bool:
    """Say whether the reader has this answer already, by its tag, or where none is sent by its time."""
    given = request.headers.get("if-none-match")
    if given is not None:
        return given.strip() == "*" or tag.removeprefix("W/") in re.split(r",\s*", given.replace("W/", ""))
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
        return since.astimezone(UTC) >= changed
    except (ValueError, OverflowError):  # an hour before the first year or after the last one has no time here
        return False


def as_json(said: Any) -> bytes:
    """Return a value as JSON in which no text is markup wherever it is put."""
    text = json.dumps(said, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(str.maketrans(UNSAFE)).encode()
