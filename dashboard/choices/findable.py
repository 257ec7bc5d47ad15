"""The labels of a list to choose from, with all that a reader may type to find each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from dashboard.choices.parameters import EVERY
from dashboard.tables.countries import written_names
from dashboard.tables.folding import unaccented


def findable(name: str, choices: Mapping[str, str], chosen: Sequence[str]) -> dict[str, str]:
    """Return labels that hold the other ways to write each choice, since a list is searched in the text that it shows.

    What is chosen already is no longer searched for, and stands with its label alone.
    """
    return {code: label if code in chosen else _all_names(name, code, label) for code, label in choices.items()}


@cache
def _all_names(name: str, code: str, label: str) -> str:
    shown = label
    others = written_names().get(code, ()) if EVERY[name].countries else ()
    for other in (*others, unaccented(code if code in label else label)):
        if unaccented(other).isascii() and other.casefold() not in shown.casefold():
            shown += f" · {other}"
    return shown
