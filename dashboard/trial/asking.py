"""Which sessions have a page on screen that asks for files: only they may send any."""

from __future__ import annotations

from collections import OrderedDict

from streamlit.runtime.scriptrunner import get_script_run_ctx

MOST = 1_000  # sessions remembered; of more, those that asked last
_ASKING: OrderedDict[str, None] = OrderedDict()


def ask() -> None:
    """Note that the session whose page is being drawn asks for files."""
    if context := get_script_run_ctx():
        _ASKING[context.session_id] = None
        _ASKING.move_to_end(context.session_id)
        while len(_ASKING) > MOST:
            _ASKING.popitem(last=False)


def asks(session: str) -> bool:
    """Say whether a session has been asked for files."""
    return session in _ASKING
