"""A search finds what the reader means, whatever the way to write it, and nothing less for it."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.questions.search import has, having
from dashboard.tables.folding import fold_column

TEXTS = [
    "F-16 upgrade at Kayseri", "JF-17 by 2018", "J-10CE", "Turkey sells corvettes", "Türkiye’nin gemisi", "Ukraine engines",
    "The United Kingdom’s carrier", "Erdoğan’s visit", "co-production of drones", "155 mm shells, 30 % sure",
]  # fmt: skip
WORDS = fold_column(pd.Series(TEXTS))


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("F16", "f-16", "F 16", "F\u201116"), [0]),
        (("J10", "J-10", "j 10"), [2]),
        (("JF17 2018", "2018 jf-17"), [1]),
        (("Turkey", "Türkiye", "TURKİYE", "turkiye"), [3, 4]),
        (("UK", "uk", "U.K.", "United Kingdom", "Great Britain", "Britain"), [6]),
        (("Ukraine", "UKRAINE"), [5]),
        (("Erdogan’s", "Erdogan's", "erdoğan"), [7]),
        (("coproduction", "co-production", "co production", "drones co-production"), [8]),
        (("155mm", "155 mm", "30%"), [9]),
        (("corvettes Türkiye", "sells  Turkey"), [3]),
        (("IN", "zzz", "F-15", "f.16x"), []),
        (("", " "), list(range(len(TEXTS)))),
    ],
)  # fmt: skip
def test_each_way_to_write_it_finds_the_same(texts: tuple[str, ...], found: list[int]) -> None:
    for text in texts:
        assert list(WORDS.index[having(WORDS, text)]) == found, text


def test_a_name_has_the_words_sought_but_never_for_no_words() -> None:
    assert has("Recep Tayyip Erdoğan", "erdogan recep")
    assert not has("Recep Tayyip Erdoğan", "erdogan rece x")
    assert not has("Recep Tayyip Erdoğan", " ( ")
