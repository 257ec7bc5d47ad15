"""The figures of a run as tables: one a measure, a page a row, and beside ours those of the others."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence

# What was measured, by slow line or not, by page and by who: the figures of each round.
Found = dict[str, dict[str, dict[str, list[dict[str, float]]]]]

OURS, STATIC, PLAIN, EMPTY, BESIDE = "ours", "static", "plain", "empty", "beside"
MEASURES = {
    "words": "First words, ms until the first paint that has the heading",
    "cold": "Cold, ms until the page is drawn in a browser that was never here",
    "live": "Cold, ms until the map to explore is drawn, with its ground, by the processor alone",
    "live kB": "Cold, kB over the wire to explore the map",
    "hot": "Hot, ms until the page is drawn when it is opened again",
    "new": "Change of filter that nobody made before, ms from the press to the first frame after the new view is drawn",
    "again": "Change of filter that somebody made before, ms",
    "kB": "Cold, kB over the wire",
    "files": "Cold, files asked for",
    "cpu new": "Processor time of the server for a new change, ms",
    "cpu again": "Processor time of the server for a repeated change, ms",
}
NONE = "–"


def middle(found: Found, what: str, page: str, who: str, measure: str) -> float | None:
    """Return the median of a figure over the rounds, or nothing where it was never measured."""
    rounds = found.get(what, {}).get(page, {}).get(who, [])
    figures = [each[measure] for each in rounds if measure in each]
    return statistics.median(figures) if figures else None


def ratio(one: float | None, other: float | None) -> float | None:
    """Return how many times the other a figure is."""
    return one / other if one is not None and other else None


def times_static(found: Found, what: str, page: str, measure: str) -> float | None:
    """Return how many times that of the static page a figure of ours is."""
    return ratio(*(middle(found, what, page, who, measure) for who in (OURS, STATIC)))


def written(value: float | None, digits: int = 0) -> str:
    """Return a figure, or a dash where there is none."""
    return NONE if value is None else f"{value:,.{digits}f}"


def rows(table: Sequence[Sequence[str]]) -> str:
    """Return lines of a table whose columns stand below each other; the first row is its head."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = ["| " + " | ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) + " |" for row in table]
    rule = "|" + "|".join("-" * (width + 1) + (":" if at else "-") for at, width in enumerate(widths)) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def _measure(found: Found, what: str, measure: str, pages: Sequence[str], charts: Mapping[str, str]) -> str:
    beside = any(BESIDE in who for who in found.get(what, {}).values())
    more = ["beside", "ours / beside"] if beside else []
    table = [["page", "ours", "static", "ours / static", "plain", "empty", *more]]
    for page in pages:
        others = ("chart" if charts.get(page) else "words", "words") if what == "pages" else (page, page)
        ours, static, before = (middle(found, what, page, who, measure) for who in (OURS, STATIC, BESIDE))
        plain, empty = (middle(found, what, at, who, measure) for at, who in zip(others, (PLAIN, EMPTY), strict=True))
        figures = [written(ours), written(static), written(ratio(ours, static), 2), written(plain), written(empty)]
        table.append([f"/{page}", *figures, *([written(before), written(ratio(ours, before), 2)] if beside else [])])
    return rows(table)


def tables(found: Found, pages: Sequence[str], charts: Mapping[str, str]) -> str:
    """Return all figures; `charts` says which pages have a picture that a library draws."""
    said = [
        "ours: this checkout. static: the same words and figures as plain HTML. plain: a plain page of Streamlit, with a chart or without.\n"
        "empty: one word, served as ours is. Medians of the rounds."
    ]
    said += [f"{words}\n{_measure(found, 'pages', name, pages, charts)}" for name, words in MEASURES.items()]
    slow = [page for page in pages if page in found.get("slow", {})]
    for name in ("words", "cold", "kB"):
        if slow:
            head = (
                f"Slow line (100 ms there and back, 10 Mbit/s; not for what comes over the websocket). {MEASURES[name]}"
            )
            said.append(f"{head}\n{_measure(found, 'slow', name, slow, charts)}")
    return "\n\n".join(said) + "\n"
