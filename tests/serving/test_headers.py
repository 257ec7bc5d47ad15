"""The headers that every answer carries: a policy that names little, and what only an encrypted line may say."""

from __future__ import annotations

import pytest

from dashboard import server
from dashboard.serving.headers import SafeHeaders
from tests.serving.asgi import Site, ask, scope

# Every sort of thing that a page may hold, by the directive that says where it may come from.
NOWHERE = {"frame-src", "manifest-src", "media-src", "object-src"}
SOMEWHERE = {"connect-src", "font-src", "img-src", "script-src", "style-src"}


def policy(**site: str) -> dict[str, str]:
    """Return the parts of the policy of a page."""
    sent = ask(SafeHeaders(Site(**site)), scope("/")).headers["content-security-policy"]
    return dict(part.split(" ", 1) for part in sent.split("; "))


def test_every_answer_says_what_a_page_may_do_and_that_it_is_what_it_says() -> None:
    answer = ask(SafeHeaders(Site(content_type="text/html")), scope("/value?q=x"))
    assert answer.body == b"behind"
    assert answer.headers["content-type"] == "text/html"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "camera=()" in answer.headers["permissions-policy"]
    assert next(middleware.cls for middleware in server.app._user_middleware) is SafeHeaders


def test_the_policy_lets_no_text_run_and_nothing_in_from_elsewhere() -> None:
    parts = policy()
    assert parts["default-src"] == "'self'", "Firefox asks it whether the application's script may be fetched ahead"
    assert {name for name, sources in parts.items() if sources == "'none'"} == NOWHERE
    assert set(parts) == {"default-src", "base-uri", "form-action", "frame-ancestors"} | NOWHERE | SOMEWHERE
    assert "http" not in " ".join(parts.values())
    assert "*" not in " ".join(parts.values())
    assert "'unsafe-inline'" not in parts["script-src"]
    assert "'unsafe-eval'" not in parts["script-src"]
    assert parts["frame-ancestors"] == "'self'"
    assert "sha256" not in parts["script-src"]


def test_an_answer_with_a_stricter_policy_of_its_own_keeps_it() -> None:
    assert policy(content_security_policy="default-src none") == {"default-src": "none"}


def test_what_the_front_end_asks_for_is_for_no_other_site() -> None:
    named = {"access_control_allow_origin": "http://localhost:8501", "access_control_allow_credentials": "true"}
    ours, theirs = (
        ask(SafeHeaders(Site(**named)), scope(path)).headers for path in ("/api/value", "/_stcore/upload_file/a/b")
    )
    assert ours["access-control-allow-origin"] == named["access_control_allow_origin"]
    assert not [name for name in theirs if name.startswith("access-control-")]


def test_who_may_show_a_page_in_a_frame_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEFENCE_TIES_FRAMES", "'self' https://house.example")
    assert policy()["frame-ancestors"] == "'self' https://house.example"


@pytest.mark.parametrize(
    ("scheme", "host", "named"),
    [
        ("http", "ties.example", (False, False)), ("https", "ties.example", (True, True)),
        ("http", "localhost:8501", (False, True)), ("http", "[::1]:8501", (False, True)), ("http", "localhost", (False, True)),
    ],
)  # fmt: skip
def test_what_only_a_safe_line_may_say_is_said_there_alone(scheme: str, host: str, named: tuple[bool, bool]) -> None:
    sent = ask(SafeHeaders(Site()), scope("/", {"host": host}, scheme=scheme)).headers
    assert ("strict-transport-security" in sent, "cross-origin-opener-policy" in sent) == named


def test_a_websocket_passes_as_it_is() -> None:
    site = Site()
    ask(SafeHeaders(site), scope("/_stcore/stream", type="websocket"))
    assert len(site.asked) == 1


@pytest.mark.parametrize("kind", ["text/javascript; charset=utf-8", "application/javascript", "text/css", "font/woff2"])
def test_what_is_only_a_part_of_a_page_carries_no_rules_for_pages(kind: str) -> None:
    sent = ask(SafeHeaders(Site(content_type=kind)), scope("/static/js/index.js", scheme="https")).headers
    assert sent["x-content-type-options"] == "nosniff"
    assert sent["strict-transport-security"]
    assert not {"content-security-policy", "permissions-policy", "referrer-policy"} & {*sent}


@pytest.mark.parametrize("kind", ["image/svg+xml", "application/xml", "application/pdf", "text/plain", ""])
def test_what_can_stand_alone_in_a_window_carries_them(kind: str) -> None:
    assert "content-security-policy" in ask(SafeHeaders(Site(content_type=kind)), scope("/changes.xml")).headers
