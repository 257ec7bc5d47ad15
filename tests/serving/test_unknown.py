"""An address that names no page is answered with the page that says so, and 404; all others as before."""

from __future__ import annotations

import pytest

from dashboard import server
from dashboard.serving.unknown import Unknown
from tests.pages.test_app import PAGES
from tests.serving.asgi import Site, ask, scope

PAGE = {"content_type": "text/html; charset=utf-8"}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_found(page: str) -> None:
    assert ask(Unknown(Site(**PAGE)), scope(f"/{page}")).status == 200


@pytest.mark.parametrize("path", ["/nothing", "/value/deeper", "/deals", "/static/nothing.js", "/index.php"])
def test_what_names_no_page_is_not_found_and_still_says_so(path: str) -> None:
    answer = ask(Unknown(Site("the front end", **PAGE)), scope(path))
    assert (answer.status, answer.text) == (404, "the front end")


@pytest.mark.parametrize(
    "path", ["/api/value/deeper", "/api/", "/data/deals.csv/x", "/picture/value", "/picture/a/b/c.png", "/cite/x"]
)
def test_a_program_reads_in_json_that_there_is_nothing(path: str) -> None:
    answer = ask(server.app, scope(path, {"host": "127.0.0.1"}))
    assert (answer.status, answer.headers["content-type"]) == (404, "application/json")
    assert "nothing" in answer.text


def test_what_is_no_page_is_as_before() -> None:
    assert ask(Unknown(Site(content_type="text/javascript")), scope("/static/app.js")).status == 200
    site = Site()
    ask(Unknown(site), {"type": "lifespan"})
    ask(Unknown(site), scope("/_stcore/stream", type="websocket"))
    assert [asked["type"] for asked in site.asked] == ["lifespan", "websocket"]
