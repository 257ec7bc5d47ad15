"""How views, deals, statements and pictures are cited: whole in every form, whatever their titles hold."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import cite_button, citing
from dashboard.address import Asked, read
from dashboard.citing import DEAL, FIGURE, STATEMENT, VIEW, Work
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.load import Tables
from tests.test_citation import balanced

TODAY = date(2026, 11, 27)
SITE = "https://example.org/ties/"
HOSTILE = "50% of {A} & B_1 #2 $3 ~ ^ \\end } @misc{x, \nER  - \nTY  - JOUR \r\n \u2028<b>"


def asked(tables: Tables, page: str, **given: str) -> Asked:
    return read(tables, page, {name: [value] for name, value in given.items()}, SITE)


@pytest.fixture(scope="module")
def dated(made_up: Tables) -> Tables:
    """Return tables of a version with a day."""
    said = {**made_up.dictionary.descriptor, "version": "2026.10.2", "created": "2026-10-05"}
    return replace(made_up, version="2026.10.2", dictionary=Dictionary(said))


WORK = Work(VIEW, "value", "Value: $1bn. Domain: Naval", f"{SITE}value?domain=naval&v=2026.10.2")


def test_a_work_is_cited_with_its_version_the_day_and_the_whole_address(dated: Tables) -> None:
    assert citing.plain(dated, WORK, TODAY) == (
        "Defence Ties, “Value: $1bn. Domain: Naval” (view of the data), version 2026.10.2 (5 October 2026), "
        "accessed 27 November 2026. https://example.org/ties/value?domain=naval&v=2026.10.2"
    )
    entry = citing.bibtex(dated, WORK, TODAY)
    assert entry.startswith(
        "@misc{defence-ties-value-2026-10-2,\n  author = {{Defence Ties}},\n  title = {{Value: \\$1bn. "
    )
    assert "  howpublished = {View of the data: Defence ties of " in entry
    for line in (
        "version = {2026.10.2}",
        "year = {2026}",
        "month = oct",
        "day = {5}",
        "urldate = {2026-11-27}",
        f"url = {{{WORK.address}}}",
    ):
        assert f"  {line}," in entry
    record = citing.ris(dated, WORK, TODAY)
    for line in (
        "TY  - DBASE",
        "ET  - 2026.10.2",
        "PY  - 2026",
        "DA  - 2026/10/05/",
        "Y2  - 2026/11/27/",
        f"UR  - {WORK.address}",
    ):
        assert line in record.splitlines()
    item = citing.csl(dated, WORK, TODAY)
    assert (item["version"], item["URL"], item["type"]) == ("2026.10.2", WORK.address, "dataset")
    assert item["issued"] == {"date-parts": [[2026, 10, 5]]}
    assert item["accessed"] == {"date-parts": [[2026, 11, 27]]}


def test_of_a_version_without_a_day_none_is_given(dated: Tables) -> None:
    said = {name: value for name, value in dated.dictionary.descriptor.items() if name != "created"}
    undated = replace(dated, dictionary=Dictionary(said), is_edited=True)
    assert "version 2026.10.2 with later edits, accessed 27 November 2026." in citing.plain(undated, WORK, TODAY)
    assert "year" not in citing.bibtex(undated, WORK, TODAY)
    assert not re.search("^(PY|DA)", citing.ris(undated, WORK, TODAY), re.MULTILINE)
    assert "issued" not in citing.csl(undated, WORK, TODAY)


@given(st.text() | st.just(HOSTILE), st.sampled_from([VIEW, DEAL, STATEMENT, FIGURE]))
def test_no_title_breaks_a_form(made_up: Tables, title: str, kind: citing.Kind) -> None:
    work = Work(kind, title, title, f"{SITE}value?q={{x}}&v=1")
    forms = citing.forms(made_up, work, TODAY)
    assert list(forms) == ["Plain", "BibTeX", "RIS", "CSL-JSON"]
    entry = forms["BibTeX"]
    assert balanced(entry)
    assert re.match(r"@misc\{[A-Za-z0-9-]+,\n", entry)
    assert all(re.fullmatch(r"  [a-z]+ = (\{.*\}|[a-z]{3}),", line) for line in entry.split("\n")[1:-1])
    lines = forms["RIS"].split("\n")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert [line[:2] for line in (lines[0], lines[-1])] == ["TY", "ER"]
    assert sum(line.startswith(("TY", "ER")) for line in lines) == 2
    (item,) = json.loads(forms["CSL-JSON"])
    assert {"id", "type", "title", "author", "version", "accessed", "URL"} <= item.keys()
    assert item["type"] in {"dataset", "entry", "graphic"}
    assert item["title"] == title
    assert item["author"][0]["literal"]


def test_a_view_is_cited_with_its_finding_its_filters_and_the_link_that_lasts(made_up: Tables) -> None:
    here = asked(made_up, "value", domain="naval", by="status")
    work = cite_button.view(made_up, here)
    assert work.title.startswith("Value: ")
    assert work.title.endswith(". Domain: Naval")
    assert work.address == f"{SITE}value?{here.lasting(made_up.version)}"


def test_a_picture_is_cited_by_what_it_shows_its_filters_and_the_link_of_its_page(made_up: Tables) -> None:
    here, whole = asked(made_up, "value", domain="naval"), asked(made_up, "")
    figure = cite_button.picture(made_up, here, "value")
    assert figure
    assert (figure.kind, figure.address) == (FIGURE, cite_button.view(made_up, here).address)
    assert figure.title.endswith(" (Domain: Naval)")
    every = [cite_button.picture(made_up, whole, name) for name in ("years", "value", "map", "claims")]
    assert len({one.key for one in every if one}) == 4
    assert not [one for one in every if one and "(Domain" in one.title]
    assert cite_button.picture(made_up, whole, "no such picture") is None


def test_a_deal_is_cited_with_its_status_and_its_own_address(made_up: Tables) -> None:
    work = cite_button.view(made_up, asked(made_up, "deal", id="papa-flight", domain="naval"))
    assert re.fullmatch(r".+ \(denied\)", work.title)
    assert work.address == f"{SITE}deal?id=papa-flight&v={made_up.version}"
    assert cite_button.view(made_up, asked(made_up, "deal")).kind == VIEW
    then = cite_button.view(made_up, asked(made_up, "deal", id="papa-flight", v=made_up.version, then="yes"))
    assert parse_qs(urlsplit(then.address).query)["then"] == ["yes"]


def test_only_direct_words_stand_in_quotation_marks_and_long_ones_are_cut(made_up: Tables) -> None:
    exact = made_up.dictionary.having("quotes", "form", "exact")
    for row in made_up.quotes.to_dict("records"):
        work = cite_button.statement(made_up, asked(made_up, "quotes", statement=row["quote_id"]))
        assert work.title.startswith(row["analyst"])
        assert ("‘" in work.title) == (row["form"] in exact)
        assert ("(paraphrase)" in work.title) != (row["form"] in exact)
        assert work.address.endswith(f"quotes?statement={row['quote_id']}&v={made_up.version}")
    for text in ("word " * 100, "x" * 900):
        long = replace(made_up, quotes=made_up.quotes.assign(text=text, date=""))
        title = citing.statement(long, made_up.quotes["quote_id"].iloc[0])
        assert "…" in title
        assert len(title) < 250
