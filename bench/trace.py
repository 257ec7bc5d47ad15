"""Where a cold start goes: what the browser's main thread does until the page is drawn, and when the wire has what it needs.

Chromium's own trace, once for ours and once for an empty page of Streamlit that is served as ours is: what both take is the
framework's, and no page of ours can be without it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from playwright.sync_api import Browser, Page

from bench.report import rows, written
from bench.servers import Server
from bench.visit import LOOK, Reader

Event = Mapping[str, Any]
CATEGORIES = [
    "devtools.timeline",
    "blink.user_timing",
    "v8",
    "v8.execute",
    "disabled-by-default-v8.compile",
    "disabled-by-default-devtools.timeline",
]
# What the browser calls it, and what it is; the first that fits counts. What is in nothing of this is the browser's own.
KINDS = {
    "scripts read and compiled": ("v8.compile", "v8.produce", "V8.Compile", "v8.parse", "V8.Parse", "v8.deserialize", "V8.Deserialize"),
    "scripts run for the first time": ("EvaluateScript", "v8.evaluateModule", "v8.run"),
    "scripts run later": (
        "FunctionCall", "RunMicrotasks", "TimerFire", "EventDispatch", "FireAnimationFrame", "v8.callFunction", "V8.Execute",
        "FireIdleCallback", "WebSocketReceive", "v8.callModuleMethod",
    ),
    "memory cleared": ("MinorGC", "MajorGC", "V8.GC", "BlinkGC"),
    "style and layout": ("UpdateLayoutTree", "Layout", "ParseAuthorStyleSheet", "RecalcStyle"),
    "painted": ("PrePaint", "Paint", "Layerize", "Commit", "Composite", "RasterTask", "UpdateLayer", "ImageDecode", "Decode"),
    "HTML read": ("ParseHTML",),
}  # fmt: skip
OTHER, IDLE = "the browser's own", "waiting"
PLOTLY, STREAMLIT, OWN = "of it Plotly's", "of it Streamlit's front end", "of it our own components"


def kind(name: str) -> str:
    """Return what an event of a trace is."""
    return next((said for said, names in KINDS.items() if name.startswith(names)), OTHER)


def whose(url: str) -> str:
    """Return whose script an address is."""
    return PLOTLY if "plotly" in url.lower() else STREAMLIT if "/static/js/" in url else OWN


def own_times(events: Iterable[Event], until: float) -> dict[str, float]:
    """Return the milliseconds of one thread by what it did and whose script it was; what an event calls is not its own.

    Events are of one thread; `until` is the time, in microseconds as theirs, after which nothing counts.
    """
    spent: dict[str, float] = defaultdict(float)
    open_: list[tuple[float, str, str]] = []  # until when, what, whose script
    for event in sorted(
        (each for each in events if each["ph"] == "X"), key=lambda each: (each["ts"], -each.get("dur", 0))
    ):
        began, ended = event["ts"], min(event["ts"] + event.get("dur", 0), until)
        if began >= ended:
            continue
        while open_ and open_[-1][0] <= began:
            open_.pop()
        what, data = kind(event["name"]), event.get("args", {}).get("data") or {}
        url = data.get("url") or event.get("args", {}).get("fileName") or (open_[-1][2] if open_ else "")
        if open_:
            _spend(spent, open_[-1], began - ended)
        open_.append((ended, open_[-1][1] if what == OTHER and open_ else what, url))
        _spend(spent, open_[-1], ended - began)
    return dict(spent)


def _spend(spent: dict[str, float], one: tuple[float, str, str], microseconds: float) -> None:
    _, what, url = one
    spent[what] += microseconds / 1000
    if what.startswith("scripts") and url:
        spent[whose(url)] += microseconds / 1000


def traced(browser: Browser, server: Server, path: str, chart: str) -> dict[str, float]:
    """Return where the time of one cold start goes, in milliseconds; now and then a trace has lost its beginning, and is taken again."""
    with suppress(KeyError):
        return _traced(browser, server, path, chart)
    return _traced(browser, server, path, chart)


def _traced(browser: Browser, server: Server, path: str, chart: str) -> dict[str, float]:
    with Reader(browser, server, chart) as reader:
        page = reader.context.new_page()
        wire = _moments(page)
        browser.start_tracing(page=page, categories=CATEGORIES)
        page.goto(server.site + path, wait_until="commit")
        page.wait_for_function("() => bench.drawn && bench.words", polling=LOOK)
        drawn = page.evaluate("() => bench.drawn")
        events: list[Event] = json.loads(browser.stop_tracing())["traceEvents"]
    began, thread = _start(events, server.site)
    until = began + 1000 * drawn
    spent = own_times([each for each in events if (each["pid"], each["tid"]) == thread and each["ts"] >= began], until)
    busy = sum(spent.get(what, 0) for what in (*KINDS, OTHER))
    return {**wire(), "drawn": drawn, **spent, IDLE: drawn - busy}


def _start(events: Sequence[Event], site: str) -> tuple[float, tuple[int, int]]:
    """Return when the page was asked for, and the thread that drew it."""
    for event in events:
        data = event.get("args", {}).get("data") or {}
        if event["name"] == "navigationStart" and str(data.get("documentLoaderURL", "")).startswith(site):
            return event["ts"], (event["pid"], event["tid"])
    raise KeyError("The trace has no start of the page")


def _moments(page: Page) -> Callable[[], dict[str, float]]:
    """Note when the wire has what the page needs; return what says so, in milliseconds from when the page was asked for."""
    at: dict[str, float] = {}
    session = page.context.new_cdp_session(page)

    def first(name: str) -> Callable[[Event], None]:
        def note(event: Event) -> None:
            at.setdefault(name, event["timestamp"])

        return note

    def last(name: str) -> Callable[[Event], None]:
        def note(event: Event) -> None:
            at[name] = event["timestamp"]

        return note

    session.on("Network.requestWillBeSent", first("start"))
    session.on("Network.loadingFinished", first("the page's HTML is there"))
    session.on("Network.webSocketWillSendHandshakeRequest", first("the websocket is asked for"))
    session.on("Network.webSocketHandshakeResponseReceived", first("the websocket is open"))
    session.on("Network.webSocketFrameReceived", first("the first message is there"))
    session.on("Network.webSocketFrameReceived", last("the last message is there"))
    session.send("Network.enable")
    return lambda: {name: 1000 * (moment - at["start"]) for name, moment in at.items() if name != "start"}


def table(found: Mapping[str, Mapping[str, float]], page: str) -> str:
    """Return where the cold start of a page goes, beside that of others."""
    names = list(dict.fromkeys(name for each in found.values() for name in each))
    parts = [name for name in (*KINDS, PLOTLY, STREAMLIT, OWN, OTHER, IDLE) if name in names]
    moments = [name for name in names if name not in (*parts, "drawn")]
    said = [["", *found]]
    for name in (*moments, "drawn", *parts):
        said.append([name, *(written(each.get(name)) for each in found.values())])
    return f"Where the cold start of /{page} goes, one trace, ms: moments first, then what the main thread of the page did\n{rows(said)}\n"
