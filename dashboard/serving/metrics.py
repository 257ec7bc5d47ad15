"""What the server does, in numbers, for Prometheus at `/metrics`: readers, requests, times, what is kept, how old the tables are."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Iterator
from hmac import compare_digest

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.kept import STORE
from dashboard.serving.settings import settings
from dashboard.serving.unknown import PAGES
from dashboard.tables import load as data
from dashboard.tables.load import DataError

REGISTRY = CollectorRegistry()
READERS = Gauge("dashboard_readers", "Open sessions of pages.", registry=REGISTRY)
REQUESTS = Counter("dashboard_requests", "Answers, by what was asked and their status.", ["kind", "status"], registry=REGISTRY)  # fmt: skip
SECONDS = Histogram("dashboard_request_seconds", "How long answers took until they were sent.", ["kind"], registry=REGISTRY)  # fmt: skip
# What is asked, by the first part of its path; no other words become labels, so that there is an end of them.
KINDS = {"static": "static", "app": "static", "_stcore": "front", "api": "api", "data": "data", "health": "health", "ready": "health", "metrics": "health"}  # fmt: skip


NEAR = [ipaddress.ip_network(one) for one in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "::1/128", "fc00::/7", "fe80::/10")]  # fmt: skip
REFUSED = "These numbers are for whoever runs this server: from its own network, or with the token that is set.\n"


class Shown:
    """What is shown just now, looked up when it is asked for; and how many times that has changed."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.stamp, self.changes = "", 0

    def seen(self, stamp: str) -> None:
        """Note which tables are shown."""
        self.changes += bool(self.stamp) and stamp != self.stamp
        self.stamp = stamp

    def collect(self) -> Iterator[Metric]:
        """Yield the numbers on the tables and on what is kept."""
        waiting = data.waiting()
        yield GaugeMetricFamily("dashboard_faults_waiting", "Faults of an edit that is not shown for them.", waiting.count if waiting else 0)  # fmt: skip
        yield GaugeMetricFamily("dashboard_kept", "Things that are kept for all readers.", len(STORE))
        yield GaugeMetricFamily("dashboard_kept_bytes", "About how much memory they take.", STORE.size)
        yield GaugeMetricFamily(
            "dashboard_kept_most_bytes", "How much they may take at most (DEFENCE_TIES_KEPT_MB).", STORE.most
        )
        try:
            tables = data.current()
        except DataError:
            return
        self.seen(tables.stamp)
        yield GaugeMetricFamily("dashboard_data_age_seconds", "Since a file of the tables was written.", max(0.0, time.time() - data.changed()))  # fmt: skip
        shown = GaugeMetricFamily("dashboard_data_info", "Which tables are shown.", labels=["version", "stamp"])
        shown.add_metric([tables.version, tables.stamp], 1)
        yield shown
        yield CounterMetricFamily("dashboard_data_changes", "How many times other tables were shown since the start.", self.changes)  # fmt: skip


SHOWN = Shown()
REGISTRY.register(SHOWN)


def is_near(address: str) -> bool:
    """Say whether an address is of this machine or of a network of one's own; a proxy whose word counts names its client's."""
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    known = getattr(known, "ipv4_mapped", None) or known
    return any(known in network for network in NEAR if network.version == known.version)


def refused(request: Request) -> int:
    """Return the status for whoever may not read the numbers, 0 for who may: who knows the token, or where none is set who is near."""
    token = settings().metrics_token
    if token:
        given = request.headers.get("authorization", "")
        return 0 if compare_digest(given.encode(), f"Bearer {token}".encode()) else 401
    return 0 if request.client and is_near(request.client.host) else 403


def numbers(request: Request) -> Response:
    """Answer with all numbers in the text form of Prometheus."""
    if status := refused(request):
        return PlainTextResponse(REFUSED, status, {"www-authenticate": "Bearer"} if status == 401 else None)
    return Response(generate_latest(REGISTRY), headers={"content-type": CONTENT_TYPE_LATEST, "cache-control": "no-store"})  # fmt: skip


ROUTES = [Route("/metrics", numbers)]


def kind_of(path: str) -> str:
    """Return what sort of thing a path asks for."""
    first = path.strip("/").partition("/")[0]
    if first == "data" and path.strip("/") == "data":
        return "page"
    return KINDS.get(first, "page" if first in PAGES else "other")


class Counted:
    """ASGI middleware that counts requests, with how long each took, and open sessions."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the application to serve."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on what is asked, and count it."""
        if scope["type"] == "websocket":
            with READERS.track_inprogress():
                await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind, status = kind_of(scope["path"]), ["none"]

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                status[0] = str(message["status"])
            await send(message)

        try:
            with SECONDS.labels(kind).time():
                await self.app(scope, receive, sent)
        except Exception:  # the answer to it is made further out, where none has gone out yet
            status[0] = "500" if status[0] == "none" else status[0]
            raise
        finally:
            REQUESTS.labels(kind, status[0]).inc()
