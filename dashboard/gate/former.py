"""Where a former state of the tables is: in another folder, in the log of versions, or in the history of the repository."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from dashboard.gate import commits, versions
from dashboard.tables.files import DESCRIPTION, read_log, read_texts


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
    commit = "" if is_version else commits.meant(folder, since)
    version = "" if commit else versions.meant(since, every) or (every[-1].version if every and since == "HEAD" else "")
    if not commit and not version:
        raise LookupError(f"“{since}” is no folder with tables, no day, version or commit of them")
    if commit:
        commits.write(folder, commit, scratch)
        if not (scratch / DESCRIPTION).is_file():
            raise LookupError(f"{since} has no tables in {folder}")
        return
    (scratch / DESCRIPTION).write_bytes(
        (folder / DESCRIPTION).read_bytes()
    )  # its former words are in the history alone
    for name, table in versions.as_of(version, every, dictionary.keys).items():
        (scratch / dictionary.path(name)).write_text(versions.text(table), encoding="utf-8", newline="")
