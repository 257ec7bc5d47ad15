"""What the load generator says of the answers and of the memory that it saw."""

from __future__ import annotations

import math

import pytest

from bench import load


@pytest.mark.parametrize(("share", "milliseconds"), [(0.5, 6000), (0.95, 10_000), (1.0, 10_000), (0.0, 1000)])
def test_a_share_of_the_answers_came_within_a_time(share: float, milliseconds: float) -> None:
    assert load.part([3, 1, 2, 10, 9, 8, 7, 6, 5, 4], share) == milliseconds


def test_without_an_answer_there_is_no_time() -> None:
    assert math.isnan(load.part([], 0.5))


def test_memory_that_is_filled_and_then_stays_does_not_grow() -> None:
    assert load.growth([200, 260, 300, 310, 310, 310, 310, 310]) == 0


def test_memory_that_goes_on_rising_grows() -> None:
    assert load.growth([200, 202, 204, 206, 208, 210]) == pytest.approx(2)
    assert load.growth([200]) == 0


def test_all_readers_look_at_the_same_views_or_each_at_views_that_it_meets_but_once() -> None:
    assert sorted(load.views(False, 1)) == sorted(load.views(False, 2))
    assert load.views(False, 1) != load.views(False, 2)
    fresh = load.views(True, 1)
    assert len(set(fresh)) == len(fresh) > 20 * 60, "enough for a minute, whoever answers"
    assert not set(fresh) & set(load.views(False, 1))
