"""Where a former state of the tables is: in another folder, or in the history of the repository."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from dashboard.tables.files import DESCRIPTION

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")


@contextmanager
def former(folder: Path, since: str) -> Generator[Path]:
    """Give a folder that holds the tables as they were: `since` is a folder, a day, a version or a commit.

    Raises LookupError, with words for a maintainer, where there is no such state.
    """
    if (Path(since) / DESCRIPTION).is_file():
        yield Path(since)
        return
    commit = _commit(folder, since)
    with TemporaryDirectory() as scratch:
        for name in _git(folder, "ls-tree", "--name-only", commit, "./").splitlines():
            if name.endswith((".csv", ".json")):
                (Path(scratch) / name).write_bytes(_git(folder, "show", f"{commit}:./{name}").encode())
        if not (Path(scratch) / DESCRIPTION).is_file():
            raise LookupError(f"{since} has no tables in {folder}")
        yield Path(scratch)


def _commit(folder: Path, since: str) -> str:
    """Return the commit that is meant: the last one before the end of a day, the last one of a version, or itself."""
    if DAY.fullmatch(since):
        found = _git(folder, "rev-list", "-1", f"--before={since}T23:59:59", "HEAD", "--", ".")
    elif VERSION.fullmatch(since):
        every = _git(folder, "rev-list", "HEAD", "--", DESCRIPTION).split()
        found = next((one for one in every if _version(folder, one) == since), "")
    else:
        found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{since}^{{commit}}")
    if not found:
        raise LookupError(f"“{since}” is no folder with tables, no day, version or commit of them")
    return found.strip()


def _version(folder: Path, commit: str) -> str:
    return json.loads(_git(folder, "show", f"{commit}:./{DESCRIPTION}") or "{}").get("version", "")


def _git(folder: Path, *arguments: str) -> str:
    """Return what git prints, "" where it cannot or is not there."""
    try:
        run = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, check=False)
    except OSError:
        return ""
    return run.stdout.decode() if run.returncode == 0 else ""
