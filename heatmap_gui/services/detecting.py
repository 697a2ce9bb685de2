"""From frames to facts: batches through a detector, and what it finds through a site's pipeline."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from heatmap_gui.core.pipeline import Pipeline
from heatmap_gui.core.protocols import Detector
from heatmap_gui.core.types import Bucket, Detections, Frame, Observation
from heatmap_gui.loops import Latest
from heatmap_gui.services.cameras import SAME_INSTANT_S, CameraState, merge

_WAIT_S = 0.1
_LATE_S = 0.5


class Run:
    """One site being measured without a break: what is found in its frames becomes facts, for those who want them.

    shows: get every observation at once (a live tile, an annotated video). record: gets every bucket of settled facts.
    room: whether record takes another one now; while it does not, buckets grow. classes: the only ones that count;
    None: all there are. Owned by one thread.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        states: Mapping[str, CameraState],
        record: Callable[[Bucket], object],
        shows: Sequence[Callable[[Observation], object]] = (),
        *,
        classes: Sequence[str] | None = None,
        room: Callable[[], bool] = lambda: True,
    ) -> None:
        self._pipeline, self._states = pipeline, states
        self._record, self._shows, self._room = record, shows, room
        self._wanted = np.array([classes is None or label in classes for label in pipeline.labels], np.bool_)

    def add(self, frames: Sequence[Frame], found: Sequence[Detections]) -> None:
        """Frames in the order of time, with what was found in each."""
        seen = {id(frame): self._numbered(one) for frame, one in zip(frames, found, strict=True)}
        for instant in merge([frames]):
            self._step([(frame, seen[id(frame)]) for frame in instant])

    def _numbered(self, found: Detections) -> Detections:
        """With the pipeline's numbers for their classes, and without those that do not count."""
        labels = self._pipeline.labels
        if found.labels != labels:
            numbers = np.array([labels.index(name) for name in found.labels], np.int16)
            found = replace(found, class_ids=numbers[found.class_ids], labels=labels)
        return found.take(self._wanted[found.class_ids])

    def _step(self, seen: list[tuple[Frame, Detections]]) -> None:
        for frame, _ in seen:
            state = self._states[frame.camera]
            state.processed += 1
            state.first_at = frame.at if state.first_at is None else state.first_at
            state.last_at = frame.at
        observations = self._pipeline.step(seen)
        for show in self._shows:
            for observation in observations:
                show(observation)
        if self._room():
            for bucket in self._pipeline.take():
                self._record(bucket)


def detect(detector: Detector, frames: Sequence[Frame]) -> list[Detections]:
    """What is in each frame; a replay brings its own."""
    unknown = [frame for frame in frames if frame.detections is None]
    asked = iter(detector.detect(unknown) if unknown else ())
    return [next(asked) if frame.detections is None else frame.detections for frame in frames]


class DetectLoop:
    """One run by itself, with a detector of its own: ends with its frames or when it is told to stop.

    batches: frames in the order of time.
    """

    def __init__(self, batches: Iterable[Sequence[Frame]], detector: Detector, run: Run) -> None:
        self._batches, self._detector, self._run = batches, detector, run

    def __call__(self, stopping: threading.Event) -> None:
        for frames in self._batches:
            self._run.add(frames, detect(self._detector, frames))
            if stopping.is_set():
                break


def batched(instants: Iterable[list[Frame]], size: int) -> Iterator[list[Frame]]:
    """Whole instants together until there are `size` frames."""
    batch: list[Frame] = []
    for instant in instants:
        batch += instant
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch


class InTime:
    """Puts live frames into the order of time, from `start` on (Unix time).

    Cameras deliver with unlike delays: what comes a little late is taken for now, what comes very late is not.
    """

    def __init__(self, start: float) -> None:
        self._earliest = start

    def __call__(self, frames: list[Frame]) -> list[Frame]:
        in_time = sorted((f for f in frames if f.at > self._earliest - _LATE_S), key=lambda f: f.at)
        ordered = [replace(f, at=max(f.at, self._earliest)) for f in in_time]
        if ordered:
            self._earliest = ordered[-1].at + SAME_INSTANT_S
        return ordered


def newest(
    slots: Mapping[str, Latest[Frame]],
    arrived: threading.Event,
    stopping: threading.Event,
    until: float,
    reading: Callable[[], bool],
    *,
    start: float,
) -> Iterator[list[Frame]]:
    """What live cameras have to show, all of it at once, in the order of time from `start` on (Unix time).

    Until the clock on the wall shows `until`, or until nobody is `reading` any more.
    """
    order = InTime(start)
    while not stopping.is_set() and time.time() < until:
        if not arrived.wait(_WAIT_S):
            if not reading():
                return
            continue
        arrived.clear()
        frames = [frame for slot in slots.values() if (frame := slot.take()) is not None]
        if frames := order(frames):
            yield frames
