"""A new version of the tables: whether there is one to release, and its files, put in place together or not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from dashboard.gate import versions
from dashboard.gate.differences import differences
from dashboard.gate.former import former
from dashboard.gate.sentences import compared
from dashboard.gate.standing import find_faults
from dashboard.gate.versions import Release
from dashboard.tables import files, load
from dashboard.tables.csvfile import TextTable
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.files import DataError
from dashboard.tables.form import write
from dashboard.words import format_count

CHANGELOG, CITATION = "CHANGELOG.md", "CITATION.cff"
TITLE = "# What each version of the tables changed\n\nNewest first. `changes.csv` has the same, cell by cell.\n\n"
MARKS = re.compile(r"([\\`*\[\]<>])")  # what Markdown would take for a mark of its own
WORDS = "datapackage.json: what it says of the tables was changed."
# What the description says anew in each version, whatever its words.
STAMPS = ("version", "created", "bytes", "hash")


class ReleaseError(Exception):
    """There is nothing to release, or not yet; says why, in words for a maintainer."""


def released(folder: Path, notes: str, now: datetime | None = None) -> list[str]:
    """Make a new version of the tables of a folder and return what is to be said of it; notes are a word to readers.

    Raises DataError where the tables have faults and ReleaseError where there is nothing to release; no file changes then.
    """
    moment = now or datetime.now(UTC)
    state = read(folder)
    if faults := find_faults(folder, state.texts, state.dictionary):
        raise DataError(faults)
    release = planned(state, notes, moment.date())
    sentences = [*_sentences(folder, state), *_on_words(state.every, release)]
    put(contents(folder, state, release, sentences, moment))
    return [*sentences, f"This is version {release.version}. Commit it, or copy the whole folder to the readers."]


def _sentences(folder: Path, state: State) -> list[str]:
    """Return what has changed since the last version in words; of the first version how much there is."""
    if state.every:
        with former(folder, state.every[-1].version) as before:
            return compared(before, folder)
    return [f"{name}: {format_count(len(table.rows), 'row')}." for name, table in state.texts.items()]


def _on_words(every: Sequence[Release], release: Release) -> list[str]:
    return [WORDS] if every and every[-1].description != release.description else []


class State(NamedTuple):
    """The tables of a folder as text, what describes them, and the versions that were released of them."""

    texts: dict[str, TextTable]
    dictionary: Dictionary
    log: TextTable
    every: list[Release]


def read(folder: Path) -> State:
    """Return the state of a folder; raises DataError where it cannot be read."""
    texts, dictionary = files.read_texts(folder)
    log = files.read_log(folder)
    return State(texts, dictionary, log, versions.releases(log, dictionary.version))


def next_version(last: str, day: date) -> str:
    """Return the version after another: year, month and a running number in the month, whatever the clock says never less."""
    year, month, count = (*versions.number(last), 0, 0, 0)[:3]
    this = (day.year, day.month)
    return "{}.{}.{}".format(
        *(this if this > (year, month) else (year, month)), count + 1 if this <= (year, month) else 1
    )


def planned(state: State, notes: str, day: date) -> Release:
    """Return the version that a release would make of a state without faults; raises ReleaseError where nothing has changed."""
    texts, dictionary, _, every = state
    keys, last = dictionary.keys, every[-1] if every else None
    try:
        before = versions.as_of(last.version, every, keys) if last else {}
    except (LookupError, ValueError) as error:
        never = "Tables and their keys stay once they are published"
        raise ReleaseError(
            f"{files.CHANGES} does not give version {dictionary.version} any more: {error}. {never}."
        ) from None
    found, described = list(differences(before, texts, keys)), files.digest(_words(dictionary.descriptor).encode())
    if last and not found and described == last.description:
        raise ReleaseError(f"Nothing has changed since version {last.version}.")
    version = next_version(dictionary.version, day)
    return Release(version, day.isoformat(), " ".join(notes.split()), described, found)


def _words(descriptor: Any) -> str:
    """Return all that a description says but its stamps, in one form."""
    described = {name: said for name, said in descriptor.items() if name not in STAMPS}
    described["resources"] = [
        {name: said for name, said in entry.items() if name not in STAMPS} for entry in descriptor["resources"]
    ]
    return json.dumps(described, ensure_ascii=False, sort_keys=True)


def contents(
    folder: Path, state: State, release: Release, sentences: Iterable[str], now: datetime
) -> dict[Path, bytes]:
    """Return what the files hold that a release writes, the data package last: with it the version is there.

    Raises ReleaseError where a table, made again from the log, is not its file to the byte.
    """
    for name, table in versions.as_of(release.version, [*state.every, release], state.dictionary.keys).items():
        path = folder / state.dictionary.path(name)
        if versions.text(table).encode() != path.read_bytes():
            raise ReleaseError(f"{path.name} is not in its form. Run “python -m dashboard tidy” first.")
    last = state.every[-1] if state.every else None
    kept = {one.version for one in state.every}
    rows = [*(row for row in state.log.rows if row[0] in kept), *versions.logged(release, last)]
    log = write(versions.HEADER, rows).encode()
    stamped = {**state.dictionary.descriptor, "version": release.version, "created": f"{now:%Y-%m-%dT%H:%M:%SZ}"}
    package = load.sealed(stamped, lambda name: log if name == files.CHANGES else load.file_bytes(name, folder))
    return {
        **_cited(folder.parent / CITATION, state.dictionary.version, release),
        folder / CHANGELOG: _chronicle(folder / CHANGELOG, release, sentences).encode(),
        folder / files.CHANGES: log,
        folder / files.DESCRIPTION: package,
    }


def _cited(path: Path, former: str, release: Release) -> dict[Path, bytes]:
    """Return the citation for machines in the new version, where one lies beside the folder and has the former one."""
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    if f"\nversion: {former}\n" not in text:
        return {}
    text = text.replace(f"\nversion: {former}\n", f"\nversion: {release.version}\n")
    return {path: re.sub(r"(?m)^date-released: .*$", f"date-released: {release.day}", text).encode()}


def _chronicle(path: Path, release: Release, sentences: Iterable[str]) -> str:
    """Return the changelog with a section on a release at its head, in place of one that was not finished."""
    former = path.read_text(encoding="utf-8") if path.is_file() else TITLE
    head, *sections = map(str.strip, re.split(r"(?m)^(?=## )", former))
    others = [section for section in sections if not section.startswith(f"## {release.version} ")]
    said = "\n".join("- " + MARKS.sub(r"\\\1", one) for one in sentences)
    parts = [head, f"## {release.version} ({release.day})", release.notes, said, *others]
    return "\n\n".join(filter(None, parts)) + "\n"


def put(contents: Mapping[Path, bytes]) -> None:
    """Put files in the place of former ones: all are written beside them first, and then take their places in this order.

    Raises OSError where one cannot be written; then the former ones are as they were.
    """
    beside = {path: path.with_name(f"{path.name}.new") for path in contents}
    try:
        for path, content in contents.items():
            beside[path].write_bytes(content)
    except OSError:
        for path in beside.values():
            path.unlink(missing_ok=True)
        raise
    for path, new in beside.items():
        new.replace(path)
