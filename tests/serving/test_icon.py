from __future__ import annotations

from pathlib import Path

from starlette.requests import Request

from dashboard.serving import icon


def test_the_icon_is_found_where_browsers_look_by_themselves() -> None:
    found = icon.answer(Request({"type": "http", "root_path": "/below", "headers": []}))
    assert (found.status_code, found.headers["location"]) == (301, "/below/app/static/favicon.svg")
    assert Path("static", Path(icon.ICON).name).is_file()
