"""Which key is proposed for a new row: made from its words in the style of the keys in its table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from itertools import count
from typing import NamedTuple

from dashboard.tables.csvfile import TextTable
from dashboard.tables.folding import fold_name, words_of

WORDS = 5  # of a title, at most; a longer key is no easier to know again
BRACKET = re.compile(r"[(\[].*?[)\]]")
JOINED = re.compile("['’‘]")  # O'Brien is one word
DATED = re.compile(r"(.+?)-[0-9]{4}(?:-|$)")  # a key that ends in the date of its row, and what stands before it
IDLE = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"))


class Style(NamedTuple):
    """What a key is made of: the column of words, that of the date (or ""), how much of it, and how many last words."""

    words: str
    date: str = ""
    length: int = 0
    last: int = 0


STYLES = {
    "deals": Style("title"),
    "places": Style("name"),
    "quotes": Style("analyst", "date", len("2018"), last=1),
    "sources": Style("publisher", "published", len("2018-07-05")),
}


def proposed(table: str, row: Mapping[str, str], rows: TextTable, taken: Collection[str]) -> str:
    """Return a key for a new row that no other row has, "" where its words give none.

    Takes the name of the table, the cells of the new row by their columns, the rows there are, and their keys. What the
    keys of the same speaker or publisher begin with, the new one begins with too.
    """
    style = STYLES[table]
    stem = _usual(style, row, rows, taken) or _made(style, row.get(style.words, ""))
    day = row.get(style.date, "").rstrip("~?")[: style.length]
    return _free("-".join(filter(None, [stem, day])), taken) if stem else ""


def _usual(style: Style, row: Mapping[str, str], rows: TextTable, taken: Collection[str]) -> str:
    """Return what the dated keys of the rows of the same name mostly begin with, "" where there are none."""
    name = fold_name(row.get(style.words, ""))
    same = [key for key, cell in zip(taken, rows.column(style.words), strict=True) if fold_name(cell) == name]
    stems = Counter(found[1] for key in same if style.date and (found := DATED.match(key)))
    return stems.most_common(1)[0][0] if stems else ""


def _made(style: Style, text: str) -> str:
    """Return the words of a text that tell most, joined by hyphens, in the letters a to z and digits."""
    words = re.findall("[a-z0-9]+", " ".join(words_of(JOINED.sub("", BRACKET.sub("", text)))))
    telling = [word for word in words if word not in IDLE] or words
    return "-".join(telling[-style.last :][:WORDS])


def _free(key: str, taken: Collection[str]) -> str:
    """Return a key, with the first number that makes it one of its own where it is taken."""
    return next(free for number in count(1) if (free := f"{key}-{number}" if number > 1 else key) not in taken)
