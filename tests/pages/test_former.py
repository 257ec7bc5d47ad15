"""A link with a version: what changed since is said above the view, and the view as it was then is every page's until the reader goes back."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest

from dashboard import controls
from dashboard.gate.then import Then
from dashboard.tables import load as data
from dashboard.tables.load import Tables
from dashboard.views import former
from tests import made_up as files
from tests.conftest import pages_over
from tests.drift.test_drift import before
from tests.made_up import FORMER
from tests.page import handed, pages_linked, written
from tests.pages.test_app import PAGES, opened

BANNER = f"You see the tables as they were in {FORMER}."


@pytest.fixture(scope="module", autouse=True)
def released(made_up: Tables, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let every page show made-up tables that had another version before."""
    folder = files.copy(tmp_path_factory.mktemp("former") / "data")
    (folder / "changes.csv").write_bytes(files.log(made_up, before(made_up)))
    with pages_over(data.load(folder), folder):
        yield


def words(page: str, **given: str) -> str:
    """Return what the whole app shows at an address."""
    return html.unescape(written(opened(page, **given)))


def test_a_link_of_a_former_version_says_what_changed_in_its_view_and_leads_to_it_as_it_was() -> None:
    found = words("value", domain="naval", v=FORMER)
    assert f"<p>5 figures in this view have changed since version {FORMER}; 1 deal is new, 1 deal is gone." in found
    assert (
        '<a href="deal?domain=naval&id=alpha-frigates" target="_self">Frigate Alpha</a>: Value was “$900m”, and is “$1bn”'
        in found
    )
    assert f'<a href="value?domain=naval&v={FORMER}&then=yes" target="_self">See this view as it was then</a>' in found
    assert BANNER not in found
    assert "have changed since" not in words("value", domain="naval")


def test_a_former_version_shows_its_own_numbers_and_says_so_in_every_line_and_link() -> None:
    test = opened("deal", id="alpha-frigates", v=FORMER, then="yes", domain="naval")
    found = html.unescape(written(test))
    assert BANNER in found
    assert "They are of 2 January 2000." in found
    assert "$900m" in found
    assert f"tables, version {FORMER}." in found
    assert handed(test)["lasting"] == f"sure=any&domain=naval&id=alpha-frigates&v={FORMER}&then=yes"
    kept = f"domain=naval&v={FORMER}&then=yes"
    assert {address.partition("?")[2] for address in pages_linked(test)} == {kept}
    assert f'<a href="deal?domain=naval&id=alpha-frigates&v={FORMER}" target="_self">Back to today’s</a>' in found
    assert "$900m" not in words("deal", id="alpha-frigates")


OWN: dict[str, dict[str, str | list[str]]] = {
    "timeline": {"group": "pair", "rows": "all"}, "value": {"by": "supplier", "money": "constant"}, "map": {"asof": "2012", "show": "trade"},
    "quotes": {"topic": "naval", "page": "2"}, "compare": {"b": "CHN-PAK"}, "sources": {"grade": ["A", "B"]},
    "data": {"table": "quotes", "find": "Turkey"}, "deal": {"id": "alpha-frigates"}, "search": {"said": "alpha"},
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_a_copied_link_gives_the_same_view_on_every_page_and_has_no_note(page: str) -> None:
    first = opened(page, domain=["naval", "air"], sure="origins", **OWN.get(page, {}))
    link = handed(first)["lasting"]
    again = opened(page, **parse_qs(link))
    assert [element.value for element in again.markdown] == [element.value for element in first.markdown]
    # What knows the address itself is left out: it names the version now.
    own = r"<p class=.paper.*|@page.*|<a [^>]*data-act=.clear.|<span class=.acts.[^>]*>"
    plain = [re.sub(own, "", written(test)) for test in (first, again)]
    assert plain[0] == plain[1]
    assert handed(again)["lasting"] == link


@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_a_former_version(page: str) -> None:
    found = words(page, v=FORMER, then="yes")
    assert BANNER in found
    assert not re.search("could not be drawn|this view have changed", found)


def test_a_former_version_that_cannot_be_shown_says_why_and_todays_stands_in_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(former, "then", lambda *_: Then(None, why="they had no table places"))
    found = words("value", v=FORMER, then="yes")
    assert f"<b>Version {FORMER} cannot be shown</b>: they had no table places. You see today’s tables." in found
    assert f"tables, version {json.loads(files.description())['version']}." in found


def test_a_view_as_it_was_then_says_so_in_a_frame_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(controls, "is_framed", lambda: True)
    assert BANNER in words("value", domain="naval", v=FORMER, then="yes")
