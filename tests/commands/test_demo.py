"""What `--demo` asks of the measurement, and what it refuses."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from heatmap_gui.cli import main
from heatmap_gui.commands import demo
from heatmap_gui.services.measurement import Measurement
from tests.replays import left_in


@pytest.mark.parametrize("duration", ["0", "-5", "nan", "inf", "20000"])
def test_durations_that_there_are_not(tmp_path: Path, capsys: pytest.CaptureFixture[str], duration: str) -> None:
    assert main(["--demo", "--headless", f"--duration={duration}", "--out", str(tmp_path / "out")]) == 2
    assert "choose more than 0 s, at most" in capsys.readouterr().err
    assert left_in(tmp_path) == []


@pytest.mark.parametrize(
    ("more", "duration_s", "skip"), [([], 60.0, 3), (["--duration", "400", "--every-frame"], 400.0, 1)]
)
def test_the_order_is_the_demo_stores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: list[str], duration_s: float, skip: int
) -> None:
    """Longer than the scene's own day, too: the truth that is written is of the same people."""
    orders: list[Measurement] = []
    truths: list[tuple[object, ...]] = []

    def measured(order: Measurement, _: object) -> dict[str, Any]:
        orders.append(order)
        return {"warnings": []}

    def written(*arguments: object) -> SimpleNamespace:
        truths.append(arguments)
        return SimpleNamespace(track_id=np.array([3, 3, 5]))

    monkeypatch.setattr(demo, "measure", measured)
    monkeypatch.setattr(demo, "write_truth", written)
    assert main(["--demo", "--headless", "--json", "--out", str(tmp_path), *more]) == 0
    [order] = orders
    assert (order.duration_s, order.frame_skip, order.out) == (duration_s, skip, tmp_path)
    assert len(order.site.cameras) == 3
    assert all(f"&fps=15&duration_s={duration_s}" in camera.url for camera in order.site.cameras)
    assert truths == [(tmp_path / "truth", "store", 1, duration_s, 15.0)]


def test_out_and_the_rest_belong_to_the_demo(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--duration", "5"]) == 2
    assert "belong to --demo" in capsys.readouterr().err


@pytest.mark.parametrize(("display", "headless", "opened"), [(":7", False, 1), (":7", True, 0), ("", False, 0)])
def test_the_report_opens_where_it_can_be_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, display: str, headless: bool, opened: int
) -> None:
    pages: list[str] = []
    monkeypatch.setattr("webbrowser.open", pages.append)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", display)
    flags = ["--headless"] if headless else []
    assert main(["--demo", *flags, "--duration", "1", "--out", str(tmp_path)]) == 0
    assert pages == [(tmp_path / "report.html").as_uri()] * opened
