"""How the dashboard is served: `uvicorn dashboard.server:app`, the same pages as `streamlit run app.py`, and more.

What is asked beside the pages is a route, what happens to every request is a middleware; each is a module of `dashboard/serving/`.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from dashboard.serving import api, citations, door, feed, files, health, icon, logs, metrics, pictures, sign_in, unknown
from dashboard.serving.compressed import Compressed
from dashboard.serving.door import Door
from dashboard.serving.first_html import FirstHtml
from dashboard.serving.headers import SafeHeaders
from dashboard.serving.hosts import Hosts
from dashboard.serving.joined import Joined
from dashboard.serving.limits import Limits
from dashboard.serving.logs import Logged
from dashboard.serving.metrics import Counted
from dashboard.serving.start import warm
from dashboard.serving.unknown import Unknown


@asynccontextmanager
async def alive(started: st.App) -> AsyncGenerator[None]:
    """Serve for as long as what is set up is safe, with a log that keeps readers' secrets."""
    logs.set_up()
    if fault := sign_in.fault():
        raise ValueError(fault)
    async with warm(started):
        yield


app = st.App(
    Path(__file__).parent.parent / "app.py",
    lifespan=alive,
    routes=[
        Route("/changes.xml", feed.answer),
        Route("/sign-in", door.begin),
        Route("/favicon.ico", icon.answer),
        *pictures.ROUTES,
        *citations.ROUTES,
        *api.ROUTES,
        *files.ROUTES,
        *health.ROUTES,
        *metrics.ROUTES,
        *unknown.ROUTES,
    ],
    # From the outermost inwards; what a reader may read is decided before anything is answered.
    middleware=[
        Middleware(one)
        for one in (SafeHeaders, Logged, Counted, Hosts, Limits, Door, Unknown, Compressed, Joined, FirstHtml)
    ],
)
