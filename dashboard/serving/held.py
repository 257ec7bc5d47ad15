"""An answer with the tag by which a browser knows that it has it already."""

from __future__ import annotations

import hashlib
import re
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
