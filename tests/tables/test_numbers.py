from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.tables import numbers


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("31.6340", "31.634"), ("124.0", "124"), ("5.", "5"), ("007", "7"), ("-12.650", "-12.65"), ("-0.0", "0"),
        ("0.50", "0.5"), ("100", "100"), ("", ""), ("1e3", "1e3"), ("33,80", "33,80"), ("NaN", "NaN"), (".", "."),
    ],
)  # fmt: skip
def test_a_number_has_one_spelling_and_what_is_none_stays(cell: str, expected: str) -> None:
    assert numbers.canonical(cell) == expected


@given(st.from_regex(r"-?[0-9]{1,15}(\.[0-9]{0,9})?", fullmatch=True))
def test_the_one_spelling_has_the_same_worth_and_is_its_own(cell: str) -> None:
    once = numbers.canonical(cell)
    assert Decimal(once) == Decimal(cell)
    assert numbers.canonical(once) == once
    assert not once.endswith(".")
    assert "." not in once or not once.endswith("0")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("33,8", ["33.8"]), ("-33,80", ["-33.8"]), (",5", ["0.5"]), ("-,5", ["-0.5"]), ("0,500", ["0.5"]),
        ("1,500", ["1500", "1.5"]), ("1.234,56", ["1234.56"]), ("1,234.56", ["1234.56"]),
        ("1.234.567", ["1234567"]), ("1,234,567", ["1234567"]), ("1 234", ["1234"]), ("1\u00a0234", ["1234"]),
        ("1'234", ["1234"]), ("1’234", ["1234"]), ("−5", ["-5"]), ("+5", ["5"]), ("4.0", ["4"]),
        ("1E+03", ["1000"]), ("2.5e-2", ["0.025"]), ("١٢٫٥", ["12.5"]),
        ("12,34,567", ["1234567"]), ("12,34,56", []), ("1.2.3", []), ("$37m", []), ("three", []), ("", []), ("-", []), (".,", []), (".e5", []),
    ],
)  # fmt: skip
def test_what_is_spelt_by_other_habits_may_mean_these_numbers(cell: str, expected: list[str]) -> None:
    assert numbers.readings(cell) == expected


def test_the_remedy_offers_the_numbers_that_may_be_meant() -> None:
    assert numbers.remedy("1,500", "Write digits only") == "Write digits only: 1500 or 1.5"
    assert numbers.remedy("three", "Write digits only") == "Write digits only"
