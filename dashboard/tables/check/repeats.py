"""Which rows bear what must stand in one row alone."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from dashboard.tables.check import schema
from dashboard.tables.check.reasons import Reason
from dashboard.tables.columns import Column

# What a rule looks at in each row, and what is wrong with that, where anything is.
Look = tuple[Sequence[Hashable], Mapping[Hashable, list[Reason]]]


def worths(kind: str, cells: Sequence[str], *, has_case: bool = False) -> list[str | float | None]:
    """Return what cells stand for when they are compared: numbers by what they are, not how they are spelt; blanks None.

    Words are the same in capitals and small letters, but in a column that `has_case`.
    """
    if kind in schema.FIGURES:
        return [float(cell) if schema.fits(kind, cell) else None for cell in cells]
    return [(cell if has_case else cell.casefold()) or None for cell in cells]


def repeated(names: list[str], known: dict[str, Column], cells: Mapping[str, Sequence[str]], lines: list[int]) -> Look:
    """Return each row that bears in all these columns what a row before it bears; a blank cell bears nothing."""
    columns = [worths(known[name].type, cells[name], has_case=name == "url") for name in names]
    borne: Sequence[Hashable] = columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))
    nothing = None if len(columns) == 1 else (None,) * len(columns)
    seen: dict[Hashable, int] = {}
    broken: dict[Hashable, list[Reason]] = {}
    for row, worth in enumerate(borne if len(set(borne)) < len(borne) else ()):
        if worth in seen:
            value = ", ".join(cells[name][row] for name in names)
            problem = f"is on line {lines[seen[worth]]} too"
            broken[row] = [(", ".join(names), value, problem, "Give every row its own, or remove one of them")]
        if worth != nothing:
            seen[worth] = row
    return range(len(lines)), broken
