"""Connections that must get on: one that asks for nothing, sends by the byte, takes nothing, or sends what costs much to read, is closed.

uvicorn waits without end for a request that has started, and the kernel for a reader who takes no more: enough of either,
and nobody else gets a connection. And it reads thousands of empty pieces of a websocket before anybody else has a turn.
"""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

from dashboard.serving.buckets import Bucket, client_of

FIRST = 20  # seconds until a request that has started must be there, but for what comes with it
TAKEN = 60_000  # milliseconds until something sent must have been taken
LEAST = 10_000  # bytes of a large answer, or of what comes with a request, that must be taken in that time
TIMEOUT = getattr(socket, "TCP_USER_TIMEOUT", None)  # Linux has it
EACH = 2_000  # connections of one client
PIECE = 4_096  # bytes of a websocket that are read at a time
FRAMES, FRAMES_AT_ONCE = 100, 1_000  # pieces of messages, pings and pongs of one page in a second, and at once
PARTS, WAITING = 100, 200  # pieces of one message; messages of one page that wait for their turn
REFUSED = b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"

OPEN: Counter[str] = Counter()  # connections of each client


def peer(client: tuple[str, int] | None) -> str:
    """Return by what the other end of a connection is known; "" for this machine."""
    return client_of(client[0]) if client else ""


def leave(client: str) -> None:
    """Count a connection of a client no more."""
    OPEN[client] -= 1
    if not OPEN[client]:
        del OPEN[client]


class Hurried(H11Protocol):
    """uvicorn's way to speak HTTP, with an end to its patience."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Begin to count."""
        super().connection_made(transport)
        connection = transport.get_extra_info("socket")
        if connection is not None and TIMEOUT is not None and connection.family != socket.AF_UNIX:
            connection.setsockopt(socket.IPPROTO_TCP, TIMEOUT, TAKEN)
        self.waits_for, self.came, self.is_page = "head", 0, False
        self.late = self.loop.call_later(FIRST, self.give_up)
        OPEN[peer(self.client)] += 1
        if peer(self.client) and OPEN[peer(self.client)] > EACH:
            transport.abort()

    def data_received(self, data: bytes) -> None:
        """Read on, and begin to count anew where something else is waited for: the head of a request, what comes with it, or nothing."""
        super().data_received(data)
        self.came += len(data)
        state = self.conn.their_state
        if self.is_page:
            now = ""
        elif state is h11.SEND_BODY:
            now = "body"
        else:
            now = "head" if state is h11.IDLE and self.conn.trailing_data[0] else ""
        if now != self.waits_for:
            self.late.cancel()
            self.waits_for, self.came = now, 0
            if now:
                self.late = self.loop.call_later(FIRST if now == "head" else TAKEN / 1_000, self.give_up)

    def give_up(self) -> None:
        """Close a connection whose request has not come, or comes so slowly that it never will."""
        if self.waits_for == "body" and self.came >= LEAST:
            self.came, self.late = 0, self.loop.call_later(TAKEN / 1_000, self.give_up)
        else:
            self.transport.abort()

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Hand the connection on to a page, which has patience of its own."""
        self.is_page = True
        super().handle_websocket_upgrade(event)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self.late.cancel()
        leave(peer(self.client))
        super().connection_lost(exc)

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


class HurriedPage(WebSocketsSansIOProtocol):
    """uvicorn's way to speak over a websocket, for pages that send little; `Hurried` has counted the connection."""

    def connection_made(self, transport: Any) -> None:
        """Begin to count."""
        super().connection_made(transport)
        self.allowed = Bucket(FRAMES, FRAMES_AT_ONCE)

    def data_received(self, data: bytes) -> None:
        """Read a little at a time, so that pieces are counted before there are thousands; a beginning that is none is refused."""
        for at in range(0, len(data), PIECE):
            super().data_received(data[at : at + PIECE])
            if self.transport.is_closing():
                return
        if not self.handshake_initiated:
            self.transport.write(REFUSED)
            self.transport.close()

    def handle_events(self) -> None:
        """Take what was read, or close a connection that sent more than any page of ours."""
        too_fast = any(self.allowed.take() for _ in self.conn.events)
        if not too_fast:
            super().handle_events()
        if too_fast or self.queue.qsize() > WAITING:
            self.transport.abort()

    def handle_cont(self, event: Frame) -> None:
        """Take a further piece of a message, unless there are more than any page of ours sends."""
        if len(self.frames) > PARTS:
            self.transport.abort()
        else:
            super().handle_cont(event)

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of messages that nobody waits for any more: else a page that has gone would be open for as long as they take."""
        waiting = [self.queue.get_nowait() for _ in range(self.queue.qsize())]
        for message in waiting:
            if message["type"] == "websocket.connect":
                self.queue.put_nowait(message)
        leave(peer(self.client))
        super().connection_lost(exc)
