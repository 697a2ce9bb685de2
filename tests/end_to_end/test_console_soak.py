"""The console for ten minutes with sixteen cameras on its wall, four of them faulty: SOAK_S=60 is enough for a try."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.console_soak import CAMERAS, FLAP, FPS, HANG

pytestmark = pytest.mark.soak
ROOT = Path(__file__).parents[2]
_SOAK_S = float(os.environ.get("SOAK_S", "600"))
_SHARE = 0.8  # of the frames that a camera sends


def test_the_window_answers_while_cameras_hang(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    command = [sys.executable, "-m", "tests.end_to_end.console_soak", str(tmp_path / "home"), str(_SOAK_S)]
    ran = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    figures = json.loads(ran.stdout.splitlines()[-1])
    with capfd.disabled():
        print(json.dumps(figures), flush=True)
    assert figures["stalls"] == []
    assert figures["memory_growth"] < 0.01
    assert figures["looks_a_second"] > _SHARE * FPS
    assert figures["ticks_a_second"] > _SHARE * FPS
    sights = figures["sights"]
    assert len(sights) == CAMERAS
    assert all(seen == ["live"] for camera, seen in sights.items() if camera not in HANG + FLAP)
    assert all("gone" in sights[camera] for camera in HANG + FLAP)
