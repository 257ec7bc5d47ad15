"""What is measured is served from here: the dashboard of any checkout, and the pages that it is compared with."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
HERE = Path(__file__).parent
LOOK = 0.05  # seconds between two looks whether a server answers
START = 300  # seconds that a server may take to answer
QUIET, REST = 0.03, 240.0  # of one processor; seconds that a server may take until it does so little


class Server:
    """A server on this machine alone, for the time of a `with`."""

    def __init__(
        self, command: Callable[[int], list[str]], folder: Path, health: str, more: dict[str, str] | None = None
    ) -> None:
        """Take the command for a port, the folder to run it in, an address that answers once it is there, and more for its environment."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.command, self.folder, self.health = command(self.port), folder, health
        self.held = ExitStack()
        self.environment = {**os.environ, "HOST": "127.0.0.1", "PORT": str(self.port), **(more or {})}

    @property
    def site(self) -> str:
        """Return the address of the server."""
        return f"http://127.0.0.1:{self.port}/"

    def __enter__(self) -> Server:
        """Start it and wait until it answers; `started` is how many seconds that took."""
        began = time.perf_counter()
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # whoever is ended in between ends its servers too
        self.log = self.held.enter_context(tempfile.TemporaryFile())
        self.process = subprocess.Popen(
            self.command, cwd=self.folder, env=self.environment, stdout=self.log, stderr=subprocess.STDOUT
        )
        while not self._answers():
            if self.process.poll() is not None or time.perf_counter() - began > START:
                self.log.seek(0)
                said = self.log.read()[-2000:].decode(errors="replace")
                self.__exit__()
                raise RuntimeError(f"{' '.join(self.command)} does not answer: {said}")
            time.sleep(LOOK)
        self.started = time.perf_counter() - began
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it."""
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.held.close()

    def _answers(self) -> bool:
        try:
            with urlopen(self.site + self.health, timeout=5):
                return True
        except (URLError, ConnectionError, TimeoutError):
            return False

    def cpu(self) -> float:
        """Return the seconds of processor time that the server has used so far, threads that have ended too (Linux)."""
        return time.clock_gettime((~self.process.pid << 3) | 2)  # the kernel's number for the clock of another process

    def megabytes(self) -> float:
        """Return the memory of the server (Linux)."""
        fields = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8").split("VmRSS:")[1]
        return int(fields.split()[0]) / 1024

    def rest(self) -> None:
        """Wait until what the server does while nobody waits is done, so that no reader is charged with it."""
        until = time.perf_counter() + REST
        quiet = 0
        while quiet < 3 and time.perf_counter() < until:
            before = self.cpu()
            time.sleep(1)
            quiet = quiet + 1 if self.cpu() - before < QUIET else 0


def product(checkout: Path, data: Path | None = None) -> Server:
    """Return the dashboard of a checkout as its `make run` serves it, over its own tables or those of a folder."""
    own = checkout / ".venv" / "bin" / "python"
    python = str(own) if own.exists() else sys.executable
    more = {"DEFENCE_TIES_RATE": "0", **({"DEFENCE_TIES_DATA": str(data)} if data else {})}
    if (checkout / "dashboard" / "serving" / "__main__.py").exists():
        return Server(lambda _: [python, "-m", "dashboard.serving"], checkout, "_stcore/health", more)
    # Versions from before the house was rebuilt.
    uvicorn = [python, "-m", "uvicorn", "dashboard.server:app", "--host", "127.0.0.1", "--no-access-log", "--port"]
    return Server(lambda port: [*uvicorn, str(port)], checkout, "_stcore/health", more)


def plain(scratch: Path) -> Server:
    """Return the plain Streamlit page, served as Streamlit serves; in a folder without settings of ours."""
    streamlit = [sys.executable, "-m", "streamlit", "run", str(HERE / "plain.py"), "--server.headless", "true"]
    quiet = ["--browser.gatherUsageStats", "false", "--server.address", "127.0.0.1", "--server.port"]
    return Server(lambda port: [*streamlit, *quiet, str(port)], scratch, "_stcore/health")


def floor() -> Server:
    """Return the empty Streamlit page, served as ours is."""
    uvicorn = [sys.executable, "-m", "uvicorn", "bench.floor:app", "--host", "127.0.0.1", "--log-level", "warning"]
    return Server(lambda port: [*uvicorn, "--port", str(port)], ROOT, "_stcore/health")


def still(folder: Path) -> Server:
    """Return the static pages of a folder."""
    return Server(lambda port: [sys.executable, "-m", "bench.still", str(folder), str(port)], ROOT, "still.js")
