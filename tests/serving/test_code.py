"""Another version of the code gives other tags, so that no reader keeps what the former one said."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest
from starlette.applications import Starlette

from dashboard.serving import answers, api, code, files, pictures
from dashboard.serving.code import CODE, Code
from dashboard.tables import load as data
from dashboard.tables.load import Tables
from tests.serving.asgi import Answer, ask, scope

SITE = Starlette(routes=[*api.ROUTES, *files.ROUTES, *pictures.ROUTES])
PATHS = (
    "/api",
    "/api/value?domain=naval",
    "/api/openapi.json",
    "/data/deals.csv",
    "/data/package.zip",
    "/picture/value/value.svg",
)


@pytest.fixture(autouse=True)
def served(made_up: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the made-up tables be those that readers see."""
    monkeypatch.setattr(data, "current", lambda: made_up)


def asked(path: str, **headers: str) -> Answer:
    return ask(SITE, scope(path, {name.replace("_", "-"): value for name, value in headers.items()}))


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_of_another_version_of_the_code_is_a_new_one(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = asked(path)
    tag, time = before.headers["etag"], before.headers["last-modified"]
    assert asked(path, if_none_match=tag).status == asked(path, if_modified_since=time).status == 304
    monkeypatch.setattr(answers, "CODE", Code("another", datetime.now(UTC).timestamp() + 60))
    assert asked(path, if_none_match=tag).status == asked(path, if_modified_since=time).status == 200
    again = asked(path)
    assert again.headers["etag"] != tag
    assert again.headers["last-modified"] == format_datetime(
        datetime.fromtimestamp(int(answers.CODE.changed), UTC), usegmt=True
    )


def test_any_file_of_the_code_makes_another_version_and_what_python_writes_beside_it_does_not(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    program, template = tmp_path / "words.py", tmp_path / "templates" / "page.html"
    program.write_text("a = 1")
    template.write_text("<p>")
    seen = [code.read(tmp_path)]
    os.utime(program, (1e9, 1e9))
    os.utime(template, (2e9, 2e9))
    assert code.read(tmp_path) == Code(seen[0].stamp, 2e9)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "words.pyc").write_text("compiled")
    assert code.read(tmp_path).stamp == seen[0].stamp
    for change in (
        lambda: program.write_text("a = 2"),
        lambda: template.write_text("<b>"),
        lambda: template.rename(tmp_path / "page.html"),
    ):
        change()
        seen.append(code.read(tmp_path))
    assert len({one.stamp for one in seen}) == 4


def test_every_start_of_the_same_code_finds_the_same_version() -> None:
    found = [sys.executable, "-c", "from dashboard.serving.code import CODE; print(CODE.stamp)"]
    assert subprocess.run(found, capture_output=True, text=True, check=True).stdout.strip() == CODE.stamp
