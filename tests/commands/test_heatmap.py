"""`heatmap` as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from heatmap_gui.cli import main


def detection(second: float, x: float, y: float, **more: Any) -> dict[str, Any]:
    whole, part = divmod(second, 1)
    return {
        "timestamp": f"2025-12-21T14:{int(whole) // 60:02}:{int(whole) % 60:02}.{int(part * 1e6):06}",
        "camera_id": 1,
        "plan_point": {"x": x, "y": y},
        "confidence": 0.9,
        **more,
    }


def write(folder: Path, detections: list[dict[str, Any]], **more: Any) -> list[str]:
    (folder / "detections.json").write_text(json.dumps({"store_name": "demo", "detections": detections} | more))
    cv2.imwrite(str(folder / "plan.png"), np.full((400, 600, 3), 240, np.uint8))
    return ["heatmap", "-i", f"{folder}/detections.json", "-p", f"{folder}/plan.png", "-o", f"{folder}/heat.png"]


def summary(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main([*arguments, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_one_person_seen_by_two_cameras_counts_once_a_second(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [detection(s + 0.1 * c, 300, 200, track_id=7, camera_id=c) for s in range(60) for c in (1, 2)]
    found = summary(write(tmp_path, rows, metadata={"metres_per_pixel": 0.02}), capsys)
    assert (found["detections"], found["person_seconds"], found["unit"]) == (120, 60, "person·s/m²")
    picture = cv2.imread(f"{tmp_path}/heat.png")
    assert picture is not None
    hottest = np.unravel_index(picture[72:872, 24:1224].astype(int).sum(axis=2).argmax(), (800, 1200))
    np.testing.assert_allclose(hottest, (400, 600), atol=14)


def test_without_ids_or_scale_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*write(tmp_path, [detection(1, 10, 10), detection(1, 10, 10), detection(2, -5, 10)])]) == 0
    said = capsys.readouterr().out
    assert "2 person-seconds" in said
    assert "no track ids" in said
    assert "1 outside the plan" in said
    assert "lengths in px" in said


def test_nobody_is_a_picture_as_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = summary([*write(tmp_path, []), "--colormap", "paper", "--alpha", "0.5", "--sigma-m", "2"], capsys)
    assert (found["person_seconds"], found["unit"]) == (0, "person·s/px²")
    assert (tmp_path / "heat.png").exists()


@pytest.mark.parametrize(
    ("detections", "arguments", "fragment"),
    [
        ([detection(1, 9000, 9000)], [], "outside the plan of 600x400 px"),
        ([{"timestamp": "2025-12-21T14:00:00"}], [], "detections[0].plan_point is missing"),
        ([detection(1, 1, 1) | {"timestamp": "noon"}], [], "detections[0].timestamp"),
        ([detection(1, 1, 1) | {"plan_point": {"x": "a", "y": 1}}], [], "detections[0].plan_point.x"),
        ([], ["-p", "missing.png"], "missing.png"),
        ([], ["-i", "missing.json"], "missing.json"),
        ([], ["-o", "heat.bmp"], "heat.bmp"),
        ([], ["-o", "missing/heat.png"], "missing/heat.png"),
        ([], ["--alpha", "2"], "from 0 to 1"),
        ([], ["--sigma-m", "nan"], "above 0"),
        ([], ["--sigma-m", "wide"], "above 0"),
        ([], ["--metres-per-pixel", "0"], "above 0"),
    ],
)
def test_bad_input_is_one_line(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    detections: list[dict[str, Any]],
    arguments: list[str],
    fragment: str,
) -> None:
    assert main([*write(tmp_path, detections), *arguments]) == 2
    said = capsys.readouterr()
    assert fragment in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""
    assert not (tmp_path / "heat.png").exists()


@pytest.mark.parametrize("name", ["plan.png", "detections.json"])
def test_empty_files_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    arguments = write(tmp_path, [])
    (tmp_path / name).write_bytes(b"")
    assert main(arguments) == 2
    assert name in capsys.readouterr().err
