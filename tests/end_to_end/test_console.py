"""The console as a stranger uses it: a real window, driven by AT-SPI and xdotool."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from heatmap_gui.core.homography import apply
from heatmap_gui.core.types import F8
from heatmap_gui.desktop.run import install_demo
from heatmap_gui.desktop.session import SITES
from heatmap_gui.store.site_files import load_site, versions
from heatmap_gui.vision.synthetic import Scene, load_scene
from heatmap_gui.vision.synthetic.scenery import backdrop

ROOT = Path(__file__).parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
TOOLS = ("xvfb-run", "dbus-run-session", "xdotool")
HAS_ATSPI = "import gi; gi.require_version('Atspi', '2.0')"
CAMERA, MOST_ACTIONS, ERROR_M = 3, 24, 0.15
# what stands out on the floor in the picture of that camera: feet of shelves, tills and the door, a corner; m
PLACES_M = (
    (17.1, 9.3), (14.9, 10.5), (12.0, 11.6), (16.7, 2.6), (13.9, 7.0), (10.2, 7.0), (7.4, 7.0), (4.7, 6.5),
    (2.14, 12.92), (0.4, 0.4),
)  # fmt: skip
ZONE_M, MOVED_M = ((13.5, 8.0), (17.5, 8.0), (17.5, 11.5), (13.5, 11.5)), (0.5, -0.5)

Drive = Callable[[str], list[dict[str, Any]]]


@pytest.fixture
def drive(tmp_path: Path) -> Drive:
    """Runs console_driver.py on a screen and a session bus of its own -> the steps that it told of."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if not missing and subprocess.run([SYSTEM_PYTHON, "-c", HAS_ATSPI], capture_output=True, check=False).returncode:
        missing = ["gir1.2-atspi-2.0"]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)} (.ci/run has them)")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("QT_", "DISPLAY", "WAYLAND"))}
    environment = kept | {"HEATMAP_HOME": str(tmp_path / "home"), "LC_ALL": "C.UTF-8"}
    screen = ("xvfb-run", "-a", "-s", "-screen 0 1600x1000x24", "dbus-run-session", "--")
    driver = str(ROOT / "tests/end_to_end/console_driver.py")

    def run(task: str) -> list[dict[str, Any]]:
        command = [*screen, SYSTEM_PYTHON, driver, task, sys.executable, str(ROOT / "main.py")]
        ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=400)
        told = [line for line in ran.stdout.splitlines() if line.startswith("{")]  # AT-SPI writes there too
        assert ran.returncode == 0, f"{told}\n{ran.stderr[-4000:]}"
        return [json.loads(line) for line in told]

    return run


def test_first_start_to_a_heat_map_of_the_demo_store(drive: Drive) -> None:
    steps = [told["step"] for told in drive("first start")]
    assert steps == ["measuring", "people on the floor", "person-seconds on the heat map"]


def test_a_fresh_site_gets_a_camera_calibrated_and_a_zone(drive: Drive, tmp_path: Path) -> None:
    scene, site = load_scene("store"), _fresh_site(tmp_path / "home")
    task = {
        "site": str(site),
        "camera": f"{CAMERA}  {scene.view(CAMERA).name}",
        "still": scene.view(CAMERA).size,
        "plan": [side / scene.metres_per_pixel for side in scene.size_m],
        "pairs": [
            (_in_picture(scene, np.array([place])).tolist()[0], [m / scene.metres_per_pixel for m in place])
            for place in PLACES_M
        ],
        "zone": (np.array(ZONE_M) / scene.metres_per_pixel).tolist(),
        "by": (np.array(MOVED_M) / scene.metres_per_pixel).tolist(),
    }
    (tmp_path / "task.json").write_text(json.dumps(task))
    calibrated, *zone_steps = drive(str(tmp_path / "task.json"))
    print(f"{calibrated['actions']} actions")
    assert calibrated["actions"] <= MOST_ACTIONS
    assert len(versions(site)) == 1
    _check_floor(scene, site)
    _check_zone({told["step"]: np.array(told["zones"]) * scene.metres_per_pixel for told in zone_steps})


def _fresh_site(home: Path) -> Path:
    """The demo store as it is before anybody set up more than its plan and its cameras."""
    path = home / SITES / f"calibration_{install_demo(home / SITES)}.json"
    document = json.loads(path.read_text(encoding="utf-8")) | {"zones": [], "lines": []}
    for camera in document["cameras"]:
        del camera["calibration"]
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def _in_picture(scene: Scene, places_m: F8) -> F8:
    return scene.view(CAMERA).project(np.column_stack([places_m, np.zeros(len(places_m))]))[0]


def _check_floor(scene: Scene, path: Path) -> None:
    """Where the saved file puts all that the camera sees of the floor, each quarter of a metre."""
    calibration = load_site(path).camera(str(CAMERA)).calibration
    assert calibration is not None
    room, (width, height) = scene.room, scene.view(CAMERA).size
    x, y = np.meshgrid(np.arange(room.x0 + 0.1, room.x1, 0.25), np.arange(room.y0 + 0.1, room.y1, 0.25))
    floor = np.column_stack([x.ravel(), y.ravel()])
    seen = _in_picture(scene, floor)
    inside = ((seen > 0) & (seen < (width - 1, height - 1))).all(axis=1)
    floor, seen = floor[inside], seen[inside]
    column, row = np.round(seen).astype(int).T
    clear = backdrop(scene, scene.view(CAMERA)).floor[row, column]
    found = apply(calibration.matrix, seen[clear]) * scene.metres_per_pixel
    errors = np.hypot(*(found - floor[clear]).T)
    typical, most = float(np.sqrt(np.mean(errors**2))), float(np.percentile(errors, 95))
    print(f"{clear.sum()} places: {typical:.3f} m RMS, 95 % below {most:.3f} m, all below {errors.max():.3f} m")
    assert clear.sum() > 500
    assert most <= ERROR_M


def _check_zone(said: dict[str, F8]) -> None:
    """What the file said of all zones, m, after each step."""
    drawn, moved = np.array([ZONE_M]), np.array([ZONE_M]) + MOVED_M
    expected = [
        ("drawn", drawn), ("moved", moved), ("move undone", drawn), ("zone undone", np.zeros(0)),
        ("zone redone", drawn), ("move redone", moved),
    ]  # fmt: skip
    assert list(said) == [step for step, _ in expected]
    for step, corners in expected:
        np.testing.assert_allclose(said[step], corners, atol=0.011, err_msg=step)
