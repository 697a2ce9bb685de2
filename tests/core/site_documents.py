"""Site files of both versions, as people have them, for a shop whose first camera is known exactly."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.core.pinhole import Pinhole

PLAN_M = np.array([[8.0, 2.0], [12.0, 1.5], [13.0, 9.0], [6.5, 8.5], [10.0, 5.0]])


def _pairs() -> dict[str, Any]:
    return {"camera_points": Pinhole().project(PLAN_M).tolist(), "plan_points": (PLAN_M / 0.02).tolist()}


def version_1() -> dict[str, Any]:
    matrix = Pinhole().homography().tolist()
    return {
        "metadata": {"created_at": "2025-01-31T12:00:00", "version": "1.0", "store_name": "shop"},
        "store": {"name": "shop", "plan_path": "plan.png", "plan_width": 1000, "plan_height": 800},
        "cameras": [
            {
                "camera_id": 1,
                "name": "Door",
                "rtsp_url": "rtsp://user:secret@10.0.0.5/1",
                "enabled": True,
                "calibration": {**_pairs(), "homography_matrix": matrix, "is_calibrated": True},
            }
        ],
        "summary": {"total": 1},
    }


def version_2() -> dict[str, Any]:
    site = version_1()
    site["metadata"]["version"] = "2.0"
    site["store"] |= {
        "metres_per_pixel": 0.02,
        "plan_origin_m": [-1.5, 2.0],
        "timezone": "Europe/Madrid",
        "walkable": [[[0, 0], [900, 0], [900, 700], [0, 700]]],
    }
    site["cameras"][0] |= {
        "frame_size": [800, 600],
        "lens": {"fx": 600, "fy": 601, "cx": 400, "cy": 300, "k1": -0.1},
        "fps_target": 5,
        "detect_url": "rtsp://10.0.0.5/2",
        "offset_s": -1.25,
    }
    site["cameras"][0]["calibration"]["error_m"] = 0.08
    site["cameras"].append({"camera_id": "till-2", "name": "Till", "rtsp_url": "clips/till.mp4"})
    site["zones"] = [
        {
            "id": "queue",
            "name": "Queue",
            "type": "queue",
            "polygon": [[10, 10], [200, 10], [200, 90], [10, 90], [10, 10]],
            "on": "plan",
            "allowed_classes": ["person"],
            "alert_classes": ["car"],
            "anchor": "foot",
            "active_hours": [["09:00", "22:00"], ["23:30", "24:00"]],
            "hold_s": 2.5,
            "debounce_s": 60,
        },
        {"id": 7, "polygon": [[0, 0], [50, 0], [50, 50]], "on": 1, "anchor": "centre"},
    ]
    site["lines"] = [
        {"id": "door", "a": [100, 0], "b": [100, 50], "in_side": "right"},
        {"id": 2, "kind": "stop", "a": [0, 1], "b": [9, 1], "on": "till-2", "direction": "N", "speed_limit_kmh": 30},
    ]
    return site
