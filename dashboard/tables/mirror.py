"""Tables that lie at an address, copied into a folder here and kept like the original, so that many machines read one place."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import Any

from dashboard.tables.disk import DESCRIPTION, LARGEST

BESIDE = ("confirmed-words.csv", "README.md", "CHANGELOG.md")  # files that the description does not name; some may lack
DECKS = "decks"
PLAIN = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._-]*\.(csv|md|toml)"
)  # nothing else is written here, whatever the address says
SETTLED = 3  # times that files are read at most until two readings agree

# What every file holds, by its path below the folder.
Files = dict[str, bytes]
Read = Callable[[str], bytes]
Listed = Callable[[str], list[str]]
STOP = Event()  # ends every copy that goes on; the process ends without it
log = logging.getLogger(__name__)


@cache
def begin(address: str, folder: Path, every: float) -> None:
    """Copy what lies at an address into a folder, and from now on look every so many seconds whether it has changed.

    What cannot be fetched, now or later, is recorded and tried again, and the folder stays as it was; before the first
    copy it is empty, and readers learn which files are missing.
    """
    try:
        read, listed = reader(address)
    except (
        ImportError,
        ValueError,
    ) as error:  # a kind of address that fsspec does not know, or whose package is not there
        log.error("DEFENCE_TIES_DATA is no address that can be read: %s", error)
        return
    follow(folder, read, listed)
    Thread(target=_go_on, args=(folder, read, listed, every), name="mirror", daemon=True).start()


def reader(address: str) -> tuple[Read, Listed]:
    """Return what reads a file below an address, and what lists the names in a folder below it, none where that cannot be.

    Addresses are those of fsspec: https, s3, gs, github, git, sftp and more. Raises ImportError and ValueError of fsspec.
    """
    import fsspec  # only where an address is set

    system, root = fsspec.url_to_fs(address.rstrip("/"), use_listings_cache=False)

    def read(name: str) -> bytes:
        system.invalidate_cache()
        with system.open(f"{root}/{name}", "rb", cache_type="none") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise OSError(f"{name} is larger than {LARGEST // 1_000_000:,} MB")
        return content

    def listed(folder: str) -> list[str]:
        try:
            return sorted(Path(path).name for path in system.ls(f"{root}/{folder}", detail=False))
        except (OSError, ValueError):  # many a web server lists nothing
            return []

    return read, listed


def _go_on(folder: Path, read: Read, listed: Listed, every: float) -> None:
    while not STOP.wait(every):
        follow(folder, read, listed)


def follow(folder: Path, read: Read, listed: Listed) -> bool:
    """Make a folder like the original; say whether that could be reached. What is here stays where it could not."""
    began = monotonic()
    try:
        changed = write(folder, fetch(read, listed, held(folder)))
    except Exception as error:  # each kind of address and each disk has faults of its own; none may end the site
        log.warning("The tables could not be fetched: %s: %s", type(error).__name__, error)
        return False
    if changed:
        log.info("Fetched %s in %.1f s", ", ".join(changed), monotonic() - began)
    return True


def fetch(read: Read, listed: Listed, known: Files) -> Files:
    """Return all files of the original, of one state: where they differ from those `known`, two readings must agree."""
    before = known
    for _ in range(SETTLED):
        found = _read_all(read, listed)
        if found == before:
            return found
        before = found
    raise OSError("the files change while they are read")


def _read_all(read: Read, listed: Listed) -> Files:
    description = read(DESCRIPTION)
    found = {DESCRIPTION: description}
    found |= {name: read(name) for name in _tables(json.loads(description))}
    for name in [*BESIDE, *(f"{DECKS}/{name}" for name in listed(DECKS) if PLAIN.fullmatch(name))]:
        try:
            found[name] = read(name)
        except FileNotFoundError:
            continue
    return found


def _tables(description: Any) -> Iterable[str]:
    """Return the files that a description names; one that would be written elsewhere is a fault."""
    names = [str(entry["path"]) for entry in description["resources"]]
    for name in names:
        if not PLAIN.fullmatch(name):
            raise OSError(f"the description names {name!r}, which is no name of a table's file")
    return names


def held(folder: Path) -> Files:
    """Return what every file of a copy holds."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def write(folder: Path, found: Files) -> list[str]:
    """Make a folder hold these files and no others, each put into its place whole; return the names of those that changed."""
    before = held(folder)
    changed = sorted(name for name in {*found, *before} if found.get(name) != before.get(name))
    # All of them are written before the first is put into its place, so that a full disk leaves no mixture.
    for name in changed:
        if name in found:
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.with_name(f".{path.name}").write_bytes(found[name])
    for name in changed:
        path = folder / name
        if name in found:
            path.with_name(f".{path.name}").replace(path)
        else:
            path.unlink()
    return changed
