"""What is shown while the files that it is made of change: the last good state, and the faults of an edit that waits."""

from __future__ import annotations

import ctypes
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from typing import Generic, NamedTuple, TypeVar

from dashboard.tables.faults import Fault
from dashboard.tables.files import DataError

Made = TypeVar("Made")
KEPT = 200  # faults of an edit that are held; the check prints them all
# Seconds. After so long without a change an edit of several files is taken to be whole; its faults to be no matter of
# a write that goes on. While changes never end, what is shown is at most so old.
QUIET, RIPE, OLDEST = 0.3, 2.0, 2.0
AGAIN = 30.0  # until files are read again that could not be for a reason of ours: memory that lacked is there again
PAUSE, LONGEST = 0.1, 1.0  # between two looks at the start; that a reader waits for another's reading of very many rows
UNFORESEEN = Fault(
    "",
    0,
    "",
    "",
    "something that the check does not know keeps the tables from being read",
    "The log of the site says what; restore the last release",
)


class Waiting(NamedTuple):
    """An edit that is not shown for its faults: the first of them, their number, and the last moment before the edit."""

    faults: list[Fault]
    count: int
    as_of: datetime


@dataclass(frozen=True)
class Ways(Generic[Made]):
    """How files are looked at.

    `look` differs when a file has changed, as far as a glance can tell; `rest` is for how many seconds none has;
    `content` differs whenever a byte does, and is "" where not every file can be read; `make` reads them and makes
    what is shown of them, or raises DataError.
    """

    look: Callable[[], str]
    rest: Callable[[], float]
    content: Callable[[], str]
    make: Callable[[], Made]


class Live(Generic[Made]):
    """The last good thing that was made of the files, held for all readers together."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self.good: Made | None = None
        self.waiting: Waiting | None = None
        self._error: DataError | None = None  # of the files as they were read last
        self._state = ("", "")  # their look and content then
        self._is_settled = self._is_said = False  # whether a glance will do; whether their faults are for everybody
        self._agreed = time.time()  # when the files last said what is shown
        self._began = float("-inf")  # when somebody last looked
        self._again = float("inf")  # when the files are read once more, though no byte of them has changed
        self._restless: float | None = None  # since when files have changed while they were looked at
        self._lock = Lock()

    def current(self, ways: Ways[Made]) -> Made:
        """Return what the files say now, or what they said before an edit that goes on or has faults.

        Readers who come together wait for one reading, but not for long. Raises DataError where nothing good was ever read.
        """
        arrived, shown = time.monotonic(), self.good
        if not self._lock.acquire(timeout=-1 if shown is None else LONGEST) and shown is not None:
            return shown
        try:
            if self._began <= arrived:  # else another reader has looked since this one came
                self._began = time.monotonic()
                self._look(ways)
            good, error = self.good, self._error
        finally:
            self._lock.release()
        if good is None:
            assert error is not None
            raise DataError(error.faults, error.count)
        return good

    def _look(self, ways: Ways[Made]) -> None:
        if self._is_settled and time.monotonic() < self._again and ways.look() == self._state[0]:
            self._agree()
            return
        time.sleep(max(0, QUIET - ways.rest()))
        self._read(ways)
        end = self._began + 2 * RIPE
        while self.good is None and not self._is_said and (self._error is None or time.monotonic() < end):
            time.sleep(PAUSE)
            self._read(ways)

    def _read(self, ways: Ways[Made]) -> None:
        look, rest = ways.look(), ways.rest()
        if rest < QUIET and self._may_wait():
            return
        state = look, ways.content()
        if state != self._state or time.monotonic() >= self._again:
            made = self._make(ways)
            if ways.look() != look and self._may_wait():  # the first file of an edit may be new in it, the second old
                return
            self._state = state
            self._take(made)
        self._restless = None
        # Two changes at one tick of the clock look alike, so what is young is compared byte by byte.
        self._is_settled = rest >= RIPE and bool(state[1])
        if self._error is not None and rest >= RIPE and not self._is_said:
            self._tell(self._error)
        self._agree()

    def _may_wait(self) -> bool:
        """Say whether what is shown will do while files change just now: not when they have done so for too long."""
        now = time.monotonic()
        self._restless = now if self._restless is None else self._restless
        return now - self._restless < OLDEST

    def _make(self, ways: Ways[Made]) -> Made | DataError:
        try:
            return ways.make()
        except DataError as error:  # given anew, since the one raised holds on to all that was read
            return DataError(error.faults[:KEPT], error.count)
        except Exception:  # whatever an edit does to our own code, readers keep what they have
            logging.getLogger(__name__).exception("The data files could not be read")
            return DataError([UNFORESEEN])
        finally:
            give_back()

    def _take(self, made: Made | DataError) -> None:
        former, self._error, self._again = self._error, None, float("inf")
        if isinstance(made, DataError):
            self._error = made
            if made.faults == [UNFORESEEN]:
                self._again = time.monotonic() + AGAIN
            self._is_said = self._is_said and former is not None and former.faults == made.faults
        else:
            self.good, self.waiting, self._is_said = made, None, False

    def _tell(self, error: DataError) -> None:
        """Let everybody know the faults that are no matter of a write that goes on."""
        self._is_said = True
        logging.getLogger(__name__).error("The data has %d faults:\n%s", error.count, error)
        if self.good is not None:
            self.waiting = Waiting(error.faults, error.count, datetime.fromtimestamp(self._agreed, UTC))

    def _agree(self) -> None:
        if self._error is None:
            self._agreed = time.time()


def give_back() -> None:
    """Give memory that is free again back to the system, which the C library of Linux does only when asked to."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
