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
LEAST = 10_000  # bytes of a large answer that must be taken in that time
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

    def pause_writing(self) -> None:
        """Begin to look how much is taken: the kernel sees no end in a reader who takes a byte a second."""
        super().pause_writing()
        self.look(self.transport.get_write_buffer_size() + LEAST)

    def look(self, before: int) -> None:
        """Close a connection of whose answer next to nothing was taken since so much was left, or look again later."""
        left = self.transport.get_write_buffer_size()
        if before - left < LEAST:
            self.transport.abort()
        else:
            self.next_look = self.loop.call_later(TAKEN / 1_000, self.look, left)

    def resume_writing(self) -> None:
        """Look no more: what is left is little."""
        super().resume_writing()
        self.next_look.cancel()

    def give_up(self) -> None:
        """Close a connection that has asked for nothing so far; one that has become a websocket has."""
        if self.scope is None:
            self.transport.abort()
