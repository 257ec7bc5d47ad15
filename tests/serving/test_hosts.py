"""Names that the server answers to, and websockets that it takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as texts
from streamlit import config

from dashboard.serving.hosts import Hosts, name_of
from tests.serving.asgi import Site, ask, scope

OURS = ("localhost", "LOCALHOST:8501", "127.0.0.1:1", "[::1]:8501", "192.0.2.1:8501", "localhost.")
WRONG = ("evil.example", "localhost.evil.example", "evil.example:8501", "", "local host", "localhost@evil.example", "evil@localhost",
         "localhost/evil", "[::2]", "[::1", "localhost:x", "192.0.2.2", "localhost?x", "localhost:0")  # fmt: skip


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the settings name a host."""
    monkeypatch.setattr(
        config, "get_option", {"server.allowedHosts": ["ties.example"], "server.corsAllowedOrigins": []}.get
    )


@pytest.mark.parametrize("host", OURS)
def test_this_machine_answers_to_its_own_names(host: str) -> None:
    assert ask(Hosts(Site()), scope("/", {"host": host})).status == 200


@pytest.mark.parametrize("host", WRONG)
def test_no_other_name_gets_an_answer_nor_is_it_said_back(host: str) -> None:
    site = Site()
    answer = ask(Hosts(site), scope("/", {"host": host}))
    assert answer.status == 400
    assert "evil" not in answer.text
    assert ask(Hosts(site), scope("/_stcore/stream", {"host": host}, type="websocket")).closed == 1008
    assert site.asked == []


def test_a_request_with_two_hosts_or_none_gets_no_answer() -> None:
    both = scope("/")
    for headers in ([(b"host", b"localhost")] * 2, []):
        assert ask(Hosts(Site()), {**both, "headers": headers}).status == 400


def test_the_name_it_is_bound_to_is_its_own_too(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = scope("/", {"host": "laptop.example:8501"}, server=None)
    assert ask(Hosts(Site()), asked).status == 400
    monkeypatch.setenv("HOST", "Laptop.example")
    assert ask(Hosts(Site()), asked).status == 200


@pytest.mark.usefixtures("named")
def test_names_in_the_settings_take_the_place_of_those() -> None:
    assert ask(Hosts(Site()), scope("/", {"host": "ties.example"})).status == 200
    assert ask(Hosts(Site()), scope("/", {"host": "localhost"})).status == 400


@pytest.mark.usefixtures("named")
def test_who_gathers_the_numbers_may_ask_for_them_by_the_address_of_a_replica() -> None:
    for path, host, status in (
        ("/metrics", "192.0.2.1:80", 200), ("/metrics", "192.0.2.2", 400), ("/metrics", "evil.example", 400), ("/metrics", "", 400),
        ("/metrics", "ties.example", 200), ("/api/value", "192.0.2.1:80", 400),
    ):  # fmt: skip
        assert ask(Hosts(Site()), scope(path, {"host": host})).status == status
    assert ask(Hosts(Site()), scope("/metrics", {"host": ""}, server=None)).status == 400


ORIGINS = {
    None: True, "http://localhost:8501": True, "https://localhost:8501": True, "http://localhost:3000": False,
    "http://localhost": False, "https://evil.example": False, "null": False, "": False, "http://[": False, "http://localhost:8501.evil.example": False,
}  # fmt: skip


@pytest.mark.parametrize(("origin", "taken"), ORIGINS.items())
def test_a_websocket_is_taken_from_our_own_pages_alone(origin: str | None, taken: bool) -> None:
    site = Site()
    headers = {"host": "localhost:8501"} | ({} if origin is None else {"origin": origin})
    closed = ask(Hosts(site), scope("/_stcore/stream", headers, type="websocket")).closed
    assert (closed, len(site.asked)) == ((None, 1) if taken else (1008, 0))


@given(texts.text())
def test_a_name_is_read_from_no_text_with_more_in_it(text: str) -> None:
    name = name_of(text)
    assert name == "" or name in text.lower()
    assert not set(name) & set("/@?#")


def test_the_start_and_end_of_the_server_pass() -> None:
    site = Site()
    ask(Hosts(site), {"type": "lifespan"})
    assert len(site.asked) == 1
