from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import my_slides, views
from dashboard.decks import shelf as decks
from dashboard.pack import FORMS
from dashboard.tables.load import Tables
from tests.page import finding, handed, opened, written

pytestmark = pytest.mark.usefixtures("made_up_pages")
DECK = """\
title = "Ships & planes"
[[slide]]
view = "/value?domain=naval"
line = "{count} of {whole}"
notes = "Speak <b>slowly</b>."
[[slide]]
view = "/#claims"
line = "Who denies it?"
[[slide]]
view = "/timeline?q=sierra"
line = "No date at all"
"""


@pytest.fixture(autouse=True)
def deck(tmp_path: Path) -> Iterator[Path]:
    """Let the page find one deck, in a folder of this test's own."""
    (tmp_path / "decks").mkdir()
    path = tmp_path / "decks" / "ships.toml"
    path.write_text(DECK, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decks.shelf, "__defaults__", (tmp_path,))
        yield path


def sent(test: AppTest, key: str) -> dict[str, Any]:
    """Return what a component of ours was given, {} where it is not on the page."""
    for element in test.get("bidi_component"):
        if element.proto.component_name == key:
            return json.loads(element.proto.json)
    return {}


def show(**params: Any) -> dict[str, Any]:
    """Return what the run of slides at an address was given."""
    return sent(opened("present", **params), "slide-show")


def test_without_a_deck_the_page_lists_them_and_says_how_to_use_one() -> None:
    page = opened("present")
    assert finding(page) == "1 deck of slides is ready to show."
    assert '<a href="present?deck=ships&amp;slide=1">Ships &amp; planes</a>' in written(page)
    assert "3 slides" in written(page)
    assert sent(page, "my-slides")["opened"] is None
    assert sent(page, "slide-show") == {}


def test_a_deck_is_handed_over_as_files_from_the_list_and_from_its_slides(made_up: Tables) -> None:
    where = "present?deck=ships&amp;slide=1&amp;window=pack"
    assert f'href="{where}"' in written(opened("present"))
    assert f'href="{where}"' in show(deck="ships")["html"]
    page = opened("present", deck="ships", window="pack")
    assert finding(page) == "Ships & planes: 3 slides to hand over"
    assert [button.proto.label for button in page.get("download_button")] == [form.label for form in FORMS.values()]
    assert sent(page, "slide-show") == {}
    own = opened("present", title="Mine", my="value  Line", window="pack")
    assert finding(own) == "Mine: 1 slide to hand over"


def test_a_deck_is_shown_slide_by_slide_over_the_page(made_up: Tables) -> None:
    given = show(deck="ships", slide="2")
    body = given["html"]
    naval = (made_up.deals["domain"] == "naval").sum()
    assert (given["at"], given["every"], given["speaker"], given["name"]) == (2, 0, False, "deck=ships&slide=1")
    assert re.findall('<p class="take-home">(.*?)</p>', body) == [
        f"{naval} of {len(made_up.deals)}",
        "Who denies it?",
        "No date at all",
    ]
    titles = [html.unescape(words) for words in re.findall("<h1>(.*?)</h1>", body)]
    first = views.at(made_up, "/value?domain=naval", date.today())
    assert titles[0] == first.pictures[0].finding  # computed, as in the briefing; the line of the deck stands below it
    assert len(titles) == 3
    assert body.count('class="slide') == 3
    assert (body.count('class="slide away"'), body.count(" hidden")) == (
        2,
        2 + 3,
    )  # the links to explore, and the codes
    assert re.findall('class="explore" href="(.*?)"', body) == ["value?domain=naval", ".", "timeline?q=sierra"]
    assert f"version {made_up.version}" in body
    assert "slowly" not in body
    assert "var(--ink" in body


def test_the_speaker_sees_notes_and_what_else_is_known_of_the_view() -> None:
    given = show(deck="ships", window="speaker", every="5")
    assert (given["speaker"], given["every"]) == (True, 0)
    assert "<p>Speak &lt;b&gt;slowly&lt;/b&gt;.</p>" in given["html"]
    assert 'class="clock"' in given["html"]
    assert "Speaker view" not in given["html"]


def test_a_slide_goes_on_by_itself_where_the_address_says_so() -> None:
    assert show(deck="ships", every="20")["every"] == 20
    assert 'data-do="play"' in show(deck="ships", every="20")["html"]
    refused = show(deck="ships", every="1")
    assert refused["every"] == 0
    assert "a time for each slide “1” that is no number of seconds" in refused["html"]


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"deck": "boats"}, "There is no deck “boats” to show."),
        ({"deck": "<b>"}, "This link asks for a deck “&lt;b&gt;” that is the name of none; it was left out."),
        (
            {"my": "valu?x=1 One"},
            "This link asks for a slide “valu?x=1 One” that begins with no page, or is too long; it was left out.",
        ),
        (
            {"my": "value/more One"},
            "This link asks for a slide “value/more One” that begins with no page, or is too long; it was left out.",
        ),
        ({"my": "present One"}, "Slide 1: “present” is no page that a slide can show."),
    ],
)
def test_a_deck_that_is_not_there_is_said_quietly_above_the_list(params: dict[str, str], words: str) -> None:
    page = opened("present", **params)
    assert f'<p class="meta left-out">{words}</p>' in written(page)
    assert finding(page) == "1 deck of slides is ready to show."


def test_of_a_slide_that_is_not_there_the_last_is_shown() -> None:
    given = show(deck="ships", slide="14")
    assert given["at"] == 3
    assert "This link asks for slide 14; there are 3 slides, and the last is shown." in given["html"]


def test_a_deck_of_ones_own_stands_in_the_address_and_what_is_hostile_in_it_is_words(made_up: Tables) -> None:
    given = show(
        title="<i>Mine</i>",
        my=["value?domain=naval One <script>x</script> {count}", "javascript:x Two", "present Three", "/timeline"],
    )
    body = given["html"]
    naval = (made_up.deals["domain"] == "naval").sum()
    assert f'<p class="take-home">One &lt;script&gt;x&lt;/script&gt; {naval}</p>' in body
    assert "<script" not in body
    assert "asks for a slide “javascript:x Two” that begins with no page" in body
    assert "Slide 2: “present” is no page that a slide can show." in body
    assert re.findall('class="explore" href="(.*?)"', body) == ["value?domain=naval", "timeline"]
    assert body.count("<h1>") == 2
    assert body.count('class="take-home"') == 1  # a line that is the headline of its picture is said once


def test_a_slide_without_a_picture_shows_words() -> None:
    assert 'class="words"' in show(deck="ships")["html"]


def test_a_long_address_is_too_fine_for_a_code_so_it_holds_the_view() -> None:
    short, long = (show(my=["value?domain=naval " + "a" * letters])["html"] for letters in (10, 140))
    many = show(my=[f"value?domain=naval {'a' * 100}", f"timeline {'b' * 100}", f"timeline {'c' * 100}"])["html"]
    assert "This slide on your own screen" in short
    assert "This slide on your own screen" in long
    assert "The view on this slide, on your own screen" in many


def test_a_fault_of_a_deck_is_said_and_the_deck_stays_as_it_was(deck: Path) -> None:
    assert show(deck="ships")
    deck.write_text(DECK.replace("/value", "/valu"), encoding="utf-8")
    page = opened("present")
    assert "1 fault in the files of decks" in written(page)
    assert "decks/ships.toml, line 3: “/valu” is no page" in written(page)
    assert show(deck="ships")["at"] == 1


def test_a_deck_file_that_is_opened_goes_back_to_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "dashboard.controls.typed",
        lambda key, name="typed": f"a.toml\n{DECK}" if (key, name) == (my_slides.EDIT, my_slides.FILE) else "",
    )
    given = sent(opened("present"), "my-slides")["opened"]
    assert (given["title"], len(given["slides"]), given["faults"]) == ("Ships & planes", 3, [])


@pytest.mark.parametrize(
    ("page", "name"),
    [("overview", "Overview"), ("value", "Value · Domain: Naval"), ("quotes", "Quotes · Topic: Naval")],
)
def test_every_exploring_page_offers_to_add_its_view(page: str, name: str) -> None:
    params = {"value": {"domain": "naval"}, "quotes": {"topic": "naval"}}.get(page, {})
    given = handed(opened(page, **params))
    assert given["name"] == name
    assert given["page"] == ("" if page == "overview" else page)
