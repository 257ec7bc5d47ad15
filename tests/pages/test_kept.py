"""What is kept for all readers hangs on the tables and on values alone, never on whoever came first."""

from __future__ import annotations

import ast
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Semaphore

import pytest

import dashboard.pages
from dashboard import kept as of_all
from dashboard.address import Links
from dashboard.kept import Store, kept
from dashboard.tables.load import Tables

PAGES = sorted(Path(dashboard.pages.__file__).parent.glob("*.py"))
# By these names a page reaches the address, the session and the browser of the reader on screen.
OF_ONE_READER = {"st", "controls", "asked", "navigation"}


def kept_functions(text: str) -> list[ast.FunctionDef]:
    """Return the functions of a module whose results are kept for all readers."""
    found = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    return [node for node in found if any(ast.unparse(decorator) == "kept" for decorator in node.decorator_list)]


def reached(function: ast.FunctionDef) -> set[str]:
    """Return the names of one reader that the body of a function uses."""
    names = {node.id for part in function.body for node in ast.walk(part) if isinstance(node, ast.Name)}
    return names & OF_ONE_READER


@pytest.mark.parametrize("path", PAGES, ids=[path.stem for path in PAGES])
def test_what_is_kept_reads_nothing_of_one_reader(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "st.cache" not in text, "the one way to keep a thing is `kept`"
    assert not {function.name: reached(function) for function in kept_functions(text) if reached(function)}


def test_a_kept_function_that_reads_the_session_is_found() -> None:
    (function,) = kept_functions("@kept\ndef build(tables):\n    return st.session_state['q']")
    assert reached(function) == {"st"}


def test_a_thing_is_made_once_for_the_same_tables_and_values_and_anew_for_others(made_up: Tables) -> None:
    made = []

    @kept
    def build(tables: Tables, to: Links) -> str:
        made.append(to)
        return f"{tables.stamp} {to('deal')}"

    build.clear()
    one, other = Links((("domain", ("naval",)),)), Links()
    assert build(made_up, one) == build(made_up, one)
    assert build(made_up, other) != build(made_up, one)
    assert made == [one, other]


def test_those_who_ask_at_the_same_time_wait_for_one_making(made_up: Tables) -> None:
    made, began, may_go_on = [], Semaphore(0), Event()

    @kept
    def build(tables: Tables, word: str) -> list[str]:
        made.append(word)
        began.release()
        may_go_on.wait(10)
        return [word]

    with ThreadPoolExecutor(9) as readers:
        asked = [readers.submit(build, made_up, "naval") for _ in range(8)]
        other = readers.submit(build, made_up, "air")
        assert began.acquire(timeout=10)
        assert began.acquire(timeout=10)
        assert not any(one.done() for one in [*asked, other])
        may_go_on.set()
        first, *rest = [one.result(10) for one in asked]
    assert all(one is first for one in rest)
    assert sorted(made) == ["air", "naval"], "another choice does not wait for the first"


def test_what_could_not_be_made_is_made_anew_for_the_next_who_asks() -> None:
    made = []

    @kept
    def build(word: str) -> str:
        made.append(word)
        if len(made) == 1:
            raise ValueError(word)
        return word

    with pytest.raises(ValueError, match="naval"):
        build("naval")
    assert build("naval") == "naval"
    assert build(word="naval") == "naval"
    assert len(made) == 3


def test_only_what_was_asked_for_last_is_kept_and_never_more_bytes_than_there_is_room_for() -> None:
    store, made = Store(250_000), []

    def ask(word: str, size: int = 100_000) -> None:
        assert len(store.of(("page", word), lambda: made.append(word) or word[0] * size)) == size
        assert store.size <= store.most

    for word in ("air", "naval", "air", "land", "air", "naval"):
        ask(word)
    assert made == ["air", "naval", "land", "naval"]
    assert store.size > 200_000
    ask("whole", 300_000)  # it alone is too much
    ask("naval")
    assert made[4:] == ["whole"], "what cannot be kept pushes nothing out"


def test_all_that_is_kept_has_one_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    store, made = Store(250_000), []
    monkeypatch.setattr(of_all, "STORE", store)

    @kept
    def words(page: str) -> str:
        made.append(page)
        return page * 100_000

    @kept
    def numbers(page: str) -> list[float]:
        return [float(number) for number in range(4_000)]

    words("a")
    numbers("a")
    words("b")
    words("a")
    assert made == ["a", "b", "a"]
    assert store.size <= 250_000
    numbers("b")
    words.clear()
    assert len(store) == 1, "and the other goes on"
    assert 100_000 < store.size < 150_000
