"""An independent judge, frictionless, over the same files: what it finds wrong the check refuses, and the other way round."""

from __future__ import annotations

import json
import random
import re
from datetime import date
from pathlib import Path

import edtf
import pytest
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st

from dashboard.tables import check as checks
from dashboard.tables import load as data
from dashboard.tables.dates import parse
from dashboard.tables.dictionary import NAMES
from dashboard.tables.faults import Fault
from dashboard.tables.files import CHANGES, CONFIRMED
from tests.tables.test_check import SPOILT, line_of, read, save

Place = tuple[str, int]  # file and line

# What Table Schema can say too. It has other numbers and days (NaN, 1e3, 2026-1-5), so types are compared one way only.
SAID = re.compile(
    r"is blank but must be given|does not have the right form|is too (long|small|large)\b.*|is on line \d+ too"
    r"|is not in (places|countries|deals)\.csv|has no cell filled in under a known heading|is missing"
)
KEYS = {"deal_id", "quote_id", "source_id", "place_id", "country", "gap_id", "year"}
LISTS = {"supplier", "recipient", "source_ids", "deal_ids"}  # of keys, of which Table Schema knows nothing


def judged(folder: Path) -> dict[Place, set[str]]:
    """Return the places that the judge finds wrong, and the sorts of errors there.

    The hashes are those of the files now, as in what is given out.
    """
    descriptor = json.loads((folder / data.DESCRIPTION).read_bytes())
    sealed = data.sealed(descriptor, lambda name: data.file_bytes(name, folder))
    package = Package.from_descriptor(json.loads(sealed), basepath=str(folder))
    report, found = package.validate(), dict[Place, set[str]]()
    for task in report.tasks:
        for error in task.errors:
            place = Path(task.place).name, getattr(error, "row_number", None) or 1
            found.setdefault(place, set()).add(error.type)
    return found


def refused(folder: Path) -> list[Fault]:
    return checks.find_faults(*data.read_texts(folder))


def places(faults: list[Fault]) -> set[Place]:
    return {(fault.file, fault.line) for fault in faults}


def assert_agreed(folder: Path) -> dict[Place, set[str]]:
    """Assert that all that the judge refuses is refused, and all that is refused in terms of Table Schema by the judge.

    To the judge each row that refers to a misspelt key is wrong too, to the check only the key.
    """
    found, judgement = refused(folder), judged(folder)
    sayable = [fault for fault in found if SAID.fullmatch(fault.problem) and fault.column not in LISTS]
    missed = set[str]().union(*(sorts for place, sorts in judgement.items() if place not in places(found)))
    has_wrong_key = any(fault.column in KEYS for fault in found)
    assert missed <= ({"foreign-key"} if has_wrong_key else set())
    assert places(sayable) - judgement.keys() == set()
    return judgement


def test_both_find_the_published_and_the_made_up_tables_right(made_up_folder: Path) -> None:
    for folder in (data.FOLDER, made_up_folder):
        assert (refused(folder), judged(folder)) == ([], {})


def test_both_agree_on_every_cell_that_the_tests_spoil(folder: Path) -> None:
    # A line break in a cell moves the lines below it, which the judge counts as rows.
    for spoilt in (spoilt for spoilt in SPOILT.values() if "\n" not in spoilt.value):
        rows = read(folder / spoilt.file)
        row = rows[line_of(spoilt.file, spoilt.row) - 1]
        for column, cell in spoilt.cells.items():
            row[rows[0].index(column)] = cell
        save(folder / spoilt.file, rows)
    assert len(assert_agreed(folder)) > 20


CELLS = (
    "", "x", "0", "-1", "1.5", "1e3", "NaN", "1,5", "2018-13", "2026-11-31", "2018~", "TUR", "XXQ", "a;b", "A B", "a-key",
    "x" * 300, "x" * 700, "https://example.org/x", "yes", "signed", "7", "95", "-200", "01990", "1990.0", "45000",
)  # fmt: skip


def spoil(folder: Path, chance: random.Random) -> None:
    """Write something else into a few cells of a folder, or put a row there twice."""
    for _ in range(6):
        path = chance.choice(sorted(set(folder.glob("*.csv")) - {folder / CONFIRMED, folder / CHANGES}))
        rows = read(path)
        row, column = chance.randrange(1, len(rows)), chance.randrange(len(rows[0]))
        rows[row][column] = chance.choice([*CELLS, rows[chance.randrange(1, len(rows))][column]])
        save(path, rows if chance.random() < 0.8 else [*rows, rows[row]])


@pytest.mark.parametrize("seed", range(12))
def test_both_agree_on_tables_that_are_spoilt_at_random(seed: int, made_up_folder: Path) -> None:
    spoil(made_up_folder, random.Random(seed))
    assert_agreed(made_up_folder)


@pytest.mark.parametrize("table", NAMES)
def test_both_refuse_a_table_without_one_of_its_columns(table: str, made_up_folder: Path) -> None:
    path = made_up_folder / f"{table}.csv"
    save(path, [row[:-1] for row in read(path)])
    assert (path.name, 1) in places(refused(made_up_folder))
    assert path.name in {file for file, _ in judged(made_up_folder)}


@given(st.one_of(
    st.builds("{:04}{}".format, st.integers(0, 9999), st.sampled_from(["", "~", "?"])),
    st.builds("{:04}-{:02}{}".format, st.integers(1, 9999), st.integers(0, 13), st.sampled_from(["", "~", "?"])),
    st.builds("{:04}-{:02}-{:02}".format, st.integers(1, 9999), st.integers(1, 12), st.integers(0, 32)),
))  # fmt: skip
def test_a_date_is_the_days_that_the_library_of_the_standard_finds(text: str) -> None:
    parts = [*text.rstrip("~?").split("-"), None, None][:3]
    try:
        known = edtf.Date(*parts)
        earliest, latest = (date(*bound[:3]) for bound in (known.lower_strict(), known.upper_strict()))
    except (KeyError, ValueError):  # the library looks a month up without asking whether there is one
        with pytest.raises(ValueError, match=text[:4]):
            parse(text)
    else:
        assert (parse(text).earliest, parse(text).latest) == (earliest, latest)
