"""Which texts have the words that a reader typed, whatever the way to write them."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
import pandas as pd

from dashboard.tables.countries import CODES, TELLING, every_name, meant
from dashboard.tables.folding import fold

PARTED = re.compile(r"\s+|(?<=[^\W\d_])[\-\u2010-\u2015\u2212](?=[^\W\d_])")  # co-production is found as co production
SHORT = re.compile(r"\b([^\W\d_]{1,2}) (?=\d)")  # F 16 is one name, as F-16 is


def having(words: pd.Series, text: str) -> np.ndarray:
    """Say of each folded text whether it has every word of `text`; a word for a country finds its other names too."""
    found = [re.compile(pattern).search for pattern in _patterns(text)]
    keep = (all(search(own) for search in found) for own in words.to_numpy())
    return np.fromiter(keep, bool, len(words)) if found else np.full(len(words), True)


def has(name: str, text: str) -> bool:
    """Return whether a name has every word of `text`; none has no words at all."""
    patterns = _patterns(text)
    return bool(patterns) and all(re.search(pattern, fold(name)) for pattern in patterns)


@lru_cache(maxsize=256)
def _patterns(text: str) -> tuple[str, ...]:
    """Return a regular expression for each word of a text; a name of a country is one, however many words it has."""
    if meant(text):
        return (_pattern(text),)
    parted = SHORT.sub(r"\1", " ".join(PARTED.split(text)))
    return tuple(dict.fromkeys(filter(None, map(_pattern, parted.split()))))


def _pattern(text: str) -> str:
    """Return what finds a word: the word or its beginning, or, of a word for a country, another of its names too.

    A name of two letters is a word of its own, since UK is not the beginning of Ukraine; a code of two letters only
    where it is written large, since `co` and `in` are codes too.
    """
    word, code = fold(text), meant(text)
    names = every_name().get(code, ())
    is_name = len(word) == 2 and code and (text.isupper() or word not in names[: len(CODES)])
    own = rf"\b{word}\b" if is_name else re.escape(word)
    return "|".join(dict.fromkeys([own, *(re.escape(name) for name in names if len(name) >= TELLING)]))
