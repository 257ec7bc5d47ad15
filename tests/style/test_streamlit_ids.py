"""What our style sheet calls Streamlit's parts, they are still called: a new release that renames one fails here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import streamlit

from dashboard import style

ROOT = Path(__file__).parents[2]
SHEET = re.sub(
    r"/\*.*?\*/", "", (Path(style.__file__).parent / "streamlit.css").read_text(encoding="utf-8"), flags=re.DOTALL
)
# Test ids and other attributes with their values, and classes of Streamlit's own.
NAMES = sorted(set(re.findall(r'data-(?:testid|variant)="([^"]+)"', SHEET) + re.findall(r"\.(st[A-Z]\w*)", SHEET)))
KEYS = sorted(set(re.findall(r"st-key-([\w-]+)", SHEET)))


@pytest.fixture(scope="module")
def front_end() -> str:
    """Return the scripts that Streamlit sends to a browser."""
    scripts = sorted((Path(streamlit.__file__).parent / "static" / "static" / "js").glob("*.js"))
    return "\n".join(script.read_text(encoding="utf-8") for script in scripts)


def is_named(name: str, front_end: str) -> bool:
    return any(f"{quote}{name}{quote}" in front_end for quote in "\"'`")


@pytest.mark.parametrize("name", NAMES)
def test_streamlit_still_has_a_part_of_that_name(name: str, front_end: str) -> None:
    assert is_named(name, front_end)


def test_a_name_that_streamlit_does_not_have_is_found_out(front_end: str) -> None:
    assert len(NAMES) > 10
    assert not is_named("stExpandSideBarButton", front_end)


def test_streamlit_still_makes_a_class_of_a_key(front_end: str) -> None:
    assert "st-key-" in front_end


@pytest.mark.parametrize("key", KEYS)
def test_each_key_is_given_to_a_part_of_ours(key: str) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in [ROOT / "app.py", *(ROOT / "dashboard").rglob("*.py")])
    assert f'"{key}"' in code or (key.endswith("-") and f'"{key}{{' in code)
