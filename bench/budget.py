"""Which figures are over what `bench/budget.toml` allows, and what they were to be."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.report import OURS, Found, middle, rows, times_static, written

FILE = Path(__file__).with_name("budget.toml")
MARGIN = 1.25
# How a line of the file is measured: in what unit, of which figure, and whether as a ratio to the static page.
LINES = {
    "first_words": ("pages", "words", True),
    "cold": ("pages", "cold", True),
    "change_ms": ("pages", "new", False),
    "kilobytes": ("pages", "kB", False),
    "slow_ms": ("slow", "cold", False),
}
Budget = dict[str, dict[str, dict[str, float]]]


@dataclass(frozen=True)
class Line:
    """A figure of a page beside its limit, and the goal that it has not always reached yet."""

    page: str
    name: str
    figure: float | None
    limit: float
    goal: float

    @property
    def over(self) -> bool:
        """Say whether the figure is over its limit; one that could not be measured is no proof that it is not."""
        return self.figure is None or self.figure > self.limit

    @property
    def short(self) -> bool:
        """Say whether the goal is not reached."""
        return self.figure is None or self.figure > self.goal


def read(file: Path = FILE) -> Budget:
    """Return the limits and goals of each page."""
    return tomllib.loads(file.read_text(encoding="utf-8"))


def lines(found: Found, budget: Budget, pages: Sequence[str]) -> list[Line]:
    """Return every figure that has a limit, of the pages that were measured."""
    made = []
    for page in pages:
        for name, allowed in budget.get(page or "overview", {}).items():
            what, measure, beside = LINES[name]
            figure = times_static(found, what, page, measure) if beside else middle(found, what, page, OURS, measure)
            made.append(Line(page, name, figure, allowed["limit"], allowed["goal"]))
    return made


def table(every: Sequence[Line]) -> str:
    """Return each figure with its limit and its goal, and then those that are over their limit."""
    said = [["page", "figure", "reached", "limit", "goal", ""]]
    for line in every:
        verdict = "OVER THE LIMIT" if line.over else "short of the goal" if line.short else "reached"
        figures = (written(value, 2 if LINES[line.name][2] else 0) for value in (line.figure, line.limit, line.goal))
        said.append([f"/{line.page}", line.name.replace("_", " "), *figures, verdict])
    over, short = (sum(getattr(line, name) for line in every) for name in ("over", "short"))
    return f"Budget (bench/budget.toml)\n{rows(said)}\n\n{over} of {len(every)} figures over the limit, {short} short of the goal."


def rewritten(found: Found, budget: Budget, pages: Sequence[str]) -> str:
    """Return the file anew: each limit a quarter above what was reached just now, never below the goal and never above what it was."""
    reached = {(line.page or "overview", line.name): line.figure for line in lines(found, budget, pages)}
    said = [FILE.read_text(encoding="utf-8").partition("\n[")[0].rstrip()]
    for page, allowed in budget.items():
        said.append(f"\n[{page}]")
        for name, each in allowed.items():
            figure, digits = reached.get((page, name)), 2 if LINES[name][2] else 0
            now = each["limit"] if figure is None else max(each["goal"], round(figure * MARGIN, digits))
            limit = min(now, each["limit"])
            said.append(f"{name} = {{ limit = {limit:g}, goal = {each['goal']:g} }}")
    return "\n".join(said) + "\n"
