"""What a first visit costs: few bytes, and no font but ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

FONTS = Path(__file__).parents[2] / "static" / "fonts"
MOST, PICTURED = 700_000, 1_300_000  # bytes on the wire, of a page of words and of one with a chart
REQUESTS = 35  # a page, the front end, fonts, and one for each component of ours
PAGES = ("", "timeline", "map", "claims", "sources")
WAITS = 1_000  # milliseconds that the application waits for its words, as in `static/first.js`
ASKED = """() => performance.getEntriesByType("resource").filter((one) => one.name.endsWith("/whole.js")).map((one) => one.startTime)"""
# A page that is not small would have to have its reason here.
SMALL = dict.fromkeys(
    ("quotes", "claims", "compare", "sources", "data", "deal?id=milgem-corvettes", "search?said=naval"), MOST
)
SMALL |= {"timeline": MOST, "map": MOST, "value": PICTURED}


def bytes_of(visit: Visit, path: str = "") -> int:
    """Return how many bytes all answers to a first visit of a page have, headers and all."""
    wire = visit.page.context.new_cdp_session(visit.page)
    sizes: list[int] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    wire.send("Network.enable")
    visit.open(path).wait_for_timeout(500)  # what comes late
    return int(sum(sizes))


def test_a_first_visit_of_the_front_page_is_small(visit: Callable[..., Visit]) -> None:
    """The server compresses its best when it has time for it: the first readers after its start get a little more."""
    sizes = [bytes_of(visit())]
    while sizes[-1] >= MOST and len(sizes) < 20:
        sizes.append(bytes_of(visit()))
    assert 300_000 < sizes[-1] < MOST, sizes


@pytest.mark.parametrize("path", SMALL)
def test_a_first_visit_of_any_page_is_small(visit: Callable[..., Visit], path: str) -> None:
    assert 300_000 < bytes_of(visit(), path) < SMALL[path]


@pytest.mark.parametrize("path", PAGES)
def test_a_first_visit_of_any_page_takes_few_requests_each_for_something_that_is_there(
    visit: Callable[..., Visit], path: str
) -> None:
    reader = visit()
    asked: list[str] = []
    missing: list[str] = []
    said: list[str] = []
    came: list[str] = []  # over the wire

    def note(event: dict[str, Any]) -> None:
        answer = event["response"]
        if not answer.get("fromDiskCache") and not answer.get("fromPrefetchCache"):
            came.append(answer["url"])

    reader.page.on("request", lambda request: asked.append(request.url.split("?")[0]))
    wire = reader.page.context.new_cdp_session(reader.page)
    wire.on("Network.responseReceived", note)
    wire.send("Network.enable")
    reader.page.on("response", lambda answer: missing.append(answer.url) if answer.status >= 400 else None)
    reader.page.on("console", lambda message: said.append(message.text) if message.type == "warning" else None)
    reader.open(path)
    assert not missing
    own = [url for url in asked if url.startswith(reader.address)]
    assert len(own) < REQUESTS, own
    # The application's script alone is fetched ahead and then asked for again, and comes once.
    twice = [url for url, times in Counter(own).items() if times > 1]
    assert [url.rpartition("/")[2] for url in twice] == ["whole.js"], "asked for twice"
    assert (own.count(twice[0]), came.count(twice[0])) == (2, 1)
    assert not [words for words in said if "preload" in words]
    assert reader.faults == []


def test_the_application_opens_its_connection_without_waiting_for_what_it_need_not_know(
    visit: Callable[..., Visit],
) -> None:
    reader = visit()
    held: list[str] = []
    reader.page.route("**/_stcore/h*", lambda route: held.append(route.request.url))  # never answered
    page = reader.open("claims")
    page.wait_for_function("() => !document.getElementById('first')")
    assert {url.removeprefix(reader.address) for url in held} == {"/_stcore/health", "/_stcore/host-config"}


def test_the_application_begins_behind_its_words_in_a_browser_that_does_not_say_when_they_are_there(
    visit: Callable[..., Visit],
) -> None:
    reader = visit()
    reader.page.add_init_script("PerformanceObserver.prototype.observe = () => {}")
    page = reader.open("claims")
    page.wait_for_function("() => !document.getElementById('first')")
    assert reader.faults == []


def test_the_application_begins_once_and_not_before_its_words_are_on_screen(visit: Callable[..., Visit]) -> None:
    reader = visit()
    page = reader.open("claims")
    page.wait_for_timeout(1.5 * WAITS)
    fetched, *started = page.evaluate(ASKED)
    words = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert (fetched < started[0], len(started)) == (True, 1)
    assert started[0] > min(words, WAITS)  # a busy machine may take longer for the words


def test_a_browser_that_fetches_nothing_ahead_asks_for_the_application_itself(visit: Callable[..., Visit]) -> None:
    reader = visit()
    reader.page.add_init_script("DOMTokenList.prototype.supports = () => false")
    page = reader.open("claims")
    page.wait_for_function("() => !document.getElementById('first')")
    how = page.evaluate(ASKED.replace("one.startTime", "one.initiatorType"))
    assert "fetch" in how[:2], "before it is started"
    assert reader.faults == []


def test_no_page_takes_a_font_but_ours(visit: Callable[..., Visit]) -> None:
    reader = visit()
    fonts: set[str] = set()
    reader.page.on("requestfinished", lambda request: fonts.add(request.url) if ".woff2" in request.url else None)
    for path in ("value", "claims", "data", "sources"):
        page = reader.open(path)
        for button in page.get_by_role("button", name="Copy link").all():  # where code is shown
            button.click()
        page.wait_for_timeout(300)
        drawn = page.evaluate(
            "[...document.fonts].filter(face => face.status === 'loaded').map(face => `${face.family} ${face.style}`)"
        )
        assert {"Source Sans normal", "Source Serif normal", "Material Symbols Rounded normal"} <= {
            name.replace('"', "") for name in drawn
        }
    ours = {file.read_bytes() for file in FONTS.glob("*.woff2")}
    assert len(fonts) >= 3
    assert not [url for url in fonts if page.request.get(url).body() not in ours]
