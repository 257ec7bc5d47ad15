"""Another data set, about other states in other money: every page shows it, and no page a word of the first one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.text_format import MessageToString
from streamlit.testing.v1 import AppTest

from dashboard import __main__ as commands
from dashboard.tables.load import Tables
from tests import elsewhere as files
from tests.page import cited, filters, opened, written
from tests.pages.test_app import opened as opened_app

pytestmark = pytest.mark.usefixtures("elsewhere_pages")
ADDRESSES: list[tuple[str, dict[str, str | list[str]]]] = [
    ("", {}), ("timeline", {}), ("timeline", {"group": "pair"}), ("value", {}), ("value", {"money": "constant"}), ("value", {"by": "supplier"}),
    ("map", {}), ("map", {"view": "0,35,4"}), ("map", {"width": "value"}), ("map", {"at": "KEN>TZA:lake"}), ("quotes", {}), ("claims", {}), ("claims", {"id": "radar-rafts"}),
    ("sources", {}), ("sources", {"grade": "A"}), ("data", {}), ("deal", {"id": "swift-launches"}), ("deal", {"id": "radar-rafts"}),
    ("deal", {"id": "no-such-deal"}), ("compare", {}), ("compare", {"a": "KEN", "b": "TZA"}), ("compare", {"a": "Ofisi"}),
]  # fmt: skip
# What only the first data set may bring on screen.
FOREIGN = re.compile(
    r"Turk|Türk|Pakistan|\bTUR\b|\bPAK\b|India\b|Defence.Ties|\$\d|dollar|\bUSD?\b|CPI|ThePrint", re.IGNORECASE
)
on_every_address = pytest.mark.parametrize(
    ("page", "own"), ADDRESSES, ids=[f"{page or 'front page'} {' '.join(own)}".strip() for page, own in ADDRESSES]
)


def nodes(node: Any) -> Iterator[Any]:
    """Yield every element and block of a page."""
    yield node
    for child in getattr(node, "children", {}).values():
        yield from nodes(child)


def said(test: AppTest) -> str:
    """Return all that a page sends to the browser: words, tables, figures, maps, choices, scripts and style."""
    protos = [node.proto for node in nodes(test._tree) if getattr(node, "proto", None) is not None]
    texts = [MessageToString(proto, as_utf8=True) for proto in protos]
    texts += [frame.value.to_csv() for frame in test.dataframe]
    return "\n".join(texts)


@on_every_address
def test_every_page_is_drawn_without_a_word_of_the_first_data_set(page: str, own: dict[str, Any]) -> None:
    words = said(opened(page or "overview", **own))
    assert len(words) > 1000
    found = [words[max(0, hit.start() - 60) : hit.end() + 60] for hit in FOREIGN.finditer(words)]
    assert not found


@on_every_address
def test_the_whole_app_is_called_as_the_data_set_is(page: str, own: dict[str, Any]) -> None:
    words = said(opened_app(page, **own))
    assert '<p class="brand">Lake Craft</p>' in words.replace("\\", "")
    assert not FOREIGN.search(words)


def test_the_front_page_speaks_of_its_two_states_in_its_own_money() -> None:
    words = written(opened("overview"))
    assert "Kenya and Tanzania have 2 trade deals and 1 tie on record. The disclosed total, €12m, " in words
    assert "Lake Craft tables, version " in words


def test_sums_are_in_the_currency_of_the_package() -> None:
    test = opened("value", money="constant")
    assert "€13.4m" in written(test)  # 12 in the money of 2015, of which the index rose by 12 per cent to 2020
    assert "All values are in euros of 2020, the latest full year of the index. Index (Made-up HICP): " in written(test)
    assert {"Euros of the time", "Constant euros"} <= set(filters(test)["money"]["labels"])


def test_a_deal_is_cited_under_the_name_of_the_data_set() -> None:
    test = opened("deal", id="swift-launches")
    (words,) = cited(test)
    assert words.startswith("Lake Craft, “Swift launches (delivered)” (deal in the data)")
    assert "euros of the time" in written(test)
    assert "starting article" not in written(test)


def test_without_presses_of_interest_all_countries_are_counted_together() -> None:
    assert "<td>3 countries</td>" in written(opened("sources"))
    assert "All countries (Kenya 1, Tanzania 1)" in written(opened("deal", id="swift-launches"))


def test_the_map_keeps_to_its_own_frame_and_names_what_lies_beyond(elsewhere: Tables) -> None:
    (element,) = opened("map", view="0,35,4").get("deck_gl_json_chart")
    assert '"maxBounds":[[26,-11.5],[52,12]]' in element.proto.json
    assert '"longitude":39.0' in element.proto.json
    assert "Brazil lies beyond the edge of the map." in element.proto.json


def test_files_are_called_after_the_data_set() -> None:
    assert {"title": files.OWN["title"]}.items() <= files.description().items()
    words = written(opened("data"))
    assert "Lake craft of Kenya and Tanzania, made up. Licence: " in words


def test_nothing_is_to_be_mended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(files.copy(tmp_path / "data"))
    assert commands.main(["check", "--folder", folder]) == 0
    assert commands.main(["tidy", "--folder", folder]) == 0
    assert capsys.readouterr().out.endswith("The tables are in order.\n")
