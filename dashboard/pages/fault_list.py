"""What a reader and a maintainer see when the data cannot be shown: every fault, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from dashboard import markup
from dashboard.pages import heading
from dashboard.tables.load import DataError

SHOWN = 200


def render(error: DataError) -> None:
    """Show the faults that keep the tables from being shown."""
    count = len(error.faults)
    heading(
        "Data fault", f"The data has {count:,} fault{'s' * (count != 1)}, so nothing is shown until they are mended."
    )
    st.write("The last release is unharmed. Mend the rows below and this page turns into the dashboard by itself.")
    headings = ["File", "Line", "Column", "Value", "What is wrong", "What to do"]
    st.html(markup.table(headings, _rows(error), "Faults in the data files"))
    if count > SHOWN:
        st.write(f"The first {SHOWN} of {count:,} are listed; `make check` prints them all.")


def _rows(error: DataError) -> Iterator[list[str]]:
    for fault in error.faults[:SHOWN]:
        line = str(fault.line) if fault.line else "whole file"
        yield [fault.file, line, fault.column, fault.value, fault.problem, fault.remedy]
