"""A release makes the next version of the tables, all of it or nothing, and the log gives every version to the byte."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from frictionless import Package

from dashboard import __main__ as commands
from dashboard.gate import release as releasing
from dashboard.gate import versions
from dashboard.gate.release import ReleaseError, next_version
from dashboard.tables import files
from dashboard.tables.files import DataError
from tests.gate.test_changes import edit, said

MARCH, APRIL = (datetime(2027, month, 5, 12, tzinfo=UTC) for month in (3, 4))


def released(folder: Path, notes: str = "", now: datetime = MARCH) -> list[str]:
    return releasing.released(folder, notes, now)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def correct(folder: Path, found: str) -> None:
    """Correct a cell of the made-up gaps."""
    path = folder / "gaps.csv"
    path.write_text(re.sub(r"Shown by nobody[^,.]*", found, path.read_text(encoding="utf-8")), encoding="utf-8")


@pytest.fixture
def once(made_up_folder: Path) -> Path:
    """Return a copy of the made-up tables of which there is one version, 2027.3.1."""
    released(made_up_folder, "The first.")
    return made_up_folder


def descriptor(folder: Path) -> dict:
    return json.loads((folder / files.DESCRIPTION).read_bytes())


@pytest.mark.parametrize(
    ("last", "day", "version"),
    [("1.0.0", "2026-11-26", "2026.11.1"), ("2026.11.1", "2026-11-30", "2026.11.2"), ("2026.11.9", "2026-11-30", "2026.11.10"),
     ("2026.11.9", "2026-12-01", "2026.12.1"), ("2026.11.2", "2027-01-01", "2027.1.1"), ("2026.11.2", "2026-10-31", "2026.11.3"),
     ("first", "2026-11-26", "2026.11.1")],
)  # fmt: skip
def test_versions_go_by_the_calendar_and_never_back(last: str, day: str, version: str) -> None:
    assert next_version(last, date.fromisoformat(day)) == version


def test_every_version_of_several_is_made_again_to_the_byte_and_each_is_valid(made_up_folder: Path) -> None:
    states: dict[str, dict[str, bytes]] = {}
    for found, now in (("Shown by nobody", MARCH), ("Shown by nobody, yet", MARCH), ("Shown by nobody since", APRIL)):
        correct(made_up_folder, found.replace(",", ""))
        if now == APRIL:  # a row is withdrawn too
            path = made_up_folder / "gaps.csv"
            path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")
        released(made_up_folder, now=now)
        states[descriptor(made_up_folder)["version"]] = contents(made_up_folder)
        assert Package(str(made_up_folder / files.DESCRIPTION)).validate().valid
        assert commands.main(["check", str(made_up_folder)]) == 0
    assert list(states) == ["2027.3.1", "2027.3.2", "2027.4.1"]
    _, dictionary = files.read_texts(made_up_folder)
    every = versions.releases(files.read_log(made_up_folder), dictionary.version)
    for version, state in states.items():
        made = versions.as_of(version, every, dictionary.keys)
        assert {dictionary.path(name): versions.text(table).encode() for name, table in made.items()} == {
            path: state[path] for path in dictionary.files.values()
        }


def test_the_package_has_the_version_the_moment_and_the_hash_of_each_file(once: Path) -> None:
    described = descriptor(once)
    assert (described["version"], described["created"]) == ("2027.3.1", "2027-03-05T12:00:00Z")
    for entry in described["resources"]:
        content = (once / entry["path"]).read_bytes()
        assert (entry["bytes"], entry["hash"]) == (len(content), files.digest(content))


def test_the_changelog_has_a_section_for_each_version_the_newest_first(once: Path) -> None:
    correct(once, "Shown by nobody since [1990] > 2*2")
    sentences = released(once, "  Two\nlines. ")
    text = (once / releasing.CHANGELOG).read_text(encoding="utf-8")
    assert re.findall("^## .*", text, re.MULTILINE) == ["## 2027.3.2 (2027-03-05)", "## 2027.3.1 (2027-03-05)"]
    assert text.startswith(releasing.TITLE.strip())
    assert "\n\nTwo lines.\n\n- gaps: " in text
    assert r"since \[1990\] \> 2\*2" in text
    assert "\n\nThe first.\n\n- deals: " in text
    assert sentences[-1] == "This is version 2027.3.2. Commit it, or copy the whole folder to the readers."
    assert "”, and is “" in sentences[0]


def test_the_citation_beside_the_folder_keeps_step(once: Path) -> None:
    path = once.parent / releasing.CITATION
    path.write_text("title: x\nversion: 2027.3.1\ndate-released: 2027-03-05\n", encoding="utf-8")
    correct(once, "Shown by nobody since")
    released(once, now=APRIL)
    assert path.read_text(encoding="utf-8") == "title: x\nversion: 2027.4.1\ndate-released: 2027-04-05\n"
    correct(once, "Shown by nobody")
    path.write_text("version: 8\n", encoding="utf-8")  # of something else
    released(once, now=APRIL)
    assert path.read_text(encoding="utf-8") == "version: 8\n"


def test_what_columns_mean_is_a_reason_for_a_version_too(once: Path) -> None:
    edit(once / files.DESCRIPTION, '"title": "', '"title": "New: ')
    assert released(once) == [
        releasing.WORDS,
        "This is version 2027.3.2. Commit it, or copy the whole folder to the readers.",
    ]
    (second,) = (row for row in files.read_log(once).rows if row[0] == "2027.3.2" and row[4] == versions.DESCRIPTION)
    assert second[5] != second[6]


def refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what the command says that refuses, having changed nothing."""
    before = contents(folder)
    assert commands.main(["release", str(folder)]) == 1
    assert contents(folder) == before
    return capsys.readouterr().out


def test_nothing_is_released_while_nothing_has_changed(once: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(once, capsys) == "Nothing has changed since version 2027.3.1.\n"


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("gaps.csv", "papa-cargo,land", "papa-cargo,sky", "“sky” is not an allowed value"),
        ("gaps.csv", "Shown by nobody", "Possibly shown by nobody", "“possibly” is a vague word of likelihood"),
        ("gaps.csv", "Shown by nobody", " Shown by none", "gaps.csv is not in its form. Run “python -m dashboard tidy”"),
        ("changes.csv", "Made", "Mad", "changes.csv: is not what the release of version 2027.3.1 wrote. Restore"),
        ("changes.csv", "version,date", "version,day", "changes.csv, line 1: does not have the header version,date"),
        ("changes.csv", "version,date", 'version,"date', "has a quotation mark that is not closed"),
        ("datapackage.json", '"version": "2027.3.1"', '"version": "2027.3.7"',
         "“2027.3.7” is the version of the data package, and the last that was released is 2027.3.1. Write 2027.3.1"),
    ],
)  # fmt: skip
def test_nothing_is_released_while_something_is_wrong(
    file: str, old: str, new: str, words: str, once: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(once / file, old, new)
    assert words in refused(once, capsys)


def test_tables_and_keys_stay_once_they_are_published(once: Path) -> None:
    state = releasing.read(once)
    del state.dictionary.keys["gaps"]
    with pytest.raises(ReleaseError, match=r"Tables and their keys stay once they are published\."):
        releasing.planned(state, "", date(2027, 4, 1))


def test_a_folder_without_description_is_not_released(made_up_folder: Path) -> None:
    (made_up_folder / files.DESCRIPTION).unlink()
    with pytest.raises(DataError, match="cannot be opened"):
        released(made_up_folder)


@pytest.mark.parametrize("written", range(4))
def test_a_release_that_cannot_be_written_changes_nothing(
    written: int, once: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    correct(once, "Shown by nobody since")
    before, write, done = contents(once), Path.write_bytes, []

    def full(path: Path, content: bytes) -> int:
        if path.suffix == ".new":
            done.append(path)
            if len(done) > written:
                raise OSError("No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    if written < 3:
        with pytest.raises(OSError, match="No space left"):
            released(once)
        assert contents(once) == before
    else:
        released(once)


@pytest.mark.parametrize("replaced", range(3))
def test_a_release_that_is_interrupted_leaves_the_former_version_and_can_be_made_again(
    replaced: int, once: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    correct(once, "Shown by nobody since")
    replace, done = Path.replace, []

    def cut(path: Path, target: Path) -> Path:
        done.append(path)
        if len(done) > replaced:
            raise KeyboardInterrupt
        return replace(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", cut)
        with pytest.raises(KeyboardInterrupt):
            released(once)
    assert commands.main(["check", str(once)]) == 0
    assert descriptor(once)["version"] == "2027.3.1"
    capsys.readouterr()
    assert "gaps: " in said(once, capsys, "--since", "2027.3.1")[0]
    released(once)
    assert descriptor(once)["version"] == "2027.3.2"
    assert Package(str(once / files.DESCRIPTION)).validate().valid
    assert (once / releasing.CHANGELOG).read_text(encoding="utf-8").count("## 2027.3.2 ") == 1
    assert not list(once.glob("*.new"))


def test_changes_since_a_version_or_a_day_need_no_history(once: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for found in ("Shown by nobody since", "Shown by nobody ever"):
        correct(once, found)
        released(once, now=APRIL)
    correct(once, "Shown by nobody at all")
    for since, was in (("2027.3.1", "stand."), ("2027.4.1", "since."), ("2027-03-31", "stand."), ("HEAD", "ever.")):
        (sentence,) = said(once, capsys, "--since", since)
        assert f"{was}”, and is “Shown by nobody at all.”." in sentence
    assert said(once, capsys, "--since", "2027-03-04", status=2)[0].startswith("“2027-03-04” is no folder with tables")


def test_the_published_version_stands_in_the_citation_and_at_the_head_of_the_changelog() -> None:
    version = descriptor(files.FOLDER)["version"]
    citation = (files.FOLDER.parent / releasing.CITATION).read_text(encoding="utf-8")
    changelog = (files.FOLDER / releasing.CHANGELOG).read_text(encoding="utf-8")
    assert f"\nversion: {version}\n" in citation
    day = re.search(r"^date-released: (.*)$", citation, re.MULTILINE)
    assert day
    assert next(line for line in changelog.splitlines() if line.startswith("## ")) == f"## {version} ({day[1]})"
