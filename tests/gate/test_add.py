"""A row is asked for or read from a file, judged by the check, and written in its right place or not at all."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from dashboard.__main__ import app
from dashboard.gate import answers, entry
from dashboard.tables.files import DataError
from tests import made_up

PLACE = {"name": "Newtown", "country": "PAK", "lat": 30.3, "lon": 71.6, "precision": "city"}
DEAL = {
    "title": "Tug Tango", "domain": "naval", "kind": "sale", "status": "signed", "supplier": ["TUR"], "recipient": "PAK",
    "quantity": 2, "unit": "tug", "in_totals": "yes", "start": "2020-05", "summary": "Two made-up tugs.",
    "credibility": 3, "source_ids": ["beta-herald-2010", "lambda-tribune-2020"], "end": None,
}  # fmt: skip
STEP = {"date": "2021", "kind": "delivered", "event": "Both tugs handed over", "source_ids": "beta-herald-2010"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def added(folder: Path, sort: str, *more: str, answers: list[str] | None = None) -> Result:
    """Run the command with the answers, a line each."""
    given = "".join(f"{answer}\n" for answer in answers or [])
    return CliRunner().invoke(app, ["add", sort, str(folder), *more], input=given)


def from_file(folder: Path, sort: str, said: object, *more: str) -> Result:
    path = folder.parent / "rows.json"
    path.write_text(json.dumps(said), encoding="utf-8")
    return added(folder, sort, "--from", str(path), *more)


def lines_of(folder: Path, name: str) -> list[str]:
    return (folder / name).read_text(encoding="utf-8").splitlines()


def check(folder: Path) -> Result:
    return CliRunner().invoke(app, ["check", str(folder)])


def withdraw(folder: Path, result: Result) -> None:
    """Take out again the lines that the command says it added."""
    said = [line.split(": ")[0].split(", line ") for line in result.output.splitlines() if line.endswith("was added.")]
    for name, line in sorted(said, key=lambda one: -int(one[1])):
        rows = (folder / name).read_bytes().splitlines(keepends=True)
        del rows[int(line) - 1]
        (folder / name).write_bytes(b"".join(rows))


def test_a_row_asked_for_stands_in_its_place(made_up_folder: Path) -> None:
    before = contents(made_up_folder)
    result = added(made_up_folder, "place", answers=["Newtown", "PAK", "30.3", "71.6", "city", ""])
    assert result.exit_code == 0
    assert "place_id [newtown]: " in result.output
    assert result.output.endswith("places.csv, line 5: newtown was added.\n")
    assert lines_of(made_up_folder, "places.csv")[4] == "newtown,Newtown,PAK,30.3,71.6,city"
    assert check(made_up_folder).exit_code == 0
    withdraw(made_up_folder, result)
    assert contents(made_up_folder) == before


def test_a_question_says_what_the_dictionary_says(made_up_folder: Path) -> None:
    result = added(made_up_folder, "deal", answers=["Tug Tango"])
    assert "Title. Short name of the deal.\nSuch as MILGEM (Babur-class) corvettes.\ntitle: " in result.output
    assert result.output.startswith("A new row of deals.csv. Enter alone leaves a cell blank; Ctrl+C writes nothing.\n")
    assert "Allowed: air, naval, drones, cyber, land, space, multi (Multi-domain).\ndomain:" in result.output


def test_a_column_without_an_example_is_asked_for_without_one(made_up_folder: Path) -> None:
    path = made_up_folder / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"example": "Aksaz Naval Base, Marmaris",', ""), "utf-8")
    assert "\nName. Name of the place.\nname:" in added(made_up_folder, "place").output


def test_to_break_off_writes_nothing(made_up_folder: Path) -> None:
    before = contents(made_up_folder)
    result = added(made_up_folder, "place", answers=["Newtown", "PAK"])
    assert result.exit_code == 1
    assert contents(made_up_folder) == before


def test_a_wrong_answer_is_refused_in_the_words_of_the_check_and_asked_again(made_up_folder: Path) -> None:
    before = contents(made_up_folder)
    wrong = ["Newtown", "Pakistan", "PAK", "30,3", "30.3", "71.6", "town", "city", "Newtown"]
    result = added(made_up_folder, "place", answers=[*wrong, "newtown"])
    assert result.exit_code == 0
    path = made_up_folder / "places.csv"
    path.write_bytes(before["places.csv"] + b'Newtown,Newtown,Pakistan,"30,3",71.6,town\n')
    faults = check(made_up_folder).output.splitlines()[:-1]
    assert len(faults) == 4
    for fault in faults:
        assert f"{fault}\n" in result.output


def test_a_step_has_no_key_of_its_own_and_its_first_cell_must_be_given(made_up_folder: Path) -> None:
    result = added(
        made_up_folder, "milestone",
        answers=["", "nobody", "alpha-frigates", "2011-12", "built", "Second hull afloat", "beta-herald-2010"],
    )  # fmt: skip
    refused = "milestones.csv, line 19, column “deal_id”: is blank but must be given. Fill the cell.\n"
    assert refused in result.output
    assert "“nobody” is not in deals.csv" in result.output
    assert result.output.endswith("milestones.csv, line 5: alpha-frigates, 2011-12, Second hull afloat was added.\n")


@pytest.mark.parametrize(
    ("sort", "given", "key"),
    [
        ("source", ["Beta Herald", "Beta Herald", "PAK", "[New]", "https://b.example/", "2020-01-02", "news", "B", "en"], "beta-herald-2020-01-02"),
        ("quote", ["Bora Muster", "Spokesman", "official", "TUR", "2019", "paraphrase", "Said so.", "naval", "calm", "", "", "gamma-wire-2015"], "muster-2019"),
    ],
)  # fmt: skip
def test_a_key_is_proposed_in_the_style_of_the_table(
    made_up_folder: Path, sort: str, given: list[str], key: str
) -> None:
    result = added(made_up_folder, sort, answers=[*given, ""])
    assert result.exit_code == 0
    assert f" [{key}]: " in result.output
    assert f": {key} was added." in result.output


def deal_answers(**other: str) -> list[str]:
    """Return an answer to each question about a deal."""
    cells = {
        "title": "Tug Tango", "domain": "naval", "kind": "sale", "status": "delivered", "supplier": "TUR",
        "recipient": "PAK", "supplier_org": "", "recipient_org": "", "quantity": "2", "unit": "tug", "value_usd_m": "",
        "value_low_usd_m": "", "value_high_usd_m": "", "value_basis": "", "in_totals": "yes", "announced": "",
        "start": "2020-05", "end": "2021", "place_id": "", "summary": "Two made-up tugs.", "credibility": "3",
        "source_ids": "beta-herald-2010", "doubt": "", "last_checked": "", "deal_id": "",
    }  # fmt: skip
    return list({**cells, **other}.values())


def test_a_deal_is_asked_for_with_its_steps(made_up_folder: Path) -> None:
    before = contents(made_up_folder)
    steps = ["y", "2021", "delivered", "Both handed over", "beta-herald-2010", "n"]
    result = added(made_up_folder, "deal", answers=[*deal_answers(), *steps])
    assert result.exit_code == 0
    assert f"last_checked [{date.today()}]: " in result.output
    assert result.output.endswith(
        "deals.csv, line 20: tug-tango was added.\nmilestones.csv, line 19: tug-tango, 2021, Both handed over was added.\n"
    )
    assert check(made_up_folder).exit_code == 0
    withdraw(made_up_folder, result)
    assert contents(made_up_folder) == before


def test_answers_that_do_not_agree_are_asked_again(made_up_folder: Path) -> None:
    given = deal_answers(quantity="2", unit="\ntug", in_totals="no", doubt="Not in totals: a gift.")
    result = added(made_up_folder, "deal", answers=[*given, "n"])
    assert "“unit”: is blank although a quantity is given" in result.output
    refused = "deals.csv, line 20, column “status”: “delivered” has no milestone of a kind that completes it: delivered"
    assert refused in result.output  # no step was given
    assert "Nothing was written. Your answers, for --from: {" in result.output
    assert result.exit_code == 1
    kept = result.output.rpartition("--from: ")[2]
    again = from_file(made_up_folder, "deal", {**json.loads(kept), "milestones": STEP})
    assert again.exit_code == 0


def test_a_cell_that_a_later_one_makes_wrong_is_asked_for_again(made_up_folder: Path) -> None:
    given = deal_answers(
        kind="exercise", status="signed", end="", supplier="PAK", recipient="TUR", quantity="", unit="",
        place_id="exampleville",
    )  # fmt: skip
    result = added(made_up_folder, "deal", answers=[*given, "TUR", "PAK", "n"])
    assert "“supplier”: “PAK” begins with PAK, but exampleville is in " in result.output
    assert "“recipient”: “TUR” is a supplier too. Keep each state on one side.\n\nRecipient. " in result.output
    assert result.exit_code == 0


@pytest.mark.parametrize("said", [DEAL, [DEAL], [DEAL, {**DEAL, "deal_id": "other"}], {**DEAL, "milestones": [STEP]}])
def test_rows_come_from_a_file(made_up_folder: Path, said: list[dict[str, object]] | dict[str, object]) -> None:
    before = contents(made_up_folder)
    result = from_file(made_up_folder, "deal", said)
    assert result.exit_code == 0
    row = f"tug-tango,Tug Tango,naval,sale,signed,TUR,PAK,,,2,tug,,,,,yes,,2020-05,,,Two made-up tugs.,3,beta-herald-2010;lambda-tribune-2020,,{date.today()}"
    assert row in lines_of(made_up_folder, "deals.csv")
    assert check(made_up_folder).exit_code == 0
    withdraw(made_up_folder, result)
    assert contents(made_up_folder) == before


def test_a_step_comes_from_a_file_with_its_deal(made_up_folder: Path) -> None:
    result = from_file(made_up_folder, "milestone", {**STEP, "deal_id": "alpha-frigates"})
    assert result.output == "milestones.csv, line 7: alpha-frigates, 2021, Both tugs handed over was added.\n"


def test_rows_come_from_a_table_too(made_up_folder: Path) -> None:
    path = made_up_folder.parent / "more.CSV"
    path.write_text("name;country;lat;lon;precision\nNewtown;PAK;30.3;71.6;city\n", encoding="utf-8")
    assert added(made_up_folder, "place", "--from", str(path)).exit_code == 0
    path.write_text("nam;country\nNewtown;PAK\n", encoding="utf-8")
    result = added(made_up_folder, "place", "--from", str(path))
    assert "more.CSV, line 1, column “nam”: is not a column of this table. Did you mean “name”?" in result.output


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{\n"name": }', "rows.json, line 2: is not well-formed JSON from here on. Write one object"),
        (b'{"name": "\xff"}', "rows.json: is not UTF-8 text. Save the file again as UTF-8."),
        (b"[" * 200_000, "rows.json: has lists within lists, or digits, without end."),
        (b"9" * 9000, "rows.json: has lists within lists, or digits, without end."),
        (b'{"name": "\\ud800"}', "rows.json: holds half of a letter, written with “\\u”. Write the letter itself."),
        (b"[]", "rows.json: holds no row. Write one object"),
        (b"7", "rows.json: “7” is no row. Write one object"),
        (b'[{"name": "A"}, "B"]', "rows.json, row 2: “\"B\"” is no row."),
        (b'{"nam": "A"}', "rows.json, column “nam”: is not a column of this table. Did you mean “name”?"),
        (b'{"name": {"A": 1}}', "rows.json, column “name”: “{\"A\": 1}” is no cell. Write text, a number, null or a list"),
        (b'{"name": true}', "rows.json, column “name”: “true” is no cell."),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused(made_up_folder: Path, content: bytes, said: str) -> None:
    before, path = contents(made_up_folder), made_up_folder.parent / "rows.json"
    path.write_bytes(content)
    result = added(made_up_folder, "place", "--from", str(path))
    assert result.output.startswith(said)
    assert result.output.endswith("1 to mend.\nNothing was written.\n")
    assert result.exit_code == 1
    assert contents(made_up_folder) == before


def test_a_file_that_is_not_there_is_said(made_up_folder: Path) -> None:
    result = added(made_up_folder, "place", "--from", str(made_up_folder / "nowhere.json"))
    assert result.output.startswith("nowhere.json: cannot be opened. Name a file that is there.")


def test_all_faults_of_a_row_and_its_steps_are_listed_and_nothing_is_written(made_up_folder: Path) -> None:
    before = contents(made_up_folder)
    said = {**DEAL, "domain": "navel", "in_totals": "no", "milestones": [{**STEP, "kind": "gone"}]}
    result = from_file(made_up_folder, "deal", [said, {**PLACE, "deal_id": "x"}])
    assert "rows.json, row 2, column “name”: is not a column" in result.output
    result = from_file(made_up_folder, "deal", said)
    assert [line.split(": ")[0] for line in result.output.splitlines()] == [
        "deals.csv, line 20, column “domain”", "deals.csv, line 20, column “doubt”",
        "milestones.csv, line 19, column “kind”", "3 to mend.", "Nothing was written.",
    ]  # fmt: skip
    assert contents(made_up_folder) == before


def test_a_key_that_is_taken_is_a_fault(made_up_folder: Path) -> None:
    result = from_file(made_up_folder, "place", {**PLACE, "place_id": "testville"})
    assert "“testville” is on line 5 too" in result.output


def test_vague_words_stand_where_they_are_confirmed(made_up_folder: Path) -> None:
    before, said = contents(made_up_folder), {**DEAL, "summary": "Two tugs, possibly three."}
    result = from_file(made_up_folder, "deal", said)
    assert "“possibly” is a vague word of likelihood." in result.output
    assert contents(made_up_folder) == before
    assert from_file(made_up_folder, "deal", said, "--confirm").exit_code == 0
    assert "deals,tug-tango,summary,possibly" in lines_of(made_up_folder, "confirmed-words.csv")
    assert check(made_up_folder).exit_code == 0


def test_vague_answers_are_refused_at_once_or_confirmed(made_up_folder: Path) -> None:
    given = deal_answers(status="signed", end="", summary="Two tugs, possibly three.\nTwo tugs.")
    assert "is a vague word of likelihood" in added(made_up_folder, "deal", answers=[*given, "n"]).output
    given = deal_answers(status="signed", end="", summary="Two tugs, possibly three.", deal_id="other", title="Other")
    result = added(made_up_folder, "deal", "--confirm", answers=[*given, "n"])
    assert result.output.endswith("deals.csv, line 16: other was added.\n")


def test_nothing_is_asked_while_the_tables_have_faults(made_up_folder: Path) -> None:
    path = made_up_folder / "places.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",city\n", ",town\n"), encoding="utf-8")
    result = added(made_up_folder, "place")
    assert result.exit_code == 1
    assert "“town” is not an allowed value" in result.output
    assert "A new row" not in result.output


def test_letters_that_a_terminal_spoils_are_refused(made_up_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = iter(["New\udcfftown", "Newtown", "PAK", "30.3", "71.6", "city", "newtown"])
    monkeypatch.setattr(answers.typer, "prompt", lambda *_, **__: next(given))
    result = added(made_up_folder, "place")
    assert (
        "places.csv, line 6, column “name”: “New�town” is not UTF-8 text. Set the terminal to UTF-8." in result.output
    )
    assert result.exit_code == 0


def test_what_was_edited_while_answering_is_judged_with_the_row(
    made_up_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*_: object) -> entry.New:
        path = made_up_folder / "places.csv"
        path.write_bytes(path.read_bytes() + b"newtown,Newtown,PAK,30.4,71.6,city\n")
        return entry.New({name: str(cell) for name, cell in PLACE.items()} | {"place_id": "newtown"}, [])

    monkeypatch.setattr(answers, "asked", meanwhile)
    result = added(made_up_folder, "place")
    assert "“newtown” is on line 5 too" in result.output
    assert 'Your answers, for --from: {"name": "Newtown"' in result.output


@pytest.fixture(scope="module")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that each example leaves as it was."""
    return made_up.copy(tmp_path_factory.mktemp("add") / "data")


@given(
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs", "Cc")), min_size=1, max_size=20),
    st.decimals(30, 31, places=3),
)
def test_a_row_is_refused_or_can_be_withdrawn_to_the_byte(shared_folder: Path, name: str, lat: object) -> None:
    before = contents(shared_folder)
    book = entry.Book.read(shared_folder)
    row = {**{column: str(cell) for column, cell in PLACE.items()}, "name": f"New {name}", "lat": str(lat)}
    try:
        ((file, line, _),) = entry.place(
            shared_folder, "places", entry.completed(book, "places", [entry.New(row, [])], "2026-01-05")
        )
    except DataError:
        assert contents(shared_folder) == before
        return
    rows = (shared_folder / file).read_bytes().splitlines(keepends=True)
    assert f"New {name}".split()[0].encode() in rows[line - 1]
    (shared_folder / file).write_bytes(b"".join(rows[: line - 1] + rows[line:]))
    assert contents(shared_folder) == before
