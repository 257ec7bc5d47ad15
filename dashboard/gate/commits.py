"""The tables in the history of the repository, where there is one."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

from dashboard.gate import versions
from dashboard.tables.files import DESCRIPTION

VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")


def write(folder: Path, commit: str, scratch: Path) -> None:
    """Write the tables of a commit into an empty folder."""
    for name in _git(folder, "ls-tree", "--name-only", commit, "./").splitlines():
        if name.endswith((".csv", ".json")):
            (scratch / name).write_bytes(_git(folder, "show", f"{commit}:./{name}").encode())


def meant(folder: Path, since: str) -> str:
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
