"""Measure what a reader waits for: start-up, the first chart, a filter change; at 1, 100 and 1,000 times the tables.

Run by `make bench`, never by the tests. Prints one line a size; times are medians over a few rounds in a real Chromium
with an empty cache, on whatever machine this is, with whatever else it is doing.
"""

from __future__ import annotations

import argparse
import csv
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

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
# Which columns hold keys, so that each copy of the tables refers to itself.
KEYS = {
    "deals": ["deal_id", "source_ids"],
    "milestones": ["deal_id", "source_ids"],
    "quotes": ["quote_id", "deal_ids", "source_ids"],
    "sources": ["source_id", "url"],
    "gaps": ["gap_id", "deal_ids"],
}
DRAWN = "document.querySelector('.js-plotly-plot .main-svg') && !document.querySelector('[data-stale=\"true\"]')"
READY = "[data-testid='stApp'][data-test-script-state='notRunning']"


def enlarge(folder: Path, times: int) -> None:
    """Write a data package of so many times the rows, every copy with keys of its own."""
    shutil.copytree(DATA, folder)
    for table, columns in KEYS.items():
        path = folder / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            for copy in range(times):
                writer.writerows(_renamed(row, columns, copy) for row in rows)


def _renamed(row: dict[str, str], columns: list[str], copy: int) -> dict[str, str]:
    if not copy:
        return row
    return {**row, **{name: ";".join(f"{key}-{copy}" for key in row[name].split(";") if key) for name in columns}}


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
        command = [sys.executable, "-m", "uvicorn", "dashboard.server:app", "--port", str(self.port), "--no-access-log"]
        environment = {**os.environ, "DEFENCE_TIES_DATA": str(self.folder)}
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


def measure(browser: Browser, server: Server, rounds: int) -> dict[str, float]:
    """Return the medians for one size: milliseconds to the first chart, of a filter change, and its server time."""
    first, change, cpu = [], [], []
    for _ in range(rounds):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        began = time.perf_counter()
        page.goto(f"http://127.0.0.1:{server.port}/value", timeout=300_000)
        page.wait_for_function(DRAWN, timeout=300_000)
        first.append(time.perf_counter() - began)
        page.wait_for_selector(READY, timeout=300_000)
        for domain in ("Air", "Drones", "Land"):
            page.get_by_role("combobox", name="Domain").click()
            before, began = server.cpu(), time.perf_counter()
            words = page.inner_text(".st-key-in-view")
            page.get_by_role("option", name=domain, exact=True).click()
            page.wait_for_function(
                "(w) => document.querySelector('.st-key-in-view').innerText !== w", arg=words, timeout=300_000
            )
            page.wait_for_function(DRAWN, timeout=300_000)
            change.append(time.perf_counter() - began)
            page.wait_for_selector(READY, timeout=300_000)
            cpu.append(server.cpu() - before)
        context.close()
    values = {"first chart": first, "filter change": change, "server time of a change": cpu}
    return {name: statistics.median(seconds) * 1000 for name, seconds in values.items()}


def main() -> None:
    """Print the figures for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, nargs="*", default=[1, 100, 1000])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as scratch:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for times in options.times:
            folder = Path(scratch) / str(times)
            enlarge(folder, times)
            with Server(folder) as server:
                figures = measure(browser, server, options.rounds)
            words = ", ".join(f"{name} {value:,.0f} ms" for name, value in figures.items())
            print(f"{times:>5} times the tables: start-up {server.started:.1f} s, {words}", flush=True)


if __name__ == "__main__":
    main()
