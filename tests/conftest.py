"""What the tests share: the published tables, and the address of a folder that holds a copy to break."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from streamlit.components.v2 import manifest_scanner

from dashboard import data
from dashboard.data import Tables

# Questions asked of whole tables take some 10 ms each, so few examples are tried, the same on every machine;
# `--hypothesis-profile=thorough` tries many, new ones each time.
settings.register_profile("quick", deadline=None, max_examples=20, derandomize=True)
settings.register_profile("thorough", deadline=None, max_examples=500)
settings.load_profile("quick")


@pytest.fixture(scope="session")
def tables() -> Tables:
    """Return the published tables; shared, so never changed."""
    return data.load()


@pytest.fixture(scope="session", autouse=True)
def published_tables_read_once(tables: Tables) -> Iterator[None]:
    """Give every page these tables too, each time it reads the published ones: reading and checking takes 0.5 s."""
    load = data.load
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data, "load", lambda folder=data.FOLDER: tables if folder == data.FOLDER else load(folder))
        yield


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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the journeys last: what fails fast fails first, and Playwright's event loop meets no test with its own."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
