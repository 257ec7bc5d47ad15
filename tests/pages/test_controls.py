"""What the reader chooses and the address of the page say the same, whichever of the two came first."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from dashboard import address as address_of
from dashboard import controls
from dashboard import in_view as above
from dashboard.pages import overview
from dashboard.questions.deals import SURE, Selection, select
from dashboard.tables.load import Tables
from tests import page
from tests.made_up import description
from tests.page import choose, clear, filters, handed, pages_linked, to_clear, written

APP = str(Path(__file__).parents[2] / "app.py")
VERSION = json.loads(description())["version"]
pytestmark = pytest.mark.usefixtures("made_up_pages")


@pytest.fixture(autouse=True)
def plain_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave of the front page only what all pages share: the real one has tests of its own and takes its time."""
    monkeypatch.setattr(overview, "render", lambda tables, _: above.line(tables, controls.asked(tables, "")))


def opened(**params: str | list[str]) -> AppTest:
    """Return the front page as a fresh browser shows it at an address."""
    test = AppTest.from_file(APP, default_timeout=60)
    for name, values in params.items():
        test.query_params[name] = values
    test.run()
    assert not test.exception
    assert not test.error
    return test


def in_view(test: AppTest) -> int:
    """Return the first number of "N of M deals in view"."""
    return int(page.in_view(test).partition(" of ")[0].replace(",", ""))


def address(test: AppTest) -> dict[str, list[str]]:
    """Return the parameters of the address with their values."""
    given = {name: test.query_params[name] for name in test.query_params}
    return {name: [values] if isinstance(values, str) else list(values) for name, values in given.items()}


def quiet_line(test: AppTest) -> str:
    return "".join(re.findall(r'<p class="meta left-out">(.*?)</p>', written(test)))


@pytest.mark.parametrize(
    ("params", "selection"),
    [
        ({}, Selection()),
        (
            {"domain": ["naval", "air"], "status": "delivered"},
            Selection(domain=("naval", "air"), status=("delivered",)),
        ),
        ({"country": ["PAK", "AZE"]}, Selection(country=("PAK", "AZE"))),
        ({"supplier": "TUR", "recipient": ["PAK", "AZE"]}, Selection(supplier=("TUR",), recipient=("PAK", "AZE"))),
        ({"sure": "both", "q": "frigate"}, Selection(sure="both", q="frigate")),
        ({"from": "2012", "to": "2014"}, Selection(since=2012, until=2014)),
    ],
)
def test_an_address_gives_the_deals_it_asks_for(made_up: Tables, params: dict[str, Any], selection: Selection) -> None:
    assert in_view(opened(**params)) == len(select(made_up, selection))


def test_controls_show_what_the_address_says() -> None:
    test = opened(
        domain="naval", country=["PAK", "TUR"], recipient="pak", sure="both", to="2020", q="ship", **{"from": "2010"}
    )
    assert {name: shown["chosen"] for name, shown in filters(test).items()} == {
        "q": ["ship"], "sure": ["both"], "domain": ["naval"], "country": ["PAK", "TUR"], "status": [], "kind": [],
        "supplier": [], "recipient": ["PAK"], "from": ["2010"], "to": ["2020"],
    }  # fmt: skip


def test_choices_are_shown_in_the_words_of_the_dictionary_and_the_tables(made_up: Tables) -> None:
    shown = filters(opened())
    for name in ("domain", "status", "kind"):
        assert shown[name]["labels"] == list(made_up.dictionary.choices("deals", name).values())
    assert shown["sure"]["labels"] == list(SURE.values())
    assert shown["country"]["labels"] == list(made_up.party_names.values())
    assert shown["from"]["labels"] == shown["to"]["labels"] == [str(year) for year in made_up.years]
    assert (shown["domain"]["label"], shown["domain"]["hint"]) == ("Domain", "any domain")


def test_a_country_is_found_by_its_codes_and_its_other_names_too() -> None:
    (turkey,) = [names for code, _, *names in filters(opened())["country"]["choices"] if code == "TUR"]
    assert {"TR", "Türkiye", "Republic of Turkey"} <= set(turkey)
    assert "Turkey" not in turkey, "it is shown already"


def test_a_year_beyond_the_data_is_shown_and_leaves_nothing() -> None:
    test = opened(**{"from": "2090"})
    assert (filters(test)["from"]["chosen"], in_view(test), quiet_line(test)) == (["2090"], 0, "")


def test_what_cannot_be_read_is_named_in_a_quiet_line_and_stays_out_of_every_link() -> None:
    test = opened(status="<script>alert(1)</script>", country="x" * 20_000, utm_source="mail", domain="air")
    assert "a status “&lt;script&gt;" in quiet_line(test)
    assert "a party “xxx" in quiet_line(test)
    assert handed(test)["lasting"] == f"sure=any&domain=air&v={VERSION}"
    assert {address.partition("?")[2] for address in pages_linked(test)} == {"domain=air"}
    # What was asked for is known to the buttons that copy, to tell what a browser has changed since; nothing shows it.
    assert "x" * 200 not in written(test).replace(str(escape(handed(test)["given"])), "")
    assert "script>alert" not in written(test)


def test_a_choice_narrows_the_view_and_the_address_gives_the_same_view_in_a_fresh_browser() -> None:
    test = opened()
    assert address(test) == {}
    choose(test, "domain", "naval").run()
    assert address(test) == {"domain": ["naval"]}
    choose(test, "supplier", "PAK", "TUR").run()
    choose(test, "from", "2010").run()
    choose(test, "sure", "credible").run()
    choose(test, "q", "frigate").run()
    assert not test.exception
    assert address(test) == {
        "domain": ["naval"], "supplier": ["PAK", "TUR"], "from": ["2010"], "sure": ["credible"], "q": ["frigate"],
    }  # fmt: skip
    assert in_view(opened(**address(test))) == in_view(test) > 0


def test_a_choice_made_before_the_answer_to_another_keeps_that_one() -> None:
    test = opened(status="signed")
    choose(test, "domain", "air")
    choose(test, "q", "f-16").run()
    assert address(test) == {"status": ["signed"], "domain": ["air"], "q": ["f-16"]}


def test_a_filter_knows_which_choice_the_address_leaves_away() -> None:
    shown = filters(opened(sure="any"))
    assert (shown["sure"]["blank"], shown["sure"]["chosen"]) == ("any", [])
    assert [name for name, one in shown.items() if one["clears"]] == ["from", "to"]


def test_a_change_takes_what_could_not_be_read_and_the_page_number_out_of_the_address() -> None:
    test = opened(domain=["naval", "zzz"], page="3")
    choose(test, "status", "signed").run()
    assert (address(test), quiet_line(test)) == ({"domain": ["naval"], "status": ["signed"]}, "")


def test_the_address_wins_over_what_was_chosen_before_as_after_the_back_button() -> None:
    test = opened(domain="naval")
    choose(test, "domain", "air").run()
    test.query_params["domain"] = "land"
    test.run()
    assert filters(test)["domain"]["chosen"] == ["land"]


def test_clearing_takes_out_every_filter_and_leaves_what_is_open_and_how_it_is_shown() -> None:
    test = opened(
        domain="naval", q="x", status="nonsense", by="status", id="alpha-frigates", page="2", utm_source="a", said="b"
    )
    clear(test).run()
    assert address(test) == {"by": ["status"], "id": ["alpha-frigates"]}


def test_the_line_above_a_view_clears_the_same_filters_and_stays_on_its_page(made_up: Tables) -> None:
    asked = {
        "domain": ["naval"],
        "topic": ["naval"],
        "statement": ["muster-2015-boats"],
        "page": ["2"],
        "v": [VERSION],
        "then": ["yes"],
    }
    here = address_of.read(made_up, "quotes", asked)
    assert above.cleared(here) == f"quotes?v={VERSION}&then=yes"
    assert (
        above.cleared(address_of.read(made_up, "value", {"domain": ["naval"], "by": ["status"]})) == "value?by=status"
    )


@pytest.mark.parametrize("params", [{}, {"by": "status", "id": "alpha-frigates"}, {"utm_source": "a", "fbclid": "b"}])
def test_there_is_nothing_to_clear_where_no_filter_is_set(params: dict[str, Any]) -> None:
    assert not to_clear(opened(**params))
    assert to_clear(opened(domain="air", **params)) == "."


def test_what_the_reader_chose_stands_in_words_beside_the_number_in_view() -> None:
    assert '<p class="meta chosen">Search: “&lt;b&gt;class&lt;/b&gt;” · Domain: Naval</p>' in written(
        opened(domain="naval", q="<b>class</b>")
    )
    assert 'class="meta chosen"' not in written(opened())


def test_the_link_to_copy_holds_every_parameter_of_the_view() -> None:
    made = handed(opened(domain="naval,AIR", q="a b&c=ü", utm_source="mail"))
    assert made["lasting"] == f"q=a+b%26c%3D%C3%BC&sure=any&domain=naval&domain=air&v={VERSION}"
    assert {name: given for name, given in json.loads(made["given"]).items() if given} == {
        "domain": ["naval,AIR"],
        "q": ["a b&c=ü"],
    }
    assert list(json.loads(made["given"]))[:4] == ["q", "sure", "country", "supplier"], (
        "a link has its choices in one order"
    )
    assert handed(opened())["lasting"] == f"sure=any&v={VERSION}"


def test_a_name_that_is_in_no_deal_leads_to_what_that_speaker_said() -> None:
    test = opened(q="MUSTER bora")
    assert in_view(test) == 0
    assert '<a href="quotes?analyst=Bora+Muster">by Bora Muster</a>' in written(test)
    assert 'href="quotes?analyst' not in written(opened(q="zzz"))
    assert 'href="quotes?analyst' not in written(opened(q="frigate"))


# --- single functions, in a page of their own --------------------------------------------------------------------


def scripted(script: Callable[[], None], **params: str | list[str]) -> AppTest:
    test = AppTest.from_function(script, default_timeout=60)
    for name, values in params.items():
        test.query_params[name] = values
    test.run()
    assert not test.exception
    return test


def test_a_choice_of_one_value_has_a_default_that_stays_out_of_the_address() -> None:
    def script() -> None:
        import streamlit as st

        from dashboard import controls, filters
        from dashboard.tables import load as data

        here = controls.asked(data.current(), "value")
        filters.show(here, filters.drawn(filters.buttons("by", "By", {"domain": "Domain", "status": "Status"})), "By")
        st.text(here.one("by"))

    assert scripted(script, by="<x>").text[0].value == "domain"
    test = scripted(script, by="Status", domain="air")
    assert test.text[0].value == "status"
    assert (filters(test)["by"]["blank"], filters(test)["by"]["chosen"]) == ("domain", ["status"])
    choose(test, "by").run()
    assert (address(test), test.text[0].value) == ({"domain": ["air"]}, "domain")


@pytest.mark.parametrize(
    ("page", "number", "said"),
    [(None, 1, ""), ("2", 2, ""), ("3", 3, ""), ("4", 3, "page 4; there are 3"), ("0", 1, ""), ("x", 1, "")],
)
def test_beyond_the_last_page_the_last_is_shown_and_said_to_be(page: str | None, number: int, said: str) -> None:
    def script() -> None:
        import streamlit as st

        from dashboard import controls
        from dashboard.tables import load as data

        st.text(str(controls.page_number(controls.asked(data.current(), "claims"), 3)))

    test = scripted(script, **({"page": page} if page else {}))
    assert test.text[0].value == str(number)
    assert said in "".join(element.value for element in test.caption)
    assert len(test.caption) == bool(said)


@pytest.mark.parametrize("pages", [0, 1])
def test_a_single_page_has_no_numbers(pages: int) -> None:
    def script(pages: int) -> None:
        import streamlit as st

        from dashboard import controls
        from dashboard.tables import load as data

        st.text(str(controls.page_number(controls.asked(data.current(), "claims"), pages)))

    test = AppTest.from_function(script, args=(pages,), default_timeout=60)
    test.query_params["page"] = "2"
    assert test.run().text[0].value == "1"
    assert "there is 1" in test.caption[0].value


@pytest.mark.parametrize(("number", "expected"), [(2, {"page": ["2"]}), (1, {})])
def test_turning_to_a_page_writes_its_number_but_for_the_first(number: int, expected: dict[str, list[str]]) -> None:
    def script() -> None:
        from dashboard import controls

        controls._turned()

    test = AppTest.from_function(script)
    test.query_params["page"] = "7"
    test.session_state["page"] = number
    assert address(test.run()) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({"arcs": [{"flow_id": "TUR-PAK"}], "places": [{"place_id": "karachi"}]}, {"pick": ["TUR-PAK"]}),
        ({"places": [{"place_id": "karachi"}]}, {"pick": ["karachi"]}),
        ({}, {}),
    ],
)
def test_what_is_clicked_on_a_map_is_written_and_a_click_on_nothing_takes_it_out(
    rows: dict[str, list[dict[str, str]]], expected: dict[str, list[str]]
) -> None:
    def script() -> None:
        from dashboard import controls

        controls.keep_pick("map", "pick")

    test = AppTest.from_function(script)
    test.query_params["pick"] = "something-else"
    test.session_state["map"] = {"selection": {"objects": rows}}
    assert address(test.run()) == expected
