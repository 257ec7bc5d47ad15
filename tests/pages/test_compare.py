"""The page of two side by side: what the address asks for, the lists to choose from, and where it leads."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from html import unescape

import pytest

from dashboard.address import Links
from dashboard.pages import compare as page
from dashboard.questions.deals import Selection
from dashboard.tables.load import Tables
from tests.page import choose, filters, finding, opened, written

pytestmark = pytest.mark.usefixtures("made_up_pages")
show = partial(opened, "compare")


def sides(html: str) -> list[str]:
    return re.findall(r'<th scope="col" role="columnheader">(.*?)</th>', html)


def test_without_a_choice_the_subject_stands_beside_the_busiest_other_relation() -> None:
    test = show()
    assert sides(written(test)) == ["Turkey and Pakistan", "Turkey and Azerbaijan"]
    assert finding(test).startswith("Turkey and Pakistan have more dealings than Turkey and Azerbaijan (8 against 4)")
    assert [filters(test)[side]["chosen"] for side in "ab"] == [["TUR-PAK"], ["TUR-AZE"]]


def test_a_choice_in_a_list_is_written_into_the_address_with_the_side_beside_it() -> None:
    test = show(b="pak-chn", domain="cyber")
    choose(test, "a", "TUR").run()
    assert not test.exception
    assert (test.query_params["a"], test.query_params["b"], test.query_params["domain"]) == ("TUR", "CHN-PAK", "cyber")  # fmt: skip
    assert sides(written(test)) == ["Turkey", "China and Pakistan"]


def test_what_cannot_be_read_is_named_and_the_default_stands_in_its_place() -> None:
    html = unescape(written(show(a="Atlantis", b="CHN-PAK")))
    assert "a first side “Atlantis” that is no relation, state or speaker in the tables; it was left out." in html
    assert sides(html) == ["Turkey and Pakistan", "China and Pakistan"]


def test_links_lead_to_each_side_alone_and_to_the_sides_swapped_and_keep_the_filters() -> None:
    html = unescape(written(show(a="TUR-PAK", b="Ada Sample", sure="origins")))
    for href in (
        "compare?sure=origins&a=Ada+Sample&b=TUR-PAK",
        "timeline?sure=origins&country=TUR&country=PAK",
        "quotes?sure=origins&analyst=Ada+Sample",
    ):
        assert f'href="{href}"' in html


def test_filters_narrow_both_sides_and_nothing_in_view_is_said() -> None:
    assert "(4 against none)" in finding(show(b="CHN-PAK", domain="naval"))
    test = show(a="TUR-PAK", b="CHN-PAK", q="no such words anywhere")
    assert "No deal fits these filters." in test.info[0].value
    assert "<table" not in written(test)


def test_statements_alone_are_enough_to_compare(made_up: Tables) -> None:
    view = page.build(made_up, Selection(since=2025), ("Ada Sample", "Eve Specimen"), Links())
    assert "Ada Sample made 2 statements and Eve Specimen made none." in view.finding
    assert "<table" in view.body


def test_alleged_deals_are_hatched_and_bars_are_no_wider_than_their_scale() -> None:
    html = written(show(a="TUR-PAK", b="CHN-PAK"))
    assert re.search(r'Alleged or denied</th><td role="cell"><div class="reading"><span>2 of 8, 25%</span><span class="track" aria-hidden="true"><i class="sample" data-pattern="hatched" style="width:25.00%"', html)  # fmt: skip
    assert max(float(width) for width in re.findall(r'data-pattern="\w+" style="width:([\d.]+)%', html)) == 100


def test_tables_with_too_little_to_compare_say_so(made_up: Tables) -> None:
    few = replace(made_up, deals=made_up.deals.iloc[:0], stamp="few")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dashboard.tables.load.load", lambda: few)
        patch.setattr("dashboard.tables.load.fingerprint", lambda: "few")
        assert finding(show()) == "The tables hold too little to compare."


def test_the_deals_of_both_are_rows_to_take_away_each_once() -> None:
    html = written(show(a="TUR", b="PAK", domain="naval"))
    rows = html[html.index("Rows in view") :]
    (count,) = re.findall(r"(\d+) deals? of the two, each once", html)
    titles = re.findall(r'data-label="Title"[^>]*>.*?id=([\w-]+)', rows)
    assert len(titles) == len(set(titles)) == int(count) > 0


def test_two_states_on_the_page_of_values_and_a_line_of_the_map_lead_here() -> None:
    value = unescape(written(opened("value", country=("TUR", "PAK"), domain="naval")))
    assert 'href="compare?domain=naval&a=TUR&b=PAK"' in value, "the two chosen are no filter of the comparison"
    assert "compare?" not in written(opened("value", country="TUR"))
