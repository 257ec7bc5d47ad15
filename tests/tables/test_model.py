from __future__ import annotations

import calendar
import csv
import io
import os
from collections import defaultdict
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from dashboard.tables import files, form, tidy
from dashboard.tables import load as data
from dashboard.tables.dictionary import NAMES
from dashboard.tables.folding import fold, fold_column
from dashboard.tables.load import DataError, Tables
from dashboard.tables.model import is_in, type_tables
from tests.made_up import HERE, read
from tests.published import items


def bounds(text: str) -> tuple[date, date]:
    """Return the first and the last day of a date in the tables, worked out by the calendar."""
    year, month, day = (int(part) for part in ([*text.rstrip("~?").split("-"), "0", "0"])[:3])
    first = date(year, month or 1, day or 1)
    return first, date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])


@pytest.mark.parametrize("table", NAMES)
def test_typed_tables_hold_every_cell_of_the_files(table: str, made_up: Tables) -> None:
    typed = getattr(made_up, table)
    for column, described in made_up.dictionary.tables[table].items():
        written = [row[column] for row in read(table)]
        if described.type in ("integer", "number"):
            assert [None if pd.isna(cell) else float(cell) for cell in typed[column]] == [
                float(cell) if cell else None for cell in written
            ]
        else:
            assert list(typed[column]) == written


def test_dates_become_the_days_they_may_be(made_up: Tables) -> None:
    for table, columns in {
        "deals": ["announced", "start", "end"],
        "milestones": ["date"],
        "quotes": ["date"],
        "sources": ["published"],
    }.items():
        typed = getattr(made_up, table)
        for column in columns:
            for text, first, last in zip(
                typed[column], typed[f"{column}_earliest"], typed[f"{column}_latest"], strict=True
            ):
                assert (pd.isna(first), pd.isna(last)) == (not text, not text)
                assert not text or (first.date(), last.date()) == bounds(text)


def test_a_deal_spans_every_date_known_of_it_and_is_open_only_while_nothing_says_it_is_over(made_up: Tables) -> None:
    steps = defaultdict(list)
    for row in read("milestones"):
        steps[row["deal_id"]] += bounds(row["date"])
    for row, (_, typed) in zip(read("deals"), made_up.deals.iterrows(), strict=True):
        own = [day for name in ("announced", "start", "end") if row[name] for day in bounds(row[name])]
        days = own + steps[row["deal_id"]]
        ends = bounds(row["end"])[1] if row["end"] else max(days, default=None)
        assert (None if pd.isna(typed["begins"]) else typed["begins"].date()) == min(days, default=None)
        assert (None if pd.isna(typed["ends"]) else typed["ends"].date()) == ends
        over = row["end"] or row["status"] in ("delivered", "cancelled", "alleged", "denied")
        assert typed["is_open"] == (bool(days) and not over)


def test_the_year_of_a_deal_is_that_of_signature_else_of_announcement(made_up: Tables) -> None:
    expected = [(row["start"] or row["announced"])[:4] for row in read("deals")]
    assert ["" if pd.isna(year) else str(year) for year in made_up.deals["year"]] == expected


def test_the_years_run_from_the_first_to_the_last_that_a_deal_is_known_in(made_up: Tables) -> None:
    assert made_up.years == list(range(2003, 2026))
    frigates = made_up.deals[made_up.deals["deal_id"] == "alpha-frigates"]  # they end on 1 January 2012
    assert replace(made_up, deals=frigates).years == [2010, 2011, 2012]
    undated = made_up.deals[made_up.deals["begins"].isna()]
    assert replace(made_up, deals=undated).years == []


def test_sources_of_one_origin_count_once(made_up: Tables) -> None:
    origin = {row["source_id"]: row["origin"] for row in read("sources")}
    expected = [len({origin[key] for key in items(row["source_ids"])}) for row in read("deals")]
    assert list(made_up.deals["origins"]) == expected
    assert any(count < len(items(row["source_ids"])) for count, row in zip(expected, read("deals"), strict=True))


def test_lists_are_taken_apart_into_one_row_an_item(made_up: Tables) -> None:
    parties = [
        (row["deal_id"], side, code)
        for side in ("supplier", "recipient")
        for row in read("deals")
        for code in items(row[side])
    ]
    assert list(made_up.parties[["deal_id", "side", "country"]].itertuples(index=False, name=None)) == parties
    spoken = [(row["quote_id"], deal) for row in read("quotes") for deal in items(row["deal_ids"])]
    assert list(made_up.spoken.itertuples(index=False, name=None)) == spoken
    searched = [(row["gap_id"], deal) for row in read("gaps") for deal in items(row["deal_ids"])]
    assert list(made_up.searched.itertuples(index=False, name=None)) == searched
    keys = {"deals": "deal_id", "milestones": "deal_id", "quotes": "quote_id", "deflator": "year"}
    cited = [
        (table, row[key], source)
        for table, key in keys.items()
        for row in read(table)
        for source in items(row["source_ids"])
    ]
    assert list(made_up.citations[["table", "id", "source_id"]].itertuples(index=False, name=None)) == cited


@pytest.mark.parametrize(("typed", "written"), [("erdogan", "Erdoğan"), ("AKINCI", "Akıncı"), ("istanbul", "İstanbul")])
def test_a_search_does_not_ask_for_accents(made_up: Tables, typed: str, written: str) -> None:
    assert fold(typed) == fold(written)
    assert list(fold_column(pd.Series([written]))) == [fold(typed)]


def test_a_search_looks_into_title_bodies_countries_and_summary(made_up: Tables) -> None:
    names = {row["country"]: row["name"] for row in read("countries")}
    for row, words in zip(read("deals"), made_up.deals["words"], strict=True):
        countries = [names[code] for side in ("supplier", "recipient") for code in items(row[side])]
        for text in (row["title"], row["supplier_org"], row["recipient_org"], row["summary"], *countries):
            assert fold(text) in words


def test_countries_have_names_and_an_unknown_code_stands_for_itself(made_up: Tables) -> None:
    assert made_up.country_name("TUR") == "Turkey"
    assert made_up.country_name("XXX") == "XXX"


def test_tables_spoilt_by_a_spreadsheet_are_read_as_clean_ones(made_up_folder: Path, made_up: Tables) -> None:
    for name in NAMES:
        header, *body = csv.reader(
            io.StringIO((made_up_folder / f"{name}.csv").read_text(encoding="utf-8"), newline="")
        )
        order = sorted(range(len(header)), key=lambda at: header[at][::-1])
        written = [
            [f" {row[at].replace(';', ' ; ') if 'ids' in header[at] else row[at]} " for at in order] + ["", ""]
            for row in body
        ]
        buffer = io.StringIO(newline="")
        sheet = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
        sheet.writerows([[header[at] for at in order] + ["", ""], *written, [""] * (len(header) + 2)])
        (made_up_folder / f"{name}.csv").write_bytes(buffer.getvalue().encode("utf-8-sig") + b"\r\n\r\n")
    read = data.load(made_up_folder)
    for field in fields(Tables):
        clean = getattr(made_up, field.name)
        if isinstance(clean, pd.DataFrame):
            assert_frame_equal(getattr(read, field.name), clean)


def test_dates_far_away_are_no_obstacle(made_up_folder: Path) -> None:
    path = made_up_folder / "deals.csv"
    header, *body = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    for row, start, end in zip(body, ("0001", "1500-02"), ("", "9999"), strict=False):
        row[header.index("start")], row[header.index("end")] = start, end
    path.write_text(form.write(header, body), encoding="utf-8")
    deals = type_tables(*data.read_texts(made_up_folder), "").deals  # whether such a date is likely is not asked here
    assert list(deals["year"][:2]) == [1, 1500]
    assert deals["ends"][1] == pd.Timestamp(9999, 12, 31)


def test_a_data_error_says_every_fault_in_its_words(made_up_folder: Path) -> None:
    (made_up_folder / "gaps.csv").unlink()
    (made_up_folder / "places.csv").write_bytes(b"")
    with pytest.raises(DataError) as caught:
        data.load(made_up_folder)
    assert str(caught.value).split("\n") == [str(fault) for fault in caught.value.faults]
    assert [fault.file for fault in caught.value.faults] == ["places.csv", "gaps.csv"]


def test_the_stamp_is_of_what_the_tables_were_read_from(made_up_folder: Path) -> None:
    tables = data.load(made_up_folder)
    os.utime(made_up_folder / "places.csv", (1, 1))
    assert data.load(made_up_folder).stamp == tables.stamp, "the same words, whatever the times of change"
    path = made_up_folder / "deals.csv"
    path.write_bytes(path.read_bytes().replace(b",stalled,", b",signed,", 1))
    assert data.load(made_up_folder).stamp != tables.stamp


def test_tidying_restores_the_canonical_form_and_leaves_alone_what_cannot_be_read(made_up_folder: Path) -> None:
    assert tidy.tidy(made_up_folder) == ([], [])
    header, *body = (made_up_folder / "gaps.csv").read_bytes().splitlines(keepends=True)
    (made_up_folder / "gaps.csv").write_bytes(b"\xef\xbb\xbf" + header + b"".join(reversed(body)))
    (made_up_folder / "places.csv").write_bytes((made_up_folder / "places.csv").read_bytes() + b"one,two\n")
    broken = (made_up_folder / "places.csv").read_bytes()
    changed, faults = tidy.tidy(made_up_folder)
    assert changed == ["gaps.csv"]
    assert [(fault.file, fault.problem) for fault in faults] == [("places.csv", "has 2 cells where the header has 6")]
    assert (made_up_folder / "gaps.csv").read_bytes() == (HERE / "gaps.csv").read_bytes()
    assert (made_up_folder / "places.csv").read_bytes() == broken


def test_confirmed_words_are_read_as_text_and_may_be_missing(made_up_folder: Path) -> None:
    assert files.read_confirmed(made_up_folder).header == ["table", "key", "column", "word"]
    (made_up_folder / files.CONFIRMED).unlink()
    assert [fault.problem for fault in files.read_confirmed(made_up_folder).faults] == ["cannot be opened"]


@given(st.lists(st.sampled_from("abc")), st.frozensets(st.sampled_from("abcd")))
def test_a_row_is_among_values_where_its_cell_is_one_of_them(cells: list[str], values: frozenset[str]) -> None:
    table = pd.DataFrame({"letter": cells}, dtype=object)
    assert is_in(table, "letter", values).tolist() == [cell in values for cell in cells]
    assert list(table[is_in(table, "letter", [*values, *values])]["letter"]) == [
        cell for cell in cells if cell in values
    ]
