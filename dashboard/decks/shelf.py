"""The decks that lie beside the tables, as they are on disk now; one with a fault stays as it was while that still holds."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from dashboard.decks.deck import Deck
from dashboard.decks.filling import faults
from dashboard.decks.reading import ENDING, Draft, read
from dashboard.tables import disk, load
from dashboard.tables.faults import Fault
from dashboard.tables.load import Tables

FOLDER = "decks"
LARGEST = 500_000  # bytes of a deck
GOOD: dict[Path, Draft] = {}  # each file as it was when it last had no fault


class Shelf(NamedTuple):
    """The decks by their names, and the faults of those files that have any."""

    decks: dict[str, Deck]
    faults: list[Fault]


def shelf(tables: Tables, today: date, folder: Path = disk.FOLDER) -> Shelf:
    """Return the decks of a data folder as they are now, and what is wrong with them; nothing is read again that has not changed."""
    return _read(tables, today, tuple(disk.state(path) for path in _files(folder)), folder)


def _files(folder: Path) -> list[Path]:
    return sorted((folder / FOLDER).glob(f"*{ENDING}"))


@lru_cache(maxsize=4)  # the tables shown and those before, and the trial of a maintainer
def _read(tables: Tables, today: date, states: tuple[object, ...], folder: Path) -> Shelf:
    """Read the decks of a folder; `states` only says that they have changed."""
    decks, wrong = {}, []
    for path in _files(folder):
        draft = read(path.name, _held(path))
        found = faults(tables, path.name, draft, today)
        if not found:
            GOOD[path] = draft
        wrong += found
        former = GOOD.get(path)
        if former and former.deck and not (found and faults(tables, path.name, former, today)):
            decks[former.deck.name] = former.deck
    return Shelf(decks, wrong)


def _held(path: Path) -> bytes | OSError:
    held = disk.content(path)
    return OSError("is too large") if isinstance(held, bytes) and len(held) > LARGEST else held


def find_faults(folder: Path, is_right: bool) -> list[Fault]:
    """Return the faults of all decks of a data folder; what they ask the tables for is looked at where the tables are right."""
    files = _files(folder)
    if not files or not is_right:
        return [fault for path in files for fault in read(path.name, _held(path)).faults]
    return shelf(load.load(folder), date.today(), folder).faults
