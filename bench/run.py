"""Measure what people wait for: the check, start-up, the first chart, a filter change; at 1, 100, 1,000 times the tables.

Run by `make bench`, never by the tests. Everything is measured in a real Chromium with an empty cache, on whatever
machine this is, with whatever else it is doing: start-up until the server answers, the first words of the front page and
the first chart as medians of a few fresh browsers, and a change of filter on every exploring page, once as nobody chose it before and once as it
was chosen already. Times are of the clock, but for the server's processor time of a change.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]  # no graphics card
# Which columns hold keys, so that each copy of the tables refers to itself.
KEYS = {
    "deals": ["deal_id", "source_ids"],
    "milestones": ["deal_id", "source_ids"],
    "quotes": ["quote_id", "deal_ids", "source_ids"],
    "sources": ["source_id", "url"],
    "gaps": ["gap_id", "deal_ids"],
    "confirmed-words": ["key"],
}
# Which hold words and names of their own in every row, so that nothing seems quick because a text was seen before.
TEXTS = {
    "deals": ["title", "summary", "doubt"],
    "milestones": ["event"],
    "quotes": ["analyst", "text"],
    "sources": ["title", "publisher", "origin"],
    "gaps": ["question", "found"],
    "confirmed-words": [],
}
PAGES = ("", "timeline", "value", "map", "quotes", "claims", "sources")
DOMAINS = ("Air", "Drones", "Land", "Cyber", "Space")  # chosen one after the other, each a choice of its own
CHART = "document.querySelector('.js-plotly-plot .main-svg') && !document.querySelector('[data-stale=\"true\"]')"
READY = "[data-testid='stApp'][data-test-script-state='notRunning']"
CHANGED = "(domain) => document.querySelector('.meta.chosen')?.innerText.includes(domain)"  # the filters in words
WORDS = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
STILL = "!document.querySelector('[data-stale=\"true\"]')"
PATIENCE = 600_000  # milliseconds


def enlarge(folder: Path, times: int) -> None:
    """Write a data package of so many times the rows, every copy with keys, names and texts of its own."""
    shutil.copytree(DATA, folder)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    longest = {
        (table["name"], field["name"]): field.get("constraints", {}).get("maxLength")
        for table in package["resources"]
        for field in table["schema"]["fields"]
    }
    for table in KEYS:
        path = folder / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            for copy in range(times):
                writer.writerows(_renamed(table, row, copy, longest) for row in rows)


def _renamed(table: str, row: dict[str, str], copy: int, longest: dict[tuple[str, str], int | None]) -> dict[str, str]:
    if not copy:
        return row
    keys = {name: ";".join(f"{key}-{copy}" for key in row[name].split(";") if key) for name in KEYS[table]}
    return {**row, **keys, **{name: _reworded(row[name], f" {copy}", longest[table, name]) for name in TEXTS[table]}}


def _reworded(text: str, mark: str, longest: int | None) -> str:
    """Return a text with a mark at its end, no longer than it may be; no text stays none."""
    return text and (text[: longest - len(mark)].rstrip() if longest else text) + mark


class Server:
    """The dashboard over one data folder, for the time of a `with`."""

    def __init__(self, folder: Path) -> None:
        """Take the folder of the data package."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder = folder

    def __enter__(self) -> Server:
        """Start it and wait until it answers; `started` is how many seconds that took."""
        began = time.perf_counter()
        command = [sys.executable, "-m", "dashboard.serving"]
        environment = {
            **os.environ,
            "PORT": str(self.port),
            "DEFENCE_TIES_DATA": str(self.folder),
            "DEFENCE_TIES_RATE": "0",
        }
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet)
        while self.process.poll() is None:
            try:
                with urlopen(f"http://127.0.0.1:{self.port}/_stcore/health", timeout=5):
                    break
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(0.05)
        self.started = time.perf_counter() - began
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it."""
        self.process.terminate()
        self.process.wait(timeout=60)

    def cpu(self) -> float:
        """Return the seconds of processor time that the server has used so far (Linux)."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def checked(folder: Path) -> tuple[float, int]:
    """Return how many seconds of its processor a check of a data folder takes, and how many megabytes (Linux)."""
    command = [sys.executable, "-m", "dashboard", "check", "--folder", str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def first_chart(browser: Browser, server: Server) -> float:
    """Return how many milliseconds a fresh browser takes to a chart on screen."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True).new_page()
    began = time.perf_counter()
    page.goto(f"http://127.0.0.1:{server.port}/value", timeout=PATIENCE)
    page.wait_for_function(CHART, timeout=PATIENCE)
    taken = time.perf_counter() - began
    page.context.close()
    return taken * 1000


def first_words(browser: Browser, server: Server) -> float:
    """Return how many milliseconds a fresh browser takes to the first words of the front page."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True).new_page()
    page.goto(f"http://127.0.0.1:{server.port}/", timeout=PATIENCE)
    page.wait_for_function(WORDS, timeout=PATIENCE)
    taken = page.evaluate(WORDS)
    page.context.close()
    return taken


def changes(browser: Browser, server: Server, address: str) -> tuple[float, float]:
    """Return the mean of a few changes of filter on a page: milliseconds to the new page, and of the server's processor."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"http://127.0.0.1:{server.port}/{address}")
    settle(page)
    taken, used = 0.0, 0.0
    for domain in DOMAINS:
        page.get_by_role("combobox", name="Domain").click()
        option = page.get_by_role("option", name=domain, exact=True)
        option.wait_for()
        cpu, began = server.cpu(), time.perf_counter()
        option.click()
        page.wait_for_function(CHANGED, arg=domain)
        settle(page)
        taken += time.perf_counter() - began
        used += server.cpu() - cpu
    page.context.close()
    return taken / len(DOMAINS) * 1000, used / len(DOMAINS) * 1000


def settle(page: Page) -> None:
    """Wait until the script has run to its end and its results are on screen."""
    page.wait_for_selector("header.page h1")
    page.wait_for_selector(READY)
    page.wait_for_function(STILL)


def main() -> None:
    """Print the figures for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, nargs="*", default=[1, 100, 1000])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as scratch:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        for times in options.times:
            folder = Path(scratch) / str(times)
            enlarge(folder, times)
            seconds, megabytes = checked(folder)
            print(f"{times} times the tables: check {seconds:.1f} s, {megabytes:,} MB", flush=True)
            with Server(folder) as server:
                words = statistics.median(first_words(browser, server) for _ in range(options.rounds))
                first = statistics.median(first_chart(browser, server) for _ in range(options.rounds))
                print(
                    f"{times} times the tables: start-up {server.started:.1f} s, first words {words:,.0f} ms, first chart {first:,.0f} ms",
                    flush=True,
                )
                print("  change of filter, ms    new: clock, server   again: clock, server")
                for address in PAGES:
                    figures = [*changes(browser, server, address), *changes(browser, server, address)]
                    words = "{:>15,.0f} {:>7,.0f} {:>14,.0f} {:>7,.0f}".format(*figures)
                    print(f"  /{address:<14}{words}", flush=True)


if __name__ == "__main__":
    main()
