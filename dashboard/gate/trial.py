"""What an edit would do if it were published: its faults; else what it changes, and the tables as they would be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from dashboard.gate import dropped
from dashboard.gate.differences import JOINED, Difference, differences
from dashboard.gate.dropped import CONFIRMED_WORDS, Upload
from dashboard.gate.sentences import changed, moved
from dashboard.tables import check as checks
from dashboard.tables import csvfile
from dashboard.tables.check import wording
from dashboard.tables.csvfile import TextTable
from dashboard.tables.faults import Fault
from dashboard.tables.files import read_confirmed
from dashboard.tables.form import ordered
from dashboard.tables.model import Tables, type_tables

UNPUBLISHED = "+unpublished"  # after the version, wherever it is named


@dataclass(frozen=True, eq=False)
class Trial:
    """What came of an edit.

    `faults` are those that the check names; where there are none, `said` are sentences on what changes and `moved` on
    which totals are others, and `tables` are all tables with the edit in them, None where no cell changes. `deals` and
    `statements` are the keys of those that the edit touches and that are there after it, `touched` the names of tables.
    `passed` are sheets that are no table of ours.
    """

    faults: list[Fault]
    passed: list[str]
    said: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    tables: Tables | None = None
    deals: list[str] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)
    touched: list[str] = field(default_factory=list)


@lru_cache(maxsize=4)  # of all readers together: another look is worked out anew
def tried(published: Tables, uploads: tuple[Upload, ...]) -> Trial:
    """Return what files would do to the published tables; nothing is written anywhere."""
    before, confirmed = published.texts, read_confirmed()
    given = dropped.read(uploads, before, published.dictionary)
    confirmed = given.texts.pop(CONFIRMED_WORDS, confirmed)
    texts = {**before, **given.texts}
    checked = (texts, published.dictionary)
    faults = given.faults or [*checks.find_faults(*checked), *wording.find_unconfirmed(*checked, confirmed)]
    if faults:
        return Trial(faults, given.passed)
    return _compared(
        published, before, {name: _formed(published, name, text) for name, text in given.texts.items()}, given.passed
    )


def _formed(published: Tables, name: str, table: TextTable) -> bytes:
    """Return a table in its one form, so that only what it says differs from the published one."""
    dictionary = published.dictionary
    return ordered(table, list(dictionary.tables[name].values()), dictionary.key(name))


def _compared(
    published: Tables, before: Mapping[str, TextTable], files: Mapping[str, bytes], passed: list[str]
) -> Trial:
    """Return what files without faults change."""
    dictionary = published.dictionary
    after = {**before, **{name: csvfile.parse(dictionary.path(name), content) for name, content in files.items()}}
    found = list(differences(before, after, dictionary.keys))
    if not found:
        return Trial([], passed)
    stamp = hashlib.sha256(repr((published.stamp, sorted(files.items()))).encode()).hexdigest()
    tables = type_tables(after, dictionary, f"tried-{stamp}")
    tables = replace(tables, version=tables.version + UNPUBLISHED)
    deals = _present(tables.deals["deal_id"], _keys(found, "deals") | _keys(found, "milestones"))
    statements = _present(tables.quotes["quote_id"], _keys(found, "quotes"))
    touched = list(dict.fromkeys(one.table for one in found))
    said = list(changed(found, dictionary.keys))
    return Trial([], passed, said, list(moved(published, tables)), tables, deals, statements, touched)


def _keys(found: list[Difference], table: str) -> set[str]:
    """Return the first part of the key of each row of a table that differs."""
    return {one.key.split(JOINED)[0] for one in found if one.table == table}


def _present(keys: Iterable[str], touched: set[str]) -> list[str]:
    return [key for key in keys if key in touched]
