"""The search for garbage rests while tables are read, and goes on afterwards whatever happened."""

import gc

import pytest

from dashboard.tables.uncollected import uncollected


def test_nothing_is_collected_within_and_all_is_as_it_was_afterwards() -> None:
    assert gc.isenabled()
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled(), "who began it ends it"
    assert gc.isenabled()


def test_it_goes_on_after_a_failure() -> None:
    with pytest.raises(ValueError, match="x"), uncollected():
        raise ValueError("x")
    assert gc.isenabled()
