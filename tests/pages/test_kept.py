"""What is kept for all readers hangs on the tables and on values alone, never on whoever came first."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import dashboard.pages
from dashboard.address import Links
from dashboard.pages import kept
from dashboard.tables.load import Tables

PAGES = sorted(Path(dashboard.pages.__file__).parent.glob("*.py"))
# By these names a page reaches the address, the session and the browser of the reader on screen.
OF_ONE_READER = {"st", "controls", "asked", "navigation"}


def kept_functions(text: str) -> list[ast.FunctionDef]:
    """Return the functions of a module whose results are kept for all readers."""
    found = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    return [node for node in found if any("kept(" in ast.unparse(decorator) for decorator in node.decorator_list)]


def reached(function: ast.FunctionDef) -> set[str]:
    """Return the names of one reader that the body of a function uses."""
    names = {node.id for part in function.body for node in ast.walk(part) if isinstance(node, ast.Name)}
    return names & OF_ONE_READER


@pytest.mark.parametrize("path", PAGES, ids=[path.stem for path in PAGES])
def test_what_is_kept_reads_nothing_of_one_reader(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "st.cache" not in text or path.stem == "__init__", "the one way to keep a thing is `kept`"
    assert not {function.name: reached(function) for function in kept_functions(text) if reached(function)}


def test_a_kept_function_that_reads_the_session_is_found() -> None:
    (function,) = kept_functions("@kept(2)\ndef build(tables):\n    return st.session_state['q']")
    assert reached(function) == {"st"}


def test_a_thing_is_made_once_for_the_same_tables_and_values_and_anew_for_others(made_up: Tables) -> None:
    made = []

    @kept(8)
    def build(tables: Tables, to: Links) -> str:
        made.append(to)
        return f"{tables.stamp} {to('deal')}"

    build.clear()
    one, other = Links((("domain", ("naval",)),)), Links()
    assert build(made_up, one) == build(made_up, one)
    assert build(made_up, other) != build(made_up, one)
    assert made == [one, other]
