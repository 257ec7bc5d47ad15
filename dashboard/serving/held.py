"""Answers kept in memory for all readers together: those asked for last, and never more bytes of them than a bound."""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import NamedTuple

from starlette.datastructures import Headers
from starlette.types import Scope


class Made(NamedTuple):
    """What was made to answer with, and the tag by which a browser knows that it has it already."""

    body: bytes
    tag: str

    @classmethod
    def of(cls, body: bytes) -> Made:
        """Return a body with its tag."""
        return cls(body, f'"{hashlib.sha256(body).hexdigest()[:16]}"')

    def is_known(self, scope: Scope) -> bool:
        """Say whether whoever makes a request has it already."""
        return self.tag in re.split(r",\s*", Headers(scope=scope).get("if-none-match", "").replace("W/", ""))


class Held:
    """The answers made last, by what they were made of."""

    def __init__(self, most: int) -> None:
        """Take how many bytes may be held."""
        self.most, self.size = most, 0
        self._made: OrderedDict[Hashable, Made] = OrderedDict()
        self._lock = Lock()

    def of(self, key: Hashable, make: Callable[[], bytes]) -> Made:
        """Return the answer for a key, made now where it is not held; the key names all that it is made of."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        made = Made.of(make())
        with self._lock:
            self.size += len(made.body) - len(self._made.pop(key, Made(b"", "")).body)
            self._made[key] = made
            while self.size > self.most:
                self.size -= len(self._made.popitem(last=False)[1].body)
        return made
