"""Which value a text of an address stands for: a code, a label, any name of a country, or two countries in either order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from dashboard.choices.parameters import Parameter
from dashboard.questions.comparable import JOINT
from dashboard.tables.countries import every_name, meant
from dashboard.tables.folding import fold
from dashboard.tables.load import Tables

LONGEST = 100  # letters of a value; 100 kB of one made an answer of 12 MB, since every link carried it
BETWEEN = re.compile(r"[-–—,;|/&+>]| (?:and|to|with) ")  # two countries


def understood(tables: Tables, parameter: Parameter, text: str) -> str:
    """Return the value that a text stands for, whatever its letter case, signs and spaces; "" where it is none."""
    if len(text) > (parameter.longest or LONGEST):
        return ""
    if parameter.choices is None:
        return parameter.text(text)
    if parameter.text is not str:
        found = parameter.text(text)
        return found if found in parameter.choices(tables) else ""
    return _named(tables, parameter, text) or (_joined(tables, parameter, text) if parameter.pairs else "")


def _named(tables: Tables, parameter: Parameter, text: str) -> str:
    """Return the value that a text names by its code, its label or, of a country, any other name; "" for none."""
    choices, known = _meanings(tables, parameter)
    if text in choices:
        return text
    code = meant(text) if parameter.countries else ""
    return known.get(_bare(text), code if code in choices else "")


def _joined(tables: Tables, parameter: Parameter, text: str) -> str:
    """Return the value of two countries, in whichever order and with whatever between them: `pak, Türkiye`."""
    choices, _ = _meanings(tables, parameter)
    for joint in BETWEEN.finditer(text):
        one, other = (_named(tables, parameter, part) for part in (text[: joint.start()], text[joint.end() :]))
        for key in (f"{one}{JOINT}{other}", f"{other}{JOINT}{one}"):
            if key in choices:
                return key
    return ""


@lru_cache(maxsize=128)
def _meanings(tables: Tables, parameter: Parameter) -> tuple[Mapping[str, str], dict[str, str]]:
    """Return the allowed values of a parameter, and the value of each code, label and other name of a country, folded."""
    choices = parameter.choices(tables) if parameter.choices else {}
    known: dict[str, str] = {_bare(value): value for value in reversed([*choices])}
    for value, label in choices.items():
        known.setdefault(_bare(label), value)
        for name in every_name().get(value, ()) if parameter.countries else ():
            known.setdefault(_bare(name), value)
    known.pop("", None)
    return choices, known


def _bare(text: str) -> str:
    return fold(text).replace(" ", "")
