"""Whether the server is alive (`/health`), and whether it has good tables to show (`/ready`), for whoever watches over it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.serving.answers import JSON_KIND, as_json
from dashboard.tables import load as data
from dashboard.tables.load import DataError

WATCH = ThreadPoolExecutor(1, "ready")
NOT_KEPT = {"cache-control": "no-store"}


async def alive(_: Request) -> Response:
    """Answer at once, whatever the tables are and whoever else asks."""
    return Response(as_json({"alive": True}), headers=NOT_KEPT, media_type=JSON_KIND)


async def ready(_: Request) -> Response:
    """Answer whether there is something to show, in a thread of its own: the others may all be at work for readers."""
    return await asyncio.get_running_loop().run_in_executor(WATCH, standing)


def standing() -> Response:
    """Return the version that is shown, and how many faults an edit has that is not shown for them."""
    try:
        tables = data.current()
    except DataError as error:
        return Response(as_json({"ready": False, "faults": error.count}), 503, NOT_KEPT, JSON_KIND)
    waiting = data.waiting()
    said = {"ready": True, "version": tables.version, "faults_waiting": waiting.count if waiting else 0}
    return Response(as_json(said), headers=NOT_KEPT, media_type=JSON_KIND)


ROUTES = [Route("/health", alive), Route("/ready", ready)]
