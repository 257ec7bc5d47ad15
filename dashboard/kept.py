"""What is worked out once for all who ask for it, and kept for whoever asks next."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from functools import update_wrapper
from threading import Lock
from typing import Any, Generic, ParamSpec, TypeVar
from weakref import WeakSet

from dashboard.tables.load import Tables

Given = ParamSpec("Given")
Made = TypeVar("Made")


# All that keep something, so that somebody can count how much that is.
EVERY: WeakSet[Kept[..., Any]] = WeakSet()


class Kept(Generic[Given, Made]):
    """A function that keeps the last so many things that it made.

    Those who ask for the same thing at the same time wait for the one who came first. What could not be made is not kept.
    Streamlit's own cache does as much, in 1 ms a call in place of 0.02, since it hashes the text of every value.
    """

    def __init__(self, make: Callable[Given, Made], most: int) -> None:
        """Take the function, and how many things are kept of it."""
        update_wrapper(self, make)
        EVERY.add(self)
        self._make, self._most, self._lock = make, most, Lock()
        self._made: OrderedDict[Hashable, Future[Made]] = OrderedDict()

    def __len__(self) -> int:
        """Return how many things are kept."""
        return len(self._made)

    def __call__(self, *given: Given.args, **named: Given.kwargs) -> Made:
        """Return what is kept for these values, or make it."""
        key = tuple(map(_compared, (*given, *named.items())))
        with self._lock:
            made = self._made.get(key)
            if is_first := made is None:
                made = self._made[key] = Future()
                if len(self._made) > self._most:
                    self._made.popitem(last=False)
            else:
                self._made.move_to_end(key)
        if is_first:
            self._fill(key, made, given, named)
        return made.result()

    def _fill(self, key: Hashable, made: Future[Made], given: Any, named: Any) -> None:
        try:
            made.set_result(self._make(*given, **named))
        except BaseException as fault:  # those who wait learn of it, whatever it is
            with self._lock:
                self._made.pop(key, None)
            made.set_exception(fault)

    def clear(self) -> None:
        """Keep nothing of what was made so far."""
        with self._lock:
            self._made.clear()


def kept(most: int) -> Callable[[Callable[Given, Made]], Kept[Given, Made]]:
    """Return what keeps the last so many things that a function made, for all readers together.

    Its key is the state of the tables and the values handed in, and nothing else: what is kept so may not look at the
    address, the session or the browser of whoever came first.
    """
    return lambda make: Kept(make, most)


def _compared(value: Hashable) -> Hashable:
    """Return what says whether a value is another one: of tables the stamp, since tables read anew may be the same."""
    return value.stamp if isinstance(value, Tables) else value
