"""One reader in a real browser: how long until the first words and the drawn page, cold and hot, and after a change of filter.

Everything is measured inside the page (`bench/watch.js`), so that the way from here to the browser does not count.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Playwright, ViewportSize

from bench.servers import Server

WATCH = Path(__file__).with_name("watch.js").read_text(encoding="utf-8")
FLAGS = [
    "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", # no graphics card
    "--disable-gpu-rasterization", "--disable-gpu-compositing", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip
PATIENCE = 120_000  # milliseconds for anything
FIND = 10_000  # milliseconds to find a control
LOOK = 50  # milliseconds between two looks from here, so that the page is left in peace
QUIET = 0.5  # seconds without a new file after which a page has all it wants
SCREEN: ViewportSize = {"width": 1440, "height": 900}
# 100 ms there and back and 10 Mbit/s. Chromium slows files by it; of the websocket, the opening and not what comes after.
SLOW = {"offline": False, "latency": 100, "downloadThroughput": 1_250_000, "uploadThroughput": 1_250_000}

Figures = dict[str, float]


def start(driver: Playwright) -> Browser:
    """Return the machine's own Chromium, or the one that Playwright brought."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    return driver.chromium.launch(executable_path=path, args=FLAGS)


class Wire:
    """What goes over the wire to a page: files and their bytes as they are sent, compressed."""

    def __init__(self, page: Page, slow: bool = False) -> None:
        """Take the page before its address is opened."""
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.files, self.bytes, self.latest = 0, 0, time.monotonic()
        self.session.on("Network.responseReceived", self._answered)
        self.session.on("Network.loadingFinished", self._finished)
        self.session.send("Network.enable")
        if slow:
            self.session.send("Network.emulateNetworkConditions", SLOW)

    def _answered(self, event: Mapping[str, Any]) -> None:
        self.files += urlsplit(event["response"]["url"]).scheme.startswith("http")

    def _finished(self, event: Mapping[str, Any]) -> None:
        self.bytes += int(event["encodedDataLength"])
        self.latest = time.monotonic()

    def rest(self, page: Page) -> None:
        """Wait until nothing has come for a while."""
        until = time.monotonic() + 10 * QUIET
        while time.monotonic() < min(until, self.latest + QUIET):
            page.wait_for_timeout(LOOK)


class Reader:
    """A browser profile that has never been here."""

    def __init__(self, browser: Browser, server: Server, chart: str = "", patience: int = PATIENCE) -> None:
        """Take what is opened: a server, the mark of the picture that its page has besides words, and how long to wait."""
        self.context: BrowserContext = browser.new_context(viewport=SCREEN)
        self.context.set_default_timeout(patience)
        self.context.add_init_script(f"({WATCH})({chart!r})")
        self.server = server

    def __enter__(self) -> Reader:
        """Be there."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave, and be forgotten."""
        self.context.close()

    def cold(self, path: str, slow: bool = False) -> Figures:
        """Open an address for the first time."""
        page = self.context.new_page()
        wire = Wire(page, slow)
        figures = self._open(page, path)
        wire.rest(page)
        page.close()
        return {"words": figures["words"], "cold": figures["drawn"], "kB": wire.bytes / 1000, "files": wire.files}

    def hot(self, path: str) -> tuple[Page, float]:
        """Open an address again, and return its page and the milliseconds until it was drawn."""
        page = self.context.new_page()
        return page, self._open(page, path)["drawn"]

    def change(self, page: Page, choice: str) -> tuple[float, float]:
        """Choose a domain; return the milliseconds from the press to the first picture of the new view, and those of the server's processor."""
        press = page.get_by_role("button", name=choice, exact=True)
        if not page.locator("#swap").count():  # an application, not the static page
            control = page.get_by_role("combobox", name=re.compile("^(Selected .*)?Domain")).first
            control.click(timeout=FIND)
            press = page.get_by_role("option", name=choice, exact=True).first
        press.wait_for(timeout=FIND)
        page.evaluate("(label) => bench.await(label)", choice)
        before = self.server.cpu()
        press.click(timeout=FIND)
        page.wait_for_function("() => bench.changed", polling=LOOK)
        return page.evaluate("() => bench.changed"), 1000 * (self.server.cpu() - before)

    def _open(self, page: Page, path: str) -> Figures:
        page.goto(self.server.site + path, wait_until="commit")
        page.wait_for_function("() => bench.drawn && bench.words", polling=LOOK)
        return page.evaluate("() => ({ words: bench.words, drawn: bench.drawn })")


def measure(
    browser: Browser, server: Server, path: str, chart: str, choice: str, live: tuple[str, str] | None, figures: Figures
) -> None:
    """Note all figures of one page: opened cold, opened again, and a filter changed that nobody and that somebody has changed so.

    `chart` is the mark of its picture, `live` that of one to explore, which takes longer and brings more, and an address that leads into it.
    """
    with Reader(browser, server, chart) as reader:
        figures |= reader.cold(path)
        page, figures["hot"] = reader.hot(path)
        if choice:
            figures["new"], figures["cpu new"] = reader.change(page, choice)
            page.close()
            page, _ = reader.hot(path)
            figures["again"], figures["cpu again"] = reader.change(page, choice)
    if live:
        mark, path = live
        with Reader(browser, server, mark) as reader:
            whole = reader.cold(path)
            figures |= {"live": whole["cold"], "live kB": whole["kB"]}
