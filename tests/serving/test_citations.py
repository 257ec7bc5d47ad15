"""How a picture is cited, at an address of its own: in every form, of the version shown, with the link that lasts."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.applications import Starlette

from dashboard.serving import citations
from dashboard.tables import load as data
from dashboard.tables.load import Tables
from tests.serving.asgi import Answer, ask, scope

SITE = Starlette(routes=citations.ROUTES)


@pytest.fixture(autouse=True)
def shown(made_up: Tables, monkeypatch: pytest.MonkeyPatch) -> Tables:
    """Let the made-up tables be those that readers see."""
    monkeypatch.setattr(data, "current", lambda: made_up)
    return made_up


def asked(path: str) -> Answer:
    """Return the answer to an address."""
    return ask(SITE, scope(path))


def test_a_picture_is_cited_in_every_form_with_the_address_of_its_page(shown: Tables) -> None:
    answer = asked("/cite/picture/value/value?domain=naval&by=status")
    forms = json.loads(answer.body)
    assert list(forms) == ["Plain", "BibTeX", "RIS", "CSL-JSON"]
    (item,) = json.loads(forms["CSL-JSON"])
    assert item["type"] == "graphic"
    assert all(item["title"] in words for words in (forms["Plain"], forms["RIS"]))
    link = urlsplit(item["URL"])
    assert (link.scheme, link.path) == ("http", "/value")
    query = parse_qs(link.query)
    assert (query["domain"], query["by"], query["v"]) == (["naval"], ["status"], [shown.version])
    assert answer.headers["etag"]


def test_small_maps_are_cited_together_by_the_finding_of_their_page() -> None:
    one, small = (json.loads(asked(f"/cite/picture/map/picture{query}").body) for query in ("", "?maps=domains"))
    assert one["Plain"].partition(", version")[0] == small["Plain"].partition(", version")[0]
    assert "maps=domains" in small["Plain"]
    assert "-map-maps-" in small["BibTeX"].partition("\n")[0]


@pytest.mark.parametrize("path", ["nowhere/value", "value/other", "value/picture?q=nothing+like+it"])
def test_what_is_no_picture_is_not_found(path: str) -> None:
    answer = asked(f"/cite/picture/{path}")
    assert answer.status == 404
    assert "problem" in json.loads(answer.body)


def test_hostile_words_stay_words() -> None:
    answer = asked("/cite/picture/value/value?q=%3C%2Fscript%3E&recipient=PAK")
    assert b"</script>" not in answer.body
