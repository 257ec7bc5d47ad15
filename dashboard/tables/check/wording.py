"""Which vague words of likelihood our own texts use, for a maintainer to reword or to confirm.

Terms of the yardsticks may be used freely; any other word of likelihood is either replaced by one of them, or by who
says it, or confirmed, such as where a named source is the one who is unsure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dashboard.tables.check.likelihood import vague_words
from dashboard.tables.csvfile import TextTable
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.faults import Fault
from dashboard.tables.uncollected import uncollected

# The columns that hold our own words on what happened.
LOOKED_AT = (("deals", "summary"), ("gaps", "found"))
COLUMNS = ["table", "key", "column", "word"]  # of the confirmed words


PROBLEM = "is a vague word of likelihood"
REMEDY = (
    "Say who says so or use a term of the yardstick (remote chance, unlikely, likely, …), "
    "or confirm it with the line “{}” in confirmed-words.csv"
)


@uncollected()
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
    said = dict(words(tables, dictionary))
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


def words(tables: Mapping[str, TextTable], dictionary: Dictionary) -> Iterator[tuple[tuple[str, ...], Fault]]:
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
