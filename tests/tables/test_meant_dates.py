from __future__ import annotations

from datetime import date

import pytest

from dashboard.tables.check.meant_dates import readings, remedy
from dashboard.tables.check.window import Window

WINDOW = Window(1900, date(2026, 11, 27))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15.05.2025", ["2025-05-15"]), ("6.5.10", ["2010-05-06"]), ("6.5.87", ["1987-05-06"]), ("05/06/2010", ["2010-06-05", "2010-05-06"]),
        ("22/11/2026", ["2026-11-22"]), ("1/25/2026", ["2026-01-25"]), ("2010-5-6", ["2010-05-06"]), ("2010/05", ["2010-05"]),
        ("6-May-10", ["2010-05-06"]), ("May 6, 2010", ["2010-05-06"]), ("May-10", ["2010-05"]), ("Mayıs 2010", ["2010-05"]),
        ("6. Mai 2010", ["2010-05-06"]), ("İlk 2010", []), ("Ağu 2010", ["2010-08"]), ("Şub 2010", ["2010-02"]), ("20100506", ["2010-05-06"]), ("20018", ["2018"]),
        ("10-05-06", ["2010-05-06", "2006-05-10", "2006-10-05"]), ("2010-05-06 00:00:00", ["2010-05-06"]), ("2010 - 2012", []),
        ("2010-05-06/..", []), ("201X", []), ("13/14/2010", []), ("1 2 3 4", []), ("2030/05", []), ("1/1/100", []), ("five", []),
    ],
)  # fmt: skip
def test_a_date_by_another_habit_is_understood(text: str, expected: list[str]) -> None:
    assert readings(text, WINDOW) == expected


def test_the_advice_names_what_may_be_meant_and_how_a_program_leaves_dates_alone() -> None:
    assert remedy("never", WINDOW, "Write YYYY") == "Write YYYY"
    assert remedy("6.5.2010", WINDOW, "Write YYYY").startswith(
        "Write YYYY: 2010-05-06. A spreadsheet leaves dates alone"
    )
    assert remedy("40304.0", WINDOW, "Write YYYY").endswith("40304.0 stands for 2010-05-06")
    assert "2018, or 1954-10-21, if a spreadsheet" in remedy("20018", WINDOW, "Write YYYY")
