"""A real server and a real Chromium for the journeys, and a page that remembers what went wrong on it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request, sync_playwright

ROOT = Path(__file__).parents[2]
# WebGL in software, for machines without a graphics card; no traffic of the browser's own.
FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Only WebGL needs the graphics card in software; all else is drawn faster without it.
    "--disable-gpu-rasterization",
    "--disable-gpu-compositing",
]
WIDE, NARROW = (1440, 900), (390, 844)
PATIENCE = 120_000  # milliseconds; nothing is timed here, a busy machine is only slow


@pytest.fixture(scope="package")
def address() -> Iterator[str]:
    """Return the address of a dashboard that is running as `make run` runs it."""
    port = free_port()
    command = [sys.executable, "-m", "dashboard.serving"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV_")} | {
        "PORT": str(port)
    }
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait(f"http://127.0.0.1:{port}/_stcore/health", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def free_port() -> int:
    """Return a port of this machine where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait(url: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError(f"The server did not answer; it ended with {server.poll()}")


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """Return the driver."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="package")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Return the machine's own Chromium, or the one that Playwright brought."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield browser
    browser.close()


@dataclass
class Visit:
    """One page in one fresh browser profile, and what went wrong there."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Open an address of ours and wait until the page has been drawn whole."""
        self.page.goto(f"{self.address}/{path}")
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the script has run to its end and its results are on screen."""
        self.page.wait_for_selector("header.page h1", timeout=PATIENCE)
        self.page.wait_for_selector("[data-testid='stApp'][data-test-script-state='notRunning']", timeout=PATIENCE)
        self.page.wait_for_function("() => !document.querySelector('[data-stale=\"true\"]')", timeout=PATIENCE)

    def arrive(self, kicker: str) -> None:
        """Wait until the page of that name has been drawn whole, after a move from another."""
        named = "(name) => document.querySelector('header.page .kicker')?.textContent.startsWith(name)"
        self.page.wait_for_function(named, arg=kicker, timeout=PATIENCE)
        self.settle()

    def note_request(self, request: Request) -> None:
        """Note a request that leaves the host."""
        if not request.url.startswith((self.address, "data:", "blob:", self.address.replace("http", "ws"))):
            self.faults.append(f"request outside: {request.url[:200]}")

    def note_console(self, message: ConsoleMessage) -> None:
        """Note an error on the console, but for a page's own address that is not known."""
        probe = urlsplit(message.location.get("url", "")).path
        own = (
            probe == urlsplit(self.page.url).path and " 404 " in message.text
        )  # it is answered, with the status that it has
        if message.type == "error" and not own:
            self.faults.append(f"console: {message.text[:300]}")


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    """Return what opens a fresh profile: `visit(size, scheme)`."""
    yield from fresh_profiles(chromium, address)


def fresh_profiles(chromium: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    """Yield what opens a fresh profile, and close them all afterwards."""
    contexts = []

    def fresh(size: tuple[int, int] = WIDE, scheme: Literal["light", "dark"] = "light") -> Visit:
        context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        visit = Visit(context.new_page(), address)
        visit.page.on("request", visit.note_request)
        visit.page.on("console", visit.note_console)
        visit.page.on("pageerror", lambda error: visit.faults.append(f"script: {error}"))
        return visit

    yield fresh
    for context in contexts:
        context.close()
