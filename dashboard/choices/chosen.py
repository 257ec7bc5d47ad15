"""What a reader chose, in words, and what an address asked for in vain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.choices.parameters import SHARED, Parameter
from dashboard.choices.texts import words
from dashboard.choices.understood import LONGEST
from dashboard.tables.folding import fold
from dashboard.tables.load import Tables
from dashboard.words import listed

NAMED = 3  # values that are named of those left out
LETTERS = 80  # of the name of a file that say what was chosen


def in_words(tables: Tables, values: Mapping[str, tuple[str, ...]], among: Sequence[Parameter] = SHARED) -> list[str]:
    """Return what the `values` of filters ask for, the shared ones or those given, a phrase each: `Domain: Naval or Air`; none where it is all."""
    return [
        f"{parameter.label}: {_value_words(tables, parameter, values[parameter.name])}"
        for parameter in among
        if parameter.name in values
    ]


def in_file_name(chosen: Sequence[str]) -> str:
    """Return phrases of `in_words` as a part of the name of a file, as far as there is room: `domain-naval`."""
    words = "-".join(fold(words).replace(" ", "-") for words in chosen)
    return words if len(words) <= LETTERS else f"{words[:LETTERS].rpartition('-')[0]}-and-more"


def _value_words(tables: Tables, parameter: Parameter, values: tuple[str, ...]) -> str:
    if parameter.choices is None:
        return f"“{values[0]}”" if parameter.text is words else values[0]
    labels = [parameter.choices(tables)[value] for value in values]
    if not parameter.several:
        return labels[0].lower()
    return listed(labels) if parameter.every else " or ".join(labels)


def left_out(parameter: Parameter, values: Sequence[str], has_value: bool) -> str:
    """Return a sentence that names what was left out, cut where it is long."""
    first, *others = [f"“{text if len(text) <= LONGEST else text[: LONGEST - 1] + '…'}”" for text in values[:NAMED]]
    others += [f"{len(values) - NAMED:,} more"] if len(values) > NAMED else []
    if has_value and not parameter.several:
        return f"This link asks for {parameter.noun} more than once; besides the first, {listed([first, *others])} was left out."
    more = f", and so {'was' if len(values) == 2 else 'were'} {listed(others)}" if others else ""
    return f"This link asks for {parameter.noun} {first} that {parameter.lacking}; it was left out{more}."
