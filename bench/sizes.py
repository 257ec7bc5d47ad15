"""What growing tables cost: the check, start-up, the first chart and a change of filter at 1, 100 and 1,000 times today's.

`python -m bench.sizes`. Everything is measured in a real Chromium with an empty cache, on whatever machine this is: start-up until the
server answers, the first words of the front page and the first chart as medians of a few fresh browsers, and a change of filter on every
exploring page, once as nobody chose it before and once as it was chosen already.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.servers import ROOT, Server, product
from bench.visit import Reader, start

DATA = ROOT / "data"
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
PATIENCE = 600_000  # milliseconds; the largest tables take minutes
CHART = ".js-plotly-plot .main-svg"


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


def checked(folder: Path) -> tuple[float, int]:
    """Return how many seconds of its processor a check of a data folder takes, and how many megabytes (Linux)."""
    command = [sys.executable, "-m", "dashboard", "check", "--folder", str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def first(browser: Browser, server: Server, path: str, figure: str, chart: str = "") -> float:
    """Return how many milliseconds a fresh browser takes to the words or to the drawn page of an address."""
    with Reader(browser, server, chart, PATIENCE) as reader:
        return reader.cold(path)[figure]


def changes(browser: Browser, server: Server, address: str) -> tuple[float, float]:
    """Return the mean of a few changes of filter on a page: milliseconds to the new view, and of the server's processor."""
    with Reader(browser, server, "", PATIENCE) as reader:
        page, _ = reader.hot(address)
        taken = [reader.change(page, domain) for domain in DOMAINS]
    return statistics.mean(clock for clock, _ in taken), statistics.mean(used for _, used in taken)


def main() -> None:
    """Print the figures for each size."""
    parser = argparse.ArgumentParser(prog="python -m bench.sizes", description=__doc__)
    parser.add_argument("--times", type=int, nargs="*", default=[1, 100, 1000])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as scratch:
        browser = start(driver)

        def middle(measured: Callable[[], float]) -> float:
            return statistics.median(measured() for _ in range(options.rounds))

        for times in options.times:
            folder = Path(scratch) / str(times)
            enlarge(folder, times)
            seconds, megabytes = checked(folder)
            print(f"{times} times the tables: check {seconds:.1f} s, {megabytes:,} MB", flush=True)
            with product(ROOT, folder) as server:
                words = middle(lambda server=server: first(browser, server, "", "words"))
                drawn = middle(lambda server=server: first(browser, server, "value", "cold", CHART))
                print(
                    f"{times} times the tables: start-up {server.started:.1f} s, first words {words:,.0f} ms, first chart {drawn:,.0f} ms",
                    flush=True,
                )
                print("  change of filter, ms    new: clock, server   again: clock, server")
                for address in PAGES:
                    figures = [*changes(browser, server, address), *changes(browser, server, address)]
                    words = "{:>15,.0f} {:>7,.0f} {:>14,.0f} {:>7,.0f}".format(*figures)
                    print(f"  /{address:<14}{words}", flush=True)


if __name__ == "__main__":
    main()
