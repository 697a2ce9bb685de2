"""The role `api` as its own processes: one socket for all, what is killed comes back, all stop when they are told."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.api.conftest import home_with_demo
from tests.end_to_end.production import ROOT
from tests.receivers import wait_for


@pytest.fixture
def service(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Two processes on one port, in development; and where they answer."""
    home_with_demo(tmp_path)
    environ = os.environ | {"HEATMAP_HOME": str(tmp_path / "home"), "ENVIRONMENT": "development", "LOG_LEVEL": "INFO"}
    environ["RATE_LIMIT_PER_SECOND"] = "100000"
    command = [sys.executable, str(ROOT / "main.py"), "--service", "api", "--config", "production_config.json"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--port", "0", "--workers", "2"], cwd=tmp_path, env=environ, stdout=log, stderr=log
        )
    said: list[str] = []

    def there() -> bool:
        text = (tmp_path / "log").read_text()
        assert process.poll() is None, text
        said[:] = re.findall(r"the API on (http://127\.0\.0\.1:\d+)", text)
        return len(said) == 2  # each of them says it

    try:
        wait_for(there, 60)
        yield process, said[0]
    finally:
        process.kill()
        process.wait(20)


def workers(address: str) -> set[int]:
    """Who answers, asked so often that everybody comes to it."""
    found = set()
    for _ in range(40):
        answer = requests.get(f"{address}/system/info", timeout=20)  # each on a connection of its own
        found.add(int(answer.json()["worker"].removeprefix(f"{socket.gethostname()}-").partition("-")[0]))
    return found


def test_two_answer_on_one_port_and_stop_together(service: tuple[subprocess.Popen[bytes], str]) -> None:
    process, address = service
    wait_for(lambda: len(workers(address)) == 2, 60)
    (other,) = workers(address) - {process.pid}
    os.kill(other, signal.SIGKILL)
    wait_for(lambda: bool(workers(address) - {process.pid, other}), 60)
    (again,) = workers(address) - {process.pid, other}
    process.terminate()
    assert process.wait(10) == 0
    assert not alive(again)
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{address}/health", timeout=5)


def test_none_outlives_who_started_it(service: tuple[subprocess.Popen[bytes], str]) -> None:
    process, address = service
    wait_for(lambda: len(workers(address)) == 2, 60)
    (other,) = workers(address) - {process.pid}
    process.kill()
    process.wait(10)
    wait_for(lambda: not alive(other), 30)


def alive(pid: int) -> bool:
    """Whether a process runs; one that ended and was not waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
