"""Which allowed word is meant by a word that is nearly one."""

from __future__ import annotations

from collections.abc import Iterable

MANY = 10_000  # words; to compare each wrong one with more takes longer than the rest of the check


def closest(word: str, allowed: Iterable[str]) -> str:
    """Return the allowed word that a word is most like, or "" where none is close.

    Upper and lower case and hyphens or spaces do not count as a difference.
    """
    from rapidfuzz import fuzz, process  # only where a word is wrong: its import takes longer than a check of few rows

    bare = {name.casefold().replace(" ", "-"): name for name in allowed}
    close = process.extractOne(word.casefold().replace(" ", "-"), list(bare), scorer=fuzz.ratio, score_cutoff=70)
    return bare[close[0]] if close else ""


def nearest(word: str, allowed: list[str]) -> str:
    """Return a remedy for a word that is not allowed: the nearest one that is, where one is close, and all of them."""
    close = closest(word, allowed) if len(allowed) <= MANY else ""
    hint = f"Did you mean “{close}”? " if close else ""
    shown = ", ".join(allowed) if len(allowed) <= 20 else f"one of the {len(allowed)} in the table"
    return f"{hint}Allowed: {shown}"
