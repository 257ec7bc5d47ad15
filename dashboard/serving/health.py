"""Whether the server is alive (`/health`), and whether it has good tables to show (`/ready`), for whoever watches over it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.serving.answers import JSON_KIND, as_json
from dashboard.tables import load as data
from dashboard.tables.load import DataError

NOT_KEPT = {"cache-control": "no-store"}


def alive(_: Request) -> Response:
    """Answer at once, whatever the tables are."""
    return Response(as_json({"alive": True}), headers=NOT_KEPT, media_type=JSON_KIND)


def ready(_: Request) -> Response:
    """Answer with the version that is shown, and how many faults an edit has that is not shown for them."""
    try:
        tables = data.current()
    except DataError as error:
        return Response(as_json({"ready": False, "faults": error.count}), 503, NOT_KEPT, JSON_KIND)
    waiting = data.waiting()
    said = {"ready": True, "version": tables.version, "faults_waiting": waiting.count if waiting else 0}
    return Response(as_json(said), headers=NOT_KEPT, media_type=JSON_KIND)


ROUTES = [Route("/health", alive), Route("/ready", ready)]
