"""Names, comments and the words of pages are plain English of today: some words stand nowhere in what we write.

What a page says is made of the literals in these files and of the tables; what the tables quote is not ours.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Words that a reader whose third language is English stumbles over, and what we write for them.
INSTEAD = {
    "lest": "so that … not",
    "twin": "table, the same",
    "twins": "tables, the same",
    "told": "said, described, known",
    "begun": "started, in its first year",
}
PHRASES = {"asked of": "about", "asks of": "needs of"}
SUFFIXES = {".py", ".css", ".js", ".html", ".md", ".toml", ".yml", ".yaml"}
OURS = ("dashboard", "bench", "basemap", "deploy", "tests", ".github", ".streamlit")
SINGLE = (
    "app.py",
    "Makefile",
    "README.md",
    "SECURITY.md",
    "CHANGELOG.md",
    "pyproject.toml",
    "data/README.md",
    "data/datapackage.json",
)


def stumbles(text: str) -> list[str]:
    """Return the words of a text that are not plain, names taken apart at capitals and underscores, in their order."""
    found = [word for word in map(str.lower, re.findall(r"[A-Z]?[a-z]+|[A-Z]+", text)) if word in INSTEAD]
    running = " ".join(text.lower().split())
    return found + [phrase for phrase in PHRASES if phrase in running]


def written() -> list[Path]:
    """Return every file that we write, but for this one, which must name the words."""
    found = [path for folder in OURS for path in (ROOT / folder).rglob("*") if path.suffix in SUFFIXES]
    return [path for path in [*found, *(ROOT / name for name in SINGLE)] if path != Path(__file__)]


def test_nothing_that_we_write_has_a_word_that_readers_stumble_over() -> None:
    files = written()
    assert len(files) > 100
    found = {str(path.relative_to(ROOT)): stumbles(path.read_text(encoding="utf-8")) for path in files}
    assert not {name: words for name, words in found.items() if words}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("def begun_bars(): ...", ["begun"]),
        ("class ToldRow: ...", ["told"]),
        ("key='twin', TWINS = 2", ["twin", "twins"]),
        ("# lest it be lost", ["lest"]),
        ("Questions asked\n    of the deals", ["asked of"]),
        ("the whole ledger of Leste, untold, a hotelest", []),
    ],
)
def test_a_word_is_found_wherever_a_name_or_a_line_hides_it(text: str, words: list[str]) -> None:
    assert stumbles(text) == words
