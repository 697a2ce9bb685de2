"""Real servers for tests: a Redis and a PostgreSQL on free ports, in folders of their own, stopped by who started them.

A missing one skips the test on a laptop, and fails it where CI is set.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_START_S = 20.0


def free_port() -> int:
    """A TCP port of loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def program(name: str, package: str) -> str:
    """Where a server's program is."""
    places = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *places]))
    if found is None:
        missing = f"{name} is missing: install the package {package}"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return found


class RedisServer:
    """A redis-server that can be killed and started again on the same port; what it holds is in memory only."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder, self._arguments = folder, arguments
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [program("redis-server", "redis-server"), "--bind", "127.0.0.1", "--port", str(self.port)]
        command += ["--save", "", "--appendonly", "no", "--dir", str(self._folder), *self._arguments]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _wait(lambda: _answers(self.port), "redis-server")

    def send(self, number: signal.Signals) -> None:
        """A signal: to stand still, to go on."""
        if self._process is not None:
            self._process.send_signal(number)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextmanager
def redis_server(folder: Path, *arguments: str) -> Iterator[RedisServer]:
    """A started Redis."""
    server = RedisServer(folder, *arguments)
    server.start()
    try:
        yield server
    finally:
        server.kill()


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A started PostgreSQL -> the url of its empty database. It refuses to run as root: then its own user runs it."""
    as_user = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        as_user = [program("runuser", "util-linux"), "-u", "postgres", "--"]
        for parent in folder.parents:  # the other user has to get there
            if parent.stat().st_uid == 0 and not parent.stat().st_mode & 1:
                parent.chmod(parent.stat().st_mode | 0o11)
    data, port = folder / "data", free_port()
    initdb, server = program("initdb", "postgresql"), program("postgres", "postgresql")
    make = [*as_user, initdb, "-D", str(data), "-U", "heatmap", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
    subprocess.run(make, check=True, capture_output=True, cwd="/")
    options = ["-p", str(port), "-k", str(folder), "-h", "127.0.0.1", "-c", "fsync=off", "-c", "full_page_writes=off"]
    log = (folder / "log").open("wb")
    process = subprocess.Popen([*as_user, server, "-D", str(data), *options], stdout=log, stderr=log, cwd="/")
    ready = [program("pg_isready", "postgresql"), "-h", "127.0.0.1", "-p", str(port), "-U", "heatmap"]
    try:
        _wait(lambda: subprocess.run(ready, capture_output=True, check=False).returncode == 0, "postgres")
        yield f"postgresql://heatmap@127.0.0.1:{port}/postgres"
    finally:
        postmaster = data / "postmaster.pid"
        if postmaster.exists():
            os.kill(int(postmaster.read_text().split()[0]), 3)  # SIGQUIT: at once
        process.wait(_START_S)
        log.close()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait(ready: Callable[[], bool], name: str) -> None:
    until = time.monotonic() + _START_S
    while not ready():
        if time.monotonic() > until:
            pytest.fail(f"{name} did not start within {_START_S:.0f} s")
        time.sleep(0.05)
