"""The data folder on disk: in which state it is, and the bytes of its files, all of one state."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
import time
from contextlib import suppress
from pathlib import Path

# Where the tables lie: another folder, or an address whose copy is kept in a folder here (dashboard/tables/mirror.py).
PLACE = os.environ.get("DEFENCE_TIES_DATA", str(Path(__file__).parents[2] / "data"))
ADDRESS = PLACE if "://" in PLACE else ""
FOLDER = Path(tempfile.mkdtemp(prefix="defence-ties-")) if ADDRESS else Path(PLACE)
DESCRIPTION = "datapackage.json"
LARGEST = 150_000_000  # bytes of a table; a thousand times today's, and no more than a small machine can hold
TRIES, PAUSE = 100, 0.01  # how often files are read again that change while they are read, and the seconds in between

# The bytes of every data file by its name; of one that cannot be read, why not.
Contents = dict[str, bytes | OSError]


class UnfitError(OSError):
    """What lies at a path should not be read; the arguments are the problem and the remedy."""


def fingerprint(folder: Path = FOLDER) -> str:
    """Return a text that changes whenever a data file does, at a glance: names, sizes, places on disk, times of change.

    Each run of a page has this glance, so it makes no `Path` of a file, which would be two thirds of it.
    """
    states = []
    with suppress(OSError), os.scandir(folder) as found:
        states = [state(entry) for entry in found if entry.name.endswith(".csv") or entry.name == DESCRIPTION]
    return hashlib.sha256(repr(sorted(states)).encode()).hexdigest()[:12]


def changed(folder: Path = FOLDER) -> float:
    """Return when a data file was last written, put into its place or taken away, in seconds since 1970."""
    newest = 0
    for path in [*_files(folder), folder if folder.is_dir() else folder.parent]:
        with suppress(OSError):
            newest = max(newest, path.stat().st_ctime_ns)
    return newest / 1e9


def rest(folder: Path = FOLDER) -> float:
    """Return for how many seconds no data file has been written, put into its place or taken away."""
    return abs(
        time.time() - changed(folder)
    )  # a clock that is behind that of the files must not make them new for good


def contents(folder: Path = FOLDER) -> Contents:
    """Return what every data file holds, never some from before a change and some from after it.

    Files that change while they are read are read again; where that takes no end, none can be read.
    """
    for _ in range(TRIES):
        before = fingerprint(folder)
        found = {path.name: content(path) for path in _files(folder)}
        if fingerprint(folder) == before:
            return found
        time.sleep(PAUSE)
    return dict.fromkeys(found, OSError("changes while it is read"))


def stamp(found: Contents) -> str:
    """Return a text that differs for any two contents of the folder, whatever the times of change say."""
    whole = hashlib.sha256()
    for name, held in sorted(found.items()):
        is_read = isinstance(held, bytes)
        whole.update(f"{name} {len(held) if is_read else held!r}\n".encode() + (held if is_read else b""))
    return whole.hexdigest()[:16]


def _files(folder: Path) -> list[Path]:
    return sorted([*folder.glob("*.csv"), folder / DESCRIPTION])


def state(path: Path | os.DirEntry[str]) -> tuple[str, int, int, int, int]:
    """Return what shows that a file is another one; a file that an editor is just replacing has nothing of it.

    The time of change (ctime) is set by the system alone: a copy that keeps size and time of writing has a new one.
    """
    try:
        state = path.stat()
    except OSError:
        return path.name, 0, 0, 0, 0
    return path.name, state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino


def content(path: Path) -> bytes | OSError:
    """Return what a file holds, or why it was not read: an UnfitError where it is no file or far too large a one."""
    try:
        return _read(path)
    except OSError as error:
        return error.with_traceback(None)


def _read(path: Path) -> bytes:
    state = path.stat()
    if not stat.S_ISREG(state.st_mode):  # to read a pipe or a device would never end
        raise UnfitError("is a folder or a device, not a file", "Put the file back in its place")
    if state.st_size > LARGEST:
        problem = f"is too large, {state.st_size // 1_000_000:,} MB where {LARGEST // 1_000_000:,} are the most"
        raise UnfitError(problem, "Look what has filled it, or restore the last version that was right")
    return path.read_bytes()
