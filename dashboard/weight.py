"""How much memory a thing takes: near enough to say when there is too much of it, and found in few milliseconds however large it is."""

from __future__ import annotations

from gc import get_referents
from sys import getsizeof
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from dashboard.tables.model import Tables

SOME = 30  # parts of a thing that are weighed; the others are taken to be like them
CELLS = 1_000  # of a column that are weighed
MOST = 1_000  # parts of parts in all; what lies deeper is not looked into
# These are there in any case, whatever is kept.
ELSEWHERE = (type, ModuleType, BuiltinFunctionType, CodeType, Tables)


def weight(thing: Any) -> int:
    """Return about how many bytes a thing takes, with all that it holds: texts and tables as they are, of long lists a part."""
    return round(_weight(thing, set()))


def _weight(thing: Any, seen: set[int]) -> float:
    """Return the bytes of a thing, but for what was `seen` before."""
    if isinstance(thing, str | bytes):
        return getsizeof(thing)
    if id(thing) in seen or isinstance(thing, ELSEWHERE):
        return 0
    seen.add(id(thing))
    if isinstance(thing, pd.DataFrame):
        return sum(_column(column) for _, column in thing.items())
    if isinstance(thing, pd.Series):
        return _column(thing)
    if isinstance(thing, np.ndarray | pa.Table | pd.Index):
        return thing.nbytes
    parts = _parts(thing) if len(seen) < MOST else []
    # An odd step, since the keys and the values of a dict take turns.
    weighed = parts[:: len(parts) // SOME * 2 + 1]
    share = len(parts) / len(weighed) if weighed else 1
    return getsizeof(thing) + share * sum(_weight(part, seen) for part in weighed)


def _column(column: pd.Series) -> float:
    """Return the bytes of a column; in a long one not every cell is looked into."""
    some = column.iloc[:: len(column) // CELLS + 1]
    return some.memory_usage(index=False, deep=True) * len(column) / max(1, len(some))


def _parts(thing: Any) -> list[Any]:
    """Return what a thing holds; of a function that is what it was made with, for the names of its module are not its own."""
    if isinstance(thing, FunctionType):
        return [*(thing.__closure__ or ()), thing.__defaults__]
    return get_referents(thing)
