"""Both sides do the same work: otherwise their times say nothing."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import av
import numpy as np
import pytest

from heatmap_gui.bench import floors, pictures, plain
from heatmap_gui.bench.crowd import FPS, SIZE, crowd
from heatmap_gui.bench.material import FRAMES, Material
from heatmap_gui.bench.peers import ByteTrack, UltralyticsTrack, tracking_scores
from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.grid import Grid
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.tracker import SiteTracker
from heatmap_gui.core.types import PERSON, U1
from heatmap_gui.vision.detectors.letterbox import Letterbox
from heatmap_gui.vision.sources import open_source


@pytest.mark.parametrize("size", [(1920, 1080), (480, 360), (360, 480)])
def test_letterboxes_give_the_same_picture(size: tuple[int, int]) -> None:
    image: U1 = np.random.default_rng(1).integers(0, 255, (size[1], size[0], 3), np.uint8)
    box = Letterbox(size, (640, 640), 1, centred=True)
    box.put(0, image)
    difference = np.abs(plain.letterbox(image, 640).astype(int) - box.slots[0])
    assert difference.max() <= 1


def test_accumulating_gives_the_same_sums() -> None:
    rng = np.random.default_rng(2)
    x, y, seconds = rng.uniform(0, 6, 9999), rng.uniform(0, 4, 9999), rng.uniform(0, 1, 9999)
    sums = Grid((0.0, 0.0), 0.25, (16, 24)).accumulate(x, y, seconds)
    np.testing.assert_allclose(plain.accumulate(x, y, seconds, 0.25, (16, 24)).ravel(), sums[0])


def test_the_tracker_holds_the_whole_crowd() -> None:
    """Or else it would be quick because it does less."""
    scene = crowd(20, 40)
    tracker = SiteTracker([Projection.of(scene.site.floor, scene.camera, SIZE)], (PERSON,))
    for number, found in enumerate(scene.frames):
        tracker.step(number / FPS, [(0, found)])
    assert 20 <= tracker.tracks.confirmed.sum() <= 22


def test_tracker_entries_compare_both_floors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floors, "_FRAMES", 3)
    monkeypatch.setattr(floors, "_WARM_UP", 2)
    entries = list(floors.tracker(5, 1.0))
    assert [entry.name for entry in entries] == ["tracker-5", "tracker-5-uncalibrated"]
    assert all(entry.ratio is not None and entry.ratio > 0 for entry in entries)
    assert entries[0].details["whole_floor_ms"] > 0


def _grey_clip(path: Path) -> None:
    """30 frames, 5 a second, every fifth a key frame."""
    with av.open(str(path), "w") as made:
        stream = made.add_stream("libx264", rate=5, options={"g": "5", "sc_threshold": "0"})
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for shade in range(30):
            picture = np.full((48, 64, 3), 8 * shade, np.uint8)
            made.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="bgr24")))
        made.mux(stream.encode(None))


def test_idle_is_measured_with_a_key_frame_every_two_seconds(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    _grey_clip(clip)
    entries = list(pictures.idle(clip, 10.0))
    assert [(entry.name, entry.details["frames"], entry.details["gop_frames"]) for entry in entries] == [
        ("idle-decode-5fps", 30, 10),
        ("idle-decode-5fps-seldom", 30, 10),
        ("idle-decode-25fps", 30, 50),
        ("idle-decode-25fps-seldom", 30, 50),
    ]


def test_an_idle_camera_is_looked_at_as_often_as_said(tmp_path: Path) -> None:
    clip = tmp_path / "camera.mp4"
    _grey_clip(clip)
    assert [pictures._watch(clip, look_s) for look_s in (0.0, 1.5, math.inf)] == [6, 3, 1]


def test_scores_know_right_from_wrong() -> None:
    frames = np.repeat(np.arange(1, 21), 2)
    track = np.tile([1, 2], 20)
    boxes = np.column_stack([frames, track, 100 * track + frames, track * 50, np.full(40, 20), np.full(40, 60)])
    assert tracking_scores(boxes.astype(float), boxes.astype(float)) == {"HOTA": 100.0, "IDF1": 100.0}
    swapped = boxes.astype(float)
    swapped[20:, 1] = 3 - swapped[20:, 1]
    assert tracking_scores(boxes.astype(float), swapped)["IDF1"] == 50.0


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "ultralytics", None)
    monkeypatch.setitem(sys.modules, "trackers", None)
    with pytest.raises(UnavailableError, match="make gpu"):
        UltralyticsTrack(tmp_path / "model.onnx")
    with pytest.raises(UnavailableError, match="trackers"):
        ByteTrack(10.0)
    with pytest.raises(UnavailableError, match="--data FOLDER"):
        _ = Material(None).clip
    with pytest.raises(UnavailableError, match=r"view001\.mp4, which is not in"):
        _ = Material(tmp_path).clip


def test_the_clip_begins_as_far_as_the_truth_goes(test_data: Path, tmp_path: Path) -> None:
    material = Material(test_data)
    truth, beginning = material.truth(), material.beginning(tmp_path / "beginning.mp4")
    assert plain.watch(beginning) == FRAMES == truth[:, 0].max()
    first = [open_source("1", str(path)) for path in (material.clip, beginning)]
    for source in first:
        source.grab()
    whole, cut = (source.retrieve().image for source in first)
    assert whole is not None
    np.testing.assert_array_equal(whole, cut)
