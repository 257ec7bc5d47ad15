"""Questions about one deal: what is near it in name, what else passed between its parties, whose press it rests on."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pandas as pd
from rapidfuzz import fuzz, process

from dashboard.tables.folding import fold, fold_column
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from dashboard.words import SIDES

COMPARED = 200
WORD = re.compile(r"[^\W_]+")


def near(tables: Tables, text: str, most: int = 6) -> pd.DataFrame:
    """Return the deals whose key or title comes nearest to a text, nearest first: rows of `tables.deals`.

    A deal is near when it has half of the text's words or more, each as written or nearly so.
    """
    deals, wanted = tables.deals, fold(text.replace("-", " "))  # the words of a key
    words = [word for word in WORD.findall(wanted) if len(word) > 2]
    names = fold_column(deals["deal_id"].str.replace("-", " ").str.cat(deals["title"], sep=" "))
    known = list(dict.fromkeys(WORD.findall(" ".join(names))))
    hits = pd.Series(0.0, index=deals.index)
    for word in words:
        close = process.extract(word, known, scorer=fuzz.ratio, limit=3, score_cutoff=75)
        alike = [word, *(other for other, *_ in close)]
        hits += names.str.contains("|".join(map(re.escape, alike))) / len(words)
    # Letter by letter only among the best: comparing 100,000 names so would take seconds.
    best = hits[hits >= 0.5].sort_values(ascending=False, kind="stable").head(COMPARED)
    scores = best + names[best.index].map(lambda name: fuzz.ratio(wanted, name) / 100).astype(float)
    return deals.loc[scores.sort_values(ascending=False, kind="stable").index[:most]]


def related(tables: Tables, deal: pd.Series, most: int = 6) -> pd.DataFrame:
    """Return other deals between the same parties, in either direction, and in the same domain; latest first."""
    deals, pair = tables.deals, (deal["supplier"], deal["recipient"])
    same = ((deals["supplier"] == pair[0]) & (deals["recipient"] == pair[1])) | (
        (deals["supplier"] == pair[1]) & (deals["recipient"] == pair[0])
    )
    found = deals[same & (deals["domain"] == deal["domain"]) & (deals["deal_id"] != deal["deal_id"])]
    return latest(found, most)


def latest(deals: pd.DataFrame, most: int) -> pd.DataFrame:
    """Return the deals that began last, latest first; those without any date come last."""
    return deals.sort_values("begins", ascending=False, na_position="last", kind="stable").head(most)


class Walk(NamedTuple):
    """Where a deal stands in a view in order of date, counted from 1, and the deals before and after it, if there are any."""

    number: int
    count: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def walk(deals: pd.DataFrame, deal_id: str) -> Walk | None:
    """Return where a deal stands among the deals of a view, the earliest first, undated last; None where it is not there."""
    order = deals.sort_values("begins", na_position="last", kind="stable")[["deal_id", "title"]]
    rows = records(order)
    at = next((at for at, row in enumerate(rows) if row["deal_id"] == deal_id), None)
    if at is None:
        return None
    return Walk(at + 1, len(rows), rows[at - 1] if at else None, rows[at + 1] if at + 1 < len(rows) else None)


def steps(tables: Tables, deal_id: str) -> pd.DataFrame:
    """Return the milestones of a deal, oldest first."""
    rows = tables.milestones[tables.milestones["deal_id"] == deal_id]
    return rows.sort_values(["date_earliest", "date_latest"], kind="stable")


def gaps(tables: Tables, deal_id: str) -> pd.DataFrame:
    """Return what was looked for about a deal and not found: rows of `tables.gaps`."""
    ids = tables.searched.loc[tables.searched["deal_id"] == deal_id, "gap_id"]
    return tables.gaps[tables.gaps["gap_id"].isin(ids)]


def parties(tables: Tables, deal: pd.Series) -> list[dict[str, Any]]:
    """Return the two sides of a deal: the word for the side, its states' names, and the bodies, "" where none is named.

    Only where something is supplied is a side called supplier.
    """
    columns = ("supplier", "recipient")
    words = SIDES.get(deal["family"]) or [tables.dictionary.title("deals", side) for side in columns]
    return [
        {"word": word, "states": list(map(tables.country_name, deal[side].split(";"))), "bodies": deal[f"{side}_org"]}
        for word, side in zip(words, columns, strict=True)
    ]


def place(tables: Tables, deal: pd.Series) -> dict[str, Any] | None:
    """Return the place of a deal, a row of `tables.places`; None where none applies or is known."""
    return next(iter(records(tables.places[tables.places["place_id"] == deal["place_id"]])), None)


def starting_article(tables: Tables) -> dict[str, str] | None:
    """Return the source that the tables began from, None where there is none; the deals that it mentions cite it."""
    found = records(tables.sources[tables.sources["source_id"] == tables.package.starting_article])
    return found[0] if found else None


def presses(tables: Tables, sources: pd.DataFrame) -> list[tuple[str, int, list[str]]]:
    """Return how many sources each press gives: its name, the number, and the countries that “other” stands for.

    The presses that the package names come first, also with none; then other countries, then seats not known.
    """
    counts, presses = sources["country"].value_counts(), tables.package.presses
    named = [(tables.country_name(code), int(counts.get(code, 0)), []) for code in presses]
    others = counts.drop(labels=[*presses, ""], errors="ignore")
    words = [f"{tables.country_name(str(code))} {count}" for code, count in others.items()]
    rest = [
        ("Other countries" if presses else "All countries", int(others.sum()), words),
        ("Seat not known", int(counts.get("", 0)), []),
    ]
    return named + [row for row in rest if row[1]]
