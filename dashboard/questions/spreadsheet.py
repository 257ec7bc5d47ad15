"""What a spreadsheet is given: rows in view with every column, in words, so that no cell is run and no blank is a zero."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.questions.deals import is_unpriced
from dashboard.questions.rows import TABLES
from dashboard.tables.dictionary import Column
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from dashboard.words import opening, relation

RUN = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # a cell that begins so may be run


def in_full(tables: Tables, noun: str, rows: pd.DataFrame, taken_from: str) -> pd.DataFrame:
    """Return rows of deals, quotes or sources with every column of their table, under its title, values in words.

    Keys of other tables stay keys. Of deals the parties, the origins, and what a blank value means are given too.
    `taken_from` says whence the rows come and under which filters; it is the last column.
    """
    columns = tables.dictionary.tables[TABLES[noun]]
    full: dict[str, Any] = {
        _heading(tables, column): _words(tables, TABLES[noun], column, rows) for column in columns.values()
    }
    if noun == "deals":
        full |= {
            "Parties": [opening(relation(deal, tables.sentence_names)) for deal in records(rows)],
            "Independent origins": rows["origins"],
            "Alleged or denied": rows["is_doubted"].map({True: "yes", False: "no"}),
            "What the value is": what_value_is(rows),
        }
    return pd.DataFrame({**full, "Taken from": taken_from}, rows.index)


def what_value_is(deals: pd.DataFrame) -> pd.Series:
    """Return what the cell of a value means: that it is public, or what its blank stands for, which is never zero."""
    words = pd.Series("no trade with a price", deals.index)
    return words.mask(is_unpriced(deals), "not disclosed").mask(deals["value_usd_m"].notna(), "public")


def written(table: pd.DataFrame) -> bytes:
    """Return a table as a CSV file that Excel reads as it is: UTF-8 with its mark, and no cell that would be run."""
    safe = table.map(lambda cell: shielded(cell) if isinstance(cell, str) else cell)
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def shielded(cell: str) -> str:
    """Return a text that no spreadsheet runs: an apostrophe, which it takes off, stands before one that it would."""
    return f"'{cell}" if cell.startswith(RUN) else cell


def _heading(tables: Tables, column: Column) -> str:
    is_money = column.name.endswith("_usd_m")
    return f"{column.title}, in millions of {tables.package.currency.name}" if is_money else column.title


def _words(tables: Tables, table: str, column: Column, rows: pd.DataFrame) -> pd.Series:
    """Return the cells of a column, codes in words; a grade stays its number or letter, which sorts."""
    given = rows[column.name]
    if column.name in ("credibility", "reliability") or not (column.choices or _is_of_countries(column)):
        return given
    if column.choices:
        families = rows["family"] if column.name == "status" else [""] * len(rows)
        label = tables.dictionary.label
        words = [label(table, column.name, value, of) for value, of in zip(given, families, strict=True)]
    else:
        words = ["; ".join(map(tables.country_name, cell.split(";"))) for cell in given]
    return pd.Series(words, rows.index, dtype=object)


def _is_of_countries(column: Column) -> bool:
    return "countries" in (column.reference, column.foreign)
