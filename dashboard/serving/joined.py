"""The scripts of the front end in one file: what every page needs of Streamlit's hundred small ones, which took a request each.

`static/scripts/build.py` joins them. They stand in a folder of their own, named after what they are made of, so that a browser
that has kept Streamlit's own never mixes the two: what else is asked for in that folder takes what is joined from there.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from functools import cache
from pathlib import Path

import pyarrow as pa
import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

FRONT = Path(st.__file__).parent / "static" / "static" / "js"
HERE = Path(__file__).parents[2] / "static" / "scripts"
WHOLE = "whole.js"
PACKED = (HERE / f"{WHOLE}.br").read_bytes()
# Of each script that is joined, under which names it hands out what it holds, and the names in the whole.
PARTS: dict[str, dict[str, str]] = json.loads((HERE / "parts.json").read_text(encoding="utf-8"))
FOLDER = f"/static/joined.{hashlib.sha256(PACKED).hexdigest()[:8]}/"
HEADERS = {"content-type": "text/javascript; charset=utf-8", "cache-control": "public, immutable, max-age=31536000"}

START = re.compile(rb'(?<=<script type="module" crossorigin src=")\./static/js/index\.[\w-]+\.js(?=")')
AHEAD = re.compile(rb'\s*<link rel="modulepreload"[^>]*>')  # the same scripts one by one
TAKEN = re.compile(r'(?<=import)\{([^}]*)\}from"\./([^"]+)"')  # what one script takes from another


@cache
def names() -> frozenset[str]:
    """Return the names of Streamlit's scripts, which change with what they hold."""
    return frozenset(path.name for path in FRONT.glob("*.js"))


def is_up_to_date() -> bool:
    """Say whether the file was made of the scripts of the Streamlit that is installed; of any other they cannot be mixed."""
    return PARTS.keys() <= names()


def page(html: bytes) -> bytes:
    """Return the front end's page with the one file in place of the many."""
    if not is_up_to_date():
        return html
    return START.sub(f".{FOLDER}{WHOLE}".encode(), AHEAD.sub(b"", html))


def whole() -> bytes:
    """Return the file as it is before it is compressed."""
    return pa.CompressedInputStream(pa.BufferReader(PACKED), "brotli").read()


def packed() -> MutableHeaders:
    """Return the headers of the file as it is kept, compressed as well as can be."""
    own = {"content-length": str(len(PACKED)), "content-encoding": "br", "vary": "accept-encoding"}
    return MutableHeaders({**HEADERS, **own})


def part(name: str) -> str:
    """Return what stands in the place of a script that is joined: its names, from the whole."""
    given = ",".join(f"{within} as {of}" for of, within in PARTS[name].items())
    return f'export{{{given}}}from"./{WHOLE}";'


def apart(name: str) -> str:
    """Return one of Streamlit's other scripts, which takes what is joined from the whole."""
    return TAKEN.sub(_from_whole, (FRONT / name).read_text(encoding="utf-8"))


def _from_whole(found: re.Match[str]) -> str:
    taken, name = found.groups()
    if name not in PARTS:
        return found[0]
    pairs = [one.partition(" as ") for one in taken.split(",")]
    within = ",".join(f"{PARTS[name][of]} as {here or of}" for of, _, here in pairs)
    return f'{{{within}}}from"./{WHOLE}"'


class Joined:
    """ASGI middleware that answers what is asked for in the folder of the joined scripts."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the application to serve."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a script; hand every other request on."""
        name = scope["path"].removeprefix(FOLDER) if scope["type"] == "http" else ""
        if name == WHOLE:
            await Response(await asyncio.to_thread(whole), headers=HEADERS)(scope, receive, send)
        elif scope["type"] == "http" and scope["path"] != name and name in names():
            text = part(name) if name in PARTS else await asyncio.to_thread(apart, name)
            await Response(text, headers=HEADERS)(scope, receive, send)
        else:
            await self.app(scope, receive, send)
