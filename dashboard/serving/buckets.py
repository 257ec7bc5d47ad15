"""How much each client may ask: a bucket that fills by so many a second, of which every request takes one."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict

MOST = 10_000  # clients remembered: some 2 MB; who is forgotten begins with a full bucket
EVEN = 1e-6  # what counting in fractions may lose


class Bucket:
    """A bucket that holds `size` requests at most and fills by `rate` a second."""

    def __init__(self, rate: float, size: float) -> None:
        """Begin full."""
        self.rate, self.size, self.held, self.at = rate, size, size, time.monotonic()

    def take(self, many: float = 1) -> float:
        """Take one out, or as many as a request counts for, and return 0; or, where they are not there, the seconds until they are."""
        now = time.monotonic()
        self.held, self.at = min(self.size, self.held + (now - self.at) * self.rate), now
        if self.held < many - EVEN:
            return (many - self.held) / self.rate
        self.held -= many
        return 0


class Buckets:
    """A bucket for each client, of the clients that came last."""

    def __init__(self, rate: float, size: float) -> None:
        """Take what each bucket is like."""
        self.rate, self.size = rate, size
        self.held: OrderedDict[str, Bucket] = OrderedDict()

    def take(self, client: str, many: float = 1) -> float:
        """Take one out of a client's bucket, or as many as a request counts for, and return 0, or the seconds until they are there."""
        bucket = self.held.pop(client, None) or Bucket(self.rate, self.size)
        self.held[client] = bucket
        if len(self.held) > MOST:
            self.held.popitem(last=False)
        return bucket.take(many)


def client_of(address: str) -> str:
    """Return by what a client is known: its address, or of a long one the network that one house has; "" for this machine.

    Programs on this machine need not be kept away, and a proxy here that names no client stands for all readers.
    """
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    known = getattr(known, "ipv4_mapped", None) or known
    if known.is_loopback:
        return ""
    return str(known) if known.version == 4 else str(ipaddress.ip_network((known, 64), strict=False))
