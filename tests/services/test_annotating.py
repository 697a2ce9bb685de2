"""Annotated videos: whole and playable, or not there."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.types import Detections, Frame, Live, Observation
from heatmap_gui.services.annotating import AnnotatedVideos, _Video
from tests.replays import left_in


def seen(camera: str, at: float, size: tuple[int, int] = (65, 49), *, picture: bool = True) -> Observation:
    """Two tracks: one in sight, one whose box this camera does not know."""
    image = np.full((size[1], size[0], 3), 40, np.uint8) if picture else None
    boxes = np.array([[20.0, 15.0, 40.0, 40.0], [np.nan] * 4])
    live = Live(
        np.array([1, 2]), np.zeros(2), np.zeros(2), boxes, np.array([True, True]), np.zeros(2, np.int16), ("person",)
    )
    return Observation(Frame(camera, 0, at, image, size), Detections.empty(), live)


def test_a_video_a_camera_at_its_own_times(tmp_path: Path) -> None:
    with AnnotatedVideos(tmp_path) as videos:
        for at in (5.0, 5.5, 7.0):
            videos.show(seen("1", at))
            videos.show(seen("replay", at, picture=False))
        videos.show(seen("2", 5.0))
        assert left_in(tmp_path) == [".annotated_1.mp4", ".annotated_2.mp4"]
    assert left_in(tmp_path) == ["annotated_1.mp4", "annotated_2.mp4"]
    with av.open(str(tmp_path / "annotated_1.mp4")) as video:
        frames = list(video.decode(video=0))
    assert [frame.time for frame in frames] == pytest.approx([0.0, 0.5, 2.0])
    assert (frames[0].width, frames[0].height) == (64, 48), "even, as the codec wants it"
    picture = frames[0].to_ndarray(format="bgr24").astype(int)
    assert np.abs(picture[14:17, 20:40] - 40).max() > 60, "a box is drawn"
    assert np.abs(picture[43:, :10] - 40).max() < 20


def test_frames_that_share_a_millisecond_are_kept(tmp_path: Path) -> None:
    with AnnotatedVideos(tmp_path) as videos:
        for at in (0.0, 0.0001, 0.0002):
            videos.show(seen("1", at))
    with av.open(str(tmp_path / "annotated_1.mp4")) as video:
        assert len(list(video.decode(video=0))) == 3


def test_a_full_disk_leaves_no_video_and_closes_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, target: Path) -> Path:
        raise UnavailableError(f"{path}: no space")

    with pytest.raises(UnavailableError), AnnotatedVideos(tmp_path) as videos:
        videos.show(seen("1", 0.0))
        videos.show(seen("2", 0.0))
        monkeypatch.setattr(Path, "replace", full)
    assert left_in(tmp_path) == []


def test_what_the_encoder_cannot_write_is_said(tmp_path: Path) -> None:
    video = _Video(tmp_path / ".annotated_1.mp4", (64, 48))
    with pytest.raises(UnavailableError, match="the video cannot be written: No space left"), video._told():
        raise av.FFmpegError(28, "No space left on device")
    video.append(np.zeros((48, 64, 3), np.uint8), 0.0)
    video.close()
