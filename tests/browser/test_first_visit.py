"""What a first visit costs: few bytes, and no font but ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

FONTS = Path(__file__).parents[2] / "static" / "fonts"
MOST = 700_000  # bytes on the wire


def bytes_of(visit: Visit) -> int:
    """Return how many bytes all answers to a first visit of the front page have, headers and all."""
    wire = visit.page.context.new_cdp_session(visit.page)
    sizes: list[int] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    wire.send("Network.enable")
    visit.open("").wait_for_timeout(500)  # what comes late
    return int(sum(sizes))


def test_a_first_visit_of_the_front_page_is_small(visit: Callable[..., Visit]) -> None:
    """The server compresses its best when it has time for it: the first readers after its start get a little more."""
    sizes = [bytes_of(visit())]
    while sizes[-1] >= MOST and len(sizes) < 20:
        sizes.append(bytes_of(visit()))
    assert 300_000 < sizes[-1] < MOST, sizes


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
