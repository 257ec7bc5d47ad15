"""The tables as they were in the version that an address names, in place of those of today, and what says so above every page."""

from __future__ import annotations

import streamlit as st

from dashboard.address import Asked
from dashboard.gate.then import Then, then
from dashboard.tables.load import Tables
from dashboard.templates import render as template


def found(now: Tables, here: Asked) -> Then | None:
    """Return the version that the address asks to see, as far as it can be shown; None where it asks for the tables of now."""
    version = here.one("v")
    return then(now, version) if here.is_then and (version != now.version or now.is_edited) else None


def banner(former: Then, here: Asked) -> None:
    """Say that the tables are those of a former version, or why these cannot be shown, and offer the way back to today's."""
    with st.container(horizontal=True, vertical_alignment="center", key="former"):
        st.html(template("former.html", former=former, version=here.one("v"), back=here.dated("no")))
