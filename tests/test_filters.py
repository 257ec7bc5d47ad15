"""What the reader chooses and the address of the page say the same, whichever of the two came first."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data, filters
from dashboard.data import Tables
from dashboard.deals import SURE, Selection, select
from dashboard.pages import fault_list, overview
from tests.published import Row, parties, read

APP = str(Path(__file__).parent.parent / "app.py")


DEALS = read("deals")
ORIGIN = {row["source_id"]: row["origin"] for row in read("sources")}


@pytest.fixture(autouse=True)
def plain_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave of the front page only what all pages share: the real one has tests of its own and takes its time."""
    monkeypatch.setattr(overview, "render", filters.in_view)


def opened(**params: str | list[str]) -> AppTest:
    """Return the front page as a fresh browser shows it at an address."""
    test = AppTest.from_file(APP, default_timeout=60)
    for name, values in params.items():
        test.query_params[name] = values
    return test.run()


def in_view(test: AppTest) -> tuple[int, int]:
    """Return the two numbers of "N of M deals in view"."""
    found = [re.fullmatch(r"\*\*([\d,]+) of ([\d,]+)\*\* deals in view", element.value) for element in test.markdown]
    shown, whole = next(match for match in found if match).groups()
    return int(shown.replace(",", "")), int(whole.replace(",", ""))


def address(test: AppTest) -> dict[str, list[str]]:
    """Return the parameters of the address with their values."""
    given = {name: test.query_params[name] for name in test.query_params}
    return {name: [values] if isinstance(values, str) else list(values) for name, values in given.items()}


def assert_whole(test: AppTest) -> None:
    """Assert that nothing on the page failed."""
    assert not test.exception
    assert not test.error


Holds = Callable[[Row], bool]
GOOD: dict[str, tuple[dict[str, Any], Holds]] = {
    "no parameter": ({}, lambda row: True),
    "one domain": ({"domain": "naval"}, lambda row: row["domain"] == "naval"),
    "two domains": ({"domain": ["naval", "air"]}, lambda row: row["domain"] in ("naval", "air")),
    "a status": ({"status": "alleged"}, lambda row: row["status"] == "alleged"),
    "two kinds": ({"kind": ["pact", "visit"]}, lambda row: row["kind"] in ("pact", "visit")),
    "a country": ({"country": "AZE"}, lambda row: "AZE" in parties(row)),
    "the deals between two countries": (
        {"country": ["PAK", "AZE"]}, lambda row: {"PAK", "AZE"} <= set(parties(row))),
    "two origins": (
        {"sure": "origins"}, lambda row: len({ORIGIN[key] for key in row["source_ids"].split(";")}) >= 2),
    "credible": ({"sure": "credible"}, lambda row: row["credibility"] in "12"),
    "words": ({"q": "CORVETTE"}, lambda row: "corvette" in (row["title"] + row["summary"]).casefold()),
    "several at once": (
        {"country": "TUR", "domain": ["drones", "land"], "status": "delivered"},
        lambda row: "TUR" in parties(row) and row["domain"] in ("drones", "land") and row["status"] == "delivered"),
}  # fmt: skip


@pytest.mark.parametrize(("params", "holds"), GOOD.values(), ids=GOOD.keys())
def test_an_address_gives_the_deals_it_asks_for(params: dict[str, Any], holds: Holds) -> None:
    test = opened(**params)
    assert_whole(test)
    assert in_view(test) == (len([row for row in DEALS if holds(row)]), len(DEALS))


def test_controls_show_what_the_address_says() -> None:
    test = opened(domain="naval", country=["PAK", "TUR"], sure="both", to="2020", q="ship", **{"from": "2010"})
    assert_whole(test)
    assert {name: test.multiselect(key=name).value for name in ("domain", "country", "status", "kind")} == {
        "domain": ["naval"], "country": ["PAK", "TUR"], "status": [], "kind": [],
    }  # fmt: skip
    assert {name: test.selectbox(key=name).value for name in ("sure", "from", "to")} == {
        "sure": "both", "from": 2010, "to": 2020,
    }  # fmt: skip
    assert test.text_input(key="q").value == "ship"


def test_choices_are_shown_in_the_words_of_the_dictionary(tables: Tables) -> None:
    test = opened()
    for name in ("domain", "status", "kind"):
        assert test.multiselect(key=name).options == list(tables.dictionary.choices("deals", name).values())
    names = {row["country"]: row["name"] for row in read("countries")}
    assert test.multiselect(key="country").options == sorted({names[code] for row in DEALS for code in parties(row)})
    assert test.selectbox(key="sure").options == list(SURE.values())


@pytest.mark.parametrize("year", ["2010", "1995", "2003"])
def test_every_year_between_the_first_and_the_last_can_be_asked_for(year: str, tables: Tables) -> None:
    test = opened(to=year)
    assert test.selectbox(key="to").value == int(year)
    assert in_view(test)[0] == len(select(tables, Selection(until=int(year)))) < len(DEALS)


@pytest.mark.parametrize(
    "params",
    [
        {"domain": "zzz"}, {"domain": ""}, {"domain": "Naval"}, {"status": "<script>alert(1)</script>"},
        {"kind": ["'; DROP TABLE deals; --", "nan", "None"]}, {"country": "Turkey"}, {"country": "x" * 20_000},
        {"from": "abc"}, {"from": "-1"}, {"to": "20.5"}, {"to": "99999999999999999999"}, {"from": "\u0662\u0660\u0661\u0668"},
        {"sure": "certain"}, {"sure": "<b>"}, {"unheard-of": "1"}, {"q": "   "}, {"id": "x", "page": "nan"},
    ],
    ids=lambda params: str(params)[:40],
)  # fmt: skip
def test_a_value_that_is_not_known_is_dropped_and_no_error(params: dict[str, Any]) -> None:
    test = opened(**params)
    assert_whole(test)
    assert in_view(test) == (len(DEALS), len(DEALS))


def test_of_known_and_unknown_values_the_known_ones_stay_each_once() -> None:
    test = opened(domain=["zzz", "naval", "naval", "<i>"], **{"from": ["1", "2010", "2015"]})
    assert_whole(test)
    assert test.multiselect(key="domain").value == ["naval"]
    assert test.selectbox(key="from").value == 2010


@pytest.mark.parametrize("q", ["<script>alert(1)</script>", "a" * 20_000, "%00 \\ [ ( *", "naval & air"])
def test_hostile_words_are_words_like_any_other(q: str) -> None:
    test = opened(q=q)
    assert_whole(test)
    assert in_view(test)[0] == 0
    assert test.text_input(key="q").value == q
    assert not [element for element in test.get("html") if "<script>alert" in element.proto.body]


def test_a_change_of_a_control_writes_the_code_into_the_address_and_another_keeps_it() -> None:
    test = opened()
    assert address(test) == {}
    test.multiselect(key="domain").select("naval").run()
    assert address(test) == {"domain": ["naval"]}
    test.multiselect(key="country").set_value(["PAK", "TUR"]).run()
    test.selectbox(key="from").set_value(2015).run()
    test.selectbox(key="sure").set_value("credible").run()
    test.text_input(key="q").set_value("corvette").run()
    assert_whole(test)
    assert address(test) == {
        "domain": ["naval"], "country": ["PAK", "TUR"], "from": ["2015"], "sure": ["credible"], "q": ["corvette"],
    }  # fmt: skip
    again = opened(**address(test))
    assert in_view(again) == in_view(test)
    assert in_view(test)[0] > 0


def test_two_changes_that_arrive_together_are_both_kept() -> None:
    test = opened(status="signed")
    test.multiselect(key="domain").select("air")
    test.multiselect(key="status").select("delivered")
    test.text_input(key="q").set_value("f-16")
    test.run()
    assert address(test) == {"status": ["signed", "delivered"], "domain": ["air"], "q": ["f-16"]}
    assert test.multiselect(key="domain").value == ["air"]


def test_defaults_are_absent_from_the_address() -> None:
    test = opened(sure="both", domain="air", **{"from": "2010"})
    test.selectbox(key="sure").set_value("any")
    test.multiselect(key="domain").set_value([])
    test.selectbox(key="from").set_value(None)
    test.run()
    assert address(test) == {}
    assert in_view(test) == (len(DEALS), len(DEALS))


def test_a_change_takes_unknown_values_and_the_page_number_out_of_the_address() -> None:
    test = opened(domain=["naval", "zzz"], page="3")
    test.multiselect(key="status").select("signed").run()
    assert address(test) == {"domain": ["naval"], "status": ["signed"]}


def test_the_address_wins_over_what_was_chosen_before_as_after_the_back_button() -> None:
    test = opened(domain="naval")
    test.multiselect(key="domain").select("air").run()
    test.query_params["domain"] = "land"
    test.run()
    assert test.multiselect(key="domain").value == ["land"]
    assert in_view(test)[0] == len([row for row in DEALS if row["domain"] == "land"])


@pytest.mark.parametrize("button", ["clear", "clear-here"])
def test_clearing_empties_the_address_but_for_the_open_deal(button: str) -> None:
    test = opened(domain="naval", q="x", by="status", id="milgem-corvettes")
    test.button(key=button).click().run()
    assert_whole(test)
    assert address(test) == {"id": ["milgem-corvettes"]}
    assert in_view(test) == (len(DEALS), len(DEALS))


def test_there_is_nothing_to_clear_where_nothing_is_chosen() -> None:
    assert "clear-here" not in [button.key for button in opened().button]
    assert "clear-here" in [button.key for button in opened(domain="air").button]


def test_a_way_of_showing_is_no_filter_to_clear() -> None:
    shown = opened(by="status", group="pair", money="constant", width="value", table="quotes", id="milgem-corvettes")
    assert "clear-here" not in [button.key for button in shown.button]


def test_what_the_reader_chose_stands_in_words_beside_the_number_in_view() -> None:
    test = opened(country=["TUR", "PAK"], sure="origins", domain="naval", q="<b>class</b>")
    (words,) = re.findall(r'<p class="meta chosen">(.*?)</p>', page_text(test))
    assert words == (
        "Search: “&lt;b&gt;class&lt;/b&gt;” · Evidence: two independent origins or more · "
        "Parties: Turkey and Pakistan · Domain: Naval"
    )
    assert 'class="meta chosen"' not in page_text(opened())


def test_the_link_to_copy_holds_every_parameter_of_the_view() -> None:
    test = opened(domain=["naval", "air"], q="a b&c=ü")
    links = [element.value for element in test.code]
    assert [link.partition("?")[2] for link in links] == ["domain=naval&domain=air&q=a+b%26c%3D%C3%BC"]
    assert "?" not in opened().code[0].value


@pytest.mark.parametrize(
    ("q", "address", "words"),
    [
        ("AYESHA siddiqa", "quotes?analyst=Ayesha+Siddiqa", "by Ayesha Siddiqa"),
        ("erdogan", "quotes?analyst=Recep+Tayyip+Erdo%C4%9Fan", "by Recep Tayyip Erdoğan"),
        ("kashmir", "quotes?topic=kashmir", "on Kashmir"),
    ],
)
def test_a_name_that_is_in_no_deal_in_view_leads_to_what_the_speaker_or_on_the_topic_was_said(
    q: str, address: str, words: str
) -> None:
    column, value = address.partition("?")[2].split("=")
    assert [row for row in read("quotes") if row[column] == unquote_plus(value)]
    test = opened(q=q, domain="space")
    assert in_view(test)[0] == 0
    assert f'<a href="{address}">{words}</a>' in page_text(test)


def test_a_short_word_in_many_names_leads_to_a_few_of_them_only() -> None:
    test = opened(q="an", domain="space", status="cancelled")
    assert in_view(test)[0] == 0
    assert page_text(test).count('<a href="quotes?') == 4


@pytest.mark.parametrize("q", ["zzz", "<script>", "corvette"])
def test_words_that_name_nobody_or_are_found_lead_nowhere_else(q: str) -> None:
    assert 'href="quotes?' not in page_text(opened(q=q))


def test_the_key_of_what_is_cached_is_the_state_of_the_files() -> None:
    assert filters.tables().stamp == data.fingerprint()


def test_links_between_pages_keep_the_shared_filters_and_nothing_else() -> None:
    test = opened(domain="naval", sure="any", by="status", id="x", **{"from": "2010"})
    queries = {element.proto.query_string for element in test.get("page_link")}
    assert queries == {"domain=naval&from=2010"}


# --- single functions, in a page of their own --------------------------------------------------------------------


def scripted(script: Callable[[], None], **params: str | list[str]) -> AppTest:
    test = AppTest.from_function(script, default_timeout=60)
    for name, values in params.items():
        test.query_params[name] = values
    return test.run()


def test_a_link_is_relative_keeps_the_shared_filters_and_leaves_defaults_away() -> None:
    def script() -> None:
        import streamlit as st

        from dashboard import filters

        for link in (
            filters.href("deal", id="a&b"), filters.href("quotes", analyst=["A B", "C"]), filters.href(""),
            filters.href("value", by="domain", money=""), filters.href("value", by="status"),
        ):  # fmt: skip
            st.text(link)

    bare = ["deal?id=a%26b", "quotes?analyst=A+B&analyst=C", ".", "value", "value?by=status"]
    assert [element.value for element in scripted(script).text] == bare
    kept = "country=TUR&country=PAK"
    assert [element.value for element in scripted(script, country=["TUR", "PAK"], sure="any", by="x").text] == [
        f"deal?{kept}&id=a%26b", f"quotes?{kept}&analyst=A+B&analyst=C", f".?{kept}", f"value?{kept}", f"value?{kept}&by=status",
    ]  # fmt: skip


def test_a_choice_of_one_value_has_a_default_that_stays_out_of_the_address() -> None:
    def script() -> None:
        import streamlit as st

        from dashboard import filters

        st.text(filters.one("By", "by", {"domain": "Domain", "status": "Status"}, ["by", "table"]))
        st.text(filters.one("Other", "other", {"a": "A", "b": "B"}, ["other"]))

    assert [element.value for element in scripted(script).text] == ["domain", "a"]
    assert [element.value for element in scripted(script, by="<x>", other="b").text] == ["domain", "b"]
    test = scripted(script, by="status")
    assert [element.value for element in test.text] == ["status", "a"]
    test.button_group[0].set_value("domain").run()
    assert (address(test), test.text[0].value) == ({}, "domain")


@pytest.mark.parametrize(("page", "number"), [(None, 1), ("2", 2), ("3", 3), ("4", 1), ("0", 1), ("x", 1)])
def test_a_page_number_beyond_the_pages_is_dropped(page: str | None, number: int) -> None:
    def script() -> None:
        import streamlit as st

        from dashboard import filters

        st.text(str(filters.page_number(3)))
        st.text(str(filters.page_number(1)))

    test = scripted(script, **({"page": page} if page else {}))
    assert not test.exception
    assert [element.value for element in test.text] == [str(number), "1"]


@pytest.mark.parametrize(("number", "expected"), [(2, {"page": ["2"]}), (1, {})])
def test_turning_to_a_page_writes_its_number_but_for_the_first(number: int, expected: dict[str, list[str]]) -> None:
    def script() -> None:
        from dashboard import filters

        filters._turned()

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
    rows: dict[str, list[Row]], expected: dict[str, list[str]]
) -> None:
    def script() -> None:
        from dashboard import filters

        filters.keep_pick("map", "pick")

    test = AppTest.from_function(script)
    test.query_params["pick"] = "something-else"
    test.session_state["map"] = {"selection": {"objects": rows}}
    assert address(test.run()) == expected


def test_opening_another_page_keeps_the_shared_filters() -> None:
    def script() -> None:
        from dashboard import links

        links.go("other", id="x")

    test = scripted(script, domain="air", by="status")
    assert not test.exception
    assert [json.loads(element.proto.json) for element in test.get("bidi_component")] == [
        {"href": "other?domain=air&id=x"}
    ]


# --- when something is wrong -------------------------------------------------------------------------------------


@pytest.fixture
def spoilt(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the tables that the app reads instead of the published ones."""
    (folder / "deals.csv").touch()  # a copy has the times of the published files, and would be taken for them
    load, fingerprint = data.load, data.fingerprint
    monkeypatch.setattr(filters.data, "load", lambda: load(folder))
    monkeypatch.setattr(filters.data, "fingerprint", lambda *_: fingerprint(folder))
    return folder


def page_text(test: AppTest) -> str:
    return "\n".join(element.proto.body for element in test.get("html"))


def test_tables_with_faults_give_a_page_that_lists_them_and_come_back_once_mended(spoilt: Path) -> None:
    whole = (spoilt / "deals.csv").read_bytes()
    wrong = whole.replace(b",naval,", b",<b>sea</b>,", 1)
    (spoilt / "deals.csv").write_bytes(wrong)
    (spoilt / "gaps.csv").unlink()
    test = opened(domain="naval")
    assert_whole(test)
    shown = page_text(test)
    assert "The data has 2 faults, so nothing is shown until they are mended." in shown
    line = wrong[: wrong.index(b"<b>sea")].count(b"\n") + 1
    for cell in (
        "deals.csv",
        str(line),
        "domain",
        "&lt;b&gt;sea&lt;/b&gt;",
        "is not an allowed value",
        "gaps.csv",
        "whole file",
    ):
        assert f">{cell}</td>" in shown
    assert "<b>sea" not in shown
    assert not test.multiselect
    (spoilt / "deals.csv").write_bytes(whole)
    (spoilt / "gaps.csv").write_bytes((data.FOLDER / "gaps.csv").read_bytes())
    test.run()
    assert_whole(test)
    assert in_view(test)[1] == len(DEALS)


def test_tables_with_faults_are_checked_once_for_all_readers(spoilt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (spoilt / "gaps.csv").write_bytes(b"")
    load, loads = filters.data.load, []
    monkeypatch.setattr(filters.data, "load", lambda: loads.append(1) or load())
    for _ in range(2):
        assert "The data has 1 fault, so" in page_text(opened())
    assert len(loads) == 1


def test_a_single_fault_is_one_and_of_very_many_the_first_are_listed(spoilt: Path) -> None:
    (spoilt / "places.csv").write_bytes(b"")
    assert "The data has 1 fault, so" in page_text(opened())
    (spoilt / "places.csv").write_bytes((data.FOLDER / "places.csv").read_bytes())
    sources = (spoilt / "sources.csv").read_text(encoding="utf-8")
    (spoilt / "sources.csv").write_text(re.sub(r",en$", ",eng", sources, flags=re.MULTILINE), encoding="utf-8")
    count = len([row for row in read("sources") if row["language"] == "en"])
    test = opened()
    assert f"The data has {count:,} faults" in page_text(test)
    assert page_text(test).count("is not an allowed value") == fault_list.SHOWN < count
    assert [element.value for element in test.markdown][-1].startswith(f"The first {fault_list.SHOWN} of {count:,}")


def test_a_description_that_cannot_be_read_is_a_fault_like_any_other(spoilt: Path) -> None:
    (spoilt / "datapackage.json").write_text("{", encoding="utf-8")
    test = opened()
    assert_whole(test)
    assert ">datapackage.json</td>" in page_text(test)


def test_changed_tables_are_read_again_and_unchanged_ones_are_not(
    spoilt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads = []
    load = filters.data.load
    monkeypatch.setattr(filters.data, "load", lambda: loads.append(1) or load())
    opened()
    opened(domain="air")
    assert len(loads) == 1
    path = spoilt / "deals.csv"
    path.write_bytes(path.read_bytes().replace(b",in-progress,", b",signed,", 1))
    test = opened(status="signed")
    assert len(loads) == 2
    assert in_view(test)[0] == len([row for row in DEALS if row["status"] == "signed"]) + 1


def test_a_page_that_fails_shows_a_sentence_and_no_stack_trace(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret path /home/somebody")

    monkeypatch.setattr(overview, "render", fail)
    test = opened(domain="naval")
    assert not test.exception
    assert [element.value for element in test.error] == [
        "This page could not be drawn. The fault has been recorded; the other pages still work."
    ]
    everything = page_text(test) + "".join(element.value for element in test.markdown)
    assert "secret path" not in everything
    assert "Traceback" not in everything
    assert "secret path" in caplog.text
    assert test.multiselect(key="domain").value == ["naval"]
    assert test.get("page_link")
