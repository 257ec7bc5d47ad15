"""The server as production runs it, with a real OpenID service beside it, both on this machine and over real sockets."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests import made_up as files

ROOT = Path(__file__).parents[2]
NEEDLE = "what-a-reader-seeks"
SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "of no use outside of these tests"
client_id = "ties"
client_secret = "a-secret-of-ours"
server_metadata_url = "http://127.0.0.1:{provider}/.well-known/openid-configuration"
"""


@dataclass
class Client:
    """A client without a browser that keeps cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], str]:
        """Return the status, the headers and the text of an answer; a header of the same name counts once."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body or None, {"cookie": self.cookie, **named})
        answer = connection.getresponse()
        for cookie in answer.headers.get_all("set-cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
            if "max-age=0" in cookie.lower() or "1970" in cookie:
                del self.cookies[name]
        result = (
            answer.status,
            {name.lower(): value for name, value in answer.getheaders()},
            answer.read().decode(errors="replace"),
        )
        connection.close()
        return result

    @property
    def cookie(self) -> str:
        """Return the header of the cookies."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


@dataclass
class Site:
    """The running dashboard and the service where its readers sign in."""

    port: int
    provider: int
    log: Path

    def signed_in(
        self, person: str, to: str = "/", claims: dict[str, object] | None = None
    ) -> tuple[Client, tuple[int, dict[str, str], str]]:
        """Return a client that has signed in as somebody, and what it gets at the address it comes to."""
        client, service = Client(self.port), Client(self.provider)
        service.ask(
            f"/users/{person}",
            "PUT",
            json.dumps({"email": person, **(claims or {})}).encode(),
            content_type="application/json",
        )
        page = client.ask(to, accept="text/html")[2]
        (link,) = re.findall(r'href="(/sign-in[^"]*)"', page)
        location = client.ask(unescape(link))[1]["location"]
        at_service = urlsplit(client.ask(location)[1]["location"])
        back = service.ask(
            f"{at_service.path}?{at_service.query}", "POST", urlencode({"sub": person}).encode(), content_type="application/x-www-form-urlencoded"
        )  # fmt: skip
        callback = urlsplit(back[1]["location"])
        location = client.ask(f"{callback.path}?{callback.query}")[1]["location"]
        assert location == to
        return client, client.ask(location, accept="text/html")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int, path: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            Client(port).ask(path)
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"no answer at {path}; the server ended with {process.poll()}")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return the dashboard over the made-up tables, for the readers of one house, with a log for programs."""
    home, port, provider = tmp_path_factory.mktemp("home"), free_port(), free_port()
    (home / ".streamlit").mkdir()
    (home / ".streamlit/secrets.toml").write_text(SECRETS.format(port=port, provider=provider), encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV_")}
    environment |= {
        "HOME": str(home), "PORT": str(port), "HOST": "", "DEFENCE_TIES_DATA": str(files.copy(home / "data")),
        "DEFENCE_TIES_READERS": "@house.example", "DEFENCE_TIES_LOG": "json", "AUTHLIB_INSECURE_TRANSPORT": "1",
        "DEFENCE_TIES_RATE": "0.5", "PYTHONWARNINGS": "ignore",
    }  # fmt: skip
    log = home / "log"
    service = [sys.executable, "-m", "oidc_provider_mock", "--port", str(provider)]
    with log.open("wb") as written, (home / "service").open("wb") as elsewhere:
        servers = [
            subprocess.Popen(
                [sys.executable, "-m", "dashboard.serving"], cwd=ROOT, env=environment, stdout=written, stderr=written
            ),
            subprocess.Popen(service, cwd=home, env=environment, stdout=elsewhere, stderr=elsewhere),
        ]
        try:
            wait_for(provider, "/.well-known/openid-configuration", servers[1])
            wait_for(port, "/health", servers[0])
            yield Site(port, provider, log)
        finally:
            for server in servers:
                server.send_signal(signal.SIGTERM)
            for server in servers:
                server.wait(timeout=30)


def to_the_end(page: ClientConnection) -> None:
    """Take all messages of a page until it is closed."""
    while True:
        page.recv(timeout=30)


PATHS = ("/", "/value?domain=naval", "/deal?id=x", "/data/deals.csv", "/data/package.zip", "/api/value", "/api/openapi.json", "/changes.xml",
         "/metrics", "/_stcore/metrics", "/_stcore/host-config", "/media/x.csv", "/no-such-page", "/static/../data/deals.csv", "/index.html",
         "/picture/value/value.svg", "/picture/value/value.png", "/app/static/../../data/deals.csv", "/app/static/%2e%2e/%2e%2e/data/deals.csv", "/_stcore/stream")  # fmt: skip


def test_without_sign_in_no_address_answers_with_data(site: Site) -> None:
    client = Client(site.port)
    names = {row.split(",")[0] for row in (files.HERE / "deals.csv").read_text(encoding="utf-8").splitlines()[1:]}
    for path in PATHS:
        for accept in ("text/html", "*/*"):
            status, headers, text = client.ask(path, accept=accept)
            assert status in (400, 401, 404), (path, status)
            assert not any(name and name in text for name in names), path
            assert headers["x-content-type-options"] == "nosniff"
    for path in ("/health", "/_stcore/health", "/ready", "/static/no-such.js", "/static/value", "/app/static/value"):
        status, _, text = client.ask(path, accept="text/html")
        assert status in (200, 404)
        assert not any(name and name in text for name in names), path
    with pytest.raises(InvalidStatus):
        connect(f"ws://127.0.0.1:{site.port}/_stcore/stream", additional_headers={"cookie": "_streamlit_user=forged"})


def test_a_reader_of_the_house_signs_in_reads_and_signs_out(site: Site) -> None:
    client, (status, headers, _) = site.signed_in("ada@house.example", "/value?domain=naval")
    assert status == 200
    assert headers["cache-control"] == "no-cache"
    assert client.ask("/changes.xml")[0] == 200
    headers = {"cookie": client.cookie}
    with connect(f"ws://127.0.0.1:{site.port}/_stcore/stream", additional_headers=headers, subprotocols=["streamlit"]):  # ty: ignore[invalid-argument-type]
        pass
    assert urlsplit(client.ask("/auth/logout")[1]["location"]).port == site.provider
    assert client.ask("/changes.xml")[0] == 401


@pytest.mark.parametrize(
    "claims", [{"email": "eve@other.example"}, {"email": "ada@house.example", "email_verified": False}]
)
def test_who_is_on_no_list_sees_so_and_reads_nothing(site: Site, claims: dict[str, object]) -> None:
    client, (status, _, text) = site.signed_in("eve@other.example", claims=claims)
    assert status == 403
    assert "not on the list" in text
    assert client.ask("/changes.xml")[0] == 403


def test_a_websocket_is_taken_from_our_pages_alone_and_in_small_messages(site: Site) -> None:
    client, _ = site.signed_in("ada@house.example")
    address, ours = f"ws://127.0.0.1:{site.port}/_stcore/stream", {"cookie": client.cookie}
    for headers, origin in (
        ({}, "http://evil.example"),
        ({}, "http://localhost:3000"),
        ({"Host": "evil.example"}, None),
    ):
        with pytest.raises(InvalidStatus):
            connect(address, additional_headers=ours | headers, origin=origin)  # ty: ignore[invalid-argument-type]
    for large in (b"a" * 200_000, b"a" * 2_000_000):
        with connect(address, additional_headers=ours, max_size=None) as page:
            page.send(large)
            with pytest.raises(ConnectionClosed):
                to_the_end(page)


def test_no_path_leads_out_of_a_folder_and_no_long_address_in(site: Site) -> None:
    client, _ = site.signed_in("ada@house.example")
    outside = ("..", "%2e%2e", "%2e%2e%2f%2e%2e", "..%5c..", "%252e%252e", ".", "//etc")
    for folder in ("/app/static", "/static", "/media", "/component", "/_stcore/bidi-components"):
        for step in outside:
            status, _, text = client.ask(f"{folder}/{step}/{step}/pyproject.toml")
            assert status in (301, 400, 404) or "<html" in text, (folder, step, status)
            assert "requires-python" not in text
    assert client.ask(f"/value?q={'a' * 100_000}")[0] == 414
    assert client.ask("/value", host="evil.example")[0] == 400
    assert client.ask("/_stcore/upload_file/a/b", "PUT", b"x" * 100)[0] == 403


def test_one_client_that_asks_without_end_has_to_wait(site: Site) -> None:
    answers = [Client(site.port).ask("/no-such", x_forwarded_for="203.0.113.9") for _ in range(40)]
    assert {status for status, _, _ in answers[:30]} == {401}
    assert answers[-1][0] == 429
    assert int(answers[-1][1]["retry-after"]) >= 1
    assert Client(site.port).ask("/no-such", x_forwarded_for="203.0.113.10")[0] == 401


def test_the_log_has_nothing_of_what_a_reader_seeks_nor_from_where(site: Site) -> None:
    client, _ = site.signed_in("ada@house.example", f"/value?q={NEEDLE}")
    client.ask(f"/oauth2callback?error={NEEDLE}&error_description={NEEDLE}")
    client, _ = site.signed_in("ada@house.example")
    number = client.ask(f"/changes.xml?q={NEEDLE}", x_forwarded_for="203.0.113.11", referer=f"http://a/{NEEDLE}")[1][
        "x-request-id"
    ]
    address = f"ws://127.0.0.1:{site.port}/_stcore/stream?q={NEEDLE}"
    with connect(
        address, additional_headers={"cookie": client.cookie, "x-forwarded-for": "203.0.113.11"}, max_size=None
    ) as page:
        run = BackMsg()
        run.rerun_script.query_string = f"q={NEEDLE}&domain={NEEDLE}"
        page.send(run.SerializeToString())
        page.recv(timeout=60)
        time.sleep(1)
        page.send(b"no message of ours")
        with pytest.raises(ConnectionClosed):
            to_the_end(page)
    time.sleep(0.2)
    written = site.log.read_text(encoding="utf-8")
    assert [line for line in written.splitlines() if not line.startswith("{")] == []
    lines = [json.loads(line) for line in written.splitlines()]
    assert any(line.get("request") == number and line["message"].startswith("GET /changes.xml 200") for line in lines)
    assert any(line["message"].startswith("WebSocket /_stcore/stream closed") for line in lines)
    for secret in (
        NEEDLE,
        "203.0.113",
        "ada@house",
        "a-secret-of-ours",
        "of no use",
        client.cookies["_streamlit_user"],
    ):
        assert secret not in written
