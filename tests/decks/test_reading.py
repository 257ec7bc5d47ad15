from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.decks.deck import Deck, Slide
from dashboard.decks.reading import line_of, read

GOOD = '''\
title = " Ships and planes "

[[slide]]
view = "/value?domain=naval"
line = "Of  {whole} deals {count} are naval."

[[slide]]
view = "/timeline"
line = "When?"
notes = """
line = "no key of ours"
Speak slowly.
"""

[[slide]]
view = "/"
line = "At a glance"
'''


def said(text: str | bytes, file: str = "ships.toml") -> list[str]:
    """Return the faults of a file, as a maintainer reads them."""
    return list(map(str, read(file, text if isinstance(text, bytes) else text.encode()).faults))


def test_a_deck_is_read_with_the_line_of_each_key() -> None:
    deck, slides, lines, faults = read("ships.toml", GOOD.encode())
    assert faults == []
    assert deck == Deck(
        "ships",
        "Ships and planes",
        (
            Slide("/value?domain=naval", "Of {whole} deals {count} are naval."),
            Slide("/timeline", "When?", 'line = "no key of ours"\nSpeak slowly.'),
            Slide("/", "At a glance"),
        ),
    )
    assert tuple(slides.values()) == deck.slides
    assert [line_of(lines, *at) for at in ((0, "title"), (1, "view"), (2, "notes"), (3, "line"), (3, "notes"))] == [1, 4, 10, 17, 15]  # fmt: skip


def test_a_file_of_another_system_is_read_as_well() -> None:
    assert read("ships.toml", b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()).deck == read("ships.toml", GOOD.encode()).deck  # fmt: skip


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (
            'title = "A\n[[slide]]\n',
            ["decks/ships.toml, line 1: “title = \"A” cannot be understood: it is no TOML. "
             "Put each text between quotation marks, close what was opened, and write each key once."],
        ),
        (
            'title = "A"\ntitle = "B"\n',
            ["decks/ships.toml, line 2: “title = \"B\"” cannot be understood: it is no TOML. "
             "Put each text between quotation marks, close what was opened, and write each key once."],
        ),
        (
            'title = "A"\nnotes = """never closed',
            ["decks/ships.toml, line 2: “notes = \"\"\"never closed” cannot be understood: it is no TOML. "
             "Put each text between quotation marks, close what was opened, and write each key once."],
        ),
        (b"title = \"\xff\"", ["decks/ships.toml: is not UTF-8. Save it as UTF-8 text."]),
        (
            "",
            ["decks/ships.toml: has no title. Write title = \"Signal and noise\".",
             "decks/ships.toml: has no slides. Begin each slide with a line [[slide]], and below it view = \"/value?domain=naval\" and line = \"{priced} deals have a public value.\"."],
        ),
        (
            'titel = "A"\nslide = 3\n',
            ["decks/ships.toml: has no title. Write title = \"Signal and noise\".",
             "decks/ships.toml, line 1: “titel” is no key of a deck. Did you mean “title”? Allowed: title.",
             "decks/ships.toml: has no slides. Begin each slide with a line [[slide]], and below it view = \"/value?domain=naval\" and line = \"{priced} deals have a public value.\"."],
        ),
        (
            'title = "A"\nslide = [3]\n',
            ["decks/ships.toml, line 2: “3” is no slide. Begin each slide with a line [[slide]]."],
        ),
        (
            'title = "A"\n[[slide]]\nline = 12\nveiw = "/"\n[[slide]]\nview = " "\nline = "A"\nnotes = true\n',
            ["decks/ships.toml, line 2: has no view of slide 1. Write view = \"/value?domain=naval\".",
             "decks/ships.toml, line 3: “12” is no text for the line of slide 1. Write line = \"{priced} deals have a public value.\", in quotation marks.",
             "decks/ships.toml, line 4: “veiw” is no key of a slide. Did you mean “view”? Allowed: view, line, notes.",
             "decks/ships.toml, line 6: “ ” is no text for the view of slide 2. Write view = \"/value?domain=naval\", in quotation marks.",
             "decks/ships.toml, line 8: “True” is no text for the notes of slide 2. Write notes = …, in quotation marks."],
        ),
        (
            f'title = "{"A" * 81}"\n[[slide]]\nview = "/"\nline = "{"b" * 141}"\nnotes = "a\u202eb"\n',
            [f"decks/ships.toml, line 1: “{'A' * 81}” is too long for the title: 81 letters. Write at most 80.",
             f"decks/ships.toml, line 4: “{'b' * 100}…” is too long for the line of slide 1: 141 letters. Write at most 140.",
             "decks/ships.toml, line 5: “a[U+202E]b” holds a sign that nobody sees, in the notes of slide 1. Take it out."],
        ),
        (
            'title = "A"\n' + '[[slide]]\nview = "/"\nline = "b"\n' * 61,
            ["decks/ships.toml, line 182: has 61 slides, more than 60. Make two decks of it."],
        ),
    ],
)  # fmt: skip
def test_every_fault_of_form_is_said_at_once_with_its_place_and_remedy(text: str | bytes, faults: list[str]) -> None:
    assert said(text) == faults


def test_the_name_of_a_file_must_be_one_that_a_link_can_hold() -> None:
    assert said(GOOD, "My Ships.toml") == [
        "decks/My Ships.toml: “My Ships” cannot stand in a link. Name the file in small letters, digits and hyphens."
    ]


def test_a_file_that_cannot_be_read_is_a_fault_and_no_accident() -> None:
    draft = read("ships.toml", OSError("gone"))
    assert draft.deck is None
    assert [*map(str, draft.faults)] == [
        "decks/ships.toml: cannot be read. Put a file of that name in its place, of at most half a megabyte."
    ]


@given(st.text(), st.binary())
def test_nothing_that_a_file_holds_stops_the_reading(text: str, raw: bytes) -> None:
    for held in (text.encode("utf-8", "replace"), raw, f'title = "{text}"'.encode("utf-8", "replace")):
        draft = read("any.toml", held)
        assert draft.deck or draft.faults
