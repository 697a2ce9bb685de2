"""The plain way to watch sees what this program sees, and no more often than it was told."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from heatmap_gui.bench.plain_watch import PlainModel, watch
from heatmap_gui.core.types import Frame
from heatmap_gui.vision.detectors import open_detector
from heatmap_gui.vision.sources import open_source

_MODEL = Path("models") / "yolox_nano.onnx"
_CLIP = Path("data") / "pets09-s2l1" / "view001.mp4"


def test_both_sides_find_the_same(test_data: Path, tmp_path: Path) -> None:
    source = open_source("1", str(test_data / _CLIP))
    source.grab()
    frame: Frame = source.retrieve()
    source.close()
    assert frame.image is not None
    detector = open_detector(str(test_data / _MODEL), "onnx:cpu", models_dir=tmp_path)
    (found,) = detector.detect([frame])
    detector.close()
    ours = found.boxes[found.scores >= 0.6]
    plain = PlainModel(test_data / _MODEL).detect(frame.image)
    assert len(ours) >= 3
    for box in ours:
        assert np.abs(plain - box).max(axis=1).min() <= 4  # px: its input is a square


def test_a_camera_is_looked_at_no_more_often_than_it_should(test_data: Path, tmp_path: Path) -> None:
    """From a file: it is read at once, so that it begins again and again."""
    clip = tmp_path / "clip.avi"
    video = cv2.VideoWriter(str(clip), cv2.VideoWriter.fourcc(*"MJPG"), 10, (96, 64))
    for level in range(20):
        video.write(np.full((64, 96, 3), level, np.uint8))
    video.release()
    (rate,) = watch(test_data / _MODEL, [str(clip)], 4.0, 1.5)
    assert 0 < rate <= 5.5
