"""How texts are compared: one folding for every search, on both sides of it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import pandas as pd

MARKS = re.compile("[\u0300-\u036f]")  # the accents that a letter is parted from when it is folded
OWNED = re.compile(r"['’‘ʼ`´]s\b")  # "Erdoğan's" is found as Erdoğan
JOINED = re.compile(r"['’‘ʼ`´]|(?<=[^\W\d_])[\-\u2010-\u2015\u2212](?=[^\W\d_])")  # co-production, O'Brien
INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")  # U.S. is US, and U.A.E UAE
SIGNS = re.compile(r"[\W_]+")
# F-16, F 16 and F16 are one name; so are 155 mm and 155mm.
DESIGNATION = re.compile(r"(?<=[^\W\d_]) (?=\d)|(?<=\d) (?=[^\W\d_])")


@lru_cache(maxsize=8192)  # names are compared over and over
def fold(text: str) -> str:
    """Return a text as a search compares it: small letters and digits alone, so that `Erdogan's F16` finds Erdoğan's F-16.

    Accents and signs are gone, words are parted by one space, and letters are joined to the digits beside them.
    """
    plain = INITIALS.sub(lambda found: found[0].replace(".", ""), unaccented(text).casefold())
    words = SIGNS.sub(" ", JOINED.sub("", OWNED.sub("", plain)))
    return DESIGNATION.sub("", words).strip()


def unaccented(text: str) -> str:
    """Return a text with plain letters, as a reader without the right keys types it: Tufekci for Tüfekci."""
    return MARKS.sub("", unicodedata.normalize("NFKD", text)).replace("ı", "i")


def fold_column(texts: pd.Series) -> pd.Series:
    """Return every text folded, as `fold` does."""
    return texts.map(fold).astype(texts.dtype)
