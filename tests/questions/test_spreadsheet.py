from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.questions import rows, spreadsheet
from dashboard.tables.load import Tables


def read(file: bytes) -> list[dict[str, str]]:
    """Return the rows of a file as a spreadsheet reads them."""
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("noun", list(rows.TABLES))
def test_the_file_has_every_row_and_every_column_of_the_table_with_its_title(made_up: Tables, noun: str) -> None:
    table = getattr(made_up, rows.TABLES[noun])
    given_out = read(spreadsheet.written(spreadsheet.in_full(made_up, noun, table, "Made-up tables, version 1")))
    assert len(given_out) == len(table)
    titles = [column.title for column in made_up.dictionary.tables[rows.TABLES[noun]].values()]
    assert [heading.partition(", in millions")[0] for heading in given_out[0]][: len(titles)] == titles
    assert {row["Taken from"] for row in given_out} == {"Made-up tables, version 1"}


def test_undisclosed_is_an_empty_cell_and_a_column_says_what_it_means(made_up: Tables) -> None:
    file = read(spreadsheet.written(spreadsheet.in_full(made_up, "deals", made_up.deals, "")))
    said = {row["What the value is"] for row in file}
    assert said == {"public", "not disclosed", "no trade with a price"}
    for row, deal in zip(file, made_up.deals.to_dict("records"), strict=True):
        value = row["Value, in millions of US dollars"]
        assert (value == "") == (row["What the value is"] != "public") == pd.isna(deal["value_usd_m"])
        assert value == "" or float(value) == deal["value_usd_m"]
        assert row["Alleged or denied"] == ("yes" if deal["is_doubted"] else "no")
        assert row["Independent origins"] == str(deal["origins"])


def test_codes_are_words_and_keys_stay_keys(made_up: Tables) -> None:
    file = read(spreadsheet.written(spreadsheet.in_full(made_up, "deals", made_up.deals, "")))
    for row, deal in zip(file, made_up.deals.to_dict("records"), strict=True):
        assert row["Deal"] == deal["deal_id"]
        assert row["Sources"] == deal["source_ids"]
        assert row["Supplier"] == "; ".join(map(made_up.country_name, deal["supplier"].split(";")))
        assert row["Status"] == made_up.dictionary.label("deals", "status", deal["status"], deal["family"])
    statements = spreadsheet.in_full(made_up, "statements", made_up.quotes, "")
    assert statements["Country"].tolist() == list(map(made_up.country_name, made_up.quotes["country"]))


@given(st.text(max_size=12))
def test_no_cell_of_a_file_would_be_run_by_a_spreadsheet(text: str) -> None:
    (row,) = read(spreadsheet.written(pd.DataFrame({"words": [text], "number": [-1.5]})))
    assert not row["words"].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert row["words"] in (text, f"'{text}")
    assert row["number"] == "-1.5", "a number is no formula"


@pytest.mark.parametrize("text", ["=1+1", "+49", "-2", "@SUM(A1)", "\t=1", "＝1"])
def test_what_begins_as_a_formula_becomes_text(text: str) -> None:
    assert read(spreadsheet.written(pd.DataFrame({"words": [text]})))[0]["words"] == f"'{text}"


def test_a_file_begins_with_the_mark_by_which_excel_knows_its_letters() -> None:
    assert spreadsheet.written(pd.DataFrame({"Ülke": ["Türkiye"]})).startswith("\ufeffÜlke\r\nTürkiye".encode())
