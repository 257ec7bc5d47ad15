"""Which words of a text fit what was sought, so that a page can mark them."""

from __future__ import annotations

import re

from dashboard.questions.lexicon import tokens

RUN = re.compile(r"[^\W_]+(?:[-‐-―'’.][^\W_]+)*")  # a word, with what hyphens and points join to it
LETTERS = 220  # of an excerpt
Pieces = list[tuple[str, bool]]


def pieces(text: str, terms: frozenset[str]) -> Pieces:
    """Return a text in pieces, and of each whether it is a word that fits."""
    parts, end = [], 0
    for word in RUN.finditer(text):
        if any(token in terms for _, token in tokens(word[0])):
            parts += [(text[end : word.start()], False), (word[0], True)]
            end = word.end()
    return [part for part in (*parts, (text[end:], False)) if part[0]]


def excerpt(text: str, terms: frozenset[str], most: int = LETTERS) -> Pieces:
    """Return about so many letters of a text in pieces, from shortly before the first word that fits."""
    marked = pieces(text, terms)
    first = len(marked[0][0]) if len(marked) > 1 and not marked[0][1] else 0
    start = text.rfind(" ", 0, max(0, first - most // 3)) + 1 if first + most // 2 > most else 0
    cut = text[start : start + most]
    end = "" if start + most >= len(text) else "…"
    cut = cut.rpartition(" ")[0] if end and " " in cut else cut
    return [*([("… ", False)] if start else []), *pieces(cut, terms), *([(f" {end}", False)] if end else [])]
