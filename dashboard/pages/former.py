"""The tables as they were in the version that an address names, in place of those of today, and what says so above every page."""

from __future__ import annotations

import streamlit as st

from dashboard.address import Asked
from dashboard.gate.then import Then
from dashboard.templates import render as template
from dashboard.views.former import found as found  # what is shown, and what says so


def banner(former: Then, here: Asked) -> None:
    """Say that the tables are those of a former version, or why these cannot be shown, and offer the way back to today's."""
    with st.container(horizontal=True, vertical_alignment="center", key="former"):
        st.html(template("former.html", former=former, version=here.one("v"), back=here.dated("no")))
