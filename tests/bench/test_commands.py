"""The commands that measure exist as the Makefile and the guides name them."""

from __future__ import annotations

import re
import subprocess
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"-m (bench(?:\.\w+)?)")


def commands() -> set[str]:
    """Return every module of the bench that a guide or the Makefile starts."""
    files = ["Makefile", "README.md", "CONTRIBUTING.md", "deploy/README.md"]
    return {name for file in files for name in NAMED.findall((ROOT / file).read_text(encoding="utf-8"))}


def test_page_by_page_growing_tables_and_many_readers_are_all_named() -> None:
    assert commands() == {"bench", "bench.flood", "bench.load", "bench.sizes"}


@pytest.mark.parametrize("name", sorted(commands()))
def test_a_command_that_is_named_says_what_it_takes(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", [name, "--help"])
    with pytest.raises(SystemExit) as ended:
        import_module("bench.__main__" if name == "bench" else name).main()
    assert ended.value.code == 0
    assert f"python -m {name}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "wanted"),
    [("", ""), ("CHECK=1", "--check"), ("BESIDE=/elsewhere", '--beside "/elsewhere"'), ("ROUNDS=1", "--rounds 1")],
)
def test_make_hands_on_what_it_is_given(given: str, wanted: str) -> None:
    made = subprocess.run(
        ["make", "--dry-run", "bench", *given.split()], cwd=ROOT, capture_output=True, text=True, check=True
    )
    command = next(line for line in made.stdout.splitlines() if "-m bench" in line)
    assert command.partition("-m bench")[2].strip() == wanted
