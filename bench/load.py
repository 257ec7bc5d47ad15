"""How many readers one server can bear: `python bench/load.py`, readers that speak Streamlit's websocket and no browser.

The server is started by itself on this machine, and nothing else is ever asked. Each reader opens a page and then changes
its view again and again: with pauses to think, or as fast as answers come. Printed are the times between a change and its
last message, the changes a second, and the memory that a reader costs.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
from run import ROOT, Server
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PAGES = ("", "timeline", "value", "map", "quotes", "claims", "sources")
DOMAINS = ("air", "naval", "drones", "land", "cyber", "training", "missiles", "space")
READERS = (1, 10, 50, 200)
ENOUGH = 20  # changes of one reader, at most
LARGEST = 50_000_000  # bytes of a message


@dataclass
class Found:
    """What was measured: seconds of each change, and how many readers failed."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0


def views(fresh: bool, reader: int) -> list[str]:
    """Return addresses to look at in turn: those that all readers share, or such as nobody has asked for before."""
    chance = random.Random(reader)
    shared = [f"{page}?{urlencode({'domain': domain})}" for page in PAGES for domain in DOMAINS]
    chance.shuffle(shared)
    if not fresh:
        return shared
    years = [(since, until) for since in range(1990, 2030) for until in range(since, 2030)]
    return [
        f"{page}&from={since}&to={until}"
        for page, (since, until) in zip(shared, chance.sample(years, len(shared)), strict=True)
    ]


class Reader:
    """One open page, without a browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Take the open websocket."""
        self.socket = socket

    async def look(self, address: str) -> float:
        """Ask for a view and return the seconds until it was there whole."""
        page, _, query = address.partition("?")
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_name = page
        began = time.perf_counter()
        await self.socket.send_bytes(asked.SerializeToString())
        while True:
            message = await self.socket.receive(timeout=120)
            if message.type is not aiohttp.WSMsgType.BINARY:
                raise ConnectionError(f"The server ended the connection: {message.type.name}")
            if ForwardMsg.FromString(message.data).WhichOneof("type") == "script_finished":
                return time.perf_counter() - began


async def read(
    session: aiohttp.ClientSession, port: int, addresses: Sequence[str], think: float, until: float, found: Found
) -> None:
    """Be one reader until the time is up."""
    try:
        async with session.ws_connect(
            f"http://127.0.0.1:{port}/_stcore/stream", protocols=("streamlit",), max_msg_size=LARGEST,
            headers={"Origin": f"http://127.0.0.1:{port}"},
        ) as socket:  # fmt: skip
            reader = Reader(socket)
            await reader.look("")
            for address in addresses:
                await asyncio.sleep(random.expovariate(1 / think) if think else 0)
                if time.perf_counter() > until:
                    break
                found.seconds.append(await reader.look(address))
    except (aiohttp.ClientError, ConnectionError, TimeoutError):
        found.failed += 1


async def load(port: int, readers: int, think: float, seconds: float, fresh: bool) -> Found:
    """Let so many readers look at views for so many seconds."""
    found = Found()
    until = time.perf_counter() + seconds
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        await asyncio.gather(
            *(
                read(session, port, views(fresh, number) * (1 if fresh else ENOUGH), think, until, found)
                for number in range(readers)
            )
        )
    return found


def megabytes(server: Server) -> float:
    """Return the memory of the server (Linux)."""
    fields = Path(f"/proc/{server.process.pid}/status").read_text(encoding="utf-8").split("VmRSS:")[1]
    return int(fields.split()[0]) / 1024


def row(server: Server, readers: int, think: float, seconds: float, fresh: bool) -> str:
    """Return a line of the table of figures."""
    before, began, worked = megabytes(server), time.perf_counter(), server.cpu()
    found = asyncio.run(load(server.port, readers, think, seconds, fresh))
    took, times = time.perf_counter() - began, sorted(found.seconds)
    each = 1000 * (server.cpu() - worked) / max(1, len(times) + readers)
    held = (megabytes(server) - before) / readers
    p50, p95 = (1000 * times[int(len(times) * share)] if times else float("nan") for share in (0.5, 0.95))
    return (
        f"| {readers} | {f'{think:g} s' if think else 'none'} | {'new' if fresh else 'repeated'} | {p50:,.0f} | {p95:,.0f} "
        f"| {len(times) / took:,.1f} | {each:.0f} | {held:,.2f} | {found.failed} |"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, nargs="+", default=READERS, help="how many at a time")
    parser.add_argument("--seconds", type=float, default=20, help="of each line; 600 is a soak")
    parser.add_argument(
        "--think", type=float, nargs="+", default=[2.0, 0.0], help="seconds that a reader thinks on average"
    )
    parser.add_argument("--new", action="store_true", help="views that nobody has asked for before, too")
    given = parser.parse_args()
    print(
        "| readers | pause | views | p50 ms | p95 ms | changes a second | CPU ms each | MB a reader | failed |\n"
        + "|---|" * 1
        + "---|" * 8
    )
    with tempfile.TemporaryDirectory(), Server(ROOT / "data") as server:
        for readers in given.readers:
            for think in given.think:
                for fresh in (False, True) if given.new else (False,):
                    print(row(server, readers, think, given.seconds, fresh), flush=True)


if __name__ == "__main__":
    main()
