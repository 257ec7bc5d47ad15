"""What fits the words that a reader typed, wherever in the tables it stands, typing errors forgiven."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from dashboard.questions.entries import KINDS, describe
from dashboard.questions.hits import Hit
from dashboard.questions.lexicon import ERROR, EXACT, TITLE, Index, alike, fitting, index_of, joined, starting_with
from dashboard.tables.countries import meant
from dashboard.tables.folding import fold
from dashboard.tables.load import Tables

MOST_WORDS = 12
NUMBERED = re.compile(r"([^\W\d_]{3,})(\d\w*)")
LEADS = np.array([kind.lead for kind in KINDS.values()])
# Words that stand everywhere; they are looked for only where nothing else was typed.
IDLE = frozenset({
    "a", "an", "and", "any", "are", "as", "at", "be", "by", "can", "did", "do", "does", "for", "from", "has", "have",
    "how", "in", "is", "it", "its", "of", "on", "or", "per", "since", "that", "the", "their", "this", "to", "until",
    "was", "were", "what", "when", "where", "which", "who", "why", "will", "with",
})  # fmt: skip


class Group(NamedTuple):
    """The results of one kind: what one is called, how many there are, and the best of them."""

    noun: str
    count: int
    hits: tuple[Hit, ...]


class Found(NamedTuple):
    """What fits the words, the group with the best result first.

    `terms` are the folded words that fit. `read_as` gives what words with a typing error were taken for. `had` of the
    `sought` words are in every result; where they are fewer, nothing has all. `unknown` words stand nowhere. `near`
    are the results whose titles come nearest, where nothing fits.
    """

    groups: tuple[Group, ...] = ()
    terms: frozenset[str] = frozenset()
    read_as: tuple[tuple[str, str], ...] = ()
    had: int = 0
    sought: int = 0
    unknown: tuple[str, ...] = ()
    near: tuple[Hit, ...] = ()

    @property
    def total(self) -> int:
        """Return how many results there are, of all kinds."""
        return sum(group.count for group in self.groups)


@lru_cache(maxsize=64)  # a reader who goes back to the results finds them ready
def find(tables: Tables, text: str, most: int = 8) -> Found:
    """Return what fits a text in groups, of each the best, at most so many; every word must be in one and the same row.

    A word fits exactly, as a beginning, or, where it stands nowhere, with a typing error; in this order. Where nothing
    has all words, errors are looked for in each of them, and at last what has most of them is returned.
    """
    index = index_of(tables)
    words = _sought(index, text)
    if not words:
        return Found()
    for forgiving in (False, True):
        fits = [fitting(index, word, forgiving) for word in words]
        quality, value = _scores(index, fits)
        if (quality > 0).all(axis=0).any():
            break
    had = (quality > 0).sum(axis=0)
    if not had.max():
        return Found(sought=len(words), unknown=tuple(words), near=_near(tables, index, words, most))
    kept = np.flatnonzero(had == had.max())
    worst = np.where(quality[:, kept] > 0, quality[:, kept], EXACT).min(axis=0)
    counts = value[:, kept].sum(axis=0) + LEADS[index.kinds[kept]]
    order = kept[np.lexsort((-counts, -worst))]
    return Found(
        groups=tuple(_groups(tables, index, order, most)),
        terms=frozenset(term for fit in fits for term in fit),
        read_as=tuple(_readings(index, words, fits)),
        had=int(had.max()),
        sought=len(words),
        unknown=tuple(word for word, fit in zip(words, fits, strict=True) if not fit),
    )


def _sought(index: Index, text: str) -> list[str]:
    """Return the words to look for, each once, as they were typed; a name of a country that is not so written is one."""
    typed = [part for word in joined(text).split() for part in _apart(index, word)]
    if meant(text) and not all(fold(word) in index.spelt for word in typed):
        return [text]
    telling = [word for word in typed if word not in IDLE]
    return list(dict.fromkeys(telling or typed))[:MOST_WORDS]


def _apart(index: Index, word: str) -> list[str]:
    """Return a word as it was typed, or its parts where signs divide it or a number is joined to a name: `agosta90b`."""
    folded = fold(word).split()
    named = NUMBERED.fullmatch(folded[0]) if folded else None
    if named and not starting_with(index, folded[0]):
        return list(named.groups())
    return [word] if len(folded) == 1 else folded


def _scores(index: Index, fits: list[dict[str, float]]) -> tuple[np.ndarray, np.ndarray]:
    """Return for each word and each entry how well the word fits there, and what that counts; 0 where it does not."""
    quality, value = (np.zeros((len(fits), len(index.entries))) for _ in range(2))
    for row, fit in enumerate(fits):
        for token, how_well in fit.items():
            at, weight = index.places[token]
            quality[row, at] = np.maximum(quality[row, at], how_well)
            value[row, at] = np.maximum(value[row, at], how_well * weight)
    return quality, value


def _groups(tables: Tables, index: Index, order: np.ndarray, most: int) -> Iterator[Group]:
    """Yield the results by kind, the kind of the best result first."""
    kinds, known = index.kinds[order], list(KINDS.values())
    for kind in dict.fromkeys(kinds.tolist()):
        own = order[kinds == kind]
        hits = tuple(describe(tables, index.entries[at]) for at in own[:most])
        yield Group(known[kind].noun, len(own), hits)


def _readings(index: Index, words: list[str], fits: list[dict[str, float]]) -> Iterator[tuple[str, str]]:
    """Yield the words that fit only as words with an error, and what they were taken for."""
    for word, fit in zip(words, fits, strict=True):
        if fit and max(fit.values()) == ERROR:
            yield word, index.spelt[next(iter(fit))]


def _near(tables: Tables, index: Index, words: list[str], most: int) -> tuple[Hit, ...]:
    """Return the results that have in their titles a word a little like one of the words."""
    near: dict[int, None] = {}
    for word in words:
        for token in alike(index, word, most):
            at, weight = index.places[token]
            near |= dict.fromkeys(at[weight >= TITLE].tolist())
    return tuple(describe(tables, index.entries[at]) for at in list(near)[:most])
