"""Headers of a request made to do harm: whatever they say, no answer is that something failed here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as some
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from dashboard import server
from dashboard.tables import load as data
from dashboard.tables.load import Tables
from tests.serving.asgi import ask, scope

STATIC = Mount("/app/static", StaticFiles(directory=Path(__file__).parents[2] / "static"))
SITE = Starlette(routes=[*server.app._user_routes, STATIC], middleware=server.app._user_middleware)
PATHS = ("/health", "/metrics", "/changes.xml", "/api", "/data/deals.csv", "/picture/value/value.svg", "/app/static/favicon.svg", "/favicon.ico", "/sign-in", "/nothing")  # fmt: skip
NAMES = (
    "host", "origin", "referer", "range", "if-range", "if-none-match", "if-modified-since", "accept", "accept-encoding", "content-length", "content-type",
    "transfer-encoding", "cookie", "authorization", "forwarded", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-request-id",
)  # fmt: skip
LATE, HALF, LONG = "Fri, 31 Dec 9999 23:59:59 -2359", "http://[", "9" * 5_000
NUMBERS = some.integers(0, 99)
WHEN = some.builds("{}, {} {} {:04} {:02}:{:02}:{:02} {}{:04}".format, some.sampled_from(("Mon", "Fri", "")), NUMBERS, some.sampled_from(("Jan", "Dec", "x")),
                   some.integers(0, 9_999), NUMBERS, NUMBERS, NUMBERS, some.sampled_from("+-"), some.integers(0, 10**12))  # fmt: skip
ODD = some.sampled_from((LATE, HALF, LONG, "", "[", "null", "bytes=9-1", f"bytes={LONG}-", "bytes=-", "bytes=\xb2-", "\xb2", "a=\xff; _streamlit_user=x", "br;q=x", "W/", "localhost:99999", "//[::1", "http://\xbd"))  # fmt: skip
VALUES = some.one_of(ODD, WHEN, some.text(some.characters(max_codepoint=255)))


@pytest.fixture(scope="module", autouse=True)
def shown(made_up: Tables) -> Iterator[None]:
    """Let the made-up tables be those that readers see."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data, "current", lambda: made_up)
        yield


@given(some.sampled_from(PATHS), some.dictionaries(some.sampled_from(NAMES), VALUES, min_size=1))
@example("/data/deals.csv", {"if-modified-since": LATE})
@example("/data/deals.csv", {"if-modified-since": f"{LATE}99999999999999999999"})
@example("/api", {"content-length": LONG})
@example("/app/static/favicon.svg", {"range": f"bytes={LONG}-"})
@example("/api", {"origin": HALF, "referer": HALF, "x-forwarded-for": HALF, "x-forwarded-host": HALF})
def test_no_request_fails_for_its_headers(path: str, headers: dict[str, str]) -> None:
    asked = scope(path, {"host": "localhost", **headers}, client=("127.0.0.1", 1), asgi={"spec_version": "2.4"})
    assert 200 <= ask(SITE, asked).status < 500


@given(some.dictionaries(some.sampled_from(NAMES), VALUES))
@example({"origin": HALF})
@example({"content-length": LONG})
def test_no_websocket_fails_for_its_headers(headers: dict[str, str]) -> None:
    asked = scope("/nothing", {"host": "localhost", **headers}, client=("127.0.0.1", 1), type="websocket")
    assert ask(SITE, asked).closed is not None, "a fault closes it without a code of ours"
