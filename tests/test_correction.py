"""How a row is corrected: by a form, by an e-mail or by a text to copy, each filled in with the row, the version and the address."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard.correction import Correction, correction
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.load import Tables
from tests.macros import macros

SITE = "https://host.example/below/"
FORM = "https://code.example/house/ties/issues/new?template=row.md&title={title}&body={body}"
ROWS = [("deals", "alpha-frigates", "deal?id=alpha-frigates"), ("quotes", "q-1", "quotes?statement=q-1")]


def with_words(tables: Tables, **said: str) -> Tables:
    """Return tables whose package names a form or an e-mail address."""
    return replace(tables, dictionary=Dictionary({**tables.dictionary.descriptor, **said}))


def assert_filled_in(text: str, tables: Tables, table: str, key: str, address: str) -> None:
    """Check that a text names the row, the version and the address, and asks for what is right and who says so."""
    assert text.startswith(f"Table: {table}.csv\nRow: {key}\nVersion of the tables: {tables.version}\n")
    assert f"\nShown at: {SITE}{address}\n" in text
    assert text.count(":\n") == 2


@pytest.mark.parametrize(("table", "key", "address"), ROWS)
def test_without_a_form_or_an_address_there_is_a_text_to_copy(
    table: str, key: str, address: str, made_up: Tables
) -> None:
    given = correction(made_up, table, key, SITE)
    assert given.address == ""
    assert_filled_in(given.text, made_up, table, key, address)


@pytest.mark.parametrize(("table", "key", "address"), ROWS)
def test_the_form_of_the_package_is_opened_filled_in(table: str, key: str, address: str, made_up: Tables) -> None:
    tables = with_words(made_up, issues=FORM, contact="desk@host.example")
    given = correction(tables, table, key, SITE)
    assert given.address.startswith("https://code.example/house/ties/issues/new?template=row.md&title=")
    filled = parse_qs(urlsplit(given.address).query)
    assert filled["title"] == [f"Correct {table}.csv: {key}"]
    assert_filled_in(filled["body"][0], tables, table, key, address)


@pytest.mark.parametrize(("table", "key", "address"), ROWS)
def test_else_a_draft_of_an_email_is_opened_filled_in(table: str, key: str, address: str, made_up: Tables) -> None:
    tables = with_words(made_up, contact="desk@host.example")
    given = correction(tables, table, key, SITE)
    assert given.address.startswith("mailto:desk@host.example?subject=")
    assert "+" not in given.address, "a space in such an address is %20"
    filled = parse_qs(urlsplit(given.address).query)
    assert filled["subject"] == [given.title]
    assert "\r\n" in filled["body"][0]
    assert_filled_in(filled["body"][0].replace("\r\n", "\n"), tables, table, key, address)


def test_a_key_that_means_something_in_an_address_stays_a_key(made_up: Tables) -> None:
    tables = with_words(made_up, issues=FORM)
    hostile = 'x&title=y#"><script>{body}'
    filled = parse_qs(urlsplit(correction(tables, "deals", hostile, SITE).address).query)
    assert filled["title"] == [f"Correct deals.csv: {hostile}"]
    assert f"Row: {hostile}\n" in filled["body"][0]
    assert f"{SITE}deal?id=x%26title%3Dy%23%22%3E%3Cscript%3E%7Bbody%7D\n" in filled["body"][0]


@pytest.mark.parametrize(
    ("said", "start"), [({"issues": FORM}, "https://code.example/"), ({"contact": "desk@host.example"}, "mailto:desk")]
)
def test_the_link_leads_out_where_there_is_an_address(said: dict[str, str], start: str, made_up: Tables) -> None:
    tables = with_words(made_up, **said)
    link = shown(tables)
    assert link.startswith('<a class="mend" href="')
    assert unescape(link.split('"')[3]) == correction(tables, "deals", "alpha-frigates", SITE).address
    assert unescape(link.split('"')[3]).startswith(start)
    assert link.endswith(">Correct this row</a>")


def test_the_link_opens_the_text_where_there_is_none(made_up: Tables) -> None:
    link = shown(made_up)
    given = correction(made_up, "deals", "alpha-frigates", SITE)
    assert isinstance(given, Correction)
    assert "<summary>Correct this row</summary>" in link
    assert f">{given.text}</textarea>" in link


def shown(tables: Tables) -> str:
    """Return the link as a page shows it."""
    return str(macros("correct.html", tables).correct("deals", "alpha-frigates", SITE)).strip()
