"""How the dashboard is served: `uvicorn dashboard.server:app`, the same pages as `streamlit run app.py`, and more.

What is asked beside the pages is a route, what happens to every request is a middleware; each is a module of `dashboard/serving/`.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from dashboard.serving import api, door, feed, files, health, metrics
from dashboard.serving.compressed import Compressed
from dashboard.serving.door import Door
from dashboard.serving.metrics import Counted
from dashboard.serving.start import warm
from dashboard.serving.unknown import Unknown

app = st.App(
    Path(__file__).parent.parent / "app.py",
    lifespan=warm,
    routes=[
        Route("/changes.xml", feed.answer),
        Route("/sign-in", door.begin),
        *api.ROUTES,
        *files.ROUTES,
        *health.ROUTES,
        *metrics.ROUTES,
    ],
    middleware=[Middleware(Counted), Middleware(Door), Middleware(Unknown), Middleware(Compressed)],
)
