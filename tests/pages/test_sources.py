from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from functools import cache, partial

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import citation
from dashboard.address import Links
from dashboard.pages import sources as page
from dashboard.tables import load as data
from dashboard.tables.load import Tables
from tests import page as pages
from tests.made_up import read
from tests.page import filters, opened, written

SOURCES = read("sources")

SIDES = ("supplier", "recipient")


pytestmark = pytest.mark.usefixtures("made_up_pages")
show = cache(partial(opened, "sources"))  # shared by the tests, so never worked upon


def listed(test: AppTest) -> list[str]:
    return re.findall(r'<article class="publication" id="source-([^"]+)"', written(test))


def first(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.DOTALL)
    assert found
    return found[found.lastindex or 0]


def in_view(test: AppTest) -> int:
    return int(pages.in_view(test).partition(" of ")[0].replace(",", ""))


def entry(test: AppTest, key: str) -> str:
    return first(rf'<article class="publication" id="source-{key}".*?</article>', written(test))


def test_the_headline_is_computed_from_all_sources() -> None:
    origins = len({row["origin"] for row in SOURCES})
    good = sum(row["reliability"] in "AB" for row in SOURCES) / len(SOURCES)
    test = show()
    assert (
        f"{len(SOURCES)} publications go back to {origins} independent origins. {good:.0%} of the publications"
        in written(test)
    )
    assert in_view(test) == len(SOURCES)


@pytest.mark.parametrize(
    ("params", "column", "values"),
    [
        ({"press": "AZE"}, "country", {"AZE"}),
        ({"press": "unknown"}, "country", {""}),
        ({"press": ("GBR", "UKR")}, "country", {"GBR", "UKR"}),
        ({"grade": "A"}, "reliability", {"A"}),
        ({"language": "ur"}, "language", {"ur"}),
        ({"source": ("think-tank", "database")}, "kind", {"think-tank", "database"}),
    ],
)
def test_each_filter_of_the_page_keeps_what_it_names(params: dict[str, str], column: str, values: set[str]) -> None:
    expected = {row["source_id"] for row in SOURCES if row[column] in values}
    test = show(**params)
    assert in_view(test) == len(expected)
    assert set(listed(test)) <= expected
    assert len(listed(test)) == min(len(expected), page.ITEMS_A_PAGE)


def test_an_unknown_value_in_the_address_is_dropped() -> None:
    assert in_view(show(press="XXX", grade="Z", page="99")) == len(SOURCES)


def test_the_shared_filters_narrow_the_sources_too() -> None:
    deals = {row["deal_id"] for row in read("deals") if row["domain"] == "space"}
    used: set[str] = set()
    for name, column in (("deals", "deal_id"), ("milestones", "deal_id"), ("quotes", "deal_ids")):
        rows = [row for row in read(name) if deals & set(row[column].split(";"))]
        used |= {key for row in rows for key in row["source_ids"].split(";")}
    assert in_view(show(domain="space")) == len(used) < len(SOURCES)


def test_the_pages_together_list_every_source_in_view_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "ITEMS_A_PAGE", 2)
    expected = sorted(row["source_id"] for row in SOURCES if row["country"] == "IND")
    found = [listed(opened("sources", press="IND", page=str(number))) for number in (1, 2, 3)]
    assert [len(keys) for keys in found] == [2, 2, 1]
    assert sorted(key for keys in found for key in keys) == expected


def test_counts_stand_beside_the_choices() -> None:
    test = show()
    expected = sum(row["reliability"] == "B" for row in SOURCES)
    assert f"B Usually reliable ({expected})" in filters(test)["grade"]["labels"]


def test_the_source_without_an_address_says_so_and_is_no_link() -> None:
    (row,) = (row for row in SOURCES if not row["url"])
    words = entry(show(text=row["source_id"]), row["source_id"])
    assert "(no public address)" in words
    assert 'target="_blank"' not in words


def test_every_other_source_leads_to_its_publisher_in_a_new_tab() -> None:
    test = show(press="AZE")
    for key in listed(test):
        url = next(row["url"] for row in SOURCES if row["source_id"] == key)
        assert f'<a href="{html.escape(url)}" target="_blank" rel="noopener noreferrer">' in entry(test, key)
    assert "no public address" not in written(test)


def test_a_description_of_a_page_is_set_apart_from_a_headline() -> None:
    seen, described = ("alpha-gazette-2010", "beta-herald-2010")
    assert '<span class="headline">Frigate Alpha ordered</span>' in entry(show(text=seen), seen)
    words = '<span class="described">Frigate Alpha before the assembly</span>'
    assert words in entry(show(text=described), described)


def test_a_page_that_carries_anothers_text_names_the_origin_and_no_other_page_does() -> None:
    test = show(language="en")
    rows = {row["source_id"]: row for row in SOURCES}
    carried = [key for key in listed(test) if rows[key]["origin"] != rows[key]["publisher"]]
    assert sorted(carried) == ["delta-post-2015", "omega-notes-2025"]
    for key in listed(test):
        assert (f"Origin of the text: {html.escape(rows[key]['origin'])}." in entry(test, key)) == (key in carried)


def test_where_used_equals_a_count_of_the_files_and_leads_to_the_deals() -> None:
    key = "eta-institute-2016"
    words = entry(show(text=key), key)
    deals: set[str] = set()
    for name, noun in (("deals", "deal"), ("milestones", "milestone"), ("quotes", "statement")):
        rows = [row for row in read(name) if key in row["source_ids"].split(";")]
        deals |= {deal for row in rows for deal in (row.get("deal_id") or row["deal_ids"]).split(";") if deal}
        if rows:
            assert re.search(rf"\b{len(rows)} {noun}s?\b", words)
        else:
            assert noun not in words.split("</span>")[-1]
    assert set(re.findall(r'href="deal\?id=([^"&]+)"', words)) == deals
    assert f"and {len(deals) - page.DEALS_SHOWN} more" in words


@pytest.mark.usefixtures("pages_anew")
@pytest.mark.parametrize(("shown", "fold"), [(4, ["<summary>and 1 more</summary>"]), (5, [])])
def test_only_what_is_folded_away_is_counted(monkeypatch: pytest.MonkeyPatch, shown: int, fold: list[str]) -> None:
    monkeypatch.setattr(page, "DEALS_SHOWN", shown)
    words = entry(opened("sources", text="eta-institute-2016"), "eta-institute-2016")
    assert words.count('href="deal?') == 5
    assert re.findall(r"<summary>and .*?</summary>", words) == fold


@pytest.mark.usefixtures("pages_anew")
@pytest.mark.parametrize(("shown", "rest"), [(5, " and 1 more"), (6, "")])
def test_only_deals_of_one_side_that_are_not_named_are_counted(
    monkeypatch: pytest.MonkeyPatch, shown: int, rest: str
) -> None:
    monkeypatch.setattr(page, "SIDED_SHOWN", shown)
    part = first(r'<details class="one-sided">.*?</details>', written(opened("sources")))
    assert part.count('href="deal?') == shown
    assert re.search(rf"(</a>|</span>){rest}</p>", part)


def test_a_source_drawn_for_one_choice_has_the_links_of_the_next(made_up: Tables) -> None:
    key, kept = "eta-institute-2016", (("domain", ("naval",)),)
    every, naval, again = (
        str(page.entries(made_up, (key,), to)) for to in (Links(), Links(kept), Links(kept, "elsewhere"))
    )
    assert naval == again == every.replace('href="deal?id=', 'href="deal?domain=naval&amp;id=') != every


def test_sources_that_were_drawn_are_held_up_to_a_number_and_stay_the_same(
    made_up: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "HELD", 3)
    tables, keys = replace(made_up, stamp="held"), [row["source_id"] for row in SOURCES[:5]]
    first, again = ([page.entry(tables, key) for key in keys] for _ in range(2))
    assert first == again
    assert len({"".join(one.parts) for one in first}) == 5
    assert len(page.drawn_already(tables)) == 1, "after each three the held ones went, and ten were drawn"


def test_links_keep_the_shared_filters() -> None:
    assert re.search(r'href="deal\?domain=naval&amp;id=', written(show(domain="naval")))
    assert 'href="sources?domain=naval&amp;press=TUR"' in written(show(domain="naval"))


def test_a_doubted_deal_is_marked_where_it_is_named() -> None:
    words = written(show(status="denied"))
    assert re.search(r'id=papa-flight"[^>]*>[^<]*</a> <span class="status" data-doubted>Denied</span>', words)


def test_nothing_in_view_is_said_and_nothing_is_offered() -> None:
    test = show(text="zzzz")
    assert in_view(test) == 0
    assert "No source fits these filters" in test.info[0].value
    assert listed(test) == []
    assert not test.get("download_button")


def test_the_scale_is_explained_in_the_dictionarys_words(made_up: data.Tables) -> None:
    words = written(show())
    for table, column in (("sources", "reliability"), ("deals", "credibility")):
        for value, label in made_up.dictionary.choices(table, column).items():
            assert f"<li><b>{value}</b> {label}</li>" in words
    assert "cannot be judged" in words
    assert "never averaged" in words


def test_the_whole_list_can_be_taken_along_in_every_form(made_up: data.Tables) -> None:
    rows = made_up.sources
    assert citation.write_bibtex(rows).count("\n  title = ") == len(SOURCES)
    assert citation.write_ris(rows).count("\nER  - ") == len(SOURCES)
    assert [item["id"] for item in json.loads(citation.write_csl(rows))] == list(rows["source_id"])
    labels = [button.proto.label for button in show().get("download_button")]
    assert labels == [*page.EXPORTS, "Download CSV"] == ["BibTeX", "RIS", "CSL-JSON", "Download CSV"]
    few = made_up.sources.index[[5, 2]]
    assert page._write(made_up, few, citation.write_ris) == citation.write_ris(made_up.sources.loc[few])


def test_every_source_is_cited_in_four_forms() -> None:
    test = opened("sources", text="alpha gazette")
    assert "alpha-gazette-2010" in listed(test)
    row = next(row for row in SOURCES if row["source_id"] == "alpha-gazette-2010")
    forms = json.loads(html.unescape(first(r'data-forms="(.*?)"', entry(test, "alpha-gazette-2010"))))
    assert list(forms) == ["Plain", "BibTeX", "RIS", "CSL-JSON"]
    assert forms["Plain"] == citation.plain(row)
    assert forms["BibTeX"].startswith("@article{alpha-gazette-2010,")
    assert forms["RIS"].startswith("TY  - ")
    assert json.loads(forms["CSL-JSON"])["URL"] == row["url"]


def test_the_deals_known_from_one_side_alone_are_counted_and_named() -> None:
    deals = read("deals")
    country = {row["source_id"]: row["country"] for row in SOURCES}
    alone = [
        row["deal_id"]
        for row in deals
        if any({country[key] for key in row["source_ids"].split(";")} <= {*row[side].split(";")} for side in SIDES)
    ]
    part = first(r'<details class="one-sided">.*?</details>', written(show()))
    assert f"One side only: {len(alone)} of {len(deals)} deals in view" in part
    assert set(re.findall(r"deal\?id=([a-z0-9-]+)", part)) == set(alone)


def test_a_deal_known_from_both_sides_is_not_counted_as_one_sided() -> None:
    part = first(r'<p class="one-sided">.*?</p>', written(show(q="frigate alpha")))
    assert "One side only: the one deal in view is not known from the press of one side alone." in part


def test_one_deal_that_one_side_alone_knows_is_said_in_the_singular() -> None:
    part = first(r'<details class="one-sided">.*?</summary>', written(show(q="delta engine")))
    assert "One side only: the one deal in view is known from the press of one side alone." in part


def test_what_an_address_asks_for_in_vain_is_in_no_link_that_readers_share() -> None:
    assert not re.findall(r'href="[^"]*nowhere', written(show(press=("nowhere", "TUR"), grade="B")))
    assert re.findall(
        r'href="sources\?[^"]*grade=B[^"]*press=TUR|href="sources\?[^"]*press=TUR[^"]*grade=',
        written(show(press="TUR", grade="B")),
    )
