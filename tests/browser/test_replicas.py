"""Three replicas behind a real nginx with the site's own configuration: a replica that dies or is replaced takes nothing with it."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import aiohttp
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import Browser
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.conftest import PATIENCE, ROOT, Visit, free_port, wait

# This machine's own, or the one that `make test` has fetched.
FOUND = [Path(shutil.which("nginx") or "/usr/sbin/nginx"), ROOT / "build/nginx/usr/sbin/nginx"]
NGINX = next((str(path) for path in FOUND if path.exists()), "")
TYPES = Path(NGINX).parents[2] / "etc/nginx/mime.types" if NGINX else ""
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not NGINX, reason="nginx is not installed here")]
READERS = 20
MAIN = """
{user} daemon off; pid {here}/nginx.pid; error_log {here}/error.log; worker_processes 1;
events {{ worker_connections 512; }}
http {{
    include {types};
    access_log off;
    client_body_temp_path {here}/body; proxy_temp_path {here}/proxy; fastcgi_temp_path {here}/fastcgi;
    uwsgi_temp_path {here}/uwsgi; scgi_temp_path {here}/scgi;
    include {here}/site.conf;
}}
"""


class Replica:
    """One of several servers of the same dashboard."""

    def __init__(self) -> None:
        """Start it."""
        self.port = free_port()
        self.start()

    def start(self) -> None:
        """Start it at its port."""
        command = [sys.executable, "-m", "dashboard.serving"]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("COV_")}
        environment |= {"PORT": str(self.port), "DEFENCE_TIES_RATE": "0"}  # all readers of this test have one address
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet)

    def ready(self) -> None:
        """Wait until it answers."""
        wait(f"http://127.0.0.1:{self.port}/_stcore/health", self.process)

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it."""
        self.process.send_signal(how)
        self.process.wait(timeout=60)


class Site:
    """The replicas and the nginx before them."""

    def __init__(self, here: Path) -> None:
        """Start all of them, nginx with the configuration that is shipped, at ports that are free."""
        self.replicas = [Replica() for _ in range(3)]
        self.port, plain = free_port(), free_port()
        shipped = ROOT / "deploy" / "nginx"
        site = (shipped / "site.conf").read_text(encoding="utf-8")
        for before, after in {
            "listen 443 ssl": f"listen 127.0.0.1:{self.port} ssl",
            "listen 80;": f"listen 127.0.0.1:{plain};",
            "/var/cache/nginx": str(here / "cache"),
            # Which replica answered is known to this test alone.
            "add_header Set-Cookie": "add_header X-Replica $upstream_addr always;\n        add_header Set-Cookie",
        }.items():
            assert before in site
            site = site.replace(before, after)
        (here / "site.conf").write_text(site, encoding="utf-8")
        rules = (shipped / "replicas.conf").read_text(encoding="utf-8")
        for name, replica in zip(("one", "two", "three"), self.replicas, strict=True):
            rules = rules.replace(f"{name}:8501", f"127.0.0.1:{replica.port}")
        (here / "replicas.conf").write_text(rules, encoding="utf-8")
        (here / "cache").mkdir()
        (here / "tls").mkdir()
        certify(here / "tls" / "site.pem", here / "tls" / "site.key")
        (here / "nginx.conf").write_text(
            MAIN.format(here=here, types=TYPES, user="user root;" if os.geteuid() == 0 else ""), encoding="utf-8"
        )
        for replica in self.replicas:
            replica.ready()
        self.nginx = subprocess.Popen(
            [NGINX, "-p", str(here), "-c", str(here / "nginx.conf")], stderr=subprocess.DEVNULL
        )
        self.address = f"https://127.0.0.1:{self.port}"
        while self.nginx.poll() is None:
            with suppress(ConnectionError), socket.create_connection(("127.0.0.1", self.port), timeout=5):
                break

    def end(self) -> None:
        """End all of them."""
        self.nginx.terminate()
        self.nginx.wait(timeout=30)
        for replica in self.replicas:
            if replica.process.poll() is None:
                replica.end()


def certify(certificate: Path, private: Path) -> None:
    """Write a certificate for this machine, good for an hour."""
    key, name, now = ec.generate_private_key(ec.SECP256R1()), x509.Name([]), datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(minutes=5)).not_valid_after(now + timedelta(hours=1)).add_extension(names, critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return three replicas behind nginx."""
    site = Site(tmp_path_factory.mktemp("site"))
    yield site
    site.end()


def test_a_view_goes_on_elsewhere_when_its_replica_dies(site: Site, chromium: Browser) -> None:
    context = chromium.new_context(ignore_https_errors=True)
    context.set_default_timeout(PATIENCE)
    reader = Visit(context.new_page(), site.address)
    page = reader.open("timeline?domain=naval")
    before = page.locator(".in-view").inner_text()
    mine = page.request.get(f"{site.address}/timeline").headers["x-replica"]
    assert {page.request.get(f"{site.address}/value").headers["x-replica"] for _ in range(5)} == {mine}
    (replica,) = [one for one in site.replicas if mine.endswith(f":{one.port}")]

    with page.expect_websocket():
        replica.end(signal.SIGKILL)
    reader.settle()
    assert page.locator(".in-view").inner_text() == before
    page.get_by_role("link", name="Value", exact=True).first.click()
    reader.arrive("Value")
    assert "domain=naval" in page.url
    assert page.request.get(f"{site.address}/timeline").headers["x-replica"] != mine

    replica.start()
    replica.ready()
    context.close()


async def read_on(site: Site, trust: ssl.SSLContext, over: asyncio.Event) -> list[str]:
    """Read until it is over, and come back whenever the connection ends; return what failed."""
    failed: list[str] = []
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        while not over.is_set():
            async with session.get(f"{site.address}/value?domain=naval", ssl=trust) as answer:
                if answer.status != 200:
                    failed.append(f"{answer.status} {answer.reason}")
            with suppress(ConnectionError, aiohttp.ClientError):
                await watch(session, site, trust, over)
    return failed


async def watch(session: aiohttp.ClientSession, site: Site, trust: ssl.SSLContext, over: asyncio.Event) -> None:
    """Change the view of one open page again and again."""
    async with session.ws_connect(
        f"{site.address}/_stcore/stream",
        protocols=("streamlit",),
        ssl=trust,
        max_msg_size=0,
        headers={"Origin": site.address},
    ) as socket:
        while not over.is_set():
            asked = BackMsg()
            asked.rerun_script.query_string = "domain=naval"
            asked.rerun_script.page_name = "value"
            await socket.send_bytes(asked.SerializeToString())
            kind = ""
            while kind != "script_finished":
                message = await socket.receive(timeout=60)
                if message.type is not aiohttp.WSMsgType.BINARY:
                    raise ConnectionResetError
                kind = ForwardMsg.FromString(message.data).WhichOneof("type") or ""
            await asyncio.sleep(1)


def test_a_rolling_restart_fails_nobody(site: Site) -> None:
    async def all_of_them() -> list[str]:
        trust = ssl.create_default_context()
        trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
        over = asyncio.Event()
        readers = [asyncio.create_task(read_on(site, trust, over)) for _ in range(READERS)]
        await asyncio.sleep(2)
        for replica in site.replicas:
            await asyncio.to_thread(replica.end)
            replica.start()
            await asyncio.to_thread(replica.ready)
            await asyncio.sleep(3)  # by then nginx asks it again; the guide says so
        over.set()
        return [fault for found in await asyncio.gather(*readers) for fault in found]

    with ThreadPoolExecutor(1) as beside:  # Playwright has a loop of its own in this thread
        assert beside.submit(lambda: asyncio.run(all_of_them())).result() == []


def test_nginx_hands_on_no_figures_for_the_operator_and_turns_to_tls(site: Site, chromium: Browser) -> None:
    context = chromium.new_context(ignore_https_errors=True)
    answer = context.request.get(f"{site.address}/metrics")
    assert answer.status == 404
    assert context.request.get(f"{site.address}/").headers["set-cookie"].endswith("SameSite=Lax")
    context.close()
