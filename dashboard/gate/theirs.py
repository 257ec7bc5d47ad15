"""What a cell of another house's register means in ours: states, numbers, money, dates, and marks of doubt."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from dashboard.gate.entry import Row
from dashboard.gate.mapping import DELIVERED, YEAR
from dashboard.tables import dates, numbers
from dashboard.tables.check.damage import RUN
from dashboard.tables.check.meant_keys import TABLE, nearest_key
from dashboard.tables.columns import Column
from dashboard.tables.countries import meant
from dashboard.tables.folding import fold
from dashboard.tables.spelling import plain

BLANK = frozenset(("", "-", "–", "..", ". .", "…", "n/a", "?", "unknown"))
FORMULA = ("=", "+", "-", "@", "\t", "\r")
YEARS = re.compile(r"(?<![0-9])(?:1[89]|20)[0-9]{2}(?![0-9])")
DAY = re.compile(r"([0-9]{1,2})\.? ([A-Za-z]+)\.?,? ([0-9]{4})")  # 5 July 2018
DAY_LATER = re.compile(r"([A-Za-z]+)\.? ([0-9]{1,2}),? ([0-9]{4})")  # July 5, 2018
NUMBER = re.compile(r"[0-9][0-9.,'’ \u00a0\u202f]*")
POWERS = {"thousand": 1e-3, "million": 1.0, "mn": 1.0, "m": 1.0, "billion": 1e3, "bn": 1e3, "b": 1e3}  # in millions
POWER = re.compile(rf"[0-9.,\s]({'|'.join(sorted(POWERS, key=len, reverse=True))})s?\b", re.IGNORECASE)
BRACKETS = re.compile(r"\((.*)\)")


def states(cell: str, names: Mapping[str, str], ours: Collection[str]) -> str:
    """Return the alpha-3 codes of the states that a cell names, joined by semicolons.

    `names` are folded names and the codes that they stand for; a name that is not there may still be one of the many that
    a state has. Raises ValueError, with the problem and the remedy, for what is no state that we know, and LookupError,
    with its name, for a state that is not among `ours`.
    """
    found: list[str] = []
    for name in filter(None, (part.strip(" *") for part in cell.split(";"))):
        code = names.get(fold(name)) if fold(name) in names else meant(name) or None
        if code is None:
            remedy = f"Name it under [countries] in a mapping file. {nearest_key(TABLE, name, list(ours))}"
            raise ValueError("is no state that we know", remedy)
        if code not in ours:
            raise LookupError(name)
        found.append(code)
    return ";".join(found)


def unmarked(cell: str) -> tuple[str, bool]:
    """Return a cell without the marks of doubt that registers use, `(4)` or `4?`, and whether it has one."""
    text = cell.strip(" *")
    if bracketed := BRACKETS.fullmatch(text):
        return bracketed[1].strip(), True
    return text.rstrip("? "), text.endswith("?")


def meaning(cell: str, ours: str, column: Column | None, value_in: float) -> str:
    """Return a cell without marks of doubt as it stands in our column, "" for a blank.

    Raises ValueError, with the problem and the remedy, for one that cannot be understood.
    """
    if cell.casefold() in BLANK:
        return ""
    if ours == YEAR or (column and (column.is_date or column.type == "date")):
        return day(cell, is_last=ours == "end")
    if ours == DELIVERED or (column and column.type == "integer"):
        return whole(cell)
    if column and column.type == "number":
        return millions(cell, value_in)
    if cell.startswith(FORMULA):
        raise ValueError(*RUN)
    if not (text := plain(" ".join(cell.split()))).isprintable():
        raise ValueError("holds a control character", "Write the cell without it")
    return text


def day(cell: str, is_last: bool) -> str:
    """Return a date no more exact than it is certain to be meant: `01/02/2018` is 2018; of several years the first or last."""
    if dates.is_date(cell):
        return cell
    for form, order in ((DAY, (3, 2, 1)), (DAY_LATER, (3, 1, 2))):
        if found := form.fullmatch(cell):
            year, word, number = found.group(*order)
            month = next((at for at, name in enumerate(dates.MONTHS, 1) if name[:3] == word[:3].title()), 0)
            if dates.is_date(exact := f"{year}-{month:02}-{int(number):02}"):
                return exact
    if not (years := YEARS.findall(cell)):
        raise ValueError("is not a date", "Write YYYY, YYYY-MM or YYYY-MM-DD")
    return max(years) if is_last else min(years)


def whole(cell: str) -> str:
    """Return a number of pieces."""
    found = NUMBER.fullmatch(cell)
    readings = [reading for reading in numbers.readings(cell.strip()) if reading.isdigit()] if found else []
    if not readings:
        raise ValueError("is not a whole number", "Write digits only")
    return readings[0]


def millions(cell: str, value_in: float) -> str:
    """Return an amount of money in millions: its words say in what it counts, else `value_in`, so many millions."""
    found, power = NUMBER.search(cell), POWER.search(cell)
    readings = numbers.readings(found[0].strip(" ,.")) if found else []
    if not readings:
        raise ValueError("is not an amount", "Write digits, and “million” or “billion”")
    factor = POWERS[power[1].casefold()] if power else value_in
    return numbers.canonical(f"{float(readings[0]) * factor:.6f}")


def is_unfinished(cells: Row) -> bool:
    """Say whether fewer pieces were handed over than ordered, so that the last year of a handover is no end."""
    given, ordered = cells.get(DELIVERED, ""), cells.get("quantity", "")
    return bool(given and ordered) and int(given) < int(ordered)
