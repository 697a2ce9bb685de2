"""The console and the engine without a window measure the same, to the last bit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
_LONGEST_S = 600.0
_TIMED = {"detections.json", "report.html"}  # these tell when and how fast it was measured


def _run(folder: Path, *more: str) -> subprocess.Popen[bytes]:
    """`--demo --every-frame` with a data folder of its own, and results in `out`."""
    command = [sys.executable, str(ROOT / "main.py"), "--demo", "--every-frame", "--out", str(folder / "out"), *more]
    screen = {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}  # Qt draws into memory, whatever the display's name
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | screen | {"HEATMAP_HOME": str(folder / "home")})


def _summary(folder: Path) -> dict[str, Any]:
    """Of a measurement that came to its end; empty before."""
    path = folder / "out" / "summary.json"
    found: dict[str, Any] = json.loads(path.read_text()) if path.is_file() else {"partial": True}
    return {} if found["partial"] else found


@pytest.mark.parametrize("duration", [("--duration", "4"), pytest.param((), marks=pytest.mark.soak, id="60 s")])
def test_the_console_measures_what_headless_measures(tmp_path: Path, duration: tuple[str, ...]) -> None:
    shown, headless = tmp_path / "shown", tmp_path / "headless"
    console = _run(shown, *duration)
    try:
        until = time.monotonic() + _LONGEST_S
        while not _summary(shown):
            assert console.poll() is None, "the console ended"
            assert time.monotonic() < until
            time.sleep(0.2)
    finally:
        console.terminate()
        console.wait(30)
    assert _run(headless, "--headless", *duration).wait(_LONGEST_S) == 0
    assert _summary(shown) == _summary(headless)
    files = sorted(path.name for path in (headless / "out").iterdir() if path.is_file())
    assert {"tracks_1.txt", "tracks_2.txt", "tracks_3.txt", "floor_tracks.csv", "heatmap.npz"} <= set(files)
    for name in set(files) - _TIMED:
        if name != "heatmap.npz":
            assert (shown / "out" / name).read_bytes() == (headless / "out" / name).read_bytes(), name
    with np.load(shown / "out/heatmap.npz") as ours, np.load(headless / "out/heatmap.npz") as theirs:
        assert ours.files == theirs.files
        for layer in ours.files:
            assert ours[layer].tobytes() == theirs[layer].tobytes(), layer
        assert ours["presence_s"].sum() > 1.0
