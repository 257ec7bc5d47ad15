"""Whether memory is bounded however many different addresses are asked for: `python -m bench.flood`, 100,000 of them.

The server is started by itself on this machine. Pages, their JSON and their pictures are asked for, by filters, years and words
that nobody has asked for before, and now and then a whole session. Printed is its memory as it goes on, and after a rest.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import time

import aiohttp

from bench.load import DOMAINS, LARGEST, PAGES, Reader
from bench.servers import ROOT, Server, product

KINDS = ("{}", "{}", "api/{}", "api/{}", "picture/{}/picture.svg", "picture/{}.png")  # by turns
SESSION, LINES, REST = 200, 20, 70  # addresses for each session, lines printed, seconds


def address(chance: random.Random, number: int) -> tuple[str, str, str]:
    """Return a path, its page and a query, hardly ever the same: every eighth shows much, others seek words that stand nowhere."""
    since = chance.randint(1980, 2020)
    page, query = chance.choice(("search", "deal", "nowhere")), f"country={chance.randbytes(500).hex()}&{chance.choice(('said', 'q', 'id'))}={chance.randbytes(45).hex()}"  # fmt: skip
    if chance.random() < 1 / 8:
        page, domains = chance.choice((*PAGES, "data", "compare")), chance.sample(DOMAINS, chance.randint(1, 5))
        query = "&".join([f"from={since}&to={chance.randint(since, 2030)}", *(f"domain={one}" for one in domains)])
    kind = KINDS[number % len(KINDS)]
    return kind.format(page if page or kind == "{}" else "overview"), page, query


async def ask(session: aiohttp.ClientSession, site: str, number: int, path: str, page: str, query: str) -> None:
    """Ask for one address, or now and then look at it as a reader does."""
    if number % SESSION:
        async with session.get(f"{site}/{path}?{query}") as answer:
            await answer.read()
            assert answer.status < 500, f"{answer.status} for /{path}?{query}"
        return
    async with session.ws_connect(f"{site}/_stcore/stream", max_msg_size=LARGEST, headers={"Origin": site}) as socket:
        await Reader(socket).look(f"{page}?{query}")


async def flood(server: Server, most: int, seconds: float, at_once: int) -> None:
    """Ask for so many addresses, or as many as there is time for, and print the memory."""
    chance, began, site = random.Random(0), time.monotonic(), f"http://127.0.0.1:{server.port}"

    async def line(first: str) -> None:
        async with session.get(f"{site}/metrics") as answer:
            kept, held, bound = map(float, re.findall(r"^dashboard_kept\w* (\S+)$", await answer.text(), re.MULTILINE))
        print(f"| {first} | {time.monotonic() - began:,.0f} | {server.megabytes():,.0f} | {kept:,.0f} | {held / 1e6:,.0f} of {bound / 1e6:,.0f} |", flush=True)  # fmt: skip

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        for first in range(0, most, at_once):
            if first % max(at_once, most // LINES) < at_once:
                await line(f"{first:,}")
            if time.monotonic() - began > seconds:
                break
            numbers = range(first, first + at_once)
            await asyncio.gather(*(ask(session, site, one, *address(chance, one)) for one in numbers))
        await asyncio.sleep(REST)
        await line(f"{first:,}, after a rest")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.flood", description=__doc__)
    parser.add_argument("--most", type=int, default=100_000, help="addresses")
    parser.add_argument("--seconds", type=float, default=3_600, help="at most")
    parser.add_argument("--at-once", type=int, default=8, help="how many are waited for at a time")
    given = parser.parse_args()
    print("| addresses | seconds | memory, MB | things kept | MB kept |\n|---|---|---|---|---|")
    with product(ROOT) as server:
        asyncio.run(flood(server, given.most, given.seconds, given.at_once))


if __name__ == "__main__":
    main()
