"""Which code answers: of the same tables another version of it may make another answer, which no reader has yet."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

import dashboard


class Code(NamedTuple):
    """What tells the files of one version from those of another, and when the newest of them was written, in seconds since 1970."""

    stamp: str
    changed: float


def read(folder: Path) -> Code:
    """Return which code lies in a folder: programs, templates, styles, whatever an answer may be made of."""
    whole, changed = hashlib.sha256(), 0.0
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.parent.name != "__pycache__"):
        whole.update(f"{path.relative_to(folder).as_posix()} {path.stat().st_size}\n".encode() + path.read_bytes())
        changed = max(changed, path.stat().st_mtime)
    return Code(whole.hexdigest()[:8], changed)


CODE = read(Path(dashboard.__file__).parent)  # once, at the start: what runs does not change with the files
