from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

from dashboard import __main__ as commands
from dashboard.tables import files
from dashboard.tables import load as data
from dashboard.tables.check import likelihood, wording
from dashboard.tables.check.likelihood import vague_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The jets may arrive; they might not.", ["may", "might"]),
        ("Reportedly sold. Could be ten.", ["reportedly", "could"]),
        ("May have been delivered in May 2025.", ["may"]),
        ("It was possibly, perhaps allegedly, shown.", ["possibly", "perhaps", "allegedly"]),
        ("It appears so, seems so and is believed so.", ["appears", "seems", "believed"]),
        ("It may or may not.", ["may"]),
    ],
)
def test_vague_words_are_found(text: str, expected: list[str]) -> None:
    assert vague_words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "After the May 2025 clash Turkey called for restraint.",
        "The strikes of 7 May have a chapter of their own.",
        "May talks in Ankara; May 2025 in Baku.",
        "In May be it noted that two ships sailed.",
        "Pakistan showed its military might.",
        "IANS could not confirm a contract.",
        "There is a realistic possibility of a sale; a second is highly unlikely, a third almost certain.",
        "Talks are likely or probable, with a remote chance of a roughly even chance.",
        "Maya, mayor, Mightier, seemliness.",
    ],
)
def test_the_month_the_yardsticks_and_other_false_friends_are_not_vague(text: str) -> None:
    assert vague_words(text) == []


@pytest.mark.parametrize("word", likelihood.VAGUE)
def test_every_word_of_the_list_is_found_in_a_sentence(word: str) -> None:
    assert vague_words(f"The second boat {word} be here.") == [word]


@pytest.mark.parametrize("term", likelihood.YARDSTICK)
def test_no_term_of_the_yardsticks_is_vague(term: str) -> None:
    assert vague_words(f"A further order is {term}.") == []


def unconfirmed(folder: Path) -> list[str]:
    texts, dictionary = data.read_texts(folder)
    return [str(fault) for fault in wording.find_unconfirmed(texts, dictionary, files.read_confirmed(folder))]


def put(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_every_confirmation_is_needed_and_without_it_its_word_is_reported(made_up_folder: Path) -> None:
    assert unconfirmed(made_up_folder) == []
    (made_up_folder / files.CONFIRMED).write_text("table,key,column,word\n", encoding="utf-8")
    (fault,) = unconfirmed(made_up_folder)
    assert "“deals,papa-flight,summary,said to” in confirmed-words.csv" in fault


def test_a_planted_word_is_reported_with_its_line_and_the_remedy(made_up_folder: Path) -> None:
    put(made_up_folder / "gaps.csv", "Shown by nobody", "Perhaps shown by nobody")
    (fault,) = unconfirmed(made_up_folder)
    line = next(
        at
        for at, words in enumerate((made_up_folder / "gaps.csv").read_text(encoding="utf-8").splitlines(), 1)
        if "Perhaps" in words
    )
    assert fault.startswith(f"gaps.csv, line {line}, column “found”: “perhaps” is a vague word")
    assert "“gaps,papa-cargo,found,perhaps” in confirmed-words.csv" in fault


def test_a_confirmed_word_is_reported_no_more(made_up_folder: Path) -> None:
    put(made_up_folder / "gaps.csv", "Shown by nobody", "Perhaps shown by nobody")
    with (made_up_folder / files.CONFIRMED).open("a", encoding="utf-8") as stream:
        stream.write("gaps,papa-cargo,found,perhaps\n")
    assert unconfirmed(made_up_folder) == []


def test_a_confirmation_that_matches_nothing_any_more_is_reported(made_up_folder: Path) -> None:
    path = made_up_folder / files.CONFIRMED
    with path.open("a", encoding="utf-8") as stream:
        stream.write("gaps,papa-cargo,found,perhaps\n")
    (fault,) = unconfirmed(made_up_folder)
    line = len(path.read_text(encoding="utf-8").splitlines())
    assert fault.startswith(
        f"confirmed-words.csv, line {line}: “gaps,papa-cargo,found,perhaps” confirms a word that is not there"
    )


def test_a_table_that_has_lost_the_column_is_passed_over(made_up_folder: Path) -> None:
    put(made_up_folder / "gaps.csv", "question,found,", "question,fund,")
    put(made_up_folder / "gaps.csv", "Shown by nobody", "Perhaps shown by nobody")
    assert unconfirmed(made_up_folder) == []


def test_a_spoilt_or_missing_file_of_confirmations_is_a_fault(made_up_folder: Path) -> None:
    (made_up_folder / files.CONFIRMED).write_text("a,b\n", encoding="utf-8")
    assert [fault.partition(": ")[0] for fault in unconfirmed(made_up_folder)] == ["confirmed-words.csv, line 1"]
    (made_up_folder / files.CONFIRMED).unlink()
    assert any("confirmed-words.csv: cannot be opened" in fault for fault in unconfirmed(made_up_folder))


def test_the_check_passes_on_the_published_tables(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["check"]) == 0
    assert "no fault, no unconfirmed word" in capsys.readouterr().out


def test_the_check_fails_on_faults_and_on_words_alike(made_up_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(made_up_folder / "gaps.csv", "Shown by nobody", "Perhaps shown by nobody")
    assert commands.main(["check", "--folder", str(made_up_folder)]) == 1
    put(made_up_folder / "gaps.csv", "papa-cargo,land", "papa-cargo,sky")
    assert commands.main(["check", "--folder", str(made_up_folder)]) == 1
    printed = capsys.readouterr().out
    assert "“sky” is not an allowed value" in printed
    assert printed.endswith("2 to mend.\n")


def test_the_command_ends_with_what_it_found_as_its_status(
    made_up_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (made_up_folder / "datapackage.json").unlink()
    monkeypatch.setattr(sys, "argv", ["dashboard", "check", "--folder", str(made_up_folder)])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(commands.__file__, run_name="__main__")
    assert ended.value.code == 2
    assert capsys.readouterr().out.startswith("datapackage.json: cannot be opened.")


def test_the_check_fails_where_the_description_cannot_be_read(
    made_up_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (made_up_folder / data.DESCRIPTION).write_text("{", encoding="utf-8")
    for command in ("check", "tidy"):
        assert commands.main([command, "--folder", str(made_up_folder)]) == 2
        assert capsys.readouterr().out.startswith("datapackage.json")
