"""A Streamlit page with one word on it."""

import streamlit as st

st.title("x")
