"""The hook: what is committed of the tables is checked as it is staged, whatever lies in the folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import made_up

ROOT = Path(__file__).parents[1]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Return a repository of the made-up tables alone, with the hook switched on and nothing to commit."""
    made_up.copy(tmp_path / "data")
    shutil.copytree(ROOT / ".githooks", tmp_path / ".githooks")
    (tmp_path / ".venv").symlink_to(sys.prefix)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "config", "core.hooksPath", ".githooks")
    git(tmp_path, "add", "data")
    assert git(tmp_path, "commit", "--quiet", "-m", "Tables").returncode == 0
    return tmp_path


def git(house: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run git as somebody would whose environment says nothing of another repository."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "COV_"))}
    who = {f"GIT_{role}_{what}": "a@b.example" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = kept | who | {"PYTHONPATH": str(ROOT), "GIT_CONFIG_GLOBAL": os.devnull}
    return subprocess.run(["git", *arguments], cwd=house, env=environment, text=True, capture_output=True)


def test_a_fault_that_is_staged_is_not_committed_even_where_the_folder_is_mended(house: Path) -> None:
    path = house / "data" / "deals.csv"
    right = path.read_bytes()
    path.write_bytes(right.replace(b",naval,", b",navel,", 1))
    git(house, "add", "data")
    path.write_bytes(right)
    done = git(house, "commit", "-m", "Slip")
    assert done.returncode != 0
    assert "deals.csv, line 2, column “domain”: “navel” is not an allowed value" in done.stdout + done.stderr
    assert "Nothing is committed. Mend the tables" in done.stderr


def test_tables_in_another_form_are_not_committed(house: Path) -> None:
    path = house / "data" / "gaps.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    done = git(house, "commit", "-a", "-m", "Line ends")
    assert (done.returncode != 0, "would be put in order" in done.stdout + done.stderr) == (True, True)


def test_what_does_not_touch_the_tables_is_committed_without_an_environment(house: Path) -> None:
    (house / ".venv").unlink()
    (house / "note.txt").write_text("x", encoding="utf-8")
    git(house, "add", "note.txt")
    assert git(house, "commit", "-m", "Note").returncode == 0
    (house / "data" / "gaps.csv").write_bytes(b"")
    done = git(house, "commit", "-a", "-m", "Tables")
    assert done.returncode != 0
    assert "run make setup" in done.stderr
