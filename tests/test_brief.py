"""Briefings by command: of an address or of a deck, in the form that the file's ending asks for; and what is said where that cannot be."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from pptx import Presentation

from dashboard import brief as making
from dashboard.__main__ import main
from dashboard.decks.deck import Deck, Slide
from dashboard.tables.load import Tables

TODAY = date(2026, 11, 27)
DECK = """title = "A talk"

[[slide]]
view = "/#value"
line = "What {deals} deals are worth"
notes = "Say it slowly."

[[slide]]
view = "/quotes"
line = "Who said so"
"""


def brief(folder: Path, *arguments: str) -> int:
    """Run the command on the tables of a folder."""
    return main(["brief", str(folder), *arguments])


def with_deck(folder: Path, text: str = DECK) -> Path:
    """Put a deck beside the tables of a folder, as its only one."""
    (folder / "decks").mkdir(exist_ok=True)
    (folder / "decks" / "talk.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("ending", [".pptx", ".html", ".docx", ".xlsx"])
def test_an_address_is_written_in_the_form_that_the_ending_asks_for(
    made_up_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    file = tmp_path / f"value{ending.upper()}"
    assert brief(made_up_folder, "--view", "/value?domain=naval", "--to", str(file)) == 0
    starts = {".pptx": b"PK", ".docx": b"PK", ".xlsx": b"PK", ".html": b"<!"}
    assert file.read_bytes().startswith(starts[ending])
    said = capsys.readouterr().out
    assert f"{file}: " in said
    assert "of Value" in said
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".new")] == []


def test_what_could_not_be_read_of_the_address_is_said(made_up_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    assert brief(made_up_folder, "--view", "/value?domain=nothing", "--to", str(tmp_path / "a.pptx")) == 0
    assert "asks for a domain “nothing” that is not in the tables" in capsys.readouterr().out


def test_a_deck_is_written_with_its_lines_its_pictures_and_its_notes(made_up_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "talk.pptx"
    assert brief(with_deck(made_up_folder), "--deck", "talk", "--to", str(file)) == 0
    cover, worth, said, *_ = Presentation(io.BytesIO(file.read_bytes())).slides
    assert cover.shapes.title.text_frame.text == "A talk"
    assert any("deals are worth" in held.text_frame.text for held in worth.placeholders)
    (chart,) = [shape.chart for shape in worth.shapes if shape.has_chart]
    assert chart.value_axis.axis_title.text_frame.text.startswith("Millions of ")
    assert "Say it slowly." in worth.notes_slide.notes_text_frame.text
    assert not any(shape.has_chart for shape in said.shapes)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--view", "/nowhere"], "There is no page /nowhere. There are /, /timeline"),
        (["--deck", "nowhere"], "There is talk."),
        ([], "Say either --view"),
        (["--view", "/", "--deck", "talk"], "Say either --view"),
    ],
)
def test_what_is_not_there_is_said_and_nothing_is_written(
    made_up_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    file = tmp_path / "a.pptx"
    assert brief(with_deck(made_up_folder), *arguments, "--to", str(file)) == 2
    assert words in capsys.readouterr().out
    assert not file.exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [("a.pdf", "a.pdf has an ending that no form"), ("none/a.pptx", "cannot be written: No such file or directory."), ("there.pptx", "cannot be written: Is a directory.")],
)  # fmt: skip
def test_a_file_that_cannot_be_written_is_said(
    made_up_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, words: str
) -> None:
    (tmp_path / "there.pptx").mkdir()
    assert brief(made_up_folder, "--view", "/", "--to", str(tmp_path / name)) == 2
    assert words in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".new")] == []


def test_tables_with_faults_are_not_handed_over(made_up_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    deals = made_up_folder / "deals.csv"
    deals.write_text(deals.read_text(encoding="utf-8").replace("naval", "navel", 1), encoding="utf-8")
    assert brief(made_up_folder, "--view", "/", "--to", str(tmp_path / "a.pptx")) == 2
    said = capsys.readouterr().out
    assert "navel" in said
    assert "Nothing was written: the tables have faults." in said


def test_a_deck_with_a_fault_is_not_handed_over_and_the_fault_is_said(made_up_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    assert brief(with_deck(made_up_folder, DECK.replace("/quotes", "/nowhere")), "--deck", "talk", "--to", str(tmp_path / "a.pptx")) == 2  # fmt: skip
    said = capsys.readouterr().out
    assert "There is no deck talk to write." in said
    assert "/nowhere" in said


def test_where_there_is_no_deck_that_is_said(made_up: Tables, tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="There is none"):
        making.of_name(made_up, "talk", TODAY, tmp_path)


def test_a_deck_that_shows_nothing_is_none(made_up: Tables) -> None:
    with pytest.raises(LookupError, match="No slide of Empty shows anything"):
        making.of_deck(made_up, Deck("empty", "Empty", (Slide("/nowhere", "Line"),)), TODAY)
