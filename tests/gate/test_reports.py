"""Faults in the forms of other programs: the same faults, each with its place, whatever is in the cells."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard import __main__ as commands
from dashboard.gate.reports import as_github, as_sarif
from dashboard.tables.faults import Fault

FAULTS = [
    Fault("deals.csv", 7, "kind", "50%\nsure: a, b", "is not an allowed value", "Allowed: one, two"),
    Fault("gaps.csv", 0, "", "", "cannot be opened", "Put the file back beside the others"),
]


def test_a_workflow_learns_the_file_and_the_line_and_no_cell_breaks_its_commands() -> None:
    one, other = as_github(FAULTS, Path("a,b")).split("\n")
    assert one.startswith(
        "::error file=a%2Cb/deals.csv,line=7::deals.csv, line 7, column “kind”: “50%25␊sure: a, b” is"
    )
    assert other.startswith("::error file=a%2Cb/gaps.csv,line=1::gaps.csv: cannot be opened.")


def test_an_editor_learns_the_file_and_the_line(tmp_path: Path) -> None:
    report = json.loads(as_sarif(FAULTS, tmp_path))
    (run,) = report["runs"]
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    assert report["version"] == "2.1.0"
    assert [place["region"]["startLine"] for place in places] == [7, 1]
    assert places[0]["artifactLocation"]["uri"] == (tmp_path / "deals.csv").resolve().as_posix()
    assert [result["message"]["text"] for result in run["results"]] == list(map(str, FAULTS))
    assert {result["ruleId"] for result in run["results"]} == {rule["id"] for rule in run["tool"]["driver"]["rules"]}


@pytest.mark.parametrize("form", ["json", "github", "sarif"])
def test_the_check_ends_with_the_same_status_in_every_form(
    made_up_folder: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.main(["check", str(made_up_folder), "--format", form]) == 0
    path = made_up_folder / "gaps.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("papa-cargo,land", "papa-cargo,sky"), encoding="utf-8")
    capsys.readouterr()
    assert commands.main(["check", str(made_up_folder), "--format", form]) == 1
    assert capsys.readouterr().out.count("is not an allowed value") == 1
    (made_up_folder / "datapackage.json").unlink()
    assert commands.main(["check", "--folder", str(made_up_folder), "--format", form]) == 2


def test_json_gives_each_part_of_a_fault(made_up_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (made_up_folder / "gaps.csv").unlink()
    assert commands.main(["check", str(made_up_folder), "--format", "json"]) == 1
    (fault,) = json.loads(capsys.readouterr().out)
    assert list(fault) == ["file", "line", "column", "value", "problem", "remedy"]
    assert (fault["file"], fault["line"], fault["problem"]) == ("gaps.csv", 0, "cannot be opened")


def test_help_has_examples_and_a_shell_can_complete_the_commands() -> None:
    command = [sys.executable, "-m", "dashboard"]
    help_ = subprocess.run([*command, "check", "--help"], capture_output=True, text=True, check=True).stdout
    assert "python -m dashboard check" in help_
    asked = {
        **os.environ,
        "_DEFENCE_TIES_COMPLETE": "complete_bash",
        "COMP_WORDS": "defence-ties ti",
        "COMP_CWORD": "1",
    }
    found = subprocess.run(command, capture_output=True, text=True, env=asked, check=True).stdout
    assert found.split() == ["tidy"]
