"""Whether memory is bounded however many different addresses are asked for: `python -m bench.flood`, 100,000 of them.

The server is started by itself on this machine. Pages, their JSON and their pictures are asked for, by filters, years and words that
nobody has asked for before, and now and then a whole session. Printed is the memory as it goes on, and after a rest.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import aiohttp

from bench.load import DOMAINS, LARGEST, PAGES, Reader
from bench.servers import ROOT, Server, product

KINDS = ("{}", "{}", "api/{}", "api/{}", "picture/{}/picture.svg", "picture/{}.png")  # by turns
SESSION, LINES, REST = 200, 20, 70  # addresses for each session, lines printed, seconds


def addresses(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield pages and queries without end, hardly one twice: most look for words that stand nowhere, every eighth shows much."""
    while True:
        since = chance.randint(1980, 2020)
        asked = {
            "from": since,
            "to": chance.randint(since, 2030),
            "domain": chance.sample(DOMAINS, chance.randint(1, 5)),
        }
        if chance.random() < 1 / 8:
            yield chance.choice((*PAGES, "data", "compare")), urlencode(asked, doseq=True)
        else:
            words = {
                chance.choice(("said", "q", "id")): chance.randbytes(45).hex(),
                "country": chance.randbytes(500).hex(),
            }
            yield chance.choice(("search", "deal", "nowhere")), urlencode(words)


async def ask(session: aiohttp.ClientSession, port: int, number: int, page: str, query: str) -> None:
    """Ask for one address in one of the ways, or look at it as a reader does."""
    if number % SESSION == 0:
        site = f"http://127.0.0.1:{port}"
        async with session.ws_connect(
            f"{site}/_stcore/stream", protocols=("streamlit",), max_msg_size=LARGEST, headers={"Origin": site}
        ) as socket:
            await Reader(socket).look(f"{page}?{query}")
        return
    path = KINDS[number % len(KINDS)].format(page or ("overview" if number % len(KINDS) > 1 else ""))
    async with session.get(f"http://127.0.0.1:{port}/{path}?{query}") as answer:
        await answer.read()
        if answer.status >= 500:
            raise ConnectionError(f"{answer.status} for /{path}?{query}")


async def kept(session: aiohttp.ClientSession, port: int) -> str:
    """Return what the server says that it keeps."""
    async with session.get(f"http://127.0.0.1:{port}/metrics") as answer:
        found = dict(re.findall(r"^dashboard_kept(\w*) (\S+)$", await answer.text(), re.MULTILINE))
    return f"{float(found['']):,.0f} things, {float(found['_bytes']) / 1e6:,.0f} MB of {float(found['_most_bytes']) / 1e6:,.0f}"


async def flood(server: Server, most: int, seconds: float, at_once: int) -> None:
    """Ask for so many addresses, or as many as there is time for, and print the memory."""
    given, began, step = addresses(random.Random(0)), time.monotonic(), max(at_once, most // LINES)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        for number in range(0, most, at_once):
            if number % step < at_once or time.monotonic() - began > seconds:
                print(f"| {number:,} | {time.monotonic() - began:,.0f} | {server.megabytes():,.0f} | {await kept(session, server.port)} |", flush=True)  # fmt: skip
            if time.monotonic() - began > seconds:
                break
            await asyncio.gather(*(ask(session, server.port, number + one, *next(given)) for one in range(at_once)))
        await asyncio.sleep(REST)
        print(f"| after a rest | {time.monotonic() - began:,.0f} | {server.megabytes():,.0f} | {await kept(session, server.port)} |")  # fmt: skip


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.flood", description=__doc__)
    parser.add_argument("--most", type=int, default=100_000, help="addresses")
    parser.add_argument("--seconds", type=float, default=3_600, help="at most")
    parser.add_argument("--at-once", type=int, default=8, help="how many are waited for at a time")
    given = parser.parse_args()
    print("| addresses | seconds | memory, MB | kept |\n|---|---|---|---|")
    with product(ROOT) as server:
        asyncio.run(flood(server, given.most, given.seconds, given.at_once))


if __name__ == "__main__":
    main()
