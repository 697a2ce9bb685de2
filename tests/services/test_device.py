"""One detector for many cameras: each in its turn, a budget for all, and what goes wrong in one run ends that alone."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from itertools import count

import numpy as np
import pytest

from heatmap_gui.core.protocols import Detector
from heatmap_gui.core.types import Detections, Frame
from heatmap_gui.loops import Latest, Loops
from heatmap_gui.services.device import DeviceLoop
from tests.services.jobs.running import until
from tests.services.live import SIZE, Standing

_INDEX = count()


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


class Cameras:
    """A feed that remembers what came of its frames."""

    def __init__(self, loop: DeviceLoop, *names: str, detector: Detector | None = None) -> None:
        self.slots = {name: Latest[Frame](loop.arrived) for name in names}
        self.detector = detector
        self.seen: Counter[str] = Counter()
        self.failure: Exception | None = None

    def show(self) -> None:
        """Every camera has a new picture."""
        for name, slot in self.slots.items():
            index = next(_INDEX)
            slot.put(Frame(name, index, float(index), np.zeros((SIZE[1], SIZE[0], 3), np.uint8), SIZE))

    def in_time(self, frames: list[Frame]) -> list[Frame]:
        return frames

    def add(self, frames: Sequence[Frame], found: Sequence[Detections]) -> None:
        assert all(len(one) == 1 for one in found)
        self.seen.update(frame.camera for frame in frames)

    def fail(self, error: Exception) -> None:
        self.failure = error


def joined(loop: DeviceLoop, **feeds: Cameras) -> None:
    for name, feed in feeds.items():
        loop.join(name, feed)


def test_a_budget_is_shared_by_all_cameras_in_turn() -> None:
    clock = Clock()
    loop = DeviceLoop(Standing(), budget=10, clock=clock)
    many, one = Cameras(loop, *"abcdefg"), Cameras(loop, "z")
    joined(loop, many=many, one=one)
    for _ in range(800):  # 40 s of 20 pictures a second and camera
        clock.now += 0.05
        many.show()
        one.show()
        loop.step()
    assert loop.detections == pytest.approx(400, abs=10)
    looks = [*many.seen.values(), *one.seen.values()]
    assert max(looks) - min(looks) <= 1


def test_a_budget_below_one_a_second_is_one_too() -> None:
    clock = Clock()
    loop = DeviceLoop(Standing(), budget=0.5, clock=clock)
    feed = Cameras(loop, "a")
    joined(loop, feed=feed)
    for _ in range(100):
        clock.now += 0.2
        feed.show()
        loop.step()
    assert feed.seen["a"] == pytest.approx(10, abs=1)


def test_a_camera_that_was_quiet_is_next() -> None:
    clock = Clock()
    loop = DeviceLoop(Standing(), budget=1, clock=clock)
    busy, quiet = Cameras(loop, "a"), Cameras(loop, "b")
    joined(loop, busy=busy, quiet=quiet)
    for _ in range(5):
        clock.now += 1
        busy.show()
        loop.step()
    busy.show()
    quiet.show()
    clock.now += 1
    assert loop.step() == 1
    assert quiet.seen["b"] == 1


class Broken(Standing):
    def detect(self, frames: Sequence[Frame]) -> list[Detections]:
        raise RuntimeError("its own detector fell over")


def test_what_goes_wrong_in_one_run_ends_that_one_alone() -> None:
    loop = DeviceLoop(Standing())
    good, bad, worse = Cameras(loop, "a"), Cameras(loop, "b", detector=Broken()), Cameras(loop, "c")
    worse.in_time = lambda frames: [frames[1]]  # type: ignore[method-assign]
    joined(loop, bad=bad, worse=worse, good=good)
    for _ in range(3):
        for feed in (good, bad, worse):
            feed.show()
        loop.step()
    assert good.seen["a"] == 3
    assert str(bad.failure) == "its own detector fell over"
    assert isinstance(worse.failure, IndexError)


def test_what_goes_wrong_in_the_detector_ends_the_loop() -> None:
    loop = DeviceLoop(Standing(fails_after=2))
    feed = Cameras(loop, "a")
    joined(loop, feed=feed)
    with Loops() as loops:
        loops.start("device", loop)
        until(lambda: loops.failure, feed.show)
    assert feed.seen["a"] == 2
    with pytest.raises(RuntimeError, match="the network fell over"):
        loops.check()


def test_batches_are_no_larger_than_the_detector_likes_and_each_is_a_beat() -> None:
    detector, beats, sizes = Standing(), list[None](), list[int]()
    detector.batch = 4
    detect = detector.detect
    detector.detect = lambda frames: sizes.append(len(frames)) or detect(frames)  # type: ignore[func-returns-value,method-assign]
    loop = DeviceLoop(detector, beat=lambda: beats.append(None))
    feed = Cameras(loop, *"abcdefghij")
    joined(loop, feed=feed)
    feed.show()
    assert loop.step() == 10
    assert sizes == [4, 4, 2]
    assert len(beats) == 3


class Busy(Standing):
    """Takes its time, and counts its rounds."""

    def __init__(self) -> None:
        super().__init__()
        self.batch, self.rounds = 9, 0

    def detect(self, frames: Sequence[Frame]) -> list[Detections]:
        self.rounds += 1
        time.sleep(0.005)
        return super().detect(frames)


class Endless(Cameras):
    """Has a new picture as soon as the last one was looked at, so that the loop never rests."""

    def add(self, frames: Sequence[Frame], found: Sequence[Detections]) -> None:
        super().add(frames, found)
        self.show()


def test_who_leaves_a_busy_device_waits_for_one_round_and_is_left_alone_then() -> None:
    detector = Busy()
    loop = DeviceLoop(detector)
    feeds = {name: Endless(loop, name) for name in "abcd"}
    joined(loop, **feeds)
    for feed in feeds.values():
        feed.show()
    with Loops() as loops:
        loops.start("device", loop)
        for name in "abc":
            until(lambda: feeds["d"].seen["d"] >= 5)
            before = detector.rounds
            loop.leave(name)
            assert detector.rounds - before <= 2
            seen, feeds["d"].seen = feeds[name].seen[name], Counter()
            until(lambda: feeds["d"].seen["d"] >= 5)
            assert feeds[name].seen[name] == seen
    loops.check()
