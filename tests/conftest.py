"""What the tests share: the published tables, and the address of a folder that holds a copy to break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard import data
from dashboard.data import Tables


@pytest.fixture(scope="session")
def tables() -> Tables:
    """Return the published tables; shared, so never changed."""
    return data.load()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the published data folder that a test may spoil."""
    return Path(shutil.copytree(data.FOLDER, tmp_path / "data"))
