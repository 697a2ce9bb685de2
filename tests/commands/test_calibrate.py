"""`calibrate` as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from heatmap_gui.cli import main
from heatmap_gui.core.site_file import read_site
from tests.core.pinhole import Pinhole

PLAN_M = np.array(
    [[8.0, 2.0], [12.0, 1.5], [13.0, 9.0], [6.5, 8.5], [10.0, 5.0], [9.0, 12.0], [12.0, 13.0], [7.9, 4.2]]
)


def _pairs(folder: Path, n: int, noise_px: float = 0.0, **more: Any) -> Path:
    clicks = Pinhole().project(PLAN_M[:n]) + np.random.default_rng(1).normal(0, noise_px, (n, 2))
    pairs = {"camera_points": clicks.tolist(), "plan_points": (PLAN_M[:n] / 0.02).tolist(), "metres_per_pixel": 0.02}
    path = folder / "pairs.json"
    path.write_text(json.dumps(pairs | more))
    return path


def test_errors_are_in_metres_worst_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calibrate", "--pairs", str(_pairs(tmp_path, 8, 2.0)), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    errors = [pair["leave_one_out"] for pair in said["pairs"]]
    assert errors == sorted(errors, reverse=True)
    assert said["unit"] == "m"
    assert 0.01 < said["error"] < 0.5
    assert said["calibration"]["error_m"] == said["error"]


def test_four_pairs_say_unknown_and_never_zero(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(_pairs(tmp_path, 4))
    assert main(["calibrate", "--pairs", path]) == 0
    assert "error: unknown" in capsys.readouterr().out
    assert main(["calibrate", "--pairs", path, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["error"] is None
    assert "error_m" not in said["calibration"]


def test_a_wrong_pair_is_pointed_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = PLAN_M / 0.02
    plan[5] += (60, 0)
    assert main(["calibrate", "--pairs", str(_pairs(tmp_path, 8, 1.0, plan_points=plan.tolist()))]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split()[0] == "6"
    assert "check this one" in lines[1]
    assert sum("check this one" in line for line in lines) == 1


def test_what_is_written_is_a_site_files_calibration(tmp_path: Path) -> None:
    out = tmp_path / "fit.json"
    assert main(["calibrate", "--pairs", str(_pairs(tmp_path, 8)), "--out", str(out)]) == 0
    camera = {"camera_id": 1, "calibration": json.loads(out.read_text())["calibration"]}
    store = {"plan_width": 1000, "plan_height": 800, "metres_per_pixel": 0.02}
    site = read_site({"store": store, "cameras": [camera]}, tmp_path / "calibration_a.json")
    assert site.warnings == ()
    assert site.cameras[0].calibration is not None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fit.json", "pairs.json"]


@pytest.mark.parametrize(
    ("more", "fragment"),
    [
        ({"camera_points": [[1, 2]]}, "pairs.json: there are 1 camera points and 8 plan points"),
        ({"metres_per_pixel": 0}, "pairs.json: metres_per_pixel is 0: allowed: a number above 0"),
        ({"plan_points": None}, "pairs.json: plan_points is missing"),
        ({"plan_points": [[i, 2 * i] for i in range(8)]}, "lie on one line of the plan"),
        ({"frame_size": [100, 100]}, "outside the picture of 100x100"),
    ],
)
def test_bad_pairs_end_in_one_line_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: dict[str, Any], fragment: str
) -> None:
    out = tmp_path / "fit.json"
    assert main(["calibrate", "--pairs", str(_pairs(tmp_path, 8, **more)), "--out", str(out)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert fragment in said.err
    assert said.err.count("\n") == 1
    assert not out.exists()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "missing" / "fit.json"
    assert main(["calibrate", "--pairs", str(_pairs(tmp_path, 8)), "--out", str(out)]) == 2
    assert "cannot be written" in capsys.readouterr().err
