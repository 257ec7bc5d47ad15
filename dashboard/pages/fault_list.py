"""What a reader and a maintainer see when the data cannot be shown: every fault, and what to do about it."""

from __future__ import annotations

import streamlit as st

from dashboard.pages import heading
from dashboard.tables.load import DataError
from dashboard.templates import render as template
from dashboard.words import format_count, plural

SHOWN = 200


def render(error: DataError) -> None:
    """Show the faults that keep the tables from being shown."""
    count = len(error.faults)
    what = f"{format_count(count, 'fault')}, so nothing is shown until {plural(count, 'it is', 'they are')} mended."
    heading("Data fault", f"The data has {what}")
    st.html(template("faults.html", faults=error.faults[:SHOWN], count=count))
