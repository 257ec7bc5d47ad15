"""Texts that a reader takes for the same are the same to a search."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.tables.folding import fold, fold_column, fold_name


@pytest.mark.parametrize(
    "same",
    [
        ("Erdoğan", "ERDOGAN", "Erdogan’s", "Erdoğan's"),
        ("TÜRKİYE", "Türkiye", "turkıye", "Tu\u0308rkiye"),
        ("F-16", "F16", "F 16", "f\u201116", "F–16"),
        ("155 mm", "155mm", "155-mm"),
        ("co-production", "coproduction", "Co\u2010Production"),
        ("O’Brien", "O'Brien", "obrien"),
        ("U.S. Navy", "US Navy", "us  navy."),
        ("naval / air", "naval, air", "naval\u00a0air"),
    ],
)
def test_ways_to_write_one_thing_are_one(same: tuple[str, ...]) -> None:
    assert len({fold(text) for text in same}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("F-16", "F-15"), ("air", "aïrs"), ("navalair", "naval air"), ("1.5", "15")]
)
def test_different_things_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_column_is_folded_as_each_of_its_texts() -> None:
    texts = pd.Series(["Erdoğan’s", "", "F-16"], index=[3, 5, 7])
    assert fold_column(texts).to_dict() == {3: "erdogan", 5: "", 7: "f16"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anadolu Agency", "anadolu agency"), ("The Print", "ThePrint"), ("Hürriyet", "Hurriyet"), ("Dawn", "Dаwn"),
        ("İBRAHİM KALIN", "İbrahim Kalın"), ("Erdoğan", "Erdoðan"), ("S.T.M.", "STM"), ("AT&T", "AT T"), ("Janes", "Jane’s"),
    ],
)  # fmt: skip
def test_two_spellings_of_a_name_are_alike(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Defence News", "Defense News"),
        ("Daily Times", "Daily Timer"),
        ("ترکی", "ترکیہ"),
        ("की", "का"),
        ("TAI", "TAI 2"),
        ("Daily Post", "Daily Post’s"),
    ],
)
def test_two_names_are_two(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)


def test_a_search_parts_words_owners_and_scripts_that_a_name_does_not() -> None:
    pairs = [("The Print", "ThePrint"), ("Janes", "Jane’s"), ("Dawn", "Dаwn")]
    assert [fold(one) == fold(other) for one, other in pairs] == [False] * 3
    assert [fold_name(one) == fold_name(other) for one, other in pairs] == [True] * 3


def test_signs_of_vowels_are_parts_of_words_in_a_search_too() -> None:
    assert fold("की का") == "की का"


@given(st.text(st.characters(codec="ascii")))
def test_a_name_of_plain_letters_is_folded_as_any_other(name: str) -> None:
    bare = name.replace("'", "").replace("`", "")
    assert fold_name(name) == fold(bare).replace(" ", "")
