"""Questions asked of the sources: which are in view, where each is used, how many of each sort."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from dashboard.data import Tables
from dashboard.deals import Selection, select
from dashboard.tables import fold

# The column of `tables.sources` that each choice is about.
COLUMNS = {"press": "country", "grade": "reliability", "language": "language", "source": "kind"}
DIRECT = ("deals", "milestones")  # the tables whose citations belong to a deal itself
UNKNOWN = "unknown"  # stands in an address for the blank of a publisher whose seat is not known
# The presses that readers ask for by name, all others being counted together: those of the two states that the tables
# are about, and the one that writes about them most.
PRESSES = ("TUR", "PAK", "IND")
GOOD = ("A", "B")


@dataclass(frozen=True)
class Choice:
    """What the reader chose on the bibliography; within each, any one of the values will do."""

    press: tuple[str, ...] = ()
    grade: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    text: str = ""


def select_sources(tables: Tables, selection: Selection, choice: Choice | None = None) -> pd.DataFrame:
    """Return the rows of `tables.sources` in view, in their order.

    Without a filter on deals every source is in view; with one, those that a deal in view rests on, by itself, by
    one of its milestones or by a statement that speaks of it.
    """
    sources = tables.sources
    if selection != Selection():
        kept, cited = select(tables, selection)["deal_id"], tables.citations
        said = tables.spoken.loc[tables.spoken["deal_id"].isin(kept), "quote_id"]
        direct = cited["table"].isin(DIRECT) & cited["id"].isin(kept)
        used = cited.loc[direct | (cited["table"] == "quotes") & cited["id"].isin(said), "source_id"]
        sources = sources[sources["source_id"].isin(used)]
    return choose(sources, choice or Choice())


def choose(sources: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """Return the sources that the reader's choice keeps.

    Every word of `text` must be in the headline, the publisher, the origin, the address or the key.
    """
    keep = pd.Series(True, index=sources.index)
    for name, column in COLUMNS.items():
        if getattr(choice, name):
            keep &= sources[column].replace("", UNKNOWN).isin(getattr(choice, name))
    for word in fold(choice.text).split():
        keep &= sources["words"].str.contains(word, regex=False)
    return sources[keep]


def count_choices(sources: pd.DataFrame, choice: Choice, name: str) -> dict[str, int]:
    """Return how many sources each value of a choice would give, the others staying as they are."""
    others = choose(sources, replace(choice, **{name: ()}))
    return others[COLUMNS[name]].replace("", UNKNOWN).value_counts().to_dict()


def count_uses(tables: Tables, source_ids: list[str]) -> pd.DataFrame:
    """Return where sources are used: one row a source, columns deals, milestones, quotes and deflator, counts."""
    cited = tables.citations[tables.citations["source_id"].isin(source_ids)]
    counts = cited.groupby(["source_id", "table"]).size().unstack(fill_value=0)
    return counts.reindex(index=source_ids, columns=["deals", "milestones", "quotes", "deflator"], fill_value=0)


def deals_of(tables: Tables, source_ids: list[str]) -> pd.DataFrame:
    """Return the deals that rest on sources, by themselves, a milestone or a statement.

    Columns: source_id, deal_id, title and status. Each deal comes once a source, in the order of the titles.
    """
    cited = tables.citations[tables.citations["source_id"].isin(source_ids)]
    direct = cited[cited["table"].isin(DIRECT)].rename(columns={"id": "deal_id"})
    said = cited[cited["table"] == "quotes"].merge(tables.spoken, left_on="id", right_on="quote_id")
    uses = pd.concat([direct, said], ignore_index=True)[["source_id", "deal_id"]].drop_duplicates()
    return uses.merge(tables.deals[["deal_id", "title", "status"]], on="deal_id").sort_values("title", kind="stable")


def press_groups(tables: Tables, sources: pd.DataFrame) -> pd.DataFrame:
    """Return how many sources come from whose press: columns press, label and sources.

    `press` is one of `PRESSES`, UNKNOWN for a seat not known, or "" for all other countries together.
    """
    counts = sources["country"].value_counts()
    other = counts.drop(index=[*PRESSES, ""], errors="ignore")
    rows = [(code, tables.country_name(code), int(counts.get(code, 0))) for code in PRESSES]
    rows.append(("", f"{len(other)} other countr{'ies' if len(other) != 1 else 'y'}", int(other.sum())))
    rows.append((UNKNOWN, "Seat not known", int(counts.get("", 0))))
    return pd.DataFrame(rows, columns=["press", "label", "sources"])


def share_good(sources: pd.DataFrame) -> float:
    """Return which share of the sources, 0 to 1, is graded A or B; 0 where there is none."""
    return float(sources["reliability"].isin(GOOD).mean()) if len(sources) else 0.0
