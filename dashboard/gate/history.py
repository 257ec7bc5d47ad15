"""What the versions of the tables changed, as the page and the feed tell it: in plain sentences, since a version or a day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dashboard.gate.differences import differences
from dashboard.gate.sentences import changed, moved
from dashboard.gate.versions import Release, as_of, meant, releases, text
from dashboard.tables import check as checks
from dashboard.tables import csvfile, files
from dashboard.tables.csvfile import TextTable
from dashboard.tables.load import Tables
from dashboard.tables.model import type_tables


@dataclass(frozen=True)
class Account:
    """What differs between a version and the tables of now: sentences by the name of their table, and those on totals.

    `since` is that version; `is_meant` says whether it is the one that was asked for, and not the first for want of it.
    """

    since: Release
    is_meant: bool
    parts: dict[str, list[str]]
    totals: list[str]

    @property
    def count(self) -> int:
        """Return how many things changed."""
        return sum(map(len, self.parts.values()))


@lru_cache(maxsize=2)
def history(tables: Tables) -> list[Release]:
    """Return the versions that were released up to that of the tables, the oldest first; none where there is no log of them."""
    return releases(files.read_log(), tables.dictionary.version)


@lru_cache(maxsize=8)
def account(tables: Tables, since: str) -> Account | None:
    """Return what changed since a version or a day (YYYY-MM-DD), "" for since the version before; None where there is no log."""
    every = history(tables)
    if not every:
        return None
    asked = meant(since, every) if since else every[max(len(every) - 2, 0)].version
    base = next((one for one in every if one.version == asked), every[0])
    before = as_of(base.version, every, tables.dictionary.keys)
    found = list(differences(before, tables.texts, tables.dictionary.keys))
    names = dict.fromkeys(one.table for one in found)
    parts = {name: list(changed((one for one in found if one.table == name), tables.dictionary.keys)) for name in names}
    return Account(base, bool(asked), parts, _totals(before, tables) if found else [])


def _totals(before: dict[str, TextTable], now: Tables) -> list[str]:
    """Return the sentences on the totals that moved since former tables."""
    read = {name: csvfile.parse(f"{name}.csv", text(table).encode()) for name, table in before.items()}
    if set(read) != set(now.texts) or checks.find_faults(read, now.dictionary):
        return ["The former tables do not keep today's rules, so their totals are not compared."]
    return list(moved(type_tables(read, now.dictionary), now))


def of_release(release: Release, tables: Tables) -> list[str]:
    """Return what a version changed, in sentences; of the first, which has every row anew, none."""
    is_first = release.version == history(tables)[0].version
    return [] if is_first else list(changed(release.found, tables.dictionary.keys))
