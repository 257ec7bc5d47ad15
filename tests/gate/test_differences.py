"""The differences of two states of the tables make the one from the other, whatever the tables are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.gate.differences import Difference, applied, differences
from dashboard.tables.csvfile import TextTable

KEYS = {"steps": ["deal", "day"], "gaps": ["id"]}
CELLS = st.text("ab,\n", max_size=2)
COLUMNS = st.lists(st.sampled_from(["what", "why", "who"]), unique=True)


@st.composite
def tables(draw: st.DrawFn) -> dict[str, TextTable]:
    """Return tables in their form: columns that differ from state to state, each key once, rows in the order of the keys."""
    found = {}
    for name, key in KEYS.items():
        header = [*key, *draw(COLUMNS)]
        keys = draw(
            st.lists(st.tuples(*(st.text("xyz", min_size=1, max_size=2) for _ in key)), unique=True, max_size=4)
        )
        rows = [[*cells, *(draw(CELLS) for _ in header[len(key) :])] for cells in sorted(keys)]
        found[name] = TextTable(name, header, rows)
    return found


def cells(state: dict[str, TextTable]) -> dict[str, tuple[list[str], list[list[str]]]]:
    return {name: (table.header, table.rows) for name, table in state.items()}


@given(tables(), tables())
def test_what_differs_applied_to_the_one_gives_the_other(
    one: dict[str, TextTable], other: dict[str, TextTable]
) -> None:
    found = list(differences(one, other, KEYS))
    assert cells(applied(found, one, KEYS)) == cells(other)
    back = [Difference(table, key, column, new, old) for table, key, column, old, new in found]
    assert cells(applied(back, other, KEYS)) == cells(one)
    assert not list(differences(one, one, KEYS))


def test_a_table_that_is_new_is_made_and_one_that_is_gone_is_gone() -> None:
    state = {"gaps": TextTable("gaps", ["id", "found"], [["a", "b"]])}
    found = list(differences({}, state, KEYS))
    assert found[0] == Difference("gaps", "", "", "", "id,found")
    assert cells(applied(found, {}, KEYS)) == cells(state)
    assert applied(differences(state, {}, KEYS), state, KEYS) == {}


def test_differences_of_another_state_are_refused() -> None:
    state = {"gaps": TextTable("gaps", ["id", "found"], [["a", "b"]])}
    with pytest.raises(ValueError, match="gaps, a, found: “b” is not “c”"):
        applied([Difference("gaps", "a", "found", "c", "d")], state, KEYS)
