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
PLOT, MAP = ".js-plotly-plot .main-svg", f"{CANVAS}, img.canvas"
OURS, STATIC, PLAIN, EMPTY, BESIDE = "ours", "static", "plain", "empty", "beside"
# Chosen one after the other, so that each round has a change that nobody has made before; the static page knows the first.
DOMAINS = ("Naval", "Air", "Drones", "Land", "Cyber", "Training", "Missiles", "Space")


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

    def note(self, what: str, page: str, who: str, work: Callable[[], Figures]) -> None:
        """Add what is measured to what was found; what cannot be measured says why, and the rest goes on."""
        try:
            self.found.setdefault(what, {}).setdefault(page, {}).setdefault(who, []).append(work())
        except (Error, KeyError) as error:
            first = str(error).strip().splitlines()[0]
            print(f"  /{page} of {who} could not be measured ({what}): {first}", file=sys.stderr, flush=True)

    def freeze(self, pages: list[str], folder: Path) -> Stills:
        """Make the static pages of ours."""
        stills, ours = Stills(folder), self.running[OURS]
        stills.begin(ROOT)
        for page in pages:
            mark = MAP if page == "map" else ""
            views = []
            for choice in ("", *(() if page in UNFILTERED else DOMAINS[:1])):
                with Reader(self.browser, ours, mark) as reader:
                    shown, _ = reader.hot(self.path(page))
                    if choice:
                        reader.change(shown, choice)
                    shown.wait_for_timeout(1500)  # what comes after the words, such as a chart
                    views.append(frozen(shown))
            stills.write(page, ours.site, views[0], views[1] if len(views) > 1 else None, DOMAINS[0])
            self.charts[page] = mark or (PLOT if page in stills.charts else "")
        return stills

    def round(self, pages: list[str], at: int) -> None:
        """Measure everything once."""
        choice = DOMAINS[at % len(DOMAINS)]
        beside = [name for name in (BESIDE,) if name in self.running]
        for page in pages:
            print(f"  /{page}", file=sys.stderr, flush=True)
            for who in (OURS, STATIC, *beside):
                chosen = "" if page in UNFILTERED else DOMAINS[0] if who == STATIC else choice
                path = page if who == STATIC else self.path(page)
                self.note("pages", page, who, lambda who=who, path=path, chosen=chosen, page=page: measure(
                    self.browser, self.running[who], path, self.charts.get(page, ""), chosen))  # fmt: skip
        for name, path, chart in (("words", "words", ""), ("chart", "", PLOT)):
            self.note("pages", name, PLAIN, lambda path=path, chart=chart: measure(
                self.browser, self.running[PLAIN], path, chart, choice))  # fmt: skip
        self.note("pages", "words", EMPTY, lambda: measure(self.browser, self.running[EMPTY], "", "", ""))

    def slow(self, pages: list[str]) -> None:
        """Measure the slow line once."""
        for page in (page for page in SLOW if page in pages):
            for who, server in self.running.items():
                mark = self.charts.get(page, "") if who != EMPTY else ""
                path = page if who in (OURS, STATIC, BESIDE) else "" if mark else "words"
                with Reader(self.browser, server, mark) as reader:
                    self.note("slow", page, who, lambda reader=reader, path=path: reader.cold(path, slow=True))

    def traces(self, page: str) -> dict[str, Figures]:
        """Trace the cold start of a page, and that of an empty one."""
        for who, path in ((OURS, self.path(page)), (EMPTY, "")):
            mark = self.charts.get(page, "") if who == OURS else ""
            self.note("trace", page, who, lambda who=who, path=path, mark=mark: trace.traced(
                self.browser, self.running[who], path, mark))  # fmt: skip
        return {who: figures[-1] for who, figures in self.found.get("trace", {}).get(page, {}).items()}


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
        stills = bench.freeze(given.pages, folder / "still")
        bench.running[STATIC] = stack.enter_context(servers.still(stills.folder))
        for name, server in bench.running.items():  # once, so that nobody is charged with what a server does but once
            bench.note("warm", "", name, lambda server=server: measure(browser, server, "", "", ""))
            server.rest()
        for at in range(given.rounds):
            print(f"Round {at + 1} of {given.rounds}", file=sys.stderr, flush=True)
            bench.round(given.pages, at)
            bench.slow(given.pages)
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
        "--beside", type=Path, help="another checkout of the dashboard to measure in turn with this one"
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
