"""The choices of a list with all that a reader may type to find each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from dashboard.choices.parameters import EVERY
from dashboard.tables.countries import written_names
from dashboard.tables.folding import unaccented

Findable = tuple[tuple[str, ...], ...]


def with_names(name: str, choices: Mapping[str, str]) -> Findable:
    """Return each choice of the list `name`: its code, its label, and its other names, where it is a country."""
    countries = EVERY[name].countries
    return tuple((code, label, *(_other_names(code, label) if countries else ())) for code, label in choices.items())


@lru_cache(maxsize=1024)
def _other_names(code: str, label: str) -> tuple[str, ...]:
    """Return the names of a country that are not in its label, as far as they can be typed on any keyboard."""
    others: dict[str, str] = {}
    for other in written_names().get(code, ()):
        if unaccented(other).isascii() and other.casefold() not in label.casefold():
            others.setdefault(other.casefold(), other)
    return tuple(others.values())
