"""How texts are compared: one folding for every search, on both sides of it, and for names."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.tables.spelling import LOOK_ALIKES

if TYPE_CHECKING:  # the check compares names and starts without pandas, which takes a second to import
    import pandas as pd

MARKS = re.compile("[\u0300-\u036f]")  # the accents that a letter is parted from when it is folded
APOSTROPHES = re.compile("['’‘ʼ`´]")
OWNED = re.compile(rf"{APOSTROPHES.pattern}s\b")  # "Erdoğan's" is found as Erdoğan
# O'Brien, co-production
JOINED = re.compile(rf"{APOSTROPHES.pattern}|(?<=[^\W\d_])[\-\u2010-\u2015\u2212](?=[^\W\d_])")
INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")  # U.S. is US, and U.A.E UAE
# Signs of vowels in Indian and Arabic writing are parts of words, though `\w` leaves them out.
VOWELS = "".join(sign for sign in map(chr, range(0x370, 0xABFF)) if unicodedata.category(sign)[0] == "M")
SIGNS = re.compile(rf"[^\w{VOWELS}]+|_+")
# F-16, F 16 and F16 are one name; so are 155 mm and 155mm.
DESIGNATION = re.compile(r"(?<=[^\W\d_]) (?=\d)|(?<=\d) (?=[^\W\d_])")
WORD = re.compile(r"[^\W_]+")
NAME = 300  # letters at most; what is longer is compared once, and a flood of it would fill the memory
APART = re.compile(r"\b([^\W\d_]{1,3})[-\u2010-\u2015 ](?=\d)")  # F-16, TB 2
ASCII_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
# Turkish letters without a dot, and those that stand for Turkish ones where Windows-1254 was read as Windows-1252.
TURKISH = str.maketrans("ıðÐþÞýÝ", "igGsSiI")


def fold(text: str) -> str:
    """Return a text as a search compares it: small letters and digits alone, so that `Erdogan's F16` finds Erdoğan's F-16.

    Accents and signs are gone, words are parted by one space, and letters are joined to the digits beside them.
    """
    return _remembered(text) if len(text) <= NAME else _folded(text)


@lru_cache(maxsize=8192)  # names are compared over and over
def _remembered(name: str) -> str:
    return _folded(name)


def _folded(text: str) -> str:
    plain = INITIALS.sub(lambda found: found[0].replace(".", ""), unaccented(text).casefold())
    words = SIGNS.sub(" ", JOINED.sub("", OWNED.sub("", plain)))
    return DESIGNATION.sub("", words).strip()


def words_of(text: str) -> list[str]:
    """Return the words of a name one by one, without accents and capitals, where `fold` joins what a search takes for one.

    `TB-2` and `F 16` are one word each; `Alpha-class` is two, and so are the words of `T129 ATAK`.
    """
    return WORD.findall(APART.sub(r"\1", unaccented(text).casefold()))


def unaccented(text: str) -> str:
    """Return a text with plain letters, as a reader without the right keys types it: Tufekci for Tüfekci."""
    if text.isascii():
        return text
    return MARKS.sub("", unicodedata.normalize("NFKD", text)).translate(TURKISH)


def fold_column(texts: pd.Series) -> pd.Series:
    """Return every text folded, as `fold` does."""
    return texts.map(fold).astype(texts.dtype)


def fold_name(name: str) -> str:
    """Return what is left of a name where spaces, apostrophes and the script of a letter do not count either.

    Two names that differ in no more are one: The Print is ThePrint, and Janes is Jane's, though a search parts words.
    """
    if name.isascii():  # the same, in a tenth of the time
        return name.lower().encode().translate(None, ASCII_SIGNS).decode()
    return fold(APOSTROPHES.sub("", name).translate(LOOK_ALIKES)).replace(" ", "")
