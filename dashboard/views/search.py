"""What `/search` shows: everything that fits the words, what each result is, and how sure."""

from __future__ import annotations

from datetime import date

from dashboard.address import Asked
from dashboard.questions import finder, lexicon
from dashboard.questions.finder import Found
from dashboard.tables.load import Tables
from dashboard.views.view import Rows, Shown
from dashboard.words import format_count, listed

MOST = 50  # results of a kind


def shown(tables: Tables, asked: Asked, _: date) -> Shown:
    """Return the view of what fits the words that the address asks for; the shared filters do not narrow it."""
    words = asked.one("said")
    found = finder.find(tables, words, MOST)
    hits = [(group.noun, hit) for group in found.groups for hit in group.hits]
    rows = [
        (noun, hit.title, hit.what, f"“{hit.text}”" if hit.is_exact else hit.text, "; ".join(mark.words for mark in hit.sure))
        for noun, hit in [*hits, *(("near in name", hit) for hit in found.near)]
    ]  # fmt: skip
    headings = {"kind": "Kind", "title": "Title", "what": "What it is", "text": "Words", "sure": "How sure"}
    return Shown(
        finding=finding(tables, words, found), count=found.total, whole=sum(lexicon.index_of(tables).counts.values()), noun="results",
        notes=tuple(notes(found)), tables=(Rows("results", f"What fits “{words}”", headings, tuple(rows), found.total),) if words else (),
    )  # fmt: skip


def finding(tables: Tables, words: str, found: Found) -> str:
    """Return one sentence on what was found, or on what can be."""
    if not words:
        counts = lexicon.index_of(tables).counts
        return f"Search {listed(format_count(count, noun) for noun, count in counts.items())}."
    if not found.total:
        return f"Nothing in the tables fits “{words}”."
    parts = listed(format_count(group.count, group.noun) for group in found.groups)
    fits = "fits" if found.total == 1 else "fit"
    return f"{parts} {fits} “{words}”."


def notes(found: Found) -> list[str]:
    """Return how the words were read: which were taken for others, which stand nowhere, and whether every result has all."""
    said = [f"“{word}” stands nowhere in the tables; it was read as {reading}." for word, reading in found.read_as]
    if found.unknown:
        stand = "stands" if len(found.unknown) == 1 else "stand"
        said.append(f"{listed(f'“{word}”' for word in found.unknown)} {stand} nowhere in the tables.")
    if found.had < found.sought and found.total:
        said.append(f"No result has every word; these have {found.had} of {found.sought}.")
    return said
