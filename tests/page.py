"""A page as a fresh browser shows it, without the browser."""

from __future__ import annotations

import html
import json
import re

from streamlit.testing.v1 import AppTest


def script(page: str) -> None:
    """Run one page alone; the function's text is taken, so it imports what it needs."""
    from importlib import import_module

    import streamlit as st

    from dashboard import controls
    from dashboard.tables import load as data

    tables = data.current()
    import_module(f"dashboard.pages.{page}").render(tables, controls.sidebar(tables))
    st.html("<p>drawn to the end</p>")


def opened(page: str, /, **params: str | list[str] | tuple[str, ...]) -> AppTest:
    """Return a page at an address, drawn to the end with nothing on it that failed."""
    test = AppTest.from_function(script, args=(page,), default_timeout=60)
    for name, value in params.items():
        test.query_params[name] = list(value) if isinstance(value, tuple) else value
    test.run()
    assert not test.exception
    assert "<p>drawn to the end</p>" in written(test)
    return test


def written(test: AppTest) -> str:
    """Return all HTML of the page, what holds drawings last, without the line breaks between tags, which show nothing."""
    given = [json.loads(element.proto.json) for element in test.get("bidi_component") if element.proto.json]
    drawn = [data.get("html", "") if isinstance(data, dict) else data for data in given]
    drawn = [data for data in drawn if isinstance(data, str) and data.startswith("<")]
    bodies = [element.proto.body for element in test.get("html")]
    return "\n".join(re.sub(r">\s*\n\s*<", "><", body) for body in [*bodies, *drawn])


def finding(test: AppTest) -> str:
    """Return the page's computed sentence."""
    (found,) = re.findall(r"<h1>(.*?)</h1>", written(test))
    return html.unescape(found)
