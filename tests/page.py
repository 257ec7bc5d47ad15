"""A page as a fresh browser shows it, without the browser."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from typing import Any

from streamlit.testing.v1 import AppTest

from dashboard import plotly_chart


def script(page: str) -> None:
    """Run one page alone; the function's text is taken, so it imports what it needs."""
    from importlib import import_module

    import streamlit as st

    from dashboard import controls, filters
    from dashboard.tables import load as data

    tables = data.current()
    here = controls.asked(tables, "")
    filters.sidebar(tables, here)
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
    return "\n".join(
        re.sub(r">\s*\n\s*<", "><", body) for body in [*bodies, *framed, *_held(test, "drawing", "rows", "handed-over")]
    )


def cited(test: AppTest) -> list[str]:
    """Return the words to cite something with that are on the page, in each form that is shown."""
    bodies = [element.proto.body for element in test.get("html")]
    return [
        html.unescape(words)
        for body in bodies
        for words in re.findall(r'<pre tabindex="0">(.*?)</pre>', body, re.DOTALL)
    ]


def drawn(test: AppTest) -> list[str]:
    """Return each drawing of the page, an SVG or HTML with SVGs in it."""
    return _held(test, "drawing")


def _held(test: AppTest, *names: str) -> list[str]:
    """Return the HTML that components of ours of these names hold."""
    parts = [part.proto for part in test.get("bidi_component") if part.proto.component_name in names]
    return [part.bytes.decode() for part in parts]


def charts(test: AppTest) -> list[tuple[dict[str, Any], dict[str, str]]]:
    """Return each chart of the page: its figure, and what is said beside it: the same in words, and where it is as a picture."""
    given = [element.proto for element in test.get("bidi_component")]
    return [tuple(json.loads(proto.bytes)) for proto in given if proto.component_name == plotly_chart.KEY]


def _boxes(test: AppTest) -> list[dict[str, Any]]:
    """Return what each box of filters on screen is given."""
    parts = [part.proto for part in test.get("bidi_component") if part.proto.component_name == "filters"]
    return [json.loads(part.bytes) for part in parts]


def filters(test: AppTest) -> dict[str, dict[str, Any]]:
    """Return each filter on screen by its name in the address, with what is `chosen` and the `labels` to choose from."""
    return {
        one["name"]: {**one, "chosen": box["chosen"][one["name"]], "labels": [label for _, label, *_ in one["choices"]]}
        for box in _boxes(test)
        for one in box["fields"]
    }


def choose(test: AppTest, name: str, *values: str) -> AppTest:
    """Choose values of a filter on screen, none to empty it: the address moves as `dashboard/filters/filters.js` moves it."""
    (box,) = [box for box in _boxes(test) if name in box["asked"]]
    now = {one: [values] if isinstance(values, str) else values for one, values in dict(test.query_params).items()}
    is_current = all(now.get(one, []) == given for one, given in box["asked"].items())
    for one, chosen in {**(box["chosen"] if is_current else {}), name: list(values)}.items():
        _write(test, one, chosen)
    for one in box["passes"]:
        _write(test, one, [])
    return test


def clear(test: AppTest) -> AppTest:
    """Press the button that clears all filters, as `choose` does."""
    (box,) = [box for box in _boxes(test) if box["stays"] is not None]
    for name in set(test.query_params) - set(box["stays"]):
        _write(test, name, [])
    return test


def _write(test: AppTest, name: str, values: Sequence[str]) -> None:
    if values:
        test.query_params[name] = list(values)
    else:
        test.query_params.pop(name, None)


def pages_linked(test: AppTest) -> list[str]:
    """Return where the pages of the masthead are, in its order; none where it has none."""
    navigation = re.findall('<nav class="pages".*?</nav>', written(test), re.DOTALL)
    return [html.unescape(address) for address in re.findall('<a href="([^#"]+)"', "".join(navigation))]


def in_view(test: AppTest) -> str:
    """Return what the line above the view says is in it: "12 of 34 deals"; "" where a page has no such line."""
    found = re.search(r'<div class="in-view"><p><strong>(.*?)</strong> (\w+) in view</p>', written(test))
    return " ".join(found.groups()) if found else ""


def handed(test: AppTest) -> dict[str, str]:
    """Return what the buttons that hand a view over know of it; nothing where a page has none."""
    (said,) = re.findall(r'<span class="acts" ([^>]*)>', written(test)) or [""]
    return {name: html.unescape(text) for name, _, text in re.findall(r"data-(\w+)=([\"'])(.*?)\2", said)}


def to_clear(test: AppTest) -> str:
    """Return the address behind "Clear filters" in the line above the view; "" where it is not there."""
    found = re.search(r'<a href="([^"]*)" data-act="clear"', written(test))
    return html.unescape(found[1]) if found else ""


def press(test: AppTest, what: str) -> AppTest:
    """Return a page after a press of a button in the line above its view, which says to the server what to open."""
    test.session_state["handed-over"] = {"open": f"{what} {handed(test)['page']}"}
    return test.run()


def finding(test: AppTest) -> str:
    """Return the page's computed sentence."""
    (found,) = re.findall(r"<h1>(.*?)</h1>", written(test))
    return html.unescape(found)
