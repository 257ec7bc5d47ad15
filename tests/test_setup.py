"""The set-up: exactly what is locked, with every pip, whatever is published later; and each obstacle in one sentence.

Each test works on a copy of the Makefile and its script, with made-up packages in a folder instead of an index. The
made-up server only says where it would serve.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]
PIPS = ROOT / "build" / "pips"
SERVER = "import os\nimport uvicorn\nprint('served', os.environ['HOST'], os.environ['PORT'])\n"
WANTS_EXTRA = "Requires-Dist: meter[toml]>=1.0\n"
HAS_EXTRA = "Provides-Extra: toml\nRequires-Dist: tomlish; extra == 'toml'\n"


def make_wheel(index: Path, name: str, version: str, metadata: str = "") -> str:
    """Put a wheel into the index and return its line in a lock file."""
    about = f"{name}-{version}.dist-info"
    files = {
        f"{name}/__init__.py": "",
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{metadata}",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: made-up\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{about}/RECORD"] = "".join(f"{file},,\n" for file in [*files, f"{about}/RECORD"])
    wheel = index / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for file, content in files.items():
            archive.writestr(file, content)
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


def make_python(path: Path, venv: str = "", code: str = "") -> str:
    """Write a Python that makes environments by `venv` and puts `code` before each piece of code it is given."""
    path.write_text(
        "#!/bin/sh\n"
        f'if [ "$1 $2" = "-m venv" ]; then for folder; do :; done; {venv or "exit 1"}\n'
        f'else exec {sys.executable} -c "import sys; {code}exec(sys.argv[1])" "$2"; fi\n'
    )
    path.chmod(0o755)
    return str(path)


@dataclass
class House:
    """A copy of the repository's set-up, with locks, an index and a Python of its own."""

    folder: Path
    python: str
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def index(self) -> Path:
        """Return the folder that stands for the package index."""
        return self.folder / "index"

    def lock(self, run: list[str], develop: list[str]) -> None:
        """Write both lock files."""
        (self.folder / "requirements.txt").write_text("".join(run))
        (self.folder / "requirements-dev.txt").write_text("".join([*run, *develop]))

    def make(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run make as a person would."""
        given = {"PYTHON": self.python, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.index), **environment}
        return subprocess.run(
            ["make", *arguments],
            cwd=self.folder,
            env=self.environment | given,
            text=True,
            capture_output=True,
            timeout=120,
        )

    def made(self, *arguments: str, **environment: str) -> str:
        """Run make, which must end well, and return what it said."""
        done = self.make(*arguments, **environment)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def stopped(self, *arguments: str, **environment: str) -> str:
        """Run make, which must fail with one line of its own, and return that line."""
        done = self.make(*arguments, **environment)
        (line,) = [line for line in done.stderr.splitlines() if not line.startswith("make:")]
        assert done.returncode != 0
        assert "served" not in done.stdout
        return line

    def holds(self) -> dict[str, str]:
        """Return the packages of the environment, each with its version, but for pip."""
        listed = subprocess.run(
            [self.folder / ".venv/bin/python", "-m", "pip", "list", "--format", "freeze", "--disable-pip-version-check"],
            env=self.environment, text=True, capture_output=True, check=True,
        )  # fmt: skip
        packages = dict(line.split("==") for line in listed.stdout.split())
        return {name: version for name, version in packages.items() if name not in ("pip", "setuptools")}


@pytest.fixture(params=["newest"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> House:
    """Return a house whose Python brings the newest pip, or the one that the test names."""
    pip = PIPS / request.param
    assert (pip / "pip").is_dir(), "The pips to try are not there: `make test` fetches them, once."
    for name in ("Makefile", "setup.sh"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "index").mkdir()
    brings = f"echo {pip} >$(echo $folder/lib/python*/site-packages)/pip.pth"
    python = make_python(tmp_path / "python", f'shift 2; {sys.executable} -m venv --without-pip "$@" && {brings}')
    ours = re.compile(r"PIP_|MAKE|MFLAGS|HOST$|PORT$|PYTHON|VIRTUAL_ENV|COV_|.*_proxy$", re.IGNORECASE)
    kept = {name: value for name, value in os.environ.items() if not ours.match(name)}
    house = House(tmp_path, python, kept | {"PIP_CONFIG_FILE": os.devnull, "LC_ALL": "C"})
    serving = tmp_path / "dashboard" / "serving"
    serving.mkdir(parents=True)
    (serving / "__main__.py").write_text(SERVER)
    server = make_wheel(house.index, "uvicorn", "1.0")
    coverage = [make_wheel(house.index, "meter", "1.0", HAS_EXTRA), make_wheel(house.index, "tomlish", "1.0")]
    house.lock([server], [*coverage, make_wheel(house.index, "wants", "1.0", WANTS_EXTRA)])
    return house


RUN = {"uvicorn": "1.0"}
DEVELOP = RUN | {"meter": "1.0", "tomlish": "1.0", "wants": "1.0"}


@pytest.mark.parametrize("house", ["oldest", "newest"], indirect=True)
def test_the_environment_is_what_is_locked_though_newer_packages_are_published(house: House) -> None:
    make_wheel(house.index, "meter", "2.0", HAS_EXTRA)
    make_wheel(house.index, "tomlish", "2.0")
    house.made("setup")
    assert house.holds() == DEVELOP


def test_running_takes_its_own_packages_only_and_neither_command_installs_again(house: House) -> None:
    assert "Setting up .venv from requirements.txt" in house.made("run")
    assert house.holds() == RUN
    assert "Setting up .venv from requirements-dev.txt" in house.made("setup")
    assert house.holds() == DEVELOP
    shutil.rmtree(house.index)
    assert "Setting up" not in house.made("run") + house.made("setup") + house.made("run")


def test_the_commands_have_a_name_of_their_own_from_any_folder_and_through_a_link(house: House) -> None:
    elsewhere = house.folder / "else where"
    for folder, said in ((house.folder, "ours"), (elsewhere, "theirs")):
        (folder / "dashboard").mkdir(parents=True, exist_ok=True)
        (folder / "dashboard/__main__.py").write_text(f"import sys\nprint('{said}', *sys.argv[1:], sep=', ')\n")
    script, link = house.folder / ".venv/bin/defence-ties", elsewhere / "ties"
    link.symlink_to(script)
    for wish in ("run", "setup", "run"):
        house.made(wish)
        for command in (script, link):
            done = subprocess.run([command, "check", "a b"], cwd=elsewhere, text=True, capture_output=True)
            assert (done.stdout, done.stderr) == ("ours, check, a b\n", "")
        script.unlink()


def test_a_changed_lock_changes_the_environment_and_what_is_locked_no_more_goes(house: House) -> None:
    house.made("setup")
    house.lock([make_wheel(house.index, "uvicorn", "2.0")], [make_wheel(house.index, "other_one", "1.0")])
    house.made("run")
    assert house.holds() == {"uvicorn": "2.0"}
    house.made("setup")
    assert house.holds() == {"uvicorn": "2.0", "other_one": "1.0"}


def test_it_serves_this_machine_alone_unless_host_says_otherwise(house: House) -> None:
    for wish in ([], ["HOST="]):
        assert "served 127.0.0.1 18501" in house.made("run", "PORT=18501", *wish)
    assert "served 0.0.0.0 18502" in house.made("run", "PORT=18502", HOST="0.0.0.0")


def test_a_taken_port_is_said_with_the_remedy(house: House) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = house.stopped("run", f"PORT={port}")
    assert f"Cannot serve on port {port} of 127.0.0.1" in said
    assert "Address already in use" in said
    assert "PORT=8502" in said
    assert f"served 127.0.0.1 {port}" in house.made("run", f"PORT={port}")


def test_a_python_that_cannot_be_used_is_said_with_the_remedy_and_leaves_no_trace(house: House) -> None:
    old = make_python(house.folder / "old", code="sys.version_info = (3, 9, 18); ")
    bare = make_python(house.folder / "bare", code="sys.modules['ensurepip'] = None; ")
    name = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    for python, fault, remedy in [
        (old, "is Python 3.9, which is too old", "install Python 3.11 or newer"),
        (bare, "cannot make environments", f"apt install {name}-venv"),
        (str(house.folder / "none"), "does not run", "PYTHON=..."),
    ]:
        said = house.stopped("run", PYTHON=python)
        assert fault in said
        assert remedy in said
        assert not (house.folder / ".venv").exists()
    house.made("run")


@pytest.fixture
def cut_off() -> Iterator[dict[str, str]]:
    """Return the environment of a machine whose way to the package index is closed."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/simple"
        yield {"PIP_NO_INDEX": "0", "PIP_FIND_LINKS": "", "PIP_INDEX_URL": address, "PIP_RETRIES": "1"}


def test_without_a_network_it_says_so_and_the_next_try_goes_well(house: House, cut_off: dict[str, str]) -> None:
    assert "cannot be reached: connect to the network" in house.stopped("run", **cut_off)
    house.made("run")
    assert house.holds() == RUN


def test_an_update_without_a_network_leaves_what_was_there(house: House, cut_off: dict[str, str]) -> None:
    house.made("setup")
    before = (house.folder / "requirements.txt").read_text()
    house.lock([make_wheel(house.index, "uvicorn", "2.0")], [])
    assert "connect to the network" in house.stopped("run", **cut_off)
    (house.folder / "requirements.txt").write_text(before)
    assert "Setting up" not in house.made("run", **cut_off)
    assert house.holds() == DEVELOP


@pytest.mark.parametrize("left", [".venv/bin/python", ".venv/installed.before/requirements.txt"])
def test_what_an_interrupted_try_left_is_no_obstacle(house: House, left: str) -> None:
    house.made("run")
    shutil.rmtree(house.folder / ".venv" / "installed")
    (house.folder / left).unlink(missing_ok=True)
    (house.folder / left).parent.mkdir(exist_ok=True)
    (house.folder / left).write_text("half\n")
    house.made("run")
    assert house.holds() == RUN


def test_an_environment_that_is_not_ours_is_left_alone(house: House) -> None:
    foreign = house.folder / "foreign"
    (foreign / "bin").mkdir(parents=True)
    (foreign / "bin" / "tool").touch()
    (house.folder / ".venv").symlink_to(foreign)
    assert "delete the link" in house.stopped("run")
    (house.folder / ".venv").unlink()
    foreign.rename(house.folder / ".venv")
    assert "not made by this set-up" in house.stopped("setup")
    assert (house.folder / ".venv" / "bin" / "tool").exists()


def test_an_environment_behind_a_link_is_used_as_long_as_it_holds_the_lock(house: House) -> None:
    house.made("setup")
    venv, linked = house.folder / ".venv", house.folder / "linked"
    venv.rename(linked)
    venv.symlink_to(linked)
    assert "served" in house.made("run")
    house.lock([make_wheel(house.index, "uvicorn", "2.0")], [])
    assert "delete the link" in house.stopped("run")
    assert house.holds() == DEVELOP


def test_a_lock_that_lacks_a_package_or_has_a_wrong_hash_is_said_with_the_remedy(house: House) -> None:
    run, develop = ((house.folder / name).read_text() for name in ("requirements.txt", "requirements-dev.txt"))
    (house.folder / "requirements-dev.txt").write_text(re.sub("meter==.*\n", "", develop))
    said = house.stopped("setup")
    assert "requirements-dev.txt is not complete (wants 1.0 requires meter" in said
    assert "run make lock" in said
    (house.folder / "requirements.txt").write_text(re.sub("sha256:....", "sha256:0000", run))
    said = house.stopped("run")
    assert "The packages of requirements.txt cannot be installed" in said
    assert "HASHES" in said
    house.lock([run], [develop])


# --- the real locks ----------------------------------------------------------------------------------------------


def pins(name: str) -> set[str]:
    """Return the lines of a lock file that name a package, a version and where it is needed."""
    return {line.rstrip("\\ \n") for line in (ROOT / name).read_text().splitlines() if re.match(r"[a-z]", line)}


def test_what_developing_needs_includes_what_running_needs_in_the_same_versions() -> None:
    assert len(pins("requirements.txt")) > 10
    assert pins("requirements.txt") < pins("requirements-dev.txt")


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-dev.txt", "tests/pip-oldest.txt", "tests/pip-newest.txt"]
)
def test_a_lock_names_no_address_and_has_a_hash_for_every_package(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert "--index" not in text
    entries = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
    assert entries
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)
