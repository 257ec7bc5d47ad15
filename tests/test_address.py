"""An address is read as it was meant, what cannot be read is named, and what is written is read again as it was."""

from __future__ import annotations

import string
from dataclasses import fields, replace
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.address import MOST, Asked, Links, read
from dashboard.choices.chosen import in_words
from dashboard.choices.parameters import EVERY, OPENED, OWN, SHARED, looked_at, parameters, version_or_day
from dashboard.choices.texts import words
from dashboard.choices.understood import LONGEST
from dashboard.questions.deals import Selection, select
from dashboard.tables.load import Tables

PAGES = ["", *OWN]
HOSTILE = st.text(st.one_of(st.characters(), st.sampled_from("\x00\ud800\u202e,;|&=<>\"' .")), max_size=300)


def asked(tables: Tables, page: str = "", /, **params: str | list[str]) -> Asked:
    return read(tables, page, {name: [value] if isinstance(value, str) else value for name, value in params.items()})


@pytest.mark.parametrize(
    ("page", "params", "values"),
    [
        ("", {}, {}),
        ("", {"country": "pak"}, {"country": ("PAK",)}),
        ("", {"country": "Türkiye,pakistan"}, {"country": ("TUR", "PAK")}),
        ("", {"country": ["TUR", "tur", "Turkey"]}, {"country": ("TUR",)}),
        ("", {"supplier": "turkey; CHN", "recipient": "India"}, {"supplier": ("TUR", "CHN"), "recipient": ("IND",)}),
        ("", {"domain": "naval,air"}, {"domain": ("naval", "air")}),
        ("", {"domain": "Naval."}, {"domain": ("naval",)}),
        ("", {"domain": " NAVAL , ,air,"}, {"domain": ("naval", "air")}),
        ("", {"status": "In progress"}, {"status": ("in-progress",)}),
        ("", {"kind": "co production"}, {"kind": ("co-production",)}),
        ("", {"from": "2030", "to": " 2031."}, {"from": ("2030",), "to": ("2031",)}),
        ("", {"to": "1970"}, {"to": ("1970",)}),
        ("", {"sure": "ANY"}, {}),
        ("", {"sure": "Both"}, {"sure": ("both",)}),
        ("", {"q": ["  two ", "words"]}, {"q": ("two words",)}),
        ("value", {"by": "Status", "money": "constant"}, {"by": ("status",), "money": ("constant",)}),
        ("timeline", {"group": "domain"}, {}),
        ("map", {"width": "VALUE", "at": "exampleville"}, {"width": ("value",), "at": ("exampleville",)}),
        ("map", {"at": "TUR>PAK:naval"}, {"at": ("TUR>PAK:naval",)}),
        ("quotes", {"analyst": "bora muster", "page": "2"}, {"analyst": ("Bora Muster",), "page": ("2",)}),
        ("sources", {"press": "turkey,unknown", "grade": "a"}, {"press": ("TUR", "unknown"), "grade": ("A",)}),
        ("deal", {"id": "Alpha-Frigates."}, {"id": ("alpha-frigates",)}),
        ("compare", {"a": "tur-pak", "b": "pak-chn"}, {"a": ("TUR-PAK",), "b": ("CHN-PAK",)}),
        ("compare", {"a": "Pakistan and Türkiye", "b": "PK, AZ"}, {"a": ("TUR-PAK",), "b": ("PAK-AZE",)}),
        ("compare", {"a": "türkiye", "b": "eve specimen"}, {"a": ("TUR",), "b": ("Eve Specimen",)}),
        ("data", {"table": "quotes"}, {"table": ("quotes",)}),
    ],
)  # fmt: skip
def test_letter_case_commas_signs_and_other_names_are_understood(
    made_up: Tables, page: str, params: dict[str, Any], values: dict[str, Any]
) -> None:
    found = asked(made_up, page, **params)
    assert (found.values, found.notes) == (values, [])


@pytest.mark.parametrize(
    ("page", "params", "note"),
    [
        ("", {"status": "active"},
         "This link asks for a status “active” that is not in the tables; it was left out."),
        ("", {"domain": "naval,sea,moon"},
         "This link asks for a domain “sea” that is not in the tables; it was left out, and so was “moon”."),
        ("", {"country": "Atlantis"},
         "This link asks for a party “Atlantis” that is a party to no deal in the tables; it was left out."),
        ("", {"from": "20.5"}, "This link asks for a first year “20.5” that is no year; it was left out."),
        ("", {"to": ["2010", "2015"]}, "This link asks for a last year more than once; besides the first, “2015” was left out."),
        ("", {"q": "( )"}, "This link asks for a search “( )” that has no letter or digit, or is too long; it was left out."),
        ("value", {"by": "colour"}, "This link asks for a grouping “colour” that is not one of the choices; it was left out."),
        ("quotes", {"page": "two"}, "This link asks for a page “two” that is no number; it was left out."),
        ("quotes", {"analyst": "Nobody"}, "This link asks for an analyst “Nobody” that is not in the tables; it was left out."),
        ("map", {"at": "nowhere"}, "This link asks for a line or a place “nowhere” that is not in the tables; it was left out."),
        ("compare", {"a": "BRA-PAK"},
         "This link asks for a first side “BRA-PAK” that is no relation, state or speaker in the tables; it was left out."),
        ("compare", {"b": "TUR-TUR"},
         "This link asks for a second side “TUR-TUR” that is no relation, state or speaker in the tables; it was left out."),
        ("", {"from": "2020", "to": "2010"},
         "The years contradict each other: from 2020, but only to 2010. Nothing can be within them."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(made_up: Tables, page: str, params: dict[str, Any], note: str) -> None:
    assert asked(made_up, page, **params).notes == [note]


@pytest.mark.parametrize("page", PAGES)
def test_every_parameter_of_every_page_names_what_it_cannot_read(made_up: Tables, page: str) -> None:
    for parameter in parameters(page):
        found = asked(made_up, page, **{parameter.name: "?!" if parameter.text is words else "no such value"})
        assert (found.values, len(found.notes)) == ({}, 1), parameter.name


def test_names_that_the_page_does_not_know_are_ignored_and_travel_nowhere(made_up: Tables) -> None:
    found = asked(made_up, "", utm_source="mail", fbclid="x", by="status", domain="air")
    assert (found.notes, found.filters, found.query) == ([], ["domain"], "domain=air")


def test_a_value_that_is_left_out_travels_in_no_link(made_up: Tables) -> None:
    found = asked(made_up, "value", country="x" * 100_000, domain=["air", "sea"], by="colour")
    assert (found.query, found.links("deal", id="a")) == ("domain=air", "deal?domain=air&id=a")
    assert len("".join(found.notes)) < 1_000


def test_a_long_value_is_cut_and_of_many_a_few_are_named(made_up: Tables) -> None:
    (note,) = asked(made_up, domain="x" * 5_000).notes
    assert f"“{'x' * (LONGEST - 1)}…”" in note
    (note,) = asked(made_up, domain=",".join(f"d{number}" for number in range(10_000))).notes
    assert note.endswith(f"it was left out, and so were “d1”, “d2” and {MOST - 3} more.")
    assert asked(made_up, q="a" * (LONGEST + 1)).values == {}


def test_signs_that_cannot_be_shown_or_sent_are_spaces(made_up: Tables) -> None:
    found = asked(made_up, q="ship\u202e \ud800yard\n\x00", domain="\u202enonsense")
    assert (found.values, found.query) == ({"q": ("ship yard",)}, "q=ship+yard")
    assert "“nonsense”" in found.notes[0]


def test_years_beyond_the_data_or_at_odds_narrow_the_view_to_nothing(made_up: Tables) -> None:
    last = max(made_up.years)
    for params in ({"from": str(last + 1)}, {"to": "1900"}, {"from": "2015", "to": "2014"}):
        assert select(made_up, asked(made_up, **params).selection).empty
    assert len(select(made_up, asked(made_up, **{"from": str(last)}).selection))


def test_of_suppliers_and_recipients_any_will_do_and_of_parties_every_one_must_be_there(made_up: Tables) -> None:
    sides = made_up.parties.groupby(["side", "deal_id"])["country"].agg(set)
    for side in ("supplier", "recipient"):
        found = select(made_up, asked(made_up, **{side: ["TUR", "CHN"]}).selection)
        assert list(found["deal_id"]) == [
            deal for deal in made_up.deals["deal_id"] if sides[side][deal] & {"TUR", "CHN"}
        ]
        assert 0 < len(found) < len(made_up.deals)
    both = select(made_up, asked(made_up, country="TUR,PAK", supplier="PAK").selection)["deal_id"]
    assert set(both) == {deal for deal in made_up.deals["deal_id"] if "PAK" in sides["supplier"][deal]
                         and {"TUR", "PAK"} <= sides["supplier"][deal] | sides["recipient"][deal]}  # fmt: skip


def test_every_shared_filter_is_declared_once_and_selects() -> None:
    assert {parameter.field or parameter.name for parameter in SHARED} == {one.name for one in fields(Selection)}
    assert {name for own in (SHARED, OPENED, *OWN.values()) for name in [one.name for one in own]} == set(EVERY)
    for page in PAGES:
        assert len({one.name for one in parameters(page)}) == len(parameters(page))


def test_the_shared_filters_in_words_are_those_that_are_set(made_up: Tables) -> None:
    found = asked(made_up, q="<b>", sure="origins", country="TUR,PAK", supplier="TUR", domain="naval,air", to="2012")
    assert in_words(made_up, found.values) == [
        "Search: “<b>”", "Evidence: two independent origins or more", "Party to the deal: Turkey and Pakistan",
        "Supplier: Turkey", "Domain: Naval or Air", "To year: 2012",
    ]  # fmt: skip
    assert in_words(made_up, asked(made_up).values) == []


def test_a_link_is_relative_keeps_the_shared_filters_and_leaves_defaults_away(made_up: Tables) -> None:
    to = asked(made_up, "value", country=["TUR", "PAK"], sure="any", by="status").links
    kept = "country=TUR&country=PAK"
    assert to("deal", id="a&b") == f"deal?{kept}&id=a%26b"
    assert to("quotes", analyst=["A B", "C"]) == f"quotes?{kept}&analyst=A+B&analyst=C"
    assert to("value", by="domain", money="", page="1") == f"value?{kept}"
    assert to("", sure="both", country="CHN") == ".?country=CHN&sure=both"
    assert to("", country="") == "."
    assert (Links()("claims"), Links()("")) == ("claims", ".")


NAMED = st.sampled_from(sorted(EVERY))
TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), max_size=3)


@given(st.dictionaries(NAMED, TEXTS, max_size=4), st.dictionaries(NAMED, TEXTS, max_size=4))
def test_a_link_says_its_parameters_as_any_query_does(kept: dict[str, list[str]], own: dict[str, list[str]]) -> None:
    links = Links(tuple((name, tuple(values)) for name, values in kept.items()))
    query = urlencode(links.params(**own), doseq=True)
    assert links("map", **own) == (f"map?{query}" if query else "map")


def test_a_lasting_link_names_defaults_what_the_page_chose_and_the_version_of_the_tables(made_up: Tables) -> None:
    here = asked(made_up, "quotes", domain="air", statement="muster-2015-boats", embed="true")
    assert here.lasting("2.0.0") == "sure=any&domain=air&statement=muster-2015-boats&v=2.0.0"
    made = replace(asked(made_up, "compare", b="TUR"), made={"a": ("PAK",), "b": ("CHN",)})
    assert made.lasting("2.0.0") == "sure=any&a=PAK&b=TUR&v=2.0.0"
    then = asked(made_up, "value", v=made_up.version, then="yes", by="status")
    assert then.lasting("1.0.0") == "sure=any&by=status&money=nominal&v=1.0.0&then=yes"
    assert then.links("map") == f"map?v={made_up.version}&then=yes"
    assert (then.dated("no"), then.dated("yes")) == (
        f"value?by=status&v={made_up.version}", f"value?by=status&v={made_up.version}&then=yes",
    )  # fmt: skip
    assert asked(made_up, "value", then="yes").links("map") == "map"


@pytest.mark.parametrize("text", ["9999.1.1", "0.0.1", "1"])
def test_a_version_that_the_tables_never_had_is_named(made_up: Tables, text: str) -> None:
    found = asked(made_up, v=text)
    assert found.notes == [f"This link asks for a version “{text}” that these tables never had; it was left out."]
    assert asked(made_up, v=f"Version {made_up.version}").values == {"v": (made_up.version,)}


# What is written by another rule than a number: a place on the map with its zoom, a day, seconds, and a slide of one's own.
FREE = {
    "view": st.tuples(st.integers(-80, 80), st.integers(-170, 170), st.integers(0, 9)).map(
        lambda at: "{},{},{}".format(*at)
    ),
    "since": st.dates().map(str),
    "every": st.integers(2, 3_600).map(str),
    "my": st.integers(1000, 9999).map("value?domain=naval, {}".format),
}


@given(st.data())
def test_what_is_written_is_read_again_as_it_was(made_up: Tables, data: st.DataObject) -> None:
    page = data.draw(st.sampled_from(PAGES))
    chosen: dict[str, tuple[str, ...]] = {}
    for parameter in data.draw(st.lists(st.sampled_from(parameters(page)), unique=True)):
        if parameter.choices:
            one = st.sampled_from([value for value in parameter.choices(made_up) if value != parameter.default])
        elif "search" in parameter.noun:
            one = st.text(string.ascii_letters + "ğ&=%+;, ", min_size=1).map(lambda text: "x" + " ".join(text.split()))
        else:
            one = FREE.get(parameter.name, st.integers(1000, 9999).map(str))
        chosen[parameter.name] = tuple(
            data.draw(st.lists(one, min_size=1, max_size=3 if parameter.several else 1, unique=True))
        )
    written = Asked(page, chosen, {})
    again = read(made_up, page, parse_qs(written.query))
    assert (again.values, again.notes) == ({one.name: chosen[one.name] for one in parameters(page) if one.name in chosen},
                                           written.notes)  # fmt: skip
    assert again.selection == written.selection
    kept = [one.name for one in SHARED] + (["v", "then"] if {"v", "then"} <= chosen.keys() else [])
    assert parse_qs(again.links("")[2:]) == {name: [*values] for name, values in chosen.items() if name in kept}


@given(st.sampled_from(PAGES), st.data())
def test_a_hostile_address_is_no_error_and_grows_nothing(made_up: Tables, page: str, data: st.DataObject) -> None:
    names = st.sampled_from([one.name for one in parameters(page)] + ["utm_source"])
    found = read(made_up, page, data.draw(st.dictionaries(names, st.lists(HOSTILE, max_size=3))))
    assert len(select(made_up, found.selection)) <= len(made_up.deals)
    assert read(made_up, page, parse_qs(found.query)).values == found.values
    "".join([*found.notes, *in_words(made_up, found.values), found.links("deal")]).encode()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("35, 60, 4.5", "35,60,4.5"),
        ("99;-200;40", "85,-180,9"),
        ("35,60", ""),
        ("a,b,c", ""),
        ("35,60,x4", ""),
        ("", ""),
    ],
)
def test_where_a_map_is_looked_at_is_read_tolerantly_and_brought_within_bounds(text: str, kept: str) -> None:
    assert looked_at(text) == kept


@pytest.mark.parametrize(
    ("text", "meant"),
    {
        "2026.11.1": "2026.11.1", "v1.0.0": "1.0.0", "Version 2026.11.1": "2026.11.1", "2026-11-05": "2026-11-05",
        "2026-11-05~": "2026-11-05", "2026-11": "2026-10-31", "2026": "2025-12-31", "0001": "", "2026-13": "", "soon": "", "1.2": "",
    }.items(),
)  # fmt: skip
def test_what_changed_is_asked_since_a_version_or_a_day_and_a_month_begins_with_its_first(
    text: str, meant: str
) -> None:
    assert version_or_day(text) == meant
