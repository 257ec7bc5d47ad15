"""A proposed key is made of the row's words in the style of its table, and no other row has it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.gate.keys import STYLES, proposed
from dashboard.tables.csvfile import TextTable

NONE = TextTable("x.csv", ["title", "name", "analyst", "publisher"])


@pytest.mark.parametrize(
    ("table", "row", "key"),
    [
        ("deals", {"title": "Upgrade of the T-129 Örnek helicopters and of others in the fleet"}, "upgrade-t129-ornek-helicopters-others"),
        ("deals", {"title": "Of and by the"}, "of-and-by-the"),
        ("deals", {"title": "Военный корабль"}, ""),
        ("deals", {}, ""),
        ("places", {"name": "Alpha Yard (north), Sampletown"}, "alpha-yard-sampletown"),
        ("quotes", {"analyst": "Bora Çelik", "date": "2018-07-05~"}, "celik-2018"),
        ("quotes", {"analyst": "Bora Çelik"}, "celik"),
        ("sources", {"publisher": "The Alpha Gazette (Gamma Wire text)", "published": "2018-07?"}, "alpha-gazette-2018-07"),
    ],
)  # fmt: skip
def test_a_key_is_made_of_the_words_that_tell_most(table: str, row: dict[str, str], key: str) -> None:
    assert proposed(table, row, NONE, []) == key


def test_the_keys_of_one_publisher_begin_alike() -> None:
    keys = ["ag-2010-05-07", "ag-2011", "gazette-2012", "other-2010-05-07"]
    rows = TextTable("sources.csv", ["publisher"], [["Alpha Gazette"]] * 3 + [["Other"]])
    assert proposed("sources", {"publisher": "ALPHA gazette", "published": "2012"}, rows, keys) == "ag-2012"
    assert proposed("sources", {"publisher": "Alpha Gazette", "published": "2011"}, rows, keys) == "ag-2011-2"
    assert proposed("sources", {"publisher": "Alpha Gazettes"}, rows, keys) == "alpha-gazettes"


@given(st.sampled_from(sorted(STYLES)), st.text(max_size=40), st.sets(st.integers(1, 5)))
def test_a_key_has_the_right_form_and_is_free(table: str, words: str, numbers: set[int]) -> None:
    row = {STYLES[table].words: words}
    plain = proposed(table, row, NONE, [])
    taken = [plain, *(f"{plain}-{number}" for number in numbers)] if plain else []
    key = proposed(table, row, TextTable("x.csv", [STYLES[table].words], [["—"]] * len(taken)), taken)
    assert key not in taken
    assert re.fullmatch("([a-z0-9]+(-[a-z0-9]+)*)?", key)
    assert bool(key) == bool(plain)
