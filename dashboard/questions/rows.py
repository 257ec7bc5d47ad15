"""The rows in view as a reader takes them away: in which order they stand, what each cell says, and where sorting puts it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from dashboard.questions.timeline import described
from dashboard.tables import dates
from dashboard.tables.folding import fold_column
from dashboard.tables.load import Tables
from dashboard.words import format_count, role_in

# What a row may be, and the table that it is a row of.
TABLES = {"deals": "deals", "statements": "quotes", "sources": "sources"}
# What rows stand in the order of at first, the largest above: the column on screen and that of the table.
FIRST = {"deals": "dates", "statements": "date", "sources": "published"}
DAYS = {"dates": "begins", "value": "value_usd_m", "date": "date_earliest", "published": "published_earliest"}


def ordered(rows: pd.DataFrame, by: str) -> pd.Index:
    """Return the index of rows of deals, quotes or sources, the latest or the largest first, as `by` says; blanks come last.

    `by` is a key of `DAYS`. Equals stay as they are.
    """
    given = rows[DAYS[by]].to_numpy()
    is_day = given.dtype.kind == "M"
    sizes = np.where(np.isnat(given), np.nan, given.astype("datetime64[s]").astype(float)) if is_day else given
    return rows.index[np.argsort(-sizes, kind="stable")]


def headings(tables: Tables, noun: str) -> dict[str, str]:
    """Return the columns on screen of rows of a sort, each with its heading; `noun` is a key of `TABLES`."""
    table = tables.dictionary.tables[TABLES[noun]]
    own = {"parties": "Parties", "dates": "Dates", "value": "Value", "sure": "How sure", "grade": "Grade"}
    columns = {
        "deals": ("title", "domain", "parties", "dates", "status", "value", "sure"),
        "statements": ("analyst", "country", "date", "topic", "stance", "form", "text", "sure"),
        "sources": ("title", "publisher", "country", "published", "language", "kind", "grade"),
    }
    return {name: own[name] if name in own else table[name].title for name in columns[noun]}


def cells(tables: Tables, noun: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Return what each cell says, in the columns of `headings`, one row each of deals, quotes or sources, in their order."""
    said = {"deals": _of_deals, "statements": _of_statements, "sources": _of_sources}[noun](tables, rows)
    return pd.DataFrame(said, index=rows.index, dtype=object)[list(headings(tables, noun))]


def keys(tables: Tables, noun: str, rows: pd.DataFrame, said: pd.DataFrame) -> dict[str, list[Any]]:
    """Return what sorting by each column goes by, a list a column with a key for each row; None where nothing is known.

    `said` are the `cells` of the rows. Dates go by their earliest day, money by its amount, grades from the best,
    a value of the dictionary by its place there, all else by its letters.
    """
    table = tables.dictionary.tables[TABLES[noun]]
    given = {
        "dates": lambda: rows["begins"],
        "date": lambda: rows["date_earliest"],
        "published": lambda: rows["published_earliest"],
        "value": lambda: rows["value_usd_m"],
        "grade": lambda: rows["reliability"],
        "sure": lambda: _how_sure(rows),
    }

    def key(name: str) -> pd.Series:
        if name in given:
            return given[name]()
        if name in table and table[name].choices and name != "language":
            return rows[name].map({value: place for place, value in enumerate(table[name].choices)})
        return fold_column(said[name].astype(str)).replace("", None)

    by = {name: key(name) for name in said}
    return {
        name: [key if is_known else None for key, is_known in zip(column, column.notna(), strict=True)]
        for name, column in by.items()
    }


def places(keys: Sequence[Any]) -> list[int]:
    """Return where sorting by them puts each of the keys, counted from 0, equals alike; -1 for None, where nothing is known."""
    place = {key: place for place, key in enumerate(sorted({key for key in keys if key is not None}))}
    return [place.get(key, -1) for key in keys]


def _how_sure(rows: pd.DataFrame) -> pd.Series:
    """Return numbers that grow as rows get less sure: by credibility, and of one grade those with fewer origins after."""
    most = 10_000
    return rows["credibility"].astype(float) * most - rows.get("origins", 0)


def _of_deals(tables: Tables, deals: pd.DataFrame) -> Mapping[str, Sequence[str]]:
    parties, when, status, value, _ = map(list, zip(*described(tables, deals), strict=True)) if len(deals) else [[]] * 5
    return {
        "title": deals["title"].tolist(),
        "domain": _labels(tables, "deals", deals["domain"]),
        "parties": parties,
        "dates": when,
        "status": status,
        "value": value,
        "sure": [format_count(count, "independent origin") for count in deals["origins"]],
    }


def _of_statements(tables: Tables, quotes: pd.DataFrame) -> Mapping[str, Sequence[str]]:
    exact = set(tables.dictionary.having("quotes", "form", "exact"))
    names = [tables.country_name(code) for code in quotes["country"]]
    who = zip(quotes["analyst"], quotes["role"], names, strict=True)
    return {
        "date": list(map(dates.format_date, quotes["date"])),
        "analyst": [name if name == role else f"{name}, {role_in(role, country)}" for name, role, country in who],
        "country": names,
        **{name: _labels(tables, "quotes", quotes[name]) for name in ("topic", "stance", "form")},
        "text": [
            f"“{text}”" if form in exact else text for text, form in zip(quotes["text"], quotes["form"], strict=True)
        ],
        "sure": [""] * len(quotes),
    }


def _of_sources(tables: Tables, sources: pd.DataFrame) -> Mapping[str, Sequence[str]]:
    return {
        "published": list(map(dates.format_date, sources["published"])),
        "title": sources["title"].tolist(),
        "publisher": sources["publisher"].tolist(),
        "country": [tables.country_name(code) for code in sources["country"]],
        **{name: _labels(tables, "sources", sources[name]) for name in ("language", "kind")},
        "grade": sources["reliability"].tolist(),
    }


def _labels(tables: Tables, table: str, codes: pd.Series) -> list[str]:
    """Return the words for the values of a column."""
    return [tables.dictionary.label(table, str(codes.name), code) for code in codes]
