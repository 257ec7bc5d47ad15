"""The made-up tables stand: no fault, every allowed value, and the shapes of rows that their README promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard import __main__ as commands
from dashboard.tables.load import Tables
from tests.made_up import HERE, read


def test_nothing_is_to_be_mended(made_up_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["check", "--folder", str(made_up_folder)]) == 0
    assert commands.main(["tidy", "--folder", str(made_up_folder)]) == 0
    assert capsys.readouterr().out.endswith("The tables are in order.\n")


def test_every_allowed_value_is_in_a_row(made_up: Tables) -> None:
    lacking = {
        f"{table}.{column}: {value}"
        for table, columns in made_up.dictionary.tables.items()
        for column, described in columns.items()
        for value in described.choices.keys() - {row[column] for row in read(table)}
    }
    assert not lacking, "give each of them a row in tests/made_up"


def test_every_column_that_may_be_blank_is_blank_in_one_row_and_filled_in_another(made_up: Tables) -> None:
    for table, columns in made_up.dictionary.tables.items():
        for column, described in columns.items():
            filled = {bool(row[column]) for row in read(table)}
            assert filled == ({True} if described.required else {True, False}), f"{table}.{column}"


def test_every_source_place_and_country_is_used_and_every_deal_explained(made_up: Tables) -> None:
    assert set(made_up.citations["source_id"]) == set(made_up.sources["source_id"])
    assert set(made_up.deals["place_id"]) - {""} == set(made_up.places["place_id"])
    seats = {*made_up.sources["country"], *made_up.quotes["country"], *made_up.places["country"]} - {""}
    assert seats | set(made_up.parties["country"]) == set(made_up.countries["country"])
    explained = re.findall(r"^\| `([a-z-]+)` \|", (HERE / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(made_up.deals["deal_id"]) <= set(explained)


def test_nobody_can_take_it_for_facts() -> None:
    assert all(".example/" in row["url"] for row in read("sources") if row["url"])
    assert all("made-up" in row["summary"].casefold() for row in read("deals"))
