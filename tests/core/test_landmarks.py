"""Landmarks of other cameras, without a window."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from heatmap_gui.core.landmarks import landmarks

MPP = 0.02


def _document(scale: float | None = MPP) -> dict[str, Any]:
    def camera(number: int, points: list[list[float]], **more: Any) -> dict[str, Any]:
        return {"camera_id": number, "calibration": {"camera_points": points, "plan_points": points, **more}}

    return {
        "store": {"metres_per_pixel": scale},
        "cameras": [
            camera(1, [[100, 300], [200, 50], [300, 90]], names=["", "till", ""]),
            camera(2, [[103, 301], [400, 20], [500, 20]], names=["pillar", "", ""], held_out=[2]),
            camera(3, [[301, 91]]),
            {"camera_id": 4, "calibration": None},
        ],
    }


def test_those_of_other_cameras_each_once_with_a_name_first() -> None:
    found = landmarks(_document(), "4")
    assert found.reach == pytest.approx(0.15 / MPP)
    assert found.names == ("till", "pillar", "", "")
    assert found.plan.tolist() == [[200, 50], [103, 301], [400, 20], [300, 90]]


def test_what_the_camera_has_itself_is_not_offered_nor_what_is_held_out() -> None:
    found = landmarks(_document(), "3")
    assert [300, 90] not in found.plan.tolist() and [500, 20] not in found.plan.tolist()
    assert len(landmarks(_document(), "1")) == 1


def test_without_a_scale_and_without_any() -> None:
    assert len(landmarks(_document(None), "4")) == 4
    empty = landmarks({"store": {}, "cameras": []}, "1")
    assert len(empty) == 0 and empty.at(np.zeros(2), 10.0) is None
