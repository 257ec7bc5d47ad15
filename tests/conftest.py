"""What the tests share: the published tables, and the address of a folder that holds a copy to break."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner

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


@pytest.fixture(scope="session", autouse=True)
def components_sought_once() -> Iterator[None]:
    """Let Streamlit look for installed components once: each AppTest reads the metadata of all packages, 0.3 s."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield
