"""The style sheet keeps to its own rules: colours from the tokens, directions that a right-to-left script can turn."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard import style
from dashboard.style import tokens

FOLDER = Path(style.__file__).parent
PIECES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.css"))}
BARE = {name: re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL) for name, text in PIECES.items()}
FIRST = "first"  # which the first words of a page have beside pieces of the sheet, before there is an application
every_piece = pytest.mark.parametrize("piece", PIECES)


def test_the_sheet_is_the_tokens_and_then_every_piece() -> None:
    assert style.sheet().startswith(tokens.custom_properties())
    assert sorted([*style.PIECES, FIRST]) == list(PIECES)
    assert all(text in style.sheet() for name, text in PIECES.items() if name != FIRST)


def test_every_token_is_used_and_no_other_is_asked_for() -> None:
    defined = set(re.findall(r"^  (--[\w-]+):", tokens.custom_properties(), re.MULTILINE))
    assert set(re.findall(r"var\((--[\w-]+)", style.sheet())) == defined


@every_piece
def test_a_piece_writes_no_colour_of_its_own(piece: str) -> None:
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|oklch|light-dark)\(", BARE[piece])


@pytest.mark.parametrize("piece", sorted({*PIECES} - {"streamlit", FIRST}))
def test_a_piece_writes_no_size_of_words_and_no_room_of_its_own(piece: str) -> None:
    """But for what is measured by the words beside it (em) or drawn (px); Streamlit's own measures need answers, and the first words stand where it will put them."""
    for name, value in re.findall(
        r"[{;]\s*(font(?:-size)?|(?:margin|padding|[a-z-]*gap)[a-z-]*): ([^;]+)", BARE[piece]
    ):
        assert not re.search(r"\d+rem", value), f"{name}: {value}"


@every_piece
def test_a_piece_names_starts_and_ends_not_left_and_right(piece: str) -> None:
    """The places of a gradient and the corners of a shape may: they are drawn, not read."""
    declared = [part.split(":", 1) for part in re.findall(r"[{;]\s*([\w-]+: [^;}]+)", BARE[piece])]
    for name, value in declared:
        assert not re.search(r"(^|-)(left|right)(-|$)|^float$", name), name
        assert name != "text-align" or value.strip() in ("start", "center", "end"), value
        sides = value.split()
        assert name not in ("margin", "padding") or len(sides) < 4 or sides[1] == sides[3], value


@every_piece
def test_a_piece_stays_short_and_says_first_what_it_is(piece: str) -> None:
    assert PIECES[piece].startswith("/* ")
    assert len(PIECES[piece].splitlines()) <= 250


@every_piece
def test_only_one_piece_knows_streamlit_and_none_knows_what_an_element_has_in_its_style(piece: str) -> None:
    assert bool(re.search(r"data-testid|st-key-|\.st[A-Z]", BARE[piece])) == (piece == "streamlit")
    assert "[style" not in BARE[piece]


@every_piece
def test_what_overrides_all_else_has_its_reason_in_the_comment_above_it(piece: str) -> None:
    """In the piece on figures the first comment is the reason for all."""
    above = ""
    for comment, rules in re.findall(r"(/\*.*?\*/)((?:(?!/\*).)*)", PIECES[piece], re.DOTALL):
        above = above if piece == "plotly" and above else comment
        assert "!important" not in rules or "!important" in above, rules
