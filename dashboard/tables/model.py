"""Every table typed and joined as the questions need it: from text cells without faults to DataFrames."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from dashboard.tables import dates
from dashboard.tables.columns import Column
from dashboard.tables.csvfile import TextTable
from dashboard.tables.dictionary import NAMES, Dictionary
from dashboard.tables.folding import fold_column
from dashboard.tables.package import Package

# Text as Python's own: Arrow's way of keeping it costs each question of so small a table a third more time.
pd.set_option("mode.string_storage", "python")

Row = dict[str, Any]  # a row of a table, its cells by their columns


@dataclass(frozen=True, eq=False)
class Tables:
    """All tables, typed, and shared read-only by every reader; never change one in place.

    Each CSV is a DataFrame under its own name with its own columns: text as objects with "" for a blank, numbers as
    float or nullable integer. A date column such as `start` stays the EDTF text and is joined by `start_earliest`
    and `start_latest`, days as datetime64 with NaT where blank. `deals` further has `origins`, the number of
    independent origins among its sources; `year`, of `start`, else of `announced`, <NA> where neither is known;
    `begins` and `ends`, the first and the last day known of it, milestones included (NaT where no date is known);
    `is_open`, whether it may still go on; and what the dictionary says of its kind and status: `family` (trade, tie or
    measure), `has_price` (whether such a deal has a price, public or not) and `is_doubted` (alleged or denied). `sources` have `cited_as`, the form in which their kind is cited. `deals`, `quotes` and `sources` have `words`, the text that a search looks
    into, folded (`fold`).

    Lists are taken apart into tables of their own:
    `parties`: one row a deal, side (supplier or recipient) and country;
    `citations`: one row a table, row and source: columns table, id (the deal, statement or deflator year; for a
    milestone the deal it belongs to) and source_id;
    `spoken`: one row a statement and a deal it speaks of: quote_id, deal_id;
    `searched`: one row a gap and a deal it concerns: gap_id, deal_id.

    `texts` has the cells of each table as they were read, its rows in the order of the DataFrame's: what is written out again.
    `stamp` is a text that differs for any two contents of the files, the key of whatever is cached that is made from them.
    `is_edited` says whether a cell is another than when the `version` was released, `is_former` whether there is a later
    version, whose rules these tables need not keep.
    """

    deals: pd.DataFrame
    milestones: pd.DataFrame
    quotes: pd.DataFrame
    sources: pd.DataFrame
    places: pd.DataFrame
    countries: pd.DataFrame
    gaps: pd.DataFrame
    deflator: pd.DataFrame
    parties: pd.DataFrame
    citations: pd.DataFrame
    spoken: pd.DataFrame
    searched: pd.DataFrame
    dictionary: Dictionary
    version: str
    stamp: str = ""
    texts: dict[str, TextTable] = field(default_factory=dict)
    is_edited: bool = False
    is_former: bool = False

    @property
    def edition(self) -> str:
        """Return the version in words, which say so where the tables are no longer those of its release."""
        return f"{self.version} with later edits" if self.is_edited else self.version

    @property
    def package(self) -> Package:
        """Return what the data package says of the data set as a whole."""
        return self.dictionary.package

    def country_name(self, code: str) -> str:
        """Return a country's short English name; a code without one stands for itself."""
        return self.country_names.get(code, code)

    @cached_property
    def country_names(self) -> dict[str, str]:
        """Return every country's name by its alpha-3 code."""
        return dict(zip(self.countries["country"], self.countries["name"], strict=True))

    def in_sentence(self, code: str) -> str:
        """Return what a sentence calls a country: `Turkey`, `the Maldives`; a code without a name stands for itself."""
        return self.sentence_names.get(code, code)

    @cached_property
    def sentence_names(self) -> dict[str, str]:
        """Return what a sentence calls every country, by its alpha-3 code."""
        articles = dict(zip(self.countries["country"], self.countries.get("article", ()), strict=False))
        return {code: f"{articles.get(code, '')} {name}".strip() for code, name in self.country_names.items()}

    @cached_property
    def party_names(self) -> dict[str, str]:
        """Return the name of every country that is a party to a deal, by its alpha-3 code, in the order of the names."""
        names = {code: self.country_name(code) for code in self.parties["country"].unique()}
        return dict(sorted(names.items(), key=lambda entry: entry[1]))

    @cached_property
    def years(self) -> list[int]:
        """Return every year from the first to the last that a deal is known in."""
        first, last = self.deals["begins"].min(), self.deals["ends"].max()
        return [] if pd.isna(first) else list(range(first.year, last.year + 1))

    @cached_property
    def source_places(self) -> dict[str, tuple[int, int]]:
        """Return of each source its rank, best reliability first and then by publisher, and its row in `sources`."""
        ranked = self.sources.reset_index(drop=True).sort_values(["reliability", "publisher"], kind="stable")
        rows = zip(ranked["source_id"], ranked.index, strict=True)
        return {source_id: (rank, row) for rank, (source_id, row) in enumerate(rows)}


def type_tables(
    texts: Mapping[str, TextTable], dictionary: Dictionary, stamp: str = "", is_edited: bool = False
) -> Tables:
    """Return typed tables made from text that has no faults; they are `is_edited` where they are not those of a release."""
    typed = {name: _type(texts[name], list(dictionary.tables[name].values())) for name in dictionary.tables}
    deals, quotes = typed["deals"], typed["quotes"]
    cited = {"deals": "deal_id", "milestones": "deal_id", "quotes": "quote_id", "deflator": "year"}
    citations = pd.concat(
        [_split(typed[name], key, "source_ids", "source_id").set_axis(["id", "source_id"], axis=1).assign(table=name)
         for name, key in cited.items()],
        ignore_index=True,
    )  # fmt: skip
    citations["id"] = citations["id"].astype(str)
    sides = [_split(deals, "deal_id", side, "country").assign(side=side) for side in ("supplier", "recipient")]
    names = dict(zip(typed["countries"]["country"], typed["countries"]["name"], strict=True))
    parties = pd.concat(sides, ignore_index=True)
    having = dictionary.having
    begins, ends = _span(deals, typed["milestones"])
    typed["deals"] = deals.assign(
        begins=begins,
        ends=ends,
        is_open=(deals["end"] == "") & deals["status"].isin(having("deals", "status", "open")) & begins.notna(),
        family=deals["kind"].map(dictionary.meaning("deals", "kind", "family")),
        has_price=deals["kind"].isin(having("deals", "kind", "priced")),
        is_doubted=deals["status"].isin(having("deals", "status", "doubted")),
        origins=_origins(deals, citations, typed["sources"]),
        year=deals["start_earliest"].fillna(deals["announced_earliest"]).dt.year.astype("Int64"),
        words=_words(deals, parties.assign(name=parties["country"].map(names))),
    )
    typed["quotes"] = quotes.assign(words=fold_column(quotes["text"]))
    sources = typed["sources"]
    cited_as = sources["kind"].map(dictionary.meaning("sources", "kind", "cited_as"))
    typed["sources"] = sources.assign(words=_headings(sources), cited_as=cited_as)
    frames: dict[str, Any] = {name: _in_one_piece(typed[name]) for name in NAMES}
    return Tables(
        **frames,
        parties=parties,
        citations=citations,
        spoken=_split(quotes, "quote_id", "deal_ids", "deal_id"),
        searched=_split(typed["gaps"], "gap_id", "deal_ids", "deal_id"),
        dictionary=dictionary,
        version=dictionary.version,
        stamp=stamp,
        texts=dict(texts),
        is_edited=is_edited,
    )


def _type(table: TextTable, columns: list[Column]) -> pd.DataFrame:
    """Return a text table with its columns in the described order and types."""
    frame = pd.DataFrame(table.rows, columns=table.header, dtype=str)[[column.name for column in columns]]
    for column in columns:
        if column.type == "integer":
            frame[column.name] = pd.to_numeric(frame[column.name]).astype("Int64")
        elif column.type == "number":
            frame[column.name] = pd.to_numeric(frame[column.name]).astype(float)
        elif column.reference:
            frame[column.name] = frame[column.name].str.replace(r"\s*;\s*", ";", regex=True)
        elif column.is_date:
            days = {text: dates.parse(text) for text in frame[column.name].unique() if text}
            for bound in ("earliest", "latest"):
                known = {text: pd.Timestamp(getattr(interval, bound)) for text, interval in days.items()}
                frame[f"{column.name}_{bound}"] = pd.to_datetime(frame[column.name].map(known))
    return frame


def _in_one_piece(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose columns of text lie together in memory: to pick rows of it takes a third of the time."""
    texts = table.select_dtypes("str").columns
    return table.astype(dict.fromkeys(texts, object)).copy()


def _split(table: pd.DataFrame, key: str, column: str, item: str) -> pd.DataFrame:
    """Return one row for each item of a `;`-joined column: columns `key` and `item`; blanks give none."""
    pairs = pd.DataFrame({key: table[key], item: table[column].str.split(";")}).explode(item, ignore_index=True)
    return pairs[pairs[item] != ""].reset_index(drop=True)


def _span(deals: pd.DataFrame, milestones: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the first and the last day known of each deal, from its own dates and its milestones'."""
    steps = milestones.groupby("deal_id").agg(first=("date_earliest", "min"), last=("date_latest", "max"))
    steps = steps.reindex(deals["deal_id"]).set_index(deals.index)
    names = ("announced", "start", "end")
    first = pd.concat([*(deals[f"{name}_earliest"] for name in names), steps["first"]], axis=1).min(axis=1)
    last = pd.concat([*(deals[f"{name}_latest"] for name in names), steps["last"]], axis=1).max(axis=1)
    return first, deals["end_latest"].fillna(last)


def _origins(deals: pd.DataFrame, citations: pd.DataFrame, sources: pd.DataFrame) -> pd.Series:
    """Return, for each deal, how many independent origins its sources go back to (`sources.origin`)."""
    cited = citations[citations["table"] == "deals"].merge(sources[["source_id", "origin"]], on="source_id")
    return deals["deal_id"].map(cited.groupby("id")["origin"].nunique()).fillna(0).astype(int)


def _words(deals: pd.DataFrame, parties: pd.DataFrame) -> pd.Series:
    """Return the text of each deal that a search looks into: title, bodies, countries and summary."""
    named = deals["deal_id"].map(parties.groupby("deal_id")["name"].agg(" ".join)).fillna("")
    columns = [deals[name] for name in ("title", "supplier_org", "recipient_org", "summary")]
    return fold_column(named.str.cat(columns, sep=" "))


def _headings(sources: pd.DataFrame) -> pd.Series:
    """Return the text of each source that a search looks into: headline, publisher, origin, address and key."""
    columns = [sources[name] for name in ("publisher", "origin", "url", "source_id")]
    return fold_column(sources["title"].str.cat(columns, sep=" "))


def is_in(table: pd.DataFrame, column: str, values: Iterable[Hashable]) -> np.ndarray:
    """Say of each row whether its cell in a column is one of the values; pandas' own way takes four times as long for so few rows."""
    wanted, cells = frozenset(values), table[column].to_numpy()
    return np.fromiter((cell in wanted for cell in cells), bool, len(cells))


def records(table: pd.DataFrame) -> list[Row]:
    """Return the rows of a table as dicts by column; pandas' own way takes five times as long for the few rows of a page."""
    columns = list(table.columns)
    return [dict(zip(columns, row, strict=True)) for row in table.to_numpy(dtype=object).tolist()]
