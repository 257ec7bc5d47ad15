"""While very many cells are read or checked, Python does not look through them for what may be thrown away."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Generator[None]:
    """Hold off the search for objects that only hold each other; as a decorator, for the time of a call.

    Rows of cells never do, and of a million rows the search takes a fifth of all the time there is.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
