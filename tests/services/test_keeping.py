"""What the small loops that keep house report."""

from __future__ import annotations

from heatmap_gui.services.cameras import CameraState
from heatmap_gui.services.health import Health
from heatmap_gui.services.keeping import CameraHealthLoop


def test_frames_are_counted_on_when_a_camera_begins_anew() -> None:
    health, cameras = Health("detector"), {"main/1": CameraState(processed=5)}
    loop = CameraHealthLoop(health, lambda: cameras)

    def frames() -> float:
        loop.step()
        return health.figures()["heatmap_frames_total", (("camera", "1"), ("store", "main"))]

    assert frames() == 5
    cameras["main/1"].processed = 7
    assert frames() == 7
    cameras = {"main/1": CameraState(processed=2)}
    assert frames() == 9
    cameras = {}
    loop.step()
    cameras = {"main/1": CameraState(processed=1)}
    assert frames() == 10
