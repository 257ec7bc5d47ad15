"""A page as a fresh browser shows it, without the browser."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from streamlit.testing.v1 import AppTest

from dashboard import plotly_chart


def script(page: str) -> None:
    """Run one page alone; the function's text is taken, so it imports what it needs."""
    from importlib import import_module

    import streamlit as st

    from dashboard import controls
    from dashboard.tables import load as data

    tables = data.current()
    here = controls.asked(tables, "")
    controls.sidebar(tables, here)
    import_module(f"dashboard.pages.{page}").render(tables, here.selection)
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
    framed = [data["html"] for data in given if isinstance(data, dict) and "html" in data]
    bodies = [element.proto.body for element in test.get("html")]
    return "\n".join(re.sub(r">\s*\n\s*<", "><", body) for body in [*bodies, *framed, *drawn(test)])


def drawn(test: AppTest) -> list[str]:
    """Return each drawing of the page, an SVG or HTML with SVGs in it."""
    given = [element.proto for element in test.get("bidi_component")]
    return [proto.bytes.decode() for proto in given if proto.bytes and proto.component_name != plotly_chart.KEY]


def charts(test: AppTest) -> list[tuple[dict[str, Any], dict[str, str]]]:
    """Return each chart of the page: its figure, and what is said beside it: the same in words, and where it is as a picture."""
    given = [element.proto for element in test.get("bidi_component")]
    return [tuple(json.loads(proto.bytes)) for proto in given if proto.component_name == plotly_chart.KEY]


def pages_linked(test: AppTest) -> list[str]:
    """Return where the pages of the masthead are, in its order; none where it has none."""
    navigation = re.findall('<nav class="pages".*?</nav>', written(test), re.DOTALL)
    return [html.unescape(address) for address in re.findall('<a href="([^#"]+)"', "".join(navigation))]


def finding(test: AppTest) -> str:
    """Return the page's computed sentence."""
    (found,) = re.findall(r"<h1>(.*?)</h1>", written(test))
    return html.unescape(found)
