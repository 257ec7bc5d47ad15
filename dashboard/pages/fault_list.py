"""What everybody sees of data with faults: the list of them in place of every page, or a line while an edit waits."""

from __future__ import annotations

import streamlit as st

from dashboard.address import Links
from dashboard.pages import heading
from dashboard.tables import load as data
from dashboard.tables.faults import Fault
from dashboard.tables.load import DataError
from dashboard.templates import render as template
from dashboard.words import format_count, plural

SECONDS = 1  # between two looks whether the faults are mended


def render(error: DataError) -> None:
    """Show the faults that keep the tables from being shown, and the page asked for as soon as they are mended."""
    count = error.count
    what = f"{format_count(count, 'fault')}, so nothing is shown until {plural(count, 'it is', 'they are')} mended."
    heading("Data fault", f"The data has {what}")
    st.html(template("faults/page.html", faults=error.faults, count=count))
    _wait_for_change(error.faults)


@st.fragment(run_every=SECONDS)
def _wait_for_change(faults: list[Fault]) -> None:
    """Draw the page anew, at the address that it has, once the files have other faults or none."""
    try:
        data.current()
    except DataError as error:
        if error.faults == faults:
            return
    st.rerun()


def banner(to: Links) -> None:
    """Say in a line that an edit with faults waits and of when the data on the page is; nothing where none waits."""
    if waiting := data.waiting():
        st.html(template("faults/banner.html", waiting=waiting, to=to))
