"""The data package as one zip: the tables, their description with sizes and hashes, the guide, and a list of checksums."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from dashboard.exports.plain import as_csv
from dashboard.tables.files import DESCRIPTION, FOLDER
from dashboard.tables.load import Tables, sealed

PAPERS = ("README.md", "CHANGELOG.md")  # what lies beside the tables for people
DECKS = "decks/*.*"  # runs of views for a room
SUMS = "SHA256SUMS"  # `sha256sum -c SHA256SUMS` compares


def packed(tables: Tables, folder: Path = FOLDER) -> bytes:
    """Return the zip; the same tables give the same bytes. `folder` is where the guide, the log and the decks lie, as far as there are any."""
    found = files(tables, folder)
    return zipped({**found, SUMS: checksums(found)})


def files(tables: Tables, folder: Path = FOLDER) -> dict[str, bytes]:
    """Return the content of each file of the package by its name, the description of the tables first."""
    beside = [*PAPERS, *(path for path in tables.dictionary.paths if path not in tables.dictionary.files.values())]
    found = {name: (folder / name).read_bytes() for name in beside if (folder / name).is_file()}
    found |= {path: as_csv(tables, name) for name, path in tables.dictionary.files.items()}
    found |= {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.glob(DECKS))}
    return {DESCRIPTION: description(tables, found), **found}


def description(tables: Tables, files: Mapping[str, bytes]) -> bytes:
    """Return the description of those of the files that it names, with the size and the hash of each."""
    said = tables.dictionary.descriptor
    there = [entry for entry in said["resources"] if entry["path"] in files]
    return sealed({**said, "resources": there}, files.__getitem__)


def checksums(files: Mapping[str, bytes]) -> bytes:
    """Return the SHA-256 of each file, a line each, in the form that `sha256sum -c` reads."""
    return "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items()).encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files as one zip, each by its name; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
