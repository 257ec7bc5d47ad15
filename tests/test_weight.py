"""How much memory a thing takes, found without looking at all of it."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from dashboard import views
from dashboard.tables.load import Tables
from dashboard.weight import MOST, weight


@dataclass
class Page:
    """A thing with parts."""

    title: str
    rows: list[Any]


class Line(NamedTuple):
    """A small thing, many of which lie in a list."""

    name: str
    values: tuple[float, ...]


def closed_over(words: str) -> Callable[[], str]:
    return lambda: words


def lines(count: int) -> list[Line]:
    return [Line(f"a line of number {number}", (number + 0.5, number + 0.25)) for number in range(count)]


MAKERS: dict[str, Callable[[], Any]] = {
    "text": lambda: "Ş" * 100_000,
    "bytes": lambda: bytes(100_000),
    "few large texts": lambda: ["a" * 50_000, "b" * 50_000],
    "page": lambda: Page("Value", lines(20)),
    "many lines": lambda: lines(20_000),
    "words by number": lambda: {number + 1_000_000: f"{number} words" * 9 for number in range(5_000)},
    "function": lambda: closed_over("c" * 100_000),
    "part of a function": lambda: partial(len, "d" * 100_000),
    "numbers": lambda: np.arange(50_000) * 0.5,
    "table": lambda: pd.DataFrame({"name": [f"a ship of number {number}" for number in range(5_000)], "value": np.arange(5_000.0)}),
    "column": lambda: pd.Series([f"a ship of number {number}" for number in range(5_000)]),
    "column of any things": lambda: pd.Series([f"a ship of number {number}" for number in range(5_000)], dtype=object),
    "index": lambda: pd.Index(np.arange(50_000) * 0.5),
    "Arrow table": lambda: pa.table({"value": np.arange(50_000) * 0.5}),
}  # fmt: skip


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_a_thing_is_about_as_heavy_as_what_it_takes(make: Callable[[], Any]) -> None:
    make()  # what is only ever made once is no part of it
    gc.collect()
    arrow = pa.total_allocated_bytes()
    tracemalloc.start()
    thing = make()
    gc.collect()
    taken = tracemalloc.get_traced_memory()[0] + pa.total_allocated_bytes() - arrow
    tracemalloc.stop()
    assert 0.7 * taken < weight(thing) < 1.5 * taken


def test_what_is_there_in_any_case_weighs_nothing(made_up: Tables) -> None:
    assert weight(made_up) == weight(pd) == weight(Page) == 0
    assert weight(partial(Page, rows=[made_up])) < 2_000
    one = "a" * 100_000
    assert weight([[one], [one]]) > 200_000, "of a text there is no telling who else holds it"
    rows = lines(20)
    assert weight([rows, rows]) < 1.2 * weight(rows)


def test_however_large_a_thing_is_few_of_its_parts_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []
    find = gc.get_referents
    monkeypatch.setattr("dashboard.weight.get_referents", lambda thing: looked.append(thing) or find(thing))
    deep: list[Any] = [0.5]
    for _ in range(5):
        deep = [[*deep, number] for number in range(30)]
    assert weight(deep) > 0
    assert len(looked) <= MOST


def test_every_view_has_a_weight(made_up: Tables) -> None:
    for page in views.PAGES:
        assert 500 < weight(views.at(made_up, f"/{page}", date(2026, 11, 27))) < 5_000_000
