"""The claim ledger as a reader meets it: whole, filtered, one entry by its link."""

from __future__ import annotations

import re
from functools import partial
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from tests.page import opened, written

FLIGHT = "papa-flight"


pytestmark = pytest.mark.usefixtures("made_up_pages")
run = partial(opened, "claims")


def text(app: AppTest) -> str:
    return unescape(written(app))


def entries(app: AppTest) -> list[str]:
    return re.findall(r'<article class="entry" id="entry-([^"]+)"', text(app))


def test_ledger_shows_each_entry_once_with_its_own_link_and_a_way_to_the_deal() -> None:
    app = run(country="PAK")
    found = entries(app)
    assert FLIGHT in found
    assert len(found) == len(set(found))
    for deal_id in found:
        assert f'href="#entry-{deal_id}"' in text(app)
        assert f'href="claims?country=PAK&id={deal_id}"' in text(app)
        assert f'href="deal?country=PAK&id={deal_id}"' in text(app)
    assert found == [FLIGHT, "bravo-upgrade", "oscar-unit"]
    assert "<h1>2 deals are both claimed and denied. 1 is only reported" in text(app)
    assert "The ledger gives no verdict." in text(app)


def test_filters_narrow_the_ledger() -> None:
    assert entries(run()) == [FLIGHT, "bravo-upgrade", "romeo-missile", "oscar-unit", "sierra-satellite"]
    assert entries(run(domain="drones")) == ["romeo-missile"]
    assert entries(run(domain="drones", status="denied")) == []


def test_the_link_of_an_entry_gives_that_entry_alone_whatever_the_filters() -> None:
    for params in ({"id": FLIGHT}, {"id": FLIGHT, "domain": "naval"}):
        app = run(**params)
        assert entries(app) == [FLIGHT]
        assert "1 claims it and 2 deny it." in text(app)
        assert 'href="claims' in text(app)


def test_a_deal_that_is_not_contested_is_said_to_be_so_and_the_ledger_stays() -> None:
    app = run(id="alpha-frigates")
    assert "is not contested" in app.info[0].value
    assert FLIGHT in entries(app)
    app = run(id="<b>nothing</b>")
    assert "a deal “<b>nothing</b>” that is not in the tables" in text(app)


def test_a_view_without_contested_deals_says_so() -> None:
    app = run(domain="air")
    assert "No deal in view is contested." in text(app)
    assert entries(app) == []
    assert "No contested deal fits" in app.info[0].value


def test_sides_differ_by_shape_and_word() -> None:
    shown = text(run(id=FLIGHT))
    for side, shape, word in (
        ("asserts", "●", "Claims"),
        ("denies", "○", "Denies"),
        ("comments", "–", "Qualifies or comments"),
    ):
        assert f'data-side="{side}"><h4><span aria-hidden="true">{shape}</span> {word}</h4>' in shown


def test_every_address_in_the_ledger_is_a_real_link() -> None:
    shown = text(run(id=FLIGHT))
    links = re.findall(r'<a href="(https?://[^"]+)"([^>]*)>', shown)
    assert len(links) == 6
    assert all('target="_blank"' in rest and "noopener" in rest for _, rest in links)
    assert 'tabindex="-1"' not in shown.replace('<header class="page" tabindex="-1">', "")


def test_what_one_reader_has_in_the_address_is_not_in_the_links_of_another() -> None:
    assert "sure=credible" in text(run(sure="credible"))
    assert "sure=credible" not in text(run())
