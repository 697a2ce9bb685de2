"""`heatmap --service`: starts, says so, takes signals, stops; what fails is one line and an exit status."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from heatmap_gui import app, loops
from heatmap_gui.cli import main
from heatmap_gui.commands import service
from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.services.state_file import find_role, hold_role

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _undisturbed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A home of its own, a configuration, and the logs of the test run as they were."""
    monkeypatch.setenv("HEATMAP_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(service, "set_up_logs", lambda *_, **__: None)
    monkeypatch.setattr(os, "_exit", _left)
    Path("production_config.json").write_text('{"schedules": {}, "log_level": "INFO"}')
    yield


def _left(status: int) -> None:
    """In place of the end of the tests' own process."""
    raise AssertionError(f"it left with {status}, without loops that hung: the log names them")


def run(*arguments: str) -> int:
    return main(["--service", "exporter", "--config", "production_config.json", *arguments])


def replace_loop(monkeypatch: pytest.MonkeyPatch, loop: loops.Loop) -> None:
    monkeypatch.setitem(app.ROLES, "exporter", lambda _: {"exporter": loop})


def told(notifications: socket.socket) -> list[str]:
    """What systemd was told, the first line of each message."""
    notifications.setblocking(False)
    found = []
    while True:
        try:
            found.append(notifications.recv(1000).decode().splitlines()[0])
        except BlockingIOError:
            return found


@pytest.fixture
def notifications(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    path = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiving:
        receiving.bind(str(path))
        monkeypatch.setenv("NOTIFY_SOCKET", str(path))
        yield receiving


def signals(*numbers: int) -> Callable[[threading.Event], None]:
    """A loop that sends its own process signals, one after the other, and runs until it is told to stop."""

    def loop(stopping: threading.Event) -> None:
        for number in numbers:
            os.kill(os.getpid(), number)
            stopping.wait(0.5)
        stopping.wait(20)

    return loop


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_it_is_told(
    monkeypatch: pytest.MonkeyPatch, notifications: socket.socket, tmp_path: Path, number: int
) -> None:
    replace_loop(monkeypatch, signals(number))
    before = signal.getsignal(signal.SIGTERM)
    assert run() == 0
    assert told(notifications) == ["READY=1", "STOPPING=1"]
    assert signal.getsignal(signal.SIGTERM) is before
    with pytest.raises(UnavailableError, match="does not run"):
        find_role(tmp_path / "home", "exporter")


def test_a_hangup_takes_edits_in_and_goes_on(monkeypatch: pytest.MonkeyPatch, notifications: socket.socket) -> None:
    seen: list[float] = []

    def role(running: app.App) -> dict[str, loops.Loop]:
        def loop(stopping: threading.Event) -> None:
            Path("production_config.json").write_text('{"schedules": {}, "confidence": 0.25}')
            os.kill(os.getpid(), signal.SIGHUP)
            until = time.monotonic() + 20
            while running.catalog.settings.confidence != 0.25 and time.monotonic() < until:
                stopping.wait(0.02)
            seen.append(running.catalog.settings.confidence)
            os.kill(os.getpid(), signal.SIGTERM)

        return {"exporter": loop}

    monkeypatch.setitem(app.ROLES, "exporter", role)
    assert run() == 0
    assert seen == [0.25]
    assert told(notifications) == ["READY=1", "RELOADING=1", "READY=1", "STOPPING=1"]


def test_a_loop_that_fails_ends_it_with_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], notifications: socket.socket
) -> None:
    def loop(_: threading.Event) -> None:
        raise ZeroDivisionError("by nothing")

    replace_loop(monkeypatch, loop)
    assert run() == 1
    line = capsys.readouterr().err.splitlines()[-1]
    assert line.startswith("heatmap: error: ZeroDivisionError: by nothing. This is a bug")
    assert told(notifications)[-1] == "STOPPING=1"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--service", "exporter"], "--service needs --config production_config.json"),
        (["--service", "painter", "--config", "production_config.json"], "there is no role 'painter': choose of all"),
        (["--service", "", "--config", "production_config.json"], "there is no role ''"),
        (["--service", "exporter", "--config", "none.json"], "none.json"),
        (["--service", "exporter", "--config", "production_config.json", "--instance", "../x"], "--instance '../x'"),
        (["--service", "exporter", "--config", "production_config.json", "--health-port", "70000"], "0 (any) to 65535"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line


def test_a_role_that_runs_already_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with hold_role(tmp_path / "home", "exporter", None):
        assert run() == 2
        assert "role exporter runs already" in capsys.readouterr().err


def test_a_second_instance_runs_beside_the_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    replace_loop(monkeypatch, signals(signal.SIGTERM))
    with hold_role(tmp_path / "home", "exporter", None):
        assert run("--instance", "b") == 0


def test_all_is_every_role_also_among_others() -> None:
    assert service._roles("all") == service._roles("detector,all") == tuple(app.ROLES)
    assert service._roles(" detector, exporter,detector") == ("detector", "exporter")


_HANGS = """
import sys, threading, time
from heatmap_gui import app
from heatmap_gui.cli import main
from heatmap_gui.commands import service
service._STOP_S = 0.5
app.ROLES["exporter"] = lambda _: {"exporter": lambda stopping: time.sleep(60)}
sys.exit(main(["--service", "exporter", "--config", "production_config.json"]))
"""


def test_it_ends_also_when_a_loop_hangs() -> None:
    with subprocess.Popen([sys.executable, "-c", _HANGS], env=os.environ | {"PYTHONPATH": str(ROOT)},
                          stderr=subprocess.PIPE, text=True) as process:  # fmt: skip
        assert process.stderr is not None
        lines = iter(process.stderr.readline, "")
        assert any('"running: ' in line for line in lines)
        process.send_signal(signal.SIGTERM)
        left = list(lines)
        assert process.wait(8) == 1
    (stuck,) = [json.loads(line)["message"] for line in left if "still running" in line]
    assert stuck.endswith("exporter")
