"""A plain Streamlit page of the same rows, written without a thought for speed: a filter, a chart and a table; `/words` has no chart."""

from pathlib import Path

import pandas as pd
import plotly.express as px
import streamlit as st


def deals(*, chart: bool) -> None:
    """Show the deals of some domains."""
    rows = pd.read_csv(Path(__file__).parents[1] / "data" / "deals.csv")
    rows["domain"] = rows["domain"].str.title()
    chosen = st.sidebar.multiselect("Domain", sorted(rows["domain"].dropna().unique()))
    shown = rows[rows["domain"].isin(chosen)] if chosen else rows
    st.title(f"{len(shown)} of {len(rows)} deals")
    with st.container(key="chosen"):
        st.write(", ".join(chosen))
    if chart:
        worth = px.bar(shown, x="value_usd_m", y="domain", color="value_basis", hover_name="title", orientation="h")
        st.plotly_chart(worth)
    st.dataframe(shown)


def drawn() -> None:
    """Show the page with its chart."""
    deals(chart=True)


def words() -> None:
    """Show the page without a chart."""
    deals(chart=False)


st.navigation([st.Page(drawn, default=True), st.Page(words)], position="hidden").run()
