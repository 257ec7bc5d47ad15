"""Two figures as bars on one scale, and as columns year by year: what stands side by side where two are compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from dashboard.questions.evidence import format_share


class Cell(NamedTuple):
    """One figure in words, and its bar piece by piece: the width of each in per cent of the scale, and its pattern.

    `deal_id` is the deal that the words name, if they name one.
    """

    words: str
    bar: tuple[tuple[float, str], ...] = ()
    deal_id: str = ""


class Line(NamedTuple):
    """One figure of both, with what it is; `domain` is its code where the line is one of a domain."""

    label: str
    cells: tuple[Cell, ...]
    domain: str = ""


class Years(NamedTuple):
    """What there is in each year from `first` to `last`, the same years and the same height on both sides.

    `sides` are pairs of the words for a side and its columns, each a firm and a doubted part in per cent of `most`.
    """

    label: str
    first: int
    last: int
    most: int
    sides: tuple[tuple[str, tuple[tuple[float, float], ...]], ...]


class Part(NamedTuple):
    """Lines that belong together under a title, and columns by year where it has them; `note` says how to read them."""

    title: str
    note: str
    lines: list[Line]
    years: Years | None = None


def line(
    label: str, numbers: Sequence[float], most: float, pattern: str = "solid", domain: str = "",
    words: Callable[[float], str] = "{:,}".format,
) -> Line:  # fmt: skip
    """Return a line of two numbers with their bars; a bar over the whole width stands for `most`."""
    cells = [Cell(words(number) if number else "none", ((100 * number / (most or 1), pattern),)) for number in numbers]
    return Line(label, tuple(cells), domain)


def shares(label: str, counts: Sequence[int], wholes: Sequence[int], pattern: str = "solid") -> Line:
    """Return a line of two shares of wholes of their own, with bars of which one over the whole width stands for all."""
    cells = []
    for count, whole in zip(counts, wholes, strict=True):
        words = f"{count:,} of {whole:,}, {format_share(count / whole)}" if count else "none"
        cells.append(Cell(words, ((100 * count / (whole or 1), pattern),)))
    return Line(label, tuple(cells))


def columns(label: str, sides: Sequence[tuple[np.ndarray, np.ndarray]]) -> Years | None:
    """Return the columns of two sides, each given as years and whether they are in doubt; None where neither has any."""
    known = np.concatenate([years for years, _ in sides])
    if not len(known):
        return None
    first, last = int(known.min()), int(known.max())
    found = [
        tuple(np.bincount(years[mask] - first, minlength=last - first + 1) for mask in (~doubted, doubted))
        for years, doubted in sides
    ]
    most = max(int((firm + doubted).max()) for firm, doubted in found)
    shown = [
        (_highest(firm + doubted, first), tuple(zip(*((100 * part / most).tolist() for part in (firm, doubted)), strict=True)))
        for firm, doubted in found
    ]  # fmt: skip
    return Years(label, first, last, most, tuple(shown))


def _highest(counts: np.ndarray, first: int) -> str:
    """Return in words the highest column, by its year; the `first` year is that of the first of them."""
    return f"most in {first + counts.argmax()}: {counts.max():,}" if counts.any() else "none"
