"""`heatmap health ROLE` against a service that is well, ill, deaf or not there."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from heatmap_gui.cli import main
from heatmap_gui.loops import Loops
from heatmap_gui.services.health import Health
from heatmap_gui.services.health_server import HealthServer
from heatmap_gui.services.state_file import hold_role
from heatmap_gui.services.systemd import Notifier


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HEATMAP_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def health(home: Path) -> Iterator[Health]:
    """Of a detector that runs."""
    reported = Health("detector")
    server = HealthServer(reported, 0, Notifier({}))
    with Loops() as loops, hold_role(home, "detector", server.port):
        loops.start("health", server)
        yield reported


def test_healthy_is_0_and_anything_else_3(health: Health, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["health", "detector"]) == 0
    assert capsys.readouterr().out == "healthy\n"
    health.report("camera main/1", "no frame for 9 s")
    assert main(["health", "detector"]) == 3
    assert capsys.readouterr().out == "degraded\n- camera main/1: no frame for 9 s\n"
    health.report("database", "away", fatal=True)
    assert main(["health", "detector", "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["status"] == "unhealthy"


def test_a_role_that_does_not_run_is_3(health: Health, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["health", "exporter"]) == 3
    assert "role exporter does not run" in capsys.readouterr().err


@pytest.mark.parametrize(("port", "said"), [(1, "does not answer on port 1"), (None, "answers no questions")])
def test_a_service_that_says_nothing_is_3(
    home: Path, port: int | None, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with hold_role(home, "alerts", port):
        assert main(["health", "alerts"]) == 3
    error = capsys.readouterr().err
    assert said in error and str(os.getpid()) in error and error.count("\n") == 1


def test_a_role_that_is_none_is_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["health", "chef"]) == 2
    assert "scheduler" in capsys.readouterr().err
