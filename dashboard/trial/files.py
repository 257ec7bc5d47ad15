"""The files that a session tries, and where they are dropped; nothing of them outlasts the session."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard.gate.dropped import Upload
from dashboard.trial import asking


def tried() -> tuple[Upload, ...]:
    """Return the files that this session tries, none where it tries none."""
    return st.session_state.get("tried", ())


def drop(label: str, types: Sequence[str], megabytes: int, most: int) -> None:
    """Show where to drop files of some types to try; those that are over `most` are counted and no more."""
    asking.ask()
    key = f"drop-{st.session_state.setdefault('drops', 0)}"
    st.file_uploader(
        label, type=list(types), accept_multiple_files=True, key=key, on_change=partial(_take, key, most),
        max_upload_size=megabytes,
    )  # fmt: skip


def _take(key: str, most: int) -> None:
    """Let this session try the files just dropped, in place of any before."""
    files = st.session_state[key]
    st.session_state["tried"] = tuple(
        Upload(file.name, file.getvalue() if number < most else b"") for number, file in enumerate(files)
    )


def leave() -> None:
    """Let this session try no file any more, and empty the place where they were dropped."""
    st.session_state["tried"] = ()
    st.session_state["drops"] = st.session_state.get("drops", 0) + 1
