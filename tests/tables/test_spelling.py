from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.tables import spelling
from dashboard.tables.check import addresses, names
from dashboard.tables.csvfile import parse
from dashboard.tables.dictionary import Dictionary
from tests import made_up


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gu\u0308ler", "Güler"), ("a\u00a0b", "a b"), ("a  \u2003 b ", "a b"), ("\ufeffa\u200bb\u00adc\u2060", "abc"),
        ("a\nb", "a\nb"), ("m²", "m²"), ("می\u200cخواهم", "می\u200cخواهم"), ("a\u202eb", "a\u202eb"),
    ],
)  # fmt: skip
def test_tidy_writes_text_plainly_and_keeps_what_may_carry_meaning(text: str, expected: str) -> None:
    assert spelling.plain(text) == expected


@pytest.mark.parametrize("meant", ["Müller à la carte", "Erdoğan", "Şimşek ve İnan", "Pakistan’s jets", "Ağustos…"])
def test_text_read_in_the_wrong_encoding_is_read_again_and_tidy_leaves_it_to_people(meant: str) -> None:
    for page in ("sloppy-windows-1252", "sloppy-windows-1254"):
        damaged = meant.encode().decode(page)
        assert spelling.reread(damaged) == meant
        assert spelling.plain(damaged) == damaged


@pytest.mark.parametrize("text", ["plain", "Güler", "İbrahim Kalın", "Touré’s", "“CAFÉ”", "پاکستان", "Μεσόγειο", "É™"])
def test_text_that_is_right_is_not_read_again(text: str) -> None:
    assert spelling.reread(text) == text


@given(st.text() | st.text(st.sampled_from("aÃ¼Ä± \u00a0\u0301\u200b\u00ad")))
def test_plain_text_is_its_own_plain_form_and_loses_nothing_but_spaces_and_idle_signs(text: str) -> None:
    once = spelling.plain(text)
    assert spelling.plain(once) == once
    bare = [sign for sign in unicodedata.normalize("NFC", spelling.IDLE.sub("", text)) if not sign.isspace()]
    assert spelling.reread(text) != text or [sign for sign in once if not sign.isspace()] == bare


def test_letters_that_look_alike_are_no_latin_ones_and_stand_for_latin_ones() -> None:
    for sign, latin in spelling.LOOK_ALIKES.items():
        assert unicodedata.name(chr(sign)).split()[0] in ("CYRILLIC", "GREEK")
        assert chr(latin).isascii()


def test_of_two_spellings_the_one_that_more_cells_bear_stands_and_of_as_many_the_first() -> None:
    dictionary = Dictionary(json.loads(made_up.DESCRIPTION.read_bytes()))
    content = "publisher,origin\nWire,WIRE\nWIRE,Post\nPost,Other\nPOST,Post\nÄ,Ä\n¡,¿\none,\n,One\n"
    found = list(names.find_faults({"sources": parse("sources.csv", content.encode())}, dictionary))
    assert [(fault.line, fault.column, fault.value) for fault in found] == [
        (2, "publisher", "Wire"), (5, "publisher", "POST"), (9, "origin", "One"),
    ]  # fmt: skip
    assert [fault.remedy for fault in found] == [
        f"Did you mean “{name}”? Write it so" for name in ("WIRE", "Post", "one")
    ]


def test_only_columns_of_names_that_are_there_once_are_compared() -> None:
    dictionary = Dictionary(json.loads(made_up.DESCRIPTION.read_bytes()))
    tables = {"sources": parse("sources.csv", b"title,origin,origin\nA,b,B\na,b,B\n")}
    assert list(names.find_faults(tables, dictionary)) == []


def test_a_row_that_is_not_read_for_certain_bears_no_name() -> None:
    tables = {"sources": parse("sources.csv", b"publisher,origin\nWire,Wire\nWIRE\n")}
    assert list(names.find_faults(tables, Dictionary(json.loads(made_up.DESCRIPTION.read_bytes())))) == []


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.org", "http://example.org:8080/a?b=c&d=%20#e", "https://en.example.org/wiki/A_(b)",
        "https://büro.example/ü", "http://192.0.2.1/page", "https://web.example/http://other.example/", "https://x.co/a,b",
    ],
)  # fmt: skip
def test_an_address_of_a_page_has_no_flaw(address: str) -> None:
    assert addresses.flaw(address) == ""


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("www.example.org", "address"), ("javascript:alert(1)", "address"), ("ftp://example.org", "address"),
        ("https://", "no name of a site"), ("https:///page", "no name"), ("https://page", "no name"),
        ("https://a@example.org/", "no name"), ("https://-.org/", "no name"), ("https://example.org/a b", "a space"),
        ("https://example.org/\u00a0b", "a space"), ("https://[::1]/", "“[”"), ("<https://example.org>", "address"),
        ("https://example.org/<b>", "“<”"), ("https://example.org/a)", "ends in “)”"), ("https://example.org/,", "“,”"),
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_page_is_said_with_its_reason(address: str, why: str) -> None:
    assert addresses.flaw(address).startswith("is not a web address")
    assert why in addresses.flaw(address)
