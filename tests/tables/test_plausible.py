"""Values that are well formed and cannot be right: one cell of the made-up tables is spoilt, one sentence is said."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from frictionless import Package

from dashboard.exports.package import packed
from dashboard.tables import check as checks
from dashboard.tables import load as data
from dashboard.tables.check import price_index, window
from dashboard.tables.check.window import FIRST_YEAR, Window
from tests.published import read as published


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be a day on which the made-up tables are young, whatever the clock says."""

    class Clock(date):
        @classmethod
        def today(cls) -> Clock:
            return cls(2026, 6, 15)

    monkeypatch.setattr(window, "date", Clock)


def describe(folder: Path, **said: object) -> None:
    """Say other things of the package as a whole."""
    path = folder / data.DESCRIPTION
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | said), encoding="utf-8")


def change(folder: Path, table: str, key: str, cells: dict[str, str]) -> int:
    """Write cells into the row that begins with a key; return the row's line."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    line = next(number for number, row in enumerate(rows, start=1) if ",".join(row).startswith(f"{key},"))
    for column, cell in cells.items():
        rows[line - 1][rows[0].index(column)] = cell
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
    return line


def said(folder: Path) -> list[str]:
    describe(folder, created="2026-06-15T00:00:00Z")
    return [str(fault) for fault in checks.find_faults(*data.read_texts(folder))]


# Of each: the table, the row, the cells written into it, and the one sentence after file and line; none: it is right.
BLANK = "Correct the date, or leave the cell blank where it is not known"
SERIAL = "A spreadsheet may have put the serial number of a day in place of the day: format the column as text"
SPOILT: dict[str, tuple[str, str, dict[str, str], str]] = {
    # dates
    "an open end as 9999": ("deals", "alpha-frigates", {"end": "9999-12-31"}, "column “end”: “9999-12-31” stands for no day. Leave the cell blank: a blank end means open or unknown."),
    "an unknown start as 9999": ("deals", "alpha-frigates", {"start": "9999", "end": "", "doubt": "End: none."}, f"column “start”: “9999” stands for no day. {BLANK}."),
    "a start of 1016": ("deals", "alpha-frigates", {"start": "1016-06-22"}, f"column “start”: “1016-06-22” is before 1900, the first year of these tables. Did you mean “2016-06-22”? {BLANK}."),
    "a start of 0205": ("deals", "alpha-frigates", {"start": "0205-06"}, f"column “start”: “0205-06” is before 1900, the first year of these tables. Did you mean “2005-06”? {BLANK}."),
    "a start of 1612": ("deals", "alpha-frigates", {"start": "1612-06"}, f"column “start”: “1612-06” is before 1900, the first year of these tables. Did you mean “2012-06”? {BLANK}."),
    "a start of 1799": ("deals", "alpha-frigates", {"start": "1799-06"}, f"column “start”: “1799-06” is before 1900, the first year of these tables. Did you mean “1999-06”? {BLANK}."),
    "a century that no digit mends": ("deals", "alpha-frigates", {"start": "1890-02~"}, f"column “start”: “1890-02~” is before 1900, the first year of these tables. Did you mean “1990-02~”? {BLANK}."),
    "a serial number as a year": ("deals", "alpha-frigates", {"start": "4254"}, f"column “start”: “4254” is a year in the future. {BLANK}. {SERIAL}."),
    "a low serial number as a year": ("deals", "alpha-frigates", {"start": "1254"}, f"column “start”: “1254” is a year before 1900. {BLANK}. {SERIAL}."),
    "a serial number for a day": ("deals", "alpha-frigates", {"start": "40304"}, f"column “start”: “40304” is not a date. {SERIAL}. 40304 stands for 2010-05-06."),
    "a number that is no serial number": ("deals", "alpha-frigates", {"start": "90304"}, "column “start”: “90304” is not a date. Write YYYY, YYYY-MM or YYYY-MM-DD, then ~ for about or ? for uncertain."),
    "a serial number for a day of checking": ("gaps", "echo-papers", {"last_checked": "46000"}, f"column “last_checked”: “46000” is not a day. {SERIAL}. 46000 stands for 2025-12-09."),
    "checked in the future": ("deals", "alpha-frigates", {"last_checked": "2062-11-22"}, "column “last_checked”: “2062-11-22” is in the future, when no row can have been checked. Write the day on which the row was checked."),
    "checked tomorrow, where it is that day already": ("deals", "alpha-frigates", {"last_checked": "2026-06-16"}, ""),
    "checked the day after tomorrow": ("deals", "alpha-frigates", {"last_checked": "2026-06-17"}, "column “last_checked”: “2026-06-17” is in the future, when no row can have been checked. Write the day on which the row was checked."),
    "a step in the future": ("milestones", "bravo-upgrade,2018?", {"date": "2028?"}, "column “date”: “2028?” is in the future. Correct the date."),
    "a page of the future": ("sources", "xi-observer-2013", {"published": "2026-07"}, f"column “published”: “2026-07” is in the future. {BLANK}."),
    "a page of this year": ("sources", "zeta-prices", {"published": "2026"}, ""),
    "a statement of the future": ("quotes", "muster-2015-boats", {"date": "2105-03"}, f"column “date”: “2105-03” is in the future. {BLANK}."),
    "the first year": ("deals", "lima-pact", {"start": "1900"}, ""),
    "a start after the end": ("deals", "alpha-frigates", {"start": "2012-01-02"}, "column “end”: “2012-01-01” is before the start, 2012-01-02. Correct the start or the end."),
    "checked before its page": ("deals", "golf-course", {"source_ids": "zeta-prices", "last_checked": "2025-12-31"}, "column “last_checked”: “2025-12-31” is before its source zeta-prices was published, 2026-01. Write the day on which the row was checked with this source."),
    "a step decades before its deal": ("milestones", "foxtrot-vests,2004-12", {"date": "1983-12"}, "column “date”: “1983-12” is more than 20 years before foxtrot-vests begins, 2004. Correct the date of the step, or those of the deal."),
    "a step some decades before": ("milestones", "foxtrot-vests,2004-12", {"date": "1984"}, ""),
    # sums, quantities, prices
    "a sum in dollars": ("deals", "quebec-drones", {"value_usd_m": "1500000000"}, "column “value_usd_m”: “1500000000” is more than 100,000 million. Give the sum in millions; 1500000000 is 1500 million."),
    "a sum in thousands": ("deals", "quebec-drones", {"value_usd_m": "100001"}, "column “value_usd_m”: “100001” is more than 100,000 million. Give the sum in millions."),
    "the largest sum": ("deals", "quebec-drones", {"value_usd_m": "100000"}, ""),
    "a sum in billions": ("deals", "quebec-drones", {"value_usd_m": "0.0015"}, "column “value_usd_m”: “0.0015” is less than 0.01 million. Give the sum in millions, not in billions."),
    "a high in dollars": ("deals", "delta-engine", {"value_high_usd_m": "60000000"}, "column “value_high_usd_m”: “60000000” is more than 100,000 million. Give the sum in millions; 60000000 is 60 million."),
    "a high without a value": ("deals", "echo-jammer", {"value_high_usd_m": "60"}, "column “value_usd_m”: is blank although a range is given. Give the figure used in totals, or blank the range."),
    "a low without a value": ("deals", "echo-jammer", {"value_low_usd_m": "60"}, "column “value_usd_m”: is blank although a range is given. Give the figure used in totals, or blank the range."),
    "a high below the value": ("deals", "delta-engine", {"value_high_usd_m": "40"}, "column “value_high_usd_m”: “40” is less than the value, 40.5. Correct the low, the value or the high."),
    "a low ten times too low": ("deals", "alpha-frigates", {"value_low_usd_m": "80"}, "column “value_high_usd_m”: “1200” is more than 10 times the low, 80. Give both in millions, or say in doubt after “Range:” why they lie so far apart."),
    "a low so low for a reason": ("deals", "alpha-frigates", {"value_low_usd_m": "80", "doubt": "Range: one hull or all."}, ""),
    "a low ten times below": ("deals", "alpha-frigates", {"value_low_usd_m": "120"}, ""),
    "a quantity of nothing": ("deals", "alpha-frigates", {"unit": ""}, "column “unit”: is blank although a quantity is given. Say what is counted, or blank the quantity."),
    "an index without its point": ("deflator", "2007", {"cpi_u": "120000"}, "column “cpi_u”: “120000” of 2007 does not fit the index in 2006 (110) and 2008 (130). Did the decimal point get lost? 120 would fit."),
    "an index with a point too early": ("deflator", "2007", {"cpi_u": "12"}, "column “cpi_u”: “12” of 2007 does not fit the index in 2006 (110) and 2008 (130). Did the decimal point get lost? 120 would fit."),
    "the last index without its point": ("deflator", "2025", {"cpi_u": "300000"}, "column “cpi_u”: “300000” of 2025 does not fit the index in 2024 (290). Did the decimal point get lost? 300 would fit."),
    "an index with digits changed about": ("deflator", "2020", {"cpi_u": "520"}, "column “cpi_u”: “520” of 2020 does not fit the index in 2019 (240) and 2021 (260). Correct it."),
    "an index of a year that is not over": ("deflator", "2025", {"year": "2026"}, "column “year”: “2026” is not over, so its average is not known. Leave the year out until it is."),
    # places
    "coordinates the wrong way round": ("places", "testville", {"lat": "71.5", "lon": "30.2"}, "column “lat”: “71.5” with the lon 30.2 puts testville outside Pakistan. Write lat 30.2 and lon 71.5: they seem to be swapped."),
    "a longitude beyond the pole as latitude": ("places", "testville", {"country": "CHN", "lat": "114.3", "lon": "30.6"}, "column “lat”: “114.3” with the lon 30.6 puts testville outside China. Write lat 30.6 and lon 114.3: they seem to be swapped."),
    "a latitude that is just too large": ("places", "testville", {"lat": "95"}, "column “lat”: “95” is too large. Give 90 or less."),
    "a longitude that is just too large": ("places", "testville", {"lon": "195"}, "column “lon”: “195” is too large. Give 180 or less."),
    "null island": ("places", "testville", {"lat": "0", "lon": "0.0"}, "column “lat”: “0” with the lon 0.0 puts testville in the sea where both are 0. Give the true coordinates."),
    "null island, of a state not shown": ("places", "testville", {"country": "GBR", "lat": "0", "lon": "0"}, "column “lat”: “0” with the lon 0 puts testville in the sea where both are 0. Give the true coordinates."),
    "a place in another state": ("places", "testville", {"country": "IND", "lat": "30.2", "lon": "71.5"}, "column “lat”: “30.2” with the lon 71.5 puts testville outside India, in Pakistan. Correct the coordinates or the country."),
    "a place far out at sea": ("places", "testville", {"lat": "15", "lon": "71.5"}, "column “lat”: “15” with the lon 71.5 puts testville outside Pakistan. Correct the coordinates or the country."),
    "a middle point in another state": ("places", "azerbaijan", {"lat": "40.38", "lon": "57.12"}, "column “lat”: “40.38” with the lon 57.12 puts azerbaijan outside Azerbaijan, in Turkmenistan. Correct the coordinates or the country."),
    "a country's own point elsewhere": ("countries", "TUR", {"lat": "35.2", "lon": "38.9"}, "column “lat”: “35.2” with the lon 38.9 puts the point of TUR outside Turkey. Write lat 38.9 and lon 35.2: they seem to be swapped."),
    "a ship off the coast": ("places", "alpha-yard", {"lat": "35.9", "lon": "30.5"}, ""),
    "a town at the border": ("places", "testville", {"lat": "31.60", "lon": "74.60"}, ""),
    "a state not shown": ("places", "testville", {"country": "GBR", "lat": "50.8", "lon": "-1.1"}, ""),
    # what rows say of one another
    "confirmed by one origin": ("deals", "bravo-upgrade", {"credibility": "1"}, "column “credibility”: “1” takes two independent origins of reliability B or better, or one of A, but its sources have one, Gamma Wire. Grade it 2 or worse, or add a source of another origin."),
    "confirmed by pages graded C": ("deals", "romeo-missile", {"credibility": "1"}, "column “credibility”: “1” takes two independent origins of reliability B or better, or one of A, but its sources have none. Grade it 2 or worse, or add a source of another origin."),
    "confirmed by an official record": ("deals", "juliett-embargo", {"credibility": "1"}, ""),
    "a statement confirmed by one origin": ("quotes", "muster-2015-boats", {"credibility": "1", "source_ids": "gamma-wire-2015;delta-post-2015"}, "column “credibility”: “1” takes two independent origins of reliability B or better, or one of A, but its sources have one, Gamma Wire. Grade it 2 or worse, or add a source of another origin."),
    "delivered without a step": ("deals", "echo-jammer", {"status": "delivered", "doubt": "Not in totals: a gift. End: none."}, "column “status”: “delivered” has no milestone of a kind that completes it: delivered, in-service, ended. Add the step to milestones.csv, or correct the status."),
    "delivered without an end": ("deals", "alpha-frigates", {"end": ""}, "column “end”: is blank although the deal is delivered. Give the end, or say in doubt after “End:” why it is blank."),
    "delivered, the end not known": ("deals", "alpha-frigates", {"end": "", "doubt": "Number: four. End: no page gives it."}, ""),
    "an end of what goes on": ("deals", "bravo-upgrade", {"end": "2019"}, "column “end”: “2019” is given although the deal is in-progress. Blank the end, or give the status that it has since."),
    "a publisher of two grades": ("sources", "tau-times-2023", {"publisher": "Sigma Review", "reliability": "D"}, "column “reliability”: “D” is not the grade that Sigma Review has on line 19, C. Give a publisher one grade in all rows."),
    "a publisher of two kinds": ("sources", "tau-times-2023", {"publisher": "Sigma Review", "kind": "wire"}, "column “kind”: “wire” is not the kind that Sigma Review has on line 19, news. Give a publisher one kind in all rows."),
    "a guest named first": ("deals", "hotel-exercise", {"place_id": "azerbaijan"}, "column “supplier”: “TUR” begins with TUR, but azerbaijan is in Azerbaijan. Name the host first, AZE, or say in doubt after “Host:” why not."),
    "a guest named first for a reason": ("deals", "hotel-exercise", {"place_id": "azerbaijan", "doubt": "Host: the two took turns."}, ""),
    "an exercise in a third state": ("deals", "hotel-exercise", {"supplier": "AZE", "recipient": "PAK"}, ""),
    # a wrong cell is one fault, not several
    "a grade that is none": ("sources", "gamma-wire-2015", {"reliability": "G"}, "column “reliability”: “G” is not an allowed value. Allowed: A, B, C, D, E, F."),
    "a misspelt kind of step": ("milestones", "quebec-drones,2017-05", {"kind": "in service"}, "column “kind”: “in service” is not an allowed value."),
    "a misspelt deal of a step": ("milestones", "quebec-drones,2017-05", {"deal_id": "quebec-drone"}, "column “deal_id”: “quebec-drone” is not in deals.csv."),
    "a sum that is no number": ("deals", "alpha-frigates", {"value_low_usd_m": "8o0"}, "column “value_low_usd_m”: “8o0” is not a number."),
    "a latitude that is no number": ("places", "testville", {"lat": "30.2N"}, "column “lat”: “30.2N” is not a number."),
}  # fmt: skip


def batches() -> list[list[str]]:
    """Return the names of what is spoilt, in batches whose parts do not touch one another; each check takes its time."""
    made: list[tuple[set[tuple[str, str]], list[str]]] = []
    for name, (table, key, *_) in SPOILT.items():
        place = (table, key if table in ("deals", "quotes") else "")
        room = next((batch for batch in made if place not in batch[0]), None)
        if room is None:
            made.append(room := (set(), []))
        room[0].add(place)
        room[1].append(name)
    return [names for _, names in made]


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize("names", batches(), ids=lambda names: f"{names[0]} and {len(names) - 1} more")
def test_what_cannot_be_right_is_said_once_and_what_can_is_not(names: list[str], made_up_folder: Path) -> None:
    expected = []
    for table, key, cells, words in map(SPOILT.__getitem__, names):
        line = change(made_up_folder, table, key, cells)
        expected += [f"{table}.csv, line {line}, {words}"] if words else []
    found = said(made_up_folder)
    missing = [words for words in expected if not any(fault.startswith(words) for fault in found)]
    noise = [fault for fault in found if not any(fault.startswith(words) for words in expected)]
    assert (missing, noise, len(found)) == ([], [], len(expected))


@pytest.mark.usefixtures("today")
def test_the_made_up_tables_have_no_fault(made_up_folder: Path) -> None:
    assert said(made_up_folder) == []


@pytest.mark.usefixtures("today")
def test_every_lost_point_of_a_price_index_is_named_and_no_right_year(made_up_folder: Path) -> None:
    lost = ["2007", "2008", "2011", "2012", "2021", "2022", "2023", "2024", "2025"]
    for year in lost:
        change(made_up_folder, "deflator", year, {"cpi_u": f"{(int(year) - 1995) * 10}000"})
    faults = said(made_up_folder)
    assert [re.findall(r"of (\d{4}) does", fault)[0] for fault in faults] == lost
    assert all(f"{(int(year) - 1995) * 10} would fit" in fault for year, fault in zip(lost, faults, strict=True))


def test_years_far_apart_do_not_hide_a_lost_point() -> None:
    assert price_index.misfits({1985: 100.0, 1986: 103.0, 2006: 1030.0}) == [2006]
    assert price_index.misfits({1985: 100.0, 1986: 103.0, 2006: 195.0}) == []
    assert price_index.misfits({}) == []


@pytest.mark.usefixtures("today")
def test_delivered_without_end_or_step_is_two_faults(made_up_folder: Path) -> None:
    change(made_up_folder, "deals", "bravo-upgrade", {"status": "delivered"})
    assert ["status" in fault for fault in said(made_up_folder)] == [False, True]


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize(("table", "column"), [("sources", "origin"), ("milestones", "kind"), ("places", "country")])
def test_where_a_column_is_missing_only_that_is_said(made_up_folder: Path, table: str, column: str) -> None:
    path = made_up_folder / f"{table}.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(f",{column},", ",,", 1), encoding="utf-8")
    change(made_up_folder, "deals", "bravo-upgrade", {"credibility": "1"})
    faults = [fault for fault in said(made_up_folder) if not fault.startswith(f"{table}.csv, line 1,")]
    assert len(faults) == (table != "sources")


@pytest.mark.usefixtures("today")
def test_a_clock_that_is_behind_does_not_take_the_site_down() -> None:
    made = {"created": "2027-03-01T00:00:00Z"}
    assert Window.of(made).last == date(2027, 3, 2)
    assert Window.of({"created": "some day"}).last == date(2026, 6, 16)
    assert Window.of({}).first == FIRST_YEAR
    assert Window.of({"firstYear": 1950}).first == 1950


@pytest.mark.usefixtures("today")
def test_the_first_year_is_that_of_the_data_package(made_up_folder: Path) -> None:
    describe(made_up_folder, firstYear=2004)
    faults = said(made_up_folder)
    assert faults
    assert all("is before 2004, the first year of these tables" in fault for fault in faults)


# --- the cases that real people's reports taught ---------------------------------------------------------------------
# Of kinds A (sizes), C (dates) and H (places): the table, the row, the cells, words of the one fault.
CASES = {
    "index-without-point": ("deflator", "2007", {"cpi_u": "207342"}, ["2007", "cpi_u", "207.342"]),
    "open-end-as-9999": ("deals", "agosta-90b-upgrade", {"end": "9999-12-31"}, ["end", "blank end means open"]),
    "start-1016": ("deals", "agosta-90b-upgrade", {"start": "1016-06-22"}, ["start", "2016-06-22"]),
    "serial-year-4254": ("deals", "agosta-90b-upgrade", {"start": "4254"}, ["start", "serial number"]),
    "checked-in-2062": ("deals", "agosta-90b-upgrade", {"last_checked": "2062-11-22"}, ["last_checked", "future"]),
    "coordinates-swapped": ("places", "islamabad", {"lat": "73.0479", "lon": "33.6844"}, ["islamabad", "swap"]),
    "null-island": ("places", "islamabad", {"lat": "0", "lon": "0"}, ["islamabad"]),
}


@pytest.mark.parametrize("name", CASES)
def test_a_case_that_was_reported_is_refused_with_one_fault(name: str, folder: Path) -> None:
    table, key, cells, words = CASES[name]
    change(folder, table, key, cells)
    (fault,) = map(str, checks.find_faults(*data.read_texts(folder)))
    assert [word for word in words if word not in fault] == []


# --- the data package ------------------------------------------------------------------------------------------------


def test_the_data_package_is_valid_and_each_resource_names_its_profile() -> None:
    report = Package(str(data.FOLDER / data.DESCRIPTION)).validate()
    assert report.valid, report.flatten(["title", "note"])
    assert [task.warnings for task in report.tasks if task.warnings] == []
    descriptor = json.loads((data.FOLDER / data.DESCRIPTION).read_bytes())
    assert {entry["profile"] for entry in descriptor["resources"]} == {"tabular-data-resource"}


def test_what_is_handed_out_can_be_checked_byte_by_byte(folder: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(packed(data.load(folder), folder))) as given_out:
        given_out.extractall(folder)
    assert Package(str(folder / data.DESCRIPTION)).validate().valid
    path = folder / "deals.csv"
    title = published("deals")[0]["title"].encode()
    content = path.read_bytes()
    path.write_bytes(content.replace(title, title.swapcase(), 1))
    report = Package(str(folder / data.DESCRIPTION)).validate()
    assert [error[0] for error in report.flatten(["type"])] == ["hash-count"]
    path.write_bytes(content + b"\n")
    report = Package(str(folder / data.DESCRIPTION)).validate()
    assert "byte-count" in [error[0] for error in report.flatten(["type"])]
