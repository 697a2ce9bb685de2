"""What a tile may say: an old picture is never live, and a camera that is gone shows none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from heatmap_gui.core.site import Camera
from heatmap_gui.services.board import Shown
from heatmap_gui.services.cameras import CameraState
from heatmap_gui.services.conditions import CameraStatus, Condition
from heatmap_gui.services.picture_state import PictureState, Sight, picture_state

NOW = 1000.0
CAMERA = Camera("3", "Aisles", "", 3)


def shown(at: float) -> Shown:
    return Shown("3", at, (64, 36), None, np.zeros((0, 4)), np.zeros(0, np.int64), np.zeros(0, np.bool_), ())


def look(
    status: CameraStatus, *, at: float | None = None, reason: str = "", frame_at: float | None = None
) -> PictureState:
    state = CameraState(
        condition=Condition(status, NOW - 60, reason), fps=15.0, frame_at=frame_at, read=40, processed=30
    )
    return picture_state(CAMERA, None if at is None else shown(at), state, NOW)


@pytest.mark.parametrize(
    ("status", "age_s", "sight"),
    [
        (CameraStatus.OK, 0.2, Sight.LIVE),
        (CameraStatus.IRREGULAR, 1.9, Sight.LIVE),
        (CameraStatus.OK, 2.1, Sight.STALE),
        (CameraStatus.FROZEN, 0.1, Sight.UNFIT),
        (CameraStatus.MOVED, 60.0, Sight.UNFIT),
        (CameraStatus.LOST, 0.1, Sight.GONE),
        (CameraStatus.DENIED, 0.1, Sight.GONE),
        (CameraStatus.SUSPENDED, 0.1, Sight.GONE),
        (CameraStatus.CONNECTING, 0.1, Sight.WAITING),
        (CameraStatus.OK, None, Sight.WAITING),
    ],
)
def test_what_it_shows(status: CameraStatus, age_s: float | None, sight: Sight) -> None:
    assert look(status, at=None if age_s is None else NOW - age_s, frame_at=NOW - 0.1).sight is sight


def test_a_camera_that_is_asked_for_few_pictures_is_not_stale_between_two() -> None:
    state = CameraState(condition=Condition(CameraStatus.OK, NOW - 60), frame_at=NOW - 0.1)
    slow = replace(CAMERA, fps_target=0.5)
    assert picture_state(slow, shown(NOW - 3.0), state, NOW).sight is Sight.LIVE
    assert picture_state(slow, shown(NOW - 6.0), state, NOW).sight is Sight.STALE


def test_the_reason_does_not_name_the_camera_again() -> None:
    assert look(CameraStatus.LOST, reason="camera 3: no reply within 5 s").reason == "no reply within 5 s"


def test_how_long_it_is_gone_counts_from_its_last_frame() -> None:
    assert look(CameraStatus.LOST, frame_at=NOW - 137).since_s == 137
    assert look(CameraStatus.LOST).since_s == 60, "it never sent one"


def test_what_is_not_measured_is_off() -> None:
    assert picture_state(CAMERA, shown(NOW), None, NOW).sight is Sight.OFF


def test_frames_that_nobody_looked_at_are_counted() -> None:
    assert look(CameraStatus.OK, at=NOW).skipped == 10


def test_an_old_picture_of_a_camera_that_sends_is_the_computers_fault() -> None:
    assert look(CameraStatus.OK, at=NOW - 5, frame_at=NOW - 0.1).overloaded
    assert not look(CameraStatus.OK, at=NOW - 5, frame_at=NOW - 4).overloaded
