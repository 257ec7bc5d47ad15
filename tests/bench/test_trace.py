"""How the parts of a cold start add up: what an event calls is not its own, and nothing counts twice or too late."""

from __future__ import annotations

import pytest

from bench import trace


def event(name: str, began: float, lasted: float, url: str = "") -> dict[str, object]:
    """Return an event of a trace, in milliseconds."""
    data = {"data": {"url": url}} if url else {}
    return {"name": name, "ph": "X", "ts": 1000 * began, "dur": 1000 * lasted, "args": data}


def test_what_is_called_is_taken_from_the_caller() -> None:
    events = [
        event("RunTask", 0, 100),
        event("EvaluateScript", 10, 60, "http://127.0.0.1/static/js/index.js"),
        event("v8.compile", 20, 15),
        event("Layout", 40, 5),
    ]
    spent = trace.own_times(events, until=1_000_000)
    assert spent["scripts run for the first time"] == 40
    assert spent["scripts read and compiled"] == 15
    assert spent["style and layout"] == 5
    assert spent[trace.OTHER] == 40
    assert spent[trace.STREAMLIT] == 55
    assert sum(spent[what] for what in (*trace.KINDS, trace.OTHER) if what in spent) == 100


def test_nothing_counts_after_the_page_is_drawn() -> None:
    spent = trace.own_times([event("Layout", 0, 10), event("Layout", 20, 10)], until=25_000)
    assert spent == {"style and layout": 15}


@pytest.mark.parametrize(
    ("url", "who"),
    [
        ("http://127.0.0.1:1/static/js/index.abc.js", trace.STREAMLIT),
        ("http://127.0.0.1:1/static/js/PlotlyChart.abc.js", trace.PLOTLY),
        ("blob:http://127.0.0.1:1/1-2-3", trace.OWN),
        ("http://127.0.0.1:1/app/static/first.js", trace.OWN),
    ],
)
def test_a_script_is_known_by_its_address(url: str, who: str) -> None:
    assert trace.whose(url) == who


def test_the_start_of_another_page_is_not_that_of_ours() -> None:
    other = {
        "name": "navigationStart",
        "ts": 1,
        "pid": 1,
        "tid": 1,
        "args": {"data": {"documentLoaderURL": "about:blank"}},
    }
    ours = {**other, "ts": 2, "pid": 7, "args": {"data": {"documentLoaderURL": "http://127.0.0.1:1/value"}}}
    assert trace._start([other, ours], "http://127.0.0.1:1/") == (2, (7, 1))
    with pytest.raises(KeyError):
        trace._start([other], "http://127.0.0.1:1/")
