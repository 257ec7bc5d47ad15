from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.tables import dates
from dashboard.tables.dates import format_date, format_span, is_date, parse

marks = st.sampled_from(["", "~", "?"])
years = st.integers(1, 9999).map("{:04}".format)
days = st.dates()
texts = st.one_of(
    st.builds("{}{}".format, years, marks),
    st.builds(lambda day, mark: f"{day.isoformat()[:7]}{mark}", days, marks),
    st.builds(lambda day, mark: f"{day.isoformat()}{mark}", days, marks),
)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("2018-07", date(2018, 7, 1), date(2018, 7, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
        ("2018-07-05", date(2018, 7, 5), date(2018, 7, 5)),
        ("2018-12~", date(2018, 12, 1), date(2018, 12, 31)),
        ("2018?", date(2018, 1, 1), date(2018, 12, 31)),
    ],
)
def test_a_date_is_every_day_it_may_be(text: str, earliest: date, latest: date) -> None:
    interval = parse(text)
    assert (interval.earliest, interval.latest) == (earliest, latest)


def test_a_mark_says_approximate_or_uncertain_and_widens_nothing() -> None:
    assert [(parse(text).approximate, parse(text).uncertain) for text in ("2018", "2018~", "2018?")] == [
        (False, False), (True, False), (False, True),
    ]  # fmt: skip
    assert parse("2018~").latest == parse("2018?").latest == parse("2018").latest


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "2018-13", "2018-00", "2018-02-30", "2019-02-29", "2018-07-00", "0000", "18", "218", "20180705", "2018/07",
        "05.07.2018", "July 2018", "2018-7", "2018-07-5", "2018~?", "~2018", "2018-07-05T10:00", "2018-21", "2018/2019", "..",
        "2018-07-05 ", "\u0662\u0660\u0661\u0668", "-2018", "y12018", "201X", "2018%", "2018\n",
    ],
)  # fmt: skip
def test_anything_else_is_no_date_and_the_words_repeat_it(text: str) -> None:
    assert not is_date(text)
    with pytest.raises(ValueError) as caught:  # noqa: PT011 -- the words are looked at below
        parse(text)
    assert str(caught.value).startswith(text)


@settings(max_examples=100)
@given(texts)
def test_a_date_never_ends_before_it_begins_and_spans_one_day_month_or_year(text: str) -> None:
    interval = parse(text)
    parts = [int(part) for part in text.rstrip("~?").split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 0
    lengths = {1: 365 + calendar.isleap(year), 2: calendar.monthrange(year, month)[1] if month else 0, 3: 1}
    assert is_date(text)
    assert interval.earliest <= interval.latest
    assert (interval.latest - interval.earliest).days + 1 == lengths[len(parts)]


@settings(max_examples=100)
@given(texts)
def test_words_for_a_date_are_never_more_exact_than_the_date(text: str) -> None:
    words = format_date(text)
    plain = text.rstrip("~?")
    assert plain[:4] in words
    assert any(month in words for month in dates.MONTHS) == (len(plain) > 4)
    numbers = [word for word in words.split() if word.isdigit()]
    assert len(numbers) == (2 if len(plain) > 7 else 1)
    assert words.startswith("about ") == text.endswith("~")
    assert words.endswith(" (uncertain)") == text.endswith("?")


def test_dates_in_words() -> None:
    assert [format_date(text) for text in ("2018-07-05", "2018-07~", "2018", "2012-11?", "")] == [
        "5 July 2018", "about July 2018", "2018", "November 2012 (uncertain)", "date not known",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("", "", "dates not known"),
        ("2018", "", "since 2018"),
        ("", "2019-01", "until January 2019"),
        ("2018-07-05", "2018-07-05", "5 July 2018"),
        ("2018", "2019~", "2018 to about 2019"),
    ],
)
def test_a_blank_end_is_said_to_be_open_and_never_filled_in(start: str, end: str, words: str) -> None:
    assert format_span(start, end) == words
