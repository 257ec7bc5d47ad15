"""How the dashboard is served: `uvicorn dashboard.server:app`, the same pages as `streamlit run app.py`, and more.

What is asked beside the pages is a route, what happens to every request is a middleware; each is a module of `dashboard/serving/`.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from dashboard.serving import door, feed
from dashboard.serving.compressed import Compressed
from dashboard.serving.door import Door
from dashboard.serving.start import warm

app = st.App(
    Path(__file__).parent.parent / "app.py",
    lifespan=warm,
    routes=[Route("/changes.xml", feed.answer), Route("/sign-in", door.begin)],
    middleware=[Middleware(Door), Middleware(Compressed)],
)
