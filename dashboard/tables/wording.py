"""Which vague words of likelihood our own texts use, for a maintainer to reword or to confirm.

Intelligence standards ask that likelihood be said in a few fixed terms, so that a reader takes each as it was meant.
Two such lists are the yardsticks here: ICD 203, *Analytic Standards*, of the US Director of National Intelligence,
and the PHIA Probability Yardstick of the UK. Their terms may be used freely; any other word of likelihood is either
replaced by one of them, or by who says it, or confirmed, such as where a named source is the one who is unsure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from dashboard.tables.csvfile import Fault, TextTable
from dashboard.tables.dictionary import Dictionary

# The columns that hold our own words on what happened.
LOOKED_AT = (("deals", "summary"), ("gaps", "found"))
COLUMNS = ["table", "key", "column", "word"]  # of the confirmed words

YARDSTICK = (
    "almost no chance", "remote chance", "remote", "highly unlikely", "very unlikely", "highly improbable", "unlikely",
    "improbable", "improbably", "realistic possibility", "roughly even chance", "roughly even odds", "likely", "probable",
    "probably", "highly likely", "very likely", "highly probable", "almost certain", "almost certainly", "nearly certain",
)  # fmt: skip
VAGUE = (
    "alleged", "allegedly", "apparent", "apparently", "appear", "appeared", "appears", "arguably", "assumed", "believed",
    "conceivably", "could", "may", "maybe", "might", "perhaps", "possibility", "possible", "possibly", "potentially",
    "presumably", "presumed", "purported", "purportedly", "reportedly", "rumored", "rumoured", "said to", "seem", "seemed",
    "seemingly", "seems", "supposedly", "suspected", "thought to", "understood to",
)  # fmt: skip
# What looks like one of these words and is not: the month (or a name) of May, strength, and what somebody was unable to do.
MONTH = r"(?-i:May)(?! (?:also|be|have|not|still|well)\b)|(?<=[\w,;] )(?-i:May)"
FRIENDS = (MONTH, r"(?:military|naval|air|industrial|economic) might", r"could not", r"couldn[’']t")
PASSED = re.compile("|".join([rf"\b(?:{word})\b" for word in [*FRIENDS, *YARDSTICK]]), re.IGNORECASE)
FLAGGED = re.compile(rf"\b(?:{'|'.join(sorted(VAGUE, key=len, reverse=True))})\b", re.IGNORECASE)

PROBLEM = "is a vague word of likelihood"
REMEDY = (
    "Say who says so or use a term of the yardstick (remote chance, unlikely, likely, …), "
    "or confirm it with the line “{}” in confirmed-words.csv"
)


def vague_words(text: str) -> list[str]:
    """Return the vague words of likelihood in a text, in lower case, each once, in their order."""
    words = FLAGGED.findall(PASSED.sub("·", text))
    return list(dict.fromkeys(word.casefold() for word in words))


def find_unconfirmed(tables: Mapping[str, TextTable], dictionary: Dictionary, confirmed: TextTable) -> list[Fault]:
    """Return a fault for each vague word that nobody confirmed, and for each confirmation that has lost its word.

    Takes the tables as text by their names, and the confirmed words: columns table, key, column and word.
    """
    if confirmed.header and confirmed.header != COLUMNS:
        problem = f"is not the header {','.join(COLUMNS)}"
        return [
            *confirmed.faults,
            _fault(confirmed, confirmed.top, confirmed.header, problem, "Restore the header row"),
        ]
    said = dict(_words(tables, dictionary))
    given = {tuple(row): line for row, line in zip(confirmed.rows, confirmed.lines, strict=True)}
    unconfirmed = [fault for entry, fault in said.items() if entry not in given]
    stale = [
        _fault(confirmed, line, entry, "confirms a word that is not there", "Remove the line")
        for entry, line in given.items()
        if entry not in said
    ]
    return [*confirmed.faults, *unconfirmed, *stale]


def _fault(table: TextTable, line: int, row: Iterable[str], problem: str, remedy: str) -> Fault:
    return Fault(table.file, line, "", ",".join(row), problem, remedy)


def _words(tables: Mapping[str, TextTable], dictionary: Dictionary) -> Iterator[tuple[tuple[str, ...], Fault]]:
    """Yield each vague word there is, as it would be confirmed, and the fault it is until then."""
    for name, column in LOOKED_AT:
        table, key = tables[name], dictionary.key(name)[0]
        if not {column, key} <= set(table.header):
            continue
        at, key_at = table.header.index(column), table.header.index(key)
        for line, row in zip(table.lines, table.rows, strict=True):
            for word in vague_words(row[at]):
                entry = (name, row[key_at], column, word)
                yield entry, Fault(table.file, line, column, word, PROBLEM, REMEDY.format(",".join(entry)))
