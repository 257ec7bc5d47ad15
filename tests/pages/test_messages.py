"""How many messages a change of filter costs, so that it does not grow unseen: each is work for the server and for the browser."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.runtime.scriptrunner import ScriptRunner

from tests.pages.test_app import opened

pytestmark = pytest.mark.usefixtures("made_up_pages")
# At most so many: what there was when this was written, with room for one more. Who needs more looks first whether pieces
# of HTML, or scripts, can be one.
MOST = {"": 19, "timeline": 26, "value": 25, "map": 33, "quotes": 36, "claims": 23, "sources": 38}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Note every message of a run to the browser."""
    messages: list[Any] = []
    enqueue = ScriptRunner._enqueue_forward_msg

    def noted(self: ScriptRunner, message: Any) -> None:
        messages.append(message)
        enqueue(self, message)

    monkeypatch.setattr(ScriptRunner, "_enqueue_forward_msg", noted)
    return messages


@pytest.mark.parametrize("page", MOST)
def test_a_change_of_filter_costs_few_messages(page: str, sent: list[Any]) -> None:
    test = opened(page)
    sent.clear()
    test.query_params["domain"] = "naval"
    test.run()
    assert not test.exception
    kinds = [message.WhichOneof("type") for message in sent]
    assert kinds.count("delta") > 10, "the messages of the page itself are not counted"
    assert len(kinds) <= MOST[page]
