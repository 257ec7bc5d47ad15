"""A statement as a card: direct words and paraphrase never look alike, and what it rests on is named."""

from __future__ import annotations

import html
import re

import pytest

from dashboard.questions import evidence
from dashboard.tables.load import Tables
from tests.macros import macros
from tests.made_up import read

ROWS = read("quotes")
SOURCES = {row["source_id"]: row for row in read("sources")}


def card(tables: Tables, key: str) -> str:
    """Return a statement's card."""
    row = tables.quotes.set_index("quote_id", drop=False).loc[key]
    return macros("statement.html", tables).statement(row)


@pytest.mark.parametrize("row", [row for row in ROWS if row["form"] == "direct"], ids=lambda row: row["quote_id"])
def test_direct_words_are_kept_to_the_letter_between_quotation_marks(row: dict[str, str], made_up: Tables) -> None:
    said = re.search(r"<blockquote>“(.*)”</blockquote>", card(made_up, row["quote_id"]))
    assert said
    assert html.unescape(said[1]) == row["text"]
    assert made_up.dictionary.label("quotes", "form", "direct") in card(made_up, row["quote_id"])


@pytest.mark.parametrize("row", [row for row in ROWS if row["form"] != "direct"], ids=lambda row: row["quote_id"])
def test_a_paraphrase_is_labelled_and_never_in_quotation_marks(row: dict[str, str], made_up: Tables) -> None:
    text = card(made_up, row["quote_id"])
    said = re.search(r'<p class="paraphrase">(.*?)</p>', text)
    assert said
    assert html.unescape(said[1]) == row["text"]
    assert "blockquote" not in text
    assert not re.search("[“”«»]", text)
    assert made_up.dictionary.label("quotes", "form", "paraphrase") in text


def test_the_country_is_not_said_twice(made_up: Tables) -> None:
    assert "Spokesman of Turkey</p>" in card(made_up, "muster-2016-ships")
    assert "Maker of engines, Ukraine</p>" in card(made_up, "delta-2025-no-parts")
    assert "Writer on Indian affairs, Lambda Tribune, India</p>" in card(made_up, "ornek-2023-missile")


def test_folded_sources_name_publisher_and_grade_before_they_are_opened(made_up: Tables) -> None:
    key = "muster-2025-no-arms"
    row = next(row for row in ROWS if row["quote_id"] == key)
    cited = [SOURCES[source] for source in row["source_ids"].split(";")]
    text = macros("citing.html", made_up).folded_sources(*evidence.cited_each(made_up, [row["source_ids"]]))
    before, _, inside = text.partition("</summary>")
    assert len({source["origin"] for source in cited}) == 1 < len(cited)
    assert f"{len(cited)} sources, 1 independent origin:" in before
    for source in cited:
        assert html.escape(source["publisher"]) in before
        assert f'data-grade="{source["reliability"]}"' in before
        assert html.escape(source["url"]) in inside
    assert ' id="' not in text


def test_a_body_that_speaks_for_itself_is_named_once(made_up: Tables) -> None:
    row = made_up.quotes.set_index("quote_id", drop=False).loc["muster-2016-ships"].copy()
    row["role"] = row["analyst"]
    assert macros("statement.html", made_up).statement(row).count(row["analyst"]) == 1
