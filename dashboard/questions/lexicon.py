"""Where each word of the tables stands, and which words fit a word that a reader typed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from dashboard.questions.entries import KINDS, every
from dashboard.questions.hits import Entry
from dashboard.questions.search import PARTED, SHORT
from dashboard.tables.countries import CODES, every_name, meant
from dashboard.tables.folding import fold
from dashboard.tables.load import Tables

TITLE, NAMES, TEXT = 3.0, 2.0, 1.0  # what a word counts by where it stands
EXACT, BEGINNING, ERROR = 1.0, 0.6, 0.4  # and by how well it fits
SURE_OF_ERROR = 4  # letters; a shorter word is another word, not the same with an error
LONG = 7  # letters of a word in which two errors are forgiven
ALIKE = 0.84  # of 1; less alike words have nothing to do with each other
UNIT = re.compile(r"\b(\d+) (?=[^\W\d_]{1,2}\b)")  # 155 mm is one word, as 155mm is
PART = re.compile(r"[^\W\d_]{2,}|\d{2,}")  # agosta90b is found by agosta too


@dataclass(frozen=True, eq=False)
class Index:
    """Where each word stands: `places` gives, by folded word, the entries that have it and what it counts there.

    `vocabulary` is every such word in order; `spelt` gives one way in which each is written. A country is a word of
    its own, its code behind a `=`, so that it is found by each of its names.
    """

    entries: list[Entry]
    kinds: np.ndarray
    places: dict[str, tuple[np.ndarray, np.ndarray]]
    vocabulary: list[str]
    spelt: dict[str, str]

    @property
    def counts(self) -> dict[str, int]:
        """Return how many entries there are of each kind, by what one is called."""
        counts = Counter(self.kinds.tolist())
        return {kind.noun: counts[number] for number, kind in enumerate(KINDS.values()) if counts[number]}


@lru_cache(maxsize=2)
def index_of(tables: Tables) -> Index:
    """Return the index of all tables; made once for every state of them."""
    entries, places, spelt = every(tables), defaultdict(dict), {}
    for at, entry in enumerate(entries):
        title = TITLE + 1 / (1 + len(entry.title.split()))  # the shorter the title, the more of it is the word
        for weight, text in ((TEXT, entry.text), (NAMES, entry.names), (title, entry.title)):
            for word, token in tokens(text):
                places[token][at] = weight
                spelt.setdefault(token, word)
        for code in filter(None, entry.countries):
            places[f"={code}"][at] = NAMES
    arrays = {token: (np.fromiter(at, np.intp), np.fromiter(at.values(), float)) for token, at in places.items()}
    kinds = np.array([list(KINDS).index(entry.kind) for entry in entries])
    return Index(entries, kinds, arrays, sorted(spelt), spelt)


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """Yield each word of a text with its folded forms."""
    for word in joined(text).split():
        yield from _forms(word)


@lru_cache(maxsize=100_000)  # most words of the tables stand there many times
def _forms(word: str) -> tuple[tuple[str, str], ...]:
    """Return a word with its folded form, and its parts with theirs where a hyphen, a digit or a sign joins them."""
    forms = [(word.strip(".,;:()[]“”\"'"), token) for token in fold(word).split()]
    forms += [(part, part) for _, token in forms if not token.isalpha() for part in PART.findall(token)]
    parts = PARTED.split(word)
    forms += [(part, token) for part in parts if len(parts) > 1 for token in fold(part).split()]
    return tuple(dict.fromkeys(forms))


def joined(text: str) -> str:
    """Return a text in which a short name or a unit stands together with its number: `F16`, `155mm`."""
    return UNIT.sub(r"\1", SHORT.sub(r"\1", " ".join(text.split())))


def fitting(index: Index, text: str, forgiving: bool) -> dict[str, float]:
    """Return the words of the index that fit a word, and how well."""
    word = fold(text)
    fits = dict.fromkeys(starting_with(index, word), BEGINNING) if len(word) > 1 else {}
    fits |= {form: EXACT for form in (word, f"{word}s", word.removesuffix("s")) if form in index.spelt}
    fits |= dict.fromkeys(_country(index, text, word), EXACT)
    return fits if fits and not forgiving else dict.fromkeys(_misspelt(index, word), ERROR) | fits


def starting_with(index: Index, word: str) -> list[str]:
    """Return the words that begin with a word."""
    return index.vocabulary[bisect_left(index.vocabulary, word) : bisect_left(index.vocabulary, word + "\U0010ffff")]


def _country(index: Index, text: str, word: str) -> list[str]:
    """Return the other names of the country that a word means; a code of two letters means one only written large."""
    code = meant(text)
    names = every_name().get(code, ())
    if len(word) == 2 and word in names[: len(CODES)] and not text.isupper():
        return []
    wanted = [f"={code}", *(name for name in names if len(name) > len("USA"))]
    return [name for name in wanted if name in index.places]


def _misspelt(index: Index, word: str) -> list[str]:
    """Return the words that a word with a typing error may stand for, the nearest only: whole words, or else beginnings."""
    if len(word) < SURE_OF_ERROR or not word.isalpha():
        return []
    most = 2 if len(word) >= LONG else 1
    near = process.extract(word, index.vocabulary, scorer=OSA.distance, score_cutoff=most, limit=None)
    near = [(token, errors) for token, errors, _ in near if token[0] == word[0] or errors == 1]
    if not near and len(word) > SURE_OF_ERROR:
        begins = [token[: len(word)] for token in index.vocabulary]
        found = process.extract(word, begins, scorer=OSA.distance, score_cutoff=1, limit=None)
        near = [(index.vocabulary[at], errors) for _, errors, at in found if begins[at][0] == word[0]]
    least = min((errors for _, errors in near), default=0)
    nearest = [token for token, errors in near if errors == least]
    return nearest + [f"{token}s" for token in nearest if f"{token}s" in index.spelt]


def alike(index: Index, word: str, most: int) -> list[str]:
    """Return the words of the index that look a little like a word, the likest first."""
    found = process.extract(fold(word), index.vocabulary, scorer=JaroWinkler.similarity, score_cutoff=ALIKE, limit=most)
    return [token for token, _, _ in found]
