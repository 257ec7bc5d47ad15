"""What the code must know of an allowed value, which the data package says beside it; and what it lacks.

A value is more than a word: a kind of dealing is trade, a tie or a measure; a status is open or over. The code reads
this from the categories of `datapackage.json` and holds no list of values of its own, so that a new value needs no
new code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from dashboard.tables.check import identity
from dashboard.tables.dictionary import Dictionary

# How the sides of a dealing stand to each other: one supplies the other, both are equals, one acts against the other.
FAMILIES = ("trade", "tie", "measure")
# The ways in which a figure or a sample is filled.
PATTERNS = ("solid", "hatched", "crossed", "dotted", "lined", "outlined")
SHAPES = (
    "circle", "circle-open", "square", "diamond", "diamond-open", "triangle-right", "star", "hourglass", "x", "line-ns",
)  # fmt: skip
SIDES = ("asserts", "denies", "comments")
MARKS = ("dot", "ring", "area")
CITED_AS = ("article", "report", "official report", "dataset", "post", "page")

Test = Callable[[Any], bool]


def _one_of(*allowed: object) -> tuple[Test, str]:
    return lambda said: said in allowed and type(said) in map(type, allowed), f"one of {', '.join(map(str, allowed))}"


TRUTH: tuple[Test, str] = (lambda said: isinstance(said, bool), "true or false")
COLOUR: tuple[Test, str] = (
    lambda said: isinstance(said, str) and bool(re.fullmatch("#[0-9A-Fa-f]{6}", said)),
    "a colour such as #0072B2",
)
SIGN: tuple[Test, str] = (lambda said: isinstance(said, str) and len(said) == 1, "one sign, such as ■")
STAGE: tuple[Test, str] = (
    lambda said: said is None or (isinstance(said, int) and not isinstance(said, bool) and said > 0),
    "its place on the ladder from idea to delivery, 1 being the first, or null where it stands apart",
)

# By table and column, what each category must say: its name, whether a value will do, and what will do in words.
NEEDED: dict[tuple[str, str], dict[str, tuple[Test, str]]] = {
    ("deals", "domain"): {"colour": COLOUR, "glyph": SIGN},
    ("deals", "kind"): {"family": _one_of(*FAMILIES), "priced": TRUTH},
    ("deals", "status"): {
        "stage": STAGE,
        "summed": TRUTH,  # may its value be added up?
        "open": TRUTH,  # may it still go on?
        "agreed": TRUTH,  # or only proposed and talked about
        "doubted": TRUTH,  # is it in doubt that it took place at all?
        "pattern": _one_of(*PATTERNS),
    },
    ("deals", "value_basis"): {"pattern": _one_of(*PATTERNS)},
    ("milestones", "kind"): {"shape": _one_of(*SHAPES), "completes": TRUTH},
    ("quotes", "stance"): {"side": _one_of(*SIDES)},
    ("quotes", "form"): {"exact": TRUTH},
    ("places", "precision"): {"drawn": _one_of(*MARKS)},
    ("sources", "kind"): {"cited_as": _one_of(*CITED_AS)},
}


def lacking(dictionary: Dictionary) -> Iterator[tuple[str, str, str]]:
    """Yield what the package and its categories do not say and should: of what, the problem and the remedy."""
    yield from identity.lacking(dictionary.descriptor)
    glyphs: dict[Any, str] = {}
    for value, glyph in (
        (key, said.get("glyph")) for key, said in dictionary.tables["deals"]["domain"].meanings.items()
    ):
        if glyph in glyphs:
            yield f"deals.domain: {value}", f"has the glyph of “{glyphs[glyph]}”", "Give each domain a sign of its own"
        glyphs[glyph] = value
    for table, columns in dictionary.tables.items():
        for name, described in columns.items():
            for value, label in described.choices.items():
                if not isinstance(label, str) or not label:
                    yield (
                        f"{table}.{name}: {value}",
                        f"has a “label” that cannot be used: {label!r}",
                        "Write it in words",
                    )
    for (table, column), needed in NEEDED.items():
        for value, meaning in dictionary.tables[table][column].meanings.items():
            for name, (fits, words) in needed.items():
                if name not in meaning:
                    yield f"{table}.{column}: {value}", f"has no “{name}”", f"Say beside it in its category: {words}"
                elif not fits(meaning[name]):
                    problem = f"has a “{name}” that cannot be used: {meaning[name]!r}"
                    yield f"{table}.{column}: {value}", problem, f"Write {words}"
