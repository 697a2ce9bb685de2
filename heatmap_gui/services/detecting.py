"""The loop of a device: frames of all cameras in batches, through the detector and the pipeline, to who wants facts."""

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


class DetectLoop:
    """Owns the detector and the pipeline while it runs; ends with its frames or when it is told to stop.

    batches: frames in the order of time. shows: get every observation at once (a live tile, an annotated video).
    record: gets every bucket of settled facts, and may block. classes: the only ones that count; None: all there are.
    """

    def __init__(
        self,
        batches: Iterable[Sequence[Frame]],
        detector: Detector,
        pipeline: Pipeline,
        states: Mapping[str, CameraState],
        record: Callable[[Bucket], object],
        shows: Sequence[Callable[[Observation], object]] = (),
        *,
        classes: Sequence[str] | None = None,
    ) -> None:
        self._batches, self._detector, self._pipeline, self._states = batches, detector, pipeline, states
        self._record, self._shows = record, shows
        self._wanted = np.array([classes is None or label in classes for label in pipeline.labels], np.bool_)

    def __call__(self, stopping: threading.Event) -> None:
        for frames in self._batches:
            found = dict(zip(map(id, frames), self._detect(frames), strict=True))
            for instant in merge([frames]):
                self._step([(frame, found[id(frame)]) for frame in instant])
            if stopping.is_set():
                break

    def _detect(self, frames: Sequence[Frame]) -> list[Detections]:
        """One a frame; a replay brings its own."""
        unknown = [f for f in frames if f.detections is None]
        asked = iter(self._detector.detect(unknown) if unknown else ())
        found = [next(asked) if f.detections is None else self._named(f.detections) for f in frames]
        return [one.take(self._wanted[one.class_ids]) for one in found]

    def _named(self, found: Detections) -> Detections:
        """Recorded detections with the pipeline's numbers for their classes."""
        labels = self._pipeline.labels
        numbers = np.array([labels.index(name) for name in found.labels], np.int16)
        return replace(found, class_ids=numbers[found.class_ids], labels=labels)

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
        for bucket in self._pipeline.take():
            self._record(bucket)


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
    earliest = start
    while not stopping.is_set() and time.time() < until:
        if not arrived.wait(_WAIT_S):
            if not reading():
                return
            continue
        arrived.clear()
        frames = [frame for slot in slots.values() if (frame := slot.take()) is not None]
        # Cameras deliver with unlike delays: what comes a little late is taken for now, what comes very late is not.
        in_time = sorted((f for f in frames if f.at > earliest - _LATE_S), key=lambda f: f.at)
        if in_time:
            frames = [replace(f, at=max(f.at, earliest)) for f in in_time]
            earliest = frames[-1].at + SAME_INSTANT_S
            yield frames
