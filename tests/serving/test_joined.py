"""The front end's scripts in one file: it is made of the Streamlit that is installed, and no script of it is there twice."""

from __future__ import annotations

import gzip
import re
import threading
from pathlib import Path

import pyarrow as pa
import pytest
import streamlit

from dashboard.serving import joined
from dashboard.serving.compressed import Compressed
from dashboard.serving.joined import FOLDER, PARTS, WHOLE, Joined
from static.scripts import build
from tests.serving.asgi import Answer, Site, ask, scope

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()
REMEDY = "run static/scripts/build.py, as its first lines say"
OFFERED = re.compile(r"export\{([^{}]*)\}")
APART = sorted(
    name for name in joined.names() - PARTS.keys() if (joined.FRONT / name).stat().st_size < 500_000
)  # the larger ones take long to look through


def asked(name: str, accepted: str = "") -> Answer:
    """Return what a browser gets that asks for a script in the folder."""
    return ask(Compressed(Joined(Site())), scope(f"{FOLDER}{name}", {"accept-encoding": accepted}))


@pytest.fixture(scope="module")
def whole() -> str:
    return joined.whole().decode()


def test_it_is_made_of_the_installed_streamlit_and_has_all_that_its_page_starts_with() -> None:
    assert joined.is_up_to_date(), REMEDY
    texts = {path.name: path.read_text(encoding="utf-8") for path in build.SCRIPTS.glob("*.js")}
    assert set(build.closure([build.entry()], texts)) <= PARTS.keys(), REMEDY
    assert {name.split(".")[0] for name in PARTS} >= set(build.ALWAYS), REMEDY


def test_the_page_starts_with_the_one_file_and_asks_for_no_other_script_ahead() -> None:
    page = joined.page(INDEX)
    assert re.findall(rb'src="([^"]+)"', page) == [f".{FOLDER}{WHOLE}".encode()]
    assert b"modulepreload" not in page
    assert len(re.findall(rb"<link", page)) == len(re.findall(rb"<link", INDEX)) - INDEX.count(b"modulepreload")


def test_with_another_streamlit_the_page_is_as_that_sends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joined, "names", lambda: frozenset({"index.another.js"}))
    assert joined.page(INDEX) == INDEX


@pytest.mark.parametrize(("name", "work"), [(WHOLE, "whole"), (APART[0], "apart")])
def test_what_takes_its_time_is_made_beside_the_loop_that_serves_others(
    name: str, work: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = []

    def made(*_: str) -> str:
        threads.append(threading.current_thread())
        return "made"

    monkeypatch.setattr(joined, work, made)
    assert asked(name).text == "made"
    assert threads
    assert threading.main_thread() not in threads


def test_it_is_small_from_the_first_reader_on_and_the_same_for_all(whole: str) -> None:
    brotli, plain, zipped = (asked(WHOLE, accepted) for accepted in ("gzip, br", "", "gzip"))
    assert pa.decompress(brotli.body, len(whole.encode()), codec="brotli", asbytes=True).decode() == whole
    assert plain.text == gzip.decompress(zipped.body).decode() == whole
    assert len(brotli.body) == int(brotli.headers["content-length"]) < len(whole) / 4
    assert brotli.headers["vary"] == "accept-encoding"
    for answer in (brotli, plain, zipped):
        assert (answer.status, answer.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
        assert "immutable" in answer.headers["cache-control"]


def test_what_is_joined_is_taken_from_the_whole_by_whoever_asks_for_it_alone(whole: str) -> None:
    """Two of React, and no page would be drawn."""
    offered = {one.rpartition(" as ")[2] for one in OFFERED.findall(whole)[-1].split(",")}
    for name, names in PARTS.items():
        answer = asked(name)
        ((given,),) = [OFFERED.findall(answer.text)]
        assert answer.text == f'export{{{given}}}from"./{WHOLE}";'
        pairs = dict(reversed(one.split(" as ")) for one in given.split(",")) if given else {}
        assert pairs == names
        assert set(names.values()) <= offered
        assert list(names) == build.given((joined.FRONT / name).read_text(encoding="utf-8"))


def taken(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return from where a script takes what, each time under which names there and here."""
    found = re.findall(r'import\{([^}]*)\}from"\./([^"]*)"', text)
    parts = [(name, [one.partition(" as ") for one in names.split(",")]) for names, name in found]
    return [(name, [(of, here or of) for of, _, here in pairs]) for name, pairs in parts]


@pytest.mark.parametrize("name", APART[:: max(1, len(APART) // 12)])
def test_every_other_script_takes_what_is_joined_from_the_whole_and_else_is_as_it_was(name: str) -> None:
    after, before = asked(name).text, (joined.FRONT / name).read_text(encoding="utf-8")
    for (whence, pairs), (wanted, names) in zip(taken(after), taken(before), strict=True):
        assert whence == (WHOLE if wanted in PARTS else wanted)
        assert pairs == [(PARTS[wanted][of] if wanted in PARTS else of, here) for of, here in names]
    statement = re.compile(r'(?<=import)\{[^}]*\}from"[^"]*"')
    assert statement.sub("", after) == statement.sub("", before)


def test_some_scripts_stand_apart_and_take_from_the_whole_and_from_each_other() -> None:
    whence = {one for name in APART for one, _ in taken((joined.FRONT / name).read_text(encoding="utf-8"))}
    assert whence & PARTS.keys()
    assert whence - PARTS.keys()


@pytest.mark.parametrize(
    "path", [f"{FOLDER}none.js", f"/static/js/{WHOLE}", f"/{WHOLE}", FOLDER, *(f"/{name}" for name in list(PARTS)[:1])]
)
def test_any_other_address_is_handed_on(path: str) -> None:
    assert ask(Joined(Site()), scope(path)).text == ask(Site(), scope(path)).text
    assert ask(Joined(Site()), scope(path, type="websocket")) == ask(Site(), scope(path, type="websocket"))
