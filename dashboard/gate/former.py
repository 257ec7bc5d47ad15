"""Where a former state of the tables is: in another folder, in the log of versions, or in the history of the repository."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from dashboard.gate import versions
from dashboard.tables.files import DESCRIPTION, read_log, read_texts

VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")


@contextmanager
def former(folder: Path, since: str) -> Generator[Path]:
    """Give a folder that holds the tables as they were: `since` is a folder, a day, a version or a commit.

    A version is made from the log of versions. Where there is no history, so is that of the end of a day, and the last
    one stands for `HEAD`. Raises LookupError, with words for a maintainer, where there is no such state.
    """
    if (Path(since) / DESCRIPTION).is_file():
        yield Path(since)
        return
    with TemporaryDirectory() as scratch:
        _write(folder, since, Path(scratch))
        yield Path(scratch)


def _write(folder: Path, since: str, scratch: Path) -> None:
    """Write the tables as they were into an empty folder; raises LookupError where that is not known."""
    _, dictionary = read_texts(folder)
    every = versions.releases(read_log(folder), dictionary.version)
    is_version = since in {release.version for release in every}
    commit = "" if is_version else _commit(folder, since)
    version = "" if commit else versions.meant(since, every) or (every[-1].version if every and since == "HEAD" else "")
    if not commit and not version:
        raise LookupError(f"“{since}” is no folder with tables, no day, version or commit of them")
    if commit:
        _write_commit(folder, commit, scratch)
        if not (scratch / DESCRIPTION).is_file():
            raise LookupError(f"{since} has no tables in {folder}")
        return
    (scratch / DESCRIPTION).write_bytes(
        (folder / DESCRIPTION).read_bytes()
    )  # its former words are in the history alone
    for name, table in versions.as_of(version, every, dictionary.keys).items():
        (scratch / dictionary.path(name)).write_text(versions.text(table), encoding="utf-8", newline="")


def _write_commit(folder: Path, commit: str, scratch: Path) -> None:
    for name in _git(folder, "ls-tree", "--name-only", commit, "./").splitlines():
        if name.endswith((".csv", ".json")):
            (scratch / name).write_bytes(_git(folder, "show", f"{commit}:./{name}").encode())


def _commit(folder: Path, since: str) -> str:
    """Return the commit that is meant: the last one before the end of a day, the last one of a version, itself, or ""."""
    if versions.DAY.fullmatch(since):
        found = _git(folder, "rev-list", "-1", f"--before={since}T23:59:59", "HEAD", "--", ".")
    elif VERSION.fullmatch(since):
        every = _git(folder, "rev-list", "HEAD", "--", DESCRIPTION).split()
        found = next((one for one in every if _version(folder, one) == since), "")
    else:
        found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{since}^{{commit}}")
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
