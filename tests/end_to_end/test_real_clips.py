"""Real people against ground truth of others: one setting for every clip, scored by a program that is not ours."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from heatmap_gui.core.site import Site
from heatmap_gui.core.types import F8
from heatmap_gui.services.measurement import Measurement, bare_site
from heatmap_gui.services.measuring import measure
from heatmap_gui.store.site_files import load_site

MOT15 = {"TUD-Stadtmitte": (25, 640, 480), "TUD-Campus": (25, 640, 480),
         "ADL-Rundle-6": (30, 1920, 1080), "Venice-2": (30, 1920, 1080)}  # fmt: skip


def _measured(site: Site, out: Path, model: str | None = None, duration_s: float | None = None) -> Path:
    measure(Measurement(site=site, out=out, model=model, models_dir=out / "models", duration_s=duration_s))
    return out


def _score(data: Path, kind: str, truth: Path, result: Path, *options: str) -> dict[str, Any]:
    """What <data>/tools/score.py says."""
    tool = data / "tools" / "score.py"
    command = [sys.executable, str(tool), kind, "--gt", str(truth), "--result", str(result), *options]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    scores: dict[str, Any] = json.loads(answer.stdout)
    print(kind, truth.parent.name, scores)
    return scores


def test_wildtrack_seven_cameras_one_floor(test_data: Path, tmp_path: Path) -> None:
    folder = test_data / "data" / "wildtrack"
    out = _measured(load_site(folder / "calibration_wildtrack.json"), tmp_path)
    score = _score(test_data, "floor", folder / "gt.txt", out / "floor_tracks.csv", "--fps", "2")
    assert score["IDF1"] >= 85
    assert score["IDSW"] <= 150
    assert 0.97 <= score["person_seconds_ratio"] <= 1.03


def _library_tracks(detections: F8, rate: int) -> list[str]:
    """MOT text of the `trackers` library's C-BIoU, as it comes."""
    import supervision
    from trackers import CBIoUTracker

    tracker, lines = CBIoUTracker(frame_rate=rate), []
    for frame in range(1, int(detections[:, 0].max()) + 1):
        rows = detections[detections[:, 0] == frame]
        corners = np.hstack([rows[:, 2:4], rows[:, 2:4] + rows[:, 4:6]])
        found = supervision.Detections(xyxy=corners, confidence=rows[:, 6], class_id=np.zeros(len(rows), int))
        tracked = tracker.update(found)
        assert tracked.tracker_id is not None
        for (left, top, right, bottom), track in zip(tracked.xyxy, tracked.tracker_id, strict=True):
            if track >= 0:
                lines.append(f"{frame},{track},{left:.2f},{top:.2f},{right - left:.2f},{bottom - top:.2f},1,-1,-1,-1")
    return lines


def test_mot15_at_least_as_good_as_the_best_library_tracker(test_data: Path, tmp_path: Path) -> None:
    """On the same detections, in the same run; means over four sequences."""
    pytest.importorskip("trackers", reason="the library to compare with is in the dev extra")
    ours, theirs = [], []
    for name, (rate, width, height) in MOT15.items():
        folder = test_data / "data" / "mot15" / name
        url = f"mot:{folder / 'det.txt'}?fps={rate}&width={width}&height={height}"
        out = _measured(bare_site({"1": url}), tmp_path / name)
        library = tmp_path / f"{name}.txt"
        library.write_text("\n".join(_library_tracks(np.loadtxt(folder / "det.txt", delimiter=","), rate)) + "\n")
        ours.append(_score(test_data, "boxes", folder / "gt.txt", out / "tracks_1.txt"))
        theirs.append(_score(test_data, "boxes", folder / "gt.txt", library))
    for measure_name in ("HOTA", "IDF1"):
        mine, library_mean = (float(np.mean([s[measure_name] for s in scores])) for scores in (ours, theirs))
        assert mine >= library_mean, f"{measure_name}: {mine:.2f}, C-BIoU {library_mean:.2f}"


PETS_S = 42.0  # ground truth ends after 40


@cache
def _pets(test_data: Path) -> tuple[Site, Path]:
    folder = test_data / "data" / "pets09-s2l1"
    return load_site(folder / "calibration_pets.json"), folder / "gt_frames_1-400.txt"


def test_pets_with_a_network(test_data: Path, tmp_path: Path) -> None:
    site, truth = _pets(test_data)
    out = _measured(site, tmp_path, str(test_data / "models" / "yolov8n_int8.onnx"), PETS_S)
    floor = _score(test_data, "floor", truth, out / "floor_tracks.csv", "--fps", "10", "--last", "400")
    assert floor["IDF1"] >= 88
    assert floor["IDSW"] <= 5
    assert floor["error_m_median"] <= 0.14
    assert 0.96 <= floor["person_seconds_ratio"] <= 1.04
    assert floor["heat_overlap"] >= 0.93
    (camera,) = site.cameras
    boxes = out / f"tracks_{camera.id}.txt"
    assert _score(test_data, "boxes", truth, boxes, "--scale", "0.625", "--last", "400")["HOTA"] >= 62


def test_pets_without_any_model(test_data: Path, tmp_path: Path) -> None:
    site, truth = _pets(test_data)
    out = _measured(site, tmp_path, "motion", PETS_S)
    floor = _score(test_data, "floor", truth, out / "floor_tracks.csv", "--fps", "10", "--last", "400")
    assert floor["heat_overlap"] >= 0.92
    assert 0.92 <= floor["person_seconds_ratio"] <= 1.08
