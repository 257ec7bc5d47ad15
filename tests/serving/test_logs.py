"""The log: a line for each request that can be found by its number, and nothing of what a reader looked for or of where from."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterator
from io import StringIO

import pytest
import streamlit.logger
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from dashboard.serving import logs
from dashboard.serving.logs import Json, Logged, Plain, fit_to_write, shown
from tests.serving.asgi import Site, ask, scope

NEEDLE = "what-a-reader-seeks"


@pytest.fixture
def set_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[StringIO]:
    """Let the log be set up, return what it writes, and let it be as it was afterwards."""
    loggers = [one for one in logging.root.manager.loggerDict.values() if isinstance(one, logging.Logger)]
    before = [(one, one.handlers, one.propagate, one.level) for one in (logging.root, *loggers)]
    monkeypatch.setattr(streamlit.logger, "setup_formatter", streamlit.logger.setup_formatter)
    written = StringIO()
    monkeypatch.setattr("sys.stderr", written)
    logs.set_up()
    yield written
    logging.captureWarnings(False)
    for one, handlers, propagate, level in before:
        one.handlers, one.propagate = handlers, propagate
        one.setLevel(level)


def record(name: str, message: str, *args: object, **more: object) -> logging.LogRecord:
    """Return a line on its way into the log."""
    made = logging.LogRecord(name, logging.INFO, "", 0, message, args, None)
    made.__dict__.update(more)
    return made


def test_a_request_has_a_number_in_its_answer_and_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "dashboard")
    answer = ask(Logged(Site()), scope(f"/value?q={NEEDLE}"))
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["x-request-id"])
    assert re.fullmatch(r"GET /value 200 \d+ ms", caplog.messages[-1])
    assert ask(Logged(Site()), scope("/")).headers["x-request-id"] != answer.headers["x-request-id"]
    assert (
        ask(Logged(Site()), scope("/", {"x-request-id": "from-a-proxy-1"})).headers["x-request-id"] == "from-a-proxy-1"
    )
    for strange in ("short", "a\nb" * 5, "<script>alert(1)</script>", "a" * 65):
        assert strange not in ask(Logged(Site()), scope("/", {"x-request-id": strange})).headers["x-request-id"]


def test_files_of_the_front_end_have_no_line_and_a_websocket_has_one_when_it_closes(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "dashboard")
    ask(Logged(Site()), scope("/static/js/index.js"))
    ask(Logged(Site()), {"type": "lifespan"})
    assert caplog.messages == []
    ask(Logged(Site()), scope("/_stcore/stream", type="websocket", method="WebSocket"))
    assert re.fullmatch(r"WebSocket /_stcore/stream closed \d+ ms", caplog.messages[-1])


async def fails(scope: Scope, receive: Receive, send: Send) -> None:
    """Fail, after a first word of the answer where the path says so."""
    if scope["path"] == "/late":
        await send({"type": "http.response.start", "status": 200, "headers": []})
    raise RuntimeError("a fault of ours")


def test_what_fails_is_answered_with_the_number_under_which_the_log_has_its_trace(
    caplog: pytest.LogCaptureFixture,
) -> None:
    answer = ask(Logged(fails), scope(f"/value?q={NEEDLE}"))
    assert answer.status == 500
    assert answer.headers["x-request-id"] in answer.text
    assert "a fault of ours" not in answer.text
    assert "RuntimeError: a fault of ours" in caplog.text
    assert NEEDLE not in caplog.text
    assert ask(Logged(fails), scope("/late")).status == 200
    assert ask(Logged(fails), scope("/_stcore/stream", type="websocket")).status == 0


def test_of_a_path_nothing_is_written_that_belongs_to_one_reader_or_makes_a_line_of_its_own() -> None:
    assert shown("/value") == "/value"
    assert shown("/_stcore/upload_file/session/file") == "/_stcore/upload_file/*"
    assert shown("/media/0123.csv") == "/media/*"
    assert shown("/a\nERROR b\x1b[31m") == "/a%0AERROR%20b%1B%5B31m"
    assert len(shown("/" + "é" * 5_000)) < 700


def test_lines_with_a_readers_address_or_query_are_not_written_whoever_writes_them(set_up: StringIO) -> None:
    uvicorn = logging.getLogger("uvicorn.error")
    uvicorn.info('%s - "WebSocket %s" [accepted]', "203.0.113.7:5", f"/_stcore/stream?q={NEEDLE}")
    uvicorn.info("connection open")
    uvicorn.info("Application startup complete.")
    logging.getLogger("uvicorn.access").info('%s - "%s"', "203.0.113.7:5", NEEDLE)
    streamlit.logger.get_logger("streamlit.web.server.starlette.starlette_auth_routes").error(
        "Error during authentication: %s", NEEDLE
    )
    streamlit.logger.get_logger("made.just.now").warning("a fault of theirs")
    written = set_up.getvalue()
    assert NEEDLE not in written
    assert "203.0.113.7" not in written
    lines = [line.split(" ", 2)[2] for line in written.splitlines()]
    assert lines == [
        "INFO uvicorn.error: Application startup complete.",
        "ERROR streamlit.web.server.starlette.starlette_auth_routes: Error during authentication",
        "WARNING made.just.now: a fault of theirs",
    ]


def test_a_line_is_for_people_or_for_programs() -> None:
    plain, numbered = record("dashboard", "%s done", "all"), record("dashboard", "done", number="n-1")
    assert Plain().format(plain).endswith(" INFO dashboard: all done")
    assert Plain().format(numbered).endswith(" INFO dashboard: done [n-1]")
    assert json.loads(Json().format(numbered)) | {"time": ""} == {
        "time": "", "level": "INFO", "logger": "dashboard", "message": "done", "request": "n-1",
    }  # fmt: skip
    try:
        raise ValueError("ş\nline")
    except ValueError:
        plain.exc_info = sys.exc_info()
    line = Json().format(plain)
    assert "\n" not in line
    assert json.loads(line)["trace"].endswith("ValueError: ş\nline")


def test_the_log_is_for_programs_where_that_is_set(monkeypatch: pytest.MonkeyPatch, set_up: StringIO) -> None:
    assert isinstance(logging.root.handlers[0].formatter, Plain)
    monkeypatch.setenv("DEFENCE_TIES_LOG", "json")
    logs.set_up()
    assert isinstance(logging.root.handlers[0].formatter, Json)
    assert fit_to_write(record("dashboard", "words"))


def test_a_file_without_a_line_in_the_log_has_no_number_unless_it_failed() -> None:
    path = "/static/js/index.js"
    assert "x-request-id" not in ask(Logged(Site()), scope(path)).headers
    assert "x-request-id" in ask(Logged(PlainTextResponse("gone", 404)), scope(path)).headers
