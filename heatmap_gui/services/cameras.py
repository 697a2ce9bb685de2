"""Loops that bring pictures in: a reader a camera, and the merge of files by media time."""

from __future__ import annotations

import heapq
import logging
import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.protocols import Source
from heatmap_gui.core.types import Frame
from heatmap_gui.loops import Latest

_log = logging.getLogger(__name__)
SAME_INSTANT_S = 1e-3
_RETRY_S = (1.0, 30.0)  # from, to: the wait doubles with every failure


@dataclass(slots=True)
class CameraState:
    """What one camera did so far; written by its reader alone, read by anybody."""

    read: int = 0  # frames that the source delivered
    processed: int = 0
    first_at: float | None = None
    last_at: float | None = None
    truncated: bool = False
    error: str | None = None
    retry_at: float | None = None  # monotonic time of the next try


class Sampler:
    """Which frames are taken: no more than fps_target a second, and of those every frame_skip-th."""

    def __init__(self, fps_target: float | None, frame_skip: int) -> None:
        self._period_s = 0.0 if not fps_target else 1 / fps_target
        self._skip = max(1, frame_skip)
        self._due = -float("inf")
        self._count = 0

    def wants(self, at: float) -> bool:
        # A hundredth of a period forgives timestamps that are rounded.
        if at < self._due - 0.01 * self._period_s:
            return False
        late = at - self._due > self._period_s
        self._due = at + self._period_s if late else self._due + self._period_s
        self._count += 1
        return (self._count - 1) % self._skip == 0

    def period_s(self, fps: float | None) -> float:
        """Seconds between the frames taken of a source of so many frames a second."""
        return max(1 / fps if fps else 0.04, self._period_s) * self._skip


def read_file(
    source: Source, sampler: Sampler, state: CameraState, *, start: float, offset_s: float, until_s: float
) -> Iterator[Frame]:
    """Every wanted frame of a file, stamped with `start` + offset + media time, up to until_s of the measurement."""
    try:
        while (stamp := source.grab()) is not None and stamp[1] + offset_s < until_s:
            state.read += 1
            if stamp[1] + offset_s >= 0 and sampler.wants(stamp[1]):
                frame = source.retrieve()
                yield Frame(
                    frame.camera, frame.index, start + offset_s + stamp[1], frame.image, frame.size, frame.detections
                )
    finally:
        state.truncated = bool(getattr(source, "truncated", False))
        source.close()


def merge(cameras: Sequence[Iterable[Frame]]) -> Iterator[list[Frame]]:
    """Frames of several cameras in the order of time, those of one instant together; at most one a camera."""
    ordered = heapq.merge(*cameras, key=lambda frame: frame.at)
    group: list[Frame] = []
    for frame in ordered:
        same = group and frame.at - group[0].at <= SAME_INSTANT_S
        if group and not (same and all(frame.camera != other.camera for other in group)):
            yield group
            group = []
        group.append(frame)
    if group:
        yield group


class ReaderLoop:
    """Reads a live camera into a slot, newest wins; a camera that is lost is tried again with growing patience.

    open_source: opens the camera anew; first: where it is open already. A file is paced as if it were a camera, from
    the moment its reader starts, and ends the loop with its last frame.
    """

    def __init__(
        self,
        open_source: Callable[[], Source],
        slot: Latest[Frame],
        sampler: Sampler,
        state: CameraState,
        *,
        first: Source | None = None,
    ) -> None:
        self._open, self._slot, self._sampler, self._state = open_source, slot, sampler, state
        self._first = first

    def __call__(self, stopping: threading.Event) -> None:
        wait_s = _RETRY_S[0]
        while not stopping.is_set():
            source: Source | None = None
            try:
                source = self._first or self._open()
                self._first = None
                ended = self._read(source, stopping)
                if ended:
                    return
            except UnavailableError as error:
                _log.warning("%s", error.message)
                self._state.error = error.message
            finally:
                if source is not None:
                    source.close()
            if self._state.error is None:
                wait_s = _RETRY_S[0]
            self._state.retry_at = time.monotonic() + wait_s
            stopping.wait(wait_s * random.uniform(0.8, 1.2))
            wait_s = min(2 * wait_s, _RETRY_S[1])

    def _read(self, source: Source, stopping: threading.Event) -> bool:
        """Until the camera is lost (by exception) or a file ends. True: there is nothing more to come."""
        began = time.time()
        while not stopping.is_set() and (stamp := source.grab()) is not None:
            at = stamp[1] if source.live else began + stamp[1]
            if not source.live and stopping.wait(max(0.0, at - time.time())):
                break
            self._state.read += 1
            self._state.error = self._state.retry_at = None
            if self._sampler.wants(at):
                frame = source.retrieve()
                self._slot.put(Frame(frame.camera, frame.index, at, frame.image, frame.size, frame.detections))
        return not source.live
