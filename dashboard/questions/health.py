"""How well the tables are filled in, and what in them is weak or old: figures, each with the rows behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dashboard.questions.deals import is_trade
from dashboard.questions.groups import GROUPS, concerning
from dashboard.questions.whole import Want, found, is_blank
from dashboard.tables import dates
from dashboard.tables.columns import Column
from dashboard.tables.load import Tables

CHECKED = ("deals", "gaps")  # the tables whose rows say when they were last checked
VALUE = "value_usd_m"


@dataclass(frozen=True)
class Part:
    """How many cells of a column are filled in, `filled` of `whole`; `rows` asks for the rows that are."""

    filled: int
    whole: int
    rows: Want

    @property
    def share(self) -> float:
        """Return the share that is filled in, 0 to 1; of nothing, 0."""
        return self.filled / self.whole if self.whole else 0.0


@dataclass(frozen=True)
class Coverage:
    """How far a column is filled in: of the whole table in `every`, and of each domain, by its code, in `domains`.

    `lacking` asks for the rows where it is not. `note` says what a blank means where it is more than that nothing is known.
    """

    column: Column
    every: Part
    domains: dict[str, Part]
    lacking: Want
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """A number of rows with its words; `rows` asks for them, `whole` is how many there are of that sort, 0 for no share."""

    count: int
    whole: int
    words: str
    rows: Want


@lru_cache(maxsize=16)
def coverage(tables: Tables, name: str) -> list[Coverage]:
    """Return how far each column of a table that may be blank is filled in.

    A value is looked for in trade deals alone: a tie has no price to disclose, so it is neither filled in nor lacking.
    """
    return [_of(tables, name, column) for column in tables.dictionary.tables[name].values() if not column.required]


def _of(tables: Tables, name: str, column: Column) -> Coverage:
    rows = getattr(tables, name)
    filled, asked, lacking, note = ~is_blank(rows[column.name]), rows.index, Want(name, blank=(column.name,)), ""
    is_value = (name, column.name) == ("deals", VALUE)
    if is_value:
        asked = rows.index[is_trade(rows)]
        lacking, note = (
            Want(name, only="undisclosed"),
            "of trade deals; blank is not disclosed, never zero",
        )

    def part(*codes: str) -> Part:
        concerned = concerning(tables, name, codes) if codes else None
        those = asked if concerned is None else asked.intersection(rows.index[concerned])
        own = {"only": "public-value"} if is_value else {"filled": (column.name,)}
        return Part(int(filled[those].sum()), len(those), Want(name, part=codes, **own))  # ty: ignore

    has_domains = concerning(tables, name, ()) is not None
    return Coverage(
        column, part(), {code: part(code) for code in domains(tables)} if has_domains else {}, lacking, note
    )


def domains(tables: Tables) -> dict[str, str]:
    """Return the domains that any deal is of, codes to words."""
    used = set(tables.deals["domain"])
    return {code: label for code, label in tables.dictionary.choices("deals", "domain").items() if code in used}


@lru_cache(maxsize=2)
def figures(tables: Tables) -> list[Figure]:
    """Return what is to be known of the whole: values, origins, dates, addresses, deals not heard of, open questions."""
    deals, trade = len(tables.deals), int(is_trade(tables.deals).sum())
    shares = {name: deals for name, group in GROUPS.items() if group.tables == ("deals",)}
    shares |= {"public-value": trade, "undisclosed": trade}
    counted = [_figure(tables, Want("deals", only=name), whole, GROUPS[name].words) for name, whole in shares.items()]
    counted.append(
        _figure(tables, Want("sources", blank=("url",)), len(tables.sources), "publications without a public address")
    )
    counted.append(_figure(tables, Want("gaps"), 0, "questions that were looked for and not answered"))
    return [*counted, *_oldest(tables)]


def _figure(tables: Tables, want: Want, whole: int, words: str) -> Figure:
    return Figure(len(found(tables, want)), whole, words, want)


def _oldest(tables: Tables) -> Iterator[Figure]:
    """Yield of each table that says so the rows that were checked longest ago."""
    for name in CHECKED:
        rows: Any = getattr(tables, name)
        if len(rows):
            day = dates.format_date(rows["last_checked"].min())
            words = f"{tables.dictionary.resources[name]['title'].lower()} last checked longest ago, on {day}"
            yield _figure(tables, Want(name, only="oldest"), len(rows), words)
