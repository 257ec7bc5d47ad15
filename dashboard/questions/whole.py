"""One table of the data set, whole: which of its rows a reader asks for, in which order, and what its cells say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from dashboard.questions.groups import GROUPS, concerning
from dashboard.questions.search import having
from dashboard.tables.folding import fold, fold_column
from dashboard.tables.load import Tables
from dashboard.words import listed

FALLING = "-"  # before the name of a column: the largest or the latest first


@dataclass(frozen=True)
class Want:
    """The rows that are asked for of a `table`; what is left out asks for all.

    `find` are words that a row has, `blank` and `filled` columns, of each of which the cell is so; `part` domains, one of which the
    row has to do with; `only` a key of `GROUPS`; `sort` the column to go by, after `FALLING` where the largest comes first.
    """

    table: str
    find: str = ""
    blank: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    only: str = ""
    sort: str = ""


def found(tables: Tables, want: Want) -> pd.DataFrame:
    """Return the rows of a table that are asked for, in their order; what the table cannot answer is passed over."""
    rows = getattr(tables, want.table)
    keep = pd.Series(True, index=rows.index)
    for column in set(want.blank) & set(tables.dictionary.tables[want.table]):
        keep &= is_blank(rows[column])
    for column in set(want.filled) & set(tables.dictionary.tables[want.table]):
        keep &= ~is_blank(rows[column])
    if want.part and (concerned := concerning(tables, want.table, want.part)) is not None:
        keep &= concerned
    if want.only and want.table in GROUPS[want.only].tables:
        keep &= GROUPS[want.only].rule(rows, tables)
    if want.find:
        keep &= having(_words(tables, want.table), want.find)
    return _ordered(tables, want, rows[keep])


def is_blank(cells: pd.Series) -> pd.Series:
    """Say of each cell whether nothing stands in it."""
    return cells.isna() | (cells == "")


@lru_cache(maxsize=16)  # each table, of the state served and the one before
def _words(tables: Tables, name: str) -> pd.Series:
    """Return of each row all that a search looks into, folded: its cells, and the words for its values and its states."""
    columns = tables.dictionary.tables[name]
    labels = {code: label for column in columns.values() for code, label in column.choices.items()}
    states = {column.name for column in columns.values() if "countries" in (column.reference, column.foreign)}

    def said(row: list[str]) -> str:
        names = [
            tables.country_name(code) for at, cell in enumerate(row) if header[at] in states for code in cell.split(";")
        ]
        return " ".join([*row, *(labels[cell] for cell in row if cell in labels), *names])

    header = tables.texts[name].header
    return fold_column(pd.Series(list(map(said, tables.texts[name].rows)), getattr(tables, name).index, dtype=object))


def _ordered(tables: Tables, want: Want, rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows in the order that is asked for, blanks last; in that of the file where none is."""
    name = want.sort.removeprefix(FALLING)
    if name not in tables.dictionary.tables[want.table]:
        return rows
    by = _place(tables, want.table, name, rows).sort_values(
        ascending=not want.sort.startswith(FALLING), kind="stable", na_position="last"
    )
    return rows.loc[by.index]


def _place(tables: Tables, table: str, name: str, rows: pd.DataFrame) -> pd.Series:
    """Return what rows go by: dates by their earliest day, numbers by size, values by their place in the dictionary, texts by letters."""
    column = tables.dictionary.tables[table][name]
    if column.is_date:
        return rows[f"{name}_earliest"]
    if column.type in ("integer", "number"):
        return rows[name].astype("Float64")
    if column.choices:
        return rows[name].map({value: place for place, value in enumerate(column.choices)})
    return rows[name].map(fold).mask(rows[name] == "")


def cells(tables: Tables, name: str, rows: pd.DataFrame) -> list[list[str]]:
    """Return the cells of rows of a table as they stand in the file, in the order of the dictionary's columns."""
    text = tables.texts[name]
    places = [text.header.index(column) for column in tables.dictionary.tables[name]]
    return [[text.rows[row][at] for at in places] for row in rows.index]


def in_words(tables: Tables, want: Want) -> list[str]:
    """Return what is asked for, a phrase each; none where it is the whole table."""
    columns = tables.dictionary.tables[want.table]
    phrases = []
    for names, state in ((want.blank, "blank"), (want.filled, "filled in")):
        phrases += (
            [f"{listed(columns[name].title for name in names if name in columns)} {state}"]
            if set(names) & set(columns)
            else []
        )
    if want.part and concerning(tables, want.table, ()) is not None:
        labels = tables.dictionary.choices("deals", "domain")
        phrases.append(" or ".join(labels[code] for code in want.part))
    if want.only and want.table in GROUPS[want.only].tables:
        phrases.append(GROUPS[want.only].words)
    return phrases + ([f"with “{want.find}”"] if want.find else [])


def unanswered(tables: Tables, want: Want) -> list[str]:
    """Return what is asked for and cannot be answered by the table, a sentence each."""
    title, columns = tables.dictionary.resources[want.table]["title"], tables.dictionary.tables[want.table]
    asked = dict.fromkeys([*want.blank, *want.filled, want.sort.removeprefix(FALLING)])
    notes = [f"{title} has no column {name}; it was left out." for name in asked if name and name not in columns]
    if want.part and concerning(tables, want.table, ()) is None:
        notes.append(f"The rows of {title} have no domain; it was left out.")
    if want.only and want.table not in GROUPS[want.only].tables:
        notes.append(f"“{GROUPS[want.only].words}” says nothing of {title}; it was left out.")
    return notes
