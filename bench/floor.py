"""The empty Streamlit page, served as ours is: what no page of Streamlit can be faster than."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from dashboard.serving.compressed import Compressed

app = st.App(Path(__file__).with_name("empty.py"), middleware=[Middleware(Compressed)])
