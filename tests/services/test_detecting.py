"""Batches, live order of time, and classes on their way through the loop of a device."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from heatmap_gui.core.pipeline import Pipeline
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.types import Bucket, Detections, Frame, Observation
from heatmap_gui.loops import Latest
from heatmap_gui.services.cameras import CameraState
from heatmap_gui.services.detecting import DetectLoop, Run, batched, newest
from heatmap_gui.services.measurement import bare_site
from tests.services.live import SIZE, Standing


def frame(camera: str, at: float, found: Detections | None = None) -> Frame:
    return Frame(camera, round(at * 10), at, np.zeros((SIZE[1], SIZE[0], 3), np.uint8), SIZE, found)


def test_whole_instants_fill_a_batch() -> None:
    instants = [[frame("1", t), frame("2", t)] for t in (0.0, 0.1, 0.2)]
    assert [len(batch) for batch in batched(instants, 3)] == [4, 2]
    assert [len(batch) for batch in batched(instants, 1)] == [2, 2, 2]
    assert list(batched([], 4)) == []


def live(*waves: dict[str, float], start: float = 100.0) -> Iterator[list[tuple[str, float]]]:
    """What `newest` makes of frames that arrive in waves: camera and time of each."""
    slots = {camera: Latest[Frame]() for camera in ("1", "2")}
    arrived, left = threading.Event(), list(waves)

    def put() -> bool:
        if left:
            for camera, at in left.pop(0).items():
                slots[camera].put(frame(camera, at))
            arrived.set()
        return bool(left) or arrived.is_set()

    put()
    for batch in newest(slots, arrived, threading.Event(), time.time() + 30, lambda: False, start=start):
        yield [(f.camera, round(f.at, 3)) for f in batch]
        put()


def test_late_frames_are_taken_for_now_and_very_late_ones_are_left_out() -> None:
    waves = live({"1": 100.0, "2": 100.2}, {"1": 100.1}, {"2": 99.4, "1": 101.0}, {"2": 100.8})
    assert list(waves) == [[("1", 100.0), ("2", 100.2)], [("1", 100.201)], [("1", 101.0)], [("2", 101.001)]]


def test_nothing_is_before_the_start() -> None:
    assert list(live({"1": 99.8}, {"1": 100.3})) == [[("1", 100.0)], [("1", 100.3)]]


def test_ends_when_told_or_when_time_is_over() -> None:
    stopping, slots = threading.Event(), {"1": Latest[Frame]()}
    assert list(newest(slots, threading.Event(), stopping, time.time() - 1, lambda: True, start=0)) == []
    stopping.set()
    assert list(newest(slots, threading.Event(), stopping, time.time() + 60, lambda: True, start=0)) == []


def run(
    frames: Sequence[Frame], classes: tuple[str, ...] | None = None
) -> tuple[list[Observation], list[Bucket], CameraState]:
    site, labels = bare_site({"1": ""}), ("person", "car")
    pipeline = Pipeline(site, {"1": Projection.of(site.floor, site.cameras[0], SIZE)}, labels, period_s=0.1)
    seen: list[Observation] = []
    buckets: list[Bucket] = []
    state = CameraState()
    batches, shows = [[f] for f in frames], [seen.append]
    loop = DetectLoop(batches, Standing(), Run(pipeline, {"1": state}, buckets.append, shows, classes=classes))
    loop(threading.Event())
    return seen, [*buckets, *pipeline.take(everything=True)], state


def recorded(at: float, label: str) -> Frame:
    box, score = np.array([[10, 10, 20, 40]], np.float32), np.array([0.9], np.float32)
    return frame("1", at, Detections(box, score, np.zeros(1, np.int16), (label,)))


def test_frames_are_counted_shown_and_recorded() -> None:
    seen, buckets, state = run([frame("1", t / 10) for t in range(60)])
    assert (len(seen), state.processed, state.first_at, state.last_at) == (60, 60, 0.0, 5.9)
    assert sum(float(b.points.seconds.sum()) for b in buckets) == pytest.approx(6.0, abs=0.11)


def test_a_recording_brings_its_own_and_keeps_its_classes() -> None:
    seen, buckets, _ = run([recorded(t / 10, "car") for t in range(30)])
    assert {label for b in buckets for label in np.array(b.points.labels)[b.points.class_id]} == {"car"}
    assert len(seen[0].detections) == 1


def test_other_classes_are_not_even_shown() -> None:
    seen, buckets, _ = run([recorded(t / 10, "car") for t in range(30)], classes=("person",))
    assert sum(len(observation.detections) for observation in seen) == 0
    assert sum(len(b.points) for b in buckets) == 0


def test_stops_after_the_frame_that_it_is_at() -> None:
    stopping = threading.Event()
    site = bare_site({"1": ""})
    pipeline = Pipeline(site, {"1": Projection.of(site.floor, site.cameras[0], SIZE)}, ("person",))
    state = CameraState()
    frames = ([frame("1", t / 10)] for t in range(100))
    run = Run(pipeline, {"1": state}, lambda _: None, [lambda _: stopping.set()])
    DetectLoop(frames, Standing(), run)(stopping)
    assert state.processed == 1
