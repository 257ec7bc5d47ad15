"""How sources are cited: no field breaks its format, nothing is more exact than it is known."""

from __future__ import annotations

import re

import pytest

from dashboard import citation
from dashboard.tables.model import Tables

KNOWN = {
    "source_id": "paper-2018",
    "publisher": "Daily Paper",
    "title": "Four ships ordered",
    "url": "https://example.org/ships",
    "published": "2018-07-05",
    "cited_as": "article",
    "language": "en",
}


def balanced(text: str) -> bool:
    """Say whether every brace closes, counting as BibTeX does: a backslash before a brace changes nothing."""
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def test_plain_citation_gives_publisher_headline_date_and_address() -> None:
    assert citation.plain(KNOWN) == "Daily Paper, “Four ships ordered”, 5 July 2018. https://example.org/ships"


def test_plain_citation_says_what_is_not_known() -> None:
    words = citation.plain({**KNOWN, "published": "", "url": ""})
    assert words == "Daily Paper, “Four ships ordered”, date of publication not known. No public address."


def test_description_stays_in_brackets_and_takes_no_quotation_marks() -> None:
    described = {**KNOWN, "title": "[A report on ships]"}
    assert citation.plain(described).startswith("Daily Paper, [A report on ships], ")
    assert "title = {{[A report on ships]}}" in citation.bibtex(described)
    assert "TI  - [A report on ships]" in citation.ris(described)
    assert citation.csl(described)["title"] == "[A report on ships]"
    assert "headline not seen" in citation.csl(described)["note"]


@pytest.mark.parametrize(
    ("published", "parts", "words"),
    [
        ("2018-07-05", [2018, 7, 5], ""),
        ("2018-07~", [2018, 7], "approximate"),
        ("2018?", [2018], "uncertain"),
        ("", None, "not known"),
    ],
)
def test_date_is_never_more_exact_than_it_is_known(published: str, parts: list[int] | None, words: str) -> None:
    source = {**KNOWN, "published": published}
    issued = citation.csl(source).get("issued")
    assert (issued and issued["date-parts"][0]) == parts
    assert bool(issued and issued.get("circa")) == (words in ("approximate", "uncertain"))
    assert ("note = " in citation.bibtex(source)) == bool(words)
    assert words in citation.bibtex(source)
    fields = re.findall(r"^  (year|month|day) = ", citation.bibtex(source), re.MULTILINE)
    assert len(fields) == len(parts or [])
    day = re.search(r"^DA  - (.*)$", citation.ris(source), re.MULTILINE)
    assert (day and [int(part) for part in day[1].split("/") if part]) == parts
    assert day is None or day[1].count("/") == 3


def test_bibtex_escapes_what_would_end_a_field_or_start_a_command() -> None:
    entry = citation.bibtex(
        {**KNOWN, "title": "50% of {A} & B_1 #2 $3 ~ ^ \\end", "url": "https://a.org/{x}?y=1%20&z#t"}
    )
    assert balanced(entry)
    title = next(line for line in entry.splitlines() if line.startswith("  title"))
    expected = r"50\% of \textbraceleft{}A\textbraceright{} \& B\_1 \#2 \$3 \textasciitilde{} \textasciicircum{} \textbackslash{}end"
    assert title == "  title = {{" + expected + "}},"
    assert "url = {https://a.org/%7Bx%7D?y=1%20&z#t}" in entry


def test_a_single_brace_in_a_headline_leaves_the_entry_whole() -> None:
    assert balanced(citation.bibtex({**KNOWN, "title": "Half a pair }", "publisher": "{ Press"}))


@pytest.mark.parametrize(
    ("cited_as", "entry", "tag", "csl"),
    [
        ("article", "@article", "NEWS", "article-newspaper"),
        ("report", "@techreport", "RPRT", "report"),
        ("official report", "@techreport", "GOVDOC", "report"),
        ("dataset", "@misc", "DBASE", "dataset"),
        ("post", "@misc", "BLOG", "post-weblog"),
        ("page", "@misc", "ELEC", "webpage"),
    ],
)
def test_entry_type_follows_what_a_source_is_cited_as(cited_as: str, entry: str, tag: str, csl: str) -> None:
    source = {**KNOWN, "cited_as": cited_as}
    assert citation.bibtex(source).startswith(entry + "{paper-2018,")
    assert citation.ris(source).startswith(f"TY  - {tag}\n")
    assert citation.csl(source)["type"] == csl


def test_every_source_is_cited_whole_in_every_form(made_up: Tables) -> None:
    assert set(made_up.sources["cited_as"]) == set(citation.FORMS)
    for source in made_up.sources.to_dict("records"):
        entry, record, item = citation.bibtex(source), citation.ris(source), citation.csl(source)
        assert balanced(entry)
        assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in record.splitlines())
        assert record.endswith("\nER  - ")
        assert record.splitlines()[2] == f"TI  - {source['title']}"
        assert item["id"] == source["source_id"]
        assert item.get("URL", "") == source["url"]
        assert source["title"] in citation.plain(source)
        assert (citation.UNADDRESSED in citation.plain(source).lower()) == (not source["url"])
