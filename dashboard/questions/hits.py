"""What a search looks through and what it answers with: an entry, and a result that says what it is and how sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

Row = Mapping[str, Any]


class Mark(NamedTuple):
    """One thing that says how sure a result is; `grade` is an Admiralty grade, or none where it is an opinion."""

    words: str
    grade: str = ""
    is_doubted: bool = False


@dataclass(frozen=True, eq=False)
class Entry:
    """One thing that can be found: the texts that a search looks into, from the most telling to the least.

    `countries` are the codes of the states it concerns. `row` is what `describe` makes a result of.
    """

    kind: str
    row: Row
    title: str
    names: str = ""
    text: str = ""
    countries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """One result: what it is, how sure, and the page that shows it with that page's own choices.

    `is_exact` says that `text` gives a speaker's own words.
    """

    title: str
    what: str
    sure: tuple[Mark, ...]
    page: str
    own: Mapping[str, str]
    text: str = ""
    is_exact: bool = False
