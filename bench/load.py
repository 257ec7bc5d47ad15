"""How many readers one server can bear: `python -m bench.load`, readers that speak Streamlit's websocket and no browser.

The server is started by itself on this machine, and nothing else is ever asked. Each reader opens a page and then changes
its view again and again: with pauses to think, or as fast as answers come. Printed are the times between a change and its
last message, the changes a second, and the memory that a reader costs while all are there. `--soak MINUTES` lets readers
change their views for so long, and says whether memory grows.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import random
import statistics
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from urllib.parse import urlencode

import aiohttp
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench.servers import ROOT, Server, product

PAGES = ("", "timeline", "value", "map", "quotes", "claims", "sources")
DOMAINS = ("air", "naval", "drones", "land", "cyber", "space", "multi")
READERS = (1, 10, 50, 200)
OPENED = 60  # seconds that all readers may take to open their page, and to get their last answer
LOOK = 0.02  # seconds between two looks whether all have
EVERY, SOAKING = 60, 20  # seconds between two looks at the memory; readers of a soak
GROWTH = 0.5  # megabytes a minute, above which memory is said to grow: 300 in ten hours
LONGEST = 15  # seconds that a reader thinks at most; unlike a browser, one that thinks hears no ping, and would be taken for gone
FRESH = 2_000  # views that a reader has to itself: more than it can look at in the time
LARGEST = 50_000_000  # bytes of a message
PATIENCE = 120  # seconds that a reader waits for an answer
KEPT = 2  # runs that a browser keeps what is not on screen: Streamlit's `global.maxCachedMessageAge`


@dataclass
class Found:
    """What is measured: seconds of each change, how many of them within the time, and how many readers have opened a page or failed.

    All open their page before the first changes its view, at `begin`; nobody leaves before `leave`.
    """

    seconds: list[float] = field(default_factory=list)
    within: int = 0
    opened: int = 0
    failed: int = 0
    until: float = 0.0
    begin: asyncio.Event = field(default_factory=asyncio.Event)
    leave: asyncio.Event = field(default_factory=asyncio.Event)


def views(fresh: bool, reader: int) -> list[str]:
    """Return addresses to look at in turn: those that all readers share, or such as nobody has asked for before."""
    chance = random.Random(reader)
    shared = [f"{page}?{urlencode({'domain': domain})}" for page in PAGES for domain in DOMAINS]
    chance.shuffle(shared)
    if not fresh:
        return shared
    years = [f"&from={since}&to={until}" for since in range(1990, 2030) for until in range(since, 2030)]
    turns = (divmod(at, len(years)) for at in chance.sample(range(len(shared) * len(years)), FRESH))
    return [shared[page] + years[span] for page, span in turns]


class Reader:
    """One open page, without a browser; like one, it keeps what it got for some runs and says so, and is not sent the same again."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Take the open websocket."""
        self.socket = socket
        self.kept: dict[str, int] = {}  # what was sent, by its hash: how many runs ago it was shown

    async def look(self, address: str) -> float:
        """Ask for a view and return the seconds until it was there whole."""
        page, _, query = address.partition("?")
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_name = page
        asked.rerun_script.cached_message_hashes.extend(self.kept)
        began = time.perf_counter()
        await self.socket.send_bytes(asked.SerializeToString())
        while True:
            message = await self.socket.receive()
            if message.type is not aiohttp.WSMsgType.BINARY:
                raise ConnectionError(f"The server ended the connection: {message.type.name}")
            sent = ForwardMsg.FromString(message.data)
            if sent.ref_hash or sent.metadata.cacheable:
                self.kept[sent.ref_hash or sent.hash] = 0
            if sent.WhichOneof("type") == "script_finished":
                self.kept = {name: age + 1 for name, age in self.kept.items() if age < KEPT}
                return time.perf_counter() - began


async def read(session: aiohttp.ClientSession, port: int, addresses: Iterable[str], think: float, found: Found) -> None:
    """Be one reader until the time is up."""
    try:
        async with session.ws_connect(
            f"http://127.0.0.1:{port}/_stcore/stream", protocols=("streamlit",), max_msg_size=LARGEST,
            headers={"Origin": f"http://127.0.0.1:{port}"},
        ) as socket:  # fmt: skip
            reader = Reader(socket)
            async with asyncio.timeout(PATIENCE):
                await reader.look("")
            found.opened += 1
            await found.begin.wait()
            for address in addresses:
                await asyncio.sleep(min(random.expovariate(1 / think), LONGEST) if think else 0)
                if time.perf_counter() > found.until:
                    break
                # Not for each message: a reader should cost next to nothing itself.
                async with asyncio.timeout(PATIENCE):
                    found.seconds.append(await reader.look(address))
            await found.leave.wait()
    except (aiohttp.ClientError, ConnectionError, TimeoutError):
        found.failed += 1


async def load(
    servers: Sequence[Server], readers: int, think: float, seconds: float, fresh: bool, held: list[float]
) -> Found:
    """Let so many readers look at views for so many seconds; note the memory of the servers every minute and at the end.

    Each reader stays with one server, as behind a proxy that knows its readers again.
    """
    found = Found()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        own = [views(fresh, at) if fresh else itertools.cycle(views(fresh, at)) for at in range(readers)]
        ports = itertools.cycle(server.port for server in servers)
        tasks = [asyncio.create_task(read(session, port, each, think, found)) for each, port in zip(own, ports)]  # noqa: B905 the ports never end
        patience = time.perf_counter() + OPENED
        while found.opened + found.failed < readers and time.perf_counter() < patience:
            await asyncio.sleep(LOOK)
        found.until = time.perf_counter() + seconds
        found.begin.set()
        while (left := found.until - time.perf_counter()) > 0:
            await asyncio.sleep(min(EVERY, left))
            held.append(sum(server.megabytes() for server in servers))
        found.within = len(found.seconds)
        found.leave.set()
        _, late = await asyncio.wait(tasks, timeout=OPENED)
        found.failed += len(late)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
    return found


def part(times: Sequence[float], share: float) -> float:
    """Return the time, in milliseconds, within which a share of the answers came."""
    return 1000 * sorted(times)[min(int(len(times) * share), len(times) - 1)] if times else float("nan")


def row(servers: Sequence[Server], readers: int, think: float, seconds: float, fresh: bool) -> str:
    """Return a line of the table of figures."""
    held = [sum(server.megabytes() for server in servers)]
    before, worked = held[0], sum(server.cpu() for server in servers)
    found = asyncio.run(load(servers, readers, think, seconds, fresh, held))
    each = 1000 * (sum(server.cpu() for server in servers) - worked) / max(1, len(found.seconds) + readers)
    return (
        f"| {readers} | {f'{think:g} s' if think else 'none'} | {'new' if fresh else 'repeated'} | {part(found.seconds, 0.5):,.0f} "
        f"| {part(found.seconds, 0.95):,.0f} | {found.within / seconds:,.1f} | {each:.0f} "
        f"| {(held[-1] - before) / readers:,.2f} | {found.failed} |"
    )


def growth(held: Sequence[float]) -> float:
    """Return by how many megabytes a minute memory grows over the second half, when all that is kept has been filled."""
    half = held[len(held) // 2 :]
    return statistics.linear_regression(range(len(half)), half).slope if len(half) > 1 else 0.0


def soak(servers: Sequence[Server], readers: int, think: float, minutes: float) -> bool:
    """Let readers change their views for so long; print the memory and say whether it grows."""
    held = [sum(server.megabytes() for server in servers)]
    found = asyncio.run(load(servers, readers, think, 60 * minutes, False, held))
    print(f"{readers} readers, {minutes:g} minutes, {len(found.seconds):,} changes, {found.failed} failed")
    print("MB at the start and after each minute: " + " ".join(f"{each:.0f}" for each in held))
    grows = growth(held) > GROWTH
    print(f"{growth(held):+.2f} MB a minute over the second half: {'memory GROWS' if grows else 'no growth'}")
    return grows


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--readers", type=int, nargs="+", default=READERS, help="how many at a time")
    parser.add_argument("--seconds", type=float, default=20, help="of each line")
    parser.add_argument(
        "--think", type=float, nargs="+", default=[2.0, 0.0], help="seconds that a reader thinks on average"
    )
    parser.add_argument("--new", action="store_true", help="views that nobody has asked for before, too")
    parser.add_argument("--soak", type=float, metavar="MINUTES", help="let readers change views for so long instead")
    parser.add_argument("--servers", type=int, default=1, help="between which the readers are shared out")
    given = parser.parse_args()
    with ExitStack() as stack:
        servers = [stack.enter_context(product(ROOT)) for _ in range(given.servers)]
        asyncio.run(load(servers, given.servers, 0, 10, False, []))  # what is kept for all is no reader's
        for server in servers:
            server.rest()
        if given.soak:
            readers = given.readers[0] if given.readers != READERS else SOAKING
            sys.exit(soak(servers, readers, given.think[0], given.soak))
        print("| readers | pause | views | p50 ms | p95 ms | changes a second | CPU ms each | MB a reader | failed |")
        print("|---|" + "---|" * 8)
        for readers in given.readers:
            for think in given.think:
                for fresh in (False, True) if given.new else (False,):
                    print(row(servers, readers, think, given.seconds, fresh), flush=True)


if __name__ == "__main__":
    main()
