"""The feed of versions: well-formed Atom that keeps its names, leads to what changed, and is sent again only when it is new."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from dashboard import server
from dashboard.gate.differences import Difference
from dashboard.gate.versions import Release
from dashboard.serving import feed
from dashboard.tables import load as data
from dashboard.tables.faults import Fault
from dashboard.tables.load import DataError, Tables

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
HOSTILE = "</summary><script>alert(1)</script>&amp; \x0b]]> “ş”"


@pytest.fixture
def versions(made_up: Tables, monkeypatch: pytest.MonkeyPatch) -> Tables:
    """Let the feed be of made-up tables with many versions, of which the last two are known."""
    many = [Release(f"2026.1.{number}", "2026-01-02", "", "", []) for number in range(1, 30)]
    found = [Difference("deals", f"deal-{number}", "title", "Old", "New") for number in range(feed.NAMED + 5)]
    every = [
        *many,
        Release("2026.2.1", "2026-02-03", HOSTILE, "", found),
        Release("2026.2.2", "2026-02-04", "", "", found[:1]),
    ]
    monkeypatch.setattr(feed, "history", lambda _: every)
    monkeypatch.setattr(
        feed, "of_release", lambda release, _: [f"{one.key} became {one.new}." for one in release.found]
    )
    tables = replace(made_up)
    monkeypatch.setattr(data, "current", lambda: tables)
    return tables


def ask(host: str = "ties.example", **headers: str) -> Response:
    """Return the answer to a request."""
    raw = [
        (b"host", host.encode()),
        *((name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()),
    ]
    scope = {"type": "http", "method": "GET", "path": "/changes.xml", "root_path": "", "scheme": "https", "query_string": b"",
             "headers": raw, "app": Starlette()}  # fmt: skip
    return feed.answer(Request(scope))


def parsed(answer: Response) -> ET.Element:
    """Return the feed as a reader's program understands it."""
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(bytes(answer.body))


@pytest.mark.usefixtures("versions")
def test_the_feed_has_all_that_atom_asks_for() -> None:
    root = parsed(ask())
    assert root.tag == f"{ATOM}feed"
    for part in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (found,) = part.findall(f"{ATOM}{name}")
            assert found.text
        assert MOMENT.fullmatch(part.findtext(f"{ATOM}updated", ""))
        assert part.findtext(f"{ATOM}id", "").startswith("urn:uuid:")
        assert [link.get("type") for link in part.findall(f"{ATOM}link[@rel='alternate']")] == ["text/html"]
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    (itself,) = root.findall(f"{ATOM}link[@rel='self']")
    assert itself.get("href") == "https://ties.example/changes.xml"
    names = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
    assert len({*names, root.findtext(f"{ATOM}id")}) == feed.MOST + 1


@pytest.mark.usefixtures("versions")
def test_the_newest_comes_first_and_leads_to_what_it_changed() -> None:
    root = parsed(ask())
    first, second, *_ = root.findall(f"{ATOM}entry")
    assert first.findtext(f"{ATOM}title") == "Version 2026.2.2: 1 change"
    assert root.findtext(f"{ATOM}updated") == first.findtext(f"{ATOM}updated") == "2026-02-04T00:00:00Z"
    for entry, since in ((first, "2026.2.1"), (second, "2026.1.29")):
        link = entry.find(f"{ATOM}link")
        assert link is not None
        address = urlsplit(link.get("href", ""))
        assert (address.path, parse_qs(address.query)) == ("/data", {"since": [since]})
    assert first.findtext(f"{ATOM}content") == "deal-0 became New."
    assert second.findtext(f"{ATOM}content", "").endswith("became New.\nAnd 5 more.")


@pytest.mark.usefixtures("versions")
def test_words_of_a_maintainer_are_words_whatever_they_hold() -> None:
    _, second, *_ = parsed(ask()).findall(f"{ATOM}entry")
    assert second.findtext(f"{ATOM}summary") == HOSTILE.replace("\x0b", " ")
    assert b"<script" not in bytes(ask().body)


@pytest.mark.usefixtures("versions")
def test_who_has_the_feed_learns_that_nothing_is_new() -> None:
    whole = ask()
    for given in (whole.headers["etag"], f'"other", W/{whole.headers["etag"]}'):
        answer = ask(if_none_match=given)
        assert (answer.status_code, answer.body) == (304, b"")
        assert answer.headers["etag"] == whole.headers["etag"]
    assert ask(if_none_match='"other"').status_code == 200
    assert ask("else.example").headers["etag"] != whole.headers["etag"]


def test_names_stay_the_same_wherever_the_feed_is_served(versions: Tables) -> None:
    names = [
        [entry.findtext(f"{ATOM}id") for entry in parsed(ask(host)).findall(f"{ATOM}entry")]
        for host in ("a.example", "b.example")
    ]
    assert names[0] == names[1]
    assert feed.identity(versions) != feed.identity(versions, "2026.2.1")


def test_a_set_without_versions_and_without_a_day_has_an_empty_feed(
    elsewhere: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    described = type(elsewhere.dictionary)({**elsewhere.dictionary.descriptor, "created": ""})
    tables = replace(elsewhere, dictionary=described)
    monkeypatch.setattr(feed, "history", lambda _: [])
    monkeypatch.setattr(data, "current", lambda: tables)
    answer = ask()
    assert parsed(answer).findall(f"{ATOM}entry") == []
    assert parsed(answer).findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"
    assert "last-modified" not in answer.headers


def test_tables_with_faults_have_no_feed_just_now(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty() -> Tables:
        raise DataError([Fault("deals.csv", 1, "", "", "is empty", "Restore it")])

    monkeypatch.setattr(data, "current", faulty)
    answer = ask()
    assert (answer.status_code, b"faults" in bytes(answer.body)) == (503, True)


def test_the_published_feed_is_served_with_its_versions(tables: Tables) -> None:
    root = ET.fromstring(feed.written(tables, "https://ties.example/"))
    assert root.findall(f"{ATOM}entry")
    assert tables.version in root.findtext(f"{ATOM}entry/{ATOM}title", "")
    assert "/changes.xml" in [route.path for route in server.app._user_routes]  # ty: ignore[missing-attribute]
