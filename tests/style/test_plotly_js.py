"""The one script in the repository that is not ours: as its maker published it, of the version that our figures are checked for."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from plotly.offline import get_plotlyjs_version

from dashboard.plotly_chart import LIBRARY

FILE = Path(__file__).parents[2] / LIBRARY.removeprefix("app/")
SAID = dict(
    re.findall(r"^\| (.+?) \| (.+?) \|$", (FILE.parent / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
)


def test_it_is_the_file_that_its_maker_published() -> None:
    assert f"`{hashlib.sha256(FILE.read_bytes()).hexdigest()}`" == SAID["SHA-256"]
    assert [path.name for path in FILE.parent.glob("*.js")] == [FILE.name], "a former version was left"


def test_it_has_one_version_in_its_head_its_name_its_guide_and_the_library_that_checks_our_figures() -> None:
    (head,) = re.findall(r"plotly\.js \(basic - minified\) v(\S+)", FILE.read_text(encoding="utf-8")[:200])
    (name,) = re.findall(r"-(\d+\.\d+\.\d+)\.", FILE.name)
    assert {head, name, SAID["version"]} == {get_plotlyjs_version()}


def test_its_licence_comes_with_it() -> None:
    assert "MIT License" in (FILE.parent / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("forbidden", [r"\beval\(", r"\bnew Function\b", r"\bFunction\("])
def test_it_runs_no_text_as_a_script_which_our_policy_forbids(forbidden: str) -> None:
    assert not re.search(forbidden, FILE.read_text(encoding="utf-8"))
