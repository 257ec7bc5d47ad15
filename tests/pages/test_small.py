"""What a hostile address can make us send: little more than the page, since nothing of it is repeated in every link."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

from dashboard.choices.parameters import SHARED
from dashboard.tables.load import Tables
from tests.page import opened

pytestmark = pytest.mark.usefixtures("made_up_pages")
PAGES = ("overview", "timeline", "value", "map", "quotes", "claims", "compare", "sources", "data", "deal", "search")
FEW = 4_000  # bytes of sentences about what was left out
HOSTILE: dict[str, list[str]] = {
    "one long value": ["x" * 6_000],
    "many values": [f"x{number}" for number in range(400)],
    "values between commas": [",".join(["zz"] * 2_000)],
    "signs of several bytes": ["\u202e😀ş" * 500],
}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many bytes each message to the browser has, from now on."""
    sizes: list[int] = []
    enqueue = ScriptRunContext.enqueue

    def noted(context: ScriptRunContext, message) -> None:
        sizes.append(message.ByteSize())
        enqueue(context, message)

    monkeypatch.setattr(ScriptRunContext, "enqueue", noted)
    return sizes


def shown(sent: list[int], page: str, params: dict[str, list[str]]) -> int:
    """Return how many bytes a page at an address takes."""
    sent.clear()
    opened(page, **params)
    return sum(sent)


@pytest.mark.parametrize("page", PAGES)
def test_what_cannot_be_read_of_an_address_makes_no_page_large(sent: list[int], page: str) -> None:
    plain = shown(sent, page, {})
    assert plain > FEW
    for kind, values in HOSTILE.items():
        asked = dict.fromkeys(("domain", "country", "q"), values)
        assert shown(sent, page, asked) < plain + 4 * len(urlencode(asked, doseq=True)) + FEW, kind


@pytest.mark.parametrize("page", PAGES)
def test_all_that_can_be_chosen_at_once_makes_no_page_large(sent: list[int], page: str, made_up: Tables) -> None:
    plain = shown(sent, page, {})
    every = {one.name: list(one.choices(made_up)) for one in SHARED if one.several and one.choices and not one.every}
    assert shown(sent, page, every) < 4 * plain
