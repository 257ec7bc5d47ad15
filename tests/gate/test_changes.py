"""What an edit changes is said in plain sentences, against another folder or any former state in the history."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from dashboard import __main__ as commands
from dashboard.gate import commits
from dashboard.gate.differences import Difference
from dashboard.gate.sentences import changed

KEYS = {"deals": ["deal_id"], "gaps": ["gap_id"], "quotes": ["quote_id"], "steps": ["step_id"]}


def git(folder: Path, *arguments: str, day: str = "2026-01-05") -> None:
    moment = f"{day}T12:00:00+0000"
    named = {f"GIT_{who}_{what}": "x@y" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**named, "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment, "PATH": "/usr/bin:/bin"}
    subprocess.run(["git", "-C", folder, *arguments], check=True, env=environment, capture_output=True)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def kept(made_up_folder: Path) -> Path:
    """Return a folder of tables in a repository of its own, with a version 7.0.0 and, a month later, a corrected row."""
    git(made_up_folder, "init", "--quiet")
    edit(made_up_folder / "datapackage.json", '"version": "', '"version": "7.0.0", "was": "')
    for day in ("2026-01-05", "2026-02-05"):
        git(made_up_folder, "add", ".")
        git(made_up_folder, "commit", "--quiet", "-m", "x", day=day)
        edit(made_up_folder / "gaps.csv", "Shown by nobody", f"Shown by nobody since {day}")
        edit(
            made_up_folder / "datapackage.json", '"version": "7.0.0"', '"version": "7.0.1"'
        ) if day < "2026-02" else None
    return made_up_folder


def said(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> list[str]:
    assert commands.main(["changes", str(folder), *arguments]) == status
    return capsys.readouterr().out.splitlines()


def test_sentences_say_what_was_added_corrected_and_withdrawn() -> None:
    long = "x" * 99
    found = [
        Difference("deals", "", "", "deal_id,side", "deal_id,title"),
        Difference("deals", "a", "deal_id", "", "a"),
        Difference("deals", "a", "title", "", "A"),
        Difference("deals", "b", "deal_id", "b", ""),
        Difference("deals", "c", "kind", "C", "D"),
        Difference("deals", "c", "end", "", "2024"),
        Difference("deals", "d", "end", long, ""),
        Difference("deals", "d", "side", "left", ""),
        Difference("deals", "e", "end", long + "-" + long, long + "+" + long),
        Difference("gaps", "", "", "", "gap_id"),
        Difference("gaps", "g", "gap_id", "", "g"),
        Difference("quotes", "", "", "quote_id,form", "form,quote_id"),
        Difference("steps", "", "", "step_id", ""),
        Difference("steps", "s", "step_id", "s", ""),
    ]
    assert list(changed(found, KEYS)) == [
        "deals: the column title is new.",
        "deals: the column side is gone.",
        "deals: a was added.",
        "deals: b was withdrawn.",
        "deals: c: kind was “C”, and is “D”.",
        "deals: c: end is now “2024”, and was blank.",
        f"deals: d: end was “{long[:60]}…”, and is blank.",
        f"deals: e: end was “…{long[:20]}-{long[:39]}…”, and is “…{long[:20]}+{long[:39]}…”.",
        "gaps: the table is new.",
        "gaps: g was added.",
        "quotes: the columns are in another order.",
        "steps: the table is gone.",
        "steps: s was withdrawn.",
    ]


def test_the_totals_that_moved_are_said_and_no_other(
    made_up_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = shutil.copytree(made_up_folder, tmp_path / "before")
    assert said(made_up_folder, capsys, "--since", str(before)) == ["No cell has changed."]
    lines = (made_up_folder / "deals.csv").read_text(encoding="utf-8").splitlines()
    row = next(line for line in lines if ",reported,yes," in line)
    cells = row.split(",")
    at = cells.index("reported") - 3
    assert float(cells[at]) > 0
    cells[at : at + 3] = [f"{float(cells[at]) * 3:g}", "", ""]
    edit(made_up_folder / "deals.csv", row, ",".join(cells))
    sentences = said(made_up_folder, capsys, "--since", str(before))
    moved = [line for line in sentences if " went from " in line]
    assert any(line.startswith(f"deals: {cells[0]}: value_usd_m was ") for line in sentences)
    assert [line.partition(" of ")[0] for line in moved] == ["The disclosed value"] * 2
    assert moved[0].startswith("The disclosed value of all deals went from $")


@pytest.mark.parametrize(
    ("since", "was"),
    [("HEAD", "Shown by nobody since 2026-01-05"), ("HEAD~1", "Shown by nobody"), ("2026-01-20", "Shown by nobody"),
     ("7.0.0", "Shown by nobody"), ("7.0.1", "Shown by nobody since 2026-01-05")],
)  # fmt: skip
def test_a_former_state_is_a_commit_a_day_or_a_version(
    kept: Path, since: str, was: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (sentence,) = said(kept, capsys, "--since", since)
    assert f"was “{was}" in sentence


@pytest.mark.parametrize("since", ["9.9.9", "1999-01-01", "--help-me", "nowhere"])
def test_what_is_no_former_state_is_refused(kept: Path, since: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(kept, capsys, f"--since={since}", status=2) == [
        f"“{since}” is no folder with tables, no day, version or commit of them"
    ]


def test_tables_with_faults_are_not_compared(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(kept / "gaps.csv", "papa-cargo,land", "papa-cargo,sky")
    assert said(kept, capsys, status=2)[-1] == "1 to mend."
    git(kept, "commit", "--quiet", "-am", "x")
    edit(kept / "gaps.csv", "papa-cargo,sky", "papa-cargo,land")
    assert said(kept, capsys)[-1] == "The former tables do not keep today's rules, so their totals are not compared."


def test_where_there_is_no_history_that_is_said(
    made_up_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    git(made_up_folder, "init", "--quiet")
    git(made_up_folder, "commit", "--quiet", "--allow-empty", "-m", "x")
    assert said(made_up_folder, capsys, status=2) == [f"HEAD has no tables in {made_up_folder}"]

    def missing(*_: object, **__: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(commits.subprocess, "run", missing)
    assert said(made_up_folder, capsys, status=2)[0].startswith("“HEAD” is no folder")
