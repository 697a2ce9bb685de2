"""A PostgreSQL, a Redis or the API's server of its own for a measurement, on a free port, and gone afterwards."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from heatmap_gui.core.errors import UnavailableError

_START_S = 30.0


@contextmanager
def postgresql() -> Iterator[str]:
    """The url of an empty database, set up as the server's defaults are. Raises UnavailableError where there is none.

    The server refuses to run as root: then the user postgres runs it.
    """
    initdb, server, ready = (_program(name, "postgresql") for name in ("initdb", "postgres", "pg_isready"))
    with tempfile.TemporaryDirectory() as name:
        folder, as_user = Path(name), list[str]()
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            shutil.chown(folder, "postgres")
            as_user = [_program("runuser", "util-linux"), "-u", "postgres", "--"]
        port = _free_port()
        data = folder / "data"
        make = [*as_user, initdb, "-D", str(data), "-U", "heatmap", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
        subprocess.run(make, check=True, capture_output=True, cwd="/")
        start = [*as_user, server, "-D", str(data), "-p", port, "-k", name, "-h", "127.0.0.1"]
        process = subprocess.Popen(start, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
        try:
            _wait(partial(_succeeds, [ready, "-h", "127.0.0.1", "-p", port, "-U", "heatmap"]), "PostgreSQL")
            yield f"postgresql://heatmap@127.0.0.1:{port}/postgres"
        finally:
            if (data / "postmaster.pid").exists():
                os.kill(int((data / "postmaster.pid").read_text().split()[0]), signal.SIGINT)
            process.wait(_START_S)


@contextmanager
def redis() -> Iterator[str]:
    """The url, without the number of a database, of an empty one that keeps all in memory. Raises UnavailableError."""
    server, port = _program("redis-server", "redis-server"), _free_port()
    with tempfile.TemporaryDirectory() as folder:
        start = [server, "--bind", "127.0.0.1", "--port", port, "--save", "", "--appendonly", "no", "--dir", folder]
        process = subprocess.Popen(start, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait(partial(_listens, int(port)), "Redis")
            yield f"redis://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(_START_S)


@contextmanager
def api_server(config: Path, environment: Mapping[str, str]) -> Iterator[int]:
    """`--service api` in a process of its own -> its port. environment: in addition to this process's."""
    port = _free_port()
    command = [sys.executable, "-m", "heatmap_gui", "--service", "api", "--config", str(config), "--port", port]
    process = subprocess.Popen(command, env={**os.environ, **environment}, stderr=subprocess.DEVNULL)
    try:
        _wait(partial(_answers, process, int(port)), "the API's server")
        yield int(port)
    finally:
        process.terminate()
        process.wait(_START_S)


def _program(name: str, package: str) -> str:
    """Debian keeps PostgreSQL's programs out of the path."""
    places = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", os.defpath), *places]))
    if found is None:
        raise UnavailableError(f"{name} is missing: install the server (Debian: {package})")
    return found


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    if process.poll() is not None:
        raise UnavailableError("the API's server did not start: try `heatmap --service api` by hand")
    return _listens(port)


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _wait(ready: Callable[[], bool], name: str) -> None:
    until = time.monotonic() + _START_S
    while not ready():
        if time.monotonic() > until:
            raise UnavailableError(f"{name} did not start within {_START_S:.0f} s")
        time.sleep(0.1)
