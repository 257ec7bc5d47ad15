"""What the log says: a line for each request with its number, and nothing of what a reader looked for or of where from.

Lines are for people, or JSON for programs (`DEFENCE_TIES_LOG=json`). Of an address only the path is written, since the
query says what a reader seeks, and no path of a single reader's file; no client's address is written at all.
"""

from __future__ import annotations

import json
import logging
import re
import time
from contextvars import ContextVar
from http import HTTPStatus
from urllib.parse import quote
from uuid import uuid4

import streamlit.logger
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.serving.settings import settings

NUMBER = ContextVar("number", default="")
GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")  # the number that a proxy may have given a request
LONGEST = 100  # characters of a path
FILES = ("/static/", "/app/static/")  # too many to write a line each
OWN = re.compile(r"^(/media|/_stcore/upload_file)/.*")  # below these is what belongs to one reader
LOG = logging.getLogger(__name__)


def is_private(record: logging.LogRecord) -> bool:
    """Say whether a line of uvicorn has the address of a reader or what was looked for, or says what ours says already."""
    said = str(record.msg) if record.name == "uvicorn.error" else ""
    return record.name == "uvicorn.access" or '"WebSocket %s"' in said or said.startswith("connection ")


def fit_to_write(record: logging.LogRecord) -> bool:
    """Say whether a line is to be written; the number of its request is added, and what a query brought is taken out."""
    record.number = NUMBER.get()
    if record.name.endswith("starlette_auth_routes") and record.args:
        record.msg, record.args = str(record.msg).partition(":")[0], ()
    return not is_private(record)


class Plain(logging.Formatter):
    """A line for people."""

    def __init__(self) -> None:
        """Begin with the time, as the log of Streamlit does."""
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s%(number)s")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with the number of its request at the end where it has one."""
        number = getattr(record, "number", "")
        return super().format(logging.makeLogRecord({**record.__dict__, "number": number and f" [{number}]"}))


class Json(logging.Formatter):
    """A line for programs: a JSON object with `time`, `level`, `logger`, `message`, and where there is one `request` and `trace`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        parts = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)), "level": record.levelname,
            "logger": record.name, "message": record.getMessage(), "request": getattr(record, "number", ""),
            "trace": self.formatException(record.exc_info) if record.exc_info else "",
        }  # fmt: skip
        return json.dumps({name: value for name, value in parts.items() if value}, ensure_ascii=False)


def set_up() -> None:
    """Let all that writes into the log, uvicorn and Streamlit too, write through one place that keeps the above."""
    writer = logging.StreamHandler()
    writer.setFormatter(Json() if settings().log == "json" else Plain())
    writer.addFilter(fit_to_write)
    logging.root.handlers = [writer]
    logging.captureWarnings(True)
    for name in ("dashboard", "uvicorn"):
        logging.getLogger(name).setLevel(logging.INFO)
    streamlit.logger.setup_formatter = hand_on  # ty: ignore[invalid-assignment]  # of each logger that it makes from now on
    for logger in [one for one in logging.root.manager.loggerDict.values() if isinstance(one, logging.Logger)]:
        hand_on(logger)


def hand_on(logger: logging.Logger) -> None:
    """Let a logger write nowhere itself."""
    logger.handlers, logger.propagate = [], True


def shown(path: str) -> str:
    """Return of a path what the log may say, in one line."""
    return quote(OWN.sub(r"\1/*", path)[:LONGEST], safe="/*")


class Logged:
    """ASGI middleware that numbers each request, in the answer too, writes its line, and answers what fails."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the application to serve."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on; whatever fails is in the log with its trace, and the answer has the number to find it by."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        number = given if GIVEN.fullmatch(given) else uuid4().hex
        NUMBER.set(number)
        began, status = time.monotonic(), 0
        is_file = scope["path"].startswith(FILES)  # it has no line in the log, and there are a hundred in a first visit

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                if not is_file or status >= HTTPStatus.BAD_REQUEST:
                    MutableHeaders(scope=message)["x-request-id"] = number
            await send(message)

        try:
            await self.app(scope, receive, sent)
        except Exception:
            LOG.exception("A request for %s failed", shown(scope["path"]))
            if scope["type"] == "http" and not status:
                words = f"Something failed here. It has been recorded under the number {number}.\n"
                await PlainTextResponse(words, HTTPStatus.INTERNAL_SERVER_ERROR)(scope, receive, sent)
        if not is_file:
            what = scope.get("method", "WebSocket")
            LOG.info(
                "%s %s %s %.0f ms", what, shown(scope["path"]), status or "closed", 1_000 * (time.monotonic() - began)
            )
