from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.__main__ import main
from dashboard.decks import own
from dashboard.decks.deck import Deck, Slide
from dashboard.decks.fields import FIELDS
from dashboard.decks.opening import opened
from dashboard.decks.shelf import shelf
from dashboard.exports.package import packed
from dashboard.tables import load as data
from dashboard.tables.load import Tables

TODAY = date(2026, 1, 1)
GOOD = 'title = "Ships"\n[[slide]]\nview = "/value?domain=naval"\nline = "{count} deals"\nnotes = "Slowly."\n'


def put(folder: Path, text: str, name: str = "ships.toml") -> Path:
    """Write a deck into a data folder."""
    (folder / "decks").mkdir(exist_ok=True)
    path = folder / "decks" / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_deck_that_changes_on_disk_is_seen_at_once(made_up: Tables, tmp_path: Path) -> None:
    assert shelf(made_up, TODAY, tmp_path) == ({}, [])
    path = put(tmp_path, GOOD)
    assert shelf(made_up, TODAY, tmp_path).decks["ships"].title == "Ships"
    path.write_text(GOOD.replace("Ships", "Boats"), encoding="utf-8")
    assert shelf(made_up, TODAY, tmp_path).decks["ships"].title == "Boats"
    path.unlink()
    assert shelf(made_up, TODAY, tmp_path).decks == {}


def test_a_deck_with_a_fault_stays_as_it_was_and_the_fault_is_said(made_up: Tables, tmp_path: Path) -> None:
    path = put(tmp_path, GOOD)
    put(tmp_path, GOOD, "boats.toml")
    before = shelf(made_up, TODAY, tmp_path).decks
    path.write_text('title = "Ships', encoding="utf-8")
    after = shelf(made_up, TODAY, tmp_path)
    assert after.decks == before
    assert [(fault.file, fault.line) for fault in after.faults] == [("decks/ships.toml", 1)]


def test_a_deck_that_was_never_right_is_not_shown(made_up: Tables, tmp_path: Path) -> None:
    put(tmp_path, "title = 1")
    (tmp_path / "decks" / "folder.toml").mkdir()
    put(tmp_path, f"# {'long' * 200_000}\n{GOOD}", "long.toml")
    decks, faults = shelf(made_up, TODAY, tmp_path)
    assert decks == {}
    assert {fault.file for fault in faults} == {"decks/ships.toml", "decks/folder.toml", "decks/long.toml"}


def test_what_was_right_of_other_tables_is_no_longer_shown_where_it_is_wrong_now(
    made_up: Tables, tables: Tables, tmp_path: Path
) -> None:
    put(tmp_path, GOOD.replace("?domain=naval", "?q=juliett"))
    assert shelf(made_up, TODAY, tmp_path).decks
    assert shelf(tables, TODAY, tmp_path).decks == {}


def test_the_check_says_the_faults_of_decks_after_those_of_tables(
    made_up_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(made_up_folder, GOOD.replace("naval", "navel").replace("count", "cuont") + 'more = "a"\n')
    assert main(["check", str(made_up_folder)]) == 1
    *found, last = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[0] for line in found] == [f"decks/ships.toml, line {number}" for number in (3, 4, 6)]
    assert last == "3 to mend."
    (made_up_folder / "deals.csv").write_text("deal_id\n", encoding="utf-8")
    assert main(["check", str(made_up_folder)]) == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("decks/")]
    assert [line.split(": ")[0] for line in lines] == ["decks/ships.toml, line 6"]


def test_the_check_is_content_with_a_deck_that_is_right(
    made_up_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(made_up_folder, GOOD)
    assert main(["check", str(made_up_folder)]) == 0
    assert "no fault" in capsys.readouterr().out


def test_decks_travel_with_the_data_package(made_up: Tables, made_up_folder: Path) -> None:
    path = put(made_up_folder, GOOD)
    with zipfile.ZipFile(io.BytesIO(packed(made_up, made_up_folder))) as parcel:
        assert parcel.read("decks/ships.toml") == path.read_bytes()
        assert b"  decks/ships.toml\n" in parcel.read("SHA256SUMS")


PLAIN = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)


@given(PLAIN, st.lists(st.tuples(PLAIN, st.one_of(st.just(own.FINDING), PLAIN)), max_size=5))
def test_a_deck_comes_back_from_its_address_but_for_its_notes(title: str, slides: list[tuple[str, str]]) -> None:
    deck = Deck("", title, tuple(Slide(*slide) for slide in slides))
    address = own.written(deck)
    assert own.read(address["title"][0], address["my"]) == deck


def test_what_an_address_holds_is_bounded() -> None:
    deck = own.read("a" * 500, [f"value {'b' * 500}"])
    assert (len(deck.title), len(deck.slides[0].line)) == (80, 140)
    assert own.read("", ["value"]) == Deck("", "My slides", (Slide("value", own.FINDING),))


def test_a_deck_file_is_opened_with_what_each_slide_is_called(made_up: Tables) -> None:
    more = '[[slide]]\nview = "/"\nline = "{finding}"\n'
    assert opened(made_up, "My Ships.TOML", GOOD + more, TODAY) == {
        "title": "Ships",
        "slides": [
            {"view": "value?domain=naval", "line": "{count} deals", "notes": "Slowly.", "name": "Value · Domain: Naval"},
            {"view": "/", "line": "", "notes": "", "name": "Overview"},
        ],
        "faults": [],
    }  # fmt: skip


def test_a_file_that_is_no_deck_says_why_and_a_slide_that_shows_nothing_can_be_mended(made_up: Tables) -> None:
    wrong = opened(made_up, "…", "title = 1", TODAY)
    assert (wrong["title"], wrong["slides"], len(wrong["faults"])) == ("", [], 2)
    assert wrong["faults"][1].startswith("decks/deck.toml, line 1: “1” is no text")
    half = opened(made_up, "a.toml", GOOD.replace("/value", "/valu"), TODAY)
    assert half["slides"][0]["name"] == "/valu?domain=naval"
    assert len(half["faults"]) == 1


def test_every_published_deck_is_right_and_no_figure_in_it_is_typed(tables: Tables) -> None:
    decks, faults = shelf(tables, date.today())
    assert faults == []
    assert len(decks["signal-and-noise"].slides) == 10
    for deck in decks.values():
        for slide in deck.slides:
            assert not re.search(r"\d", re.sub(r"\{\w+\}", "", slide.line))
            assert slide.notes


def test_the_guide_names_every_field_and_no_other() -> None:
    guide = (data.FOLDER / "decks" / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `\{(\w+)\}` \| (.+) \|$", guide, flags=re.MULTILINE) == [(name, words) for name, (words, _) in FIELDS.items()]  # fmt: skip
