"""The demo store, headless, as a newcomer runs it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from heatmap_gui.cli import main
from tests.replays import left_in, table


def test_ten_seconds_of_the_demo_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--demo", "--headless", "--duration", "10", "--out", str(tmp_path), "--json"]) == 0
    printed = capsys.readouterr()
    summary = json.loads(printed.out)
    assert (summary["store_name"], summary["partial"], summary["out"]) == ("demo", False, str(tmp_path))
    for camera in summary["cameras"].values():
        assert (camera["read"], camera["processed"]) == (150, 50)
    truth = table(tmp_path / "truth/floor_truth.csv")
    assert summary["truth"] == {
        "people": len({row["track_id"] for row in truth}), "person_seconds": pytest.approx(len(truth) / 15, abs=0.01),
    }  # fmt: skip
    assert summary["person_seconds"] == pytest.approx(summary["truth"]["person_seconds"], rel=0.4)
    assert {"heatmap.png", "report.html", "tracks_3.txt", "truth/gt_camera_3.txt"} <= set(left_in(tmp_path))
    with np.load(tmp_path / "heatmap.npz") as arrays:
        assert arrays["presence_s"].sum() == pytest.approx(summary["person_seconds"], rel=0.01)
    main(["--demo", "--headless", "--duration", "2", "--out", str(tmp_path)])
    printed = capsys.readouterr()
    assert f"heat map: {tmp_path}/heatmap.png" in printed.out
    assert "truth: " in printed.out
