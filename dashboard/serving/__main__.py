"""Serve the dashboard, as `make run` does and production too: `python -m dashboard.serving`, on HOST and PORT."""

from __future__ import annotations

import ctypes
import os
import resource
from contextlib import suppress

import uvicorn

from dashboard.serving import logs
from dashboard.serving.hurried import Hurried, HurriedPage

MOST = 4_000  # connections and open pages, beyond which the answer is 503
HEAD = 128_000  # bytes of a request before its content, so that a long address gets an answer of ours
ARENA_MAX, ARENAS = -8, 2  # the number of a setting of glibc, and how many heaps there may be


def few_heaps() -> None:
    """Let the library of C keep few heaps: each run of a page is a thread, and would spread its memory over one more (glibc; others do not)."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(ARENA_MAX, ARENAS)


def main() -> None:
    """Serve until a signal to stop; readers then have some seconds to get what they have asked for."""
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))  # each connection is a file to the kernel
    few_heaps()
    logs.set_up()
    uvicorn.run(
        "dashboard.server:app",
        host=os.environ.get("HOST") or "127.0.0.1",
        port=int(os.environ.get("PORT") or 8501),
        http=Hurried,
        ws=HurriedPage,
        ws_max_size=1_000_000,
        h11_max_incomplete_event_size=HEAD,
        limit_concurrency=MOST,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=10,
        log_config=None,
        access_log=False,
        server_header=False,
    )


main()
