"""The console as a stranger uses it: a real window, driven by AT-SPI and xdotool."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
TOOLS = ("xvfb-run", "dbus-run-session", "xdotool")
HAS_ATSPI = "import gi; gi.require_version('Atspi', '2.0')"


@pytest.fixture
def driver() -> list[str]:
    """The command that runs console_driver.py on a screen and a session bus of its own."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if not missing and subprocess.run([SYSTEM_PYTHON, "-c", HAS_ATSPI], capture_output=True, check=False).returncode:
        missing = ["gir1.2-atspi-2.0"]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)} (.ci/run has them)")
    screen = ("xvfb-run", "-a", "-s", "-screen 0 1600x1000x24")
    return [*screen, "dbus-run-session", "--", SYSTEM_PYTHON, str(ROOT / "tests/end_to_end/console_driver.py")]


def test_first_start_to_a_heat_map_of_the_demo_store(driver: list[str], tmp_path: Path) -> None:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("QT_", "DISPLAY", "WAYLAND"))}
    command = [*driver, sys.executable, str(ROOT / "main.py")]
    environment = kept | {"HEATMAP_HOME": str(tmp_path / "home"), "LC_ALL": "C.UTF-8"}
    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=400)
    steps = [line for line in ran.stdout.splitlines() if not line.startswith("SpiRegistry")]  # it writes there too
    assert ran.returncode == 0, f"{steps}\n{ran.stderr[-4000:]}"
    assert steps == ["first start", "measuring", "cameras live", "the rail", "person-seconds on the heat map"]
