"""One process a role and data folder, found by who asks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.services.state_file import RoleState, find_role, hold_role

HOLDER = """
import sys, time
from pathlib import Path
from heatmap_gui.services.state_file import hold_role
with hold_role(Path(sys.argv[1]), "detector", 1234):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_role_is_found_while_it_runs(tmp_path: Path) -> None:
    home = tmp_path / "new"
    with hold_role(home, "scheduler", 8123), hold_role(home, "exporter", None):
        assert find_role(home, "scheduler") == RoleState("scheduler", os.getpid(), 8123)
        assert find_role(home, "exporter").port is None
    with pytest.raises(UnavailableError, match="role scheduler does not run"):
        find_role(home, "scheduler")


def test_the_same_role_twice_is_refused_in_a_line_with_the_process(tmp_path: Path) -> None:
    with (
        hold_role(tmp_path, "scheduler", 1),
        pytest.raises(InputError, match=f"role scheduler runs already in .* .process {os.getpid()}.: stop it"),
        hold_role(tmp_path, "scheduler", 2),
    ):
        pass
    with hold_role(tmp_path, "scheduler", 3):
        assert find_role(tmp_path, "scheduler").port == 3


def test_a_killed_process_leaves_nothing_behind_that_matters(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "held\n"
    assert find_role(tmp_path, "detector") == RoleState("detector", process.pid, 1234)
    with pytest.raises(InputError, match=str(process.pid)), hold_role(tmp_path, "detector", 1):
        pass
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with pytest.raises(UnavailableError):
        find_role(tmp_path, "detector")
    with hold_role(tmp_path, "detector", 1):
        assert find_role(tmp_path, "detector").pid == os.getpid()


@pytest.mark.parametrize("content", ["", "[]", '{"role": 1}', "\udcff"])
def test_a_damaged_file_is_no_role(tmp_path: Path, content: str) -> None:
    (tmp_path / "alerts.json").write_text(content, errors="surrogateescape")
    with pytest.raises(UnavailableError, match="does not run"):
        find_role(tmp_path, "alerts")


def test_a_folder_that_cannot_be_one_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="HEATMAP_HOME"), hold_role(tmp_path / "file", "alerts", 1):
        pass
