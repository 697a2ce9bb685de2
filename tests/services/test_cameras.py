"""Which frames are taken, in which order, and how a camera that is lost comes back."""

from __future__ import annotations

import itertools
import random
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from heatmap_gui.bench.camera_clips import walk
from heatmap_gui.core.errors import DeniedError, InputError, UnavailableError
from heatmap_gui.core.protocols import Source
from heatmap_gui.core.types import Frame
from heatmap_gui.loops import Latest
from heatmap_gui.services.cameras import CameraState, ReaderLoop, Sampler, merge, read_file
from heatmap_gui.services.conditions import CameraStatus, Condition
from heatmap_gui.vision.sources import open_source
from tests.services.live import SIZE, Camera, Recorder
from tests.vision.sources.clips import cut, noise, write_clip


def taken(sampler: Sampler, times: list[float]) -> list[int]:
    return [i for i, at in enumerate(times) if sampler.wants(at)]


@pytest.mark.parametrize(
    ("fps", "fps_target", "frame_skip", "expected"),
    [(10, None, 1, 50), (10, None, 0, 50), (10, None, 5, 10), (10, 5, 1, 25), (30, 10, 1, 50), (10, 5, 5, 5),
     (10, 20, 1, 50)],
)  # fmt: skip
def test_so_many_of_five_seconds(fps: int, fps_target: float | None, frame_skip: int, expected: int) -> None:
    sampler = Sampler(fps_target, frame_skip)
    times = [round(i / fps, 3) for i in range(5 * fps)]
    rows = taken(sampler, times)
    assert len(rows) == expected
    assert len(set(np.diff(rows).tolist())) <= 1, "evenly"


def test_after_a_pause_the_rate_does_not_catch_up() -> None:
    rows = taken(Sampler(2.0, 1), [*np.arange(0, 2, 0.1), *np.arange(60, 62, 0.1)])
    assert len(rows) == 8


def test_one_of_every_three_is_a_third_of_the_rate() -> None:
    assert Sampler(5.0, 3).period_s(25.0) == pytest.approx(0.6)
    assert Sampler(None, 0).period_s(None) == pytest.approx(0.04)


def frame(camera: str, at: float) -> Frame:
    return Frame(camera, 0, at, None, SIZE)


def test_frames_of_one_instant_come_together_and_in_order() -> None:
    one = [frame("1", t) for t in (0.0, 0.1, 0.2)]
    two = [frame("2", t) for t in (0.05, 0.1004, 0.2, 0.2)]
    groups = [[f.camera for f in group] for group in merge([one, two])]
    assert groups == [["1"], ["2"], ["1", "2"], ["1", "2"], ["2"]]
    assert list(merge([[], []])) == []


def test_a_file_is_stamped_from_the_start_and_closed(tmp_path: Path) -> None:
    source = open_source("1", str(write_clip(tmp_path / "clip.mp4", [noise(i) for i in range(20)])))
    state = CameraState()
    frames = list(read_file(source, Sampler(None, 1), state, start=1000.0, offset_s=-0.5, until_s=1.0))
    assert [f.at for f in frames] == pytest.approx(np.arange(1000.0, 1001.0, 0.1).tolist())
    assert (frames[0].index, state.read, state.truncated) == (5, 15, False)


def test_a_cut_file_says_so(tmp_path: Path) -> None:
    path = cut(write_clip(tmp_path / "clip.mkv", [noise(i) for i in range(60)]), 0.5)
    state = CameraState()
    frames = list(read_file(open_source("1", str(path)), Sampler(None, 1), state, start=0, offset_s=0, until_s=99))
    assert 10 < len(frames) < 60
    assert state.truncated


class _Growing(Camera):
    def retrieve(self) -> Frame:
        return Frame("1", 3, 0.0, None, (SIZE[0] * 2, SIZE[1]))


def test_frames_that_change_their_size_are_refused() -> None:
    with pytest.raises(InputError, match="camera 1: frame 4 is 128x48, the first was 64x48"):
        list(read_file(_Growing(9), Sampler(None, 1), CameraState(), start=0, offset_s=0, until_s=1e12))


def loop(cameras: Iterator[Source | Exception], state: CameraState, slot: Latest[Frame]) -> ReaderLoop:
    def open_next() -> Source:
        camera = next(cameras)
        if isinstance(camera, Exception):
            raise camera
        return camera

    return ReaderLoop(open_next, slot, Sampler(None, 1), state, first=open_next(), start=time.time())


def steady(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(random, "uniform", lambda low, high: 1.0)


def test_patience_grows_a_little_and_is_new_after_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    steady(monkeypatch)
    refused = UnavailableError("camera 1: refused")
    cameras: list[Source | Exception] = [Camera(2), *[refused] * 4, Camera(3), refused, refused]
    state, slot, stopping = CameraState(), Latest[Frame](), Recorder(8)
    loop(iter(cameras), state, slot)(stopping)
    assert stopping.waits_s == [1, 2, 2.4, 2.4, 2.4, 1, 2, 2.4]
    assert (state.read, state.error, state.retries) == (5, "camera 1: refused", 3)
    assert state.retry_at is not None
    assert all(camera.closed for camera in cameras if isinstance(camera, Camera))
    newest = slot.take()
    assert newest is not None
    assert newest.index == 2


def test_a_refused_password_is_tried_four_times_in_half_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where the network fails in between."""
    steady(monkeypatch)
    denied, off = DeniedError("camera 1: user or password refused"), UnavailableError("camera 1: off")
    cameras: list[Source | Exception] = [Camera(1), denied, denied, off, denied, denied]
    state, stopping = CameraState(), Recorder(6)
    loop(iter(cameras), state, Latest())(stopping)
    denied_waits_s = [wait_s for wait_s in stopping.waits_s if wait_s > 3]
    assert denied_waits_s == [6, 600, 1200, 1800]
    assert sum(denied_waits_s[:3]) > 1800
    assert state.condition.status is CameraStatus.DENIED
    assert "so that the account is not locked" in state.condition.reason


def test_an_error_is_gone_with_the_next_picture() -> None:
    state, stopping, slot = CameraState(), Recorder(3), Latest[Frame]()
    off = UnavailableError("camera 1: off")
    seen: list[CameraStatus] = []

    class Watched(Camera):
        def close(self) -> None:
            seen.append(state.condition.status)

    loop(iter([Watched(1), off, Watched(1), off]), state, slot)(stopping)
    assert seen == [CameraStatus.OK, CameraStatus.OK]
    assert (state.condition.status, state.error) == (CameraStatus.LOST, "camera 1: gone; check the cable")


@pytest.mark.parametrize("change", [{"size": (128, 96)}, {"codec": "hevc"}])
def test_a_camera_that_sends_something_else_is_suspended_until_it_is_as_before(change: dict[str, Any]) -> None:
    state, slot, stopping = CameraState(), Latest[Frame](), Recorder(2)
    loop(iter([Camera(1), Camera(5, **change)]), state, slot)(stopping)
    assert state.read == 1
    assert state.condition.status is CameraStatus.SUSPENDED
    assert "they were 64x48" in state.condition.reason
    assert "calibrate it again" in state.condition.reason

    loop(iter([Camera(1), Camera(5, **change), Camera(2)]), state, slot)(Recorder(3))
    assert state.read == 4


def test_a_camera_whose_pictures_change_their_size_is_suspended() -> None:
    class Growing(Camera):
        def retrieve(self) -> Frame:
            return replace(super().retrieve(), size=(128, 96))

    state, slot = CameraState(), Latest[Frame]()
    loop(iter([Growing(5)]), state, slot)(Recorder(1))
    assert state.condition.status is CameraStatus.SUSPENDED
    assert slot.take() is None


def test_pictures_that_are_not_to_be_trusted_do_not_get_through() -> None:
    """The camera of the tests shows black."""
    state, slot = CameraState(), Latest[Frame]()
    clock = itertools.count(time.time(), 0.25)

    class Black(Camera):
        image = np.zeros((*SIZE[::-1], 3), np.uint8)

        def grab(self) -> tuple[int, float]:
            index, _ = super().grab()
            return index, next(clock)

        def retrieve(self) -> Frame:
            return replace(super().retrieve(), image=self.image)

    loop(iter([Black(60)]), state, slot)(Recorder(1))
    frame = slot.take()
    assert frame is not None and frame.index < 13
    assert state.read == 60


class _Turned(Camera):
    """Ten frames a second of a hall, which looks elsewhere from the 60th on; at the 110th somebody believes it."""

    def __init__(self, state: CameraState) -> None:
        super().__init__(160)
        self._pictures, self._state, self._begun = list(walk(160)), state, time.time() + 1.0
        self.size = (self._pictures[0].shape[1], self._pictures[0].shape[0])
        self.said: list[CameraStatus] = []

    def grab(self) -> tuple[int, float]:
        number, _ = super().grab()
        self._state.believed |= number == 110
        return number, self._begun + number / 10

    def retrieve(self) -> Frame:
        self.said.append(self._state.condition.status)
        picture = self._pictures[self._index]
        shown = picture if self._index < 60 else np.roll(picture, picture.shape[1] // 12, axis=1)
        return Frame("1", self._index, 0.0, np.ascontiguousarray(shown), self.size)


def test_a_camera_that_was_moved_on_purpose_is_measured_again_once_somebody_says_so() -> None:
    state, stopping = CameraState(), Recorder(1)
    camera = _Turned(state)
    loop(iter([camera]), state, Latest[Frame]())(stopping)
    assert CameraStatus.MOVED not in camera.said[:60]
    assert set(camera.said[100:110]) == {CameraStatus.MOVED}
    assert CameraStatus.MOVED not in camera.said[112:]
    assert not state.believed


def test_silence_is_seen_by_whoever_looks() -> None:
    state = CameraState(condition=Condition(CameraStatus.OK, 1000.0), frame_at=1010.0, good_at=1010.0, fps=10.0)
    assert state.seen(1012.0).status is CameraStatus.OK
    assert state.seen(1015.0) == Condition(CameraStatus.LOST, 1010.0, "no frame for 4 s; check camera and network")
    state.fps = 0.1
    assert state.seen(1015.0).status is CameraStatus.OK, "it never sent more often"


def test_what_somebody_else_suspended_stays_so() -> None:
    state = CameraState(condition=Condition(CameraStatus.OK, 1000.0), frame_at=1010.0)
    state.suspend("camera 1: another shape")
    assert (state.seen(1011.0).status, state.error) == (CameraStatus.SUSPENDED, "camera 1: another shape")
    assert state.document()["reason"] == "camera 1: another shape"


class _Drawn:
    """A file whose pictures are drawn, each of which takes so long."""

    live, truncated, codec = False, False, ""
    labels: tuple[str, ...] = ()
    fps: float | None
    frames: int | None

    def __init__(self, fps: float, count: int, drawing_s: float) -> None:
        self.camera, self.size, self.fps, self.frames = "1", SIZE, fps, count
        self._times = enumerate(index / fps for index in range(count))
        self._drawing_s = drawing_s

    def grab(self) -> tuple[int, float] | None:
        return next(self._times, None)

    def retrieve(self) -> Frame:
        time.sleep(self._drawing_s)
        return frame("1", 0.0)

    def close(self) -> None:
        pass


class _Ages(Latest[Frame]):
    """Notes how old frames are when they come."""

    def __init__(self) -> None:
        super().__init__()
        self.ages_s: list[float] = []

    def put(self, value: Frame) -> None:
        self.ages_s.append(time.time() - value.at)


def test_a_file_that_is_too_quick_to_be_drawn_stays_live() -> None:
    slot, state, source = _Ages(), CameraState(), _Drawn(100.0, 200, 0.05)
    loop(iter([source]), state, slot)(threading.Event())
    assert state.read == 200
    assert 3 < len(slot.ages_s) < 100
    assert max(slot.ages_s) < 4.0, "to draw all of it takes eight seconds more than it lasts"


def test_a_file_that_begins_late_is_live_at_once_and_floods_nobody() -> None:
    slot, state, source = _Ages(), CameraState(), _Drawn(15.0, 450, 0.0)
    reader = loop(iter([source]), state, slot)
    reader._ahead_s += 29.0  # a machine that was too busy to begin
    reader(threading.Event())
    assert state.read == 450
    assert state.fps == pytest.approx(15.0)
    assert len(slot.ages_s) < 30, "the last second, and that there was anything at all"


def test_a_file_paced_as_a_camera_keeps_time_and_ends(tmp_path: Path) -> None:
    path = cut(write_clip(tmp_path / "clip.mkv", [noise(i) for i in range(60)]), 0.5)
    state, stopping = CameraState(), Recorder(1000)
    stopping.set = lambda: None  # type: ignore[method-assign]
    slot = Latest[Frame]()
    reader = ReaderLoop(
        lambda: open_source("1", str(path)), slot, Sampler(None, 1), state,
        first=open_source("1", str(path)), start=5000.0, offset_s=2.0,
    )  # fmt: skip
    reader(stopping)
    assert state.truncated
    assert state.read == len(stopping.waits_s)
    assert stopping.waits_s[0] == pytest.approx(2.0, abs=0.5)
    last = slot.take()
    assert last is not None
    assert last.at == pytest.approx(5002.0 + last.index / 10)
