"""The demo junction's site file: what an operator would have written about it."""

from __future__ import annotations

from typing import Any

import numpy as np

from heatmap_gui.core.types import F8
from heatmap_gui.vision.synthetic.junction import (
    ARMS,
    LANE_M,
    LINE_M,
    METRES_PER_PIXEL,
    PLAN_SIZE_M,
    SPEED_LIMIT_KMH,
    STOP_M,
    across,
)
from heatmap_gui.vision.synthetic.layout import View

VIEWS = (
    View(1, "South-west mast", (38.0, 84.0, 14.0), (62.0, 57.0, 0.0), 84.0, (960, 540)),
    View(2, "North-east mast", (82.0, 36.0, 14.0), (58.0, 63.0, 0.0), 84.0, (960, 540)),
)
PLAN_PATH = "../resources/demo/junction.png"
_PAIRS_M = tuple((float(x), float(y)) for x in (50, 56, 64, 70) for y in (50, 56, 64, 70))


def junction_document(name: str, seed: int) -> dict[str, Any]:
    """A site file of version 2.0: an arm's line counts both lanes, a stop line is as wide as its lane."""
    width, height = (round(metres / METRES_PER_PIXEL) for metres in PLAN_SIZE_M)
    return {
        "metadata": {"created_at": "2026-01-01T00:00:00", "version": "2.0", "store_name": name},
        "store": {
            "name": name, "plan_path": PLAN_PATH, "plan_width": width, "plan_height": height,
            "metres_per_pixel": METRES_PER_PIXEL, "plan_origin_m": [0.0, 0.0], "timezone": "Europe/London",
        },
        "cameras": [_camera(view, seed) for view in VIEWS],
        "zones": [],
        "lines": [line for arm in ARMS for line in _lines(arm)],
    }  # fmt: skip


def _lines(arm: str) -> list[dict[str, Any]]:
    kinds = (("count", arm, LINE_M, -LANE_M), ("stop", f"stop-{arm}", STOP_M, 0.0))
    found = []
    for kind, line_id, distance_m, low_m in kinds:
        a, b = (
            np.round(np.array(end) / METRES_PER_PIXEL, 2).tolist() for end in across(arm, distance_m, low_m, LANE_M)
        )
        found.append(
            {"id": line_id, "name": line_id.replace("-", " line ").capitalize(), "kind": kind, "a": a, "b": b,
             "on": "plan", "in_side": "left", "direction": arm, "speed_limit_kmh": SPEED_LIMIT_KMH}
        )  # fmt: skip
    return found


def _camera(view: View, seed: int) -> dict[str, Any]:
    floor = np.array([(x, y, 0.0) for x, y in _PAIRS_M])
    image, _ = view.project(floor)
    matrix: F8 = np.diag([1.0 / METRES_PER_PIXEL] * 2 + [1.0]) @ view.floor_matrix
    return {
        "camera_id": view.id, "name": view.name,
        "rtsp_url": f"synthetic:junction?seed={seed}&camera={view.id}", "enabled": True,
        "calibration": {
            "camera_points": np.round(image, 2).tolist(),
            "plan_points": np.round(floor[:, :2] / METRES_PER_PIXEL, 2).tolist(),
            "homography_matrix": np.asarray(matrix / matrix[2, 2]).tolist(), "is_calibrated": True,
        },
        "frame_size": list(view.size),
    }  # fmt: skip
