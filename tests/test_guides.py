"""The guides name only what exists: every path, make target and name of a module in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_group

from dashboard.__main__ import app

ROOT = Path(__file__).parents[1]
GUIDES = [
    "README.md",
    "SECURITY.md",
    "CONTRIBUTING.md",
    "docs/decisions.md",
    "docs/glossary.md",
    "data/README.md",
    "data/decks/README.md",
    ".github/pull_request_template.md",
]
PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|toml|md|txt|cff|sh))`")


def named_paths(text: str) -> set[str]:
    """Return the paths that a guide sets in code letters, those with a place to fill in left out."""
    return {path for path in PATH.findall(text) if "<" not in path and "…" not in path}


@pytest.mark.parametrize("guide", GUIDES)
def test_every_path_in_a_guide_exists(guide: str) -> None:
    folder = (ROOT / guide).parent
    text = (ROOT / guide).read_text(encoding="utf-8")
    linked = {target for target in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in target}
    assert not [path for path in named_paths(text) if not ((ROOT / path).exists() or (folder / path).exists())]
    assert not [path for path in linked if not (folder / path).exists()]


@pytest.mark.parametrize("guide", GUIDES)
def test_every_make_target_in_a_guide_exists(guide: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    text = (ROOT / guide).read_text(encoding="utf-8")
    assert set(re.findall(r"(?:`|^    )make ([a-z]+)", text, flags=re.MULTILINE)) <= targets


@pytest.mark.parametrize("guide", [*GUIDES, ".github/workflows/data.yml"])
def test_every_command_in_a_guide_exists(guide: str) -> None:
    text = (ROOT / guide).read_text(encoding="utf-8")
    named = re.findall(r"(?:defence-ties|python -m dashboard) ([a-z]+)", text)
    assert set(named) <= set(get_group(app).commands)


def test_a_path_that_does_not_exist_is_found() -> None:
    assert named_paths("see `dashboard/gone.py`, `pages/<name>.py` and `deals.csv`") == {"dashboard/gone.py"}
