"""What readers are likely to ask for next, worked out while nobody waits: the pages with filters, whole and with one filter that is a short list."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module

from dashboard import address
from dashboard.choices.parameters import EVERY
from dashboard.kept import STORE
from dashboard.tables.load import DataError, Tables

SECOND = 1
REST = 9  # times as long as the last address took: a tenth of one processor at most, and readers wait for one address
LONGEST = 20  # seconds of work; with very many rows the likeliest have to do
SHARE = 0.25  # of what may be kept; the rest is for what readers really ask for
PAGES = ("", "map", "timeline", "value", "quotes", "claims", "sources", "compare")
FILTERS = ("domain", "sure", "status", "kind", "country")  # the likeliest first


def likely(tables: Tables) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Return pages and what their addresses ask for, the likeliest first."""
    yield from ((page, {}) for page in PAGES)
    for name in FILTERS:
        one = EVERY[name]
        for value in one.choices(tables) if one.choices else ():
            yield from ((page, {name: [value]}) for page in PAGES if value != one.default)


def prepare(tables: Tables, page: str, given: dict[str, list[str]], site: str) -> None:
    """Work out what an address of a page shows, whose links are those of a site; a fault is one for the log alone."""
    try:
        prepared = import_module(f"dashboard.pages.{page or 'overview'}").prepare
        prepared(tables, address.read(tables, page, given, site))
    except Exception:
        logging.getLogger(__name__).exception("The page %s could not be prepared", page or "overview")


async def prepare_all(tables: Tables, site: str) -> None:
    """Prepare the likely addresses one by one, with a rest after each."""
    spent = 0.0
    for page, given in likely(tables):
        began = time.monotonic()
        await asyncio.to_thread(prepare, tables, page, given, site)
        taken = time.monotonic() - began
        spent += taken
        if spent > LONGEST or STORE.size > SHARE * STORE.most:
            return
        await asyncio.sleep(REST * taken)


async def prepare_ahead() -> None:
    """Prepare the likely addresses once the first reader has come, who shows of which site links are, and anew for new tables."""
    from dashboard import controls
    from dashboard.tables import load as data

    done = ""
    while True:
        await asyncio.sleep(SECOND)
        with suppress(DataError):
            if controls.LATEST:
                tables = await asyncio.to_thread(data.current)
                if tables.stamp != done:
                    await prepare_all(tables, controls.LATEST[0])
                    done = tables.stamp
