"""What can be set side by side: a relation of two states, a state, or a speaker, and the deals and statements of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from dashboard.questions.deals import Selection, deals_by_country, select
from dashboard.questions.flows import flow_deals
from dashboard.questions.quotes import Choice, select_quotes, speakers
from dashboard.tables.load import Tables
from dashboard.tables.model import is_in
from dashboard.words import listed, opening

RELATION, STATE, SPEAKER = "relation", "state", "speaker"
JOINT = "-"  # between the two codes of a relation; keys are in shared links, so it never changes


@dataclass(frozen=True, eq=False)
class Compared:
    """One of the two things compared, as far as it is in view: rows of `tables.deals` and of `tables.quotes`.

    The deals of a relation run between its two states, whichever of them supplies; those of a state have it as a party;
    a speaker's are those that the statements speak of. `name` is that of a sentence; `codes` are the states, none of a speaker.
    """

    key: str
    kind: str
    name: str
    codes: tuple[str, ...]
    deals: pd.DataFrame
    quotes: pd.DataFrame

    @property
    def title(self) -> str:
        """Return the name as it stands alone."""
        return opening(self.name)


@lru_cache(maxsize=2)
def relations(tables: Tables) -> dict[str, pd.Series]:
    """Return the keys of the deals that run between each two states, by the key of the relation, most deals first.

    The state that supplies the other in more deals comes first in the key; where none does, the codes are in their order.
    """
    rows = flow_deals(tables).assign(trades=lambda rows: rows["family"] == "trade")
    counts = rows.groupby(["supplier", "recipient"])["trades"].sum().sort_values(ascending=False, kind="stable")
    keys: dict[frozenset[str], str] = {}
    for pair in counts.index:
        keys.setdefault(frozenset(pair), JOINT.join(pair))
    pairs = zip(rows["supplier"], rows["recipient"], strict=True)
    found = rows["deal_id"].groupby([keys[frozenset(pair)] for pair in pairs]).unique()
    return dict(sorted(found.items(), key=lambda entry: -len(entry[1])))


@lru_cache(maxsize=2)
def ranked(tables: Tables) -> dict[str, dict[str, str]]:
    """Return all that can be compared, by kind: the name of each by its key, that of the subject first, then most rows first."""
    subject, name = tables.package.subject, tables.country_name
    pairs = sorted(relations(tables), key=lambda key: set(key.split(JOINT)) != set(subject))
    states = sorted(tables.party_names, key=lambda code: subject.index(code) if code in subject else len(subject))
    return {
        RELATION: {key: listed(map(name, key.split(JOINT))) for key in pairs},
        STATE: {code: tables.party_names[code] for code in states},
        SPEAKER: {person.analyst: person.analyst for person in speakers(tables.quotes)},
    }


@lru_cache(maxsize=2)
def choices(tables: Tables) -> dict[str, str]:
    """Return the name of all that can be compared by its key: relations, then states, then speakers."""
    return {key: name for names in ranked(tables).values() for key, name in names.items()}


def kind_of(tables: Tables, key: str) -> str:
    """Return which kind a key is of."""
    return next(kind for kind, names in ranked(tables).items() if key in names)


def pair(tables: Tables, one: str, other: str) -> tuple[str, str]:
    """Return the keys to compare: those given, and in place of "" the first of the same kind that is not the other.

    Where neither is given they are the relation of the subject and the busiest besides; "" where there are too few.
    """
    kind = kind_of(tables, one or other) if one or other else RELATION
    rest = iter([key for key in ranked(tables)[kind] if key not in (one, other)])
    return one or next(rest, ""), other or next(rest, "")


def compared(tables: Tables, selection: Selection, key: str) -> Compared:
    """Return what a key stands for, with its deals and statements in view."""
    kind, view, spoken = kind_of(tables, key), select(tables, selection), tables.spoken
    codes = tuple(key.split(JOINT)) if kind != SPEAKER else ()
    name = listed(map(tables.in_sentence, codes)) or key
    if kind == SPEAKER:
        said = select_quotes(tables, selection, Choice(analyst=(key,)))
        ids = spoken["deal_id"].to_numpy()[is_in(spoken, "quote_id", said["quote_id"].to_numpy())]
        return Compared(key, kind, name, codes, view[is_in(view, "deal_id", ids)], said)
    ids = relations(tables)[key] if kind == RELATION else deals_by_country(tables)[key]
    deals, said = view[is_in(view, "deal_id", ids)], select_quotes(tables, selection)
    about = spoken["quote_id"].to_numpy()[is_in(spoken, "deal_id", deals["deal_id"].to_numpy())]
    return Compared(key, kind, name, codes, deals, said[is_in(said, "quote_id", about)])
