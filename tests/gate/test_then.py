"""The tables as they were in a version: the same cells, typed; what today cannot read is left out and counted, and nothing fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from dashboard.gate.history import history
from dashboard.gate.then import Then, then
from dashboard.tables import files
from dashboard.tables.csvfile import TextTable, parse
from dashboard.tables.load import Tables
from tests.made_up import FORMER, FORMER_DAY, altered, log

Shown = Callable[..., Then]


@pytest.fixture
def shown(made_up: Tables, monkeypatch: pytest.MonkeyPatch) -> Shown:
    """Return what shows tables as they were: the cells given in place of today's."""

    def made(**other: TextTable) -> Then:
        before: Mapping[str, TextTable] = {**made_up.texts, **other}
        monkeypatch.setattr(files, "read_log", lambda: parse("changes.csv", log(made_up, before)))
        return then(replace(made_up), FORMER)

    return made


def test_an_old_version_has_its_own_cells_its_day_and_its_name(made_up: Tables, shown: Shown) -> None:
    found = shown(deals=altered(made_up.texts["deals"], "alpha-frigates", value_usd_m="900"))
    assert found.tables
    assert found.tables
    deal = found.tables.deals.set_index("deal_id").loc["alpha-frigates"]
    assert (deal["value_usd_m"], found.left_out) == (900, 0)
    assert (found.tables.version, found.tables.package.day, found.tables.edition) == (FORMER, FORMER_DAY, FORMER)
    assert found.tables.stamp != made_up.stamp
    assert {name: len(table.rows) for name, table in found.tables.texts.items()} == {
        name: len(table.rows) for name, table in made_up.texts.items()
    }


def test_a_rule_that_came_later_hides_nothing(made_up: Tables, shown: Shown) -> None:
    found = shown(deals=altered(made_up.texts["deals"], "alpha-frigates", end="", summary="x" * 9_000))
    assert found.tables
    assert (found.left_out, len(found.tables.deals)) == (0, len(made_up.deals))


@pytest.mark.parametrize(
    "cells", [{"status": "sold"}, {"value_usd_m": "many"}, {"start": "May"}, {"title": ""}, {"place_id": "x"}]
)
def test_a_row_that_cannot_be_read_is_left_out_with_what_refers_to_it(
    made_up: Tables, shown: Shown, cells: dict[str, str]
) -> None:
    found = shown(deals=altered(made_up.texts["deals"], "alpha-frigates", **cells))
    assert found.tables
    steps = int((made_up.milestones["deal_id"] == "alpha-frigates").sum())
    assert found.left_out == 1 + steps > 1
    assert "alpha-frigates" not in {*found.tables.deals["deal_id"], *found.tables.spoken["deal_id"]}
    assert len(found.tables.quotes) == len(made_up.quotes)


def test_columns_that_came_or_went_are_blank_or_left_away(made_up: Tables, shown: Shown) -> None:
    table = made_up.texts["countries"]
    at = table.header.index("article")
    rows = [[*row[:at], *row[at + 1 :], "x"] for row in table.rows]
    found = shown(
        countries=replace(table, header=[*(name for name in table.header if name != "article"), "extra"], rows=rows)
    )
    assert found.tables
    assert set(found.tables.countries["article"]) == {""}
    assert "extra" not in found.tables.texts["countries"].header


def test_a_version_of_which_too_little_can_be_read_says_why_not(
    made_up: Tables, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = made_up.texts["deals"]
    bare = replace(table, header=table.header[:1], rows=[row[:1] for row in table.rows])
    assert shown(deals=bare) == Then(None, why="no row of the table deals fits what its columns are today")
    assert shown(gaps=TextTable("gaps")) == Then(None, why="they had no table gaps, which the pages need")
    broken = parse("changes.csv", log(made_up, made_up.texts).replace(b",Frigate Alpha", b",Frigate Beta", 1))
    broken.rows.append([made_up.version, "2020-06-07", "deals", "alpha-frigates", "title", "Other", "Frigate"])
    monkeypatch.setattr(files, "read_log", lambda: broken)
    why = "the log of the versions does not say what they were"
    assert then(replace(made_up), made_up.version) == then(replace(made_up), "1.2.3") == Then(None, why=why)


def test_of_the_published_tables_every_version_can_be_seen(tables: Tables) -> None:
    for release in history(tables):
        assert then(tables, release.version).tables
