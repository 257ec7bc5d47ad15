"""Connections that must get on: one that asks for nothing, or takes nothing of its answer, is closed.

uvicorn waits without end for the first request of a connection, and the kernel for a reader who takes no more: enough of
either, and nobody else gets a connection.
"""

from __future__ import annotations

import asyncio
import socket

from uvicorn.protocols.http.h11_impl import H11Protocol

FIRST = 20  # seconds until the first request must be there whole
TAKEN = 60_000  # milliseconds until something sent must have been taken
TIMEOUT = getattr(socket, "TCP_USER_TIMEOUT", None)  # Linux has it


class Hurried(H11Protocol):
    """uvicorn's way to speak HTTP, with an end to its patience."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Begin to count."""
        super().connection_made(transport)
        connection = transport.get_extra_info("socket")
        if connection is not None and TIMEOUT is not None and connection.family != socket.AF_UNIX:
            connection.setsockopt(socket.IPPROTO_TCP, TIMEOUT, TAKEN)
        self.loop.call_later(FIRST, self.give_up)

    def give_up(self) -> None:
        """Close a connection that has asked for nothing so far; one that has become a websocket has."""
        if self.scope is None:
            self.transport.abort()
