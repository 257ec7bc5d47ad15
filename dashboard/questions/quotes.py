"""Questions about the statements: which are in view, who speaks, about what, in what stance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from dashboard.questions.deals import Selection, linked, select
from dashboard.questions.search import has, having
from dashboard.tables.dates import first_day, last_day
from dashboard.tables.folding import fold
from dashboard.tables.load import Tables
from dashboard.tables.model import is_in
from dashboard.words import format_count, listed, opening

# What the reader may choose, as an address names it, and the column of `tables.quotes` that each choice is about.
COLUMNS = {
    "analyst": "analyst",
    "nation": "country",
    "speaker": "speaker_kind",
    "topic": "topic",
    "stance": "stance",
    "form": "form",
}
MOST_BESIDE = 6  # more voices than this are one list: nobody reads seven columns


@dataclass(frozen=True)
class Choice:
    """What the reader chose on the quote browser; within each, any one of the values will do."""

    analyst: tuple[str, ...] = ()
    nation: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    stance: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    said: str = ""

    @property
    def beside(self) -> str:
        """Return by which choice statements stand side by side, "analyst" or "nation"; "" where they are one list."""
        return next((name for name in ("analyst", "nation") if 2 <= len(getattr(self, name)) <= MOST_BESIDE), "")


@lru_cache(maxsize=2)  # a choice of speaker or topic narrows the same statements again
def select_quotes(tables: Tables, selection: Selection, choice: Choice | None = None) -> pd.DataFrame:
    """Return the rows of `tables.quotes` in view, in their order.

    The shared filters on deals keep a statement that speaks of a deal they keep; without such a filter,
    statements on the relation at large are in view too. The years are those of the statement itself; one
    without a date is within none.
    """
    quotes = tables.quotes
    keep = np.full(len(quotes), not selection.has_no_year)
    about = replace(selection, since=None, until=None)
    if about != Selection():
        spoken = is_in(tables.spoken, "deal_id", select(tables, about)["deal_id"].to_numpy())
        keep &= is_in(quotes, "quote_id", tables.spoken["quote_id"].to_numpy()[spoken])
    if selection.since:
        keep &= quotes["date_latest"].to_numpy() >= first_day(selection.since)
    if selection.until:
        keep &= quotes["date_earliest"].to_numpy() <= last_day(selection.until)
    return choose(quotes if keep.all() else quotes[keep], choice or Choice())


def choose(quotes: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """Return the statements that the reader's choice keeps; every word of `said` must be in the text."""
    keep = _fits(quotes, choice)
    return quotes if keep.all() else quotes[keep]


def _fits(quotes: pd.DataFrame, choice: Choice) -> np.ndarray:
    keep = np.full(len(quotes), True)
    for name, column in COLUMNS.items():
        if getattr(choice, name):
            keep &= is_in(quotes, column, getattr(choice, name))
    return keep & having(quotes["words"], choice.said) if choice.said else keep


def count_choices(quotes: pd.DataFrame, choice: Choice, name: str) -> dict[str, int]:
    """Return how many statements each value of a choice would give, the other choices staying as they are."""
    others = _fits(quotes, replace(choice, **{name: ()}))
    return dict(Counter(quotes[COLUMNS[name]].to_numpy()[others]).most_common())


def count_all_choices(quotes: pd.DataFrame, choice: Choice) -> dict[str, dict[str, int]]:
    """Return `count_choices` of every choice but the words, by its name; the words are looked for only once."""
    heard, rest = choose(quotes, Choice(said=choice.said)) if choice.said else quotes, replace(choice, said="")
    return {name: count_choices(heard, rest, name) for name in COLUMNS}


def count_exact(tables: Tables, quotes: pd.DataFrame) -> int:
    """Return how many of the statements give the speaker's own words."""
    return int(is_in(quotes, "form", tables.dictionary.having("quotes", "form", "exact")).sum())


def newest_first(quotes: pd.DataFrame) -> pd.DataFrame:
    """Return the statements from the newest to the oldest, those without a date last.

    A vague date counts from its earliest day, so that a bare year never comes before a day known to be in it.
    """
    return quotes.sort_values(["date_earliest", "date_latest"], ascending=False, na_position="last", kind="stable")


class Speaker(NamedTuple):
    """Somebody who speaks: the name, the kind of speaker (of the first statement), and how many `statements` there are."""

    analyst: str
    speaker_kind: str
    statements: int


def speakers(quotes: pd.DataFrame) -> list[Speaker]:
    """Return who speaks, those with most statements first, then by name."""
    counts, kinds = Counter(quotes["analyst"].to_numpy()), dict[str, str]()
    for name, kind in zip(quotes["analyst"].to_numpy(), quotes["speaker_kind"].to_numpy(), strict=True):
        kinds.setdefault(name, kind)
    people = (Speaker(name, kinds[name], count) for name, count in counts.items())
    return sorted(people, key=lambda person: (-person.statements, fold(person.analyst)))


def count_by(quotes: pd.DataFrame, column: str, order: Iterable[str]) -> dict[str, int]:
    """Return how many statements have each value of a column that occurs, most first; equals in the order given."""
    counts = Counter(quotes[column].to_numpy())
    return {value: counts[value] for value in sorted(order, key=lambda value: -counts[value]) if counts[value]}


def on_one_scale(tables: Tables, quotes: pd.DataFrame) -> list[str]:
    """Return the stances that any of the statements has, in the order of the dictionary: the same rows for every voice."""
    there = set(quotes["stance"].to_numpy())
    return [stance for stance in tables.dictionary.choices("quotes", "stance") if stance in there]


def shared_topics(quotes: pd.DataFrame, voices: Collection[str], column: str = "analyst") -> set[str]:
    """Return the topics on which every one of the voices has a statement: values of a column, speakers or countries."""
    heard = quotes[quotes[column].isin(list(voices))].groupby("topic")[column].nunique()
    return set(heard[heard == len(set(voices))].index)


def voice(tables: Tables, by: str, value: str) -> str:
    """Return what a voice that stands beside others is called: a speaker by name, or a country."""
    return tables.country_name(value) if by == "nation" else value


def named(tables: Tables, words: str) -> list[tuple[str, str, str]]:
    """Return the topics and speakers that have all the words in their names: column, value and label of each."""
    names = [("topic", value, label) for value, label in tables.dictionary.choices("quotes", "topic").items()]
    names += [("analyst", name, name) for name in tables.quotes["analyst"].unique()]
    return [entry for entry in names if has(entry[2], words)]


def deals_each(tables: Tables, deal_ids: Iterable[str]) -> list[list[dict[str, str]]]:
    """Return for each cell of `;`-joined keys its deals, in the cell's order: deal_id, title, status, family and is_doubted of each."""
    cells = [[key for key in cell.split(";") if key] for cell in deal_ids]
    deals = linked(tables)
    return [[deals[key] for key in cell] for cell in cells]


def finding(tables: Tables, shown: pd.DataFrame, choice: Choice) -> str:
    """Return one sentence on the statements shown; speakers or countries that stand side by side are named in it."""
    topics = [_in_sentence(tables, "topic", value) for value in choice.topic]
    on = f" on {listed(topics)}" if 0 < len(topics) <= 3 else ""
    if shown.empty:
        by = f" by {' or '.join(choice.analyst)}" if choice.analyst else ""
        return f"No statement{by}{on} is in view."
    if choice.beside:
        return _finding_on_several(tables, shown, choice, on)
    if len(choice.analyst) == 1:
        return _finding_on_one(tables, shown, choice.analyst[0], on)
    direct = count_exact(tables, shown)
    words = f"{direct:,} {'is' if direct == 1 else 'are'} in direct words." if direct else "None is in direct words."
    if len(shown) == 1:
        words = f"It is {'' if direct else 'not '}in direct words."
    return f"{format_count(shown['analyst'].nunique(), 'speaker')} made {format_count(len(shown), 'statement')}{on}. {words}"


def _finding_on_one(tables: Tables, shown: pd.DataFrame, name: str, on: str) -> str:
    topics = _leaning(tables, shown, "topic")
    subject = on or f", {topics[0]}on {topics[1]}"
    mostly, stance = _leaning(tables, shown, "stance")
    several = not mostly and shown["stance"].nunique() > 1
    return f"{name} made {format_count(len(shown), 'statement')}{subject}. The {'stances are' if several else 'stance is'} {mostly}{stance}."


def _leaning(tables: Tables, shown: pd.DataFrame, column: str) -> tuple[str, str]:
    """Return "mostly " where one of several values has more than half, and that value or all values in words."""
    counted = count_by(shown, column, tables.dictionary.choices("quotes", column))
    words = [_in_sentence(tables, column, value) for value in counted]
    if len(words) > 1 and max(counted.values()) * 2 > len(shown):
        return "mostly ", words[0]
    return "", listed(words)


def _finding_on_several(tables: Tables, shown: pd.DataFrame, choice: Choice, on: str) -> str:
    column, names = COLUMNS[choice.beside], getattr(choice, choice.beside)
    counts = shown[column].value_counts()
    called = [f"speakers from {tables.in_sentence(name)}" if column == "country" else name for name in names]
    first, *rest = [(who, int(counts.get(name, 0))) for who, name in zip(called, names, strict=True)]
    said = [f"{opening(first[0])} made {format_count(first[1], 'statement') if first[1] else 'no statement'}"]
    said += [f"{who} made {count or 'none'}" for who, count in rest]
    common = shared_topics(shown, names, column)
    order = [value for value in tables.dictionary.choices("quotes", "topic") if value in common]
    topics = listed([_in_sentence(tables, "topic", value) for value in order])
    both = "Both" if len(names) == 2 else "All"
    shared = f"{both} speak on {topics}." if topics else "They have no topic in common."
    return f"{listed(said)}{on}." + ("" if on else f" {shared}")


def _in_sentence(tables: Tables, column: str, value: str) -> str:
    """Return a label as it stands within a sentence: small, but for a name such as Kashmir.

    A name is a word that the statements write with a capital after a space and never small.
    """
    label = tables.dictionary.label("quotes", column, value)
    first, small = label.partition(" ")[0], label[:1].lower() + label[1:]
    capital, plain = (
        tables.quotes["text"].str.contains(f" {word}", regex=False).any() for word in (first, first.lower())
    )
    return label if capital and not plain else small
