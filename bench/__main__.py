"""How long readers wait, page by page, beside a static page and a plain Streamlit page: `make bench`.

Everything is measured in one run and in turn, in a real Chromium on whatever machine this is: what counts are the ratios, and the
medians of a few rounds. A static page with the same words and figures is the limit of what is possible; an empty page of
Streamlit, served as ours is, the limit of what is possible with Streamlit.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright

from bench import budget, report, servers, trace
from bench.servers import ROOT, Server
from bench.still import CANVAS, Stills, frozen
from bench.visit import Figures, Reader, measure, start

PAGES = ("", "timeline", "value", "map", "quotes", "claims", "sources", "compare", "deal")
UNFILTERED = ("deal",)
SLOW = ("", "value")
TRACED = ("", "value")
LATE = 1500  # milliseconds for what comes after the words, such as a chart
# A map is drawn as soon as there is one to read; the one to explore, with its ground, comes to who reaches for it, and is measured apart.
PLOT, MAP = ".js-plotly-plot .main-svg", f"{CANVAS}, .st-key-map-flat svg, img.canvas"
LIVE, INTO = ".mapboxgl-canvas", "?view=33,50,3"  # its mark, and an address that leads into it
OURS, STATIC, PLAIN, EMPTY, BESIDE = "ours", "static", "plain", "empty", "beside"
# Chosen one after the other, so that each round has a change that nobody has made before; the static page knows the first.
DOMAINS = ("Naval", "Air", "Drones", "Land", "Cyber", "Space", "Multi-domain")


@dataclass
class Bench:
    """The servers of one run, the marks of the pages' pictures, and what was found: by page and then by who was measured."""

    browser: Browser
    running: dict[str, Server]
    deal: str
    charts: dict[str, str] = field(default_factory=dict)
    found: report.Found = field(default_factory=dict)

    def path(self, page: str) -> str:
        """Return the address of a page."""
        return f"deal?id={self.deal}" if page == "deal" else page

    def has(self, who: str, page: str) -> bool:
        """Say whether one that is measured has a page: the static one that could be made, another version its module."""
        if who == BESIDE:
            return (
                BESIDE in self.running
                and (self.running[who].folder / f"dashboard/pages/{page or 'overview'}.py").exists()
            )
        return who != STATIC or page in self.charts

    def note(self, what: str, page: str, who: str, work: Callable[[Figures], None]) -> None:
        """Add what is measured to what was found; what cannot be measured says why, and the rest goes on."""
        figures: Figures = {}
        self.found.setdefault(what, {}).setdefault(page, {}).setdefault(who, []).append(figures)
        try:
            work(figures)
        except (Error, KeyError, OSError) as error:
            first = str(error).strip().splitlines()[0]
            print(f"  /{page} of {who} could not be measured whole ({what}): {first}", file=sys.stderr, flush=True)

    def freeze(self, page: str, stills: Stills) -> None:
        """Make the static page of one of ours."""
        ours, mark, views = self.running[OURS], MAP if page == "map" else "", []
        for choice in ("", *(() if page in UNFILTERED else DOMAINS[:1])):
            with Reader(self.browser, ours, mark) as reader:
                shown, _ = reader.hot(self.path(page))
                if choice:
                    reader.change(shown, choice)
                shown.wait_for_timeout(LATE)
                views.append(frozen(shown))
        stills.write(page, ours.site, views[0], views[1] if len(views) > 1 else None, DOMAINS[0])
        self.charts[page] = mark or (PLOT if page in stills.charts else "")

    def measure(self, page: str, who: str, path: str, chart: str, choice: str) -> None:
        """Measure a page of one server."""
        live = (LIVE, path + INTO) if chart == MAP and who != STATIC else None
        self.note("pages", page, who, partial(measure, self.browser, self.running[who], path, chart, choice, live))

    def round(self, pages: list[str], at: int) -> None:
        """Measure everything once."""
        choice = DOMAINS[at % len(DOMAINS)]
        for page in pages:
            print(f"  /{page}", file=sys.stderr, flush=True)
            for who in (who for who in (OURS, STATIC, BESIDE) if self.has(who, page)):
                chosen = "" if page in UNFILTERED else DOMAINS[0] if who == STATIC else choice
                self.measure(page, who, page if who == STATIC else self.path(page), self.charts.get(page, ""), chosen)
        self.measure("words", PLAIN, "words", "", choice)
        self.measure("chart", PLAIN, "", PLOT, choice)
        self.measure("words", EMPTY, "", "", "")

    def slow(self, page: str) -> None:
        """Measure a page on the slow line once; the plain page would take most of the time."""
        for who in (who for who in (OURS, STATIC, EMPTY, BESIDE) if self.has(who, page)):
            path, mark = ("", "") if who == EMPTY else (page, self.charts.get(page, ""))
            with Reader(self.browser, self.running[who], mark) as reader:
                self.note("slow", page, who, lambda figures, reader=reader, path=path: figures.update(
                    reader.cold(path, slow=True)))  # fmt: skip

    def traces(self, page: str) -> dict[str, Figures]:
        """Trace the cold start of a page, and that of an empty one."""
        for who, path in ((OURS, self.path(page)), (EMPTY, "")):
            mark = self.charts.get(page, "") if who == OURS else ""
            self.note("trace", page, who, lambda figures, who=who, path=path, mark=mark: figures.update(
                trace.traced(self.browser, self.running[who], path, mark)))  # fmt: skip
        return {who: figures[-1] for who, figures in self.found["trace"][page].items()}


def a_deal(*checkouts: Path) -> str:
    """Return a deal that all checkouts know."""
    known = []
    for checkout in checkouts:
        with (checkout / "data" / "deals.csv").open(encoding="utf-8", newline="") as file:
            known.append([row["deal_id"] for row in csv.DictReader(file)])
    return next(deal for deal in known[0] if all(deal in each for each in known))


def run(given: argparse.Namespace) -> int:
    """Measure, print, and return how many figures are over the budget where that is to be checked."""
    checkouts = [ROOT, *([given.beside] if given.beside else [])]
    with ExitStack() as stack, tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        browser = start(stack.enter_context(sync_playwright()))
        made = {OURS: servers.product(ROOT), EMPTY: servers.floor(), PLAIN: servers.plain(folder)}
        if given.beside:
            made[BESIDE] = servers.product(given.beside)
        bench = Bench(browser, {}, a_deal(*checkouts))
        for name, server in made.items():
            bench.running[name] = stack.enter_context(server)
        stills = Stills(folder / "still")
        stills.begin(ROOT)
        print("The static pages are made", file=sys.stderr, flush=True)
        for page in given.pages:
            bench.note("still", page, STATIC, lambda _, page=page: bench.freeze(page, stills))
        print("The servers come to rest", file=sys.stderr, flush=True)
        for name, server in bench.running.items():  # once, so that nobody is charged with what a server does but once
            bench.note("warm", "", name, partial(measure, browser, server, "", "", "", None))
            server.rest()
        bench.running[STATIC] = stack.enter_context(servers.still(stills.folder))
        for at in range(given.rounds):
            print(f"Round {at + 1} of {given.rounds}", file=sys.stderr, flush=True)
            bench.round(given.pages, at)
            for page in (page for page in SLOW if page in given.pages):
                bench.slow(page)
        print(report.tables(bench.found, given.pages, bench.charts))
        for page in (page for page in TRACED if page in given.pages):
            print(trace.table(bench.traces(page), page))
        browser.close()
    allowed = budget.read()
    every = budget.lines(bench.found, allowed, given.pages)
    print(budget.table(every))
    if given.renew:
        budget.FILE.write_text(budget.rewritten(bench.found, allowed, given.pages), encoding="utf-8")
    return sum(line.over for line in every) if given.check else 0


def main() -> None:
    """Read what is wanted and measure it."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="of which medians are taken; 1 is quick")
    parser.add_argument("--pages", nargs="+", default=list(PAGES), help="names of pages, / for the front page")
    parser.add_argument(
        "--beside",
        type=lambda path: Path(path).resolve(),
        help="another checkout of the dashboard to measure in turn with this one",
    )
    parser.add_argument(
        "--check", action="store_true", help="fail where a figure is over its limit in bench/budget.toml"
    )
    parser.add_argument("--renew", action="store_true", help="write the limits in bench/budget.toml anew")
    given = parser.parse_args()
    given.pages = [page.strip("/") for page in given.pages]
    sys.exit(min(run(given), 1))


if __name__ == "__main__":
    main()
