"""What is worked out once for all who ask for it, and kept for whoever asks next: what was asked for last, up to so many bytes in all."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from functools import update_wrapper
from threading import Lock
from typing import Any, Generic, ParamSpec, TypeVar

from dashboard.tables.load import Tables
from dashboard.weight import weight

Given = ParamSpec("Given")
Made = TypeVar("Made")

MOST = 200_000_000  # bytes, unless the settings say otherwise


class Store:
    """The things that were made, by what they were made of; those asked for longest ago make room for new ones.

    Who asks for the same thing at the same time waits for the one who came first. What could not be made is not kept.
    """

    def __init__(self, most: int = MOST) -> None:
        """Take how many bytes may be kept."""
        self.most, self.size, self._lock = most, 0, Lock()
        self._made: OrderedDict[tuple[Hashable, ...], tuple[Any, int]] = OrderedDict()
        self._making: dict[tuple[Hashable, ...], Future[Any]] = {}

    def __len__(self) -> int:
        """Return how many things are kept."""
        return len(self._made)

    def of(self, key: tuple[Hashable, ...], make: Callable[[], Made]) -> Made:
        """Return what is kept under a key, or make it; the key names all that it is made of, first of all what makes it."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key][0]
            making = self._making.get(key)
            if is_first := making is None:
                making = self._making[key] = Future()
        if is_first:
            self._make(key, making, make)
        return making.result()

    def _make(self, key: tuple[Hashable, ...], making: Future[Made], make: Callable[[], Made]) -> None:
        try:
            made = make()
            self._keep(key, made)
            making.set_result(made)
        except BaseException as fault:  # those who wait learn of it, whatever it is
            making.set_exception(fault)
        finally:
            with self._lock:
                del self._making[key]

    def _keep(self, key: tuple[Hashable, ...], made: Any) -> None:
        """Keep a thing, and let go of as many others as it takes; one that there is no room for at all pushes nothing out."""
        heavy = weight((key[1:], made))
        if heavy > self.most:
            return
        with self._lock:
            self._made[key] = made, heavy
            self.size += heavy
            while self.size > self.most:
                self.size -= self._made.popitem(last=False)[1][1]

    def clear(self, maker: Hashable) -> None:
        """Keep nothing of what one maker made so far."""
        with self._lock:
            for key in [key for key in self._made if key[0] is maker]:
                self.size -= self._made.pop(key)[1]


# One for all, so that what is kept has one bound, whatever readers ask for most.
STORE = Store()


class Kept(Generic[Given, Made]):
    """A function whose results are kept.

    Streamlit's own cache does as much, in 1 ms a call in place of 0.02, since it hashes the text of every value.
    """

    def __init__(self, make: Callable[Given, Made]) -> None:
        """Take the function."""
        update_wrapper(self, make)
        self._make = make

    def __call__(self, *given: Given.args, **named: Given.kwargs) -> Made:
        """Return what is kept for these values, or make it."""
        key = (self, *map(_compared, (*given, *named.items())))
        return STORE.of(key, lambda: self._make(*given, **named))

    def clear(self) -> None:
        """Keep nothing of what was made so far."""
        STORE.clear(self)


def kept(make: Callable[Given, Made]) -> Kept[Given, Made]:
    """Return a function whose results are kept for all readers together.

    The key of a result is the state of the tables and the values handed in, and nothing else: what is kept so may not look
    at the address, the session or the browser of whoever came first.
    """
    return Kept(make)


def _compared(value: Hashable) -> Hashable:
    """Return what says whether a value is another one: of tables the stamp, since tables read anew may be the same."""
    return value.stamp if isinstance(value, Tables) else value
