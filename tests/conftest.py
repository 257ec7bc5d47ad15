"""What the tests share: the published and the made-up tables, and the address of a folder that holds a copy to break."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from streamlit.components.v2 import manifest_scanner

from dashboard.exports.package import packed
from dashboard.kept import Kept
from dashboard.tables import files as files_of_data
from dashboard.tables import load as data
from dashboard.tables.load import Tables
from tests import elsewhere as other_files
from tests import made_up as files

# Questions about whole tables take some 10 ms each, so few examples are tried, the same on every machine;
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


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """Return the made-up tables, on which the tests of code stand; shared, so never changed."""
    return data.load(files.copy(tmp_path_factory.mktemp("made_up") / "data"))


@pytest.fixture
def made_up_folder(tmp_path: Path) -> Path:
    """Return a copy of the made-up data folder that a test may spoil."""
    return files.copy(tmp_path / "made_up")


@pytest.fixture(scope="module")
def made_up_pages(made_up: Tables, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let every page of a module's tests show the made-up tables in place of the published ones.

    `pytestmark = pytest.mark.usefixtures("made_up_pages")`, and `tests.page.opened` opens pages over them.
    """
    with pages_over(made_up, files.copy(tmp_path_factory.mktemp("made_up") / "pages")):
        yield


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """Return the made-up tables about other states in other money; shared, so never changed."""
    return data.load(other_files.copy(tmp_path_factory.mktemp("elsewhere") / "data"))


@pytest.fixture(scope="module")
def elsewhere_pages(elsewhere: Tables, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let every page of a module's tests show the tables about other states in place of the published ones."""
    with pages_over(elsewhere, other_files.copy(tmp_path_factory.mktemp("elsewhere") / "pages")):
        yield


@contextmanager
def pages_over(tables: Tables, folder: Path) -> Generator[None]:
    """Let pages show these tables, and give out the files of a folder, in place of the published ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data, "load", lambda: tables)
        patch.setattr(data, "fingerprint", lambda: tables.stamp)
        for read in (packed, files_of_data.read_log, files_of_data.read_confirmed):
            patch.setattr(read, "__defaults__", (folder,))
        yield


@pytest.fixture
def pages_anew() -> Iterator[None]:
    """Let pages be drawn anew, and keep nothing of them after a test that changes how much they show."""
    forget()
    yield
    forget()


def forget() -> None:
    """Let every function that keeps what it made begin anew."""
    for name, module in [*sys.modules.items()]:
        for thing in vars(module).values() if name.startswith("dashboard") else ():
            if isinstance(thing, Kept):
                thing.clear()
            elif name.startswith("dashboard.pages") and hasattr(thing, "cache_clear"):
                thing.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def components_sought_once() -> Iterator[None]:
    """Let Streamlit look for installed components once: each AppTest reads the metadata of all packages, 0.3 s."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the journeys last, for what fails fast fails first; several workers take them in two parts, at once.

    Each part shares one server and one browser. What draws much, the map and the style, is one part: as one they would
    take as long as all other tests together, on two cores.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    for item in items:
        if item.get_closest_marker("browser"):
            draws = item.path.stem in ("test_map", "test_style")
            item.add_marker(pytest.mark.xdist_group("pictures" if draws else "journeys"))
