"""What a reader sees who may not read just now, and where one who may signs out."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.pages import heading
from dashboard.templates import render as template


def render(refused: bool, email: str, providers: Sequence[str]) -> None:
    """Say why nothing is shown and offer a way on: to sign in with one of `providers`, or to sign out for who is `refused`."""
    heading("Sign-in", "You may not read this." if refused else "Sign in to read this.")
    st.html(template("sign_in/words.html", refused=refused, email=email))
    if refused:
        st.button("Sign out", on_click=st.logout, key="sign-out")
        return
    for name in providers:
        label = f"Sign in with {name.title()}" if len(providers) > 1 else "Sign in"
        st.button(label, on_click=st.login, args=(name,), key=f"sign-in-{name}")


def account(name: str) -> None:
    """Say below a page as whom the reader has signed in, and offer to sign out."""
    with st.container(horizontal=True, vertical_alignment="center", key="account"):
        st.html(template("paragraph.html", kind="meta", words=f"Signed in as {name}."), width="content")
        st.button("Sign out", on_click=st.logout, type="tertiary", key="sign-out", width="content")
