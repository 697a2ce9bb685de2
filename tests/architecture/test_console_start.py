"""What stands between the start of the console and its first picture: nothing heavy that can come later."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WINDOW = ("heatmap_gui.cli", "heatmap_gui.desktop.run")
PICTURE = (*WINDOW, "heatmap_gui.desktop.views.live", "heatmap_gui.app", "heatmap_gui.vision.sources.synthetic")
LATER = {
    *("torch", "ultralytics", "onnx", "onnxruntime", "openvino"),  # a network's, when there is one
    *("scipy.stats", "scipy.optimize", "scipy.fft", "scipy.signal", "scipy.interpolate"),
    *("av", "redis", "requests", "pyqtgraph", "pyarrow", "psycopg", "keyring", "alembic"),
    *("argon2", "jwt", "fastapi"),  # of who asks over HTTP
    "heatmap_gui.desktop.views.first_start",
}
BEHIND_THE_WINDOW = {"heatmap_gui.app", "heatmap_gui.services.measuring", "heatmap_gui.services.engine"}


def imported(*modules: str) -> set[str]:
    """All that there is after these were imported."""
    code = f"import json, sys; import {', '.join(modules)}; print(json.dumps(list(sys.modules)))"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stderr
    return set(json.loads(ended.stdout))


@pytest.mark.parametrize(("modules", "later"), [(WINDOW, LATER | BEHIND_THE_WINDOW), (PICTURE, LATER)])
def test_it_can_do_without(modules: tuple[str, ...], later: set[str]) -> None:
    assert imported(*modules) & later == set()


def test_the_look_bites() -> None:
    assert "scipy.fft" in imported("scipy.fft") & LATER
