"""Which rows of each table an address has in view: deals with their steps, statements and sources, or what its page lists."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import pandas as pd

from dashboard.address import Asked
from dashboard.gate.differences import JOINED
from dashboard.questions import comparable, deals, evidence, ledger, quotes, whole
from dashboard.questions import sources as bibliography
from dashboard.tables.load import Tables

Keys = Mapping[str, Collection[str]]  # of the rows of each table, as the log writes them


def rows(tables: Tables, asked: Asked) -> Keys:
    """Return the keys of the rows that the tables have in view at an address; of a search none, for it shows no figures."""
    return PAGES.get(asked.page, _of_selection)(tables, asked)


def _of_selection(tables: Tables, asked: Asked) -> Keys:
    return _about(tables, deals.select(tables, asked.selection))


def _about(tables: Tables, found: pd.DataFrame, **more: Collection[str]) -> Keys:
    """Return deals, rows of `tables.deals`, with all that is said of them."""
    ids, rests = set(found["deal_id"]), bibliography.rests_on(tables)
    return {
        "deals": ids,
        "milestones": _keys(tables, "milestones", tables.milestones[tables.milestones["deal_id"].isin(ids)]),
        "quotes": set(tables.spoken.loc[tables.spoken["deal_id"].isin(ids), "quote_id"]),
        "sources": set(rests.loc[rests["deal_id"].isin(ids), "source_id"]),
        "places": set(found["place_id"]),
        **more,
    }


def _keys(tables: Tables, name: str, found: pd.DataFrame) -> set[str]:
    return set(map(JOINED.join, found[tables.dictionary.key(name)].astype(str).to_numpy()))


def _on_value(tables: Tables, asked: Asked) -> Keys:
    index = tables.deflator.iloc[: None if asked.one("money") == "constant" else 0]
    return {**_of_selection(tables, asked), "deflator": _keys(tables, "deflator", index)}


def _on_map(tables: Tables, asked: Asked) -> Keys:
    found = deals.select(tables, asked.selection)
    if year := asked.one("asof"):
        found = found[deals.started(found, int(year))]
    families = [name.removesuffix("s") for name in asked.several("show")]  # ties shows each tie
    return _about(tables, found[found["family"].isin(families)] if families else found)


def _of_deal(tables: Tables, asked: Asked) -> Keys:
    found = tables.deals[tables.deals["deal_id"] == asked.one("id")]
    gaps = tables.searched.loc[tables.searched["deal_id"] == asked.one("id"), "gap_id"]
    return _about(tables, found, gaps=set(gaps))


def _of_claims(tables: Tables, asked: Asked) -> Keys:
    found = tables.deals[tables.deals["deal_id"] == asked.one("id")]
    if not asked.one("id"):
        found = deals.select(tables, asked.selection)
        found = found[found["deal_id"].isin(ledger.contested(tables, found)["deal_id"])]
    return _about(tables, found)


def _of_pair(tables: Tables, asked: Asked) -> Keys:
    """Return the deals and the statements of the two that are compared; none of one that the tables do not have."""
    there = [
        key for key in comparable.pair(tables, asked.one("a"), asked.one("b")) if key in comparable.choices(tables)
    ]
    sides = [comparable.compared(tables, asked.selection, key) for key in there]
    about = [_about(tables, side.deals, quotes=set(side.quotes["quote_id"])) for side in sides]
    return {name: {key for side in about for key in side[name]} for name in (about[0] if about else ())}


def _of_statements(tables: Tables, asked: Asked) -> Keys:
    found = quotes.select_quotes(tables, asked.selection, asked.statements)
    named = {asked.one("statement")} - {""}
    return {
        "quotes": {*found["quote_id"], *named},
        "sources": set(evidence.cited(tables, found["source_ids"])["source_id"]),
    }


def _of_sources(tables: Tables, asked: Asked) -> Keys:
    return {"sources": set(bibliography.select_sources(tables, asked.selection, asked.publications)["source_id"])}


def _of_table(tables: Tables, asked: Asked) -> Keys:
    return {asked.rows.table: _keys(tables, asked.rows.table, whole.found(tables, asked.rows))}


PAGES: dict[str, Callable[[Tables, Asked], Keys]] = {
    "value": _on_value, "map": _on_map, "deal": _of_deal, "claims": _of_claims, "compare": _of_pair,
    "quotes": _of_statements, "sources": _of_sources, "data": _of_table, "search": lambda *_: {},
}  # fmt: skip
