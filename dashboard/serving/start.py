"""What is done before the first reader comes, and beside all readers: the tables are read, and looked at for changes."""

from __future__ import annotations

import asyncio
import ctypes
import gc
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from functools import cache, wraps
from importlib import import_module
from pkgutil import iter_modules

import pyarrow as pa
import streamlit as st
from streamlit import runtime
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from dashboard.serving.likely import prepare_ahead
from dashboard.serving.settings import settings
from dashboard.tables.load import DataError

SECOND = 1
LOOKS = 60  # between two searches for garbage


def give_back() -> None:
    """Search for garbage and give what is free back to the system: the library of C keeps it for later (glibc; others do not).

    A session that has ended holds an event loop of its own, three files to the kernel, until it is found.
    """
    gc.collect()
    pa.default_memory_pool().release_unused()
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def forget() -> None:
    """Let go of sessions that nobody has come back to in time, with the files they were sent: Streamlit does so when the next one ends."""
    with suppress(AttributeError, RuntimeError):
        runtime.get_instance()._session_mgr._session_storage._cache.expire()  # ty: ignore[missing-attribute]


async def look_out() -> None:
    """Look every second whether the tables have changed: readers need not wait for it, and the log has faults that nobody saw."""
    from dashboard.serving.metrics import SHOWN
    from dashboard.tables import load as data

    looks = 0
    while True:
        await asyncio.sleep(SECOND)
        looks += 1
        if not looks % LOOKS:
            forget()
            await asyncio.to_thread(give_back)
        with suppress(DataError):
            SHOWN.seen((await asyncio.to_thread(data.current)).stamp)


@cache
def keep_theme() -> None:
    """Let Streamlit read its theme from the settings once: each run of a page does so, which is a twelfth of what the run costs."""
    with suppress(AttributeError):
        read = app_session._populate_theme_msg

        @cache
        def theme(section: str) -> CustomThemeConfig:
            found = CustomThemeConfig()
            read(found, section)
            return found

        @wraps(read)
        def populate(message: CustomThemeConfig, section: str = "theme") -> None:
            if found := theme(section).SerializeToString():  # a part that is not set must not look set
                message.MergeFromString(found)

        app_session._populate_theme_msg = populate  # ty: ignore[invalid-assignment]


@asynccontextmanager
async def warm(_: st.App) -> AsyncGenerator[None]:
    """Before the first reader, read code and tables and work out what no filter changes; faults are listed."""
    from dashboard import filters, kept, pages
    from dashboard.charts.timeline import bars
    from dashboard.gate import history
    from dashboard.questions import deals, evidence, flows, ledger, lexicon
    from dashboard.questions import sources as bibliography
    from dashboard.tables import load as data

    asked_of_all = (
        *(bibliography.count_uses, bibliography.rests_on, deals.newest_steps, evidence.one_sided),
        *(flows.flow_deals, flows.ends, ledger.ledger, lexicon.index_of, bars.dated),
        *(history.history, filters.shared),
    )
    keep_theme()
    kept.STORE.most = round(settings().kept_mb * 1_000_000)
    for page in iter_modules(pages.__path__, f"{pages.__name__}."):
        import_module(page.name)
    with suppress(DataError):
        tables = data.current()
        for once in asked_of_all:
            once(tables)
    gc.freeze()  # what is there for good is never searched for garbage again
    beside = [asyncio.create_task(look_out()), asyncio.create_task(prepare_ahead())]
    yield
    for task in beside:
        task.cancel()
